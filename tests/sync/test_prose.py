"""English edits in prose, each with the translation before and after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sync.model import RevisionPair, Status
from tests.support.account import unaccounted
from tests.support.chapters import merge, remarks, render, rewrapped, update, without_pending
from tests.support.golden import read_folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.golden import Case

CASES = read_folder("prose", 6)
"""Title (language first), old English, new English, translation, result, what became of each change."""

golden = pytest.mark.parametrize("case", CASES, ids=str)


def parts(case: Case) -> tuple[str, str, str, str, str]:
    lang = case.title.partition(":")[0]
    return lang, *(f"{text}\n" for text in case.texts[1:5])


@golden
def test_a_chapter_becomes_what_it_should(case: Case, expect: Callable[..., None]) -> None:
    lang, old, new, target, _ = parts(case)
    result = update(old, new, target, lang)
    assert result.text.endswith("\n")
    expect(case, result.text[:-1], remarks(result))


@golden
def test_windows_line_ends_stay_and_change_nothing_else(case: Case) -> None:
    lang, old, new, target, expected = parts(case)
    result = update(old, new, target.replace("\n", "\r\n"), lang)
    assert result.text == expected.replace("\n", "\r\n")
    assert update(old.replace("\n", "\r\n"), new.replace("\n", "\r\n"), target, lang).text == expected


@golden
def test_a_byte_order_mark_and_a_missing_last_line_end_stay(case: Case) -> None:
    lang, old, new, target, expected = parts(case)
    assert update(old, new, f"\ufeff\n{target[:-1]}", lang).text == f"\ufeff\n{expected[:-1]}"


@golden
def test_a_second_update_does_nothing(case: Case) -> None:
    lang, _, new, _, expected = parts(case)
    again = merge(new, new, expected, lang)
    assert (again.text, again.outcomes, again.characters) == (expected, (), 0)


@golden
def test_english_wrapped_anew_is_no_change(case: Case) -> None:
    lang, _, new, _, expected = parts(case)
    assert merge(new, rewrapped(new), expected, lang).text == expected


@golden
def test_every_change_of_english_is_told_once(case: Case) -> None:
    lang, old, new, target, _ = parts(case)
    pair = RevisionPair(path="tea/pots.md", lang=lang, en_old=old, en_new=new, tgt_old=target)
    assert unaccounted(pair, update(old, new, target, lang)) == []


@golden
def test_english_that_waits_renders_nothing(case: Case) -> None:
    lang, old, new, target, _ = parts(case)
    text = update(old, new, target, lang).text
    assert render(text) == render(without_pending(text))


def test_what_a_waiting_item_of_an_inner_list_cites_is_not_missing() -> None:
    item = "1. A pot holds water, and so does a kettle.\n"
    old = f"# Tea\n\n{item}    1. The lid keeps it warm.\n"
    inner = "    1. Read more about *clay* in :cite:`Potter.1973`. It says what a kiln is for.\n"
    new = f"# Tea\n\n{item}    1. The lid keeps it warm.\n{inner}"
    result = update(
        old, new, "# Té\n\n1. Una olla guarda agua, y una tetera también.\n    1. La tapa la calienta.\n", "es"
    )
    assert (result.status, result.reason) == (Status.DELIVERED, "")


@pytest.mark.parametrize(("page", "follows"), [("101", True), ("999", False)])
def test_a_translation_that_leads_to_englishs_own_discussions_follows_their_addresses(page: str, follows: bool) -> None:
    old = "# Tea\n\n[Discussions](https://discuss.d2l.ai/t/101)\n"
    target = f"# Té\n\n[Debate](https://discuss.d2l.ai/t/{page})\n"
    result = update(old, old.replace("101", "202"), target, "es")
    assert result.text == (target.replace(page, "202") if follows else target)
