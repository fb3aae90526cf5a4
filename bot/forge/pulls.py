"""Pull requests, issues and comments as GitHub has them. Pure nouns."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who wrote something."""

    login: str
    is_bot: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """A pull request."""

    number: int
    branch: str
    head: str
    """The commit at its tip."""
    base: str
    """The branch that it is for."""
    title: str
    body: str
    labels: frozenset[str]
    author: Author
    repository: str
    """Where its branch is: ``owner/name``."""
    is_open: bool
    is_merged: bool = False
    merged_as: str = ""
    """The commit on ``base`` by which it was merged."""
    merged_at: str = ""
    """When, ISO 8601."""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """An issue; or a pull request, as far as it is one."""

    number: int
    title: str
    body: str
    labels: frozenset[str]
    author: Author
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What somebody wrote below an issue or a pull request."""

    id: int
    body: str
    author: Author
    created_at: str = ""
    """When, ISO 8601."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """One sign of one account at a comment."""

    id: int
    content: str
    """``eyes``, ``rocket``, ``confused``, …"""
    author: Author
    created_at: str
    """When, ISO 8601."""
