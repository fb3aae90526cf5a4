"""Puts a planned chapter together with its drafts, and looks at the result before anybody else does. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from alignment.markdown import parse, write_pending
from alignment.model import Kind
from sync.checks import Subject, check_change
from sync.merge.pieces import Placed
from sync.model import ChapterResult, Diagnostic, Severity, Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from alignment.model import Block
    from sync.merge.chapter import Chapter
    from sync.merge.pieces import Rendered
    from sync.model import Draft, Outcome
    from sync.plan import ChapterPlan

LINE_END: Final = "\n"
PARAGRAPH_END: Final = "\n\n"
ITEM: Final = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]+")
QUOTE: Final = re.compile(r"(?:[ \t]*>[ \t]?)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shown:
    """A piece of the result with text in it."""

    placed: Placed
    text: str
    comment: bool = False
    """Whether it is English that waits for its translation."""
    listed: bool = False
    """Whether it stands inside the item above it, whose place it shares."""


def assemble(plan: ChapterPlan, drafts: Mapping[str, Draft]) -> ChapterResult:
    """The chapter with these drafts, by job. It is left as it was, and failed, where the result would break it."""
    rendered = [(placed, placed.piece.render(drafts)) for placed in plan.placed]
    shown = _show(rendered, plan.chapter)
    text = plan.chapter.target.head + _join(shown, plan.chapter)
    outcomes = (*(outcome for _, one in rendered for outcome in one.outcomes), *plan.outcomes)
    owed = tuple(pair for _, one in rendered for pair in one.owed)
    owed += tuple((outcome.old_source, outcome.new_source) for outcome in plan.outcomes if outcome.fate == "pending")
    found = (*_notes(shown, text), *_check(plan, text, owed))
    return _result(plan, text, outcomes, found)


def _result(
    plan: ChapterPlan, text: str, outcomes: Sequence[Outcome], diagnostics: Sequence[Diagnostic]
) -> ChapterResult:
    old = plan.pair.tgt_old
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.severity is Severity.ERROR]
    text = text.replace(LINE_END, plan.chapter.newline)
    status = Status.FAILED if errors else Status.DELIVERED if text != old else Status.UNCHANGED
    reason = "The result would have broken the chapter, which was left as it was: " if errors else ""
    return ChapterResult(
        path=plan.pair.path,
        lang=plan.pair.lang,
        status=status,
        text=old if errors else text,
        old_text=old,
        outcomes=tuple(sorted(outcomes, key=lambda outcome: outcome.line)),
        kept=plan.kept,
        characters=plan.characters,
        whole=sum(len(block.text) for block in plan.chapter.new.blocks if block.is_prose),
        diagnostics=tuple(sorted(diagnostics)),
        reason=reason + "; ".join(error.message for error in errors),
    )


def _show(rendered: Sequence[tuple[Placed, Rendered]], chapter: Chapter) -> list[_Shown]:
    """The pieces that have text, and their pending English in comments: behind them and the labels attached to them."""
    shown: list[_Shown] = []
    waiting: list[_Shown] = []
    for placed, one in rendered:
        if waiting and not (one.text and _is_attached(placed, chapter)):
            shown += waiting
            waiting = []
        indent = _indent(placed, shown, chapter)
        if one.text:
            shown.append(_Shown(placed=placed, text=one.text))
        for english in one.pending:
            comment = write_pending(english, indent=indent)
            at = shown[-1].placed if indent else Placed(piece=placed.piece)
            waiting.append(_Shown(placed=at, text=comment, comment=True, listed=bool(indent)))
    return [*shown, *waiting]


def _is_attached(placed: Placed, chapter: Chapter) -> bool:
    """Whether a piece is a label or a width, which says something of the block right above it."""
    block = _block(placed, chapter)
    return block is not None and chapter.languages.profile.attaches(block.name)


def _indent(placed: Placed, shown: Sequence[_Shown], chapter: Chapter) -> str:
    """What keeps a comment inside the item or the quote that it interrupts."""
    block = chapter.new.blocks[placed.news[0]] if placed.news else None
    if block is None or not shown:
        return ""
    above = shown[-1].text
    if quote := QUOTE.match(block.lead):
        return quote[0] if above.startswith(">") else ""
    if block.kind is not Kind.ITEM and not block.lead[:1].isspace():
        return ""
    found = ITEM.match(above)
    return " " * len(found[0].expandtabs(4)) if found else above[: len(above) - len(above.lstrip(" "))]


def _join(shown: Sequence[_Shown], chapter: Chapter) -> str:
    text = ""
    for one, other in zip(shown, [*shown[1:], None], strict=True):
        text += one.text + (_between(one, other, chapter) if other else _end(chapter))
    return text


def _between(one: _Shown, other: _Shown, chapter: Chapter) -> str:
    if other.listed or (other.comment and _name(one, chapter) == "begin_tab"):
        return LINE_END
    if one.comment and not one.listed and _name(other, chapter) == "end_tab":
        return LINE_END
    return _gap(one.placed, other.placed, chapter)


def _end(chapter: Chapter) -> str:
    blocks = chapter.target.blocks
    return blocks[-1].gap if blocks else LINE_END


def _gap(one: Placed, other: Placed, chapter: Chapter) -> str:
    """What stands between two neighbours: what the translation has there, else what English has."""
    ours, english = chapter.target.blocks, chapter.new.blocks
    adjacent = one.news and other.news and one.news[-1] + 1 == other.news[0]
    gap = english[one.news[-1]].gap if adjacent else PARAGRAPH_END
    if one.targets and other.targets and one.targets[-1] + 1 == other.targets[0]:
        own = ours[one.targets[-1]].gap
        return gap if own.count("\n") == 1 and adjacent and _parts(one, other, gap, chapter) else own
    if gap.count("\n") > 1 and other.targets and other.targets[0]:
        gap = max(PARAGRAPH_END, ours[other.targets[0] - 1].gap, key=len)
    lines = max(gap.count("\n"), 1 if _is_tight(one, other, chapter) else 2)
    return LINE_END * lines


def _parts(one: Placed, other: Placed, new: str, chapter: Chapter) -> bool:
    """Whether English put a blank line between two neighbours, one of which it changed: they may have become others."""
    if one.olds == other.olds or new.count("\n") < 2:
        return False
    before = one.olds[-1] if one.olds else other.olds[0] - 1
    return before >= 0 and chapter.old.blocks[before].gap.count("\n") == 1


def _is_tight(one: Placed, other: Placed, chapter: Chapter) -> bool:
    """Whether one line end is enough to keep two neighbours apart: list items, and lines that are blocks."""
    kinds = {block and block.kind for block in (_block(one, chapter), _block(other, chapter))}
    return kinds <= {Kind.ITEM} or bool(kinds & {Kind.DIRECTIVE, Kind.TAB})


def _block(placed: Placed, chapter: Chapter) -> Block | None:
    """The first block of a piece, in new English if it is there."""
    if placed.news:
        return chapter.new.blocks[placed.news[0]]
    return chapter.target.blocks[placed.targets[0]] if placed.targets else None


def _name(shown: _Shown, chapter: Chapter) -> str:
    block = None if shown.comment else _block(shown.placed, chapter)
    return block.name if block else ""


def _notes(shown: Sequence[_Shown], text: str) -> tuple[Diagnostic, ...]:
    """The notes of the pieces, at their lines in the result."""
    found, at = [], 0
    for one in shown:
        at = text.index(one.text, at)
        line = text.count("\n", 0, at) + 1
        found += [Diagnostic(line, note.rule, note.severity, note.message) for note in one.placed.notes]
    return tuple(found)


def _check(plan: ChapterPlan, text: str, owed: tuple[tuple[str, str], ...]) -> tuple[Diagnostic, ...]:
    """What the rules find in the result that they did not find in the translation before."""
    chapter = plan.chapter
    languages = chapter.languages
    before = Subject(
        source=chapter.old,
        target=chapter.target,
        lang=chapter.lang,
        profile=languages.profile,
        terms=plan.pair.terms,
    )
    after = Subject(
        source=chapter.new,
        target=parse(text, languages.profile),
        lang=chapter.lang,
        profile=languages.profile,
        owed=owed,
        terms=plan.pair.terms,
    )
    return check_change(before, after)
