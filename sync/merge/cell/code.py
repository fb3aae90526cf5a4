"""Three-way merge of code cells: what English changed, in a cell whose comments and strings may be translated."""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sync.merge.cell.model import CellMerge, Piece, join, rewrite
from sync.merge.cell.statements import Habits, adopt_unit, paragraph_words
from sync.merge.cell.syntax import MAGIC, Shape, Sort, code_of_cell, parse
from sync.merge.cell.units import compare, merge_units
from sync.merge.cell.words import comment_words, is_translated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sync.merge.cell.syntax import Unit


@dataclass(frozen=True, slots=True)
class Layout:
    """How a cell stands in its chapter."""

    indent: str
    newline: str

    def apply(self, text: str) -> str:
        lines = (self.indent + line if line.strip() else line for line in text.split("\n"))
        return self.newline.join(lines)


def _lift(cell: str) -> tuple[str, Layout]:
    """A cell as it would stand by itself, and how it stands."""
    newline = "\r\n" if "\r\n" in cell else "\n"
    lines = cell.replace("\r\n", "\n").split("\n")
    indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    if not all(line.startswith(indent) for line in lines if line.strip()):
        indent = ""
    return "\n".join(line[len(indent) :] if line.strip() else line for line in lines), Layout(indent, newline)


def _trim(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n")]


def merge_code(old: str, new: str, target: str, *, translates_comments: bool) -> CellMerge:
    """English's change from ``old`` to ``new``, made in ``target``, the translator's version of ``old``.

    Blocks are given whole, fences included. ``translates_comments`` says whether comments and docstrings that are
    new in English get a slot. Where English and the translator changed the same code the translator's stays.
    """
    if old == new:
        return CellMerge(text=target)
    (before, was), (after, there), (mine, here) = _lift(old), _lift(new), _lift(target)
    if here.indent == was.indent:
        here = Layout(there.indent, here.newline)
    if _trim(mine) == _trim(before):
        mine = before
    elif _trim(before) == _trim(after) and was.indent == there.indent:
        return CellMerge(text=target)
    sides = compare(parse(before), parse(after), parse(mine), translates=translates_comments)
    merge = join(*merge_units(sides))
    if not _still_parses(after, mine, merge.text):
        said = "English's changes would have broken the translation's code; the cell was left as it was."
        return CellMerge(text=target, conflicts=(*merge.conflicts, said))
    return rewrite(merge, here.apply)


def adopt_code(new: str, *, translates_comments: bool) -> CellMerge:
    """A cell that is new in English. Its text stays; its comments and docstrings get slots if they are translated."""
    text, layout = _lift(new)
    habits = Habits(translates=translates_comments)
    pieces: list[Piece] = []
    for unit in parse(text):
        pieces += [Piece("\n")] if pieces else []
        pieces += adopt_unit(unit, habits)
    merge = rewrite(join(pieces), layout.apply)
    return merge if merge.text == new else CellMerge(text=new)


def _still_parses(new: str, target: str, merged: str) -> bool:
    """False only where both sides are Python and the result is not."""
    return _is_python(merged) or not (_is_python(new) and _is_python(target))


def _is_python(cell: str) -> bool:
    body = "\n".join(unit.text for unit in parse(cell) if unit.shape is not Shape.FENCE)
    body = re.sub(rf"(?m)^([ \t]*){MAGIC.pattern}", r"\1pass", body)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(body)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True


def comments_differ(old: str, target: str) -> bool:
    """Whether a translator has translated comments or docstrings of this cell and left its code as it was."""
    if code_of_cell(_lift(old)[0]) != code_of_cell(_lift(target)[0]):
        return False
    return any(is_translated(one, other) for one, other in comment_pairs(old, target))


def comment_pairs(old: str, target: str) -> tuple[tuple[str, str], ...]:
    """What comments and docstrings of a cell say, in English and in the translation."""
    sides = compare(parse(_lift(old)[0]), (), parse(_lift(target)[0]), translates=True)
    pairs = ((sides.old[i], sides.target[j]) for i, j in sides.ot.items())
    return tuple(pair for old_unit, unit in pairs for pair in _said(old_unit, unit))


def _said(old: Unit, target: Unit) -> Sequence[tuple[str, str]]:
    """What two comments say, or the paragraphs of two docstrings, or the comments behind two statements."""
    if old.shape is Shape.DOCSTRING and target.shape is Shape.DOCSTRING:
        said = [paragraph_words(unit.tokens[0].text) for unit in (old, target)]
        return list(zip(*said, strict=True)) if len(said[0]) == len(said[1]) else []
    comments = [[token for token in unit.tokens if token.sort is Sort.COMMENT] for unit in (old, target)]
    return [(comment_words(comments[0]), comment_words(comments[1]))] if all(comments) else []
