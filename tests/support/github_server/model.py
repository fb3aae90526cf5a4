"""The nouns of GitHub, as far as they are emulated. All that git knows is in the bare repositories, not here."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tests.support.github_server.bare import Bare

Role = Literal["none", "read", "triage", "write", "maintain", "admin"]
ROLES: tuple[Role, ...] = ("none", "read", "triage", "write", "maintain", "admin")
"""From the least to the most."""
FOLDED = {"triage": "read", "maintain": "write"}
"""What the permission of an answer says for roles that it has no word for."""
CONTENTS = ("+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes")
"""What a reaction can be."""


@dataclass(slots=True, kw_only=True, eq=False)
class User:
    """A person, or the bot of an app."""

    id: int
    login: str
    type: Literal["User", "Bot", "Organization"] = "User"

    @property
    def email(self) -> str:
        """What commits carry that GitHub makes for this user."""
        return f"{self.id}+{self.login}@users.noreply.github.com"


@dataclass(slots=True, kw_only=True, eq=False)
class Token:
    """What a client shows. ``repositories`` and ``permissions`` that are ``None`` have no bounds."""

    value: str
    user: User
    kind: Literal["app", "personal", "actions"]
    """Installation token of an app; of a person; ``GITHUB_TOKEN`` of a workflow."""
    repositories: frozenset[str] | None
    permissions: dict[str, str] | None
    expires: datetime | None
    limit: int
    used: int = 0
    reset: float = 0.0

    def may(self, permission: str, level: str) -> bool:
        """Whether it has a permission at a level, ``read`` or ``write``."""
        if self.permissions is None or permission == "metadata":
            return True
        return self.permissions.get(permission) in ("write", level)


@dataclass(slots=True, kw_only=True, eq=False)
class Label:
    """A label of a repository."""

    id: int
    name: str
    color: str
    description: str | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class Reaction:
    """One reaction of one user."""

    id: int
    user: User
    content: str
    created_at: datetime


@dataclass(slots=True, kw_only=True, eq=False)
class Comment:
    """A comment on an issue or a pull request."""

    id: int
    body: str
    user: User
    issue: Issue
    created_at: datetime
    updated_at: datetime
    reactions: list[Reaction] = field(default_factory=list)
    minimized: str | None = None
    """Why it is folded, as a classifier of GraphQL."""


@dataclass(slots=True, kw_only=True, eq=False)
class ReviewComment(Comment):
    """A comment on a line of a pull request."""

    path: str
    line: int | None
    side: str = "RIGHT"
    commit: str
    hunk: str = ""
    review: int | None = None
    answers: int | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class Review:
    """A review of a pull request."""

    id: int
    user: User
    body: str
    state: str
    commit: str
    submitted_at: datetime


@dataclass(slots=True, kw_only=True, eq=False)
class Pull:
    """What a pull request has beyond its issue."""

    repository: Repository
    head_repository: Repository
    head_ref: str
    base_ref: str
    head: str
    """Commit at the tip, as last seen."""
    base: str
    """Tip of the base, at the last move of the head; after a merge, that from before it."""
    draft: bool = False
    maintainer_can_modify: bool = False
    merged_at: datetime | None = None
    merged_by: User | None = None
    merge_commit: str | None = None
    auto_merge: dict[str, Any] | None = None
    reviewers: list[User] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)

    @property
    def label(self) -> str:
        """``owner:branch`` of the head."""
        return f"{self.head_repository.owner.login}:{self.head_ref}"


@dataclass(slots=True, kw_only=True, eq=False)
class Issue:
    """An issue, or with ``pull`` a pull request."""

    id: int
    number: int
    title: str
    body: str | None
    user: User
    created_at: datetime
    updated_at: datetime
    state: Literal["open", "closed"] = "open"
    state_reason: str | None = None
    labels: list[Label] = field(default_factory=list)
    assignees: list[User] = field(default_factory=list)
    locked: bool = False
    lock_reason: str | None = None
    closed_at: datetime | None = None
    closed_by: User | None = None
    reactions: list[Reaction] = field(default_factory=list)
    pull: Pull | None = None


@dataclass(slots=True, kw_only=True, eq=False)
class Status:
    """A commit status."""

    id: int
    sha: str
    state: str
    context: str
    description: str | None
    target_url: str | None
    creator: User
    created_at: datetime


@dataclass(slots=True, kw_only=True, eq=False)
class Release:
    """A release."""

    id: int
    tag: str
    name: str
    body: str
    author: User
    created_at: datetime
    draft: bool = False
    prerelease: bool = False


@dataclass(slots=True, kw_only=True, eq=False)
class Settings:
    """What an owner sets in a repository."""

    has_issues: bool = True
    actions_may_create_pulls: bool = True
    actions_may_write: bool = False
    """What the permissions of a workflow are that says nothing of them."""
    squash: bool = True
    merge_commit: bool = True
    rebase: bool = True
    auto_merge: bool = False
    delete_branch_on_merge: bool = False
    archived: bool = False


@dataclass(slots=True, kw_only=True, eq=False)
class Repository:
    """A repository: its git is in ``bare``."""

    id: int
    owner: User
    name: str
    bare: Bare
    created_at: datetime
    private: bool = False
    description: str | None = None
    parent: Repository | None = None
    settings: Settings = field(default_factory=Settings)
    roles: dict[str, Role] = field(default_factory=dict)
    labels: dict[str, Label] = field(default_factory=dict)
    """By name in lower case."""
    issues: dict[int, Issue] = field(default_factory=dict)
    comments: dict[int, Comment] = field(default_factory=dict)
    review_comments: dict[int, ReviewComment] = field(default_factory=dict)
    statuses: list[Status] = field(default_factory=list)
    checks: dict[int, dict[str, Any]] = field(default_factory=dict)
    releases: list[Release] = field(default_factory=list)
    refs: dict[str, str] = field(default_factory=dict)
    """As last seen, to notice what was pushed."""
    rules: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    """Of rulesets, by the glob of the branches that they hold for: shown, not enforced."""
    protected: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Protected branches, and the checks that each asks for: shown, not enforced."""
    workflow_states: dict[str, str] = field(default_factory=dict)
    """By path, of those that do not run."""

    @property
    def full_name(self) -> str:
        """``owner/name``."""
        return f"{self.owner.login}/{self.name}"

    @property
    def root(self) -> Repository:
        """Where the network of forks begins."""
        return self if self.parent is None else self.parent.root

    def role(self, user: User | None) -> Role:
        """What a user is here; a stranger reads what is public."""
        if user is not None and user is self.owner:
            return "admin"
        floor: Role = "none" if self.private else "read"
        return floor if user is None else self.roles.get(user.login, floor)


@dataclass(kw_only=True, eq=False)
class Event:
    """Something that GitHub would tell workflows and webhooks."""

    name: str
    repository: str
    login: str
    make: Callable[[], dict[str, Any]]
    """Makes the payload, from what does not change any more."""
    starts_workflows: bool
    """What a ``GITHUB_TOKEN`` does starts none, but for the two dispatches."""

    @cached_property
    def payload(self) -> dict[str, Any]:
        """What a workflow finds in its event file; made when it is first asked for."""
        return self.make()
