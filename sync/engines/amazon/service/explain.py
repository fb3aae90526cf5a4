"""Refusals of AWS as errors with an answer for a person who knows little of AWS. Pure: plain values in, no boto3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sync.engines.amazon.service.advice import ADVICE, CREDENTIALS_GONE, OTHERWISE, UNANSWERED
from sync.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sync.errors import AmtsError

GUIDE: Final = "docs/aws.md"
UNKNOWN: Final = "(not known)"


def explain(code: str, message: str, operation: str, context: Mapping[str, str]) -> AmtsError:
    """What a person should know of a refusal: what, where, what next, and the words of AWS.

    ``code`` and ``message`` are those of the answer (``UNANSWERED`` and botocore's words where there was none),
    ``operation`` is as the API calls it. ``context`` may have: region, bucket, prefix, role, name, source, target.
    """
    advice = next((row for row in ADVICE if row.fits(code, message, operation)), OTHERWISE)
    known = _Known(operation=operation, **context)
    words = " ".join(message.split())
    told = f"{code}{f': {words}' if words else ''}"
    said = (
        f"Of {operation} one knows: {words}"
        if code == UNANSWERED
        else f"AWS says to {operation or 'a request'}: {told}"
    )
    text = f"{advice.what.format_map(known)}. {advice.next.format_map(known)}\n{said}\nThe set-up is in {GUIDE}."
    return EngineError(text)


def is_expiry(code: str) -> bool:
    """Whether only the credentials ended, so that the run is waiting and has not failed."""
    return code in CREDENTIALS_GONE


class _Known(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return UNKNOWN
