"""Translations that were paid for, so that none is paid for twice: a file of lines for each plan."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from alignment.diff import fold
from alignment.markdown import mask
from sync.engines.order import is_supported
from sync.engines.verify import CODE_CONTEXTS
from sync.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sync.engines.amazon.service.storage import Storage
    from sync.merge.prose.language_pair import LanguagePair
    from sync.model import Job

FOLDER: Final = "cache/"
MISSING: Final = "the service gave no document"
"""Problem of all segments of a document that did not come; they may come of another job."""
UNTRANSLATED: Final = "it came back untranslated"
MIXED_UP: Final = "its words do not show that its formulas, code or links stand where they belong"
FEW: Final = 3
"""Words of a text that may be the same in both languages, like a name."""
WORD: Final = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the service made of one segment."""

    key: str
    text: str = ""
    """Markdown; empty where it cannot be used."""
    problem: str = ""
    """Why it cannot."""
    tries: int = 1
    """How often it was sent, this time included; in real time it is sent last."""
    kind: str = "batch"
    """The way it came: ``batch`` or ``real-time``."""


def answer_to(
    job: Job, key: str, text: str, problem: str, pair: LanguagePair, *, tries: int, kind: str = "batch"
) -> Answer:
    """What came back for a segment, if it can be used; ``pair`` tells whether its words bear out its markup."""
    problem = _doubt(job, text, pair) if text else problem or MISSING
    return Answer(key=key, text="" if problem else text, problem=problem, tries=tries, kind=kind)


def _doubt(job: Job, text: str, pair: LanguagePair) -> str:
    """Why a whole answer is no translation; one that came back as it went out is none."""
    if fold(text) == fold(job.source) and len(WORD.findall(mask(text).text)) > FEW:
        return UNTRANSLATED
    if job.context not in CODE_CONTEXTS and not is_supported(job.source, text, pair):
        return MIXED_UP
    return ""


def read_answers(storage: Storage, folder: str) -> dict[str, Answer]:
    """All answers below a folder, by key. One that can be used is never put back by one that cannot."""
    found: dict[str, Answer] = {}
    for name in storage.names(f"{folder}{FOLDER}"):
        for answer in _read(storage.read(name) or b"", storage.uri(name)):
            found[answer.key] = better(found.get(answer.key), answer)
    return found


def better(one: Answer | None, other: Answer) -> Answer:
    """Of two answers the one that can be used, else the later."""
    return max((one or other, other), key=lambda answer: (bool(answer.text), answer.tries))


def write_answers(storage: Storage, folder: str, digest: str, answers: Iterable[Answer]) -> None:
    """Keep the answers of one plan."""
    lines = (json.dumps(asdict(answer), ensure_ascii=False, sort_keys=True) for answer in answers)
    storage.write(f"{folder}{FOLDER}{digest}.jsonl", "".join(f"{line}\n" for line in lines).encode())


def _read(data: bytes, place: str) -> list[Answer]:
    try:
        return [Answer(**json.loads(line)) for line in data.decode().splitlines()]
    except (ValueError, TypeError) as error:
        message = f"{place} holds something else than translations ({error}). Delete it; they are paid for again."
        raise EngineError(message) from error
