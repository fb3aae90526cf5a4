"""The work of a job: documents read, translated and written, with the details file of each language."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.support.translate_emulator.account import Bill
from tests.support.translate_emulator.rendering import Rendered, Wording, damage_of, render
from tests.support.translate_emulator.storage import Place, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tests.support.translate_emulator.account import Account
    from tests.support.translate_emulator.content.damage import Damage
    from tests.support.translate_emulator.faults import Effect
    from tests.support.translate_emulator.settings import Limits

DONE = "Your job has completed successfully."


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a job is to do."""

    source: str
    targets: tuple[str, ...]
    examples: Mapping[str, Sequence[tuple[str, str]]]
    """By target, as they were when the job was asked for."""
    with_examples: bool
    terminology: str
    terms: Mapping[str, Sequence[tuple[str, str]]]
    settings: Mapping[str, str]
    content_type: str
    input: Place
    output: Place
    effects: tuple[Effect, ...]

    def meeting(self, kind: str, path: str = "") -> Effect | None:
        """The fault of a kind that meets the job, or a file of it."""
        found = (effect for effect in self.effects if effect.kind == kind)
        return next((effect for effect in found if not path or effect.names_file(path)), None)


@dataclass(frozen=True, slots=True)
class Document:
    """What became of a document in a language: a rendering, or an error's code and message."""

    path: str
    target: str
    rendered: Rendered | None
    error: tuple[str, str] = ("", "")

    @property
    def output(self) -> str:
        """Its path below the output folder."""
        folder, slash, name = self.path.rpartition("/")
        return f"{folder}{slash}{self.target}.{name}"


@dataclass(slots=True)
class Outcome:
    """How a job ends."""

    status: str
    message: str
    counts: tuple[int, int, int] = (0, 0, 0)
    documents: Sequence[Document] = ()
    late: list[tuple[float, Place, bytes]] = field(default_factory=list)
    """Seconds after the end, place, data."""

    def bills(self, origin: str, work: Work) -> Iterator[Bill]:
        """What each language costs."""
        for target in work.targets:
            found = sum(one.rendered.characters for one in self.documents if one.rendered and one.target == target)
            yield Bill(
                origin=origin,
                source=work.source,
                target=target,
                characters=found,
                with_examples=work.with_examples,
            )


def perform(work: Work, account: Account) -> Outcome:
    """Does it all. Never raises for what the input or the buckets are like."""
    if (failure := work.meeting("job_failed")) is not None:
        return Outcome("FAILED", failure.message)
    try:
        inputs = _inputs(work, account)
        documents = [one for target in work.targets for one in _translated(work, account, inputs, target)]
        late = _written(work, account, documents)
    except Unreadable as error:
        return Outcome("FAILED", f"ACCESS_DENIED: the data access role cannot read or write {error}")
    except ValueError as error:
        return Outcome("FAILED", str(error))
    bad = len({one.path for one in documents if one.rendered is None})
    counts = (len(inputs) - bad, bad, len(inputs))
    if bad:
        return Outcome("COMPLETED_WITH_ERROR", f"{bad} documents could not be translated.", counts, documents, late)
    return Outcome("COMPLETED", DONE, counts, documents, late)


def _inputs(work: Work, account: Account) -> list[tuple[str, bytes | str]]:
    """Path and data of each document, or the reason why it is refused. Raises ``ValueError`` for the whole job."""
    limits = account.limits
    found = account.storage.listed(work.input)
    if not found:
        reason = f"INVALID_INPUT: there are no documents in {work.input}"
        raise ValueError(reason)
    if len(found) > limits.job_documents or sum(size for _, size in found) > limits.job:
        reason = f"INVALID_INPUT: a job has at most {limits.job_documents} documents and {limits.job} bytes"
        raise ValueError(reason)
    key, bucket = work.input.key, work.input.bucket
    return [
        (path, account.storage.read(Place(bucket, key + path)) if size <= limits.file else "too many bytes")
        for path, size in found
    ]


def _translated(
    work: Work, account: Account, inputs: Sequence[tuple[str, bytes | str]], target: str
) -> Iterator[Document]:
    wording = Wording(
        translator=account.translator,
        source=work.source,
        target=target,
        examples=work.examples.get(target, ()),
        terms=work.terms.get(target, ()),
        settings=work.settings,
        damage=_damage(work),
    )
    for path, data in inputs:
        if (ordered := work.meeting("documents_failed", path)) is not None:
            yield Document(path, target, None, (ordered.code, ordered.message))
        else:
            yield _document(path, data, work.content_type, wording, account.limits)


def _document(path: str, data: bytes | str, content_type: str, wording: Wording, limits: Limits) -> Document:
    try:
        if isinstance(data, str):
            raise ValueError(data)
        rendered = render(data, content_type, wording)
        if len(data.decode()) > limits.file_characters or rendered.characters > limits.file_text:
            reason = "The document is too large"
            raise ValueError(reason)
    except ValueError as error:
        reason = "Invalid utf-8 encoded texts detected" if isinstance(error, UnicodeDecodeError) else str(error)
        return Document(path, wording.target, None, ("InvalidRequestException", reason))
    return Document(path, wording.target, rendered)


def _damage(work: Work) -> Damage | None:
    effect = work.meeting("damaged")
    return None if effect is None else damage_of(effect)


def _written(work: Work, account: Account, documents: Sequence[Document]) -> list[tuple[float, Place, bytes]]:
    late = []
    for path, name, data in _outputs(work, documents):
        place = Place(work.output.bucket, work.output.key + name)
        if path and work.meeting("output_missing", path) is not None:
            continue
        if path and (effect := work.meeting("output_late", path)) is not None:
            late.append((effect.seconds, place, data))
        else:
            account.storage.write(place, data)
    return late


def _outputs(work: Work, documents: Sequence[Document]) -> Iterator[tuple[str, str, bytes]]:
    """Path of the input, if there is one, path of the output, and data of each file."""
    for one in documents:
        if one.rendered is not None:
            yield one.path, one.output, one.rendered.data
    for target in work.targets:
        details = json.dumps(_details(work, target, documents), ensure_ascii=False, indent=1).encode()
        yield "", f"details/{target}.auxiliary-translation-details.json", details
    if (effect := work.meeting("output_extra")) is not None:
        yield from (("", name, b"Nobody asked for this.") for name in effect.names)


def _details(work: Work, target: str, documents: Sequence[Document]) -> dict[str, Any]:
    mine = [one for one in documents if one.target == target]
    return {
        "sourceLanguageCode": work.source,
        "targetLanguageCode": target,
        "charactersTranslated": str(sum(one.rendered.characters for one in mine if one.rendered)),
        "documentCountWithCustomerError": str(sum(one.rendered is None for one in mine)),
        "documentCountWithServerError": "0",
        "inputDataPrefix": str(work.input),
        "outputDataPrefix": str(work.output),
        "details": [_detail(work, one) for one in mine],
    }


def _detail(work: Work, document: Document) -> dict[str, Any]:
    if document.rendered is None:
        code, message = document.error
        error = {"errorCode": code, "errorMessage": message}
        return {"sourceFile": document.path, "auxiliaryData": {"error": error}}
    terms = [{"sourceText": source, "targetText": target} for source, target in document.rendered.applied]
    applied = {"appliedTerminologies": [{"name": work.terminology, "terms": terms}]} if terms else {}
    return {"sourceFile": document.path, "targetFile": document.output, "auxiliaryData": applied}
