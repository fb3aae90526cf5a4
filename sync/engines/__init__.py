"""The engines: one module each, listed here by hand. Each is imported when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol, cast

from alignment.markdown import D2L
from sync.errors import UsageError
from sync.model import SOURCE_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment.markdown import Profile
    from sync.bitext.memory import Memory
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


UNAIDED: Final = Aids()


class Engine(Protocol):
    """Jobs in, drafts out; two steps, because a service may take hours between them."""

    def submit(self, jobs: Sequence[Job]) -> str:
        """Hand over jobs. Returns a ticket."""

    def collect(self, ticket: str) -> tuple[Draft, ...] | None:
        """The drafts of a ticket, in any order; ``None`` while the engine is still at work."""


ENGINES: Final = {"local": "sync.engines.local", "echo": "sync.engines.echo"}
"""Adding one: a module with ``open_engine(languages, memory, profile, aids)``, and a word here."""

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
