"""Several translations of one source: which of them is the entry. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sync.bitext.parallel_data.model import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sync.bitext.parallel_data.model import Candidate


def settle(candidates: Iterable[Candidate]) -> tuple[list[Candidate], list[tuple[Reason, Candidate]]]:
    """One candidate for each source, and the others with the reason: the same again, or a translation that lost.

    The commonest translation wins, then the surer one, then the earlier. What stays keeps its order.
    """
    groups: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault(candidate.source, []).append(candidate)
    kept, left = [], []
    for group in groups.values():
        winner = _winner(group)
        kept.append(winner)
        left += [
            (Reason.TWICE if one.target == winner.target else Reason.RIVAL, one) for one in group if one is not winner
        ]
    return kept, left


def _winner(group: Sequence[Candidate]) -> Candidate:
    common = Counter(one.target for one in group)
    best = max(group, key=lambda one: (common[one.target], one.confidence))  # of equals, max takes the first
    return next(one for one in group if one.target == best.target)
