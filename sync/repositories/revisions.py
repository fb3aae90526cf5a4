"""The nouns of a version history: a commit, a file in it, an earlier version of that file, a change to make."""

from __future__ import annotations

from dataclasses import dataclass, field

REGULAR = "100644"
"""Mode of an ordinary file."""

EXECUTABLE = "100755"


@dataclass(frozen=True, slots=True)
class Commit:
    """One revision of a repository. Two are equal when they are the same commit."""

    id: str
    date: str = field(default="", compare=False)
    """When it was committed, ISO 8601."""
    subject: str = field(default="", compare=False)

    @property
    def short(self) -> str:
        return self.id[:8]


@dataclass(frozen=True, slots=True)
class File:
    """A file at some revision."""

    path: str
    blob: str
    """Id of its content: two files with the same blob have the same bytes, in any repository."""
    mode: str = REGULAR

    @property
    def is_plain(self) -> bool:
        """Neither a link nor a submodule."""
        return self.mode in {REGULAR, EXECUTABLE}


@dataclass(frozen=True, slots=True)
class Version:
    """A content that a path had, and the commit that gave it."""

    blob: str
    commit: str
    date: str
    """When it was committed, ISO 8601."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """What a path shall hold: a text, or data that is no text. With neither it is removed."""

    path: str
    text: str | None = None
    data: bytes | None = field(default=None, repr=False)

    @property
    def content(self) -> bytes | None:
        return self.data if self.text is None else self.text.encode("utf-8")

    @property
    def removes(self) -> bool:
        return self.text is None and self.data is None


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a branch."""

    branch: str
    commit: str
    """Its tip; empty where there was nothing to write and there is no such branch."""
    new: bool
    """A commit was made."""
