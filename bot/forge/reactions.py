"""Signs at comments: how a run says that it is at one, and how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.forge.pulls import Author, Reaction
from sync.errors import ForgeError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.client import Client

EYES: Final = "eyes"
ROCKET: Final = "rocket"
CONFUSED: Final = "confused"
PAGE: Final = 100
PAGES: Final = 10
"""Of signs at one comment that are looked through."""


def react(client: Client, comment: int, content: str) -> bool:
    """React to a comment. Returns whether that is new: of two runs only one gets to hear so.

    Raises:
        ForgeError: it cannot be done, because the comment is gone, or for another reason.
    """
    doing = f"react to comment {comment}"
    status, _ = client.call("POST", _path(comment), doing, content=content)
    if status == 404:
        message = f"GitHub refused to {doing}: it is gone, or the token does not reach it."
        raise ForgeError(message)
    return status == 201


def reactions(client: Client, comment: int) -> tuple[Reaction, ...]:
    """All signs at a comment, the oldest first; none where it was deleted. Raises ForgeError."""
    return tuple(_reactions(client, comment))


def _reactions(client: Client, comment: int) -> Iterator[Reaction]:
    for page in range(1, PAGES + 1):
        path = f"{_path(comment)}?per_page={PAGE}&page={page}"
        _, found = client.call("GET", path, f"read the reactions to comment {comment}")
        rows = found if isinstance(found, list) else []
        yield from map(_reaction_of, rows)
        if len(rows) < PAGE:
            return


def _reaction_of(found: dict[str, Any]) -> Reaction:
    login = (found["user"] or {}).get("login", "ghost")
    return Reaction(
        id=found["id"], content=found["content"], author=Author(login=login), created_at=found["created_at"]
    )


def unreact(client: Client, comment: int, reaction: int) -> None:
    """Take one's own sign back, if it is there. Raises ForgeError."""
    client.call("DELETE", f"{_path(comment)}/{reaction}", f"take a reaction to comment {comment} back")


def _path(comment: int) -> str:
    return f"/issues/comments/{comment}/reactions"
