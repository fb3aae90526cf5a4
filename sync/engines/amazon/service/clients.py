"""The clients of the two services, with credentials from the standard chain. The only place that makes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import boto3
from botocore.config import Config
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    CredentialRetrievalError,
    NoCredentialsError,
    PartialCredentialsError,
    UnauthorizedSSOTokenError,
)

from sync.engines.amazon.service.advice import UNANSWERED
from sync.engines.amazon.service.explain import explain
from sync.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sync.engines.amazon.settings import Settings

ATTEMPTS: Final = 5
"""Of one request, by the client itself, in botocore's standard mode."""
CONNECT: Final = 5
READ: Final = 30
"""Seconds."""
NO_CREDENTIALS: Final = "NoCredentials"
"""Our own word, beside those of the service."""
_UNKNOWN_CALLER = (NoCredentialsError, PartialCredentialsError, CredentialRetrievalError, UnauthorizedSSOTokenError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clients:
    """Ready to be asked; an endpoint of one's own is taken from the usual ``AWS_ENDPOINT_URL`` variables."""

    translate: Any
    s3: Any
    context: Mapping[str, str]
    """What errors are explained with: region, bucket, role."""

    def call(self, service: str, operation: str, *, expect: str = "", **parameters: Any) -> dict[str, Any]:
        """One request. ``expect`` is a member that the answer cannot do without.

        Raises:
            EngineError: in words that say what to do; the service's own error is its cause (see ``code_of``).
        """
        answer = self._call(service, operation, parameters)
        if expect and expect not in answer:  # half of an answer is no error to botocore
            raise EngineError(_broke_off(_api_name(getattr(self, service), operation)))
        return answer

    def _call(self, service: str, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        client = getattr(self, service)
        name = _api_name(client, operation)
        about = {**self.context, **_about(parameters)}
        try:
            return dict(getattr(client, operation)(**parameters))
        except ClientError as error:
            fault = error.response.get("Error", {})
            code, message = str(fault.get("Code", "")), str(fault.get("Message", ""))
            if service == "translate" and code.startswith("4"):  # it gives reasons, so half of one is a number
                raise EngineError(_broke_off(name)) from error
            raise explain(code, message, name, about) from error
        except _UNKNOWN_CALLER as error:
            raise explain(NO_CREDENTIALS, str(error), name, about) from error
        except BotoCoreError as error:
            raise explain(UNANSWERED, str(error).removesuffix("."), name, about) from error


def _api_name(client: Any, operation: str) -> str:
    """What AWS calls an operation that Python calls in its own way."""
    return str(client.meta.method_to_api_mapping.get(operation, operation))


def _broke_off(name: str) -> str:
    return (
        f"The answer of AWS to {name} broke off, so that it is not known whether the request was carried out. Run the "
        f"same command again; no job is started twice."
    )


SAID_BY: Final = {
    "name": ("Name", "ParallelDataNames", "TerminologyNames"),
    "prefix": ("Key", "Prefix"),
    "source": ("SourceLanguageCode",),
    "target": ("TargetLanguageCode", "TargetLanguageCodes"),
}
"""What errors are explained with, and the parameters of a request that say it."""


def _about(parameters: Mapping[str, Any]) -> dict[str, str]:
    """What a request is about, in the words with which errors are explained."""
    found: dict[str, str] = {}
    for word, names in SAID_BY.items():
        values = [value for name in names if (value := parameters.get(name))]
        if values:
            found[word] = values[0] if isinstance(values[0], str) else str(values[0][0])
    if "ParallelDataConfig" in parameters:
        found["prefix"] = parameters["ParallelDataConfig"]["S3Uri"].partition("://")[2].partition("/")[2]
    return found


def open_clients(settings: Settings) -> Clients:
    """Clients for one account."""
    session = boto3.Session(region_name=settings.region)
    context = {"region": settings.region, "bucket": settings.bucket, "role": settings.role}
    return Clients(
        translate=session.client("translate", config=_config()),
        s3=session.client("s3", config=_config()),
        context=context,
    )


def open_translate(region: str) -> Clients:
    """Clients for what the service itself keeps, where no bucket is needed; there is none for S3."""
    translate = boto3.Session(region_name=region).client("translate", config=_config())
    return Clients(translate=translate, s3=None, context={"region": region})


def _config() -> Config:
    return Config(
        retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
        connect_timeout=CONNECT,
        read_timeout=READ,
        user_agent_extra="amts",
    )


def code_of(error: BaseException) -> str:
    """The service's own word for an error that ``Clients.call`` raised, or nothing."""
    cause = error.__cause__
    return str(cause.response.get("Error", {}).get("Code", "")) if isinstance(cause, ClientError) else ""


def pages(ask: Callable[..., dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """All of a list that comes in pages. ``ask`` is given the token of the next page, if there is one."""
    found: list[dict[str, Any]] = []
    token: dict[str, str] = {}
    while True:
        answer = ask(**token)
        found += answer.get(key, ())
        if not answer.get("NextToken"):
            return found
        token = {"NextToken": answer["NextToken"]}
