"""The English that a translation was made from is found by evidence, and says how it is known."""

from __future__ import annotations

import pytest

from sync.baseline import Evidence, How, find_baseline
from sync.errors import BaselineNotFound
from sync.revisions import Version

VERSIONS = (Version("b2", "c2", "2024-02-02"), Version("b1", "c1", "2024-01-01"))


def evidence(*, origin: str | None = None, origin_blob: str = "", given: str | None = None) -> Evidence:
    return Evidence(
        path="chapter_x/y.md",
        versions=VERSIONS,
        origin=origin,
        origin_blob=origin_blob,
        given=given,
        given_blob="g",
        given_commit="cg",
    )


@pytest.mark.parametrize(
    ("known", "text", "how", "commit", "confidence"),
    [
        pytest.param(evidence(origin="old", origin_blob="b1"), "old", How.ORIGIN, "c1", 1.0, id="origin-in-history"),
        pytest.param(evidence(origin="old", origin_blob="b9"), "old", How.ORIGIN, "", 0.8, id="origin-edited-by-hand"),
        pytest.param(evidence(origin="", origin_blob="b9"), "", How.ORIGIN, "", 0.8, id="empty-origin"),
        pytest.param(evidence(given="old"), "old", How.GIVEN, "cg", 1.0, id="given"),
        pytest.param(
            evidence(origin="old", origin_blob="b2", given="other"),
            "old",
            How.ORIGIN,
            "c2",
            1.0,
            id="origin-before-given",
        ),
    ],
)
def test_the_strongest_evidence_is_believed(
    known: Evidence, text: str, how: How, commit: str, confidence: float
) -> None:
    found = find_baseline(known)
    assert (found.text, found.how, found.commit, found.confidence) == (text, how, commit, confidence)


def test_a_chapter_without_evidence_is_told_what_to_do() -> None:
    with pytest.raises(BaselineNotFound, match=r"chapter_x/y\.md: .*chapter_x/y_origin\.md.*--baseline"):
        find_baseline(evidence())
