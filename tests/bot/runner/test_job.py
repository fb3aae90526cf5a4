"""A job is known from the environment, whole or not at all."""

from __future__ import annotations

import pytest

from bot.runner.job import Job, read_job
from sync.errors import InputError

ENV = {
    "GITHUB_SERVER_URL": "https://github.com",
    "GITHUB_API_URL": "https://api.github.com/",
    "GITHUB_REPOSITORY": "ada/d2l-zh",
    "GITHUB_RUN_ID": "123",
    "GITHUB_RUN_ATTEMPT": "2",
    "GITHUB_ACTOR": "dependabot[bot]",
    "GITHUB_EVENT_NAME": "issue_comment",
    "GITHUB_EVENT_PATH": "/home/runner/event.json",
    "GITHUB_SHA": "a" * 40,
    "GITHUB_REF": "refs/heads/main",
    "GITHUB_WORKSPACE": "/home/runner/work",
    "GITHUB_OUTPUT": "/tmp/output",
    "GITHUB_STEP_SUMMARY": "/tmp/summary",
}


def test_a_job_says_where_it_runs_and_where_people_see_it() -> None:
    job = read_job(ENV)
    assert job == Job(
        server_url="https://github.com",
        api_url="https://api.github.com",
        repository="ada/d2l-zh",
        run_id=123,
        attempt=2,
        actor="dependabot[bot]",
        event="issue_comment",
        event_path="/home/runner/event.json",
        sha="a" * 40,
        ref="refs/heads/main",
        workspace="/home/runner/work",
        output_path="/tmp/output",
        summary_path="/tmp/summary",
    )
    assert job.run_url == "https://github.com/ada/d2l-zh/actions/runs/123"


def test_files_that_nobody_reads_and_a_first_attempt_need_not_be_named() -> None:
    rare = {"GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_REF", "GITHUB_RUN_ATTEMPT"}
    job = read_job({name: value for name, value in ENV.items() if name not in rare})
    assert (job.output_path, job.summary_path, job.ref, job.attempt) == ("", "", "", 1)


def test_all_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(InputError, match=r"GITHUB_REPOSITORY is not set; .*GITHUB_SHA is not set.* use amts sync"):
        read_job({name: value for name, value in ENV.items() if name not in {"GITHUB_REPOSITORY", "GITHUB_SHA"}})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GITHUB_REPOSITORY", "../../etc"),
        ("GITHUB_REPOSITORY", "ada/.."),
        ("GITHUB_REPOSITORY", "-x/y"),
        ("GITHUB_API_URL", "http://example.org"),
        ("GITHUB_API_URL", "https://ada:secret@example.org"),
        ("GITHUB_API_URL", "file:///etc"),
        ("GITHUB_SHA", "main"),
        ("GITHUB_SHA", "--upload-pack=x"),
        ("GITHUB_RUN_ID", "1; id"),
        ("GITHUB_EVENT_NAME", "push\n::error::x"),
    ],
)
def test_a_value_that_is_not_right_is_shown_and_refused(name: str, value: str) -> None:
    with pytest.raises(InputError, match=f"{name} is “"):
        read_job(ENV | {name: value})


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:8080", "http://localhost:3000/api/v3", "https://ghe.example.org/api/v3"]
)
def test_servers_of_ones_own_are_reached_safely(url: str) -> None:
    assert read_job(ENV | {"GITHUB_API_URL": url}).api_url == url
