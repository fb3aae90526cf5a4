"""Signature version 4, computed again and compared."""

from __future__ import annotations

import hmac
import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from botocore.auth import SIGV4_TIMESTAMP, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from tests.support.translate_emulator.errors import refuse

if TYPE_CHECKING:
    from collections.abc import Mapping

AUTHORIZATION: Final = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<key>[^/,]+)/(?P<day>\d{8})/(?P<region>[^/,]+)/(?P<service>[^/,]+)/aws4_request, ?"
    r"SignedHeaders=(?P<headers>[^,]+), ?Signature=(?P<signature>[0-9a-f]{64})"
)
SKEW: Final = 300
"""Seconds that a clock may be wrong. The real clock: clients sign by that, not by the emulator's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What a client signs with. Good for nothing but the emulator."""

    key: str = "emulator-key"
    secret: str = "emulator-secret"
    token: str = "emulator-session"
    region: str = "us-east-1"


def check_signature(keys: Keys, url: str, headers: Mapping[str, str], body: bytes) -> None:
    """``headers`` by name in small letters. Raises a refusal with the code that the service has for each fault."""
    if "authorization" not in headers:
        refuse("MissingAuthenticationTokenException", "Missing Authentication Token")
    signed = AUTHORIZATION.fullmatch(headers["authorization"])
    if signed is None:
        refuse("InvalidSignatureException", "The Authorization header is not of Signature Version 4.")
    _check_identity(keys, signed, headers)
    _check_time(headers.get("x-amz-date", ""), signed["day"])
    if not hmac.compare_digest(_signature(keys, url, headers, signed["headers"].split(";"), body), signed["signature"]):
        reason = "The request signature we calculated does not match the signature you provided."
        refuse("InvalidSignatureException", reason)


def _check_identity(keys: Keys, signed: re.Match[str], headers: Mapping[str, str]) -> None:
    if signed["key"] != keys.key or headers.get("x-amz-security-token", "") != keys.token:
        refuse("UnrecognizedClientException", "The security token included in the request is invalid.")
    scope = (signed["region"], signed["service"])
    if scope != (keys.region, "translate"):
        reason = f"Credential should be scoped to {keys.region} and translate, not {'/'.join(scope)}."
        refuse("InvalidSignatureException", reason)
    if not {"host", "x-amz-date"} <= set(signed["headers"].split(";")):
        refuse("InvalidSignatureException", "'Host' and 'X-Amz-Date' must be signed.")


def _check_time(date: str, day: str) -> None:
    try:
        when = datetime.strptime(date, SIGV4_TIMESTAMP).replace(tzinfo=UTC).timestamp()
    except ValueError:
        refuse("InvalidSignatureException", "'X-Amz-Date' is not a time.")
    if abs(time.time() - when) > SKEW or not date.startswith(day):
        refuse("InvalidSignatureException", f"Signature expired: {date} is not now.")


def _signature(keys: Keys, url: str, headers: Mapping[str, str], signed: list[str], body: bytes) -> str:
    request = AWSRequest(
        method="POST", url=url, data=body, headers={name: headers[name] for name in signed if name in headers}
    )
    request.context["timestamp"] = headers["x-amz-date"]
    auth = SigV4Auth(Credentials(keys.key, keys.secret, keys.token), "translate", keys.region)
    found: str = auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request)
    return found
