"""What an English pull request means for translators: which segments it touches, and which go by themselves. Pure.

A change is *mechanical* where every fork can take it over without new words: code without its comments, numbers,
formulas, links, marks, what moves, what goes. It is an estimate: a fork whose text differs there may need a person all
the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from unidiff.errors import UnidiffParseError
from unidiff.patch import PatchSet

from alignment.diff import diff, diff_sentences
from alignment.locales import load
from alignment.markdown import D2L, parse
from alignment.model import Kind, Op
from alignment.segmentation import segments
from alignment.tokens import TokenKind, tokenize
from bot.quoting import code, inline
from bot.sizing import Table, fill
from sync.errors import InputError
from sync.merge.cell.code import adopt_code
from sync.merge.cell.syntax import code_of_cell
from sync.model import SOURCE_LANGUAGE
from sync.repositories.paths import is_about_repository, is_chapter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from alignment.markdown import Profile
    from alignment.model import Block, Change, Document

ROOM: Final = 100_000
"""Characters of the table."""
REST: Final = "of the pull request are not shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """A chapter that a pull request touches."""

    path: str
    """In the new revision; in the old one, of a chapter that is gone."""
    old_path: str
    """Empty for a new chapter."""
    is_gone: bool = False
    added: int = 0
    """Lines."""
    removed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What a change means for one translation, in segments."""

    mechanical: int = 0
    worded: int = 0
    """Those that need words of a person or an engine."""

    def __add__(self, other: Tally) -> Tally:
        return Tally(mechanical=self.mechanical + other.mechanical, worded=self.worded + other.worded)


NOTHING: Final = Tally()
WORDED: Final = Tally(worded=1)
MECHANICAL: Final = Tally(mechanical=1)


def touched(diff_text: str) -> tuple[Touched, ...]:
    """The chapters in a diff in git's form. Raises ``InputError`` if it is none."""
    try:
        patch = PatchSet(diff_text)
    except UnidiffParseError as error:
        message = f"The diff of the pull request cannot be read: {error}."
        raise InputError(message) from error
    files = (
        Touched(
            path=file.path,
            old_path="" if file.is_added_file else (file.source_file or "").removeprefix("a/"),
            is_gone=file.is_removed_file,
            added=file.added,
            removed=file.removed,
        )
        for file in patch
    )
    return tuple(file for file in files if is_chapter(file.path) and not is_about_repository(file.path))


# What a change needs


def tally(old: str, new: str, profile: Profile = D2L) -> Tally:
    """What a chapter's change means, given its two revisions; either is empty for one that is new or gone."""
    before, after = parse(old, profile), parse(new, profile)
    found = NOTHING
    for change in diff(before, after).changes:
        found += _of_change(change, before, after, profile)
    return found


def _of_change(change: Change, before: Document, after: Document, profile: Profile) -> Tally:
    if change.op is Op.KEPT:
        return MECHANICAL if change.moved else NOTHING
    old = [before.blocks[at] for at in change.old]
    new = [after.blocks[at] for at in change.new]
    if any(block.is_prose for block in (*old, *new)):
        return _of_prose(_sentences(old, profile), _sentences(new, profile), profile)
    if any(block.kind is Kind.CODE for block in new):
        return _of_cells(old, new)
    return MECHANICAL


def _sentences(blocks: Iterable[Block], profile: Profile) -> list[str]:
    locale = load(SOURCE_LANGUAGE)
    return [segment.text for block in blocks for segment in segments(block, locale, profile)]


def _of_prose(old: Sequence[str], new: Sequence[str], profile: Profile) -> Tally:
    found = NOTHING
    for change in diff_sentences(old, new).changes:
        if change.op is Op.KEPT and not change.moved:
            continue
        before = _words((old[at] for at in change.old), profile)
        after = _words((new[at] for at in change.new), profile)
        found += MECHANICAL if before == after or not after else WORDED
    return found


def _words(texts: Iterable[str], profile: Profile) -> list[str]:
    return [
        token.text
        for text in texts
        for token in tokenize(text, profile)
        if token.kind in {TokenKind.WORD, TokenKind.CJK}
    ]


def _of_cells(old: Sequence[Block], new: Sequence[Block]) -> Tally:
    """Each comment or text that a cell has anew needs words; what else changes is one more segment."""
    known = set(_said(old))
    fresh = sum(1 for words in _said(new) if words not in known)
    return Tally(mechanical=int(_runs(old) != _runs(new)), worded=fresh)


def _runs(blocks: Iterable[Block]) -> list[str]:
    """The code, without what is said in it."""
    return [part for block in blocks for part in code_of_cell(block.text)]


def _said(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if block.kind is Kind.CODE:
            yield from (slot.source for slot in adopt_code(block.text, translates_comments=True).slots)


# What people are told


def preview(found: Sequence[tuple[Touched, Tally]], languages: Sequence[str]) -> str:
    """What a pull request means for translators, as Markdown. No ``languages``: it is not known which there are."""
    head = "## What this means for translators"
    if not found:
        return f"{head}\n\nNothing: no chapter of the book changes.\n"
    total = sum((one for _, one in found), NOTHING)
    rows = [_row(chapter, one) for chapter, one in found]
    opening = "| chapter | lines | mechanical | needs words |\n|---|---|--:|--:|"
    table = fill([Table(opening=opening, size=len(rows), rows=rows)], ROOM, rest=REST)
    return f"{head}\n\n{_said_of(total, len(found), languages)}\n\n{table}\n\n{_FOOT}\n"


def _said_of(total: Tally, chapters: int, languages: Sequence[str]) -> str:
    where = f"{_count(total.mechanical + total.worded, 'segment')} in {_count(chapters, 'chapter')}"
    if not total.mechanical + total.worded:
        return f"Nothing: {_count(chapters, 'chapter')} changed, but no segment did."
    named = f" ({inline(', '.join(languages))})" if languages else ""
    forks = f"Each of {_count(len(languages), 'translation')}{named}" if languages else "Every translation"
    if not total.worded:
        return f"{where}, all mechanical. {forks} takes them over without anybody's work."
    return f"{where}. {forks} takes over {total.mechanical} by itself, and needs words for {total.worded}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _row(chapter: Touched, one: Tally) -> str:
    renamed = chapter.old_path and chapter.old_path != chapter.path
    named = f"{code(chapter.old_path)} → {code(chapter.path)}" if renamed else code(chapter.path)
    said = " (new)" if not chapter.old_path else " (gone)" if chapter.is_gone else ""
    return f"| {named}{said} | +{chapter.added} −{chapter.removed} | {one.mechanical} | {one.worded} |"


_FOOT: Final = (
    "There is nothing to do here: translators get this as pull requests of their own, after it is merged. *Mechanical* "
    "is what needs no new words: code, numbers, formulas, links, what moves or goes."
)
