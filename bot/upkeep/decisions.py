"""What people decided about an open pull request by commands: which wording stays, which chapters are up to date.

It stands in the states of the chapters on its branch. A pull request is made anew from the default branch, which does
not know of it yet; so it is put on top of that before anything is made.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from sync.repositories.branches import write_branch
from sync.repositories.paths import origin_path, state_path
from sync.repositories.revisions import FileChange
from sync.state import ChapterState, Recorder, dump_state, load_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.upkeep.ours import Own
    from sync.repositories.repository import Repository
    from sync.repositories.revisions import File

SCRATCH: Final = "amts-scratch/start"
"""A branch of the clone that is never pushed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Where a pull request is made anew from."""

    commit: str
    """The default branch with the decisions on top; it exists in the clone only."""
    files: tuple[FileChange, ...] = ()
    """What that takes: states, and the English beside chapters."""

    @property
    def settled(self) -> frozenset[str]:
        """The paths of these files."""
        return frozenset(file.path for file in self.files)


def start_of(fork: Repository, tip: str, one: Own) -> Start:
    """Where to begin, with the decisions on the branch of a pull request. ``tip`` is the default branch."""
    root = common(fork, tip, one.pull.head)
    at = (fork.files(root), fork.files(tip), fork.files(one.pull.head))
    files = tuple(file for path in one.claim.chapters for file in _decided(fork, path, at))
    return begin(fork, tip, files)


def begin(fork: Repository, tip: str, files: tuple[FileChange, ...]) -> Start:
    """The default branch with some files on top of it."""
    if not files:
        return Start(commit=tip)
    written = write_branch(fork, SCRATCH, files, base=tip, message="Decisions", source=tip, anew=True)
    return Start(commit=written.commit if written.new else tip, files=files)


def common(fork: Repository, one: str, other: str) -> str:
    """The newest commit that two have in common. Raises RepositoryError where there is none."""
    found = fork.ask("merge-base", one, other, doing="The branch has nothing in common with the default branch")
    return found.split()[0]


_Three = tuple["Mapping[str, File]", "Mapping[str, File]", "Mapping[str, File]"]
"""The files of the common commit, of the default branch, of the pull request."""


def _decided(fork: Repository, path: str, at: _Three) -> Iterable[FileChange]:
    place = state_path(path)
    if place not in at[2] or _same(place, at[1], at[2]):
        return ()
    root, default, branch = (state_at(fork, files, path) for files in at)
    if branch.how == Recorder.MARKED and branch.blob != default.blob:
        return (*_beside(fork, path, at[2]), FileChange(place, dump_state(branch)))
    keep = merged(root.keep, default.keep, branch.keep)
    if keep == set(default.keep):
        return ()
    return (FileChange(place, dump_state(replace(default, keep=tuple(sorted(keep))))),)


def _same(path: str, one: Mapping[str, File], other: Mapping[str, File]) -> bool:
    return path in one and path in other and one[path].blob == other[path].blob


def merged(root: Iterable[str], one: Iterable[str], other: Iterable[str]) -> set[str]:
    """What two made of the same set, together."""
    before, left, right = set(root), set(one), set(other)
    return (left | (right - before)) - (before - right)


def state_at(fork: Repository, files: Mapping[str, File], path: str) -> ChapterState:
    """What the fork remembers of a chapter at one of its commits. Raises InputError where it cannot be read."""
    place = state_path(path)
    return load_state(fork.text(files[place]) if place in files else None, place)


def _beside(fork: Repository, path: str, files: Mapping[str, File]) -> Iterable[FileChange]:
    """The English beside a chapter, where the fork keeps it."""
    beside = origin_path(path)
    return (FileChange(beside, fork.text(files[beside])),) if beside in files else ()
