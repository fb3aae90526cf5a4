"""What is learned of a pull request when it is merged: how much of its drafts people changed.

The words themselves need no harvest: what was merged stands in the fork, and is what engines learn from next time.
There is no commit for this alone; the record goes along with the next pull request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sync.errors import AmtsError
from sync.measure.effort import post_edits, to_text
from sync.repositories.branches import IDENTITY, TRAILER
from sync.repositories.paths import state_path
from sync.repositories.remote import fetch
from sync.repositories.revisions import FileChange
from sync.state import ChapterState, Machine, load_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.upkeep.ours import Own
    from bot.upkeep.site import Site
    from sync.measure.effort import PostEdit
    from sync.repositories.repository import Repository

FOLDER: Final = ".amts/effort/"
AT_MOST: Final = 20
"""Pull requests that are looked at in one run, the newest first."""


def record_path(number: int) -> str:
    """Where the record of a pull request is kept."""
    return f"{FOLDER}{number}.json"


def harvest(site: Site, ours: Iterable[Own]) -> tuple[FileChange, ...]:
    """Records of merged pull requests that the fork does not have, nor any open one brings."""
    ours = tuple(ours)
    tips = [site.tip, *(one.pull.head for one in ours if one.pull.is_open)]
    known = {path for tip in tips if site.fork.find(tip) for path in site.fork.files(tip)}
    merged = [one for one in ours if one.pull.is_merged and record_path(one.pull.number) not in known][:AT_MOST]
    fetch(site.fork, [f"refs/pull/{one.pull.number}/head" for one in merged])
    return tuple(change for one in merged if (change := _try(site, one)))


def records_on(site: Site, commit: str) -> tuple[FileChange, ...]:
    """The records that a branch brings, which have to stay on it when it is made anew."""
    base = site.fork.files(site.tip)
    files = site.fork.files(commit).values()
    return tuple(
        FileChange(file.path, site.fork.text(file))
        for file in files
        if file.path.startswith(FOLDER) and file.path not in base
    )


def _try(site: Site, one: Own) -> FileChange | None:
    """The record of one; nothing where its commits or texts are gone."""
    try:
        return _record(site, one)
    except AmtsError as error:
        site.say(f"{site.lang}: what became of the drafts of pull request {one.pull.number} is not known: {error}")
        return None


def _record(site: Site, one: Own) -> FileChange:
    """The record of one pull request, even where it had no drafts, so that it is looked at once."""
    pull = one.pull
    ours = _last_of_ours(site.fork, f"refs/pull/{pull.number}/head")
    edits = tuple(edit for path in sorted(one.claim.chapters) for edit in _edits(site, one, path, ours)) if ours else ()
    text = to_text(edits, pull=pull.number, lang=site.lang, merged=pull.merged_at, source=one.claim.source)
    return FileChange(record_path(pull.number), text)


def _last_of_ours(fork: Repository, tip: str) -> str:
    """The newest commit of ours on a branch: what reviewers were given."""
    shape = f"--format=%H%x00%ce%x00%(trailers:key={TRAILER},valueonly,separator=%x2C)"
    rows = (line.split("\0") for line in fork.ask("log", "--max-count=200", shape, tip).splitlines())
    return next((commit for commit, address, trailer in rows if address == IDENTITY[1] and trailer), "")


def _edits(site: Site, one: Own, path: str, ours: str) -> Iterator[PostEdit]:
    merged = _text(site.fork, one.pull.merged_as, path)
    english = _text(site.source, one.claim.source, path)
    drafts = _drafts(site.fork, ours, path) - _drafts(site.fork, f"{one.pull.merged_as}^", path)
    if merged is not None and english is not None and drafts:
        yield from post_edits(path, english, merged, sorted(drafts), site.lang)


def _drafts(fork: Repository, revision: str, path: str) -> set[Machine]:
    """What an engine wrote in a chapter, as the state of it says at some revision."""
    text = _text(fork, revision, state_path(path))
    return set((load_state(text, state_path(path)) if text is not None else ChapterState()).machine)


def _text(repository: Repository, revision: str, path: str) -> str | None:
    commit = repository.find(revision)
    file = repository.files(commit).get(path) if commit else None
    return repository.text(file) if file else None
