"""``amts doctor`` on real repositories, the emulated GitHub and the emulated AWS."""

from __future__ import annotations

import io
import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import pytest

from bot.cli import doctor, setup
from bot.cli.console import Console
from sync.errors import UsageError
from tests.bot.onboarding.facts import ACTION
from tests.support.forks import ENGLISH, NAME, ORIGINS, make_english, make_fork, merge
from tests.support.repositories import commit, git
from tests.support.s3 import S3Server
from tests.support.service import Accounts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.support.github_server import GitHubServer
    from tests.support.service import Service

FIXTURES = Path(__file__).parents[4] / "shared/data/fixtures"
BOOK = "clouds/clouds-en"
WORKFLOW = ".github/workflows/amts.yml"
APP, DEFAULT, PERSON = "amts[bot]", "github-actions[bot]", "ana"


class Said:
    """What the doctor found."""

    def __init__(self, code: int, text: str) -> None:
        self.code, self.text = code, text
        self.findings: dict[str, Any] = {one["check"]: one for one in json.loads(text)["findings"]}

    def level(self, *checks: str) -> list[str]:
        return [self.findings[check]["level"] for check in checks]

    def problems(self) -> set[str]:
        return {check for check, one in self.findings.items() if one["level"] == "problem"}


def amts_doctor(*arguments: str | Path, env: Mapping[str, str] | None = None) -> tuple[int, str]:
    parser = ArgumentParser()
    doctor.configure(parser)
    out = io.StringIO()
    given = parser.parse_args([str(argument) for argument in arguments])
    code = doctor.run(given, Console(out, io.StringIO(), env or {}))
    return code, out.getvalue()


def seen(*arguments: str | Path, env: Mapping[str, str] | None = None) -> Said:
    return Said(*amts_doctor(*arguments, "--json", env=env))


def set_up(fork: Path, english: Path, *arguments: str) -> Path:
    """A fork after ``amts setup`` and a merge."""
    parser = ArgumentParser()
    setup.configure(parser)
    given = ["--target", str(fork), "--source", str(english), "--action", ACTION, "--publish", "branch", *arguments]
    setup.run(parser.parse_args(given), Console(io.StringIO(), io.StringIO(), {}))
    merge(fork, "amts/setup")
    return fork


# On this machine


@pytest.fixture
def english(tmp_path: Path) -> Path:
    return make_english(tmp_path / "clouds-en")


@pytest.fixture
def fork(tmp_path: Path) -> Path:
    made = make_fork(tmp_path / "clouds-es")
    git(made, "remote", "remove", "origin")  # else GitHub itself would be asked
    return made


def test_a_fork_without_anything_has_no_workflow(fork: Path, english: Path) -> None:
    found = seen("--target", fork, "--source", english)
    assert found.code == 1
    assert found.problems() == {"workflow"}
    assert found.level("configuration", "language", "English", "baselines", "snapshots") == ["ok"] * 5
    assert found.level("GitHub", "token", "account") == ["skipped"] * 3


def test_a_fork_that_was_set_up_has_no_problem(fork: Path, english: Path) -> None:
    set_up(fork, english)
    found = seen("--target", fork, "--source", english)
    assert found.problems() <= {"schedule"}, "its commits are of 2024"
    assert found.level("workflow", "reviews") == ["ok", "ok"]


def test_people_read_what_why_and_what_to_do(fork: Path, english: Path) -> None:
    _, text = amts_doctor("--target", fork, "--source", english)
    assert (
        "PROBLEM  workflow: No workflow takes the action.\n         Nothing runs by itself.\n         → amts setup"
        in text
    )
    assert "1 problems," in text
    assert "account" not in text
    assert "account: The engine is another." in amts_doctor("--target", fork, "--source", english, "--all")[1]


def test_a_configuration_that_cannot_be_used_is_a_problem_and_no_crash(fork: Path, english: Path) -> None:
    commit(fork, {".amts.yml": "version: 9\nlang: [es]\n"})
    found = seen("--target", fork, "--source", english)
    assert found.problems() == {"configuration"}
    assert "line 1" in found.findings["configuration"]["what"]


def test_a_repository_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    found = seen("--target", tmp_path / "none")
    assert found.problems() == {"configuration"}


def test_an_english_that_cannot_be_read_is_a_problem(fork: Path, tmp_path: Path) -> None:
    found = seen("--target", fork, "--source", tmp_path / "none")
    assert "English" in found.problems()
    assert found.level("baselines") == ["skipped"]


def test_chapters_of_unknown_english_are_told(tmp_path: Path, english: Path) -> None:
    fork = make_fork(tmp_path / "clouds-es")
    commit(fork, {**dict.fromkeys(ORIGINS), "sky/rain.md": "# Otro\n", "sky/snow.md": "# Más\n"})
    found = seen("--target", fork, "--source", english, env={"GITHUB_API_URL": "http://127.0.0.1:9"})
    assert "baselines" in found.problems()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((), "Which fork"),
        (("--repository", "clouds"), "owner/name"),
        (("--repository", NAME, "--token-env", "NONE_SUCH"), "NONE_SUCH"),
    ],
)
def test_a_wrong_call_is_told(arguments: tuple[str, ...], reason: str) -> None:
    with pytest.raises(UsageError, match=reason) as error:
        amts_doctor(*arguments)
    assert error.value.exit_code == 2


# On GitHub


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fork that was set up."""
    folder = tmp_path_factory.mktemp("prepared")
    return set_up(make_fork(folder / "fork"), make_english(folder / "english"))


@pytest.fixture
def cloud(github: GitHubServer, prepared: Path) -> GitHubServer:
    """The same on GitHub, with a commit of today."""
    github.repository(BOOK, dict(ENGLISH))
    github.repository(NAME, bare=prepared / ".git")
    github.commit(NAME, {".amts.yml": f"version: 1\nsource: {BOOK}\nlang: es\n"})
    return github


def at(github: GitHubServer, token: str = "", *arguments: str) -> Said:
    env = {"GITHUB_API_URL": github.url, "GITHUB_SERVER_URL": github.url, "TOKEN": token}
    return seen("--repository", NAME, *(("--token-env", "TOKEN") if token else ()), *arguments, env=env)


def test_all_is_well_with_the_token_of_an_app(cloud: GitHubServer) -> None:
    found = at(cloud, cloud.token(APP, repositories=[NAME]))
    assert found.code == 0, found.findings
    assert {one["level"] for one in found.findings.values()} == {"ok", "skipped"}
    assert found.findings["token"]["what"] == "It speaks for amts[bot]."


def test_nothing_is_changed_by_looking(cloud: GitHubServer) -> None:
    before = cloud.hub.repository(NAME).bare.refs()
    at(cloud, cloud.token(APP, repositories=[NAME]))
    assert cloud.hub.repository(NAME).bare.refs() == before
    assert cloud.issues(NAME, state="all", pulls=True) == []
    assert "amts/doctor-asks" not in cloud.hub.repository(NAME).labels


def test_without_a_token_what_anybody_may_see_is_told(cloud: GitHubServer) -> None:
    found = at(cloud)
    assert found.code == 0, found.findings
    assert found.level("GitHub", "issues", "labels", "rules for merging") == ["ok"] * 4
    assert found.level("token", "permissions") == ["skipped"] * 2


def test_the_default_token_is_known_and_what_it_does_not_start(cloud: GitHubServer) -> None:
    cloud.commit(NAME, {".github/workflows/build.yml": "on: [push, pull_request]\njobs: {}\n"})
    found = at(cloud, cloud.token(DEFAULT, repositories=[NAME]))
    assert found.level("token", "token of the workflow", "permissions") == ["warning", "warning", "ok"]
    assert "build.yml" in found.findings["token of the workflow"]["what"]
    assert found.code == 0, found.findings


def test_a_repository_that_forbids_pull_requests_of_workflows(cloud: GitHubServer) -> None:
    cloud.set(NAME, actions_may_create_pulls=False)
    assert at(cloud, cloud.token(DEFAULT, repositories=[NAME])).problems() == {"pull requests by Actions"}
    assert at(cloud, cloud.token(APP, repositories=[NAME])).problems() == {"pull requests by Actions"}


def test_a_setting_that_a_token_may_not_see_is_no_problem(cloud: GitHubServer) -> None:
    token = cloud.token(
        APP, repositories=[NAME], permissions=dict.fromkeys(("contents", "pull_requests", "issues"), "write")
    )
    found = at(cloud, token)
    assert found.level("pull requests by Actions", "permissions") == ["warning", "ok"]


@pytest.mark.parametrize(
    ("lacks", "told"), [("contents", "contents"), ("pull_requests", "pull requests"), ("issues", "issues")]
)
def test_a_permission_that_a_token_lacks_is_named(cloud: GitHubServer, lacks: str, told: str) -> None:
    rights = dict.fromkeys(("contents", "pull_requests", "issues"), "write") | {lacks: "read"}
    found = at(cloud, cloud.token(APP, repositories=[NAME], permissions=rights))
    assert found.findings["permissions"]["what"] == f"It may not write {told}."
    assert found.problems() == {"permissions"}


def test_a_refusal_that_hides_what_there_is_is_one_and_a_failure_is_none(cloud: GitHubServer) -> None:
    cloud.fail("POST R/git/refs", status=404, message="Not Found")
    cloud.fail("POST R/pulls", status=502)
    found = at(cloud, cloud.token(APP, repositories=[NAME]))
    assert found.findings["permissions"]["what"] == "It may not write contents."
    cloud.fail("POST R/pulls", status=502)
    found = at(cloud, cloud.token(APP, repositories=[NAME]))
    assert found.findings["permissions"]["what"] == "Whether it may write pull requests could not be found out."


def test_a_person_who_may_only_read_is_told(cloud: GitHubServer) -> None:
    cloud.user(PERSON, {NAME: "read"})
    found = at(cloud, cloud.token(PERSON))
    assert found.findings["permissions"]["what"] == "It may not write contents, pull requests and issues."


def test_a_person_who_may_write_is_enough(cloud: GitHubServer) -> None:
    cloud.user(PERSON, {NAME: "write"})
    found = at(cloud, cloud.token(PERSON))
    assert found.level("token", "permissions") == ["ok", "ok"]


def test_a_token_that_is_no_more_good_is_a_problem(cloud: GitHubServer) -> None:
    env_token = cloud.token(APP, expires_in=-1)
    found = seen(
        "--repository",
        NAME,
        "--target",
        str(cloud.hub.repository(NAME).bare.path),
        "--token-env",
        "TOKEN",
        env={"GITHUB_API_URL": cloud.url, "GITHUB_SERVER_URL": cloud.url, "TOKEN": env_token},
    )
    assert found.problems() == {"token"}
    assert env_token not in found.text


def test_a_repository_that_is_not_there_on_github_is_a_problem(github: GitHubServer) -> None:
    found = at(github, github.token(APP))
    assert found.problems() == {"configuration", "GitHub"}


def test_issues_an_archive_and_a_disabled_workflow_are_told(cloud: GitHubServer) -> None:
    cloud.set(NAME, has_issues=False)
    cloud.hub.repository(NAME).workflow_states[WORKFLOW] = "disabled_fork"
    found = at(cloud)
    assert found.problems() == {"issues", "workflow"}
    assert "disabled_fork" in found.findings["workflow"]["what"]
    cloud.set(NAME, archived=True)
    assert "GitHub" in at(cloud).problems()


def test_rules_that_hold_for_our_branches_are_told(cloud: GitHubServer) -> None:
    cloud.hub.repository(NAME).rules["*"] = [{"type": "required_signatures"}, {"type": "deletion"}]
    found = at(cloud)
    assert found.problems() == {"rules for our branches"}
    assert found.level("rules for merging") == ["warning"]
    assert NAME in found.findings["rules for our branches"]["what"]


def test_checks_that_a_merge_needs_and_that_never_start_are_told(cloud: GitHubServer) -> None:
    cloud.hub.repository(NAME).protected["main"] = ("build",)
    rule = {"strict_required_status_checks_policy": False, "required_status_checks": [{"context": "links"}]}
    cloud.hub.repository(NAME).rules["main"] = [{"type": "required_status_checks", "parameters": rule}]
    found = at(cloud)
    assert found.problems() == {"rules for merging"}
    assert "build and links" in found.findings["rules for merging"]["what"]


def test_a_github_that_does_not_answer_is_a_problem_and_the_rest_is_told(fork: Path, english: Path) -> None:
    set_up(fork, english)
    env = {"GITHUB_API_URL": "http://127.0.0.1:9"}
    found = seen("--target", fork, "--source", english, "--repository", NAME, env=env)
    assert "GitHub" in found.problems()
    assert found.level("language", "baselines") == ["ok", "ok"]


# At AWS


@pytest.fixture(scope="module")
def accounts() -> Iterator[Accounts]:
    with S3Server() as server, Accounts(server) as accounts:
        yield accounts


@pytest.fixture
def service(accounts: Accounts) -> Service:
    return accounts.open()


CHECKS = ("account", "credentials", "bucket", "role", "parallel data", "limits")


def with_amazon(
    fork: Path, english: Path, service: Service, env: Mapping[str, str] | None = None, **keys: object
) -> Said:
    """What is found of an account, by a real client."""
    values = {
        "region": "us-east-1",
        "bucket": service.bucket,
        "role": service.emulator.role,
        "max-usd-run": 5,
        "max-usd-month": 20,
        **{name.replace("_", "-"): value for name, value in keys.items()},
    }
    lines = "".join(f"  {name}: {value}\n" for name, value in values.items() if value is not None)
    commit(fork, {".amts.yml": f"engine: amazon\namazon:\n{lines}"})
    known = {"PATH": os.environ["PATH"], "HOME": os.devnull, **service.emulator.environment(), **(env or {})}
    with mock.patch.dict(os.environ, known, clear=True):
        return seen("--target", fork, "--source", english, env=known)


def test_an_account_that_is_set_up_and_was_never_used(fork: Path, english: Path, service: Service) -> None:
    found = with_amazon(fork, english, service)
    assert found.level(*CHECKS) == ["ok", "ok", "ok", "warning", "ok", "ok"]
    assert set(service.requests()) == {"ListParallelData", "ListTextTranslationJobs"}


def test_an_account_of_which_nothing_is_said(fork: Path, english: Path, service: Service) -> None:
    found = with_amazon(fork, english, service, bucket=None, role="arn:aws:iam::1:user/me")
    assert "bucket is missing" in found.findings["account"]["what"]
    assert "arn:aws:iam::1:user/me" in found.findings["account"]["what"]
    assert service.requests() == []


def test_a_region_without_parallel_data_is_a_fault_of_what_is_said(fork: Path, english: Path, service: Service) -> None:
    found = with_amazon(fork, english, service, region="eu-central-1")
    assert "takes no parallel data" in found.findings["account"]["what"]


def test_keys_that_are_wrong(fork: Path, english: Path, service: Service) -> None:
    found = with_amazon(fork, english, service, {"AWS_SECRET_ACCESS_KEY": "wrong"})
    assert "credentials" in found.problems()
    assert found.level("bucket", "role") == ["skipped", "skipped"]


def test_a_bucket_that_is_not_there(fork: Path, english: Path, service: Service) -> None:
    found = with_amazon(fork, english, service, bucket="nobody-has-this")
    assert "bucket" in found.problems()


def test_a_bucket_in_another_region(fork: Path, english: Path, service: Service) -> None:
    west = {"LocationConstraint": "us-west-2"}
    service.clients.call("s3", "create_bucket", Bucket="clouds-west", CreateBucketConfiguration=west)
    found = with_amazon(fork, english, service, bucket="clouds-west")
    assert "us-west-2" in found.findings["bucket"]["what"]
    assert found.problems() >= {"bucket"}


def test_a_role_that_a_job_had_can_be_passed(fork: Path, english: Path, service: Service) -> None:
    service.put("in/a.txt", b"Rain\n")
    service.clients.call(
        "translate",
        "start_text_translation_job",
        JobName="by-hand",
        InputDataConfig={"S3Uri": f"s3://{service.bucket}/in/", "ContentType": "text/plain"},
        OutputDataConfig={"S3Uri": f"s3://{service.bucket}/out/"},
        DataAccessRoleArn=service.emulator.role,
        SourceLanguageCode="en",
        TargetLanguageCodes=["es"],
        ClientToken="a",
    )
    found = with_amazon(fork, english, service)
    assert found.level("role") == ["ok"]
    assert service.emulator.role in found.findings["role"]["what"]


def test_parallel_data_of_the_fork_is_told(fork: Path, english: Path, service: Service) -> None:
    uri = service.put("pd.tsv", b"en\tes\nRain\tLluvia\n")
    service.clients.call(
        "translate",
        "create_parallel_data",
        Name="amts-clouds-es",
        ParallelDataConfig={"S3Uri": uri, "Format": "TSV"},
        ClientToken="b",
    )
    assert "at work" in with_amazon(fork, english, service, name="clouds").findings["parallel data"]["what"]
    service.advance(3600)
    assert "1 examples" in with_amazon(fork, english, service, name="clouds").findings["parallel data"]["what"]


def test_an_account_without_an_end_to_what_it_costs(fork: Path, english: Path, service: Service) -> None:
    found = with_amazon(fork, english, service, max_usd_month=None)
    assert found.level("limits") == ["warning"]


# Real forks


@pytest.mark.parametrize("lang", ["zh", "tr"])
def test_real_forks_are_looked_at(lang: str) -> None:
    place = FIXTURES / lang
    if not place.is_dir():
        pytest.skip(f"{place} is not here: a real fork is not looked at.")
    found = seen("--target", place / "fork.bundle", "--source", place / "en.bundle")
    assert found.level("configuration", "baselines", "workflow") == ["ok", "ok", "problem"]
    assert f"It seems to be {lang}" in found.findings["language"]["what"]
