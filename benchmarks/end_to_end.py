"""From new English to merged translations on a recorded fork: what each step takes, and that no step is done twice.

    python -m benchmarks.end_to_end [--act] [--only walk|faults]

English is at the revision that the fork follows and moves on; the action runs as on a schedule, on the emulated GitHub;
a reviewer asks for one chapter again, edits, and merges by squash; the next run takes up what became of the drafts.
Each step is run a second time, which has to write nothing. With ``--act`` the shipped workflow is run, by ``act``.

Then, on a small book, what goes wrong on the way: afterwards pull requests, comments and commits have to be single.
``writes`` are calls of the API that change something, ``points`` what GitHub counts (900 a minute). Ends red where
something is doubled. Needs ``../shared/data`` (next to this repository) and ``git``.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.act.harness import PROGRAM, Runner, copy_action
from tests.support.action import BOT, ENGLISH, FORK, MAINTAINER, Book
from tests.support.github_server.emulator import GitHubServer
from tests.support.github_server.packages import NotToBeHad
from tests.support.runner import outputs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.support.github_server.front import Logged

FIXTURE: Final = Path(__file__).parents[2] / "shared" / "data" / "fixtures" / "zh"
CONFIG: Final = f"source: {ENGLISH}\nlang: zh\nfollow: main\n"
COLUMNS: Final = ["seconds", "reads", "writes", "points", "git", "pulls", "carried", "drafted", "pending", "lines"]
OF_SEGMENTS: Final = ("segments-carried", "segments-translated", "segments-pending")


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What one run took, and what it says of itself."""

    code: int
    said: dict[str, str]
    seconds: float
    calls: Sequence[Logged]

    @property
    def api(self) -> list[Logged]:
        """Those of the API; the question whom a token speaks for is asked by GraphQL, and changes nothing."""
        return [one for one in self.calls if ".git/" not in one.path]

    @property
    def writes(self) -> list[Logged]:
        return [one for one in self.api if one.method != "GET" and one.path != "/graphql"]


class World:
    """The recorded fork on GitHub, and a machine that runs the action."""

    def __init__(self, github: GitHubServer, folder: Path, runner: Runner | None) -> None:
        self.github, self.runner = github, runner
        self.book = Book(github, folder)
        english = _clone(folder, "en")
        self._newest = _git(english, "rev-parse", "HEAD")
        _git(english, "branch", "later", "HEAD")
        _git(english, "update-ref", "refs/heads/master", "refs/tags/base")
        github.user(MAINTAINER)
        github.repository(ENGLISH, bare=english)
        github.repository(FORK, bare=_clone(folder, "fork"))
        github.user(MAINTAINER, {FORK: "write"})
        github.commit(FORK, {".amts.yml": CONFIG}, message="Set up AMTS")
        self.token = github.token(BOT, repositories=[FORK], kind="actions")
        if runner is not None:
            runner.begin("pull.yml", {}, branch="master")

    def move_on(self) -> None:
        """English gets to its newest revision."""
        self.github.point(ENGLISH, "master", self._newest)

    def run(self, event: str = "schedule", payload: dict[str, Any] | None = None) -> Done:
        """One run for an event."""
        given = payload or self.github.event(event, FORK, schedule="7 3 * * 1")
        before, began = len(self.github.log), time.perf_counter()
        if self.runner is None:
            ran = self.book.run(event, given)
            code, log, said = ran.code, ran.log, outputs(ran.outputs)
        else:
            acted = self.runner.run(event, given, FORK, self.token, actor=MAINTAINER)
            code, log = acted.code, acted.log
            said = dict(re.findall(r"set-output:: ([\w-]+)=(.*)", log))
        seconds = time.perf_counter() - began
        if code:
            sys.exit(f"A run for {event} ended with {code}:\n{log}")
        return Done(code=code, said=said, seconds=seconds, calls=self.github.log[before:])

    def changed(self, branch: str) -> list[str]:
        """Files that a branch brings."""
        bare = self.github.hub.repository(FORK).bare
        return bare.git("diff", "--name-only", f"master...{branch}").splitlines()

    def lines(self) -> int:
        """Lines that the open pull requests change, but for what AMTS keeps for itself."""
        bare = self.github.hub.repository(FORK).bare
        found = 0
        for pull in self.book.pulls():
            rows = bare.git("diff", "--numstat", f"master...{pull.pull.head_ref}").splitlines()
            counts = (row.split("\t") for row in rows if not re.search(r"\.amts/|_origin\.md$", row))
            found += sum(int(added) + int(gone) for added, gone, _ in counts)
        return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--act", action="store_true", help="run the shipped workflow by act")
    parser.add_argument("--only", choices=["walk", "faults"])
    arguments = parser.parse_args()
    code = 0
    try:
        if arguments.only != "faults":
            code = _walk_if_possible(acts=arguments.act)
        if arguments.only != "walk":
            from benchmarks.end_to_end_faults import report

            code |= report()
    except NotToBeHad as missing:
        print(f"benchmarks.end_to_end: skipped, there is no emulated GitHub: {missing}")
    return code


def _walk_if_possible(*, acts: bool) -> int:
    if not FIXTURE.is_dir():
        print("benchmarks.end_to_end: the walk is skipped, ../shared/data/fixtures/zh is not there")
        return 0
    if acts and not PROGRAM.exists():
        print("benchmarks.end_to_end: the walk is skipped, act is not installed")
        return 0
    with tempfile.TemporaryDirectory(prefix="amts-bench-") as name, GitHubServer() as github:
        folder = Path(name)
        runner = None
        if acts:
            action, machine = folder / "action", folder / "machine"
            action.mkdir()
            machine.mkdir()
            runner = Runner(github=github, action=copy_action(action), folder=machine)
        return _walk(World(github, folder, runner))


# The walk


def _walk(world: World) -> int:
    print(f"| step | {' | '.join(COLUMNS)} | again: seconds | writes |")
    print("|---|" + "--:|" * (len(COLUMNS) + 2))
    unsettled = [
        _step(world, "English as the fork has it", world.run),
        _step(world, "English moves on: the first run", lambda: _after(world.move_on, world), again=False),
        _step(world, "the next run", world.run),
    ]
    pull, path = _with_drafts(world)
    comment = world.github.comment(FORK, pull, MAINTAINER, f"/amts retranslate {path}")
    unsettled.append(
        _step(world, "`/amts retranslate` of a chapter", lambda: world.run("issue_comment", comment), of=comment)
    )
    replies = [one.body for one in world.github.comments(FORK, pull) if one.user.login == BOT]
    merged = _merge_all(world, path)
    unsettled.append(_step(world, f"{len(merged)} merged by squash: the next run", world.run))
    print(f"\nReply to the comment: {replies[0].splitlines()[0] if replies else 'none'}")
    _tell_harvest(world, merged)
    return int(any(unsettled) or len(replies) != 1)


def _after(act: Callable[[], None], world: World) -> Done:
    act()
    return world.run()


def _step(
    world: World, name: str, run: Callable[[], Done], *, again: bool = True, of: dict[str, Any] | None = None
) -> bool:
    """Print a step and what it takes when it is run once more. Returns whether that writes anything but its claim."""
    done = run()
    row = f"| {name} | {' | '.join(_cells(done, world))} |"
    if not again:
        print(f"{row} | |", flush=True)
        return False
    second = world.run() if of is None else world.run("issue_comment", of)
    left = [one for one in second.writes if not one.operation.endswith(("/reactions", "/reactions/{reaction_id}"))]
    claim = f" ({len(second.writes)} signs)" if second.writes and not left else ""
    print(f"{row} {second.seconds:.1f} | {len(left)}{claim} |", flush=True)
    return bool(left)


def _cells(done: Done, world: World) -> list[str]:
    """What is printed of a run, in the order of ``COLUMNS``."""
    counts = (
        len(done.api) - len(done.writes),
        len(done.writes),
        sum(one.points for one in done.api),
        len(done.calls) - len(done.api),
        len(done.said.get("pr-number", "").split()),
    )
    segments = (done.said.get(name, "") for name in OF_SEGMENTS)
    return [f"{done.seconds:.1f}", *map(str, counts), *segments, str(world.lines())]


def _with_drafts(world: World) -> tuple[int, str]:
    """A pull request of ours, and a chapter of it that has drafts."""
    for pull in world.book.pulls():
        for path in world.changed(pull.pull.head_ref):
            text = world.github.text(FORK, path, pull.pull.head_ref) if path.startswith(".amts/state/") else "{}"
            if json.loads(text).get("machine"):
                return pull.number, path.removeprefix(".amts/state/").replace(".json", ".md")
    sys.exit("No pull request has a draft.")


def _merge_all(world: World, path: str) -> list[int]:
    """A reviewer edits a draft of one chapter, and merges all that is open."""
    merged = []
    for pull in world.book.pulls():
        branch = pull.pull.head_ref
        if f".amts/state/{path.removesuffix('.md')}.json" in world.changed(branch):
            text = _edited(world.github.text(FORK, path, branch), world.github.text(FORK, path))
            world.github.commit(FORK, {path: text}, branch=branch, login=MAINTAINER, message="Say it better")
        world.github.merge(FORK, pull.number, "squash", login=MAINTAINER)
        merged.append(pull.number)
    return merged


def _edited(text: str, before: str) -> str:
    """A text with two characters put before the end of its new lines: what a reviewer changes."""
    known = set(before.splitlines())
    lines = text.splitlines(keepends=True)
    return "".join(
        line if line.rstrip("\n") in known or not line.rstrip("\n").endswith("。") else f"{line.rstrip()[:-1]}的话。\n"
        for line in lines
    )


def _tell_harvest(world: World, merged: Sequence[int]) -> None:
    """Where the records of the merged pull requests are."""
    branches = [pull.pull.head_ref for pull in world.book.pulls()]
    for number in merged:
        path = f".amts/effort/{number}.json"
        there = [branch for branch in branches if path in world.changed(branch)]
        if not there:
            print(f"Pull request {number}: its record goes along with the next pull request; none is open that could.")
            continue
        record = json.loads(world.github.text(FORK, path, there[0]))
        drafts = record["drafts"]
        edited = [draft["hter"] for draft in drafts if draft["hter"]]
        share = f", {sum(edited) / len(edited):.0%} of their words" if edited else ""
        print(f"Pull request {number}: {path} on {there[0]}: {len(drafts)} drafts, {len(edited)} edited{share}.")


# Git


def _clone(folder: Path, name: str) -> Path:
    place = folder / f"{name}.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", FIXTURE / f"{name}.bundle", place], check=True)
    return place


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
