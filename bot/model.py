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


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What somebody asked of a run by hand; what was not said is empty."""

    paths: tuple[str, ...] = ()
    """Chapters, folders or patterns."""
    languages: tuple[str, ...] = ()
    """BCP-47 tags."""
    ref: str = ""
    """Of the English: a branch, a tag or a commit."""
    dry_run: bool = False
    max_characters: int | None = None
    """That may go to an engine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What every event has."""

    repository: str
    """``owner/name`` of where it happened."""
    actor: str
    """Login of who did it; empty where nobody did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed(Happening):
    """A branch or a tag has other commits than before. One of ``branch`` and ``tag`` is empty."""

    branch: str
    tag: str
    before: str
    """A commit, which need not exist any more; empty where the branch or tag is new."""
    after: str
    forced: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PullRequestChanged(Happening):
    """A pull request was opened, got commits, or was closed."""

    number: int
    action: str
    """``opened``, ``reopened``, ``ready_for_review``, ``synchronize`` or ``closed``."""
    author: str
    head: str
    """The branch that is to be merged."""
    head_repository: str
    """``owner/name`` of that branch; empty where its repository is gone."""
    head_sha: str
    base: str
    """The branch that it is to be merged into."""
    base_sha: str
    merge_sha: str
    """The commit that has it; empty unless it was merged."""
    draft: bool

    @property
    def merged(self) -> bool:
        return bool(self.merge_sha)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduled(Happening):
    """It is time."""

    cron: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatched(Happening):
    """Somebody, or another repository, started a run by hand."""

    kind: str
    """Empty for a workflow that was started by hand; what the other repository called the event."""
    inputs: Inputs


@dataclass(frozen=True, slots=True, kw_only=True)
class Commented(Happening):
    """A person wrote a comment. Its body is a stranger's, whatever the payload says of its author."""

    id: int
    author: str
    body: str
    number: int
    """Of the issue or pull request."""
    on_pull_request: bool
    is_open: bool
    """Whether the issue or pull request was, when the comment was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowFinished(Happening):
    """Another workflow is done."""

    workflow: str
    run_id: int
    conclusion: str
    """``success``, ``failure``, …; empty where GitHub gives none."""
    cause: str
    """The event that had started it."""
    branch: str
    head_sha: str
    own: bool
    """Whether it ran for a commit of this repository, and not for one of a fork."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignored(Happening):
    """Nothing is to be done, and why."""

    name: str
    """Of the event."""
    reason: str


Event = Pushed | PullRequestChanged | Scheduled | Dispatched | Commented | WorkflowFinished | Ignored
