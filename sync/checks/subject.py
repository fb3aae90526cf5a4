"""What a rule looks at, and what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from alignment.markdown import D2L

if TYPE_CHECKING:
    from alignment.markdown import Profile
    from alignment.model import Alignment, Document
    from sync.bitext.terminology.model import TermBase
    from sync.model import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A chapter in two languages."""

    source: Document
    """English."""
    target: Document
    """The translation. Its pending blocks are English that is still owed; what they hold counts as present."""
    lang: str
    """BCP-47 tag of the translation."""
    profile: Profile = D2L
    owed: tuple[tuple[str, str], ...] = ()
    """Old and new English of edited segments whose translation still stands for the old."""
    alignment: Alignment | None = None
    """Of ``source`` with ``target``, where the caller has it; made when it is needed otherwise."""
    terms: TermBase | None = None
    """The glossary of the translation, if it has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one rule says about one place of the translation."""

    line: int
    """In the translation, from 1."""
    severity: Severity
    message: str
    key: str
    """What is wrong, whatever line it stands on: two findings of one rule with one key are the same fault."""
    times: int = 1
    """How often."""
    when_new: Severity | None = None
    """Its severity in something an update wrote, if another: a translator may mean it, an update never does."""
