"""The word alignment of one sentence pair."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from alignment.tokens import TokenKind, term

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignment.lexicon import Lexicon
    from alignment.tokens import Token

WordLink = tuple[int, int, float]

DISTANCE: Final = 0.5
"""What a link loses that goes from one end of a sentence to the other."""
COMPANION: Final = 0.4
"""Share of a word's best score with which a neighbour of its counterpart joins it."""
BETWEEN: Final = 0.2
"""Score of words that nothing links but their linked neighbours on both sides."""
RUN: Final = 4
"""Unspaced characters that one word may become without evidence for each of them."""


def link_words(source: Sequence[Token], target: Sequence[Token], lexicon: Lexicon) -> tuple[WordLink, ...]:
    """Which tokens of a sentence correspond to which of its translation, each with a score from 0 to 1.

    Best first (competitive linking, Melamed 2000): marks, numbers and names that are the same, then what the lexicon
    knows, nearer ones before farther ones. A word has one counterpart, or several neighbouring characters of a script
    without spaces. Punctuation is not linked. Sorted by source, then target.
    """
    links = _Links(source, target)
    for score, _, i, j in sorted(_candidates(source, target, lexicon), key=lambda found: (-found[0], *found[1:])):
        links.offer(i, j, score)
    links.fill()
    return tuple(sorted((i, j, score) for (i, j), score in links.scores.items()))


def _candidates(
    source: Sequence[Token], target: Sequence[Token], lexicon: Lexicon
) -> Iterator[tuple[float, float, int, int]]:
    """Score, distance, and indices of every two tokens that may correspond."""
    readings = [readings_at(target, j) for j in range(len(target))]
    for i in range(len(source)):
        for j, other in enumerate(target):
            score = _score(source, i, other, readings[j], lexicon)
            if score > 0:
                distance = abs((i + 0.5) / len(source) - (j + 0.5) / len(target))
                yield score * (1 - DISTANCE * distance), distance, i, j


def _score(source: Sequence[Token], i: int, other: Token, readings: Sequence[str], lexicon: Lexicon) -> float:
    token = source[i]
    if TokenKind.PUNCTUATION in (token.kind, other.kind):
        return 0.0
    if token == other:
        return 1.0
    if token.kind is TokenKind.MARK or other.kind is TokenKind.MARK:
        return 0.0
    return max(lexicon.score(left, right) for left in readings_at(source, i) for right in readings)


def readings_at(tokens: Sequence[Token], at: int) -> tuple[str, ...]:
    """The terms a token is part of: its own, and of an unspaced character the pairs with its neighbours."""
    token = tokens[at]
    if token.kind is not TokenKind.CJK:
        return (term(token),)
    before = tokens[at - 1].text if at and tokens[at - 1].kind is TokenKind.CJK else ""
    after = tokens[at + 1].text if at + 1 < len(tokens) and tokens[at + 1].kind is TokenKind.CJK else ""
    pairs = (before and before + token.text, after and token.text + after)
    return (token.text, *(pair for pair in pairs if pair))


class _Links:
    """The links made so far."""

    def __init__(self, source: Sequence[Token], target: Sequence[Token]) -> None:
        self.source, self.target = source, target
        self.scores: dict[tuple[int, int], float] = {}
        self.rights: dict[int, list[int]] = defaultdict(list)
        self.lefts: dict[int, list[int]] = defaultdict(list)

    def offer(self, i: int, j: int, score: float) -> None:
        """Make a link unless one of its tokens is taken."""
        if self._is_free(i, self.rights, j, self.target, score) and self._is_free(j, self.lefts, i, self.source, score):
            self._add(i, j, score)

    def _add(self, i: int, j: int, score: float) -> None:
        self.scores[i, j] = score
        self.rights[i].append(j)
        self.lefts[j].append(i)

    def _is_free(self, at: int, taken: dict[int, list[int]], other: int, others: Sequence[Token], score: float) -> bool:
        """Whether a token has no counterpart, or one of unspaced characters that ``other`` continues."""
        known = taken.get(at)
        if not known:
            return True
        best = max(self.scores.get((at, one), self.scores.get((one, at), 0.0)) for one in known)
        is_neighbour = min(abs(other - one) for one in known) == 1
        return is_neighbour and others[other].kind is TokenKind.CJK and score >= COMPANION * best

    def fill(self) -> None:
        """Link what stands alone between two linked neighbours on both sides."""
        ends = sorted((i, j) for i, found in self.rights.items() for j in found if len(self.lefts[j]) == 1)
        for (i, j), (after_i, after_j) in pairwise(ends):
            words = self._open(self.source, self.rights, i, after_i)
            others = self._open(self.target, self.lefts, j, after_j)
            if i == after_i:
                self._join(i, others)
            elif len(words) == 1 and others and self._is_run(others):
                for other in others:
                    self._add(words[0], other, BETWEEN)

    def _join(self, i: int, others: Sequence[int]) -> None:
        """Characters between two of one word belong to it."""
        if others and self._is_run(others):
            for other in others:
                self._add(i, other, BETWEEN)

    def _open(self, tokens: Sequence[Token], taken: dict[int, list[int]], first: int, last: int) -> list[int]:
        """Unlinked words between two tokens; none where punctuation intervenes."""
        between = range(first + 1, last)
        if any(tokens[at].kind is TokenKind.PUNCTUATION for at in between):
            return []
        return [at for at in between if not taken.get(at)]

    def _is_run(self, others: Sequence[int]) -> bool:
        if len(others) == 1:
            return True
        is_unspaced = all(self.target[other].kind is TokenKind.CJK for other in others)
        return is_unspaced and len(others) <= RUN and others[-1] - others[0] == len(others) - 1
