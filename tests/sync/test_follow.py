"""A fork follows the tip, the newest release or one tag of the English."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.errors import UsageError
from sync.repositories.follow import choose

TAGS = (
    ("v1.0.0-beta0", "beta"),
    ("v0.9.2", "nine"),
    ("numpy2", "other"),
    ("v0.17.1", "seventeen"),
    ("v0.2.0", "two"),
    ("nightly-v2.0.0", "night"),
)


def test_main_is_the_tip_of_the_default_branch() -> None:
    choice = choose("main", "tip", TAGS)
    assert (choice.commit, choice.name) == ("tip", "main")


@pytest.mark.parametrize("tags", [TAGS, TAGS[::-1]], ids=["as-given", "reversed"])
def test_release_is_the_highest_version_that_is_no_pre_release(tags: tuple[tuple[str, str], ...]) -> None:
    assert choose("release", "tip", tags).commit == "seventeen"


def test_a_release_may_be_spelled_without_a_v() -> None:
    assert choose("release", "tip", [*TAGS, ("1.2.3", "plain")]).commit == "plain"


@pytest.mark.parametrize(("name", "commit"), TAGS)
def test_any_tag_can_be_followed(name: str, commit: str) -> None:
    assert choose(name, "tip", TAGS).commit == commit


def test_a_tag_that_is_not_there_is_answered_with_the_near_ones() -> None:
    with pytest.raises(
        UsageError, match=r"v0\.17\.0: .*no such tag\. Did you mean v0\.17\.1.*There are: v0\.17\.1, v0"
    ):
        choose("v0.17.0", "tip", TAGS)


def test_a_misspelled_word_is_answered_with_the_word() -> None:
    with pytest.raises(UsageError, match="Did you mean release"):
        choose("releases", "tip", TAGS)


def test_release_needs_one() -> None:
    with pytest.raises(UsageError, match=r"no release, a tag like v1\.2\.3\. There are: v1\.0\.0-beta0"):
        choose("release", "tip", TAGS[:1])


def test_a_repository_without_tags_says_what_may_be_the_cause() -> None:
    with pytest.raises(UsageError, match="shallow"):
        choose("v1", "tip", ())


@pytest.mark.parametrize(
    ("follow", "made_from", "known", "older"),
    [
        pytest.param("release", None, False, False, id="nobody-knows"),
        pytest.param("release", "seventeen", True, False, id="the-same-by-commit"),
        pytest.param("release", "v0.17.1", True, False, id="the-same-by-name"),
        pytest.param("release", "nine", False, False, id="an-earlier-release"),
        pytest.param("v0.9.2", "seventeen", False, True, id="a-later-release"),
        pytest.param("numpy2", "seventeen", False, False, id="a-tag-that-is-no-version"),
        pytest.param("main", "tip", True, False, id="the-tip"),
    ],
)
def test_what_the_translation_was_made_from_says_whether_it_moves_and_where(
    follow: str, made_from: str | None, known: bool, older: bool
) -> None:
    choice = choose(follow, "tip", TAGS, made_from)
    assert (choice.is_known, choice.is_older) == (known, older)


@settings(deadline=None)
@given(st.text(), st.lists(st.tuples(st.text(), st.text())))
def test_any_names_are_chosen_from_or_refused(follow: str, tags: list[tuple[str, str]]) -> None:
    try:
        choice = choose(follow, "tip", tags)
    except UsageError:
        return
    assert choice.commit in {"tip", *(commit for _, commit in tags)}
