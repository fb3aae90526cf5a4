"""What a fork remembers of a chapter: the English it stands at, what still waits, what a machine wrote, what stays.

One JSON file for each chapter, so that two branches that touch different chapters never collide. The same state is
always the same bytes, and no more is in it than is needed: what no entry speaks of was written by people.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from alignment.markdown.pending import digest
from sync.errors import InputError, UsageError
from sync.model import Fate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sync.model import ChapterResult, Outcome

VERSION: Final = 2
KEPT: Final = "kept"
"""What English did to wording that stays: an operation like ``edited``, and done only when it stays no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """An English change that the translation does not show yet."""

    digest: str
    """Of the new English, or of the old where it was removed."""
    op: str
    """``edited``, ``added``, ``removed`` or ``moved``; ``kept`` where people asked that its translation stay."""
    old_source: str = ""
    """The English that the translation says."""
    new_source: str = ""
    old_target: str = ""
    """The translation as it stands, or nothing where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Machine:
    """A segment that an engine wrote, as it was written."""

    source: str
    """The English."""
    target: str
    origin: str
    """A word of ``sync.model.Origin``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterState:
    """What a fork remembers of one chapter."""

    commit: str = ""
    """The English commit it was brought up to."""
    blob: str = ""
    """The English text it was brought up to."""
    how: str = ""
    """Who says so, a word of ``Recorder``; nothing where an update brought it there."""
    pending: tuple[Pending, ...] = ()
    machine: tuple[Machine, ...] = ()
    keep: tuple[str, ...] = ()
    """Digests of English segments whose translation stays as it is, whatever becomes of the English."""

    @property
    def is_from_update(self) -> bool:
        """Whether an update wrote it. Only then is it known which segments an engine wrote; before, nobody can say."""
        return bool(self.blob) and not self.how


class Recorder(StrEnum):
    """Who recorded a baseline, if not an update."""

    SET = "set"
    ADOPTED = "adopted"
    MARKED = "marked"


def load_state(text: str | None, path: str) -> ChapterState:
    """The state that a file holds; an empty one where there is no file (``None``). ``path`` is for the messages.

    Raises:
        UsageError: a later version of this program wrote it.
        InputError: it is not a state.
    """
    if text is None:
        return ChapterState()
    try:
        found = json.loads(text)
        version = found["version"]
        if version in UPGRADES or version == VERSION:
            return _read(_upgraded(found))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        message = f"{path}: not a state that can be read ({error}). Restore it from the history, or delete it."
        raise InputError(message) from error
    message = f"{path}: version {version!r} of the state is not known, only {VERSION} is. Use the AMTS that wrote it."
    raise UsageError(message)


def _from_1(found: dict[str, Any]) -> dict[str, Any]:
    """Version 2 knows what an engine wrote, and what stays."""
    return {**found, "version": 2, "machine": [], "keep": []}


UPGRADES: Final[dict[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {1: _from_1}
"""Version → the step to the next. A state is upgraded when it is read, and written anew only with a cause."""


def _upgraded(found: dict[str, Any]) -> dict[str, Any]:
    while found["version"] != VERSION:
        found = UPGRADES[found["version"]](found)
    return found


def _read(found: dict[str, Any]) -> ChapterState:
    baseline = found["baseline"]
    return ChapterState(
        commit=str(baseline["commit"]),
        blob=str(baseline["blob"]),
        how=str(baseline.get("how", "")),
        pending=tuple(Pending(**_texts(entry)) for entry in found["pending"]),
        machine=tuple(Machine(**_texts(entry)) for entry in found.get("machine", ())),
        keep=tuple(str(digest) for digest in found.get("keep", ())),
    )


def _texts(entry: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in entry.items()}


def dump_state(state: ChapterState) -> str:
    """The text of the file that holds a state; no more than is needed, always in the same order."""
    found: dict[str, Any] = {
        "version": VERSION,
        "baseline": {"commit": state.commit, "blob": state.blob} | ({"how": state.how} if state.how else {}),
        "pending": [_filled(entry) for entry in sorted_pending(state.pending)],
    }
    if state.machine:
        found["machine"] = [_filled(entry) for entry in sorted(set(state.machine))]
    if state.keep:
        found["keep"] = sorted(set(state.keep))
    return json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _filled(entry: Pending | Machine) -> dict[str, str]:
    return {name: value for name, value in asdict(entry).items() if value}


def sorted_pending(pending: tuple[Pending, ...]) -> tuple[Pending, ...]:
    """Each once, in an order that does not depend on how they were found."""
    return tuple(sorted(set(pending), key=lambda entry: (entry.digest, entry.op, entry.old_source, entry.old_target)))


def released(state: ChapterState) -> bool:
    """Whether English changed under wording that people kept then and keep no longer."""
    return any(entry.op == KEPT and digest(entry.old_source) not in state.keep for entry in state.pending)


def unsettled(baseline: str, target: str, state: ChapterState) -> tuple[str, ChapterState]:
    """The English that a translation really says, and what stays pending beside that.

    The baseline moves on when a chapter is delivered, also past a sentence whose translation is pending. That edit is
    taken back here, so that the next one is compared with what the translator saw and the pending one is offered again.
    An edit that cannot be found again without doubt stays in the state.
    """
    left = []
    for entry in state.pending:
        stands = entry.op == KEPT or contains(target, entry.old_target)
        restored = _take_back(baseline, entry) if stands else None
        if restored is None:
            left.append(entry)
        else:
            baseline = restored
    return baseline, replace(state, pending=tuple(left))


def _take_back(baseline: str, entry: Pending) -> str | None:
    if entry.op not in {"edited", KEPT} or not entry.old_source or not entry.new_source:
        return None
    found = list(re.finditer(_loosely(entry.new_source), baseline))
    if len(found) != 1:
        return None
    return baseline[: found[0].start()] + entry.old_source + baseline[found[0].end() :]


def _loosely(text: str) -> str:
    """A pattern for a text; for one line of prose however it is wrapped, for more lines just as it is."""
    return re.escape(text) if "\n" in text else r"\s+".join(re.escape(word) for word in text.split())


def contains(text: str, part: str) -> bool:
    """Whether a text has a part, which must not be empty, however it is wrapped."""
    return bool(part.strip()) and " ".join(part.split()) in " ".join(text.split())


def next_state(state: ChapterState, result: ChapterResult, *, source: str, commit: str, blob: str) -> ChapterState:
    """What the fork shall remember after an update to the English text ``source``.

    ``state`` is what it remembered before, less the pending changes that were offered again. What waits stays as long
    as both texts still have it; what a machine wrote, and what is kept, as long as English says it.
    """
    offered = tuple(_pending(outcome) for outcome in result.outcomes if outcome.fate is Fate.PENDING)
    digests = {entry.digest for entry in offered}
    still = (entry for entry in state.pending if entry.digest not in digests and _is_open(entry, source, result.text))
    return ChapterState(
        commit=commit,
        blob=blob,
        pending=sorted_pending((*still, *offered)),
        machine=_written_by_machine(state.machine, result, source),
        keep=state.keep,
    )


def _written_by_machine(before: Iterable[Machine], result: ChapterResult, source: str) -> tuple[Machine, ...]:
    """Each English segment once, with what an engine made of it last."""
    drafted = {
        digest(one.new_source): Machine(source=one.new_source, target=one.new_target, origin=str(one.origin))
        for one in result.outcomes
        if one.fate is Fate.DRAFTED and one.new_source
    }
    still = {digest(entry.source): entry for entry in before if contains(source, entry.source)}
    return tuple(sorted((still | drafted).values()))


def _pending(outcome: Outcome) -> Pending:
    return Pending(
        digest=digest(outcome.new_source or outcome.old_source),
        op=outcome.op,
        old_source=outcome.old_source,
        new_source=outcome.new_source,
        old_target=outcome.old_target,
    )


def _is_open(entry: Pending, source: str, target: str) -> bool:
    """Whether English still says it and the translation still lacks it."""
    if entry.new_source and not contains(source, entry.new_source):
        return False
    if entry.old_target:
        return contains(target, entry.old_target)
    return f"amts:pending {entry.digest}" in target or contains(target, entry.new_source)
