"""What is said below a comment with commands: one reply, found again by the comment that it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.marker import marker, read_marker
from bot.quoting import inline
from bot.sizing import LIMIT, count, shortened
from bot.upkeep.ours import is_ours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.client import Client
    from bot.forge.pulls import Comment
    from bot.model import Commented

REPLY: Final = "reply"
"""Name of the marker."""
REST: Final = "`amts status` and the files have the rest"
LINE: Final = 200
"""Characters shown of a command."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of one command."""

    line: str = ""
    """As it was written; empty where the comment as a whole is meant."""
    text: str
    """Markdown, in which nothing of a stranger's is live."""
    reason: str = ""
    """Why it failed, or what is waited for; may have a stranger's words."""
    failed: bool = False
    left: int = 0
    """How many commands after it were not run."""


def reply(client: Client, event: Commented, answers: Sequence[Answer], login: str) -> None:
    """Say it, or let an earlier reply to the same comment say it. Raises ForgeError."""

    def known(comment: Comment) -> bool:
        return is_ours(comment.author, login) and (read_marker(comment.body, REPLY) or {}).get("comment") == event.id

    client.say(event.number, body(answers, event.id), known)


def body(answers: Sequence[Answer], comment: int) -> str:
    """The reply to a comment, short enough for GitHub."""
    end = f"\n\n{marker(REPLY, {'comment': comment})}\n"
    room = (LIMIT - len(end)) // max(1, len(answers)) - 2
    return "\n\n".join(_shown(one, room) for one in answers) + end


def _shown(answer: Answer, room: int) -> str:
    head = f"> {inline(answer.line, cut=LINE)}\n\n" if answer.line else ""
    tail = f"\n\n{count(answer.left, 'command')} after it were not run." if answer.left else ""
    text = answer.text or _told(answer)
    return head + shortened(text, room - len(head) - len(tail), rest=REST) + tail


def _told(answer: Answer) -> str:
    if answer.failed:
        return f"😕 {inline(answer.reason)}"
    return f"⏳ Not done yet: {inline(answer.reason)} Comment again later to have it here."
