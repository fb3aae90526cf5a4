"""The log of a run, of which GitHub's runner reads each line: what looks like a command to it is carried out.

So commands are off as long as a log is open, whatever is printed, by us or by a library; they are on only for the lines
that the methods here write. A random word, which nobody else knows, turns them on.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, Self

from bot.quoting import printable
from bot.runner.redaction import SHORTEST, forms, redact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_DATA: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def command(name: str, data: str = "", **properties: str | int) -> str:
    """A command to the runner as one line; properties that are empty or 0 are left out."""
    said = ",".join(f"{key}={str(value).translate(_PROPERTY)}" for key, value in properties.items() if value)
    return f"::{name}{' ' if said else ''}{said}::{data.translate(_DATA)}"


class Log:
    """A log that is open; ``write`` takes whole lines without their ends, ``token`` is random and used nowhere else."""

    def __init__(self, write: Callable[[str], None], *, token: str) -> None:
        self._write = write
        self._token = token
        self._secrets: list[str] = []

    def __enter__(self) -> Self:
        self._write(command("stop-commands", self._token))
        return self

    def __exit__(self, *_: object) -> None:
        self._write(command(self._token))

    def say(self, text: str) -> None:
        """Says something to people, which may hold anything but secrets."""
        for line in self._clean(text).split("\n"):
            self._write(line)

    def error(self, message: str, *, file: str = "", line: int = 0, title: str = "") -> None:
        """Says what went wrong, and shows it at the line of a file in the repository."""
        self._annotate("error", message, file=file, line=line, title=title)

    def warning(self, message: str, *, file: str = "", line: int = 0, title: str = "") -> None:
        """Says what people should look at."""
        self._annotate("warning", message, file=file, line=line, title=title)

    def notice(self, message: str, *, file: str = "", line: int = 0, title: str = "") -> None:
        """Says what people may want to know."""
        self._annotate("notice", message, file=file, line=line, title=title)

    def mask(self, secret: str) -> None:
        """Keeps a secret out of this log, and has the runner keep it out of everybody's."""
        if len(secret.strip()) >= SHORTEST:
            self._secrets.append(secret)
            self._commands(*(command("add-mask", form) for form in forms(secret)))

    @contextmanager
    def group(self, title: str) -> Iterator[None]:
        """What is said within can be folded."""
        self._commands(command("group", self._clean(title)))
        try:
            yield
        finally:
            self._commands(command("endgroup"))

    def _annotate(self, kind: str, message: str, *, file: str, line: int, title: str) -> None:
        at: dict[str, str | int] = {"file": self._clean(file), "line": line if file else 0, "title": self._clean(title)}
        self._commands(command(kind, self._clean(message), **at))

    def _commands(self, *lines: str) -> None:
        self._write("\n".join([command(self._token), *lines, command("stop-commands", self._token)]))

    def _clean(self, text: str) -> str:
        return printable(redact(text, self._secrets))
