"""Of some updates those are merged that leave the book whole; the others wait, and say for what."""

from __future__ import annotations

from itertools import chain, combinations
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from sync.checks.book import BookText, Library
from sync.wholeness.hold import Holding, hold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from random import Random

Texts = dict[str, str]


def cell(code: str, tab: str = "") -> str:
    return "```{.python .input}\n" + (f"#@tab {tab}\n" if tab else "") + code + "\n```\n"


def saves(name: str, tab: str = "") -> str:
    return cell(f"def {name}(cup):  #@save\n    return cup", tab)


def calls(name: str, tab: str = "") -> str:
    return cell(f"d2l.{name}(1)", tab)


def label(name: str) -> str:
    return f"## Part\n:label:`{name}`\n\n"


def refers(name: str) -> str:
    return f"See :numref:`{name}`.\n\n"


def decide(
    fork: Texts,
    updates: Mapping[str, str | None],
    english: Texts | None = None,
    together: Iterable[tuple[str, ...]] = (),
    standing: Mapping[str, str] | None = None,
) -> Holding:
    """English has what the updates have, unless it is given."""
    new = {path: text for path, text in updates.items() if text is not None}
    library = Library(english=BookText(chapters=english or new), fork=BookText(chapters=fork))
    return hold(library, updates, together=together, standing=standing)


def test_updates_that_need_nothing_of_each_other_are_merged_one_by_one() -> None:
    assert decide({"a.md": "A", "b.md": "B"}, {"a.md": "A2", "b.md": saves("pour")}) == Holding()


def test_a_chapter_that_calls_what_another_update_brings_goes_with_it() -> None:
    found = decide(
        {"a.md": "A", "b.md": "B", "c.md": "C"}, {"a.md": calls("pour"), "b.md": saves("pour"), "c.md": "C2"}
    )
    assert found.groups == (("a.md", "b.md"),)
    assert not found.held


def test_a_chapter_that_calls_what_only_an_untranslated_chapter_has_waits_and_says_for_what() -> None:
    english = {"a.md": calls("pour"), "new.md": saves("pour")}
    found = decide({"a.md": "A"}, {"a.md": calls("pour")}, english=english, standing={"new.md": "no translation yet"})
    assert found.held == {
        "a.md": "would call `d2l.pour`, which the fork does not have: it comes with new.md (no translation yet)"
    }


def test_what_waits_makes_those_wait_that_need_it() -> None:
    updates = {"a.md": calls("pour"), "b.md": saves("pour") + calls("boil"), "c.md": "C2"}
    found = decide({"a.md": "A", "b.md": "B", "c.md": "C"}, updates, english={**updates, "new.md": saves("boil")})
    assert set(found.held) == {"a.md", "b.md"}
    assert "b.md (held as well)" in found.held["a.md"]


def test_a_name_that_english_does_not_define_either_holds_nobody() -> None:
    assert decide({"a.md": "A"}, {"a.md": calls("reshape")}) == Holding()


def test_what_was_broken_before_holds_nobody() -> None:
    english = {"a.md": calls("pour"), "new.md": saves("pour")}
    assert decide({"a.md": calls("pour")}, {"a.md": calls("pour") + "More."}, english=english) == Holding()


def test_what_one_chapter_lacks_already_does_not_hold_it_when_another_begins_to_use_it() -> None:
    text = calls("pour")
    english = {"a.md": text, "b.md": text, "new.md": saves("pour")}
    found = decide({"a.md": text, "b.md": "B"}, {"a.md": text + "More.", "b.md": text}, english=english)
    assert set(found.held) == {"b.md"}


def test_an_update_that_takes_away_what_an_unchanged_chapter_uses_waits() -> None:
    found = decide({"a.md": label("sec_pots"), "b.md": refers("sec_pots")}, {"a.md": label("sec_cups")})
    assert found.held == {"a.md": "would take away what lets b.md (not part of this update) refer to `sec_pots`"}


def test_names_that_english_now_has_from_elsewhere_are_nobodys_to_take_away() -> None:
    fork = {"a.md": saves("reshape"), "b.md": calls("reshape")}
    assert decide(fork, {"a.md": "A"}, english={"a.md": "A", "b.md": calls("reshape")}) == Holding()
    assert set(decide(fork, {"a.md": "A"}, english={"a.md": "A"}).held) == {"a.md"}


def test_a_rename_of_a_label_goes_with_the_chapters_that_follow_it() -> None:
    fork = {"a.md": label("sec_pots"), "b.md": refers("sec_pots")}
    found = decide(fork, {"a.md": label("sec_cups"), "b.md": refers("sec_cups")})
    assert found == Holding(groups=(("a.md", "b.md"),))


def test_what_moves_to_another_chapter_comes_and_goes_at_once() -> None:
    fork = {"a.md": label("sec_pots"), "b.md": "B", "user.md": refers("sec_pots")}
    assert decide(fork, {"a.md": "A", "b.md": label("sec_pots")}).groups == (("a.md", "b.md"),)


def test_names_are_looked_for_in_the_tab_that_calls_them() -> None:
    fork = {"a.md": calls("x", "mxnet"), "b.md": saves("pour", "mxnet"), "c.md": calls("x", "pytorch")}
    english = {"a.md": calls("pour", "pytorch"), "new.md": saves("pour", "pytorch")}
    assert set(decide(fork, {"a.md": calls("pour", "pytorch")}, english=english).held) == {"a.md"}
    assert not decide(fork, {"a.md": calls("pour", "mxnet")}, english=english).held


def test_code_for_a_framework_that_the_fork_does_not_have_holds_nobody() -> None:
    english = {"a.md": calls("pour", "jax"), "new.md": saves("pour", "jax")}
    assert decide({"a.md": calls("x", "mxnet")}, {"a.md": calls("pour", "jax")}, english=english) == Holding()


def test_updates_that_are_one_wait_together() -> None:
    fork = {"old.md": label("sec_pots"), "user.md": refers("sec_pots")}
    found = decide(fork, {"old.md": None, "new.md": "N"}, together=[("old.md", "new.md")])
    assert found.held["new.md"] == "goes together with old.md, which must wait"
    assert "user.md" in found.held["old.md"]
    moved = decide(fork, {"old.md": None, "new.md": label("sec_pots")}, together=[("old.md", "new.md")])
    assert moved == Holding(groups=(("new.md", "old.md"),))


def test_a_reference_to_a_section_that_waits_for_its_translation_goes_with_it_and_says_so() -> None:
    waiting = f"<!-- amts:pending 0123456789abcdef\n{label('sec_new')}-->\n"
    found = decide(
        {"a.md": "A", "b.md": "B"}, {"a.md": refers("sec_new"), "b.md": waiting}, english={"b.md": label("sec_new")}
    )
    assert found.groups == (("a.md", "b.md"),)
    assert [(use.path, use.line) for use in found.waiting] == [("a.md", 1)]
    assert "waits for a translation" in found.waiting[0].message


def test_an_entry_of_the_bibliography_comes_with_the_chapter_that_cites_it() -> None:
    cites = "As :cite:`Potter.1999,Lid.2001` say.\n"
    english = BookText(chapters={"a.md": cites}, others={"d2l.bib": "@book{Potter.1999,}\n@book{Lid.2001,}"})
    for bibliography, held in (("d2l.bib", False), ("other.bib", True)):
        fork = BookText(chapters={"a.md": "A"}, others={bibliography: "@book{Potter.1999,}"})
        found = hold(Library(english=english, fork=fork), {"a.md": cites})
        assert bool(found.held) is held
        assert not held or "cite `lid.2001`" in found.held["a.md"]


def test_a_reason_says_how_many_more_there_are() -> None:
    text = calls("pour") + calls("boil")
    english = {"a.md": text, "new.md": saves("pour") + saves("boil")}
    assert decide({"a.md": "A"}, {"a.md": text}, english=english).held["a.md"].endswith(", and 1 more like it")


def test_a_reason_names_the_first_cause_before_chapters_that_wait_themselves() -> None:
    fork = {"a.md": refers("sec_b"), "b.md": label("sec_b")}
    updates = {"a.md": refers("sec_new") + calls("pour"), "b.md": label("sec_new")}
    found = decide(fork, updates, english={**updates, "new.md": saves("pour")})
    assert found.held["a.md"].startswith("would call `d2l.pour`")
    assert found.held["b.md"] == "would take away what lets a.md (held as well) refer to `sec_b`"


PATHS = ("a.md", "b.md", "c.md", "d.md", "e.md")
PARTS = tuple(
    part for name in "xyz" for part in (saves(name), calls(name), label(f"sec_{name}"), refers(f"sec_{name}"))
)
CHAPTERS = st.lists(st.sampled_from(PARTS), max_size=4).map(lambda parts: "Text.\n\n" + "".join(parts))
BOOKS = st.dictionaries(st.sampled_from(PATHS), CHAPTERS)
UPDATES = st.dictionaries(st.sampled_from(PATHS), st.none() | CHAPTERS)


DEFINED = {
    **{calls(name): saves(name) for name in "xyz"},
    **{refers(f"sec_{name}"): label(f"sec_{name}") for name in "xyz"},
}
"""What uses something → what defines it."""


def broken(
    fork: Texts, updates: Mapping[str, str | None], merged: Iterable[str], english: Texts
) -> list[tuple[str, str]]:
    """Chapter and use of what does not resolve with some updates merged, and did before or is new and in English."""
    after = {path: text for path, text in (fork | {path: updates[path] for path in merged}).items() if text is not None}
    return [
        (path, use)
        for path, text in after.items()
        for use, definition in DEFINED.items()
        if use in text
        and not has(after, definition)
        and (
            (has(fork, definition) and not is_given(english, use))
            or (use not in fork.get(path, "") and has(english, definition))
        )
    ]


def is_given(english: Texts, use: str) -> bool:
    return "d2l." in use and has(english, use) and not has(english, DEFINED[use])


def has(book: Texts, part: str) -> bool:
    return any(part in text for text in book.values())


@given(BOOKS, UPDATES, BOOKS)
def test_what_is_merged_breaks_nothing_in_whatever_groups_it_is_merged(
    fork: Texts, updates: dict[str, str | None], english: Texts
) -> None:
    found = decide(fork, updates, english=english or {"none.md": ""})
    merged = [path for path in updates if path not in found.held]
    assert not broken(fork, updates, merged, english)
    grouped = {path for group in found.groups for path in group}
    units = [*found.groups, *((path,) for path in merged if path not in grouped)]
    for some in chain.from_iterable(combinations(units, size) for size in range(len(units) + 1)):
        assert not broken(fork, updates, [path for unit in some for path in unit], english)


@given(BOOKS, UPDATES, BOOKS)
def test_no_update_waits_that_could_be_merged_with_the_others(
    fork: Texts, updates: dict[str, str | None], english: Texts
) -> None:
    found = decide(fork, updates, english=english or {"none.md": ""})
    merged = [path for path in updates if path not in found.held]
    for path in found.held:
        assert broken(fork, updates, [*merged, path], english)


@given(BOOKS, UPDATES, BOOKS, st.randoms(use_true_random=False))
def test_the_order_of_updates_does_not_matter(
    fork: Texts, updates: dict[str, str | None], english: Texts, random: Random
) -> None:
    shuffled = list(updates.items())
    random.shuffle(shuffled)
    assert decide(fork, updates, english=english or {"n.md": ""}) == decide(
        fork, dict(shuffled), english=english or {"n.md": ""}
    )
