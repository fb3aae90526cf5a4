"""Who wrote a segment of a translation: people, an engine, an engine and then people, or nobody knows."""

from __future__ import annotations

import unicodedata
from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING

from alignment.aligner import align
from alignment.locales import load
from alignment.markdown import D2L, parse
from alignment.markdown.pending import digest
from alignment.segmentation import segments
from sync.model import SOURCE_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from alignment.markdown import Profile
    from alignment.model import Document, Link
    from sync.state import ChapterState


class Provenance(StrEnum):
    """Who wrote a segment."""

    HUMAN = "human"
    MACHINE = "machine"
    EDITED = "machine-then-edited"
    UNKNOWN = "unknown"
    """No update of its chapter is recorded. Its wording is respected as if people had written it."""


def letters(text: str) -> str:
    """What is left of a text when everything is taken away that a formatting pass may change.

    White space, punctuation of any width, and marks of emphasis go; so do case and compatibility forms (NFKC).
    """
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def trace(source: str, target: str, state: ChapterState) -> Provenance:
    """Who wrote the translation ``target`` of the English segment ``source``."""
    if not state.is_from_update:
        return Provenance.UNKNOWN
    written = next((entry for entry in state.machine if digest(entry.source) == digest(source)), None)
    if written is None:
        return Provenance.HUMAN
    return Provenance.MACHINE if letters(written.target) in letters(target) else Provenance.EDITED


def trace_chapter(
    english: str, translation: str, lang: str, state: ChapterState, profile: Profile = D2L
) -> Counter[Provenance]:
    """How many segments of a chapter each wrote; a segment is a row of sentences that say the same in both languages.

    ``english`` is what the translation says. What has no counterpart in English is the translators' own.
    """
    if not state.is_from_update or not state.machine:
        only = Provenance.HUMAN if state.is_from_update else Provenance.UNKNOWN
        return Counter({only: sum(1 for _ in _pieces(parse(translation, profile), lang, profile))})
    pairs = _pairs(parse(english, profile), parse(translation, profile), lang, profile)
    return Counter(trace(source, target, state) for source, target in pairs)


def _pieces(document: Document, lang: str, profile: Profile) -> Iterator[str]:
    locale = load(lang)
    for block in document.blocks:
        yield from (segment.text for segment in segments(block, locale, profile))


def _pairs(source: Document, target: Document, lang: str, profile: Profile) -> Iterator[tuple[str, str]]:
    linked = align(source, target, source_locale=load(SOURCE_LANGUAGE), target_locale=load(lang), profile=profile)
    for link in linked.links:
        yield from _beads(link, (source, target), (SOURCE_LANGUAGE, lang), profile)


def _beads(
    link: Link, documents: tuple[Document, Document], langs: tuple[str, str], profile: Profile
) -> Iterator[tuple[str, str]]:
    sides = []
    for document, lang, indices in zip(documents, langs, (link.blocks.source, link.blocks.target), strict=True):
        locale = load(lang)
        blocks = (document.blocks[index] for index in indices)
        sides.append([segment.text for block in blocks for segment in segments(block, locale, profile)])
    for bead in link.sentences:
        if bead.target:
            yield " ".join(sides[0][at] for at in bead.source), " ".join(sides[1][at] for at in bead.target)
