"""Translation at once, without parallel data: the base line, the way for small edits, and the last try."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from sync.engines.amazon.batch import HTML, documents_of
from sync.engines.amazon.cache import answer_to, write_answers
from sync.engines.amazon.service.clients import ATTEMPTS, code_of
from sync.engines.amazon.text.documents import read_document
from sync.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sync.engines.amazon.account import Account
    from sync.engines.amazon.cache import Answer
    from sync.engines.amazon.plans import Manner
    from sync.engines.amazon.text.documents import Document
    from sync.merge.prose.language_pair import LanguagePair
    from sync.model import Job

DOCUMENT: Final = 60_000
"""Bytes of text in a document; the service takes 100,000 with its tags."""
TEXT: Final = 5_000
"""The same in a text, of which it takes 10,000."""
BROKEN: Final = frozenset({"InternalServerException", "InternalFailure", "ServiceUnavailableException", "500", "503"})
"""What the service answers to documents that it cannot cope with, and then takes as text."""
TRIES: Final = 3
"""What a segment counts as that was sent in real time: it is not sent again."""
KIND: Final = "document"
"""In the words of the price list."""


def translate_now(
    account: Account,
    jobs: Sequence[Job],
    keys: Mapping[str, str],
    languages: tuple[str, str],
    manner: Manner,
    pair: LanguagePair,
) -> tuple[Answer, ...]:
    """Translate segments in as few requests as hold them. Each answer is kept before the next request is sent.

    A run that is killed pays at most for one document again, ``DOCUMENT`` bytes; a request whose answer is lost is paid
    for at most ``ATTEMPTS`` times.

    Raises:
        EngineError: the service does not answer; what it answered before is kept.
    """
    found: list[Answer] = []
    for document in documents_of(jobs, pair.profile, DOCUMENT):
        own = [job for job in jobs if job.id in document.parts.values()]
        answers = tuple(_translate(account, document, own, keys, languages, manner, pair))
        digest = sha256("".join(sorted(answer.key for answer in answers)).encode()).hexdigest()
        write_answers(account.storage, account.folder, digest, answers)
        account.record(account.cost(digest, KIND, document.characters, billed=document.characters))
        found += answers
    return tuple(found)


def worst_case(characters: int) -> int:
    """Characters that may be billed at most, if every answer is lost on its way and every request repeated."""
    return characters * ATTEMPTS


def _translate(
    account: Account,
    document: Document,
    jobs: Sequence[Job],
    keys: Mapping[str, str],
    languages: tuple[str, str],
    manner: Manner,
    pair: LanguagePair,
) -> Iterator[Answer]:
    try:
        pieces = [(document, _as_document(account, document, languages, manner))]
    except EngineError as error:
        if code_of(error) not in BROKEN:
            raise
        parts = documents_of(jobs, pair.profile, TEXT)
        pieces = [(part, _as_text(account, part, languages, manner)) for part in parts]
    for part, text in pieces:
        own = tuple(job for job in jobs if job.id in part.parts.values())
        read = read_document(text, part, own)
        for job in own:
            made, problem = read.drafts.get(job.id, ""), read.problems.get(job.id, "")
            yield answer_to(job, keys[job.id], made, problem, pair, tries=TRIES, kind="real-time")


def _as_document(account: Account, document: Document, languages: tuple[str, str], manner: Manner) -> str:
    content = {"Content": document.html.encode(), "ContentType": HTML}
    answer = account.clients.call(
        "translate",
        "translate_document",
        expect="TranslatedDocument",
        Document=content,
        **_parameters(languages, manner),
    )
    return bytes(answer["TranslatedDocument"]["Content"]).decode("utf-8", "replace")


def _as_text(account: Account, document: Document, languages: tuple[str, str], manner: Manner) -> str:
    answer = account.clients.call(
        "translate", "translate_text", expect="TranslatedText", Text=document.html, **_parameters(languages, manner)
    )
    return str(answer["TranslatedText"])


def _parameters(languages: tuple[str, str], manner: Manner) -> dict[str, Any]:
    found: dict[str, Any] = {"SourceLanguageCode": languages[0], "TargetLanguageCode": languages[1]}
    if manner.terminology:
        found["TerminologyNames"] = [manner.terminology]
    if manner.settings:
        found["Settings"] = dict(manner.settings)
    return found
