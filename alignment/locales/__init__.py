"""What is known about languages: one data file each, read by ``load``. Nothing else compares language tags."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from alignment.model import Mark

NEUTRAL: Final = "und"
"""The file of no language in particular, on which all others rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextHabits:
    """How sentences of the language end, join, and sit around markup."""

    joiner: str
    """What stands between two sentences of one paragraph."""
    ratio: float
    """Characters of a translation for each character of its English."""
    titles: frozenset[str]
    """Abbreviations that never end a sentence, without the last full stop. A small first letter may be a capital."""
    numbered: frozenset[str]
    """Abbreviations that end no sentence before a number (``3``, ``II``), a formula, a reference or a bracket."""
    endings: frozenset[str]
    """Abbreviations that end a sentence only where a capital letter follows."""
    initials_end_before: frozenset[str]
    """Words that begin a sentence even after an initial or an acronym (``U.S. The``)."""
    continues: str
    """A pattern for what, after a closing quote or bracket, goes on with the same sentence; or nothing."""
    reports: str
    """A pattern for what, right after a question or an exclamation, makes it part of the sentence; or nothing."""
    ordinals: bool
    """Whether a small number with a full stop is an ordinal (German)."""
    cutter: str
    """How characters without spaces between them are cut into words: by a ``dictionary``, into ``phrases``; or nothing,
    where each is one."""
    punctuation: tuple[tuple[str, str], ...]
    """English punctuation and the full-width sign that stands for it."""
    spacing: tuple[tuple[Mark, tuple[str, str]], ...]
    """What stands before and after inline markup when a word is its neighbour."""

    def around(self, mark: Mark) -> tuple[str, str]:
        """What stands before and after markup of one sort; single spaces unless the language has another habit."""
        return dict(self.spacing).get(mark, (" ", " "))


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreHabits:
    """How the language is measured."""

    tokenizer: str
    """The name sacrebleu has for its tokenizer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmazonHabits:
    """How Amazon Translate names the language."""

    code: str
    """Its language code, or nothing where it has none."""
    formality: bool
    """Whether it can be asked for formal or informal speech."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Locale:
    """A language, or one of its varieties."""

    tag: str
    """The BCP-47 tag it was found under: ``pt``, ``zh-TW``, or ``und``."""
    name: str
    """In English."""
    common: frozenset[str]
    """Words that every text has, by which the language is recognised; characters, where they make no words."""
    text: TextHabits
    score: ScoreHabits
    amazon: AmazonHabits


def known() -> tuple[str, ...]:
    """Tags of all languages and varieties that have habits of their own, sorted."""
    languages = sorted(path.name[:-5] for path in files(__name__).iterdir() if path.name.endswith(".toml"))
    found = [tag for language in languages for tag in (language, *_read(language).get("variants", {}))]
    return tuple(sorted(tag for tag in found if tag != NEUTRAL))


@cache
def load(tag: str) -> Locale:
    """The habits of a variety if it has its own (``zh-Hant``), else those of its language, else the neutral ones."""
    parts = tag.replace("_", "-").casefold().split("-")
    language = parts[0] if _exists(parts[0]) else NEUTRAL
    own = _read(language)
    variety, its = _variety("-".join(parts), own.get("variants", {}))
    return _build(variety or language, (_read(NEUTRAL), own, its))


def _exists(language: str) -> bool:
    return language.isascii() and language.isalpha() and files(__name__).joinpath(f"{language}.toml").is_file()


@cache
def _read(language: str) -> dict[str, Any]:
    return tomllib.loads(files(__name__).joinpath(f"{language}.toml").read_text("utf-8"))


def _variety(tag: str, variants: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The variety whose tag, or one it covers, is the longest beginning of ``tag``."""
    names = [(name, variety) for variety, its in variants.items() for name in (variety, *its.get("covers", ()))]
    fitting = [(len(name), variety) for name, variety in names if f"{tag}-".startswith(f"{name.casefold()}-")]
    if not fitting:
        return "", {}
    variety = max(fitting)[1]
    return variety, variants[variety]


def _build(tag: str, layers: tuple[dict[str, Any], ...]) -> Locale:
    text = _laid(layers, "text")
    return Locale(
        tag=tag,
        name=[layer["name"] for layer in layers if "name" in layer][-1],
        common=frozenset(word for layer in layers for word in layer.get("common", "").split()),
        text=TextHabits(
            joiner=text["joiner"],
            ratio=text["ratio"],
            titles=_gathered(layers, "titles") - frozenset(layers[1]["text"].get("endings", ())),
            numbered=_gathered(layers, "numbered"),
            endings=_gathered(layers, "endings"),
            initials_end_before=_gathered(layers, "initials_end_before"),
            continues=text["continues"],
            reports=text["reports"],
            ordinals=text["ordinals"],
            cutter=text["cutter"],
            punctuation=tuple(text["punctuation"].items()),
            spacing=tuple((Mark(name), (before, after)) for name, (before, after) in text["spacing"].items()),
        ),
        score=ScoreHabits(**_laid(layers, "score")),
        amazon=AmazonHabits(**_laid(layers, "amazon")),
    )


def _laid(layers: tuple[dict[str, Any], ...], section: str) -> dict[str, Any]:
    """One section, in which a later layer covers what an earlier one says."""
    return {key: value for layer in layers for key, value in layer.get(section, {}).items()}


def _gathered(layers: tuple[dict[str, Any], ...], key: str) -> frozenset[str]:
    """A list of words, to which every layer adds."""
    return frozenset(word for layer in layers for word in layer.get("text", {}).get(key, ()))
