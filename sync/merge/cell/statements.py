"""Single statements, comments and docstrings of a code cell: merged three ways, or taken over from English."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from sync.merge.cell.model import Form, Piece, Slot
from sync.merge.cell.syntax import Shape, Sort, Token, Unit
from sync.merge.cell.three_way import align
from sync.merge.cell.tokens import Rules, adopt_all, as_they_are, choose_words, merge_space, merge_tokens, shift
from sync.merge.cell.words import (
    FIELD,
    MARK,
    carry_fields,
    comment_words,
    fold,
    has_words,
    is_edit,
    is_translated,
    likeness,
    unquote,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sync.merge.cell.tokens import Pieces

PARAGRAPH = re.compile(r"(\s*)(\S(?:(?!\n[ \t]*\n)[\s\S])*?)(?=\s*\Z|[ \t]*\n[ \t]*\n)")
PROSE = re.compile(r"[^\W\d_]{2,}\s|\s[^\W\d_]{2,}")
"""Letters with a space beside them: what a reader sees, rather than a name that the program looks up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What is known about the translation when English brings something new."""

    translates: bool
    """Whether new comments and docstrings are to be translated."""
    units: Mapping[str, Unit] = field(default_factory=dict)
    """Units of the old English, unindented, to what they are in the translation."""
    comments: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What old comments say, to the lines of their translations."""
    strings: Mapping[str, str] = field(default_factory=dict)
    """Old strings that are prose, as they stand in code, to their translations."""


def learn(pairs: Iterable[tuple[Unit, Unit]], *, translates: bool) -> Habits:
    """The habits that show in the old English and what became of it."""
    units: dict[str, Unit] = {}
    comments: dict[str, tuple[str, ...]] = {}
    strings: dict[str, str] = {}
    for old, target in pairs:
        if old.text == target.text or not old.key + comment_words(old.tokens):
            continue
        units[old.text.strip()] = target
        if old.shape is Shape.COMMENT:
            comments[comment_words(old.tokens)] = tuple(token.text for token in target.tokens)
            continue
        for i, j in align(old.tokens, target.tokens, token_likeness).items():
            one, other = old.tokens[i], target.tokens[j]
            if one.sort is Sort.COMMENT:
                comments[comment_words([one])] = (other.text,)
            elif one.sort is Sort.STRING and PROSE.search(one.text):
                strings[one.text] = other.text
    return Habits(translates=translates, units=units, comments=comments, strings=strings)


def token_likeness(one: Token, other: Token) -> float:
    """Code is equal or nothing; comments and strings may differ, for they may be translated."""
    if one.sort is not other.sort:
        return 0.0
    if one.sort is Sort.CODE:
        return float(one.text == other.text) * (1.0 if one.text[0].isalnum() or one.text[0] == "_" else 0.5)
    return 1.2 if one.text == other.text else 0.3 + 0.6 * likeness(one.text, other.text)


def merge_unit(old: Unit, new: Unit, target: Unit, habits: Habits) -> Pieces | None:
    """A unit that all three have. Nothing where the translation and English changed the same code."""
    before, after, now = (unit.text.rstrip() for unit in (old, new, target))
    if before == after:
        return (Piece(new.text if old.text == target.text else target.text),)
    if old.shape is Shape.COMMENT:
        return (Piece(new.text),) if now == before else _merge_comment(old, new, target, habits)
    if old.shape is Shape.BLANK:
        return (Piece(new.text if now == before else target.text),)
    rules = Rules(
        same=token_likeness,
        across=token_likeness,
        meet=_meet_docstring if old.shape is Shape.DOCSTRING else _meet,
        adopt=lambda token: adopt_token(token, habits),
        settle=partial(_settle, habits=habits, tabs=old.shape is Shape.TAB),
    )
    merged = merge_tokens(old.tokens, new.tokens, target.tokens, rules=rules)
    return merged and (*merged, Piece(merge_space(_tail(old), _tail(new), _tail(target))))


def _settle(
    olds: Sequence[Token], news: Sequence[Token], targets: Sequence[Token], *, habits: Habits, tabs: bool
) -> Pieces | None:
    if tabs and not olds:
        # English and the translation have each brought a tab of their own; there is no choice to be made.
        return (*as_they_are(targets), *as_they_are(news))
    if not only_translated(olds, targets):
        return None
    return adopt_all(news, lambda token: adopt_token(token, habits))


def only_translated(olds: Sequence[Token], targets: Sequence[Token]) -> bool:
    """Whether the translator left the code of a stretch as it was."""
    pairs = [[token for token in side if token.sort is not Sort.COMMENT] for side in (olds, targets)]
    return len(pairs[0]) == len(pairs[1]) and all(
        old == target or (old.sort is target.sort is Sort.STRING and _is_translated_prose(old.text, target.text))
        for old, target in zip(*pairs, strict=True)
    )


def _is_translated_prose(old: str, target: str) -> bool:
    """Whether a string is for readers and has been translated; what the program looks up is code."""
    before, after = unquote(old)[1], unquote(target)[1]
    return is_translated(before, after) and bool(PROSE.search(before) or not after.isascii())


def _tail(unit: Unit) -> str:
    return unit.text[len(unit.text.rstrip()) :]


def _merge_comment(old: Unit, new: Unit, target: Unit, habits: Habits) -> Pieces:
    if comment_words(new.tokens) in habits.comments and comment_words(new.tokens) != comment_words(old.tokens):
        return _adopt_comment(new, habits)
    stays, slot = choose_words(*(comment_words(unit.tokens) for unit in (old, new, target)), form=Form.BLOCK)
    text = shift(target.text, len(new.indent) - len(old.indent)) if stays else new.text
    bare = text.strip()
    return Piece(text[: text.find(bare)]), Piece(bare, slot)


def _meet(old: Token, new: Token, target: Token) -> Pieces | None:
    if old.sort is Sort.STRING:
        return _merge_literal(old.text, new.text, target.text)
    if old.sort is Sort.COMMENT:
        stays, slot = choose_words(*(comment_words([token]) for token in (old, new, target)), form=Form.TRAILING)
        return (Piece(target.text if stays else new.text, slot),)
    return (Piece(target.text),)


def _merge_literal(old: str, new: str, target: str) -> Pieces | None:
    """A string that is not a docstring. It is code unless it reads like prose and has been translated."""
    if new in (old, target):
        return (Piece(target),)
    if target == old:
        return (Piece(new),)
    if not _is_translated_prose(old, target):
        return None
    opening, source, quote = unquote(new)
    (was, before, _), (here, translation, _) = unquote(old), unquote(target)
    carried = carry_fields(before, source, translation) if is_edit(before, source) else None
    if carried is None or not was == opening == here:
        return Piece(opening), Piece(source, Slot(form=Form.LITERAL, source=source)), Piece(quote)
    slot = Slot(form=Form.LITERAL, source=source, old_source=before, old_target=translation)
    same_words = FIELD.sub("", before).split() == FIELD.sub("", source).split()
    return Piece(opening), Piece(carried, None if same_words else slot), Piece(quote)


def _paragraphs(content: str) -> tuple[Token, ...]:
    return tuple(Token(Sort.STRING, found[2], found[1]) for found in PARAGRAPH.finditer(content))


def paragraph_words(docstring: str) -> list[str]:
    """What each paragraph of a docstring says, its lines joined."""
    return [fold(paragraph.text.splitlines()) for paragraph in _paragraphs(unquote(docstring)[1])]


def _paragraph_likeness(one: Token, other: Token) -> float:
    return 1.2 if one.text == other.text else 0.5 + 0.5 * likeness(one.text, other.text)


def _paragraph_edit(one: Token, other: Token) -> float:
    return _paragraph_likeness(one, other) if is_edit(one.text, other.text) else 0.05


def _meet_docstring(old: Token, new: Token, target: Token) -> Pieces:
    quotes = [unquote(token.text) for token in (old, new, target)]
    rules = Rules(
        same=_paragraph_edit,
        across=_paragraph_likeness,
        meet=_meet_paragraph,
        adopt=lambda token: _new_words(token.text, Form.DOCSTRING),
        settle=lambda olds, news, targets: (
            *as_they_are(targets),
            *adopt_all(news, lambda token: _new_words(token.text, Form.DOCSTRING)),
        ),
    )
    merged = merge_tokens(*(_paragraphs(content) for _, content, _ in quotes), rules=rules) or ()
    opening = quotes[2][0] if quotes[1][0] == quotes[0][0] else quotes[1][0]
    tail = merge_space(*(content[len(content.rstrip()) :] for _, content, _ in quotes))
    return Piece(opening), *merged, Piece(tail + opening.lstrip("rRbBfFuU"))


def _meet_paragraph(old: Token, new: Token, target: Token) -> Pieces:
    words = [fold(token.text.split("\n")) for token in (old, new, target)]
    stays, slot = choose_words(words[0], words[1], words[2], form=Form.DOCSTRING)
    return (Piece(target.text if stays else new.text, slot),)


def _new_words(text: str, form: Form) -> Pieces:
    source = fold(MARK.sub("", line, count=1) if form is Form.BLOCK else line.strip() for line in text.split("\n"))
    return (Piece(text, Slot(form=form, source=source) if has_words(source) else None),)


def adopt_unit(unit: Unit, habits: Habits) -> Pieces:
    """A unit that only the new English has. What stood elsewhere in the old English comes with its translation."""
    known = habits.units.get(unit.text.strip())
    if known and known.shape is unit.shape:
        return (Piece(shift(known.text, len(unit.indent) - len(known.indent))),)
    if unit.shape is Shape.COMMENT:
        return _adopt_comment(unit, habits)
    if unit.shape is Shape.DOCSTRING and unit.tokens[0].text not in habits.strings:
        return _adopt_docstring(unit, habits)
    pieces = adopt_all(unit.tokens, lambda token: adopt_token(token, habits))
    return (*pieces, Piece(_tail(unit))) if unit.tokens else (Piece(unit.text),)


def _adopt_comment(unit: Unit, habits: Habits) -> Pieces:
    known = habits.comments.get(comment_words(unit.tokens))
    if known:
        return (Piece(unit.indent + f"\n{unit.indent}".join(known)),)
    if not habits.translates:
        return (Piece(unit.text),)
    return Piece(unit.indent), *_new_words(unit.text.strip(), Form.BLOCK), Piece(_tail(unit))


def _adopt_docstring(unit: Unit, habits: Habits) -> Pieces:
    if not habits.translates:
        return (Piece(unit.text),)
    opening, content, quote = unquote(unit.tokens[0].text)
    inner = adopt_all(_paragraphs(content), lambda token: _new_words(token.text, Form.DOCSTRING))
    tail = content[len(content.rstrip()) :] if content.strip() else content
    return Piece(unit.indent + opening), *inner, Piece(tail + quote + _tail(unit))


def adopt_token(token: Token, habits: Habits) -> Pieces:
    """A token that only the new English has, inside a statement."""
    if token.sort is Sort.STRING:
        return (Piece(habits.strings.get(token.text, token.text)),)
    if token.sort is not Sort.COMMENT:
        return (Piece(token.text),)
    known = habits.comments.get(comment_words([token]))
    if known:
        words = fold(MARK.sub("", line, count=1) for line in known)
        return (Piece(f"{MARK.match(token.text)[0]}{words}"),)  # type: ignore[index]
    if not habits.translates or not has_words(comment_words([token])):
        return (Piece(token.text),)
    return (Piece(token.text, Slot(form=Form.TRAILING, source=comment_words([token]))),)
