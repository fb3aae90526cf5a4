"""Comments with commands: whose are done, how often, and what becomes of those that are not."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.commands import SPECS
from bot.commands.model import Level
from bot.forge.reactions import EYES, react
from sync.errors import Waiting
from tests.support.action import BOT, FORK, MAINTAINER, TEA
from tests.support.comments import NO_CLONE, Talk, at_once, talk
from tests.support.github_server.model import ROLES

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from bot.conversation import Said
    from bot.upkeep.site import Site
    from tests.support.action import Book

STRANGER = "sam"
ENOUGH = {
    Level.ANYONE: {"none", "read", "triage", "write", "maintain", "admin"},
    Level.READ: {"read", "triage", "write", "maintain", "admin"},
    Level.WRITE: {"write", "maintain", "admin"},
    Level.MAINTAIN: {"maintain", "admin"},
}
TOMORROW = timedelta(days=1)


@pytest.fixture
def pull(book: Book) -> Talk:
    """A pull request of ours in a repository that only its people see."""
    book.github.hub.repository(FORK).private = True
    book.github.user(STRANGER)
    return at_once(book)


@pytest.fixture
def real(book: Book) -> Talk:
    """One that can be brought to newer English."""
    made = talk(book, tea=TEA.replace("pot = 3", "pot = 4"))
    book.english(tea=TEA.replace("pot = 3", "pot = 5"))
    return made


# Who may


@pytest.mark.parametrize("role", ROLES)
def test_a_role_gets_the_commands_that_are_for_it_and_nothing_else(pull: Talk, role: str) -> None:
    pull.book.github.user("rex", {FORK: role})  # type: ignore[dict-item]
    for spec in SPECS:
        before = len(pull.replies)
        pull.write(spec.examples[0], "rex")
        pull.hear(later=TOMORROW)
        may = role in ENOUGH[spec.level]
        assert (len(pull.replies) - before, spec.verb) == (may, spec.verb)
        refused = [] if role == "none" else ["confused"]
        assert may or pull.signs == refused, spec.verb


@pytest.mark.parametrize("status", [403, 500])
def test_where_github_does_not_say_who_may_nobody_may(pull: Talk, status: int) -> None:
    pull.book.github.fail("GET R/collaborators/*/permission", status, times=10)
    ran = pull.ask("/amts pause")
    assert ran.code == 9
    assert (pull.signs, pull.replies) == ([], [])
    assert not _is_paused(pull)


def test_whom_github_does_not_know_may_nothing(pull: Talk) -> None:
    pull.book.github.fail("GET R/collaborators/*/permission", 404)
    ran = pull.ask("/amts pause")
    assert ran.code == 0
    assert (pull.signs, pull.replies) == ([], [])
    assert not _is_paused(pull)


def test_one_command_that_is_not_allowed_stops_all_of_the_comment(pull: Talk) -> None:
    pull.ask('/amts pause\n/amts glossary add "tea" = "té"')
    assert (pull.signs, pull.replies) == (["confused"], [])
    assert not _is_paused(pull)


def test_what_the_payload_says_of_the_author_counts_for_nothing(pull: Talk) -> None:
    payload = pull.write("/amts pause", STRANGER)
    payload["comment"]["author_association"] = "OWNER"
    pull.hear(payload)
    assert (pull.signs, pull.replies, _is_paused(pull)) == ([], [], False)


def test_people_who_may_not_write_get_one_answer_an_hour(pull: Talk) -> None:
    pull.book.github.user("rex", {FORK: "read"})
    for _ in range(3):
        pull.write("/amts help", "rex")
        pull.hear()
    assert len(pull.replies) == 1
    assert pull.signs == []
    pull.write("/amts status", "rex")
    pull.hear(later=timedelta(hours=1, minutes=1))
    assert len(pull.replies) == 2


def test_people_who_may_write_get_as_many_answers_as_they_ask_for(pull: Talk) -> None:
    pull.ask("/amts help")
    pull.ask("/amts help")
    assert len(pull.replies) == 2


# What is no command


@pytest.mark.parametrize(
    "text",
    [
        "Looks good to me.",
        "> /amts pause",
        "```\n/amts pause\n```",
        "Say `/amts pause` to pause it.",
        "<!--\n/amts pause\n-->",
        "    /amts pause",
        "* /amts pause",
    ],
)
def test_what_is_quoted_shown_or_hidden_does_nothing(pull: Talk, text: str) -> None:
    calls = len(pull.book.github.calls())
    assert pull.ask(text).code == 0
    assert (pull.signs, pull.replies, _is_paused(pull)) == ([], [], False)
    assert len(pull.book.github.calls()) == calls


def test_a_comment_that_cannot_be_understood_is_answered_to_those_who_may_write(pull: Talk) -> None:
    pull.ask("/amts pause\n/amts retranslat @everybody")
    assert pull.signs == ["confused"]
    assert "`/amts retranslate`" in pull.reply
    assert "@everybody" not in pull.reply
    assert not _is_paused(pull)


def test_a_stranger_who_cannot_be_understood_hears_nothing(pull: Talk) -> None:
    pull.ask("/amts retranslat", STRANGER)
    assert (pull.signs, pull.replies) == ([], [])


# Where


def test_a_pull_request_of_somebody_else_is_left_alone(pull: Talk) -> None:
    github = pull.book.github
    body = github.issue(FORK, pull.number).body
    github.commit(FORK, {"drinks/tea.md": "x\n"}, branch="amts/evil", login=MAINTAINER)
    other = github.pull(FORK, head="amts/evil", login=MAINTAINER)
    other.body = body
    elsewhere = Talk(pull.book, other.number)
    elsewhere.ask("/amts pause")
    assert (elsewhere.signs, elsewhere.replies) == ([], [])


def test_a_closed_pull_request_is_left_alone(pull: Talk) -> None:
    payload = pull.write("/amts pause")
    pull.book.github.close(FORK, pull.number)
    pull.hear(payload)
    assert (pull.signs, pull.replies) == ([], [])


def test_a_pull_request_in_another_language_is_left_to_the_run_that_is_for_it(pull: Talk) -> None:
    pull.book.inputs["target-language"] = "fr"
    pull.ask("/amts pause")
    assert (pull.signs, pull.replies) == ([], [])


# As it is now


def test_a_comment_that_was_edited_since_is_left_alone(pull: Talk) -> None:
    payload = pull.write("/amts pause")
    pull.book.github.edit_comment(FORK, payload["comment"]["id"], MAINTAINER, "/amts resume")
    pull.hear(payload)
    assert (pull.signs, pull.replies, _is_paused(pull)) == ([], [], False)


def test_a_comment_that_was_deleted_since_is_left_alone(pull: Talk) -> None:
    payload = pull.write("/amts pause")
    del pull.book.github.hub.repository(FORK).comments[payload["comment"]["id"]]
    assert "deleted" in pull.hear(payload).reason
    assert not _is_paused(pull)


def test_a_branch_that_moves_before_it_is_cloned_is_left_as_it_is(real: Talk) -> None:
    github = real.book.github
    github.before(f"GET /{FORK}.git/info/refs", lambda: _commit(real))
    ran = real.ask("/amts refresh")
    assert ran.code == 5
    assert real.signs == ["confused"]
    assert "the branch moved meanwhile" in real.reply
    assert real.file("mine.txt") == "mine\n"
    assert "pot = 4" in real.file("drinks/tea.md")


def test_a_branch_that_moves_before_the_push_is_left_as_it_is(real: Talk) -> None:
    real.book.github.before(f"POST /{FORK}.git/git-receive-pack", lambda: _commit(real))
    ran = real.ask("/amts refresh")
    assert ran.code == 5
    assert real.signs == ["confused"]
    assert "was moved by somebody else" in real.reply
    assert real.file("mine.txt") == "mine\n"


# Once


def test_a_comment_is_answered_once_however_often_it_is_read(pull: Talk) -> None:
    pull.ask("/amts pause")
    assert _is_paused(pull)
    pull.ask("/amts resume")
    pull.payloads.reverse()
    writes = _writes(pull)
    ran = pull.again()
    assert "already done" in ran.log
    assert not _is_paused(pull)
    assert pull.signs == ["rocket"]
    assert len(pull.replies) == 2
    assert {path.rsplit("/", 1)[-1] for path in _writes(pull)[len(writes) :]} <= {"reactions", *_numbers(pull)}


def test_of_two_runs_at_once_one_answers(pull: Talk) -> None:
    pull.write("/amts status")
    said: list[Said] = []
    runs = [threading.Thread(target=lambda: said.append(pull.hear())) for _ in range(3)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert sorted(one.reason.partition(":")[0] for one in said) == ["Done", "Nothing to do", "Nothing to do"]
    assert (len(pull.replies), pull.signs) == (1, ["rocket"])


def test_what_another_run_is_at_is_left_to_it_for_an_hour(pull: Talk) -> None:
    _claim(pull)
    assert "another run" in pull.hear().reason
    assert (pull.signs, pull.replies) == (["eyes"], [])
    assert pull.hear(later=timedelta(hours=1, minutes=1)).reason == "Done: status."
    assert (pull.signs, len(pull.replies)) == (["rocket"], 1)


def test_a_job_that_is_started_again_takes_up_what_it_left(pull: Talk) -> None:
    _claim(pull)
    ran = pull.again(GITHUB_RUN_ATTEMPT="2")
    assert "Done: status." in ran.log
    assert (pull.signs, len(pull.replies)) == (["rocket"], 1)


def test_a_reply_whose_answer_was_lost_is_not_written_twice(pull: Talk) -> None:
    pull.book.github.fail("POST R/issues/*/comments", 502, after=True)
    ran = pull.ask("/amts status")
    assert ran.code == 0, ran.log
    assert (pull.signs, len(pull.replies)) == (["rocket"], 1)


def test_other_peoples_signs_are_not_ours(pull: Talk) -> None:
    payload = pull.write("/amts pause")
    comment = pull.book.github.hub.repository(FORK).comments[payload["comment"]["id"]]
    token = pull.book.github.token(MAINTAINER)
    with pull.book.github.client(token) as client:
        found = client.get_repo(FORK).get_issue(pull.number).get_comment(comment.id)
        found.create_reaction("rocket")
        found.create_reaction("eyes")
    pull.hear(payload)
    assert _is_paused(pull)
    assert [(one.user.login, one.content) for one in comment.reactions] == [
        (MAINTAINER, "rocket"),
        (MAINTAINER, "eyes"),
        (BOT, "rocket"),
    ]


# What is said


def test_commands_are_done_in_their_order_in_one_reply(pull: Talk) -> None:
    pull.ask("/amts pause\n/amts status\n/amts resume")
    assert len(pull.replies) == 1
    assert pull.reply.index("Paused:") < pull.reply.index("Brings 1 chapter") < pull.reply.index("Resumed:")
    assert "It is paused" in pull.reply
    assert not _is_paused(pull)


def test_after_a_command_that_fails_the_others_are_not_run(pull: Talk) -> None:
    pull.ask("/amts mark-current @team/here.md\n/amts pause\n/amts status")
    assert pull.signs == ["confused"]
    assert "2 commands after it were not run" in pull.reply
    assert "@team" not in pull.reply
    assert not _is_paused(pull)


def test_what_a_service_is_still_at_work_on_is_no_failure(pull: Talk) -> None:
    def at_work() -> AbstractContextManager[Site]:
        message = "The service is at work for an hour yet."
        raise Waiting(message)

    pull.write("/amts refresh\n/amts pause")
    assert pull.hear(open_site=at_work).code == 0
    assert pull.signs == ["rocket"]
    assert "Not done yet: The service is at work" in pull.reply
    assert _is_paused(pull)


def test_a_failure_that_nobody_foresaw_leaves_a_sign(pull: Talk) -> None:
    def broken() -> None:
        raise ZeroDivisionError

    pull.write("/amts refresh")
    with pytest.raises(ZeroDivisionError):
        pull.hear(open_site=broken)  # type: ignore[arg-type]
    assert pull.signs == ["confused"]


def test_nothing_is_cloned_for_what_needs_no_clone(pull: Talk) -> None:
    for command in ("help", "status", "pause", "resume"):
        pull.write(f"/amts {command}")
        assert pull.hear().reason == f"Done: {command}."
    pull.write("/amts refresh")
    assert NO_CLONE in pull.hear().reason


def _is_paused(pull: Talk) -> bool:
    labels = pull.book.github.issue(FORK, pull.number).labels
    return any(label.name == "amts:paused" for label in labels)


def _commit(pull: Talk) -> None:
    pull.book.github.commit(FORK, {"mine.txt": "mine\n"}, branch=pull.branch, login=MAINTAINER)


def _writes(pull: Talk) -> list[str]:
    """What was written; GraphQL only says who we are."""
    """What was changed; asking who the token speaks for is no change, though GraphQL is asked by POST."""
    asked = [one.path for one in pull.book.github.log if one.method not in {"GET", "HEAD"}]
    return [path for path in asked if path != "/graphql"]


def _numbers(pull: Talk) -> set[str]:
    """The ids of reactions that were taken back."""
    return {path.rsplit("/", 1)[-1] for path in _writes(pull) if "/reactions/" in path}


def _claim(pull: Talk) -> None:
    """A run that was killed before it did anything."""
    from bot.client import Client

    payload = pull.write("/amts status")
    client = Client(pull.book.token(), FORK, api=pull.book.github.url, pause=0)
    assert react(client, payload["comment"]["id"], EYES)
    client.close()
