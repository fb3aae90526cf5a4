"""Segments → documents of HTML that the service translates, and back. Pure.

A document has one paragraph for each segment and one element for each piece of markup, all with ids of our own:
whatever the service does to them, a segment comes back whole or not at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from alignment.markdown import D2L, MaskError
from sync.engines.amazon.text.paragraphs import read_paragraphs, sure_names, with_names
from sync.engines.amazon.text.reading import Damaged, read_segment
from sync.engines.amazon.text.shown import Shown, show, to_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from alignment.markdown import Profile
    from sync.engines.amazon.text.paragraphs import Paragraph
    from sync.model import Job

LIMIT: Final = 900_000
"""Bytes of text in one document. The service takes a million, and as many characters with the markup."""
HEAD: Final = "<html><body>"
TAIL: Final = "</body></html>"
LOST: Final = "it did not come back"
MIXED: Final = "it came back twice, or together with the next"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What is sent as one file."""

    name: str
    """Of the file: ``0001.html``."""
    html: str = field(repr=False)
    parts: Mapping[str, str] = field(repr=False)
    """The segment of each paragraph: id of the element → id of the job."""
    characters: int
    """Code points of its text, with what must not be translated: what the service may charge for at most."""
    profile: Profile = field(default=D2L, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What came back. Each segment of the document is in one of both."""

    drafts: Mapping[str, str]
    """Translations, as Markdown where the source is, by id of the job."""
    problems: Mapping[str, str]
    """Why there is none."""


def render_documents(jobs: Iterable[Job], profile: Profile = D2L, *, limit: int = LIMIT) -> tuple[Document, ...]:
    """Segments as documents of at most ``limit`` bytes of text, in their order; one that is longer has its own.

    A job that holds characters which stand for markup, or no text, is in no document: nothing can be sent of it.
    """
    documents: list[Document] = []
    for group in _grouped(_paragraphs(jobs, profile), limit):
        documents.append(
            Document(
                name=f"{len(documents) + 1:04}.html",
                html=HEAD + "".join(row.paragraph for row in group) + TAIL,
                parts={row.element: row.job for row in group},
                characters=sum(row.shown.characters for row in group),
                profile=profile,
            )
        )
    return tuple(documents)


class _Row(NamedTuple):
    """One segment in a document."""

    element: str
    """Id of its paragraph."""
    job: str
    paragraph: str
    shown: Shown


def _paragraphs(jobs: Iterable[Job], profile: Profile) -> Iterator[_Row]:
    for number, job in enumerate(jobs, 1):
        try:
            shown = show(job, profile)
        except MaskError:
            continue
        if shown.words:
            element = f"s{number:06}"
            yield _Row(element, job.id, f'<p id="{element}">{to_html(shown, _prefix(element))}</p>', shown)


def _prefix(element: str) -> str:
    """What ids of the elements inside a paragraph begin with: so one that strayed into another is noticed."""
    return f"p{int(element[1:])}-"


def _grouped(rows: Iterable[_Row], limit: int) -> Iterator[list[_Row]]:
    group: list[_Row] = []
    text = signs = 0
    for row in rows:
        more = len(re.sub(r"<[^<>]*>", "", row.paragraph).encode("utf-8", "surrogatepass")), len(row.paragraph)
        if group and (text + more[0] > limit or signs + more[1] > limit):
            yield group
            group, text, signs = [], 0, 0
        group.append(row)
        text, signs = text + more[0], signs + more[1]
    if group:
        yield group


def read_document(text: str, document: Document, jobs: Iterable[Job]) -> Read:
    """The translations of a document as it came back; ``jobs`` are those it was made of.

    Spaces beside tags, the form of tags, entities and what stands round the paragraphs do not matter. A segment that is
    not there once, or whose markup is not what was sent, is a problem and no draft.
    """
    asked = {job.id: job for job in jobs}
    wanted = list(document.parts)
    paragraphs = with_names(read_paragraphs(text), wanted)
    sure = sure_names(paragraphs, wanted)
    found = {paragraph.name: paragraph for paragraph in paragraphs}
    drafts, problems = {}, {}
    for element, name in document.parts.items():
        try:
            paragraph = _sure(element, found, sure)
            drafts[name] = read_segment(paragraph, asked[name], _prefix(element), document.profile)
        except Damaged as problem:
            problems[name] = str(problem)
    return Read(drafts=drafts, problems=problems)


def _sure(element: str, found: Mapping[str, Paragraph], sure: set[str]) -> Paragraph:
    if element not in sure:
        raise Damaged(MIXED if element in found else LOST)
    return found[element]
