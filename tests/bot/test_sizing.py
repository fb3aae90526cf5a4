"""What does not fit is cut between rows, and it is said how much is missing and where it is."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.sizing import Table, fill, in_bytes, shortened

REST = "the artifact has all of it"


def table(size: int, row: str = "| 猫 |") -> Table:
    return Table(opening="| a |\n|---|", size=size, rows=[row] * size, closing="\n")


def missing(text: str) -> int:
    found = re.search(rf"\*Cut here, .*: ([\d,]+) (?:row|line)s? did not fit; {REST}\.\*", text)
    return int(found[1].replace(",", "")) if found else 0


@given(st.lists(st.integers(0, 300).map(table), max_size=6), st.integers(200, 3_000))
def test_every_row_is_shown_or_counted_and_nothing_is_too_large(tables: list[Table], room: int) -> None:
    text = fill(tables, room, rest=REST)
    assert len(text) <= room
    assert text.count("| 猫 |") + missing(text) == sum(table.size for table in tables)


def test_a_long_table_does_not_hide_a_short_one() -> None:
    text = fill([table(10_000), table(3, "| last |")], 2_000, rest=REST)
    assert text.count("| last |") == 3
    assert missing(text) > 9_000


def test_what_fits_is_left_as_it_is() -> None:
    assert shortened("a\n" * 50, 100, rest=REST) == "a\n" * 50
    assert missing(fill([table(3)], 1_000, rest=REST)) == 0


def test_a_text_that_is_cut_ends_what_it_has_opened() -> None:
    text = "<details><summary>x</summary>\n\n````sh\n```\n" + "echo\n" * 500 + "````\n\n</details>\n"
    short = shortened(text, 400, rest=REST)
    assert len(short) <= 400
    page = MarkdownIt("commonmark").render(short)
    assert page.count("<pre>") == page.count("</pre>") == 1
    assert page.index("</details>") < page.index("Cut here")
    assert missing(short) == 503 - short.count("echo")


def test_a_text_of_one_line_that_is_too_long_is_only_counted() -> None:
    assert missing(shortened("x" * 1_000, 200, rest=REST)) == 1
    assert shortened("x" * 1_000, 20, rest=REST) == ""


PIECES = ["| a |\n", "```\n", "````\n", "~~~\n", "<details>\n", "</details>\n", "猫\n", "\n", "x" * 30]


@given(
    st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.integers(0, 400), st.sampled_from([len, in_bytes])
)
def test_nothing_that_was_shortened_is_too_large(text: str, room: int, measure: object) -> None:
    assert callable(measure)
    short = shortened(text, room, rest=REST, measure=measure)
    assert measure(short) <= room
    kept = short.partition("*Cut here")[0]
    assert short == text or not short or missing(short) >= len(text.splitlines()) - len(kept.splitlines())
