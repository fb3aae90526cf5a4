"""Runs the shipped workflows with act in host mode, as GitHub's runner would, against the emulated GitHub.

Host mode has no walls: only for workflows of our own.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.github_server.emulator import GitHubServer

ROOT: Final = Path(__file__).parents[2]
PROGRAM: Final = Path(sys.executable).parent / "act"
OURS: Final = "AMTS_OWNER/amts@v1"
SECONDS: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """How a workflow ended."""

    code: int
    log: str

    def job(self, name: str) -> str:
        """What one job said."""
        return "\n".join(line for line in self.log.splitlines() if re.match(rf"\[[^\]]*/{re.escape(name)}", line))


def copy_action(folder: Path) -> Path:
    """The action as a release has it: ``action.yml``, its locks and the three packages."""
    for name in ("action.yml", "requirements.lock", "installer.lock"):
        shutil.copy(ROOT / name, folder)
    for name in ("alignment", "sync", "bot"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def adapted(workflow: str) -> str:
    """A workflow as act can run it: without ``queue``, which it does not know, and with this Python, so that nothing is
    installed."""
    text = re.sub(r"^ *queue: max.*\n", "", workflow, flags=re.M)
    return re.sub(
        rf"^( *)(- |  )uses: {re.escape(OURS)}\n((?: *(?:continue-on-error|env):.*\n)*) *with:\n",
        rf"\g<0>\1    python: {sys.executable}\n",
        text,
        flags=re.M,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """A runner with one checkout, which holds a workflow, and what strangers may have put there."""

    github: GitHubServer
    action: Path
    """A copy of it."""
    folder: Path

    @property
    def checkout(self) -> Path:
        return self.folder / "checkout"

    def begin(self, workflow: str, files: Mapping[str, str], branch: str = "main") -> None:
        """A repository with a workflow and other files."""
        place = self.checkout / ".github/workflows/amts.yml"
        place.parent.mkdir(parents=True)
        place.write_text(adapted((ROOT / "docs/workflows" / workflow).read_text("utf-8")))
        for name, text in files.items():
            (self.checkout / name).write_text(text)
        self._git("init", "--quiet", f"--initial-branch={branch}")
        self._git("add", "--all")
        self._git("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--quiet", "--message=Start")

    def _git(self, *arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=self.checkout, check=True)

    def stand_in(self, stubs: Mapping[str, Path]) -> list[str]:
        """Options for act, by which actions of others are taken from folders."""
        text = (self.checkout / ".github/workflows/amts.yml").read_text()
        named = set(re.findall(r"uses: ([\w-]+/[\w-]+)@([0-9a-f]{40})", text))
        found = [f"{name}@{commit}={stubs[name]}" for name, commit in sorted(named)]
        return [part for option in found for part in ("--local-repository", option)]

    def run(
        self, event: str, payload: Mapping[str, Any], repository: str, token: str, *options: str, actor: str = "ana"
    ) -> Ran:
        """One event → what the workflow does. Further ``options`` are act's."""
        (self.folder / "event.json").write_text(json.dumps(payload))
        temporary = self.folder / "runner"
        temporary.mkdir(exist_ok=True)
        given = {
            **self.github.environment(token, repository),
            "AMTS_PAUSE": "0",
            "RUNNER_TEMP": str(temporary),
        }
        given.pop("GITHUB_TOKEN")
        command = [
            *(str(PROGRAM), event, "--directory", str(self.checkout), "--eventpath", str(self.folder / "event.json")),
            *("--platform", "ubuntu-24.04=-self-hosted", "--actor", actor, "--defaultbranch", "main"),
            *("--secret", f"GITHUB_TOKEN={token}", "--no-cache-server"),
            *("--local-repository", f"{OURS}={self.action}"),
            *(part for name, value in given.items() for part in ("--env", f"{name}={value}")),
            *options,
        ]
        done = subprocess.run(
            command, env=self._environment(), capture_output=True, text=True, check=False, timeout=SECONDS
        )
        return Ran(code=done.returncode, log=done.stdout + done.stderr)

    def _environment(self) -> dict[str, str]:
        """As little as possible: what is in the way of a test is not passed on."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        return {
            **kept,
            "HOME": str(self.folder),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "ACT_DISABLE_VERSION_CHECK": "1",
            "DO_NOT_TRACK": "1",
        }
