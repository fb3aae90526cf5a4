"""What can be set: quotas, how long things take, and the switches for what AWS does not document."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

MB: Final = 1024 * 1024
RATES: Final[Mapping[str, float]] = MappingProxyType(
    {
        "StartTextTranslationJob": 5,
        "StopTextTranslationJob": 5,
        "DescribeTextTranslationJob": 10,
        "ListTextTranslationJobs": 10,
        "CreateParallelData": 5,
        "UpdateParallelData": 5,
        "DeleteParallelData": 5,
        "GetParallelData": 10,
        "ListParallelData": 10,
        "ImportTerminology": 5,
        "DeleteTerminology": 5,
        "GetTerminology": 10,
        "ListTerminologies": 10,
        "TranslateText": 20,
        "TranslateDocument": 20,
    }
)
"""Requests a second that the service takes, by operation. The last two are not published now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The quotas of an account in a region. Sizes are bytes unless said."""

    text: int = 10_000
    document: int = 100_000
    job_documents: int = 1_000_000
    job: int = 5 * 1024 * MB
    file: int = 20 * MB
    file_characters: int = 1_000_000
    file_text: int = MB
    """Translatable text of one document of a job."""
    targets: int = 10
    running: int = 10
    queued: int = 1_000
    parallel_data: int = 1_000
    parallel_data_file: int = 5 * 1024 * MB
    imports: int = 1
    """Creations and updates of parallel data at a time."""
    terminologies: int = 100
    terminology_targets: int = 10
    tags: int = 50
    token_life: float = float("inf")
    """Seconds for which a ClientToken is remembered; not documented."""
    rates: Mapping[str, float] = field(default_factory=dict)
    """Requests a second by operation; none by default, ``RATES`` are the service's own."""
    batch_examples: frozenset[str] = frozenset({"us-east-1", "us-west-2", "eu-west-1"})
    """Regions that know parallel data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How long things take, in seconds of the emulator's clock."""

    parallel_data: float = 160
    delete: float = 20
    queue: float = 30
    job: float = 600
    document: float = 2
    """More for each document and language of a job."""
    stop: float = 30
    terminology: float = 600
    """Until the new version of a terminology is used in place of the old one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Switches:
    """What AWS does not document. The first choice is the default."""

    busy: Literal["LimitExceededException", "ConcurrentModificationException"] = "LimitExceededException"
    """Another creation or update of parallel data is running."""
    inactive: Literal["InvalidRequestException", "ResourceNotFoundException"] = "InvalidRequestException"
    """A job asks for parallel data that is not ACTIVE."""
    queue_full: Literal["TooManyRequestsException", "InvalidRequestException"] = "TooManyRequestsException"
    unreadable: Literal["later", "at once"] = "later"
    """Input that cannot be read: the job or the import FAILS, or the request is refused."""
    first_sign: Literal["record", "file"] = "record"
    """A field of parallel data that begins with ``+ - = @``: the record fails, or the file."""
    long_text: Literal["TextSizeLimitExceededException", "ValidationException"] = "TextSizeLimitExceededException"
    token: Literal["InvalidParameterValueException", "ConflictException"] = "InvalidParameterValueException"
    """A ClientToken comes again with other parameters."""
    description: Literal["with the data", "at once"] = "with the data"
    """When an update changes the description of parallel data; at once, it may not be that of the data."""
