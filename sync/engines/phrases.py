"""How a few words were translated before: looked up in the sentence pairs that have them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sync.merge.prose.spans import find_span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignment.tokens import Token
    from sync.bitext.memory import Memory
    from sync.merge.prose.language_pair import LanguagePair

EXAMPLES: Final = 40
"""Sentence pairs looked at for one phrase."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A translation of some words."""

    text: str
    confidence: float
    """Share of the examples that agree, weighed by how sure their word alignment is: 0 to 1."""


class Phrases:
    """The phrases of a memory, found when they are asked for (Koehn, Och and Marcu 2003: consistent with the links)."""

    def __init__(self, memory: Memory, pair: LanguagePair) -> None:
        self.pair = pair
        self.pairs = memory.pairs
        self.index: dict[str, list[int]] | None = None

    def translate(self, words: Sequence[str]) -> Phrase | None:
        """The commonest translation of some neighbouring words, given in small letters; ``None`` if there is none."""
        votes: Counter[str] = Counter()
        weight: dict[str, float] = defaultdict(float)
        seen = 0
        for source, target, text in self._examples(words):
            seen += 1
            for at in _occurrences([token.text for token in source], words):
                span = find_span(at, at + len(words), self.pair.link(source, target), target)
                if span is not None:
                    found = text[target[span[0]].start : target[span[1] - 1].end]
                    votes[found] += 1
                    weight[found] += span[2]
        if not votes:
            return None
        best = max(votes, key=lambda found: (weight[found], -len(found), found))
        return Phrase(best, weight[best] / max(seen, sum(votes.values())))

    def _examples(self, words: Sequence[str]) -> Iterator[tuple[tuple[Token, ...], tuple[Token, ...], str]]:
        if self.index is None:
            self.index = self._read()
        places = [set(self.index.get(word, ())) for word in words]
        common = sorted(set.intersection(*places)) if places else []
        for number in common[:EXAMPLES]:
            pair = self.pairs[number]
            yield self.pair.tokens(pair.source), self.pair.tokens(pair.target), pair.target

    def _read(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = {}
        for number, pair in enumerate(self.pairs):
            for word in {token.text for token in self.pair.tokens(pair.source)}:
                index.setdefault(word, []).append(number)
        return index


def _occurrences(texts: Sequence[str], words: Sequence[str]) -> Iterator[int]:
    wanted = list(words)
    for at in range(len(texts) - len(wanted) + 1):
        if list(texts[at : at + len(wanted)]) == wanted:
            yield at
