"""What strangers may try: each row of the list, the tests that try it on the real thing, and how they ended.

    python -m benchmarks.security [-m "not act"]

The tests are those of ``tests/test_security.py``; further arguments are pytest's. Ends red if a row is not held.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest

MODULE: Final = Path(__file__).parents[1] / "tests" / "test_security.py"
NOT_THERE: Final = {12: ("HTML of a page of states", "there is no such page")}


@dataclass(slots=True)
class Rows:
    """A plugin of pytest: collects how the tests of each row ended."""

    names: dict[int, str] = field(default_factory=dict)
    tests: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    ends: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    seconds: dict[int, float] = field(default_factory=lambda: defaultdict(float))
    _rows: dict[str, int] = field(default_factory=dict)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Learn which row each test is of."""
        for item in items:
            number, name = getattr(item, "function").row  # noqa: B009 (what every test here has, and no type says)
            self._rows[item.nodeid] = number
            self.names[number] = name
            self.tests[number].add(item.nodeid.partition("::")[2].partition("[")[0])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count how it ended."""
        number = self._rows[report.nodeid]
        self.seconds[number] += report.duration
        if report.when == "call" or report.outcome != "passed":
            self.ends[number][report.outcome] += 1


def main() -> int:
    rows = Rows()
    code = pytest.main(["-n0", "--quiet", "--no-header", "--no-summary", str(MODULE), *sys.argv[1:]], plugins=[rows])
    print("| row | threat | tests | result | seconds |")
    print("|--:|---|---|---|--:|")
    for number in sorted({*rows.names, *NOT_THERE}):
        if number in NOT_THERE:
            threat, why = NOT_THERE[number]
            print(f"| {number} | {threat} | – | {why} | |")
            continue
        result = ", ".join(f"{times} {end}" for end, times in sorted(rows.ends[number].items()))
        tests = "<br>".join(sorted(rows.tests[number]))
        print(f"| {number} | {rows.names[number]} | {tests} | {result} | {rows.seconds[number]:.1f} |")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
