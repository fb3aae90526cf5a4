"""What a client is told when it is refused."""

from __future__ import annotations

from typing import Any, Final, NoReturn

OF_THE_FRONT: Final = {
    "ValidationException": 400,
    "SerializationException": 400,
    "UnknownOperationException": 400,
    "ThrottlingException": 400,
    "MissingAuthenticationTokenException": 400,
    "UnrecognizedClientException": 400,
    "InvalidSignatureException": 400,
    "ExpiredTokenException": 400,
    "AccessDeniedException": 400,
}
"""Codes that any operation may answer with though its model does not name them, and their HTTP status."""


class Refusal(Exception):
    """Becomes an error answer: a code, a message, and members that the model has for it."""

    def __init__(self, code: str, message: str, **members: Any) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.members = members


def refuse(code: str, message: str, **members: Any) -> NoReturn:
    """Raises a refusal."""
    raise Refusal(code, message, **members)


def invalid(message: str) -> NoReturn:
    """Raises an InvalidRequestException."""
    refuse("InvalidRequestException", message)


def wrong_value(message: str) -> NoReturn:
    """Raises an InvalidParameterValueException."""
    refuse("InvalidParameterValueException", message)


def not_found(kind: str, name: str) -> NoReturn:
    """Raises a ResourceNotFoundException."""
    refuse("ResourceNotFoundException", f"The {kind} resource {name} could not be found.")
