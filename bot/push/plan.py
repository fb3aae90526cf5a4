"""The plan of a run over many forks: rows for the matrix of a workflow, each independent of the others. Pure.

Nothing but ids goes from step to step, and the file of a plan is known by its SHA-256.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING, Any, Final

from bot.runner.job import REPOSITORY
from sync.config.document import plain, read_document
from sync.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LANGUAGES: Final = ".amts-languages.yml"
"""The file of the English repository that says which forks there are."""
ROWS: Final = 256
"""Jobs that GitHub makes of one matrix at most."""
SCHEMA: Final = 1
LANGUAGE: Final = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}"
_HINT: Final = "Write one entry for each fork: `- {language: zh, repository: owner/name}`."


@dataclass(frozen=True, slots=True, kw_only=True)
class Fork:
    """One translation of the book."""

    language: str
    """BCP-47."""
    repository: str
    """``owner/name``."""

    @property
    def owner(self) -> str:
        return self.repository.partition("/")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one job does: one fork, or several of one owner where there are more forks than GitHub makes jobs."""

    shard: str
    forks: tuple[Fork, ...]

    def for_matrix(self) -> dict[str, str]:
        """``repositories`` are the names below the owner, as an app is asked for a token."""
        return {
            "shard": self.shard,
            "languages": " ".join(fork.language for fork in self.forks),
            "owner": self.forks[0].owner,
            "repositories": ",".join(fork.repository.partition("/")[2] for fork in self.forks),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All rows, for one commit of the English book."""

    source: str
    """``owner/name`` of the English repository."""
    commit: str
    rows: tuple[Row, ...]

    @property
    def forks(self) -> tuple[Fork, ...]:
        return tuple(fork for row in self.rows for fork in row.forks)

    @property
    def matrix(self) -> str:
        """What ``strategy.matrix`` takes."""
        return json.dumps({"include": [row.for_matrix() for row in self.rows]}, separators=(",", ":"))

    @property
    def text(self) -> str:
        """The file, the same for the same plan."""
        rows = [
            {
                "shard": row.shard,
                "forks": [{"language": one.language, "repository": one.repository} for one in row.forks],
            }
            for row in self.rows
        ]
        content = {"schema": SCHEMA, "source": self.source, "commit": self.commit, "rows": rows}
        return json.dumps(content, indent=1) + "\n"

    @property
    def id(self) -> str:
        """SHA-256 of the file."""
        return sha256(self.text.encode()).hexdigest()


# Making one


def read_forks(text: str) -> tuple[Fork, ...]:
    """The forks that ``.amts-languages.yml`` names. Raises ``InputError`` that says all that is wrong with it."""
    root, problems = read_document(text)
    found = plain(root) if root and not problems else []
    if problems or not isinstance(found, list):
        said = " ".join(map(str, problems)) or "it is no list."
        message = f"{LANGUAGES}: {said} {_HINT}"
        raise InputError(message)
    forks = tuple(_fork(number, entry) for number, entry in enumerate(found, 1))
    named = Counter(name.lower() for fork in forks for name in (fork.language, fork.repository))
    for name, times in named.items():
        if times > 1:
            message = f"{LANGUAGES}: {name} is there twice. Delete one of the entries."
            raise InputError(message)
    return forks


def _fork(number: int, entry: Any) -> Fork:
    wrong = not isinstance(entry, dict) or set(entry) != {"language", "repository"}
    if wrong or not (_matches(LANGUAGE, entry["language"]) and _matches(REPOSITORY, entry["repository"])):
        message = f"{LANGUAGES}: entry {number} has no language and repository that could be. {_HINT}"
        raise InputError(message)
    return Fork(language=entry["language"], repository=entry["repository"])


def _matches(pattern: str, value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None


def chosen(forks: Sequence[Fork], languages: Sequence[str]) -> tuple[Fork, ...]:
    """The forks in some languages; all where none is named. Raises ``UsageError`` for a language without a fork."""
    known = {fork.language.lower() for fork in forks}
    missing = [language for language in languages if language.lower() not in known]
    if missing:
        message = f"There is no fork in {missing[0]}. {LANGUAGES} has {', '.join(sorted(known)) or 'none'}."
        raise UsageError(message)
    wanted = {language.lower() for language in languages} or known
    return tuple(fork for fork in forks if fork.language.lower() in wanted)


def make_plan(forks: Sequence[Fork], *, source: str, commit: str) -> Plan:
    """One row for each fork; several in a row where there would be more rows than GitHub takes.

    Raises ``InputError`` where even that is not enough.
    """
    if len({fork.owner.lower() for fork in forks}) > ROWS:
        message = f"{LANGUAGES}: the forks have more than {ROWS} owners, and GitHub makes no more jobs of one matrix."
        raise InputError(message)
    size = next(size for size in count(1) if sum(1 for _ in _parts(forks, size)) <= ROWS)
    rows = tuple(Row(shard=str(number), forks=part) for number, part in enumerate(_parts(forks, size)))
    return Plan(source=source, commit=commit, rows=rows)


def _parts(forks: Sequence[Fork], size: int) -> Iterator[tuple[Fork, ...]]:
    """Forks of one owner, at most ``size`` of them."""
    owned: dict[str, list[Fork]] = {}
    for fork in forks:
        owned.setdefault(fork.owner.lower(), []).append(fork)
    for ones in owned.values():
        yield from (tuple(ones[start : start + size]) for start in range(0, len(ones), size))


# Reading one


def read_plan(text: str, expected: str = "") -> Plan:
    """A plan from its file. Raises ``InputError`` where it is not one, or not the one with the SHA-256 ``expected``."""
    digest = sha256(text.encode()).hexdigest()
    if expected and digest != expected:
        message = f"This is another plan than the one that was made: it has the SHA-256 {digest}. Plan again."
        raise InputError(message)
    try:
        content = json.loads(text)
        rows = tuple(_row(row) for row in content["rows"])
        return Plan(source=str(content["source"]), commit=str(content["commit"]), rows=rows)
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        message = f"The plan cannot be read ({error}). Give the file that amts plan wrote."
        raise InputError(message) from error


def _row(row: Any) -> Row:
    return Row(
        shard=str(row["shard"]), forks=tuple(_fork(number, entry) for number, entry in enumerate(row["forks"], 1))
    )


def row_of(plan: Plan, shard: str) -> Row:
    """The row of a plan. Raises ``UsageError`` where it has no such row."""
    for row in plan.rows:
        if row.shard == shard:
            return row
    message = f"The plan has no row {shard[:20]!r}; it has {len(plan.rows)}, counted from 0."
    raise UsageError(message)
