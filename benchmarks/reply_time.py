"""How long people wait for the answer to a comment: from the event to the reply, on an emulated GitHub.

    python -m benchmarks.reply_time [times]

Each comment is read by a process of its own. ``paced`` has the second between two writes that GitHub asks for; without
it, what is left is our own time.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tests.support.action import FORK, MAINTAINER, TEA, Book
from tests.support.github_server.emulator import GitHubServer

if TYPE_CHECKING:
    from collections.abc import Callable

TIMES = 5


def main() -> int:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else TIMES
    print("| command | paced | seconds to the reply (median) | to the end of the run | calls | writes |")
    print("|---|---|--:|--:|--:|--:|")
    for command in ("help", "status", "refresh"):
        for pause in ("0", "1"):
            with tempfile.TemporaryDirectory() as folder, GitHubServer() as github:
                book = Book(github, Path(folder)).begin()
                book.english(tea=_tea(1))
                book.run()
                rows = [_once(book, command, pause, number) for number in range(times)]
            reply, end = (f"{median(row[at] for row in rows):.2f}" for at in (0, 1))
            paced = "yes" if pause == "1" else "no"
            print(f"| {command} | {paced} | {reply} | {end} | {rows[0][2]} | {rows[0][3]} |")
    return 0


def _tea(pot: int) -> str:
    return TEA.replace("pot = 3", f"pot = {pot + 10}")


def _once(book: Book, command: str, pause: str, number: int) -> tuple[float, float, int, int]:
    """Seconds to the reply and to the end, and how many calls and writes that took."""
    book.english(tea=_tea(number + 2))
    pull = book.pulls()[0].number
    payload = book.github.comment(FORK, pull, MAINTAINER, f"/amts {command}")
    book.runs += 1
    place = book.folder / f"process-{book.runs}"
    place.mkdir()
    (place / "event.json").write_text(json.dumps(payload))
    env = {**os.environ, **book._environment("issue_comment", place), "AMTS_PAUSE": pause}
    before = len(book.github.log)
    known = len(book.github.comments(FORK, pull))
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "bot"], env=env, stdout=subprocess.PIPE)
    reply = _wait(lambda: len(book.github.comments(FORK, pull)) > known, process)
    process.communicate()
    end = time.perf_counter() - began
    assert process.returncode == 0
    calls = book.github.log[before:]
    return reply, end, len(calls), sum(one.method != "GET" and ".git/" not in one.path for one in calls)


def _wait(there: Callable[[], bool], process: subprocess.Popen[bytes]) -> float:
    began = time.perf_counter()
    while not there() and process.poll() is None:
        time.sleep(0.005)
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
