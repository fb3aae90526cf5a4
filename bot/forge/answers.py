"""What GitHub answers, as PyGithub has it → our own nouns."""

from __future__ import annotations

from typing import Any

from bot.forge.pulls import Author, Comment, Issue, Pull


def _author(user: Any) -> Author:
    return Author(login=user.login, is_bot=user.type == "Bot") if user else Author(login="ghost")


def pull_of(found: Any) -> Pull:
    return Pull(
        number=found.number,
        branch=found.head.ref,
        head=found.head.sha,
        base=found.base.ref,
        title=found.title,
        body=found.body or "",
        labels=frozenset(label.name for label in found.labels),
        author=_author(found.user),
        repository=found.head.repo.full_name if found.head.repo else "",
        is_open=found.state == "open",
        is_merged=found.merged_at is not None,
        merged_as=found.merge_commit_sha or "" if found.merged_at else "",
        merged_at=found.merged_at.isoformat() if found.merged_at else "",
        url=found.html_url,
    )


def issue_of(found: Any) -> Issue:
    return Issue(
        number=found.number,
        title=found.title,
        body=found.body or "",
        labels=frozenset(label.name for label in found.labels),
        author=_author(found.user),
        is_open=found.state == "open",
    )


def comment_of(found: Any) -> Comment:
    written = found.created_at.isoformat() if found.created_at else ""
    return Comment(id=found.id, body=found.body or "", author=_author(found.user), created_at=written)
