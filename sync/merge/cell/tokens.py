"""Three versions of a run of tokens (a statement, a docstring, a formula) become one, where they can."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sync.merge.cell.model import Form, Piece, Slot
from sync.merge.cell.three_way import align, regions
from sync.merge.cell.words import has_words, is_edit, is_translated

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sync.merge.cell.syntax import Token

Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How the tokens of one kind of text are compared and merged. A merge that answers nothing is a conflict."""

    same: Callable[[Token, Token], float]
    """Likeness of an old and a new token."""
    across: Callable[[Token, Token], float]
    """Likeness of an old token and one of the translation."""
    meet: Callable[[Token, Token, Token], Pieces | None]
    """What becomes of a token that all three have. White space before it is not its business."""
    adopt: Callable[[Token], Pieces]
    """What a token becomes that only the new English has."""
    settle: Callable[[Sequence[Token], Sequence[Token], Sequence[Token]], Pieces | None]
    """What becomes of a stretch that both sides changed, white space included."""


def merge_tokens(old: Sequence[Token], new: Sequence[Token], target: Sequence[Token], *, rules: Rules) -> Pieces | None:
    """English's change from ``old`` to ``new`` applied to ``target``; nothing where both changed the same."""
    on, ot = align(old, new, rules.same), align(old, target, rules.across)
    pieces: list[Piece] = []
    for region in regions(on, ot, (len(old), len(new), len(target))):
        olds, news, targets = (
            side[part.start : part.stop]
            for side, part in ((old, region.old), (new, region.new), (target, region.target))
        )
        merged = _meet(olds[0], news[0], targets[0], rules) if region.stable else _change(olds, news, targets, rules)
        if merged is None:
            return None
        pieces += merged
    return tuple(pieces)


def _meet(old: Token, new: Token, target: Token, rules: Rules) -> Pieces | None:
    merged = rules.meet(old, new, target)
    return None if merged is None else (Piece(merge_space(old.space, new.space, target.space)), *merged)


def _change(olds: Sequence[Token], news: Sequence[Token], targets: Sequence[Token], rules: Rules) -> Pieces | None:
    if olds == news or news == targets:
        return as_they_are(targets)
    if olds == targets:
        return adopt_all(news, rules.adopt)
    return rules.settle(olds, news, targets)


def as_they_are(tokens: Sequence[Token]) -> Pieces:
    return tuple(Piece(token.space + token.text) for token in tokens)


def adopt_all(tokens: Sequence[Token], adopt: Callable[[Token], Pieces]) -> Pieces:
    return tuple(piece for token in tokens for piece in (Piece(token.space), *adopt(token)))


def merge_space(old: str, new: str, target: str) -> str:
    """White space three ways. Where both changed an indentation, the translation's moves as far as English's did."""
    if new in (old, target):
        return target
    if target == old:
        return new
    if "\n" in target and "\n" in new and "\n" in old:
        head, _, indent = target.rpartition("\n")
        by = len(new.rpartition("\n")[2]) - len(old.rpartition("\n")[2])
        return f"{head}\n{shift(indent + 'x', by)[:-1]}"
    return target


def shift(lines: str, by: int) -> str:
    """Lines moved to the right by so many columns, or to the left as far as they go."""
    if not by:
        return lines
    return "\n".join(_shift_line(line, by) if line.strip() else line for line in lines.split("\n"))


def _shift_line(line: str, by: int) -> str:
    bare = line.lstrip(" \t")
    return line[: max(0, len(line) - len(bare) + min(by, 0))] + " " * max(by, 0) + bare


def choose_words(old: str, new: str, target: str, *, form: Form) -> tuple[bool, Slot | None]:
    """Whether the translation's words stay (else the new English stands), and what is still to be translated.

    Words that are still English in the translation follow English; they are left to whoever translates the cell.
    """
    if new in (old, target):
        return True, None
    if target == old or not is_translated(old, target) or not has_words(new):
        return False, None
    if is_edit(old, new):
        return True, Slot(form=form, source=new, old_source=old, old_target=target)
    return False, Slot(form=form, source=new)
