"""What people see: results on standard output, progress and errors on standard error, colour only on a terminal."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rich.console import Console as RichConsole


class Console:
    """The two streams of a command and the environment it was started in."""

    def __init__(self, out: TextIO, err: TextIO, env: Mapping[str, str]) -> None:
        self.out = out
        self.err = err
        self.env = env

    def print(self, text: str = "") -> None:
        """A line of the result, as it is."""
        self.out.write(text + "\n")

    def note(self, text: str) -> None:
        """A line for the person at the terminal, not part of the result."""
        self.err.write(text + "\n")

    def error(self, text: str) -> None:
        self.err.write(f"amts: {text}\n")

    def rich(self) -> RichConsole:
        """A rich console on standard output, for tables."""
        from rich.console import Console as Rich

        width = None if self.out.isatty() else 110
        return Rich(file=self.out, width=width, highlight=False)

    @contextmanager
    def progress(self, title: str, total: int) -> Iterator[Callable[[str], None]]:
        """A progress bar on standard error, only where that is a terminal. Call the yielded function once per step."""
        if not self.err.isatty():
            yield lambda step: None
            return
        from rich.console import Console as Rich
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Rich(file=self.err), transient=True) as bar:
            task = bar.add_task(title, total=total)

            def advance(step: str) -> None:
                bar.update(task, advance=1, description=f"{title}: {step}")

            yield advance
