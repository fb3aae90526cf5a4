"""Things of one plan are called the same by every run, and things of two plans never."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.engines.amazon.keys import client_token, draft_key, folder, job_name, plan_digest, resource_name

RESOURCE = re.compile(r"([A-Za-z0-9-]_?)+")
JOB = re.compile(r"[A-Za-z0-9_.:/=+%@-]*")
TOKEN = re.compile(r"[a-zA-Z0-9-]{1,64}")

names = st.one_of(
    st.text(max_size=40),
    st.text("ab-_/.:", max_size=12),
    st.text(min_size=250, max_size=400),
    st.text("0123456789abcdef-", min_size=12, max_size=14),
)
DRAFT: dict[str, Any] = {
    "text": "Café.",
    "languages": ("en", "zh"),
    "kind": "act",
    "data_digest": "d",
    "terminology_digest": "t",
    "settings": {"Formality": "FORMAL"},
    "version": "1",
}
PLAN: dict[str, Any] = {
    "repo": "d2l-zh",
    "lang": "zh",
    "segments": [("a", "One."), ("b", "Two.")],
    "data_digest": "d",
    "settings": {},
    "version": "1",
}


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Café"},
        {"languages": ("zh", "en")},
        {"kind": "batch"},
        {"data_digest": "e"},
        {"terminology_digest": ""},
        {"settings": {}},
        {"version": "2"},
        {"data_digest": "t", "terminology_digest": "d"},
    ],
    ids=str,
)
def test_a_draft_is_kept_for_the_same_question_only(change: dict[str, Any]) -> None:
    assert draft_key(**DRAFT) != draft_key(**(DRAFT | change))


def test_texts_that_look_the_same_are_the_same_question() -> None:
    assert draft_key(**DRAFT) == draft_key(**(DRAFT | {"text": "Cafe\u0301."}))


@pytest.mark.parametrize(
    "change",
    [
        {"repo": "d2l-tr"},
        {"lang": "tr"},
        {"segments": [("a", "One.")]},
        {"segments": [("a", "Two."), ("b", "One.")]},
        {"data_digest": "e"},
        {"settings": {"Formality": "FORMAL"}},
        {"version": "2"},
    ],
    ids=str,
)
def test_a_plan_is_another_with_anything_else_in_it(change: dict[str, Any]) -> None:
    assert plan_digest(**PLAN) != plan_digest(**(PLAN | change))


def test_the_order_of_segments_and_settings_is_no_difference() -> None:
    assert plan_digest(**PLAN) == plan_digest(**(PLAN | {"segments": PLAN["segments"][::-1]}))


def test_a_token_is_the_digest_itself_or_one_for_another_purpose() -> None:
    digest = plan_digest(**PLAN)
    tokens = {client_token(digest), client_token(digest, "pd"), client_token(digest, "retry")}
    assert client_token(digest) == digest
    assert len(tokens) == 3
    assert all(TOKEN.fullmatch(token) for token in tokens)


@given(st.text())
def test_whatever_the_digest_a_token_fits(digest: str) -> None:
    assert TOKEN.fullmatch(client_token(digest))


def test_names_can_be_read_where_they_are_simple() -> None:
    digest = "0123456789abcdef" * 4
    assert resource_name("d2l-zh", "zh") == "amts-d2l-zh-zh"
    assert resource_name("d2l-zh", "zh-TW") == "amts-d2l-zh-zh_TW"
    assert job_name("d2l-zh", "zh", digest) == "amts:d2l-zh:zh:0123456789ab"
    assert folder("d2l-zh", "zh-TW") == "d2l-zh/zh-TW/"


@given(names, names)
def test_every_name_fits_the_service(repo: str, lang: str) -> None:
    resource, job = resource_name(repo, lang), job_name(repo, lang, "0" * 64)
    assert RESOURCE.fullmatch(resource)
    assert JOB.fullmatch(job)
    assert max(len(resource), len(job)) <= 256
    assert re.fullmatch(r"([A-Za-z0-9-]{1,64}/){2}", folder(repo, lang))


@given(st.tuples(names, names), st.tuples(names, names))
def test_two_repositories_or_languages_never_share_a_name(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert (resource_name(*one) == resource_name(*other)) == (one == other)
    assert (job_name(*one, "0" * 64) == job_name(*other, "0" * 64)) == (one == other)
    assert (folder(*one) == folder(*other)) == (one == other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("a-b", "c"), ("a", "b-c")),
        (("a/b", "c"), ("a-b", "c")),
        (("a", "zh_TW"), ("a", "zh-TW")),
        (("A", "zh"), ("a", "zh")),
        (("a:b", "c"), ("a", "b:c")),
    ],
)
def test_names_that_look_alike_are_told_apart(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert resource_name(*one) != resource_name(*other)
    assert job_name(*one, "0" * 64) != job_name(*other, "0" * 64)


def test_a_name_cannot_be_made_to_be_that_of_another() -> None:
    made = resource_name("org/book", "zh").removeprefix("amts-").removesuffix("-zh")
    assert resource_name(made, "zh") != resource_name("org/book", "zh")
