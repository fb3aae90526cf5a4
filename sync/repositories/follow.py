"""Which English a fork follows: the tip of the default branch, the newest release, or one tag."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from sync.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

MAIN: Final = "main"
RELEASE: Final = "release"

_RELEASE = re.compile(r"v?([0-9]{1,9})\.([0-9]{1,9})\.([0-9]{1,9})")
_LISTED: Final = 5
"""Names of tags shown where one is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The English that a fork is to be brought up to."""

    commit: str
    """Its id."""
    name: str
    """Name of the tag; ``main`` for the tip of the default branch, whatever that branch is called."""
    is_known: bool = False
    """Whether the translation was made from this very English already."""
    is_older: bool = False
    """Whether the translation was made from a later release, so that following would take it back."""


def choose(follow: str, head: str, tags: Sequence[tuple[str, str]], made_from: str | None = None) -> Choice:
    """The English that ``follow`` names.

    Args:
        follow: ``main``, ``release``, or the name of a tag. A release of another major version than that of
            ``made_from`` is not followed: the book may have been rewritten, which is for people to decide.
        head: id of the commit at the tip of the default branch.
        tags: name and commit id of each tag, in any order.
        made_from: commit id or tag that the translation was made from, where it is known.

    Raises:
        UsageError: there is no such tag, or no release; the message names tags that there are.
    """
    if follow == MAIN:
        return Choice(commit=head, name=MAIN, is_known=made_from == head)
    versions = [found for tag, its in tags if made_from in {tag, its} and (found := version_of(tag))]
    line = max(versions)[0] if versions else None
    name, commit = _newest_release(tags, line) if follow == RELEASE else _tag(follow, tags)
    version = version_of(name)
    return Choice(
        commit=commit,
        name=name,
        is_known=made_from in {name, commit},
        is_older=bool(version and versions and max(versions) > version),
    )


def version_of(tag: str) -> tuple[int, int, int] | None:
    """``v0.17.1`` → (0, 17, 1); ``None`` for a pre-release and for any other name."""
    found = _RELEASE.fullmatch(tag)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def releases_of(tags: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Name and commit of each release, the highest version first, whenever it was tagged; of two spellings that with
    a v."""
    found = sorted(((version, name, commit) for name, commit in tags if (version := version_of(name))), reverse=True)
    return tuple((name, commit) for _, name, commit in found)


def _newest_release(tags: Sequence[tuple[str, str]], line: int | None) -> tuple[str, str]:
    """The newest release, of one major version where one is given."""
    releases = [one for one in releases_of(tags) if line is None or (version_of(one[0]) or (None,))[0] == line]
    if not releases:
        message = (
            f"follow: release: the English repository has no release, a tag like v1.2.3. {_there_are(tags)} "
            "Set `follow` to main or to a tag."
        )
        raise UsageError(message)
    return releases[0]


def _tag(name: str, tags: Sequence[tuple[str, str]]) -> tuple[str, str]:
    commits = dict(tags)
    if name in commits:
        return name, commits[name]
    near = get_close_matches(name, [MAIN, RELEASE, *commits], n=3, cutoff=0.6)
    suggestion = f" Did you mean {' or '.join(near)}?" if near else ""
    message = f"follow: {name}: the English repository has no such tag.{suggestion} {_there_are(tags)}"
    raise UsageError(message)


def _there_are(tags: Sequence[tuple[str, str]]) -> str:
    """The tags of the highest versions, then others in the order in which they were given."""
    if not tags:
        return "It has no tags at all; a shallow clone has none, `git fetch --tags` brings them."
    names = [name for name, _ in tags]
    releases = sorted(filter(version_of, names), key=lambda name: version_of(name) or (), reverse=True)
    shown = [*releases, *(name for name in names if not version_of(name))][:_LISTED]
    rest = f" and {len(names) - len(shown)} more" if len(names) > len(shown) else ""
    return f"There are: {', '.join(shown)}{rest}."
