"""A comment on one of our pull requests → its commands, done once, by people who may, and answered.

Whoever comments is a stranger until GitHub says otherwise, and a comment is only what it is now: so the pull request,
the comment and the permission are asked for again, and whatever is not as it should be ends without a word.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from bot.forge.people import permission
from bot.forge.reactions import CONFUSED, EYES, ROCKET, react, reactions, unreact
from bot.forge.replies import REPLY, Answer, reply
from bot.marker import read_marker
from sync.errors import AmtsError, UsageError, Waiting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from contextlib import AbstractContextManager

    from bot.client import Client
    from bot.commands.model import Command, CommandError, Level
    from bot.commands.visit import Visit
    from bot.forge.pulls import Comment, Reaction
    from bot.model import Commented
    from bot.upkeep.ours import Own
    from bot.upkeep.site import Site

CLAIMED_FOR: Final = timedelta(hours=1)
"""A claim that is older and not done was left by a run that was killed."""
QUIET_FOR: Final = timedelta(hours=1)
"""People who may not write get one answer in this time, for each pull request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """How it ended."""

    reason: str
    code: int = 0
    """Of the run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A comment that is to be answered: its commands, or why it cannot be understood."""

    commands: tuple[Command, ...] = ()
    error: CommandError | None = None


class _Quiet(Exception):
    """The comment is left alone; the message says why, for the log."""


def converse(
    event: Commented,
    client: Client,
    open_site: Callable[[], AbstractContextManager[Site]],
    *,
    lang: str = "",
    attempt: int = 1,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Said:
    """Do what a comment asks for. Nothing is cloned before a command needs it.

    Args:
        lang: only pull requests for this language are looked at, if it is given.
        attempt: which run of the same job this is. A second one takes over what the first has begun.

    Raises:
        ForgeError: GitHub does not answer what must be known first; nothing was run.
    """
    asked = _asked(event)
    if asked is None:
        return Said(reason="Nothing to do: no command.")
    try:
        login = client.login()
        own = _own(event, client, login, lang)
        _refuse_edited(event, client)
        _refuse_without_permission(event, client, asked, login, now())
        _claim(event, client, login, attempt, now())
    except _Quiet as quiet:
        return Said(reason=f"Nothing to do: {quiet}.")
    return _answer(event, client, own, login, asked, open_site)


def _asked(event: Commented) -> Asked | None:
    """What a comment asks for; nothing where it has no command that could be for us."""
    from bot.commands.grammar import parse
    from bot.commands.model import PREFIX, CommandError

    if not event.on_pull_request or not event.is_open or PREFIX not in event.body:
        return None
    try:
        commands = parse(event.body)
    except CommandError as error:
        return Asked(error=error)
    return Asked(commands=commands) if commands else None


def _own(event: Commented, client: Client, login: str, lang: str) -> Own:
    """The pull request, if it is open and ours."""
    from bot.upkeep.ours import own, read_claim

    pull = client.pull(event.number)
    claim = read_claim(pull.body)
    found = own([pull], client.name, login, lang or claim.lang) if claim and pull.is_open else ()
    if not found:
        message = "the comment is not on an open pull request of ours"
        raise _Quiet(message)
    return found[0]


def _refuse_edited(event: Commented, client: Client) -> None:
    comment = client.comment(event.number, event.id)
    if comment is None or comment.body != event.body:
        message = "the comment was edited or deleted since"
        raise _Quiet(message)


# Who may


def _refuse_without_permission(event: Commented, client: Client, asked: Asked, login: str, now: datetime) -> None:
    """Raises _Quiet unless the author may have every command of the comment; a 😕 tells people of the project."""
    from bot.commands.model import Level, allows

    allowed, role = permission(client, event.author)
    writes = allows(role, allowed, Level.WRITE)
    if asked.error and not writes:
        message = "a comment that cannot be understood, by somebody who may not write here"
        raise _Quiet(message)
    if not all(allows(role, allowed, level) for level in _levels(asked.commands)):
        if allowed != "none":
            react(client, event.id, CONFUSED)
        message = f"the author may not give this command ({role})"
        raise _Quiet(message)
    if not writes and _spoke_lately(client.comments(event.number), login, now, event.id):
        message = "people who may not write here had an answer within the hour"
        raise _Quiet(message)


def _levels(commands: Iterable[Command]) -> list[Level]:
    from bot.commands import SPECS

    levels = {spec.verb: spec.level for spec in SPECS}
    return [levels[command.verb] for command in commands]


def _spoke_lately(comments: Sequence[Comment], login: str, now: datetime, comment: int) -> bool:
    """Whether an answer was given within the hour; that to this comment itself does not count."""
    from bot.upkeep.ours import is_ours

    return any(
        is_ours(one.author, login)
        and (said := read_marker(one.body, REPLY)) is not None
        and said.get("comment") != comment
        and datetime.fromisoformat(one.created_at) > now - QUIET_FOR
        for one in comments
    )


# Once


def _claim(event: Commented, client: Client, login: str, attempt: int, now: datetime) -> None:
    """Make the comment this run's. Raises _Quiet where it is done, or another run is at it.

    The sign that it is done is set before the claim is taken back, so whoever gets a new claim finds it.
    """
    new = react(client, event.id, EYES)
    ours = [one for one in reactions(client, event.id) if one.author.login.casefold() == login.casefold()]
    claims = [one for one in ours if one.content == EYES]
    if any(one.content in {ROCKET, CONFUSED} for one in ours):
        for one in claims:
            unreact(client, event.id, one.id)
        message = "already done"
        raise _Quiet(message)
    if not new and not _taken_over(event, client, claims, attempt, now):
        message = "another run is at it"
        raise _Quiet(message)


def _taken_over(event: Commented, client: Client, claims: Sequence[Reaction], attempt: int, now: datetime) -> bool:
    """Whether a claim of another run became ours: it is made anew, which only one of two can."""
    left = [one for one in claims if attempt > 1 or datetime.fromisoformat(one.created_at) <= now - CLAIMED_FOR]
    for one in left:
        unreact(client, event.id, one.id)
    return bool(left) and react(client, event.id, EYES)


def _release(event: Commented, client: Client, login: str, sign: str) -> None:
    """Say how it ended, and take the claim back."""
    react(client, event.id, sign)
    for one in reactions(client, event.id):
        if one.content == EYES and one.author.login.casefold() == login.casefold():
            unreact(client, event.id, one.id)


# Done


def _answer(
    event: Commented,
    client: Client,
    own: Own,
    login: str,
    asked: Asked,
    open_site: Callable[[], AbstractContextManager[Site]],
) -> Said:
    from bot.commands.visit import Visit

    sign, said = CONFUSED, Said(reason="A command failed.", code=AmtsError.exit_code)
    try:
        with Visit(client, own, event, open_site) as visit:
            answers, said = _run(asked, visit)
        reply(client, event, answers, login)
        sign = CONFUSED if any(one.failed for one in answers) else ROCKET
    finally:
        _release(event, client, login, sign)
    return said


def _run(asked: Asked, visit: Visit) -> tuple[tuple[Answer, ...], Said]:
    """Every command in its order, up to the first that fails."""
    if asked.error:
        from bot.commands import SPECS
        from bot.commands.model import refusal

        text = refusal(asked.error, SPECS)
        return (Answer(text=text, failed=True),), Said(reason=f"The comment cannot be understood: {asked.error}")
    answers: list[Answer] = []
    for command in asked.commands:
        answer, code = _run_one(command, visit)
        answers.append(answer)
        if answer.failed:
            left = len(asked.commands) - len(answers)
            answers[-1] = replace(answer, left=left)
            return tuple(answers), Said(reason=f"{command.verb} failed: {answer.reason}", code=code)
    return tuple(answers), Said(reason=f"Done: {', '.join(command.verb for command in asked.commands)}.")


def _run_one(command: Command, visit: Visit) -> tuple[Answer, int]:
    """One command and the exit code that it asks for: what people asked wrongly is no failure of the run."""
    from bot.commands import RUNS

    try:
        return Answer(line=command.line, text=RUNS[command.verb](command, visit)), 0
    except Waiting as waiting:
        return Answer(line=command.line, text="", reason=str(waiting)), 0
    except AmtsError as error:
        code = 0 if isinstance(error, UsageError) else error.exit_code
        return Answer(line=command.line, text="", reason=str(error), failed=True), code
