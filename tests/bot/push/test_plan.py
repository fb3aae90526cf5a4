"""Plans: which forks there are, how they become rows, and that a plan is the one that was made."""

from __future__ import annotations

import json

import pytest

from bot.push.plan import ROWS, Fork, chosen, make_plan, read_forks, read_plan, row_of
from sync.errors import InputError, UsageError

LIST = "- {language: zh, repository: book/zh}\n- language: pt-BR\n  repository: others/pt\n"
ZH = Fork(language="zh", repository="book/zh")
PT = Fork(language="pt-BR", repository="others/pt")


def many(number: int, owner: str = "book") -> tuple[Fork, ...]:
    return tuple(Fork(language=f"xx-{at}", repository=f"{owner}/{at}") for at in range(number))


def test_the_list_of_forks_is_read() -> None:
    assert read_forks(LIST) == (ZH, PT)


def test_an_empty_list_has_no_forks() -> None:
    assert read_forks("") == read_forks("[]") == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("zh: book/zh", "it is no list"),
        ("- zh", "entry 1"),
        ("- {language: zh}", "entry 1"),
        ("- {language: zh, repository: book/zh, token: x}", "entry 1"),
        ("- {language: ../zh, repository: book/zh}", "entry 1"),
        ("- {language: zh, repository: https://example.org/book/zh}", "entry 1"),
        ("- {language: zh, repository: book/..}", "entry 1"),
        ("- {language: zh, repository: 'book/zh$(id)'}", "entry 1"),
        ("- {language: [zh], repository: book/zh}", "entry 1"),
        (LIST + "- {language: ZH, repository: book/more}\n", "zh is there twice"),
        (LIST + "- {language: ja, repository: Book/ZH}\n", "book/zh is there twice"),
        ("- &a {language: zh, repository: book/zh}\n- *a\n", "aliases"),
        ("- {", "not YAML"),
    ],
)
def test_what_is_wrong_with_a_list_is_said(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read_forks(text)


def test_some_languages_may_be_chosen() -> None:
    assert chosen((ZH, PT), ()) == (ZH, PT)
    assert chosen((ZH, PT), ("PT-br",)) == (PT,)


def test_a_language_without_a_fork_is_an_error() -> None:
    with pytest.raises(UsageError, match=r"no fork in ja\. .* has pt-br, zh"):
        chosen((ZH, PT), ("zh", "ja"))


@pytest.mark.parametrize(
    ("forks", "rows", "longest"), [(0, 0, 0), (1, 1, 1), (256, 256, 1), (257, 129, 2), (513, 171, 3)]
)
def test_no_plan_has_more_rows_than_github_makes_jobs(forks: int, rows: int, longest: int) -> None:
    plan = make_plan(many(forks), source="book/en", commit="a" * 40)
    assert len(plan.rows) == rows <= ROWS
    assert max((len(row.forks) for row in plan.rows), default=0) == longest
    assert plan.forks == many(forks)
    assert [row.shard for row in plan.rows] == [str(number) for number in range(rows)]


def test_a_row_is_for_one_owner_for_a_token_is() -> None:
    plan = make_plan((*many(200, "one"), *many(100, "two")), source="book/en", commit="")
    assert all(len({fork.owner for fork in row.forks}) == 1 for row in plan.rows)
    assert len(plan.rows) == 150


def test_more_owners_than_jobs_are_refused() -> None:
    forks = [Fork(language=f"xx-{at}", repository=f"owner{at}/book") for at in range(ROWS + 1)]
    with pytest.raises(InputError, match="more than 256 owners"):
        make_plan(forks, source="book/en", commit="")


def test_a_matrix_has_ids_and_nothing_else() -> None:
    matrix = json.loads(make_plan((ZH, PT), source="book/en", commit="a" * 40).matrix)
    assert matrix["include"] == [
        {"shard": "0", "languages": "zh", "owner": "book", "repositories": "zh"},
        {"shard": "1", "languages": "pt-BR", "owner": "others", "repositories": "pt"},
    ]


def test_a_plan_comes_back_from_its_file() -> None:
    plan = make_plan((ZH, PT), source="book/en", commit="a" * 40)
    assert read_plan(plan.text, plan.id) == plan


@pytest.mark.parametrize("change", [("book/zh", "evil/zh"), ('"commit"', '"comit"'), ("\n", "\r\n")])
def test_a_plan_that_was_changed_is_not_worked_off(change: tuple[str, str]) -> None:
    plan = make_plan((ZH, PT), source="book/en", commit="a" * 40)
    with pytest.raises(InputError, match="another plan than the one that was made"):
        read_plan(plan.text.replace(*change), plan.id)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"rows": [1], "source": "a", "commit": "b"}', "[" * 100_000])
def test_what_is_no_plan_is_an_error(text: str) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_plan(text)


def test_a_row_is_found_by_its_number() -> None:
    plan = make_plan((ZH, PT), source="book/en", commit="")
    assert row_of(plan, "1").forks == (PT,)
    with pytest.raises(UsageError, match="has no row '2'; it has 2"):
        row_of(plan, "2")
