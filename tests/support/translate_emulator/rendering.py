"""A document or a text, translated: between the content side and the operations that need it."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.support.translate_emulator.content.damage import Damage
from tests.support.translate_emulator.content.html import translate_html
from tests.support.translate_emulator.languages import FORMAL, UNMASKED, detect

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.support.translate_emulator.content.translator import Translator
    from tests.support.translate_emulator.faults import Effect

ONE_AT_A_TIME = threading.Lock()
"""A model that two requests need is trained once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How to translate: from what into what, with which examples and terms."""

    translator: Translator
    source: str
    """May be ``auto``."""
    target: str
    examples: Sequence[tuple[str, str]] = ()
    terms: Sequence[tuple[str, str]] = ()
    settings: Mapping[str, str] | None = None
    damage: Damage | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """A translation, as bytes."""

    data: bytes
    characters: int
    """Code points to pay for."""
    applied: tuple[tuple[str, str], ...]
    """Terms that were used, each once."""
    source: str


def damage_of(effect: Effect) -> Damage:
    """What a fault does to the markup of a document."""
    return Damage(effect.profile, effect.share, effect.seed)


def applied_settings(settings: Mapping[str, str], target: str) -> dict[str, str]:
    """The settings that a target language has."""
    known = {"Formality": target in FORMAL, "Profanity": target not in UNMASKED, "Brevity": True}
    return {name: value for name, value in settings.items() if known[name]}


def render(data: bytes, content_type: str, wording: Wording) -> Rendered:
    """A translation. Raises ``ValueError`` for what is not UTF-8, has no language, or is no text."""
    text = data.decode()
    source = wording.source if wording.source != "auto" else detect(text)
    if not source:
        reason = "The language of the text could not be detected."
        raise ValueError(reason)
    if source == wording.target:
        return Rendered(data, 0, (), source)
    settings = applied_settings(wording.settings or {}, wording.target)
    applied: dict[tuple[str, str], None] = {}

    def translate(text: str) -> str:
        with ONE_AT_A_TIME:
            made = wording.translator.translate(
                text, (source, wording.target), examples=wording.examples, terms=wording.terms, settings=settings
            )
        applied.update(dict.fromkeys(made.applied))
        return made.text

    if content_type == "text/html":
        html = translate_html(text, translate, damage=wording.damage)
        return Rendered(html.text.encode(), html.characters, tuple(applied), source)
    if content_type == "text/plain":
        lines = [translate(line) if line.strip() else line for line in text.splitlines(keepends=True)]
        return Rendered("".join(lines).encode(), len(text), tuple(applied), source)
    reason = f"The emulator does not translate {content_type}."
    raise ValueError(reason)
