"""What reviewers did to drafts: how much of each was changed before it was merged. Pure."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from rapidfuzz.distance import Levenshtein

from alignment.diff import fold
from alignment.markdown import D2L
from alignment.markdown.pending import digest
from alignment.tokens import tokenize
from sync.bitext.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alignment.markdown import Profile
    from sync.state import Machine

VERSION: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PostEdit:
    """One draft, and what became of it."""

    path: str
    digest: str
    """Of the English."""
    origin: str
    """Which engine wrote it, a word of ``sync.model.Origin``."""
    characters: int
    """Of the draft."""
    hter: float
    """Edits for each token of what was merged, 0 to 1: insertions, deletions and substitutions of words (no moves)."""

    @property
    def is_untouched(self) -> bool:
        return self.hter == 0.0


def post_edits(
    path: str, english: str, merged: str, drafts: Iterable[Machine], lang: str, profile: Profile = D2L
) -> tuple[PostEdit, ...]:
    """What became of the drafts of one chapter.

    ``english`` is what the merged translation says. A draft whose English has no counterpart any more was thrown away:
    all of it counts as edited.
    """
    pairs = Memory.of_chapters([(path, english, merged)], lang, profile).pairs
    stands = {pair.source: pair.target for pair in pairs}
    return tuple(
        PostEdit(
            path=path,
            digest=digest(draft.source),
            origin=draft.origin,
            characters=len(draft.target),
            hter=hter(draft.target, stands.get(fold(draft.source), ""), profile),
        )
        for draft in drafts
    )


def hter(draft: str, merged: str, profile: Profile = D2L) -> float:
    """Share of the merged wording that had to be typed: edits of words for each of its words, 1 at most.

    White space counts for nothing. Snover et al., "A Study of Translation Edit Rate" (2006), without its moves.
    """
    ours, theirs = ([token.text for token in tokenize(text, profile)] for text in (draft, merged))
    if not theirs:
        return 1.0
    return round(min(1.0, Levenshtein.distance(ours, theirs) / len(theirs)), 4)


def to_text(edits: Sequence[PostEdit], **about: Any) -> str:
    """A record that is kept in the fork: one JSON object, always the same for the same edits."""
    rows = [asdict(edit) for edit in sorted(edits, key=lambda edit: (edit.path, edit.digest))]
    return (
        json.dumps({"version": VERSION, **about, "drafts": rows}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    )
