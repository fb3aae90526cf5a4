"""Kills runs of `amts sync --engine amazon` at random moments, runs them again, and looks at what was done twice.

    python -m benchmarks.amazon_kills [--times 50] [--seed 1]

Each run is a process of its own, against the emulator of Amazon Translate and an S3 server. It is killed (SIGKILL) when
the service has had a random number of its requests: every other time at once, else a moment later. The same command
must then give what a run gives that nobody killed, and the service must have seen one job, one creation of the parallel
data, and every sentence once. Where the killed run held the lease of the parallel data, it is let expire
at once, so that nobody has to wait three minutes. Needs git, and moto[s3] with flask and flask-cors.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.support.amazon_fork import Turned, make_fork, settings
from tests.support.repositories import branches, git
from tests.support.s3 import S3Server
from tests.support.translate_emulator import Clock, Emulator, Pace

LEASE: Final = "amts/leases/parallel-data.json"
FAST: Final = 300.0
"""Seconds of the emulator's clock in a real one: a job takes two."""
NEAR: Final = 0.2
"""Real seconds up to which a run may live on after the request that its end was drawn for."""
ROW: Final = "{:>4}  {:<28}{:>8}{:>10}{:>8}{:>8}{:>9}{:>9}"
TITLES: Final = ("", "killed after", "seconds", "left", "result", "jobs", "versions", "billed")


@dataclass(frozen=True, slots=True)
class Seen:
    """What there is in the end."""

    result: str
    """Names and trees of the branches."""
    jobs: int
    versions: tuple[int, ...]
    """How often each version of the parallel data was sent."""
    characters: int


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    random.seed(arguments.seed)
    pace = Pace(parallel_data=0)
    with (
        tempfile.TemporaryDirectory(prefix="amts-bench-") as folder,
        S3Server() as s3,
        Emulator(s3.endpoint, clock=Clock(scale=FAST), pace=pace, translator=Turned()) as emulator,
    ):
        return Theatre(Path(folder), s3, emulator).kill(arguments.times)


class Theatre:
    """A fork, an account, and one run after the other."""

    def __init__(self, folder: Path, s3: S3Server, emulator: Emulator) -> None:
        self.folder = folder
        self.s3 = s3
        self.emulator = emulator
        self.fork = make_fork(folder, glossary=True)
        self.before = self._result()
        self.bucket = ""
        self.number = 0

    def kill(self, times: int) -> int:
        """Prints a row for each kill and the sums. Returns how the program ends."""
        self._begin()
        began = time.perf_counter()
        self._finish()
        whole, wanted = time.perf_counter() - began, self._seen()
        requests = len(self.emulator.requests)
        print(f"A run that nobody kills: {whole:.1f} s, {requests} requests, {wanted.characters} characters")
        print(ROW.format(*TITLES))
        sums = Counter(self._row(number, random.randint(0, requests), wanted) for number in range(1, times + 1))
        print(f"{times} kills: " + ", ".join(f"{number} {what}" for what, number in sorted(sums.items())))
        return int(sums["wrong"] > 0)

    def _row(self, number: int, requests: int, wanted: Seen) -> str:
        self._begin()
        seconds = self._kill_after(requests, random.uniform(0, NEAR) * random.getrandbits(1))
        last, left = self._last(), "complete" if self._result() == wanted.result else "as before"
        if left == "as before" and self._result() != self.before:
            left = "half"
        self._let_lease_expire()
        self._finish()
        seen = self._seen()
        is_right = seen == wanted and left != "half"
        cells = (
            "equal" if seen.result == wanted.result else "other",
            seen.jobs,
            "+".join(map(str, seen.versions)) or "0",
            seen.characters,
        )
        print(ROW.format(number, last, f"{seconds:.1f}", left, *cells) + ("" if is_right else "   WRONG"), flush=True)
        return "right" if is_right else "wrong"

    def _begin(self) -> None:
        """A fresh account, and the fork as it was."""
        self.number += 1
        self.emulator.reset()
        self.bucket = self.s3.bucket(f"books-{self.number}")
        config = settings(self.bucket, self.emulator.role, poll_seconds=1)
        (self.folder / "account.yml").write_text(config, "utf-8")
        for name in branches(self.fork.target):
            if name.startswith("amts/"):
                git(self.fork.target, "branch", "--quiet", "-D", name)

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "bot.cli.main", "sync", *self.fork.arguments, "--engine", "amazon"]
        command += ["--config", str(self.folder / "account.yml"), "--publish", "branch"]
        env = {"PATH": os.environ["PATH"], "HOME": str(self.folder), **self.emulator.environment()}
        with (self.folder / "errors.txt").open("wb") as errors:
            return subprocess.Popen(
                command, cwd=Path(__file__).parents[1], env=env, stdout=subprocess.DEVNULL, stderr=errors
            )

    def _kill_after(self, requests: int, more: float) -> float:
        """Runs, and kills some seconds after the service had so many requests. Returns how long it lived."""
        began = time.perf_counter()
        process = self._start()
        try:
            while process.poll() is None and len(self.emulator.requests) < requests:
                time.sleep(0.005)
            if process.poll() is None:
                time.sleep(more if requests else more * 10)  # a program takes a while to begin
        finally:
            process.kill()
            process.wait()
        return time.perf_counter() - began

    def _finish(self) -> None:
        """The same command, until its end. Raises ``RuntimeError`` if that is not a good one."""
        process = self._start()
        try:
            code = process.wait(600)
        finally:
            process.kill()
            process.wait()
        if code:
            raise RuntimeError((self.folder / "errors.txt").read_text("utf-8"))

    def _let_lease_expire(self) -> None:
        client = self.emulator.client("s3")
        if client.list_objects_v2(Bucket=self.bucket, Prefix=LEASE).get("Contents"):
            client.put_object(Bucket=self.bucket, Key=LEASE, Body=json.dumps({"expires": 0.0}).encode())
        client.close()

    def _last(self) -> str:
        """The newest request of the run."""
        return self.emulator.requests[-1][0] if self.emulator.requests else "(nothing)"

    def _result(self) -> str:
        return git(self.fork.target, "for-each-ref", "--format=%(refname) %(tree)", "refs/heads")

    def _seen(self) -> Seen:
        sent = {
            (one.parameters["ClientToken"], one.parameters["Description"])
            for one in self.emulator.exchanges
            if one.operation in ("CreateParallelData", "UpdateParallelData") and not one.code
        }
        versions = Counter(description for _, description in sent)
        characters = sum(bill.characters for bill in self.emulator.bills)
        jobs = len(self.emulator.core.state()["jobs"])
        return Seen(self._result(), jobs, tuple(versions.values()), characters)


if __name__ == "__main__":
    sys.exit(main())
