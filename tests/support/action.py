"""Runs of the action as a workflow starts them, against the emulated GitHub, on a small book in English and Spanish."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bot.action import run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.github_server.emulator import GitHubServer

ENGLISH = "book/english"
FORK = "book/es"
MAINTAINER = "ana"
BOT = "github-actions[bot]"

TEA = """\
# Tea

Tea is hot. It was picked in spring.

```python
pot = 3
```

Milk is cold.
"""
TEA_ES = """\
# Té

El té está caliente. Se recogió en primavera.

```python
pot = 3
```

La leche está fría.
"""
ICE = "# Ice\n\nIce is cold. It melts in the sun.\n"
ICE_ES = "# Hielo\n\nEl hielo está frío. Se derrite al sol.\n"
CONFIG = f"source: {ENGLISH}\nlang: es\n"


@dataclass
class Ran:
    """How a run ended."""

    code: int
    log: str
    summary: str
    outputs: str


@dataclass
class Book:
    """The English book and its fork, on GitHub."""

    github: GitHubServer
    folder: Path
    inputs: dict[str, str] = field(default_factory=dict)
    runs: int = 0

    def begin(self) -> Book:
        """Two chapters, translated from the English that there is."""
        self.github.user(MAINTAINER)
        self.github.repository(ENGLISH, {"drinks/tea.md": TEA, "drinks/ice.md": ICE, "README.md": "Tea\n"})
        self.github.repository(
            FORK,
            {
                ".amts.yml": CONFIG,
                "drinks/tea.md": TEA_ES,
                "drinks/tea_origin.md": TEA,
                "drinks/ice.md": ICE_ES,
                "drinks/ice_origin.md": ICE,
            },
        )
        self.github.user(MAINTAINER, {FORK: "write"})
        return self

    def english(self, **chapters: str) -> None:
        """English moves on."""
        self.github.commit(ENGLISH, {f"drinks/{name}.md": text for name, text in chapters.items()})

    def token(self) -> str:
        return self.github.token(BOT, repositories=[FORK], kind="actions")

    def run(self, event: str = "schedule", payload: dict[str, Any] | None = None, **env: str) -> Ran:
        """One run, on a machine of its own."""
        self.runs += 1
        place = self.folder / f"run-{self.runs}"
        place.mkdir()
        found = payload if payload is not None else self.github.event(event, FORK, schedule="7 3 * * 1")
        (place / "event.json").write_text(json.dumps(found))
        lines: list[str] = []
        code = run(self._environment(event, place) | env, lines.append, "unguessable")
        read = {
            name: (place / name).read_text() if (place / name).exists() else "" for name in ("summary.md", "output.txt")
        }
        return Ran(code, "\n".join(lines), read["summary.md"], read["output.txt"])

    def _environment(self, event: str, place: Path) -> dict[str, str]:
        token = self.token()
        return {
            **self.github.environment(token, FORK),
            "GITHUB_EVENT_NAME": event,
            "GITHUB_EVENT_PATH": str(place / "event.json"),
            "GITHUB_OUTPUT": str(place / "output.txt"),
            "GITHUB_STEP_SUMMARY": str(place / "summary.md"),
            "GITHUB_WORKSPACE": str(place),
            "GITHUB_RUN_ID": str(self.runs),
            "GITHUB_ACTOR": MAINTAINER,
            "GITHUB_SHA": self.github.tip(FORK) or "",
            "GITHUB_REF": "refs/heads/main",
            "INPUT_GITHUB_TOKEN": token,
            "AMTS_PAUSE": "0",
            **{f"INPUT_{name.upper().replace('-', '_')}": text for name, text in self.inputs.items()},
        }

    def pulls(self, state: str = "open") -> list[Any]:
        return self.github.issues(FORK, state=state, pulls=True)
