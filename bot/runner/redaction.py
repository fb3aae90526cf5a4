"""Secrets are taken out of everything that is said, in all the forms in which a program may come to say them. Pure."""

from __future__ import annotations

import logging
import re
import traceback
from base64 import b64encode
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHORTEST: Final = 8
"""Characters of a secret. What is shorter is none, and taking it out would spoil every other word."""
SHOWN_INSTEAD: Final = "***"

_ENCODED_IN_URLS = re.compile(rb"[^A-Za-z0-9_.~-]")
_OPENERS: Final = ((0, 0), (1, 2), (2, 3))
"""Bytes that stand before a secret where both are encoded, and how many characters of base64 they have a part in."""


def redact(text: str, secrets: Sequence[str]) -> str:
    """The text without the secrets, however they are encoded in it."""
    pattern = _pattern(tuple(secrets))
    return pattern.sub(SHOWN_INSTEAD, text) if pattern else text


def forms(secret: str) -> tuple[str, ...]:
    """The ways to write a secret, longest first: as it is, by line, in a URL, in base64 with anything around it."""
    found = {form for part in (secret, *secret.splitlines()) for form in _forms(part.strip())}
    return tuple(sorted((form for form in found if len(form) >= SHORTEST), key=lambda form: (-len(form), form)))


def _forms(secret: str) -> Iterator[str]:
    if len(secret) < SHORTEST:
        return
    content = secret.encode("utf-8", "surrogateescape")
    yield secret
    yield _ENCODED_IN_URLS.sub(lambda byte: b"%%%02X" % ord(byte[0]), content).decode()
    for before, touched in _OPENERS:
        whole = (before + len(content)) * 8 // 6
        encoded = b64encode(b"\0" * before + content).decode()[touched:whole]
        yield encoded
        yield encoded.translate({ord("+"): "-", ord("/"): "_"})


@lru_cache(maxsize=8)
def _pattern(secrets: tuple[str, ...]) -> re.Pattern[str] | None:
    every = sorted({form for secret in secrets for form in forms(secret)}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, every))) if every else None


def traceback_text(error: BaseException, secrets: Sequence[str]) -> str:
    """An error with all that led to it, for a log: also what libraries put into their exceptions is clean."""
    return redact("".join(traceback.format_exception(error)), secrets)


class LogFilter(logging.Filter):
    """For handlers of ``logging``, so that libraries say no secrets either."""

    def __init__(self, secrets: Sequence[str]) -> None:
        super().__init__()
        self._secrets = tuple(secrets)

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = redact(record.getMessage(), self._secrets), None
        if record.exc_info and record.exc_info[1]:
            record.exc_text = traceback_text(record.exc_info[1], self._secrets).rstrip()
            record.exc_info = None
        return True
