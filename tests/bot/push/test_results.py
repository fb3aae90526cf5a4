"""Results of forks, and the report of all of them."""

from __future__ import annotations

import pytest

from bot.push.plan import Fork, make_plan
from bot.push.results import Result, make_report, read_result

PLAN = make_plan(
    [Fork(language="zh", repository="book/zh"), Fork(language="es", repository="book/es")], source="book/en", commit=""
)


def result(
    language: str, *problems: str, plan: str = PLAN.id, waiting: tuple[str, ...] = (), **outputs: str | int
) -> Result:
    named = {name.replace("_", "-"): value for name, value in outputs.items()}
    return Result(plan=plan, language=language, outputs=named, problems=problems, waiting=waiting)


def test_a_result_comes_back_from_its_file() -> None:
    one = result("zh", "No access.", waiting=("A job.",), pr_number="3 4", drift_remaining=2)
    assert one.name == "result-zh.json"
    assert read_result(one.text) == one


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"plan": "a", "language": "zh", "outputs": []}'])
def test_half_a_result_is_none(text: str) -> None:
    assert read_result(text) is None


def test_a_report_has_a_row_for_every_fork() -> None:
    report = make_report(PLAN, [result("zh", pr_number="3 4", drift_remaining=2), result("es")])
    assert report.failed == ()
    assert "2 forks, none failed" in report.text
    assert "| `zh` | `book/zh` | pull requests 3, 4 |  |  |  |  | 2 |" in report.text
    assert "| `es` | `book/es` | nothing new |" in report.text


def test_waiting_is_no_failure() -> None:
    assert make_report(PLAN, [result("zh", waiting=("A job.",)), result("es")]).failed == ()


def test_a_fork_that_failed_is_told_with_its_reason() -> None:
    report = make_report(PLAN, [result("zh", "No access to @book/zh."), result("es")])
    assert report.failed == ("zh",)
    assert "❌ failed" in report.text
    assert "```\nNo access to @book/zh.\n```" in report.text


def test_a_fork_that_nothing_was_heard_of_has_failed() -> None:
    report = make_report(PLAN, [result("es")])
    assert report.failed == ("zh",)
    assert "nothing was heard of it" in report.text


def test_a_result_of_another_plan_does_not_count() -> None:
    assert make_report(PLAN, [result("zh", plan="b" * 64), result("es")]).failed == ("zh",)


def test_what_a_result_says_is_shown_and_not_obeyed() -> None:
    report = make_report(PLAN, [result("zh", "```\n## Done", segments_carried="<b>|x"), result("es")])
    assert "````\n```\n## Done\n````" in report.text
    assert "<b>" not in report.text
