"""Files that the service hands out by an address of its own, good for half an hour. The only place that fetches one."""

from __future__ import annotations

from http.client import HTTPException
from typing import TYPE_CHECKING, Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, build_opener

from sync.errors import EngineError

if TYPE_CHECKING:
    from http.client import HTTPMessage
    from urllib.request import Request

MOST_BYTES: Final = 512 * 1024 * 1024
"""Of a file of examples: a hundred times what a book gives."""
TIMEOUT: Final = 30
"""Seconds without a byte."""
LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


class _Stay(HTTPRedirectHandler):
    """The address was given by the service; where that one sends us is nobody's word."""

    def redirect_request(
        self, req: Request, fp: Any, code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        return None


def fetch(address: str, most: int = MOST_BYTES) -> bytes:
    """What is at an address, of ``most`` bytes.

    Raises:
        EngineError: it cannot be had, is larger, or the address is neither HTTPS nor of this machine.
    """
    place = urlsplit(address)
    here = place.hostname in LOOPBACK
    if place.scheme != "https" and not (place.scheme == "http" and here):
        message = f"The service gave an address that is not safe to fetch: {place.scheme}://{place.hostname}."
        raise EngineError(message)
    opener = build_opener(_Stay, *([ProxyHandler({})] if here else []))
    try:
        with opener.open(address, timeout=TIMEOUT) as answer:
            data: bytes = answer.read(most + 1)
            left = 0 if len(data) > most else answer.length or 0
    except (OSError, HTTPException, ValueError) as error:
        message = f"{place.hostname} did not hand out a file of the service: {_reason(error)}. Ask again later."
        raise EngineError(message) from error
    if left:
        message = f"{place.hostname} broke off a file of the service, {left:,} bytes before its end. Ask again later."
        raise EngineError(message)
    if len(data) > most:
        message = f"{place.hostname} hands out a file of more than {most:,} bytes; it was not read."
        raise EngineError(message)
    return data


def _reason(error: Exception) -> str:
    """Without the address, which is a key for as long as it is good."""
    if isinstance(error, HTTPError):
        error.close()
        return f"status {error.code}"
    return str(error.reason) if isinstance(error, URLError) else type(error).__name__
