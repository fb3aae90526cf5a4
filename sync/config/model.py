"""What a fork wants of AMTS, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sync.errors import UsageError
from sync.repositories.paths import selects

if TYPE_CHECKING:
    from collections.abc import Mapping

CONFIG_PATH: Final = ".amts.yml"
INI_PATH: Final = "config.ini"
"""Where d2lbook has its settings, of which some are defaults for ours."""
SHOWN: Final = 100
"""Errors that a message has room for; more come of a file that is no configuration."""


class ConfigError(UsageError):
    """A configuration that cannot be used, with everything that is wrong with it."""

    def __init__(self, path: str, errors: tuple[str, ...], next_step: str) -> None:
        count = "an error" if len(errors) == 1 else f"{len(errors):,} errors"
        shown = [f"  {error}" for error in errors[:SHOWN]]
        more = [f"  and {len(errors) - SHOWN:,} more."] if len(errors) > SHOWN else []
        super().__init__("\n".join([f"{path} has {count}:", *shown, *more, next_step]))
        self.errors = errors
        """Each with its line and its key."""
        self._made_of = (path, errors, next_step)

    def __reduce__(self) -> tuple[type[ConfigError], tuple[str, tuple[str, ...], str]]:
        """For the way from one process to another."""
        return type(self), self._made_of


@dataclass(frozen=True, slots=True)
class Kept:
    """Translations that stay as they are."""

    path: str
    """A chapter, a folder or a glob."""
    digest: str = ""
    """Of one English segment (``alignment.markdown.pending.digest``); empty for whole chapters."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the value of a key comes from."""

    key: str
    place: str
    """``.amts.yml, line 3``, ``config.ini [translation] origin_repo`` or ``default``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """What a fork wants. What each field means stands in ``amts.schema.json``, under its name with hyphens."""

    version: int
    source: str
    """Empty where nobody says it."""
    lang: str
    """Empty where nobody says it."""
    follow: str
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    new_chapters: str
    deleted_chapters: str
    renames: tuple[tuple[str, str], ...]
    """Old and new path."""
    order: tuple[str, ...]
    most_read: tuple[str, ...]
    keep_english: str
    engine: str
    amazon: Mapping[str, Any]
    max_characters: int | None
    """``None``: no limit."""
    keep: tuple[Kept, ...]
    profile: str
    toc: str
    bibliography: tuple[str, ...]
    terminology: str
    """Empty where nobody says it."""
    warnings: tuple[str, ...]
    """What is odd and not wrong: keys that nobody knows, an ini file that cannot be read."""
    origins: tuple[Origin, ...]
    """One for each key."""

    def selects(self, path: str) -> bool:
        """Whether a chapter is kept in step: named by ``include`` and not by ``exclude``."""
        return selects(self.include, path) and not (self.exclude and selects(self.exclude, path))

    def keeps(self, path: str) -> bool:
        """Whether a whole chapter stays as it is."""
        return any(not one.digest and selects((one.path,), path) for one in self.keep)

    def kept_segments(self, path: str) -> frozenset[str]:
        """Digests of the English segments of a chapter whose translation stays as it is."""
        return frozenset(one.digest for one in self.keep if one.digest and selects((one.path,), path))
