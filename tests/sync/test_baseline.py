"""The English that a translation was made from is found by evidence, and says how it is known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from sync.baselines.baseline import Evidence, How, Recorded, find_baseline
from sync.baselines.fit import distances, fingerprint
from sync.errors import BaselineNotFound
from sync.repositories.revisions import Version
from tests.support.fakebook import edited, pieces, render, translate_piece

VERSIONS = (Version("b2", "c2", "2024-02-02"), Version("b1", "c1", "2024-01-01"))


def evidence(*, origin: str | None = None, origin_blob: str = "", given: str | None = None) -> Evidence:
    return Evidence(
        path="chapter_x/y.md",
        versions=VERSIONS,
        read=lambda version: {"b2": "new", "b1": "old"}[version.blob],
        origin=origin,
        origin_blob=origin_blob,
        given=given,
        given_blob="g",
        given_commit="cg",
    )


@pytest.mark.parametrize(
    ("known", "text", "how", "commit", "confidence"),
    [
        pytest.param(evidence(origin="old", origin_blob="b1"), "old", How.ORIGIN, "c1", 0.8, id="origin-in-history"),
        pytest.param(evidence(origin="new", origin_blob="b2"), "new", How.ORIGIN, "c2", 1.0, id="origin-is-newest"),
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


# By fit

TEXTS = {
    "v3": "# Pots\n\nA pot holds $3$ cups.\n\n```python\npot = fill(3)\nlid = cut()\n```\n\nSee :numref:`sec_lid`.\n",
    "v2": "# Pots\n\nA pot holds $2$ cups.\n\n```python\npot = fill(2)\nlid = cut()\n```\n",
    "v1": "# Pots\n\nA pot holds $2$ cups.\n\n```python\npot = fill(2)\n```\n",
}
POTS = (
    "# 壶\n\n一个壶装$2$杯。\n\n```python\npot = fill(2)  # 装满\nlid = cut()\n```\n\n```python\nown = paddle()\n```\n"
)


def history(translation: str, texts: dict[str, str] = TEXTS, origin: str = "") -> Evidence:
    return Evidence(
        path="chapter_x/y.md",
        translation=translation,
        versions=tuple(Version(name, f"c{name}", "2024-01-01") for name in texts),
        read=lambda version: texts[version.blob],
        origin=texts[origin] if origin else None,
        origin_blob=origin,
    )


def test_without_a_record_the_version_that_fits_is_found_with_its_reason() -> None:
    found = find_baseline(history(POTS))
    assert (found.how, found.blob, found.text) == (How.FIT, "v2", TEXTS["v2"])
    assert "fits 1 of 1 marks" in found.reason
    assert 0.6 <= found.confidence < 1


def test_a_snapshot_that_was_left_behind_gives_way_to_what_fits() -> None:
    newer = POTS.replace("2", "3").replace("```\n\n```python\nown", "```\n\n见:numref:`sec_lid`。\n\n```python\nown")
    found = find_baseline(history(newer, origin="v1"))
    assert (found.how, found.blob) == (How.FIT, "v3")
    assert "its _origin.md fits 0 where they differ" in found.reason


def test_a_snapshot_is_believed_as_long_as_nothing_speaks_clearly_against_it() -> None:
    found = find_baseline(history(POTS, origin="v2"))
    assert (found.how, found.blob) == (How.ORIGIN, "v2")


def test_a_snapshot_that_is_in_no_commit_is_weighed_against_the_versions_since() -> None:
    by_hand = TEXTS["v1"].replace("A pot", "Every pot")
    known = replace(history(POTS), origin=by_hand, origin_blob="by hand")
    assert (find_baseline(known).how, find_baseline(known).blob) == (How.FIT, "v2")
    older = find_baseline(replace(known, translation=POTS.replace("lid = cut()\n", "")))
    assert (older.how, older.text, older.commit) == (How.ORIGIN, by_hand, "")
    assert "in no commit that is known" in older.reason


def test_versions_before_the_snapshot_are_not_looked_at() -> None:
    looked: list[str] = []
    known = history(POTS, origin="v2")
    find_baseline(replace(known, read=lambda version: looked.append(version.blob) or TEXTS[version.blob]))  # type: ignore[func-returns-value]
    assert "v1" not in looked


WORDS = "\n".join(f"Pot number {number} stands on the long shelf." for number in range(12))


def test_of_versions_that_fit_alike_the_oldest_is_taken_and_people_are_asked_to_look() -> None:
    texts = {"v3": TEXTS["v3"], "v2b": TEXTS["v2"].replace("A pot", "One pot"), "v2": TEXTS["v2"]}
    found = find_baseline(history(POTS, texts))
    assert (found.blob, found.is_sure) == ("v2", False)
    assert "2 of 3 versions fit alike" in found.reason


@pytest.mark.parametrize(
    ("wording", "is_enough"),
    [
        pytest.param(WORDS.replace("long", "short", 1), True, id="a word"),
        pytest.param(WORDS.replace("long", "short"), False, id="many words"),
    ],
)
def test_equals_that_differ_by_a_few_words_are_good_enough(wording: str, is_enough: bool) -> None:
    texts = {"v3": TEXTS["v3"] + WORDS, "v2b": TEXTS["v2"] + wording, "v2": TEXTS["v2"] + WORDS}
    found = find_baseline(history(POTS, texts))
    assert (found.blob, found.is_sure, found.is_enough) == ("v2", False, is_enough)


def test_where_no_version_can_be_told_from_another_the_oldest_is_taken_and_that_is_said() -> None:
    texts = {"v2b": TEXTS["v2"].replace("A pot", "One pot"), "v2": TEXTS["v2"]}
    found = find_baseline(history(POTS, texts))
    assert (found.blob, found.is_sure, found.reason[:27]) == ("v2", False, "2 of 2 versions fit alike; ")


def test_versions_that_are_only_wrapped_otherwise_are_one() -> None:
    texts = {"v2b": TEXTS["v2"].replace("pot holds", "pot\nholds"), "v2": TEXTS["v2"], "v1": TEXTS["v1"]}
    found = find_baseline(history(POTS, texts))
    assert (found.blob, found.is_sure) == ("v2", True)
    assert "fits 1 of 1 marks" in found.reason


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param({"b": "# Pots\n\nA pot.\n", "a": "# Pots\n\nOne pot.\n"}, id="there is nothing but words"),
        pytest.param({"b": "# Cups\n\n```python\ncup = 1\nlid = 0\n```\n"}, id="a text that is no translation of it"),
        pytest.param({"b": "# Cups\n"}, id="nothing to compare"),
    ],
)
def test_where_the_texts_say_nothing_nothing_is_guessed(texts: dict[str, str]) -> None:
    with pytest.raises(BaselineNotFound):
        find_baseline(history(POTS, texts))


def test_a_record_is_believed_until_people_put_other_english_beside_the_translation() -> None:
    recorded = Recorded(commit="c", blob="v1", text=TEXTS["v1"])
    assert find_baseline(replace(history(POTS, origin="v1"), recorded=recorded)).how is How.STATE
    assert find_baseline(replace(history(POTS, origin="v2"), recorded=recorded)).how is How.ORIGIN


few = settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@given(st.data())
@few
def test_a_made_up_translation_is_never_said_to_be_from_a_version_that_fits_it_worse(data: st.DataObject) -> None:
    old = data.draw(pieces())
    new = data.draw(edited(old))
    texts = {"new": render(new), "old": render(old)}
    wanted = data.draw(st.sampled_from(["new", "old"]))
    translation = render([translate_piece(piece) for piece in (new if wanted == "new" else old)])
    far = distances(fingerprint(translation), [fingerprint(text) for text in texts.values()])
    assume(far[0] != far[1])
    try:
        found = find_baseline(history(translation, texts))
    except BaselineNotFound:
        return  # it has no mark that a translation would keep
    assert far[list(texts.values()).index(found.text)] == min(far)
    assert far[list(texts).index(wanted)] == min(far)


@given(st.data())
@few
def test_a_snapshot_gives_way_only_to_a_newer_version_that_fits_better(data: st.DataObject) -> None:
    versions = [data.draw(pieces())]
    for _ in range(data.draw(st.integers(1, 4))):
        versions.insert(0, data.draw(edited(versions[0])))
    texts = {f"v{number}": render(version) for number, version in enumerate(versions)}
    assume(len(set(texts.values())) == len(texts))
    snapshot = data.draw(st.integers(0, len(versions) - 1))
    wanted = data.draw(st.integers(0, snapshot))
    translation = render([translate_piece(piece) for piece in versions[wanted]])
    found = find_baseline(history(translation, texts, f"v{snapshot}"))
    far = distances(fingerprint(translation), [fingerprint(text) for text in texts.values()])
    number = list(texts).index(found.blob)
    assert number <= snapshot
    assert number == snapshot or far[number] == far[wanted] < far[snapshot]
