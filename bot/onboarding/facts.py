"""What the checks judge: all that was asked, as values. What could not be asked has an error instead."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.onboarding.fork import Fork
    from bot.onboarding.standing import Standing
    from sync.engines.amazon.resources.standing import Resource
    from sync.engines.amazon.settings import Settings

ACTIONS: Final = "github-actions[bot]"
"""Whom the default token of a workflow speaks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class English:
    """The English book."""

    address: str
    """Where it is; empty where nobody says it."""
    error: str = ""
    """Why it, or the fork beside it, cannot be read."""
    standing: Standing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who a token speaks for, and what it may. A permission is missing where it could not be found out."""

    login: str
    is_person: bool = False
    may_write: Mapping[str, bool] = field(default_factory=dict)
    """By permission: contents, pull requests, issues."""

    @property
    def is_default(self) -> bool:
        """Whether it is the one that a workflow gets without asking."""
        return self.login == ACTIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Forge:
    """A repository on GitHub."""

    repository: str
    error: str = ""
    """Why nothing is known of it."""
    token_error: str = ""
    """Why the token is good for nothing."""
    holder: Holder | None = None
    """Nobody, where there is no token."""
    archived: bool = False
    private: bool = False
    has_issues: bool = True
    default_branch: str = ""
    creates_pulls: bool | None = None
    """Whether workflows may open pull requests; ``None`` where the token may not know."""
    branch_rules: Mapping[str, str] = field(default_factory=dict)
    """For branches of ours: the kind of each rule, and who made it."""
    base_rules: Mapping[str, str] = field(default_factory=dict)
    """For the default branch."""
    required_checks: tuple[str, ...] = ()
    """Without which nothing is merged into the default branch."""
    labels: frozenset[str] = frozenset()
    workflow_states: Mapping[str, str] = field(default_factory=dict)
    """Path of each of the fork's own workflows, and ``active`` or why it does not run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amazon:
    """An account at AWS, as far as it may be looked at without spending anything."""

    faults: str = ""
    """What is missing or wrong in what is said of it."""
    settings: Settings | None = None
    error: str = ""
    """Why Amazon Translate does not answer."""
    bucket_error: str = ""
    bucket_region: str = ""
    """Empty where the service does not say."""
    role_used: str = ""
    """When a job was last started with this role, ISO 8601; empty where none of the jobs listed has it."""
    resource: str = ""
    """What the parallel data of this fork and language is called."""
    resources: tuple[Resource, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything."""

    today: date
    fork: Fork | None = None
    fork_error: str = ""
    """Why it cannot be read, or cannot be used as it is configured."""
    english: English | None = None
    forge: Forge | None = None
    amazon: Amazon | None = None
    """Nothing, where the engine is another."""
