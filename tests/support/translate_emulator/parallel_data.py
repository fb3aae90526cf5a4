"""Parallel data: creation and update as attempts, of which one runs at a time; a failed update keeps the old data."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from tests.support.translate_emulator.content.records import BadFile, Examples, read_examples
from tests.support.translate_emulator.errors import invalid, not_found, refuse, wrong_value
from tests.support.translate_emulator.limits import page
from tests.support.translate_emulator.model import as_datetime
from tests.support.translate_emulator.storage import Place, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tests.support.translate_emulator.account import Account, Call
    from tests.support.translate_emulator.faults import Effect

KIND: Final = "parallel data"


@dataclass(frozen=True, slots=True)
class Imported:
    """What an attempt read."""

    config: Mapping[str, str]
    data: bytes
    examples: Examples


@dataclass(slots=True, kw_only=True)
class Attempt:
    """A creation or an update."""

    config: Mapping[str, str]
    description: str | None
    at: float
    due: float
    effects: tuple[Effect, ...]
    claimed: bool = False


@dataclass(slots=True, kw_only=True)
class Resource:
    """Parallel data of a name."""

    name: str
    arn: str
    created: float
    config: Mapping[str, str]
    description: str | None
    key: Mapping[str, str] | None
    status: str = "CREATING"
    updated: float
    message: str = ""
    active: Imported | None = None
    attempt: Attempt | None = None
    latest: tuple[str, float] | None = None
    """Status and time of the latest update."""
    auxiliary: bytes = b""
    latest_auxiliary: bytes = b""
    gone: float | None = None
    """When a deletion ends."""

    def properties(self) -> dict[str, Any]:
        """As the service tells them."""
        found: dict[str, Any] = {
            "Name": self.name,
            "Arn": self.arn,
            "Description": self.description,
            "Status": self.status,
            "ParallelDataConfig": dict(self.config),
            "Message": self.message or None,
            "EncryptionKey": self.key,
            "CreatedAt": as_datetime(self.created),
            "LastUpdatedAt": as_datetime(self.updated),
        }
        if self.active is not None:
            found |= _counts(self.active.examples)
        if self.latest is not None:
            found |= _latest(self.latest)
        return {name: value for name, value in found.items() if value is not None}


def _counts(examples: Examples) -> dict[str, Any]:
    return {
        "SourceLanguageCode": examples.source_language,
        "TargetLanguageCodes": list(examples.target_languages),
        "ImportedDataSize": examples.size,
        "ImportedRecordCount": examples.imported,
        "FailedRecordCount": examples.failed,
        "SkippedRecordCount": examples.skipped,
    }


def _latest(latest: tuple[str, float]) -> dict[str, Any]:
    return {"LatestUpdateAttemptStatus": latest[0], "LatestUpdateAttemptAt": as_datetime(latest[1])}


@dataclass(slots=True)
class ParallelData:
    """All parallel data of an account in a region. Its methods are called with the account's lock held."""

    account: Account
    resources: dict[str, Resource] = field(default_factory=dict)

    def create(self, call: Call) -> dict[str, Any]:
        """CreateParallelData."""
        self._check_region()
        return self.account.once(call, self._create)

    def _create(self, call: Call) -> dict[str, Any]:
        account, name = self.account, call["Name"]
        if name in self.resources:
            refuse("ConflictException", f"There is a {KIND} resource {name} already.")
        if len(self.resources) >= account.limits.parallel_data:
            refuse("LimitExceededException", f"There may be {account.limits.parallel_data} {KIND} resources.")
        attempt = self._attempt(call)
        arn = account.arn("parallel-data", name)
        account.set_tags(arn, call.get("Tags", ()))
        self.resources[name] = Resource(
            name=name,
            arn=arn,
            created=call.now,
            updated=call.now,
            config=attempt.config,
            description=attempt.description,
            key=call.get("EncryptionKey"),
            attempt=attempt,
        )
        return {"Name": name, "Status": "CREATING"}

    def update(self, call: Call) -> dict[str, Any]:
        """UpdateParallelData."""
        self._check_region()
        return self.account.once(call, self._update)

    def _update(self, call: Call) -> dict[str, Any]:
        resource = self._found(call["Name"])
        self._check_idle(resource)
        resource.attempt = self._attempt(call)
        resource.latest = ("UPDATING", call.now)
        if self.account.switches.description == "at once" and resource.attempt.description is not None:
            resource.description = resource.attempt.description
        return {"Name": resource.name, "Status": resource.status, **_latest(resource.latest)}

    def get(self, call: Call) -> dict[str, Any]:
        """GetParallelData."""
        resource = self._found(call["Name"])
        answer: dict[str, Any] = {"ParallelDataProperties": resource.properties()}
        share = self.account.files.share
        if resource.active is not None:
            answer["DataLocation"] = share(resource.active.data)
        if resource.auxiliary:
            answer["AuxiliaryDataLocation"] = share(resource.auxiliary)
        if resource.latest_auxiliary:
            answer["LatestUpdateAttemptAuxiliaryDataLocation"] = share(resource.latest_auxiliary)
        return answer

    def list(self, call: Call) -> dict[str, Any]:
        """ListParallelData."""
        every = [self.resources[name].properties() for name in sorted(self.resources)]
        found, more = page(every, call.get("NextToken"), call.get("MaxResults"), "InvalidParameterValueException")
        return {"ParallelDataPropertiesList": found, **more}

    def delete(self, call: Call) -> dict[str, Any]:
        """DeleteParallelData."""
        resource = self._found(call["Name"])
        self._check_idle(resource)
        resource.status = "DELETING"
        resource.gone = call.now + self.account.pace.delete
        return {"Name": resource.name, "Status": resource.status}

    def examples(self, name: str, source: str, targets: Sequence[str]) -> dict[str, tuple[tuple[str, str], ...]]:
        """The pairs of each target for a job. Raises the refusals of StartTextTranslationJob."""
        self._check_region()
        resource = self._found(name)
        if resource.status != "ACTIVE" or resource.active is None:
            refuse(self.account.switches.inactive, f"The {KIND} resource {name} is {resource.status}, not ACTIVE.")
        known = resource.active.examples
        missing = [target for target in targets if target not in known.target_languages]
        if known.source_language != source or missing:
            has = f"from {known.source_language} to {', '.join(known.target_languages)}"
            invalid(f"The {KIND} resource {name} is {has}; the job is from {source} to {', '.join(targets)}.")
        return {target: known.pairs.get(target, ()) for target in targets}

    def due(self, now: float) -> Callable[[], None] | None:
        """Does what is due and quick; gives out one import that is due, which is to be called without the lock."""
        for resource in list(self.resources.values()):
            if resource.gone is not None and resource.gone <= now:
                self._remove(resource)
        waiting = [one for one in self.resources.values() if one.attempt is not None and not one.attempt.claimed]
        for resource in waiting:
            attempt = resource.attempt
            if attempt is not None and attempt.due <= now:
                attempt.claimed = True
                return partial(self._import, resource, attempt)
        return None

    def _remove(self, resource: Resource) -> None:
        del self.resources[resource.name]
        self.account.tags.pop(resource.arn, None)
        self.account.forget_tokens(resource.name)

    def _found(self, name: str) -> Resource:
        if name not in self.resources:
            not_found(KIND, name)
        return self.resources[name]

    def _check_region(self) -> None:
        if self.account.region not in self.account.limits.batch_examples:
            invalid(f"Parallel data is not available in {self.account.region}.")

    def _check_idle(self, resource: Resource) -> None:
        if resource.attempt is not None or resource.gone is not None:
            state = "DELETING" if resource.gone is not None else (resource.latest or (resource.status,))[0]
            refuse("ConcurrentModificationException", f"The {KIND} resource {resource.name} is {state}.")

    def _attempt(self, call: Call) -> Attempt:
        account, config = self.account, call["ParallelDataConfig"]
        if not config.get("S3Uri") or not config.get("Format"):
            wrong_value("ParallelDataConfig must have an S3Uri and a Format.")
        if sum(one.attempt is not None for one in self.resources.values()) >= account.limits.imports:
            limit = f"{account.limits.imports} creation or update of {KIND} at a time"
            refuse(account.switches.busy, f"You have reached the limit of {limit}.")
        place = Place.of(config["S3Uri"])
        account.check_object(place)
        longer = sum(effect.seconds for effect in call.effects if effect.kind == "import_stuck")
        due = call.now + account.pace.parallel_data + longer
        return Attempt(config=config, description=call.get("Description"), at=call.now, due=due, effects=call.effects)

    def _import(self, resource: Resource, attempt: Attempt) -> None:
        try:
            outcome: Imported | str = self._read(attempt)
        except (BadFile, Unreadable) as error:
            outcome = str(error)
        with self.account.lock:
            self._record(resource, attempt, outcome)

    def _read(self, attempt: Attempt) -> Imported:
        place, storage = Place.of(attempt.config["S3Uri"]), self.account.storage
        if (size := storage.size(place)) > self.account.limits.parallel_data_file:
            reason = f"{place} has {size} bytes; the limit is {self.account.limits.parallel_data_file}."
            raise BadFile(reason)
        data = storage.read(place)
        first = self.account.switches.first_sign
        examples = read_examples(data, attempt.config["Format"], bad_first_sign=first)
        for effect in attempt.effects:
            if effect.kind == "import_failed":
                raise BadFile(effect.message)
            if effect.kind == "import_partial":
                examples = without_first(examples, effect.records)
        if not examples.imported:
            reason = "No record of the file could be imported."
            raise BadFile(reason)
        return Imported(attempt.config, data, examples)

    def _record(self, resource: Resource, attempt: Attempt, outcome: Imported | str) -> None:
        update, failed = resource.latest is not None, isinstance(outcome, str)
        auxiliary = _failure(outcome) if isinstance(outcome, str) else outcome.examples.auxiliary().encode()
        if update:
            resource.latest, resource.latest_auxiliary = ("FAILED" if failed else "ACTIVE", attempt.at), auxiliary
        else:
            resource.auxiliary = auxiliary
        if isinstance(outcome, str):
            resource.message = outcome
            resource.status = "FAILED" if resource.active is None else resource.status
        else:
            resource.active, resource.config, resource.message = outcome, attempt.config, ""
            resource.status = "ACTIVE"
            if attempt.description is not None:
                resource.description = attempt.description
        resource.updated = attempt.due
        resource.attempt = None


def _failure(message: str) -> bytes:
    summary = {"record_error_count": 0, "record_skipped_count": 0}
    return json.dumps({"summary": summary, "messages": [{"content": "", "message": message}]}).encode()


def without_first(examples: Examples, records: int) -> Examples:
    """The examples after so many, as if those had been skipped."""
    records = min(records, examples.imported)
    messages = tuple((f"Number {place} record", "The record was skipped.") for place in range(1, records + 1))
    pairs = {target: found[records:] for target, found in examples.pairs.items()}
    return replace(
        examples,
        pairs=pairs,
        imported=examples.imported - records,
        skipped=examples.skipped + records,
        size=sum(len(source) + len(target) for found in pairs.values() for source, target in found),
        messages=messages + examples.messages,
    )
