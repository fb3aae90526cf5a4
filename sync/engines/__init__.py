"""The engines: one module each, listed here by hand. Each is imported when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from alignment.markdown import D2L
from sync.errors import UsageError
from sync.model import SOURCE_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from decimal import Decimal

    from alignment.markdown import Profile
    from sync.bitext.memory import Memory
    from sync.bitext.parallel_data.model import ChapterPair
    from sync.bitext.terminology.model import TermBase
    from sync.engines.models import Models
    from sync.model import Draft, Job


@dataclass(frozen=True, slots=True, kw_only=True)
class Aids:
    """What helps an engine beside its memory."""

    models: Models | None = None
    """Where one that is trained finds its model; without it, everything is learned anew and nothing kept."""
    terms: TermBase | None = None
    """The glossary that drafts should follow."""
    chapters: Callable[[], Sequence[ChapterPair]] | None = None
    """The fork's chapters, for an engine that makes more of them than sentence pairs."""
    service: Service | None = None
    """What an engine that is a service of somebody else's is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """What one errand of a service costs. A later one of the same errand is in the place of the earlier."""

    errand: str
    characters: int
    dollars: Decimal
    settled: bool
    """By the service's own count; else by ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """How a service is used."""

    values: Mapping[str, Any]
    """What the fork's configuration says of it."""
    env: Mapping[str, str]
    book: str
    """Name of the fork, which parts what the service keeps for it from what it keeps for others."""
    say: Callable[[str], None]
    """Told what is sent and what that costs, before it is."""
    charge: Callable[[Charge], None] = lambda charge: None
    """Told what was spent."""
    only_collect: bool = False
    """Start nothing; take what is done."""


UNAIDED: Final = Aids()


class Engine(Protocol):
    """Jobs in, drafts out; two steps, because a service may take hours between them."""

    def submit(self, jobs: Sequence[Job]) -> str:
        """Hand over jobs. Returns a ticket."""

    def collect(self, ticket: str) -> tuple[Draft, ...] | None:
        """The drafts of a ticket, in any order; ``None`` while the engine is still at work."""


ENGINES: Final = {
    "local": "sync.engines.local",
    "amazon": "sync.engines.amazon.engine",
    "echo": "sync.engines.echo",
}
"""Adding one: a module with ``open_engine(languages, memory, profile, aids)``, and a word here."""

SERVICES: Final = frozenset({"amazon"})
"""Those that keep what they were asked for themselves, and want to be asked for a whole book at once."""

UNTAUGHT: Final = frozenset({"echo"})
"""Those that learn nothing: no memory is made for them."""


def open_engine(
    name: str,
    lang: str,
    memory: Memory,
    profile: Profile = D2L,
    *,
    source_lang: str = SOURCE_LANGUAGE,
    aids: Aids = UNAIDED,
) -> Engine:
    """The engine called ``name`` for books of one dialect, knowing ``memory``, whose sources are in ``source_lang``.

    Raises:
        UsageError: there is no engine of that name.
    """
    if name not in ENGINES:
        message = f"There is no engine called {name!r}. Known engines: {', '.join(sorted(ENGINES))}."
        raise UsageError(message)
    return cast("Engine", import_module(ENGINES[name]).open_engine((source_lang, lang), memory, profile, aids))
