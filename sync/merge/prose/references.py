"""References and citations that came or went with words which wait for a draft.

Whoever reads the old words meanwhile is sent to the right places, and nothing that the book counts is missing.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from alignment.tokens import TokenKind
from sync.merge.prose.sentence import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sync.merge.prose.sentence import Sentence, Texts

CLAUSE: Final = frozenset(",;:，；：、")


def append_references(texts: Texts, edits: Sequence[Edit]) -> Iterator[Edit]:
    """New ones in brackets at the end of a clause."""
    before, after, ours = (_roles(side) for side in (texts.before, texts.after, texts.ours))
    came = after - before
    came -= Counter(role for role in came.elements() for edit in edits if role in edit.text)
    came -= ours - before
    wide = dict(texts.pair.target.text.punctuation)
    for role in came:
        place = _clause_end(texts.ours, texts.after.text.index(role) / len(texts.after.text))
        opening, closing = wide.get("(", " (" if place else "("), wide.get(")", ")" if place else ") ")
        yield Edit(place, place, f"{opening}{role}{closing}")


def drop_references(texts: Texts, edits: Sequence[Edit]) -> Iterator[Edit]:
    """Those that English dropped, where they stand alone in brackets."""
    for role in _roles(texts.before) - _roles(texts.after):
        found = re.search(rf"\s*[(（]\s*{re.escape(role)}\s*[)）]", texts.ours.text)
        if found and not (edit := Edit(*found.span(), "")).meets(edits):
            yield edit


def _roles(sentence: Sentence) -> Counter[str]:
    tokens = [token for token in sentence.tokens if token.kind is TokenKind.MARK]
    marks = (sentence.text[token.start : token.end] for token in tokens)
    return Counter(mark for mark in marks if mark.startswith((":", "{")) and mark.endswith("`"))


def _clause_end(sentence: Sentence, share: float) -> int:
    """The beginning of the sentence or the end of one of its clauses, whichever is nearest to a share of its length."""
    stops = [token.start for token in sentence.tokens[:-1] if token.text in CLAUSE]
    return min((0, *stops, sentence.end), key=lambda place: abs(place - share * len(sentence.text)))
