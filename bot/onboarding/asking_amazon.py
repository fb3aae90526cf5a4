"""Asks AWS what the checks judge. No job is started, nothing is written, nothing costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from bot.onboarding.facts import Amazon
from sync.engines.amazon.keys import resource_name
from sync.engines.amazon.resources.standing import listed
from sync.engines.amazon.service.clients import open_clients
from sync.engines.amazon.settings import Mode, read_settings
from sync.errors import EngineError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sync.engines.amazon.resources.standing import Resource
    from sync.engines.amazon.service.clients import Clients
    from sync.engines.amazon.settings import Settings

REGION_HEADER: Final = "x-amz-bucket-region"


def ask_amazon(values: Mapping[str, Any], env: Mapping[str, str], book: str, lang: str) -> Amazon:
    """What is known of the account that a configuration's ``amazon`` and the environment name."""
    try:
        settings = read_settings(values, env, book)
    except UsageError as error:
        return Amazon(faults=str(error))
    clients = open_clients(settings)
    try:
        resources: tuple[Resource, ...] = listed(clients)
    except EngineError as error:
        return Amazon(settings=settings, error=str(error))
    region, bucket_error = _bucket(clients, settings)
    return Amazon(
        settings=settings,
        bucket_error=bucket_error,
        bucket_region=region,
        role_used=_role_used(clients, settings),
        resource=resource_name(settings.book, lang),
        resources=resources,
    )


def _bucket(clients: Clients, settings: Settings) -> tuple[str, str]:
    """The region of the bucket, and why it cannot be reached."""
    if settings.mode is Mode.REAL_TIME and not settings.bucket:
        return "", ""
    try:
        answer = clients.call("s3", "head_bucket", Bucket=settings.bucket)
    except EngineError as error:
        return "", str(error)
    headers = answer.get("ResponseMetadata", {}).get("HTTPHeaders", {})
    return str(answer.get("BucketRegion") or headers.get(REGION_HEADER, "")), ""


def _role_used(clients: Clients, settings: Settings) -> str:
    """When a job was last started with the role of the settings: then it could be passed."""
    try:
        answer = clients.call("translate", "list_text_translation_jobs", MaxResults=100)
    except EngineError:  # what can be seen without it is told all the same
        return ""
    jobs = answer.get("TextTranslationJobPropertiesList", ())
    times = [job["SubmittedTime"] for job in jobs if job.get("DataAccessRoleArn") == settings.role]
    return max(times).isoformat() if times else ""
