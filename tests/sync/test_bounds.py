"""A chapter has an end; so large a one as people write is never refused."""

from __future__ import annotations

import pytest

from alignment.markdown import D2L
from sync.chapters.bounds import BLOCKS, SENTENCES, refuse_endless
from sync.errors import InputError

LARGE = "\n\n".join(f"# Part {part}\n\n" + "Tea is hot. Milk is cold. " * 30 for part in range(200)) + "\n"
CODE = "```python\n" + "pot = 3; cup.fill(pot)\n" * 3_000 + "```\n"


@pytest.mark.parametrize("text", ["", "\n", LARGE, CODE, LARGE.replace("\n", "\r\n")])
def test_what_people_write_is_given_back_as_it_is(text: str) -> None:
    assert refuse_endless("a.md", text, D2L, "en") == text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Tea.\n\n" * (BLOCKS + 1), "blocks"),
        ("Tea is hot. " * (SENTENCES + 1), "sentences"),
        ("| a " * 30 + "|\n" + "|---" * 30 + "|\n" + ("| a " * 30 + "|\n") * 30, "sentences"),
        ("x" * 200_000, "a line of it"),
        ("x\n" * 600_000, "1,200,000 characters"),
    ],
)
def test_what_has_no_end_is_refused_with_what_it_has_too_much_of(text: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        refuse_endless("a.md", text, D2L, "en")
