"""What people see: results on standard output, progress and errors on standard error, colour only on a terminal."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rich.console import Console as RichConsole
    from rich.progress import Progress

WIDTH = 110
"""Columns of a table that goes into a file."""


class Console:
    """The two streams of a command and the environment it was started in."""

    def __init__(self, out: TextIO, err: TextIO, env: Mapping[str, str]) -> None:
        self.out = out
        self.err = err
        self.env = env
        self._bar: Progress | None = None

    def print(self, text: str = "") -> None:
        """A line of the result: as it is, but for characters that would command a terminal."""
        if self.out.isatty():
            with self._without_bar():
                self._write(self.out, text)
        else:
            self.out.write(text + "\n")
            self.out.flush()

    def note(self, text: str) -> None:
        """A line for the person at the terminal, not part of the result."""
        with self._without_bar():
            self._write(self.err, text)

    def error(self, text: str) -> None:
        """Why the command could not do what it was asked."""
        self.note(f"amts: {text}")

    def rich(self) -> RichConsole:
        """A rich console on standard output, for tables."""
        return self._rich(self.out, None if self.out.isatty() else WIDTH)

    def _rich(self, stream: TextIO, width: int | None = None) -> RichConsole:
        from rich.console import Console as Rich

        return Rich(file=stream, width=width, highlight=False, _environ=self.env)

    def _write(self, stream: TextIO, text: str) -> None:
        from bot.quoting import printable

        stream.write(printable(text) + "\n")
        stream.flush()

    @contextmanager
    def progress(self, title: str, total: int) -> Iterator[Callable[[str], None]]:
        """A progress bar on standard error, only where that is a terminal. Call the yielded function once per step.

        Args:
            title: what is being done.
            total: how many steps there are; 0 where nobody knows.
        """
        if not self.err.isatty():
            yield lambda step: None
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        from bot.quoting import printable

        about = TextColumn("{task.description}", markup=False)
        columns = (about, BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self._rich(self.err), transient=True) as bar:
            task = bar.add_task(title, total=total or None)
            self._bar = bar

            def advance(step: str) -> None:
                bar.update(task, advance=1, description=f"{title}: {printable(' '.join(step.split()))}")

            try:
                yield advance
            finally:
                self._bar = None

    @contextmanager
    def _without_bar(self) -> Iterator[None]:
        """Takes the progress bar off the terminal while a line is written."""
        bar = self._bar
        if bar is not None:
            bar.stop()
        try:
            yield
        finally:
            if bar is not None:
                bar.start()
