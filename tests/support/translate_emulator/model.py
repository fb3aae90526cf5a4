"""Amazon's own description of the service, as botocore brings it, and values checked against it.

botocore checks members, types and minima before it sends. Patterns, enumerations and maxima it leaves to the service;
they are checked here, of requests and of the emulator's own answers.
"""

from __future__ import annotations

import functools
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import botocore.loaders
import botocore.model
import botocore.validate
import regex  # type: ignore[import-untyped]

from tests.support.translate_emulator.errors import refuse

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

LEFT_TO_THE_OPERATION: Final = {
    ("TranslateTextRequest", "text"),
    ("TranslateDocumentRequest", "document.content"),
    ("ListLanguagesRequest", "displayLanguageCode"),
}
"""Members whose operation has an error of its own for a value that the model does not allow."""


@functools.cache
def service() -> botocore.model.ServiceModel:
    """The newest model of the service that botocore knows."""
    found = botocore.loaders.Loader().load_service_model("translate", "service-2")
    return botocore.model.ServiceModel(found, "translate")


def errors_of(operation: str) -> dict[str, int]:
    """The errors that the model names for an operation, with their HTTP status."""
    shapes: list[Any] = service().operation_model(operation).error_shapes
    return {shape.error_code: shape.metadata["error"]["httpStatusCode"] for shape in shapes}


def check_request(operation: str, parameters: dict[str, Any]) -> None:
    """Raises a ValidationException, or a SerializationException where a type is wrong."""
    shape: Any = service().operation_model(operation).input_shape
    found = botocore.validate.ParamValidator().validate(parameters, shape)
    if found.has_errors():
        report = found.generate_report()
        refuse("SerializationException" if "Invalid type" in report else "ValidationException", report)
    wrong = [
        message for path, message in complaints(parameters, shape) if (shape.name, path) not in LEFT_TO_THE_OPERATION
    ]
    if wrong:
        count = f"{len(wrong)} validation error{'s' if len(wrong) > 1 else ''} detected"
        refuse("ValidationException", f"{count}: {'; '.join(wrong)}")


def check_answer(operation: str, answer: dict[str, Any]) -> list[str]:
    """What is wrong with an answer of the emulator; nothing, or the emulator has drifted from the model."""
    shape = service().operation_model(operation).output_shape
    if shape is None:
        return [] if not answer else [f"{operation} answers nothing, not {answer!r}"]
    found = botocore.validate.ParamValidator().validate(answer, shape)
    wrong = [found.generate_report()] if found.has_errors() else []
    return wrong or [message for _, message in complaints(answer, shape)]


def complaints(value: Any, shape: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Path and message of each value that a pattern, an enumeration or a maximum forbids."""
    if shape.type_name == "structure":
        for name, inside in value.items():
            yield from complaints(inside, shape.members[name], _below(path, name))
        return
    if shape.type_name == "list":
        for place, inside in enumerate(value, 1):
            yield from complaints(inside, shape.member, f"{path}.{place}.member")
    for rule in _broken(value, shape):
        yield path, f"Value {_shown(value)} at '{path}' failed to satisfy constraint: Member must {rule}"


def _broken(value: Any, shape: Any) -> Iterator[str]:
    known: dict[str, Any] = shape.metadata
    if "max" in known and _size(value) > known["max"]:
        yield f"have {_measure(value)} less than or equal to {known['max']}"
    if "enum" in known and value not in known["enum"]:
        yield f"satisfy enum value set: [{', '.join(known['enum'])}]"
    if "pattern" in known and not _pattern(known["pattern"]).fullmatch(value):
        yield f"satisfy regular expression pattern: {known['pattern']}"


@functools.cache
def _pattern(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern)


def _size(value: str | bytes | int | Collection[Any]) -> float:
    return value if isinstance(value, int | float) else len(value)


def _measure(value: Any) -> str:
    return "value" if isinstance(value, int | float) else "length"


def _shown(value: Any) -> str:
    return f"'{value[:100]}'" if isinstance(value, str) else "" if isinstance(value, bytes) else f"'{value}'"


def _below(path: str, name: str) -> str:
    name = name[:1].lower() + name[1:]
    return f"{path}.{name}" if path else name


def as_datetime(seconds: float) -> datetime:
    """A timestamp as the answers of the service have it, to the millisecond."""
    return datetime.fromtimestamp(round(seconds, 3), UTC)
