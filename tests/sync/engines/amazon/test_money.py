"""What is spent is known before and after, and nothing is spent above a limit."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.engines.amazon.money import (
    Caps,
    Entry,
    Rates,
    check_caps,
    cost_of,
    estimate,
    money,
    read_ledger,
    spent,
    table,
    total,
    write_ledger,
)
from sync.errors import BudgetError, InputError

RATES = Rates(real_time=Decimal(10), batch=Decimal(20), act=Decimal(40), document=Decimal("7.5"))


def entry(plan: str, *, month: str = "2026-11", estimated: str = "1", actual: str | None = None) -> Entry:
    return Entry(
        month=month,
        plan=plan,
        lang="zh",
        kind="act",
        characters_estimated=100,
        dollars_estimated=Decimal(estimated),
        characters_billed=None if actual is None else 90,
        dollars_actual=None if actual is None else Decimal(actual),
    )


amounts = st.decimals(0, 10_000, places=6)
entries = st.builds(
    Entry,
    month=st.sampled_from(("2026-11", "2026-12")),
    plan=st.text(),
    lang=st.text(),
    kind=st.sampled_from(("act", "batch", "document", "real-time")),
    characters_estimated=st.integers(0, 10**9),
    dollars_estimated=amounts,
    characters_billed=st.none() | st.integers(0, 10**9),
    dollars_actual=st.none() | amounts,
)


def test_an_estimate_is_characters_times_rate() -> None:
    assert estimate(40_000 * 7, Decimal(60)) == Decimal("16.8")
    assert estimate(1, Decimal(15)) == Decimal("0.000015")
    assert estimate(0, Decimal(15)) == 0


@pytest.mark.parametrize(("kind", "dollars"), [("real-time", 10), ("batch", 20), ("act", 40), ("document", "7.5")])
def test_each_kind_has_its_own_rate(kind: str, dollars: str) -> None:
    assert cost_of("zh", kind, 1_000_000, RATES).dollars == Decimal(dollars)


def test_a_person_sees_what_each_language_costs_and_all_together() -> None:
    costs = [cost_of("zh", "act", 12_345, RATES), cost_of("tr", "real-time", 10, RATES)]
    assert table(costs).splitlines() == [
        "zh: 12,345 characters in a job with parallel data, about $0.49",
        "tr: 10 characters in real time, about $0.0001",
        "together: 12,355 characters, $0.49",
    ]
    assert total([]) == 0
    assert money(Decimal(0)) == "$0.00"


@pytest.mark.parametrize("caps", [Caps(), Caps(run=Decimal(5)), Caps(month=Decimal(15)), Caps(run=Decimal(9))])
def test_what_is_within_the_limits_may_go_on(caps: Caps) -> None:
    check_caps(Decimal(5), Decimal(10), caps)


def test_one_run_may_not_cost_more_than_its_limit() -> None:
    with pytest.raises(BudgetError, match=r"about \$5\.00, and one run may cost \$4\.99 \(amazon\.max-usd-run\)"):
        check_caps(Decimal(5), Decimal(0), Caps(run=Decimal("4.99")))


def test_a_month_may_not_cost_more_than_its_limit() -> None:
    with pytest.raises(
        BudgetError, match=r"With \$10\.00 already spent this month .* \$14\.99 of amazon\.max-usd-month"
    ):
        check_caps(Decimal(5), Decimal(10), Caps(month=Decimal("14.99")))


def test_a_plan_counts_once_by_what_it_cost_in_the_end() -> None:
    lines = [entry("a"), entry("b"), entry("a", actual="0.5"), entry("c", month="2026-10"), entry("b")]
    assert spent(lines, "2026-11") == Decimal("1.5")
    assert spent(lines, "2026-12") == 0


@given(st.lists(entries))
def test_a_ledger_is_read_as_it_was_written(lines: list[Entry]) -> None:
    assert read_ledger(write_ledger(lines)) == tuple(lines)


def test_ledgers_may_be_put_together_with_blank_lines_between() -> None:
    data = write_ledger([entry("a")]) + b"\n\r\n" + write_ledger([entry("b")])
    assert [line.plan for line in read_ledger(data)] == ["a", "b"]


@pytest.mark.parametrize(
    "change",
    [
        {"form": "other"},
        {"month": "2026-13"},
        {"kind": "gift"},
        {"characters_estimated": -1},
        {"characters_estimated": True},
        {"dollars_estimated": "NaN"},
        {"dollars_estimated": 1.5},
        {"dollars_actual": "-1"},
        {"plan": 7},
    ],
    ids=str,
)
def test_a_line_that_says_nonsense_stops_the_run(change: dict[str, object]) -> None:
    row = json.loads(write_ledger([entry("a")])) | change
    with pytest.raises(InputError, match=r"Line 2 of ledger\.jsonl is damaged"):
        read_ledger(write_ledger([entry("a")]) + json.dumps(row).encode(), "ledger.jsonl")


@pytest.mark.parametrize("line", [b"{", b"[]", b"7", b"null", b"{}", b"\xff", b'{"form": 1}'])
def test_a_damaged_line_says_what_to_do(line: bytes) -> None:
    with pytest.raises(InputError, match="Compare with the bill of AWS, then mend or delete the line"):
        read_ledger(line)
