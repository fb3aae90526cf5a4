"""Scores of a synchronization: what counts as work saved, as wording lost, as broken, as silently stale."""

from __future__ import annotations

import importlib.util
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sync.measure.events import Event, read_events
from sync.measure.score import Score, score, summarize
from sync.measure.stale import find_stale
from sync.measure.texts import lines, prose, tokens
from sync.model import ChapterResult, Fate, Outcome, RevisionPair, Status

if TYPE_CHECKING:
    from types import ModuleType

SHARED = Path(__file__).parents[3] / "shared"

OLD = "# 猫\n\n猫在垫子上睡觉。\n\n猫喜欢鱼。\n"
HUMAN = "# 猫\n\n猫在垫子上睡觉。\n\n猫很喜欢牛奶。\n"


def event(old: str = OLD, human: str = HUMAN, en_old: str = "# Cat\n", en_new: str = "# Cat\n") -> Event:
    pair = RevisionPair(path="cats", lang="zh", en_old=en_old, en_new=en_new, tgt_old=old)
    return Event(id="cats", kind="prose-edit", grade="gold", pair=pair, human=human)


# Texts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("猫喜欢。", ["猫", "喜", "欢", "。"], id="each Chinese character"),
        pytest.param("한국", ["한", "국"], id="each Hangul syllable"),
        pytest.param("Kediler uyur.", ["Kediler", "uyur", "."], id="words and signs"),
        pytest.param("a_1猫", ["a_1猫"], id="a word with what is written together with it"),
        pytest.param("a\n\nb\n", ["a", "\n\n", "b", "\n"], id="line ends"),
    ],
)
def test_a_text_is_cut_into_what_is_typed(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("a\n```\ncode\n```\nb", "a\n\nb", id="a cell"),
        pytest.param("a\n  ~~~\ncode\n```\n~~~\nb", "a\n\nb", id="a cell of the other kind"),
        pytest.param("a\n```\ncode", "a\n", id="a cell that is never closed"),
        pytest.param("a $$x$$ b $y$", "a  b $y$", id="display math"),
    ],
)
def test_prose_has_no_cells_and_no_display_math(text: str, expected: str) -> None:
    assert prose(text) == expected


def test_lines_are_counted_without_indentation_and_empty_ones() -> None:
    assert lines("  a\n\na\nb \n") == {"a": 2, "b": 1}


# Scores


def test_the_humans_text_saves_everything_and_the_old_one_nothing() -> None:
    best, idle = summarize([score(event(), HUMAN)]), summarize([score(event(), OLD)])
    assert (best.saved, best.indel, best.prose, best.median, best.worse, best.lost) == (1, 1, 1, 1, 0, 0)
    assert (idle.saved, idle.indel, idle.prose, idle.median, idle.worse, idle.lost) == (0, 0, 0, 0, 0, 0)


def test_a_draft_to_be_typed_anew_saves_less_by_indel() -> None:
    found = summarize([score(event(), OLD.replace("喜欢鱼", "很讨厌狗"))])
    assert found.indel < found.saved


def test_what_is_farther_away_than_before_is_worse() -> None:
    found = summarize([score(event(), "犬"), score(event(), HUMAN)])
    assert found.worse == 1
    assert found.median == pytest.approx((1 + score_of("犬")) / 2)


def score_of(output: str) -> float:
    return summarize([score(event(), output)]).saved


def test_a_line_that_humans_kept_and_the_output_does_not_have_is_lost() -> None:
    found = score(event(), HUMAN.replace("猫在垫子上睡觉。", "猫在睡觉。"))
    assert (found.lost.part, found.lost.whole) == (1, 2)


def test_wording_that_humans_kept_inside_a_changed_line_is_lost_by_retranslation() -> None:
    kept, retranslated = score(event(), HUMAN), score(event(), OLD.replace("猫喜欢鱼。", "它爱喝牛奶。"))
    assert kept.lost_inside.part == 0
    assert (retranslated.lost_inside.part, retranslated.lost_inside.whole) == (3, 4)


def test_changed_lines_are_compared_with_those_that_humans_changed() -> None:
    found = summarize([score(event(), OLD.replace("# 猫", "# 狗").replace("鱼", "奶"))])
    assert (found.precision, found.recall) == (0.5, 1.0)


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        pytest.param("见 :numref:`b`。", (), id="as humans have it"),
        pytest.param("见 :numref:`c`。", (), id="as English has it"),
        pytest.param("见 :numref:`a`。", ("reference",), id="as it was before English changed it"),
        pytest.param("见 :numref:`c` 和 :cite:`x`。", ("citation",), id="with one that nobody has"),
    ],
)
def test_an_anchor_is_broken_that_neither_humans_nor_english_have_so_often(
    output: str, expected: tuple[str, ...]
) -> None:
    about = event("见 :numref:`a`。", "见 :numref:`b`。", "See :numref:`a`.", "See :numref:`c`.")
    assert score(about, output).broken == expected


def test_an_anchor_only_the_fork_has_may_stay() -> None:
    about = event("见 :numref:`own`。", "见。", "See.", "Look.")
    assert score(about, "见 :numref:`own`。").broken == ()


# Stale segments


def result(*outcomes: Outcome) -> ChapterResult:
    return ChapterResult(path="cats", lang="zh", status=Status.DELIVERED, text=OLD, outcomes=outcomes)


def told(fate: Fate, new_target: str = "猫喜欢鱼。", op: str = "edited") -> Outcome:
    sources = {"old_source": "Cats like fish.", "new_source": "Cats like milk."}
    return Outcome(op=op, fate=fate, line=3, old_target="猫喜欢鱼。", new_target=new_target, **sources)


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        pytest.param((), ("Cats like milk.",), id="it is not told"),
        pytest.param((told(Fate.CARRIED),), ("Cats like milk.",), id="it is told as done, and nothing was done"),
        pytest.param((told(Fate.PENDING),), (), id="it is pending"),
        pytest.param((told(Fate.DRAFTED, "猫喜欢牛奶。"),), (), id="it is drafted"),
    ],
)
def test_a_change_is_silently_stale_if(outcomes: tuple[Outcome, ...], expected: tuple[str, ...]) -> None:
    about = event(en_old="# Cats\n\nCats like fish.\n", en_new="# Cats\n\nCats like milk.\n")
    assert find_stale(about.pair, result(*outcomes)) == expected


@pytest.mark.parametrize(
    ("old", "new", "target"),
    [
        pytest.param("Cats, dogs and fish", "Cats, dogs, and fish", "猫、狗和鱼", id="signs"),
        pytest.param("The Cat", "The cat", "猫", id="capitals"),
        pytest.param("a timestep", "a time step", "时间步", id="a space"),
        pytest.param("x = f(1)", "x = g(1)", "x = g(1)", id="what the translators had done before"),
    ],
)
def test_an_edit_that_changes_nothing_in_the_translation_is_not_stale(old: str, new: str, target: str) -> None:
    outcome = Outcome(
        op="edited",
        fate=Fate.CARRIED,
        line=1,
        old_source=old,
        new_source=new,
        old_target=target,
        new_target=target,
    )
    assert find_stale(event().pair, result(outcome)) == ()


# Against the published definition


def scorer() -> ModuleType:
    """The scorer that comes with the recorded data."""
    spec = importlib.util.spec_from_file_location("sync_score", SHARED / "bench" / "sync_score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


OUTPUTS = {
    "half of each": lambda about: about.human[: len(about.human) // 2] + about.pair.tgt_old[-2000:],
    "the humans' text with slips": lambda about: about.human.replace(":numref:", "", 1).replace("。", ".", 3),
}


@pytest.mark.skipif(not (SHARED / "data").is_dir(), reason="the recorded events (../shared) are not here")
@pytest.mark.parametrize("name", OUTPUTS)
def test_scores_are_those_of_the_published_definition(name: str) -> None:
    theirs, mine = [], []
    module = scorer()
    for about in read_events(SHARED / "data"):
        output = OUTPUTS[name](about)
        theirs.append(module.score(SHARED / "data" / "events" / about.id, output))
        mine.append(score(about, output))
        assert set(mine[-1].broken) == set(theirs[-1]["broken"])
    assert figures(mine) == pytest.approx(module.summary(theirs), abs=1e-4)


def figures(scores: list[Score]) -> dict[str, float]:
    """A summary by the names of the published definition."""
    found = asdict(summarize(scores))
    return found | {"missing": 0, "touch_p": found.pop("precision"), "touch_r": found.pop("recall")}
