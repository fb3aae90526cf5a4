"""What the service is given beside the text: the fork's parallel data and its glossary, and under which names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from alignment.locales import load
from sync.bitext.parallel_data.build import build
from sync.bitext.parallel_data.tables import Form, render
from sync.bitext.terminology import amazon as terminology
from sync.engines.amazon.keys import resource_name
from sync.engines.amazon.plans import Manner
from sync.engines.amazon.resources.examples import ensure_examples
from sync.engines.amazon.resources.glossaries import await_terminology, import_terminology
from sync.engines.amazon.settings import Mode

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from alignment.markdown import Profile
    from sync.bitext.memory import Memory
    from sync.bitext.parallel_data.model import ChapterPair
    from sync.bitext.terminology.model import TermBase
    from sync.engines.amazon.account import Account
    from sync.engines.amazon.resources.glossaries import Glossary

FORM: Final = "csv"


@dataclass(frozen=True, kw_only=True)
class Supply:
    """Made when it is first asked for, and sent when a job needs it."""

    account: Account
    memory: Memory
    chapters: Callable[[], Sequence[ChapterPair]] | None
    """The fork's; without them, examples are made of the memory."""
    terms: TermBase | None
    profile: Profile

    @cached_property
    def manner(self) -> Manner:
        """How segments are translated, as far as that can be said without asking the service."""
        name = resource_name(self.account.settings.book, self.account.lang)
        return Manner(
            data=name if self.examples else "",
            digest=_digest(self.examples),
            terminology=name if self.glossary else "",
            terms=_digest(self.glossary),
            settings=self._settings(),
        )

    def ready(self, deadline: float) -> Manner:
        """The same once the service has it all; with the digest of older examples where it refused the new.

        Raises:
            EngineError: it refused, and has nothing older.
            Waiting: it was not ready until ``deadline``, in seconds since 1970.
        """
        glossary = self._bring_glossary(deadline) if self.glossary else None
        manner = self._bring_examples(deadline) if self.examples else self.manner
        if glossary:  # the two take their time side by side
            self._await_glossary(glossary, deadline)
        return manner

    def ready_at_once(self, deadline: float) -> None:
        """See to it that the service has what translation in real time uses: the glossary. Raises as ``ready``."""
        if self.glossary:
            self._await_glossary(self._bring_glossary(deadline), deadline)

    def _await_glossary(self, glossary: Glossary, deadline: float) -> None:
        await_terminology(glossary, deadline=deadline, report=self.account.say, time=self.account.time)

    def _bring_glossary(self, deadline: float) -> Glossary:
        return import_terminology(
            self.account.clients,
            self.manner.terminology,
            self.glossary,
            FORM,
            self.manner.terms,
            deadline=deadline,
            report=self.account.say,
            time=self.account.time,
        )

    def _bring_examples(self, deadline: float) -> Manner:
        used = ensure_examples(
            self.account.clients,
            self.account.storage,
            self.manner.data,
            self.examples,
            FORM,
            self.manner.digest,
            deadline=deadline,
            report=self.account.say,
            time=self.account.time,
        )
        return replace(self.manner, digest=used.digest) if used else replace(self.manner, data="", digest="")

    @cached_property
    def examples(self) -> bytes:
        """The file of parallel data; empty where there is nothing to learn, or jobs do without."""
        settings, lang = self.account.settings, self.account.lang
        if settings.mode is Mode.REAL_TIME or not settings.parallel_data:
            return b""
        chapters = self.chapters() if self.chapters else ()
        pairs = () if self.chapters else self.memory.pairs
        data = build(chapters, lang, granularity=settings.granularity, profile=self.profile, memory=pairs)
        return render([data], Form(FORM)).encode() if data.entries else b""

    @cached_property
    def glossary(self) -> bytes:
        """The file of custom terminology; empty without a glossary, and for languages whose words take endings."""
        if self.terms is None:
            return b""
        built = terminology.build_terminology([(self.account.lang, self.terms)])
        return terminology.render(built, FORM)[0] if built.rows and not built.discouraged else b""

    def _settings(self) -> tuple[tuple[str, str], ...]:
        """Formality, where it is wanted and the service has it for the language."""
        wanted = self.account.settings.formality.upper()
        return (("Formality", wanted),) if wanted and load(self.account.lang).amazon.formality else ()


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest() if data else ""
