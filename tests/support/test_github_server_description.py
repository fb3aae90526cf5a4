"""The emulated GitHub against GitHub's own description of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest
import requests

from tests.support.github_fixture import WHY, opened, tell_why_skipped
from tests.support.github_server import NotToBeHad
from tests.support.github_server.packages import WEBHOOKS, Package, packed
from tests.support.github_server.routing import ENDPOINTS
from tests.support.github_server.trimming import modern
from tests.support.github_server.waivers import WAIVERS, Waiver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.support.github_server import GitHubServer
    from tests.support.github_server.waivers import Violation

BOOK = "book/zh"


@pytest.mark.parametrize("waiver", WAIVERS, ids=lambda one: f"{one.operation} {one.side}")
def test_a_waiver_is_still_needed(github: GitHubServer, waiver: Waiver) -> None:
    description = github.hub.description
    operation = next(one for one in description.operations if one.name == waiver.operation)
    found: Iterable[Violation]
    if waiver.side == "request":
        found = description.faults_of_body(operation, waiver.proof)
    else:
        found = description.faults_of_answer(operation, int(waiver.side.split()[1]), waiver.proof)
    assert any(waiver.covers(one) for one in found), "GitHub has mended its description: take the waiver away"


def test_every_operation_is_one_of_the_description(github: GitHubServer) -> None:
    assert {one.name for one in github.hub.description.operations} == set(ENDPOINTS)


def test_an_operation_that_is_not_emulated_fails_the_test() -> None:
    assert complaint_of("GET", f"/repos/{BOOK}/milestones") == f"UNKNOWN: GET /repos/{BOOK}/milestones is not emulated"


@pytest.mark.parametrize(
    ("method", "path", "body", "complaint"),
    [
        ("POST", "pulls", {"title": "No base", "head": "x"}, '"base" is a required property'),
        ("GET", "pulls?state=opened", None, "query at /state"),
        ("GET", "pulls?branch=main", None, "is no parameter of this operation"),
        ("GET", "issues?milestone=1", None, "the parameter milestone is not emulated"),
        ("POST", "issues", {"title": "x", "milestone": 1}, "the field milestone is not emulated"),
        ("POST", "issues", None, "has no body"),
    ],
)
def test_a_request_that_is_not_described_so_fails_the_test(
    method: str, path: str, body: dict[str, Any] | None, complaint: str
) -> None:
    assert complaint in complaint_of(method, f"/repos/{BOOK}/{path}", body)


def test_an_answer_that_is_not_described_so_fails_the_test() -> None:
    def spoil(github: GitHubServer) -> None:
        furnish(github)
        github.issue(BOOK, 2).title = 5  # type: ignore[assignment]

    assert "answer 200 at /title: 5 is not of type" in complaint_of("GET", f"/repos/{BOOK}/issues/2", before=spoil)


def test_a_query_that_is_not_emulated_fails_the_test() -> None:
    found = complaint_of("POST", "/graphql", {"query": "query { rateLimit { cost } }"})
    assert found == "GraphQL: 'query { rateLimit { cost } }' is not emulated"


def test_a_fault_that_nothing_meets_fails_the_test() -> None:
    def order(github: GitHubServer) -> None:
        furnish(github)
        github.fail("POST R/pulls")

    found = complaint_of("GET", f"/repos/{BOOK}", before=order)
    assert found == "The fault 'POST R/pulls' was ordered and never met"


def test_a_test_that_fails_by_itself_is_not_hidden() -> None:
    github = opened()
    github.complaints.append("Something")
    with pytest.raises(ZeroDivisionError), github:
        raise ZeroDivisionError


def test_no_address_leads_to_the_real_github(github: GitHubServer) -> None:
    github.repository(BOOK, {"a.md": "one\n"})
    github.commit(BOOK, {"a.md": "two\n"}, branch="amts/x")
    github.pull(BOOK, head="amts/x")
    for path in ("", "/pulls", "/pulls/1", "/issues/1", "/commits", "/compare/main...amts/x", "/branches/main"):
        assert "github.com/" not in call(github, "GET", f"/repos/{BOOK}{path}", None).text


def test_a_package_that_cannot_be_had_is_named() -> None:
    with pytest.raises(NotToBeHad, match=r"@octokit/openapi@0\.0\.0-none: npm does not give it"):
        packed(Package(name="@octokit/openapi", version="0.0.0-none", member="none"))


def test_one_line_says_why_tests_were_skipped() -> None:
    lines: list[str] = []
    reports = [
        SimpleNamespace(longrepr=("a.py", 1, f"Skipped: {why}")) for why in (f"{WHY}: no npm", f"{WHY}: no npm", "Else")
    ]
    reporter: Any = SimpleNamespace(stats={"skipped": reports}, write_line=lines.append)
    tell_why_skipped(reporter)
    assert lines == ["2 tests were skipped: No emulated GitHub: no npm."]
    reporter.stats = {}
    tell_why_skipped(reporter)
    assert len(lines) == 1


def test_nullable_is_said_as_a_type() -> None:
    assert modern({"type": "string", "nullable": True}) == {"type": ["string", "null"]}
    assert modern({"$ref": "#/a", "nullable": True}) == {"anyOf": [{"$ref": "#/a"}, {"type": "null"}]}
    assert modern({"enum": ["a"], "type": "string", "nullable": True})["enum"] == ["a", None]
    assert modern({"properties": {"title": {"type": "string", "title": "A title"}}}) == {
        "properties": {"title": {"type": "string"}}
    }


def test_it_runs_by_hand() -> None:
    command = [sys.executable, "-m", "tests.support.github_server", "--user", "alice=write", "--fork", "eve/zh=book/zh"]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout is not None
        lines = [process.stdout.readline().strip() for _ in range(8)]
        exported = dict(line.removeprefix("export ").split("=", 1) for line in lines if line.startswith("export"))
        head = {"Authorization": f"Bearer {exported['GITHUB_TOKEN']}"}
        found = requests.get(f"{exported['GITHUB_API_URL']}/repos/eve/zh", headers=head, timeout=10).json()
        process.terminate()
        assert process.wait(10) == 0
    assert found["parent"]["full_name"] == exported["GITHUB_REPOSITORY"] == BOOK


@pytest.mark.parametrize(
    ("name", "about"),
    [
        ("push", {"branch": "main"}),
        ("workflow_dispatch", {"inputs": {"mode": "plan"}}),
        ("repository_dispatch", {"kind": "amts", "payload": {"language": "zh"}}),
        ("pull_request", {"number": 1, "action": "opened"}),
        ("issues", {"number": 2, "action": "opened"}),
    ],
)
def test_events_are_as_github_says(github: GitHubServer, name: str, about: dict[str, Any]) -> None:
    furnish(github)
    payload = github.event(name, BOOK, login="alice", **about)
    assert list(webhooks(f"{name}${about.get('action', 'event')}").iter_errors(payload)) == []
    assert (payload["sender"]["login"], payload["repository"]["full_name"]) == ("alice", BOOK)


def test_the_event_of_a_comment_is_as_github_says(github: GitHubServer) -> None:
    furnish(github)
    payload = github.comment(BOOK, 1, "alice", "/amts status")
    assert list(webhooks("issue_comment$created").iter_errors(payload)) == []
    assert github.event("issue_comment", BOOK, comment=payload["comment"]["id"])["comment"] == payload["comment"]


def test_a_schedule_has_little_to_say(github: GitHubServer) -> None:
    furnish(github)
    assert github.event("schedule", BOOK, schedule="0 4 * * 1")["schedule"] == "0 4 * * 1"
    with pytest.raises(ValueError, match="no payload is known for the event fork"):
        github.event("fork", BOOK)


def complaint_of(
    method: str,
    path: str,
    body: dict[str, Any] | None = None,
    before: Callable[[GitHubServer], object] = lambda github: github.repository(BOOK, {"a.md": "one\n"}),
) -> str:
    """What a test is told that ends after one call."""

    def a_test() -> None:
        with opened() as github:
            before(github)
            call(github, method, path, body)

    with pytest.raises(AssertionError) as error:
        a_test()
    return str(error.value)


def furnish(github: GitHubServer) -> None:
    github.repository(BOOK, {"a.md": "one\n"})
    github.commit(BOOK, {"a.md": "two\n"}, branch="amts/x")
    github.pull(BOOK, head="amts/x")
    call(github, "POST", f"/repos/{BOOK}/issues", {"title": "An issue"})


def webhooks(name: str) -> jsonschema_rs.Draft7Validator:
    try:
        schema = packed(WEBHOOKS)
    except NotToBeHad as missing:
        pytest.skip(f"No descriptions of events: {missing}")
    return jsonschema_rs.Draft7Validator({"$ref": f"#/definitions/{name}", "definitions": schema["definitions"]})


def call(github: GitHubServer, method: str, path: str, body: dict[str, Any] | None) -> requests.Response:
    head = {"Authorization": f"Bearer {github.token()}"}
    return requests.request(method, github.url + path, json=body, headers=head, timeout=10)
