r"""Three-way merge of display math: what English changed, in a formula whose ``\text{…}`` may be translated."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Final

from sync.merge.cell.model import CellMerge, Form, Piece, Slot, join
from sync.merge.cell.syntax import Sort, Token
from sync.merge.cell.three_way import align
from sync.merge.cell.tokens import Rules, as_they_are, choose_words, merge_space, merge_tokens
from sync.merge.cell.words import has_words, is_translated, likeness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sync.merge.cell.tokens import Pieces

TEXT = r"\\(?:text(?:rm|bf|it|sf|tt|normal)?|mbox|hbox)\s*(?P<words>\{(?:[^{}$]|\$(?!\$)|\\[{}$]|\{[^{}]*\})*\})"
MARKS = r"[(\[](?:\*\*|~~)(?=\s*\$\$)|(?<=\$\$)(?:\*\*|~~)[)\]]"
TOKEN = re.compile(rf"(?P<space>\s*)(?:(?P<text>{TEXT})|(?:{MARKS}|\$\$|\\[A-Za-z]+\*?|\\[\s\S]|[^\W\d_]+|\d+|\S))")
ENDING: Final = frozenset(".,;:。，；：、．")
SPACING: Final = frozenset([r"\,", r"\;", r"\:", r"\!", r"\ ", "~", r"\quad", r"\qquad", r"\>"])


def tokenize(formula: str) -> tuple[tuple[Token, ...], str]:
    r"""The tokens of a formula, ``\text{…}`` as strings, and the white space after the last."""
    tokens: list[Token] = []
    end = 0
    for found in TOKEN.finditer(formula):
        sort = Sort.STRING if found["text"] else Sort.CODE
        tokens.append(Token(sort, found.group()[len(found["space"]) :], found["space"]))
        end = found.end()
    return tuple(tokens), formula[end:]


def skeleton(formula: str) -> tuple[str, ...]:
    """What a formula says, whatever its words are."""
    return tuple(_open(token)[0] if token.sort is Sort.STRING else token.text for token in tokenize(formula)[0])


def _open(token: Token) -> tuple[str, str]:
    r"""``\text{`` and what it holds, without the closing brace."""
    command, _, words = token.text.partition("{")
    return command + "{", words[:-1]


def merge_formula(old: str, new: str, target: str) -> CellMerge:
    """English's change from ``old`` to ``new``, made in ``target``, the translator's version of ``old``.

    Formulas are given with their ``$$`` and slide marks. White space alone is no change. Where English and the
    translator changed the same, the translator's formula stays whole.
    """
    newline = "\r\n" if "\r\n" in target else "\n"
    english = (side.replace("\r\n", "\n").replace("\n", newline) for side in (old, new))
    sides = [tokenize(side) for side in (*english, target)]
    (before, _), (after, _), (mine, _) = sides
    if before == after:
        return CellMerge(text=target)
    rules = Rules(
        same=_likeness,
        across=_likeness,
        meet=_meet,
        adopt=partial(_adopt, translates=_translates(before, mine)),
        settle=_settle,
    )
    merged = merge_tokens(before, after, mine, rules=rules)
    if merged is not None:
        return join((*merged, Piece(merge_space(*(tail for _, tail in sides)))))
    said = f"English changed “{_short(old)}” to “{_short(new)}”; the translation's “{_short(target)}” was kept."
    return CellMerge(text=target, conflicts=(said,))


def _short(formula: str) -> str:
    line = " ".join(formula.split())
    return line if len(line) <= 72 else line[:71] + "…"


def _likeness(one: Token, other: Token) -> float:
    if one.sort is not other.sort:
        return 0.0
    if one.sort is Sort.STRING:
        return 1.2 if one.text == other.text else 0.5 + 0.5 * likeness(one.text, other.text)
    return float(one.text == other.text) * (1.0 if one.text[-1].isalnum() else 0.5)


def _translates(old: Sequence[Token], target: Sequence[Token]) -> bool:
    r"""Whether words in formulas are translated, as far as this formula can tell; yes if it had none."""
    pairs = [(old[i], target[j]) for i, j in align(old, target, _likeness).items() if old[i].sort is Sort.STRING]
    words = [(_open(one)[1], _open(other)[1]) for one, other in pairs]
    return not words or any(is_translated(english, own) for english, own in words)


def _adopt(token: Token, *, translates: bool) -> Pieces:
    if token.sort is not Sort.STRING or not translates or not has_words(_open(token)[1]):
        return (Piece(token.text),)
    opening, words = _open(token)
    return Piece(opening), Piece(words, Slot(form=Form.TEX, source=words.strip())), Piece("}")


def _meet(old: Token, new: Token, target: Token) -> Pieces:
    if old.sort is not Sort.STRING or old.text == new.text:
        return (Piece(target.text),)
    if old.text == target.text:
        return (Piece(new.text),)
    stays, slot = choose_words(*(_open(token)[1].strip() for token in (old, new, target)), form=Form.TEX)
    opening, words = _open(target if stays else new)
    return Piece(opening), Piece(words, slot), Piece("}")


def _settle(olds: Sequence[Token], news: Sequence[Token], targets: Sequence[Token]) -> Pieces | None:
    """Punctuation and spacing are the translator's own; everything else is a conflict."""
    texts = {token.text for side in (olds, news, targets) for token in side}
    return as_they_are(targets) if texts <= ENDING | SPACING else None
