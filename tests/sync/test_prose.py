"""English edits in prose, each with the translation before and after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.chapters import merge, remarks, update
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
