"""The nouns of what people are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sync.repositories.revisions import FileChange


@dataclass(frozen=True, slots=True, kw_only=True)
class PullRequestPlan:
    """A pull request before anything is sent: all that a forge, or a folder, needs."""

    title: str
    branch: str
    message: str
    """Of the commit."""
    body: str
    """Markdown, short enough for GitHub."""
    labels: tuple[str, ...]
    files: tuple[FileChange, ...]
    """What the fork shall hold; no files, nothing to do."""
