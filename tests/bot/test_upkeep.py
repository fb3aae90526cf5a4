"""A fork kept in step by pull requests: what is opened, what is left alone, and what nothing is doubled by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.marker import marker
from bot.upkeep.ours import read_claim
from tests.support.action import FORK, ICE, ICE_ES, TEA, TEA_ES, Book

if TYPE_CHECKING:
    from tests.support.github_server.emulator import GitHubServer

NEW_TEA = TEA.replace("pot = 3", "pot = 4")
NEWER_TEA = TEA.replace("pot = 3", "pot = 5")
NEW_ICE = ICE + "\nNobody eats it in winter, when all the lakes are made of it.\n"


def test_a_fork_that_follows_its_english_gets_nothing(book: Book) -> None:
    ran = book.run()
    assert (ran.code, book.pulls(), book.github.issues(FORK)) == (0, [], [])
    assert "Nothing to do" in ran.summary


def test_the_first_run_opens_one_issue_and_one_small_pull_request(book: Book) -> None:
    book.english(tea=NEW_TEA, ice=NEW_ICE)
    ran = book.run()
    assert ran.code == 0, ran.log
    (pull,) = book.pulls()
    assert pull.pull.head_ref == "amts/mechanical"
    (issue,) = book.github.issues(FORK)
    assert "What is behind English" in issue.title
    assert "drinks/ice.md" in str(issue.body)


def test_a_pull_request_has_the_new_translation_and_says_which_english_it_follows(book: Book) -> None:
    book.english(tea=NEW_TEA)
    book.run()
    (pull,) = book.pulls()
    assert book.github.text(FORK, "drinks/tea.md", "amts/mechanical") == TEA_ES.replace("pot = 3", "pot = 4")
    claim = read_claim(pull.body)
    assert claim is not None
    assert list(claim.chapters) == ["drinks/tea.md"]
    assert {label.name if hasattr(label, "name") else label for label in pull.labels} >= {"amts", "lang:es"}


def writes(book: Book) -> list[str]:
    """What was changed there: neither a fetch nor the question whom a token speaks for, though both are POSTs."""
    asked = [one.path for one in book.github.log if one.method not in {"GET", "HEAD"}]
    return [path for path in asked if path != "/graphql" and "git-upload-pack" not in path]


def test_the_summary_of_the_run_has_every_segment(book: Book) -> None:
    book.english(tea=NEW_TEA)
    ran = book.run()
    assert "English before" in ran.summary
    assert "drinks/tea.md" in ran.summary


def test_the_commit_says_where_its_english_is_from_and_who_wrote_it(book: Book) -> None:
    book.english(tea=NEW_TEA)
    book.run()
    bare = book.github.hub.repository(FORK).bare
    message = bare.raw("log", "-1", "--format=%B", "amts/mechanical").decode()
    assert "English by " in message
    assert f"AMTS-Source: {book.github.tip('book/english')}" in message


def test_a_second_run_writes_nothing(book: Book) -> None:
    book.english(tea=NEW_TEA)
    book.run()
    tip = book.github.tip(FORK, "amts/mechanical")
    before = writes(book)
    ran = book.run()
    assert ran.code == 0
    assert writes(book) == before
    assert book.github.tip(FORK, "amts/mechanical") == tip


def test_a_dry_run_says_what_it_would_open_and_changes_nothing(book: Book) -> None:
    book.english(tea=NEW_TEA)
    payload = book.github.event("workflow_dispatch", FORK, inputs={"dry-run": "true"})
    ran = book.run("workflow_dispatch", payload)
    assert ran.code == 0
    assert "would be opened: `drinks/tea.md`" in ran.summary
    assert not writes(book)
    assert not book.pulls()


def test_newer_english_goes_into_the_pull_request_that_is_open(book: Book) -> None:
    book.english(tea=NEW_TEA)
    book.run()
    book.english(tea=NEWER_TEA)
    book.run()
    (pull,) = book.pulls()
    assert "pot = 5" in book.github.text(FORK, "drinks/tea.md", "amts/mechanical")
    assert pull.number == 1 or len(book.pulls("all")) == 1


def test_what_people_committed_to_a_branch_stays_and_is_what_newer_english_goes_into(book: Book) -> None:
    book.english(tea=NEW_TEA)
    book.run()
    theirs = book.github.text(FORK, "drinks/tea.md", "amts/mechanical").replace("está caliente", "quema")
    book.github.commit(FORK, {"drinks/tea.md": theirs}, branch="amts/mechanical", login="ana")
    book.english(tea=NEWER_TEA)
    ran = book.run()
    assert ran.code == 0, ran.log
    assert book.github.text(FORK, "drinks/tea.md", "amts/mechanical") == theirs.replace("pot = 4", "pot = 5")


def test_a_closed_pull_request_is_a_no_until_english_changes(book: Book) -> None:
    book.english(tea=NEW_TEA)
    book.run()
    book.github.close(FORK, book.pulls()[0].number, login="ana")
    book.run()
    assert book.pulls() == []
    book.english(tea=NEWER_TEA)
    book.run()
    assert len(book.pulls()) == 1


def test_no_more_are_open_than_the_fork_wants(book: Book) -> None:
    book.inputs = {"max-open-prs": "1", "group-by": "chapter"}
    book.run()
    book.english(tea=TEA.replace("It was picked", "It was, as all know, picked"), ice=NEW_ICE)
    book.run()
    book.run()
    assert len(book.pulls()) == 1


def test_a_paused_pull_request_is_left_alone(book: Book) -> None:
    book.english(tea=NEW_TEA)
    book.run()
    tip = book.github.tip(FORK, "amts/mechanical")
    client = book.github.client(book.token())
    client.get_repo(FORK).create_label("amts:paused", "d4c5f9", description="x")
    client.get_repo(FORK).get_issue(book.pulls()[0].number).add_to_labels("amts:paused")
    book.english(tea=NEWER_TEA)
    book.run()
    assert book.github.tip(FORK, "amts/mechanical") == tip


def test_the_effort_of_a_merged_pull_request_goes_along_with_the_next(book: Book) -> None:
    book.english(tea=NEW_TEA)
    book.run()
    number = book.pulls()[0].number
    book.github.merge(FORK, number, "squash")
    book.english(ice=ICE.replace("cold", "2 degrees cold"))
    ran = book.run()
    assert ran.code == 0, ran.log
    (pull,) = book.pulls()
    branch = "amts/drinks"
    assert f'"pull": {number}' in book.github.text(FORK, f".amts/effort/{number}.json", branch)
    assert ICE_ES.split()[0] == "#"
    assert pull.number != number


def test_a_lost_answer_opens_no_second_pull_request(book: Book, github: GitHubServer) -> None:
    book.english(tea=NEW_TEA)
    github.fail("POST R/pulls", 502, after=True)
    ran = book.run()
    assert ran.code == 0, ran.log
    assert len(book.pulls()) == 1


def test_a_run_that_fails_opens_an_issue_that_closes_when_it_recovers(book: Book, github: GitHubServer) -> None:
    book.english(tea=NEW_TEA)
    fault = github.fail("POST R/pulls", 500, times=9)
    ran = book.run()
    assert ran.code != 0
    assert any("The last run failed" in issue.title for issue in github.issues(FORK))
    fault.times = fault.met
    book.run()
    assert not any("The last run failed" in issue.title for issue in github.issues(FORK))
    assert len(book.pulls()) == 1


def test_the_token_is_in_no_log_and_no_text(book: Book) -> None:
    book.english(tea=NEW_TEA)
    ran = book.run()
    secret = book.token()
    said = "\n".join(line for line in ran.log.splitlines() if "add-mask" not in line)
    assert secret not in said + ran.summary + ran.outputs


@pytest.mark.parametrize("inputs", [{"max-open-prs": "many"}, {"group-by": "mood"}, {"paths": "../x"}])
def test_an_input_that_is_none_is_told(book: Book, inputs: dict[str, str]) -> None:
    book.inputs = inputs
    ran = book.run()
    assert ran.code == 2
    assert next(iter(inputs)) in ran.log


def test_a_chapter_that_cannot_be_read_is_named_and_the_others_go_on(book: Book) -> None:
    book.github.commit(FORK, {"drinks/ice.md": b"# Hielo \xff\n"})
    book.english(tea=NEW_TEA, ice=NEW_ICE)
    ran = book.run()
    assert ran.code == 0, ran.log
    assert "`drinks/ice.md` cannot be updated: drinks/ice.md: not UTF-8" in ran.summary
    assert "not UTF-8" in next(str(issue.body) for issue in book.github.issues(FORK) if "behind" in issue.title)
    assert len(book.pulls()) == 1


def test_a_fork_of_which_nobody_knows_the_english_is_told_so(book: Book) -> None:
    for name in ("tea", "ice"):
        book.github.commit(FORK, {f"drinks/{name}_origin.md": None, f"drinks/{name}.md": "# Nada\n\nNada de eso.\n"})
    book.github.repository("book/other", {"drinks/tea.md": "x\n", "drinks/ice.md": "y\n"})
    book.inputs = {"source-repo": "book/other"}
    ran = book.run()
    assert ran.code == 4, ran.log
    assert any("The last run failed" in issue.title for issue in book.github.issues(FORK))


def test_the_end_of_a_limit_is_waited_for(book: Book, github: GitHubServer) -> None:
    book.english(tea=NEW_TEA)
    github.limit("POST R/pulls", "primary", seconds=1)
    ran = book.run()
    assert ran.code == 0, ran.log
    assert len(book.pulls()) == 1


def test_a_limit_that_ends_too_late_is_told_as_what_it_is(book: Book, github: GitHubServer) -> None:
    book.english(tea=NEW_TEA)
    github.limit("POST R/pulls", "primary", seconds=3_000)
    ran = book.run()
    assert ran.code == 9
    assert "asked too often" in ran.log
    assert "permission" not in ran.log


@pytest.mark.parametrize("call", ["POST R/labels", "POST R/pulls", "GET R/pulls"])
def test_a_line_that_breaks_is_told_and_the_next_run_goes_on(book: Book, github: GitHubServer, call: str) -> None:
    book.english(tea=NEW_TEA)
    github.cut(call, times=9 if call.startswith("GET") else 1)
    ran = book.run()
    assert ran.code == 9
    assert "could not be reached" in ran.log
    github.front.faults.ordered.clear()
    assert book.run().code == 0
    assert len(book.pulls()) == 1


def test_of_an_issue_that_another_run_opened_meanwhile_the_older_one_stays(book: Book, github: GitHubServer) -> None:
    def other() -> None:
        """The same issue, opened by another run between our look and our writing."""
        with github.client(book.token()) as client:
            body = f"Older.\n{marker('tracking', {'lang': 'es'})}"
            client.get_repo(FORK).create_issue("Older", body, labels=["amts", "lang:es"])

    book.english(tea=NEW_TEA)
    fault = github.before("POST R/issues", lambda: other() if fault.met == 1 else None)
    ran = book.run()
    assert ran.code == 0, ran.log
    (issue,) = github.issues(FORK)
    assert issue.number == 2
    assert "drinks/tea.md" in str(issue.body)
