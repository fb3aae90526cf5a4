"""The workflow of a fork, as it is shipped: what each event leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.support.action import BOT, FORK, ICE, MAINTAINER, TEA

if TYPE_CHECKING:
    from pathlib import Path

    from tests.act.harness import Ran, Runner
    from tests.support.action import Book

pytestmark = pytest.mark.act

HOSTILE = "open('imported', 'w')\nraise SystemExit('taken over')\n"
COMMANDS = ('"; touch pwn; #', "x$(touch pwn)", "`touch pwn`", "'; touch pwn; '")
NEW_TEA = TEA.replace("pot = 3", "pot = 4")
NEW_ICE = ICE + "\nMore ice is here.\n"


@pytest.fixture
def fork(runner: Runner, book: Book) -> Fork:
    return Fork(runner, book)


class Fork:
    """The fork with the shipped workflow, and files with which strangers would like to be imported."""

    def __init__(self, runner: Runner, book: Book) -> None:
        self.runner = runner
        self.book = book
        self.token = book.github.token(BOT, repositories=[FORK], kind="actions")
        runner.begin("pull.yml", {"github.py": HOSTILE, "bot.py": HOSTILE, "sitecustomize.py": HOSTILE})

    def on(self, event: str, *options: str, **about: Any) -> Ran:
        payload = self.book.github.event(event, FORK, **about)
        return self.runner.run(event, payload, FORK, self.token, *options)

    def comment(self, login: str, text: str) -> Ran:
        """Somebody comments on the pull request of ours."""
        payload = self.book.github.comment(FORK, self.book.pulls()[0].number, login, text)
        return self.runner.run("issue_comment", payload, FORK, self.token, actor=login)

    def said(self) -> list[str]:
        """What was written below the pull request by us."""
        comments = self.book.github.comments(FORK, self.book.pulls()[0].number)
        return [one.body for one in comments if one.user.login == BOT]

    def traces(self, name: str) -> list[Path]:
        """Files that something left which should not have run."""
        return list(self.runner.folder.parent.rglob(f"{name}*"))


def paths(book: Book) -> list[str]:
    """What the pull requests of ours change."""
    return sorted(path for pull in book.pulls() for path in ("drinks/tea.md", "drinks/ice.md") if path in pull.body)


def test_a_schedule_opens_a_pull_request(fork: Fork) -> None:
    fork.book.english(tea=NEW_TEA)
    ran = fork.on("schedule")
    assert ran.code == 0
    assert paths(fork.book) == ["drinks/tea.md"]
    assert "set-output:: pr-number=1" in ran.log
    assert "opened: [" in ran.log


def test_with_nothing_to_do_it_does_nothing_and_is_green(fork: Fork) -> None:
    ran = fork.on("schedule")
    assert ran.code == 0
    assert "Nothing to do" in ran.log
    assert not fork.book.pulls()


def test_who_starts_a_run_by_hand_may_say_which_chapters(fork: Fork) -> None:
    fork.book.english(tea=NEW_TEA, ice=NEW_ICE)
    ran = fork.on("workflow_dispatch", inputs={"paths": "drinks/tea.md", "dry-run": "false"})
    assert ran.code == 0
    assert paths(fork.book) == ["drinks/tea.md"]


def test_nothing_of_the_checkout_is_imported(fork: Fork) -> None:
    assert fork.on("schedule").code == 0
    assert not fork.traces("imported")


@pytest.fixture
def reviewed(fork: Fork) -> Fork:
    """The fork with a pull request of ours."""
    fork.book.english(tea=NEW_TEA)
    fork.book.run()
    return fork


def test_a_command_of_a_maintainer_is_answered(reviewed: Fork) -> None:
    ran = reviewed.comment(MAINTAINER, "/amts help")
    assert ran.code == 0
    assert "retranslate" in reviewed.said()[-1]


def test_a_command_of_a_stranger_does_nothing(reviewed: Fork) -> None:
    before = reviewed.book.github.tip(FORK, reviewed.book.pulls()[0].pull.head)
    ran = reviewed.comment("mallory", "/amts recreate")
    assert ran.code == 0
    assert reviewed.book.github.tip(FORK, reviewed.book.pulls()[0].pull.head) == before


def test_a_comment_without_a_command_starts_nothing(reviewed: Fork) -> None:
    ran = reviewed.comment(MAINTAINER, "Thank you!")
    assert ran.code == 0
    assert "Run Main" not in ran.log


def test_what_strangers_write_is_never_part_of_a_command(reviewed: Fork) -> None:
    reviewed.comment("mallory", "\n\n".join(f"/amts help {text}" for text in COMMANDS))
    assert not reviewed.traces("pwn")


def test_what_is_typed_into_a_form_is_never_part_of_a_command(fork: Fork) -> None:
    fork.on("workflow_dispatch", inputs={"paths": COMMANDS[0], "ref": COMMANDS[1], "max-characters": COMMANDS[2]})
    assert not fork.traces("pwn")


def test_the_token_is_not_in_the_log_even_if_nobody_masks_it(fork: Fork) -> None:
    fork.book.english(tea=NEW_TEA)
    ran = fork.on("schedule", "--insecure-secrets")
    assert paths(fork.book)
    assert fork.token not in ran.log
