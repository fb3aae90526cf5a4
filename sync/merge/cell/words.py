"""Words in cells: what a comment or a string says, whether two say the same, and how words are laid out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sync.merge.cell.syntax import Token

SIMILAR: Final = 0.45
"""Likeness of two English texts from which the one is an edit of the other, and its translation better than none."""
SAME_LANGUAGE: Final = 0.5
"""Share of the words of a text that its original has, too, above which it is not a translation."""

MARK = re.compile(r"(?:#+|//+|--+)[ \t]*")
CODE_SPAN = re.compile(r"`[^`]*`")
WORD = re.compile(r"[^\W\d_]{2,}")
FIELD = re.compile(r"\{\{|\}\}|\{[^{}]*\}|%[-+#0]?[0-9.]*[a-zA-Z]")
QUOTED = re.compile(r"(?P<open>[rRbBfFuU]{0,2}(?P<quote>\"\"\"|'''|\"|'))(?P<content>[\s\S]*)(?P=quote)")
CLOSING: Final = frozenset("、。，．：；！？）」』】》〉”’,.:;!?)]}")


def fold(lines: Iterable[str]) -> str:
    """Lines as one. No space comes between characters of scripts that have none."""
    text = ""
    for line in lines:
        part = " ".join(line.split())
        spaced = text and part and not (_is_wide(text[-1]) and _is_wide(part[0]))
        text += f" {part}" if spaced else part
    return text


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF" and not "\uac00" <= character <= "\ud7a3"


def comment_words(tokens: Sequence[Token]) -> str:
    """What a comment says, its lines joined."""
    return fold(MARK.sub("", token.text, count=1) for token in tokens)


def unquote(literal: str) -> tuple[str, str, str]:
    """A string as it stands in code: prefix and opening quote, content, closing quote."""
    found = QUOTED.fullmatch(literal)
    assert found  # it was found by the tokenizer
    return found["open"], found["content"], found["quote"]


def has_words(text: str) -> bool:
    """Whether there is something to translate outside code spans."""
    return bool(WORD.search(CODE_SPAN.sub(" ", text)))


def likeness(one: str, other: str) -> float:
    """0 to 1."""
    return fuzz.ratio(one, other) / 100


def is_edit(old: str, new: str) -> bool:
    """Whether the new English is a form of the old, rather than something else."""
    return likeness(old, new) >= SIMILAR


def is_translated(english: str, target: str) -> bool:
    """Whether ``target`` says it in another language, rather than in other English."""
    if {c for c in target if c.isalpha() and not c.isascii()} - set(english):
        return True
    words = _vocabulary(target)
    return bool(words) and len(words & _vocabulary(english)) <= SAME_LANGUAGE * len(words)


def _vocabulary(text: str) -> set[str]:
    return {word.lower() for word in WORD.findall(CODE_SPAN.sub(" ", text))}


def fields(text: str) -> list[str]:
    """Replacement fields of a format, in their order."""
    return FIELD.findall(text)


def same_fields(one: str, other: str) -> bool:
    return Counter(fields(one)) == Counter(fields(other))


def carry_fields(old: str, new: str, target: str) -> str | None:
    """A translated format with the fields that English has now; nothing if they cannot be told apart."""
    before, after = fields(old), fields(new)
    if Counter(before) == Counter(after):
        return target
    renamed = dict(zip(before, after, strict=False))
    if len(before) != len(after) or len(renamed) != len(before) or not same_fields(old, target):
        return None
    return FIELD.sub(lambda found: renamed[found.group()], target)


def width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def wrap(text: str, columns: int) -> list[str]:
    """Lines of at most so many columns, broken at spaces and between wide characters; a longer word stands alone."""
    lines = [""]
    for chunk in _chunks(text):
        if lines[-1] and width(lines[-1] + chunk.rstrip()) > columns:
            lines.append("")
        lines[-1] += chunk if lines[-1] else chunk.lstrip()
    return [line.rstrip() for line in lines]


def _chunks(text: str) -> list[str]:
    """What a line may not be broken inside of; a space belongs to the chunk before it."""
    chunks: list[str] = []
    for piece in re.findall(r"`[^`]*`\s*|\S+\s*|\s+", text):
        whole = piece.startswith("`") or not any(map(_is_wide, piece))
        chunks += [piece] if whole else _wide_chunks(piece)
    return chunks


def _wide_chunks(piece: str) -> list[str]:
    chunks: list[str] = []
    for character in piece:
        glued = chunks and (character in CLOSING or not (_is_wide(character) or _is_wide(chunks[-1][-1])))
        if glued:
            chunks[-1] += character
        else:
            chunks.append(character)
    return chunks
