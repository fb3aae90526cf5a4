"""What goes wrong on the way, on a small book: for each fault a run that meets it, and one more that does not.

Afterwards there is no more than after a run that met nothing: pull requests, commits on the branch, answers, open
issues. What there is less of has to be told, by a red run: a command that failed is done again only when it is given
again. See ``benchmarks.end_to_end``, which prints this.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier
from typing import TYPE_CHECKING, Any, Final

from tests.support.action import BOT, FORK, MAINTAINER, TEA, Book
from tests.support.github_server.emulator import GitHubServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Order = Callable[[Book], object]
    Counts = tuple[int, int, int, int]

BRANCH: Final = "amts/mechanical"
OPENING: Final = {
    "open a pull request": "POST R/pulls",
    "open an issue": "POST R/issues",
    "label": "POST R/issues/*/labels",
    "make a label": "POST R/labels",
    "push": f"POST /{FORK}.git/git-receive-pack",
}
ANSWERING: Final = {
    "answer": "POST R/issues/*/comments",
    "claim": "POST R/issues/comments/*/reactions",
    "edit the pull request": "PATCH R/pulls/*",
    "push": f"POST /{FORK}.git/git-receive-pack",
}
MEETING: Final = {
    "schedule": ("GET R/pulls", f"GET /{FORK}.git/info/refs", "GET R/issues"),
    "renewal": ("GET R/pulls", f"GET /{FORK}.git/info/refs"),
    "comment": ("GET R/collaborators/*/permission",),
}
"""Where two runs wait for each other, so that both have read before one writes."""
READS: Final = {"read pull requests": "GET R/pulls", "read the repository": "GET R"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One fault, met by one kind of run."""

    scene: str
    """``schedule`` opens a pull request, ``renewal`` brings it to newer English, ``comment`` does so when asked to."""
    fault: str
    order: Order = lambda book: None
    at_once: bool = False
    more: Counts = (0, 0, 0, 0)
    """What people did who are what went wrong, and what they are told of it."""


def cells() -> Iterator[Cell]:
    """Every fault that is tried."""
    for scene in ("schedule", "renewal", "comment"):
        yield Cell(scene=scene, fault="none, and once more")
        yield Cell(scene=scene, fault="two runs at once", order=_meet(MEETING[scene]), at_once=True)
        for name, call in (OPENING if scene == "schedule" else ANSWERING).items():
            if scene == "renewal" and name in {"answer", "claim"}:
                continue
            yield from _of_a_write(scene, name, call)
        for name, call in READS.items():
            yield Cell(scene=scene, fault=f"502, {name}", order=_fail(call, after=False))
            yield Cell(scene=scene, fault=f"secondary limit, {name}", order=_limit(call, "secondary"))
    for scene, more in (("renewal", (0, 1, 1, 0)), ("comment", (0, 1, 0, 0))):
        yield Cell(scene=scene, fault="head moves before the push", order=_move(2), more=more)


def _of_a_write(scene: str, name: str, call: str) -> Iterator[Cell]:
    yield Cell(scene=scene, fault=f"answer lost, {name}", order=lambda book: book.github.cut(call, after=True))
    yield Cell(scene=scene, fault=f"502 after it was done, {name}", order=_fail(call, after=True))
    yield Cell(scene=scene, fault=f"502 before it was done, {name}", order=_fail(call, after=False))
    if name != "push":
        yield Cell(scene=scene, fault=f"primary limit, {name}", order=_limit(call, "primary"))
        yield Cell(scene=scene, fault=f"secondary limit, {name}", order=_limit(call, "secondary"))


def _fail(call: str, *, after: bool) -> Order:
    return lambda book: book.github.fail(call, 502, after=after)


def _limit(call: str, kind: Any) -> Order:
    return lambda book: book.github.limit(call, kind, seconds=1)


def _meet(calls: Sequence[str]) -> Order:
    """The first two of each of these calls wait for each other."""

    def order(book: Book) -> None:
        for call in calls:
            both = Barrier(2, timeout=10)
            for nth in (1, 2):
                book.github.before(call, both.wait, nth=nth)

    return order


def _move(nth: int) -> Order:
    files = {"mine.txt": "mine\n"}
    return lambda book: book.github.before(
        f"GET /{FORK}.git/info/refs",
        lambda: book.github.commit(FORK, files, branch=BRANCH, login=MAINTAINER),
        nth=nth,
    )


def report() -> int:
    """Print a row for each cell. Returns 1 where something is doubled or missing, else 0."""
    print("\n| run | fault | exit | again | pull requests | commits | answers | open issues | writes | verdict |")
    print("|---|---|--:|--:|--:|--:|--:|--:|--:|---|")
    expected: dict[str, Counts] = {}
    wrong = 0
    for cell in cells():
        with tempfile.TemporaryDirectory(prefix="amts-bench-") as folder, GitHubServer() as github:
            codes, counts, writes = _try(cell, Book(github, Path(folder)).begin())
        verdict = _verdict(cell, codes, counts, expected.setdefault(cell.scene, counts))
        wrong += verdict.startswith("**")
        numbers = " | ".join(map(str, (*codes, *counts, writes)))
        print(f"| {cell.scene} | {cell.fault} | {numbers} | {verdict} |", flush=True)
    print(f"\n{wrong} cells are doubled or missing something that nobody is told of.")
    return int(wrong > 0)


def _verdict(cell: Cell, codes: tuple[str, int], counts: Counts, expected: Counts) -> str:
    wanted = tuple(map(sum, zip(expected, cell.more, strict=True)))
    names = ("pull request", "commit", "answer", "issue")
    over = [name for name, count, most in zip(names, counts, wanted, strict=True) if count > most]
    short = [name for name, count, least in zip(names, counts, wanted, strict=True) if count < least]
    if over:
        return f"**doubled**: {', '.join(over)}"
    if codes[1] or not set(codes[0].split(", ")) <= {"0", "5", "9"}:
        return "**failed**"
    if short and codes[0] == "0":
        return f"**missing**: {', '.join(short)}"
    return f"single; told: no {', '.join(short)}" if short else "single"


def _try(cell: Cell, book: Book) -> tuple[tuple[str, int], Counts, int]:
    """Exit codes of the run that meets the fault and of the next, what there is then, and how much was written."""
    book.english(tea=_tea(4))
    event, payload = "schedule", book.github.event("schedule", FORK, schedule="7 3 * * 1")
    if cell.scene != "schedule":
        assert book.run().code == 0
        book.english(tea=_tea(5))
    if cell.scene == "comment":
        event = "issue_comment"
        payload = book.github.comment(FORK, book.pulls()[0].number, MAINTAINER, "/amts refresh")
    before = len(book.github.log)
    book.runs += 1
    cell.order(book)
    first = _at_once(book, event, payload) if cell.at_once else str(book.run(event, payload).code)
    second = book.run(event, payload, GITHUB_RUN_ATTEMPT="2").code
    written = [one for one in book.github.log[before:] if one.method != "GET" and one.path.startswith("/repos/")]
    return (first, second), _counts(book), len(written)


def _tea(pot: int) -> str:
    return TEA.replace("pot = 3", f"pot = {pot}")


def _at_once(book: Book, event: str, payload: dict[str, Any]) -> str:
    """Two processes with the same event; how they ended."""
    running = []
    for number in range(2):
        place = book.folder / f"at-once-{number}"
        place.mkdir()
        (place / "event.json").write_text(json.dumps(payload))
        env = {**os.environ, **book._environment(event, place)}
        command = [sys.executable, "-m", "bot"]
        running.append(subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL))
    return ", ".join(str(one.wait()) for one in running)


def _counts(book: Book) -> Counts:
    github = book.github
    pulls = book.pulls("all")
    bare = github.hub.repository(FORK).bare
    commits = len(bare.git("rev-list", f"main..{BRANCH}").split())
    answers = [one for pull in pulls for one in github.comments(FORK, pull.number) if one.user.login == BOT]
    return len(pulls), commits, len(answers), len(github.issues(FORK))
