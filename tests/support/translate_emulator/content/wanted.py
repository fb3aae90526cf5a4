"""Terms that a text has, exactly as they are written. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sync.engines.smt.words import CJK

if TYPE_CHECKING:
    from collections.abc import Sequence

EDGES: Final = rf"(?:(?<!\w)|(?<=[{CJK}]))", rf"(?:(?!\w)|(?=[{CJK}]))"
"""A word does not go on there. Between Chinese characters words begin and end anywhere."""
NAME: Final = re.compile(r"`term (\d+)`")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Terms of one text and what they must become, longer ones first."""

    pairs: tuple[tuple[str, str], ...]
    expression: re.Pattern[str]
    """Finds them."""

    @staticmethod
    def of(terms: Sequence[tuple[str, str]], text: str) -> Wanted:
        """Those of the terms that a text has. Of two for one word the last counts."""
        here = {source: target for source, target in terms if source in text and target}
        order = sorted(here, key=lambda source: (-len(source), source))
        whole = re.compile(_any(order))
        found = set(whole.findall(text))
        kept = tuple((source, here[source]) for source in order if source in found)
        return Wanted(kept, re.compile(_any([source for source, _ in kept])))

    @property
    def targets(self) -> dict[str, str]:
        return dict(self.pairs)

    @property
    def names(self) -> dict[str, str]:
        """What stands for each term in a text whose translation must have it, whatever the model thinks."""
        return {source: f"`term {number}`" for number, (source, _) in enumerate(self.pairs)}

    def named(self, made: str) -> str:
        """A translation with the terms in it."""
        return NAME.sub(lambda found: self.pairs[int(found[1])][1], made)

    def is_met(self, source: str, made: str) -> bool:
        """Whether a translation has each term of a sentence as often as that."""
        found = self.expression.findall(source)
        return all(made.count(target) >= found.count(term) for term, target in self.pairs)

    def applied(self, made: str) -> tuple[tuple[str, str], ...]:
        return tuple(pair for pair in self.pairs if pair[1] in made)


def _any(terms: Sequence[str]) -> str:
    """One of some terms as a whole word; of none, nothing is found."""
    if not terms:
        return r"(?!)"
    return EDGES[0] + "(?:" + "|".join(map(re.escape, terms)) + ")" + EDGES[1]
