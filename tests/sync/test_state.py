"""What waits for a translation is remembered until it is translated or gone, in bytes that differ only for a cause."""

from __future__ import annotations

import json

import pytest

from sync.errors import InputError, UsageError
from sync.model import ChapterResult, Fate, Origin, Outcome, Status
from sync.state import ChapterState, Machine, Pending, dump_state, load_state, next_state, unsettled

EDITED = Pending(
    digest="aa", op="edited", old_source="A cat sat.", new_source="A cat slept.", old_target="一只猫坐着。"
)
ADDED = Pending(digest="bb", op="added", new_source="A dog came.")
REMOVED = Pending(digest="cc", op="removed", old_source="A bird.", old_target="一只鸟。")


def state(*pending: Pending) -> ChapterState:
    return ChapterState(commit="c1", blob="b1", pending=pending)


def result(text: str, *outcomes: Outcome) -> ChapterResult:
    return ChapterResult(path="a.md", lang="zh", status=Status.DELIVERED, text=text, outcomes=outcomes)


def test_without_a_file_nothing_is_remembered() -> None:
    assert load_state(None, "a.json") == ChapterState()


def test_what_is_dumped_is_loaded_again() -> None:
    assert load_state(dump_state(state(EDITED, ADDED, REMOVED)), "a.json") == state(EDITED, ADDED, REMOVED)


def test_the_bytes_do_not_depend_on_the_order_in_which_things_were_found() -> None:
    text = dump_state(state(REMOVED, ADDED, EDITED, ADDED))
    assert text == dump_state(state(EDITED, ADDED, REMOVED))
    assert text.endswith("}\n")
    assert "\r" not in text
    assert '\n "baseline": {\n  "blob": "b1",\n  "commit": "c1"\n },\n' in text
    assert "一只猫坐着。" in text


def test_no_more_than_needed_is_written() -> None:
    assert json.loads(dump_state(state(ADDED)))["pending"] == [
        {"digest": "bb", "op": "added", "new_source": "A dog came."}
    ]


def test_a_state_of_a_later_version_is_refused_by_its_number() -> None:
    with pytest.raises(UsageError, match=r"a\.json: version 3 of the state is not known"):
        load_state('{"version": 3}', "a.json")


def test_a_state_of_the_first_version_is_read_and_written_as_one_of_today() -> None:
    first = '{"version": 1, "baseline": {"commit": "c1", "blob": "b1"}, "pending": [{"digest": "bb", "op": "added"}]}'
    upgraded = load_state(first, "a.json")
    assert upgraded == state(Pending(digest="bb", op="added"))
    assert json.loads(dump_state(upgraded))["version"] == 2


@pytest.mark.parametrize("text", ["", "[]", "{}", "nonsense", '{"version": 1}', '{"version": 1, "baseline": 3}'])
def test_a_damaged_state_is_refused_by_its_name(text: str) -> None:
    with pytest.raises(InputError, match=r"a\.json: not a state"):
        load_state(text, "a.json")


def test_a_pending_edit_is_taken_back_so_that_it_is_offered_again() -> None:
    english, left = unsettled("# T\n\nA cat\nslept. It rained.\n", "# 题\n\n一只猫坐着。下雨了。\n", state(EDITED))
    assert english == "# T\n\nA cat sat. It rained.\n"
    assert left.pending == ()


@pytest.mark.parametrize(
    ("english", "target", "entry"),
    [
        pytest.param("A cat slept. A cat slept.\n", "一只猫坐着。\n", EDITED, id="it-stands-twice"),
        pytest.param("A cat ran.\n", "一只猫坐着。\n", EDITED, id="english-moved-on"),
        pytest.param("A cat slept.\n", "一只猫睡了。\n", EDITED, id="translated-by-hand"),
        pytest.param("A dog came.\n", "x\n", ADDED, id="added"),
        pytest.param("x\n", "一只鸟。\n", REMOVED, id="removed"),
    ],
)
def test_what_cannot_be_taken_back_without_doubt_stays(english: str, target: str, entry: Pending) -> None:
    assert unsettled(english, target, state(entry)) == (english, state(entry))


def test_what_an_update_left_pending_is_remembered_and_the_rest_is_not() -> None:
    outcomes = (
        Outcome(op="edited", fate=Fate.PENDING, line=1, old_source="a", new_source="b", old_target="甲"),
        Outcome(op="edited", fate=Fate.DRAFTED, line=2, old_source="c", new_source="d", new_target="丁"),
        Outcome(op="removed", fate=Fate.PENDING, line=3, old_source="e", old_target="戊"),
    )
    found = next_state(ChapterState(), result("甲丁戊", *outcomes), source="b d", commit="c2", blob="b2")
    assert (found.commit, found.blob) == ("c2", "b2")
    assert {(entry.op, entry.old_source, entry.new_source) for entry in found.pending} == {
        ("edited", "a", "b"),
        ("removed", "e", ""),
    }


@pytest.mark.parametrize(
    ("entry", "source", "target", "open_"),
    [
        pytest.param(EDITED, "A cat\nslept.", "一只猫坐着。", True, id="edited-still-old"),
        pytest.param(EDITED, "A cat slept.", "一只猫睡了。", False, id="edited-by-hand-since"),
        pytest.param(EDITED, "A cat ran.", "一只猫坐着。", False, id="english-went-on"),
        pytest.param(
            ADDED, "A dog came.", "<!-- amts:pending bb\nA dog came.\n-->", True, id="added-still-in-its-comment"
        ),
        pytest.param(ADDED, "A dog came.", "来了一只狗。", False, id="added-translated-since"),
        pytest.param(REMOVED, "x", "一只鸟。", True, id="removed-still-there"),
        pytest.param(REMOVED, "x", "y", False, id="removed-by-hand-since"),
    ],
)
def test_what_was_pending_before_stays_as_long_as_it_is_true(
    entry: Pending, source: str, target: str, open_: bool
) -> None:
    found = next_state(state(entry), result(target), source=source, commit="c2", blob="b2")
    assert found.pending == ((entry,) if open_ else ())


def drafted(source: str, target: str) -> Outcome:
    return Outcome(op="added", fate=Fate.DRAFTED, line=1, new_source=source, new_target=target, origin=Origin.MACHINE)


def test_what_a_machine_wrote_is_remembered_as_long_as_english_says_it() -> None:
    after = next_state(
        state(),
        result("一只狗来了。", drafted("A dog came.", "一只狗来了。")),
        source="A dog came.",
        commit="",
        blob="",
    )
    assert after.machine == (Machine(source="A dog came.", target="一只狗来了。", origin="machine"),)
    later = next_state(after, result("一只狗来了。"), source="A dog\ncame. It barked.", commit="", blob="")
    assert later.machine == after.machine
    gone = next_state(later, result("什么也没有。"), source="Nothing.", commit="", blob="")
    assert gone.machine == ()


def test_what_is_kept_and_who_recorded_a_baseline_is_written_and_read() -> None:
    kept = ChapterState(commit="c1", blob="b1", how="set", keep=("bb", "aa", "aa"))
    assert json.loads(dump_state(kept))["keep"] == ["aa", "bb"]
    assert load_state(dump_state(kept), "a.json").how == "set"
