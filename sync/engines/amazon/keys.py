"""Names and digests by which a later run finds again what an earlier one paid for. Pure."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LONGEST: Final = 256
"""Characters of the name of a job or a resource."""
SHORT: Final = 12
"""Characters of a digest that tell two names apart."""
FOREIGN_IN_JOBS: Final = re.compile(r"[^A-Za-z0-9_./=+%@-]+")
"""More than the service forbids: it takes letters of every script, and tools that list jobs may not; a colon parts the
names in it."""
FOREIGN_IN_RESOURCES: Final = re.compile(r"[^A-Za-z0-9-]+")
"""A single underscore would be taken too; it is kept for what the names of languages need."""
HYPHENS: Final = re.compile(r"-{2,}")
MADE: Final = re.compile(rf"(?:^|-)[0-9a-f]{{{SHORT}}}$")


def draft_key(
    text: str,
    languages: tuple[str, str],
    kind: str,
    data_digest: str,
    terminology_digest: str,
    settings: Mapping[str, str],
    version: str,
) -> str:
    """Under which a translation is kept: of one text, by one way, with one state of data, glossary and settings.

    Source language first. Equal texts have equal keys however Unicode composes them.
    """
    return _digest(
        "draft", _plain(text), list(languages), kind, data_digest, terminology_digest, dict(settings), version
    )


def plan_digest(
    repo: str,
    lang: str,
    segments: Iterable[tuple[str, str]],
    data_digest: str,
    settings: Mapping[str, str],
    version: str,
) -> str:
    """What tells one plan from every other: what is asked for (id and text of each segment) and with what."""
    texts = sorted([name, _plain(text)] for name, text in segments)
    return _digest("plan", repo, lang, texts, data_digest, dict(settings), version)


def client_token(digest: str, purpose: str = "") -> str:
    """The token by which the service knows a repeated request. A plan's own, or one derived for another purpose."""
    return hashlib.sha256(f"{digest}{purpose}".encode()).hexdigest() if purpose or not _is_token(digest) else digest


def job_name(repo: str, lang: str, digest: str) -> str:
    """``amts:<repo>:<lang>:<H12>``: the same for the same plan, so that a run finds the job another one started."""
    tail = f":{_fitting(lang, FOREIGN_IN_JOBS, 32)}:{digest[:SHORT]}"
    return f"amts:{_fitting(repo, FOREIGN_IN_JOBS, LONGEST - len(tail) - 5)}{tail}"


def resource_name(repo: str, lang: str) -> str:
    """``amts-<repo>-<lang>``, for parallel data and glossaries: stable, and another one for another repository.

    The language has no hyphen (``zh_TW``), so that the last one says where it begins.
    """
    tail = "-" + _fitting(lang, FOREIGN_IN_RESOURCES, 32).replace("-", "_")
    return f"amts-{_fitting(repo, FOREIGN_IN_RESOURCES, LONGEST - len(tail) - 5)}{tail}"


def folder(repo: str, lang: str) -> str:
    """Where all that is kept for a fork and language is, with a slash at the end: ``<repo>/<lang>/``."""
    return "".join(f"{_fitting(part, FOREIGN_IN_RESOURCES, 64)}/" for part in (repo, lang))


def _is_token(digest: str) -> bool:
    return re.fullmatch(r"[A-Za-z0-9-]{1,64}", digest) is not None


def _fitting(text: str, foreign: re.Pattern[str], longest: int) -> str:
    """The text itself if it is fit to be part of a name, else what is left of it and a digest of all of it.

    One that ends as a digest does gets another, so that nothing is called like what was made of something else.
    """
    clean = HYPHENS.sub("-", foreign.sub("-", text)).strip("-")
    if clean == text and 0 < len(text) <= longest and not MADE.search(text):
        return text
    return f"{clean[: longest - SHORT - 1].strip('-')}-{_digest(text)[:SHORT]}".lstrip("-")


def _digest(*parts: object) -> str:
    """Of JSON, in which no two rows of parts look alike."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode("ascii")).hexdigest()


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text)
