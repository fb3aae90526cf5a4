"""Whatever GitHub says has happened is understood, or left alone for a reason that is said."""

from __future__ import annotations

import functools
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events import read_event
from bot.marker import marker
from bot.model import Commented, Dispatched, Event, Ignored, Inputs, PullRequestChanged, Pushed, Scheduled
from sync.errors import AmtsError, InputError, UsageError
from tests.support.npm import WEBHOOKS_EXAMPLES, file_of

BEFORE, AFTER, NONE = "a" * 40, "b" * 40, "0" * 40
ENV = {"GITHUB_REPOSITORY": "ada/d2l-zh", "GITHUB_ACTOR": "ada"}
COMMON = {"repository": {"full_name": "ada/d2l-zh"}, "sender": {"login": "ada", "type": "User"}}


def push(**changes: Any) -> Event:
    payload = {"ref": "refs/heads/main", "before": BEFORE, "after": AFTER, "forced": False}
    return read_event("push", COMMON | payload | changes, {})


def comment(action: str = "created", *, issue: dict[str, Any] | None = None, **changes: Any) -> Event:
    written = {"id": 7, "body": "/amts help", "user": {"login": "bob", "type": "User"}}
    on = {"number": 3, "state": "open", "pull_request": {"url": "x"}}
    payload = {"action": action, "comment": written | changes, "issue": on | (issue or {})}
    return read_event("issue_comment", COMMON | payload, {})


def pull_request(action: str, **changes: Any) -> Event:
    request = {
        "number": 3,
        "user": {"login": "amts"},
        "head": {"ref": "amts/mechanical", "sha": AFTER, "repo": {"full_name": "ada/d2l-zh"}},
        "base": {"ref": "main", "sha": BEFORE},
        "merged": False,
        "merge_commit_sha": "c" * 40,
    }
    return read_event("pull_request", COMMON | {"action": action, "pull_request": request | changes}, {})


def reason(event: Event) -> str:
    assert isinstance(event, Ignored)
    return event.reason


def examples() -> list[tuple[str, dict[str, Any]]]:
    events = json.loads(file_of(WEBHOOKS_EXAMPLES, "api.github.com/index.json").read_text("utf-8"))
    return [(event["name"], example) for event in events for example in event["examples"]]


def test_every_example_that_github_gives_is_understood_or_ignored_for_a_reason() -> None:
    given = examples()
    assert len(given) == 329
    for name, payload in given:
        event = read_event(name, payload, ENV)
        assert event.repository
        assert reason(event) if isinstance(event, Ignored) else event.actor


def test_a_comment_of_an_example_becomes_one_on_a_pull_request_when_its_issue_is_one() -> None:
    created = [example for name, example in examples() if (name, example.get("action")) == ("issue_comment", "created")]
    for example in created:
        for link in ({}, {"pull_request": {"url": "x"}}):
            event = read_event("issue_comment", example | {"issue": example["issue"] | link}, ENV)
            assert isinstance(event, Commented)
            assert event.on_pull_request == bool(link)


def test_a_push_names_its_branch_or_its_tag() -> None:
    assert push(forced=True) == Pushed(
        repository="ada/d2l-zh", actor="ada", branch="main", tag="", before=BEFORE, after=AFTER, forced=True
    )
    new = push(ref="refs/tags/v1.0", before=NONE)
    assert isinstance(new, Pushed)
    assert (new.branch, new.tag, new.before) == ("", "v1.0", "")


def test_pushes_that_bring_nothing_new_are_ignored() -> None:
    assert "of its own" in reason(push(ref="refs/heads/amts/mechanical"))
    assert "deleted" in reason(push(after=NONE))
    assert "neither a branch nor a tag" in reason(push(ref="refs/notes/x"))


def test_a_pull_request_is_merged_only_if_github_says_so() -> None:
    closed, merged = pull_request("closed"), pull_request("closed", merged=True)
    assert isinstance(closed, PullRequestChanged)
    assert isinstance(merged, PullRequestChanged)
    assert (closed.merged, merged.merged, merged.merge_sha) == (False, True, "c" * 40)


def test_a_pull_request_whose_fork_is_gone_has_no_head_repository() -> None:
    event = pull_request("opened", head={"ref": "x", "sha": AFTER, "repo": None}, user=None)
    assert isinstance(event, PullRequestChanged)
    assert (event.head_repository, event.author) == ("", "")


def test_labels_and_titles_of_a_pull_request_start_nothing() -> None:
    assert {reason(pull_request(action)) for action in ("labeled", "edited", "assigned", "locked")} == {
        "neither the commits of the pull request changed nor whether it is open"
    }


def test_a_comment_has_its_author_and_where_it_stands() -> None:
    assert comment() == Commented(
        repository="ada/d2l-zh",
        actor="ada",
        id=7,
        author="bob",
        body="/amts help",
        number=3,
        on_pull_request=True,
        is_open=True,
    )
    on_issue = comment(issue={"pull_request": None, "state": "closed"}, body=None)
    assert isinstance(on_issue, Commented)
    assert (on_issue.on_pull_request, on_issue.is_open, on_issue.body) == (False, False, "")


@pytest.mark.parametrize("action", ["edited", "deleted"])
def test_comments_that_are_not_new_run_nothing(action: str) -> None:
    assert "only new comments" in reason(comment(action))


def test_bots_apps_and_ourselves_get_no_answer() -> None:
    assert "a bot wrote" in reason(comment(user={"login": "x[bot]", "type": "Bot"}))
    assert "an app wrote" in reason(comment(performed_via_github_app={"id": 1}))
    assert "AMTS wrote" in reason(comment(body=f"Done.\n{marker('reply', {'to': 7})}"))


def test_a_bot_that_speaks_for_a_person_is_a_bot() -> None:
    event = functools.partial(read_event, "issue_comment", env={})
    written = {"id": 7, "body": "/amts help", "user": {"login": "bob", "type": "User"}}
    payload = {"action": "created", "comment": written, "issue": {"number": 3, "state": "open"}}
    assert "a bot wrote" in reason(event(payload=payload | {"sender": {"login": "x[bot]", "type": "Bot"}}))


def test_a_schedule_says_nothing_but_when() -> None:
    assert read_event("schedule", {"schedule": "7 4 * * 1"}, ENV) == Scheduled(
        repository="ada/d2l-zh", actor="ada", cron="7 4 * * 1"
    )


def test_a_run_that_was_started_by_hand_has_its_inputs_checked() -> None:
    event = read_event("workflow_dispatch", {"inputs": {"paths": "chapter_x", "dry-run": "true", "ref": ""}}, ENV)
    assert isinstance(event, Dispatched)
    assert event.inputs == Inputs(paths=("chapter_x",), dry_run=True)
    assert read_event("workflow_dispatch", {"inputs": None}, ENV) == Dispatched(
        repository="ada/d2l-zh", actor="ada", kind="", inputs=Inputs()
    )
    with pytest.raises(UsageError, match=r"dry-run has “maybe”\. Say true or false"):
        read_event("workflow_dispatch", {"inputs": {"dry-run": "maybe"}}, ENV)


def test_another_repository_may_start_a_run() -> None:
    event = read_event("repository_dispatch", {"action": "english", "client_payload": {"paths": ["a.md", "b"]}}, ENV)
    assert isinstance(event, Dispatched)
    assert (event.kind, event.inputs.paths) == ("english", ("a.md", "b"))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("pull_request_review", "not in reviews"),
        ("pull_request_review_comment", "not in reviews"),
        ("pull_request_target", "let the workflow use pull_request"),
        ("star", "nothing to do"),
        ("", "nothing to do"),
    ],
)
def test_other_events_are_ignored_with_a_reason(name: str, said: str) -> None:
    assert said in reason(read_event(name, COMMON, {}))


def test_a_payload_that_lacks_something_is_named_with_what_it_lacks() -> None:
    with pytest.raises(InputError, match=r"The event push has no after that is a text\. Was the file"):
        read_event("push", {"ref": "refs/heads/main", "before": BEFORE}, {})
    with pytest.raises(InputError, match=r"has no comment\.id that is a number"):
        comment(id="7")


NAMES = [
    "push",
    "pull_request",
    "schedule",
    "workflow_dispatch",
    "repository_dispatch",
    "issue_comment",
    "workflow_run",
]
KEYS = ["action", "ref", "before", "after", "inputs", "client_payload", "comment", "issue", "pull_request", "sender",
        "user", "head", "base", "repo", "sha", "number", "id", "body", "login", "workflow_run", "x"]  # fmt: skip
LEAVES = st.none() | st.booleans() | st.integers() | st.sampled_from(["created", "closed", "completed", "x", ""])
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(KEYS), inner))


@given(st.sampled_from(NAMES), st.dictionaries(st.sampled_from(KEYS), JSON))
def test_no_payload_breaks_the_reader(name: str, payload: dict[str, Any]) -> None:
    try:
        event = read_event(name, payload, ENV)
    except AmtsError:
        return
    assert event.repository
