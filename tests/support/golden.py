"""Golden files: cases one after another, each some texts, every one of them ended by a line of one dot.

The first text of a case is its title: the behaviour that it shows. The last ones are what is expected.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).parent.parent / "golden"


@dataclass(frozen=True, slots=True)
class Case:
    """A case and where it stands."""

    path: Path
    number: int
    """Of the case in its file, from 0."""
    texts: tuple[str, ...]

    @property
    def title(self) -> str:
        return self.texts[0].strip()

    def __str__(self) -> str:
        return f"{self.path.stem}: {self.title}"

    def rewrite(self, *expected: str) -> None:
        """Put what is to be expected into the file."""
        cases = [list(case.texts) for case in read_golden(self.path, len(self.texts))]
        cases[self.number][-len(expected) :] = expected
        texts = "".join(f"{text}\n.\n" if text else ".\n" for case in cases for text in case)
        self.path.write_text(texts, encoding="utf-8")


def read_golden(path: Path, size: int) -> list[Case]:
    """The cases of a file, each of ``size`` texts."""
    texts = _texts(path)
    found = []
    while case := tuple(islice(texts, size)):
        assert len(case) == size, f"{path}: the case {case[0].strip()!r} has {len(case)} texts, not {size}"
        found.append(Case(path, len(found), case))
    return found


def read_folder(folder: str, size: int) -> list[Case]:
    """The cases of every file in a folder of ``tests/golden``."""
    return [case for path in sorted((FOLDER / folder).glob("*.txt")) for case in read_golden(path, size)]


def _texts(path: Path) -> Iterator[str]:
    lines: list[str] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line == ".":
            yield "\n".join(lines)
            lines = []
        else:
            lines.append(line)
