"""AWS JSON 1.1: bodies to parameters, answers and errors to bodies."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import UTC, datetime
from typing import Any, Final

from tests.support.translate_emulator.errors import OF_THE_FRONT, Refusal, refuse
from tests.support.translate_emulator.model import errors_of, service

CONTENT_TYPE: Final = "application/x-amz-json-1.1"
TARGET: Final = "AWSShineFrontendService_20170701"


def operation_of(target: str, content_type: str) -> str:
    """The operation that the headers ask for. Raises an UnknownOperationException."""
    prefix, _, operation = target.partition(".")
    if prefix != TARGET or operation not in service().operation_names or content_type != CONTENT_TYPE:
        refuse("UnknownOperationException", "")
    return operation


def parameters_of(operation: str, body: bytes) -> dict[str, Any]:
    """The parameters in a body, of Python's types, blobs and times decoded. Raises a SerializationException."""
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        refuse("SerializationException", "The body is not JSON.")
    if not isinstance(value, dict):
        refuse("SerializationException", "The body is not a JSON object.")
    found: dict[str, Any] = _decoded(value, service().operation_model(operation).input_shape)
    return found


def _decoded(value: Any, shape: Any) -> Any:
    if shape.type_name == "structure" and isinstance(value, dict):
        members = shape.members
        return {
            name: _decoded(inside, members[name]) if name in members else inside
            for name, inside in value.items()
            if inside is not None
        }
    if shape.type_name == "list" and isinstance(value, list):
        return [_decoded(inside, shape.member) for inside in value]
    if shape.type_name == "blob":
        return _blob(value)
    if shape.type_name == "timestamp":
        return _time(value)
    return value


def _blob(value: Any) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (TypeError, ValueError, binascii.Error):
        refuse("SerializationException", "A blob is not Base64.")


def _time(value: Any) -> datetime:
    try:
        return datetime.fromtimestamp(float(value), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        refuse("SerializationException", "A time is not seconds since 1970.")


def body_of(answer: dict[str, Any]) -> bytes:
    """The body of an answer that went well."""
    return json.dumps(answer, default=_encoded, ensure_ascii=False).encode()


def _encoded(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    reason = f"Nothing in JSON stands for {value!r}."
    raise TypeError(reason)


def error_of(operation: str, refusal: Refusal) -> tuple[int, bytes]:
    """HTTP status and body of an error. The model spells one exception's message with a small letter."""
    modelled = errors_of(operation) if operation else {}
    status = modelled.get(refusal.code) or OF_THE_FRONT.get(refusal.code, 400)
    spelling = "message" if refusal.code == "TooManyTagsException" else "Message"
    body = {"__type": refusal.code, spelling: refusal.message, **refusal.members}
    return status, json.dumps(body, ensure_ascii=False).encode()
