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
from sync.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from alignment.markdown import Profile
    from sync.state import Machine

VERSION: Final = 1
GOAL: Final = 0.8
"""Share of the translators' work that AMTS means to save."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What drafts have saved, of those that were merged in one month."""

    name: str
    """``2026-11``."""
    pulls: int
    drafts: int
    untouched: int
    """Drafts that were merged as they were."""
    characters: int
    """Of all drafts."""
    saved: float
    """Of these, those that nobody had to type: each draft's characters times what of it was kept."""

    @property
    def share(self) -> float:
        """Of the work of typing, 0 to 1; 0 where there were no drafts."""
        return self.saved / self.characters if self.characters else 0.0

    @property
    def hter(self) -> float:
        """Of all drafts together, each counting by its length."""
        return 1.0 - self.share if self.characters else 0.0


def read_record(text: str, place: str) -> tuple[str, tuple[PostEdit, ...]]:
    """When a pull request was merged (ISO 8601), and what became of its drafts. ``place`` is for the message.

    Raises:
        InputError: it is no record that can be read.
    """
    try:
        found = json.loads(text)
        if found["version"] == VERSION:
            return str(found["merged"]), tuple(PostEdit(**row) for row in found["drafts"])
        reason = f"version {found['version']!r} is not known"
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        reason = f"{type(error).__name__}: {error}"
    message = f"{place} is no record of drafts that can be read ({reason}). Restore it from the history, or delete it."
    raise InputError(message)


def by_month(records: Iterable[tuple[str, Sequence[PostEdit]]]) -> tuple[Month, ...]:
    """The records of merged pull requests, month by month, oldest first."""
    months: dict[str, list[Sequence[PostEdit]]] = {}
    for merged, edits in records:
        months.setdefault(merged[:7], []).append(edits)
    return tuple(_month(name, found) for name, found in sorted(months.items()))


def _month(name: str, pulls: Sequence[Sequence[PostEdit]]) -> Month:
    edits = [edit for pull in pulls for edit in pull]
    return Month(
        name=name,
        pulls=len(pulls),
        drafts=len(edits),
        untouched=sum(edit.is_untouched for edit in edits),
        characters=sum(edit.characters for edit in edits),
        saved=sum(edit.characters * (1.0 - edit.hter) for edit in edits),
    )
