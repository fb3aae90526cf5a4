"""What a translation is made from shows in what is the same in every language, and in nothing else."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from sync.baselines.fit import coverage, distances, fingerprint, votes
from tests.support.fakebook import edited, pieces, render, translate_piece

OLD = """\
# Kettles
:label:`sec_kettle`

A kettle of Potter holds $2$ cups.

```{.python .input}
#@tab mxnet
kettle = fill(2)  # pour
say("done")
```
"""


def leaning(translation: str, old: str, new: str) -> str:
    """Which of two versions a translation speaks for."""
    far = distances(fingerprint(translation), [fingerprint(old), fingerprint(new)])
    return "neither" if far[0] == far[1] else "old" if far[0] < far[1] else "new"


def with_end(end: str) -> str:
    return f"{OLD}\n{end}\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("kettle = fill(2)", "kettle = fill(3)", id="code"),
        pytest.param("$2$", "$3$", id="formula"),
        pytest.param("sec_kettle", "sec_kettles", id="label"),
        pytest.param("# Kettles", "## Kettles", id="depth of a heading"),
        pytest.param("cups.", "cups.\n\nAnd more.", id="paragraph"),
        pytest.param("#@tab mxnet", "#@tab all", id="tab of a cell"),
        pytest.param("A kettle", "[**A kettle**]", id="slide mark"),
        pytest.param("cups.", "cups :cite:`Potter.1999`.", id="citation"),
        pytest.param("cups.", "7 cups.", id="number"),
        pytest.param("say(", "# speak\nsay(", id="one comment more"),
    ],
)
def test_a_change_of_what_is_the_same_everywhere_shows(old: str, new: str) -> None:
    other = OLD.replace(old, new)
    assert other != OLD
    assert leaning(OLD, OLD, other) == "old"
    assert leaning(other, OLD, other) == "new"


@pytest.mark.parametrize(
    ("said", "other", "translated"),
    [
        pytest.param("A kettle of", "The kettle of", "Ein Kessel von", id="prose"),
        pytest.param("# pour", "# empty", "# giessen", id="comment"),
        pytest.param('"done"', '"over"', '"fertig"', id="string"),
        pytest.param("Potter", "Smith", "Töpfer", id="name"),
    ],
)
def test_what_is_translated_speaks_for_no_version(said: str, other: str, translated: str) -> None:
    assert leaning(OLD.replace(said, translated), OLD, OLD.replace(said, other)) == "neither"


@pytest.mark.parametrize(("said", "other"), [("# pour", "# empty"), ('"done"', '"over"'), ("Potter", "Smith")])
def test_a_name_a_comment_or_a_string_that_was_left_as_it_is_tells(said: str, other: str) -> None:
    assert leaning(OLD, OLD, OLD.replace(said, other)) == "old"


OWN = """
```{.python .input}
#@tab paddle
# note
kettle = paddle.fill(3)
```

:begin_tab:`paddle`
Own words.

More of them.
:end_tab:
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("kettle = fill(2)", "kettle = boil(2)", id="code"),
        pytest.param("say(", "# speak\nsay(", id="comment"),
        pytest.param("cups.", "cups.\n\nAnd more.", id="paragraph"),
    ],
)
def test_what_only_the_translation_has_does_not_count(old: str, new: str) -> None:
    other = OLD.replace(old, new)
    assert leaning(OLD + OWN, OLD, other) == "old"
    assert leaning(other + OWN, OLD, other) == "new"


def test_a_pending_comment_is_no_part_of_the_translation() -> None:
    waiting = with_end("<!-- amts:pending 0a1b\nSee :numref:`sec_lid`.\n\nIt holds $9$.\n-->")
    assert fingerprint(waiting) == fingerprint(OLD)


def test_a_blank_line_in_code_changes_nothing() -> None:
    assert fingerprint(OLD.replace("say(", "\n\nsay(")) == fingerprint(OLD)


def test_votes_are_counted_for_both_versions() -> None:
    one, other = OLD.replace("$2$", "$3$"), OLD.replace("fill(2)", "fill(3)")
    assert votes(fingerprint(OLD), fingerprint(one), fingerprint(other)) == (2.0, 2.0)


def test_coverage_is_the_share_of_an_english_text_that_a_translation_has() -> None:
    assert coverage(fingerprint(OLD + OWN), fingerprint(OLD)) == 1.0
    assert coverage(fingerprint("# Cups\n"), fingerprint(OLD)) == 0.0
    assert coverage(fingerprint(OLD), fingerprint("Words.")) == 0.0


few = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@given(st.data())
@few
def test_nothing_fits_a_made_up_translation_better_than_what_it_was_made_from(data: st.DataObject) -> None:
    history = [data.draw(pieces())]
    for _ in range(data.draw(st.integers(1, 4))):
        history.append(data.draw(edited(history[-1])))
    made_from = data.draw(st.integers(0, len(history) - 1))
    translation = fingerprint(render([translate_piece(piece) for piece in history[made_from]]))
    far = distances(translation, [fingerprint(render(version)) for version in history])
    assert far[made_from] == min(far)


@given(st.data())
@few
def test_a_made_up_history_has_the_distances_of_its_votes(data: st.DataObject) -> None:
    """The two ways to compare agree on every pair."""
    old = data.draw(pieces())
    new = data.draw(edited(old))
    translation, *both = (fingerprint(render(chapter)) for chapter in (data.draw(edited(new)), old, new))
    assume(both[0] != both[1])
    mine, theirs = votes(translation, *both)
    far = distances(translation, both)
    assert (mine > theirs, mine == theirs) == (far[0] < far[1], far[0] == far[1])
