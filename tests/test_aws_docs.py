"""The policies of docs/aws are JSON that AWS takes, allow what the engine asks for, and no more than they must."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

import botocore.session
import pytest
from botocore import xform_name

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
POLICIES = ("data-role-trust", "data-role-policy", "caller-trust-github", "caller-policy")
TRUST = ("data-role-trust", "caller-trust-github")
WITHOUT_RESOURCE = {
    "translate:DescribeTextTranslationJob",
    "translate:ListLanguages",
    "translate:ListParallelData",
    "translate:ListTextTranslationJobs",
    "translate:StopTextTranslationJob",
}
"""Actions that have no type of resource, by the service authorization reference."""
MAYBE_WITHOUT = {"translate:StartTextTranslationJob", "translate:TranslateDocument", "translate:TranslateText"}
"""Actions whose resources (parallel data, a glossary) may be left out of a request; then only ``*`` fits."""
S3_ACTIONS = {
    "get_object": "s3:GetObject",
    "head_object": "s3:GetObject",
    "download_file": "s3:GetObject",
    "put_object": "s3:PutObject",
    "upload_file": "s3:PutObject",
    "delete_object": "s3:DeleteObject",
    "delete_objects": "s3:DeleteObject",
    "list_objects_v2": "s3:ListBucket",
    "list_objects": "s3:ListBucket",
    "head_bucket": "s3:ListBucket",
}
PLACEHOLDERS = {
    "ACCOUNT": "123456789012",
    "REGION": "eu-west-1",
    "BUCKET": "tea",
    "OWNER": "o",
    "REPO": "r",
    "BRANCH": "b",
}


def load(name: str) -> dict[str, Any]:
    found = json.loads((DOCS / "aws" / f"{name}.json").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def statements(name: str) -> list[dict[str, Any]]:
    return list(load(name)["Statement"])


def rights(name: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each action with each of its resources and the conditions."""
    for statement in statements(name):
        for action in listed(statement["Action"]):
            for resource in listed(statement["Resource"]):
                yield action, resource, statement.get("Condition", {})


@pytest.mark.parametrize("name", POLICIES)
def test_a_policy_has_the_form_that_aws_asks_for(name: str) -> None:
    policy = load(name)
    assert set(policy) == {"Version", "Statement"}
    assert policy["Version"] == "2012-10-17"
    sids = [statement["Sid"] for statement in policy["Statement"]]
    assert len(set(sids)) == len(sids)
    assert all(re.fullmatch("[A-Za-z0-9]+", sid) for sid in sids)
    subject = "Principal" if name in TRUST else "Resource"
    for statement in policy["Statement"]:
        assert set(statement) - {"Condition"} == {"Sid", "Effect", "Action", subject}
        assert statement["Effect"] == "Allow"
        assert all(re.fullmatch("[a-z0-9]+:[A-Z][A-Za-z0-9]+", action) for action in listed(statement["Action"]))


@pytest.mark.parametrize("name", ["data-role-policy", "caller-policy"])
def test_nothing_is_allowed_everywhere_that_has_a_place(name: str) -> None:
    for action, resource, condition in rights(name):
        if resource == "*":
            assert action in WITHOUT_RESOURCE | MAYBE_WITHOUT
            assert condition == {"StringEquals": {"aws:RequestedRegion": "REGION"}}
        else:
            assert re.fullmatch(r"arn:aws:[a-z0-9]+:[A-Z]*:[A-Z]*:[A-Za-z/.*-]+", resource)


def test_only_one_branch_may_take_the_role_of_the_caller() -> None:
    (statement,) = statements("caller-trust-github")
    assert set(statement["Condition"]) == {"StringEquals"}
    issuer = "token.actions.githubusercontent.com"
    equal = statement["Condition"]["StringEquals"]
    assert equal == {
        f"{issuer}:aud": "sts.amazonaws.com",
        f"{issuer}:sub": "repo:OWNER/REPO:ref:refs/heads/BRANCH",
    }
    assert statement["Principal"] == {"Federated": f"arn:aws:iam::ACCOUNT:oidc-provider/{issuer}"}


def test_only_the_service_may_take_the_data_role_and_only_for_this_account() -> None:
    (statement,) = statements("data-role-trust")
    assert statement["Principal"] == {"Service": "translate.amazonaws.com"}
    assert statement["Condition"]["StringEquals"] == {"aws:SourceAccount": "ACCOUNT"}
    assert statement["Condition"]["ArnLike"] == {"aws:SourceArn": "arn:aws:translate:*:ACCOUNT:*"}


def test_the_data_role_may_be_passed_to_the_service_and_to_nobody_else() -> None:
    passing = [right for right in rights("caller-policy") if right[0].startswith("iam:")]
    condition = {"StringEquals": {"iam:PassedToService": "translate.amazonaws.com"}}
    assert passing == [("iam:PassRole", "arn:aws:iam::ACCOUNT:role/amts-data", condition)]


def test_the_data_role_writes_nothing_but_translations() -> None:
    written = [resource for action, resource, _ in rights("data-role-policy") if "Put" in action or "Delete" in action]
    assert written == ["arn:aws:s3:::BUCKET/amts/*/out/*"]


def test_the_data_role_reads_and_writes_where_a_job_says() -> None:
    allowed = [(action, resource) for action, resource, _ in rights("data-role-policy")]
    folder = "arn:aws:s3:::BUCKET/amts/book/zh/jobs/0123456789abcdef/"
    for action, name in (
        ("s3:GetObject", "in/0000.html"),
        ("s3:GetObject", "out/1-TranslateText-2/details/zh.auxiliary-translation-details.json"),
        ("s3:PutObject", "out/1-TranslateText-2/zh.0000.html"),
    ):
        assert any(action == one and fnmatchcase(folder + name, resource) for one, resource in allowed)


def called() -> set[str]:
    """The actions behind every call of the service and of S3 that is named in the engine and its commands."""
    files = [*(ROOT / "sync" / "engines" / "amazon").rglob("*.py"), *(ROOT / "bot").rglob("*.py")]
    words = {
        word for file in files for word in re.findall(r"""["']([a-z]+(?:_[a-z0-9]+)+)["']""", file.read_text("utf-8"))
    }
    model = botocore.session.get_session().get_service_model("translate")
    translate = {xform_name(name): f"translate:{name}" for name in model.operation_names}
    unknown = {xform_name(n) for n in botocore.session.get_session().get_service_model("s3").operation_names} - {
        *S3_ACTIONS
    }
    assert not words & unknown, "a call of S3 that this test does not know the action of"
    return {action for name, action in (translate | S3_ACTIONS).items() if name in words}


def test_what_the_engine_calls_is_allowed_to_the_caller() -> None:
    actions = called()
    assert {"translate:StartTextTranslationJob", "translate:CreateParallelData", "s3:PutObject"} <= actions
    assert actions <= {action for action, _, _ in rights("caller-policy")}


def test_the_bucket_forgets_after_what_is_needed_and_not_before() -> None:
    (rule,) = load("bucket-lifecycle")["Rules"]
    assert rule["Status"] == "Enabled"
    assert rule["Filter"] == {"Prefix": "amts/"}
    assert 40 <= rule["Expiration"]["Days"] <= 365


@pytest.mark.parametrize("file", sorted((DOCS / "aws").glob("*.json")), ids=lambda file: file.name)
def test_each_file_is_used_in_the_guide_and_has_known_placeholders(file: Path) -> None:
    guide = (DOCS / "aws.md").read_text("utf-8")
    assert f"file://{file.name}" in guide
    assert f"(aws/{file.name})" in guide
    text = file.read_text("utf-8")
    found = set(re.findall(r"\b[A-Z]{4,}\b", text))
    assert found <= set(PLACEHOLDERS)
    for name, value in PLACEHOLDERS.items():
        text = text.replace(name, value)
    json.loads(text)


def test_links_of_the_guide_lead_somewhere() -> None:
    guide = (DOCS / "aws.md").read_text("utf-8")
    for place in re.findall(r"\]\((?!https?://)([^)#]+)\)", guide):
        assert (DOCS / place).is_file()
