"""What all parts of the service share: whose account it is, its settings, and what it has handed out."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from tests.support.translate_emulator.errors import invalid, refuse
from tests.support.translate_emulator.languages import NAMES
from tests.support.translate_emulator.storage import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tests.support.translate_emulator.clock import Clock
    from tests.support.translate_emulator.content.translator import Translator
    from tests.support.translate_emulator.faults import Effect
    from tests.support.translate_emulator.files import Files
    from tests.support.translate_emulator.settings import Limits, Pace, Switches
    from tests.support.translate_emulator.signature import Keys
    from tests.support.translate_emulator.storage import Place, Storage


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request that has passed the front: known, signed, of the right shape."""

    operation: str
    parameters: Mapping[str, Any]
    effects: tuple[Effect, ...]
    now: float
    """Seconds of the emulator's clock."""

    def __getitem__(self, name: str) -> Any:
        return self.parameters[name]

    def get(self, name: str, default: Any = None) -> Any:
        """A parameter that need not be there."""
        return self.parameters.get(name, default)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """Characters that were paid for."""

    origin: str
    """The operation, or the id of the job."""
    source: str
    target: str
    characters: int
    with_examples: bool


@dataclass(slots=True, kw_only=True)
class Account:
    """An account in a region."""

    number: str
    keys: Keys
    clock: Clock
    limits: Limits
    pace: Pace
    switches: Switches
    roles: frozenset[str] | None
    """Roles that the client may pass; None is all of the account."""
    storage: Storage
    files: Files
    translator: Translator
    lock: threading.RLock = field(default_factory=threading.RLock)
    tags: dict[str, dict[str, str]] = field(default_factory=dict)
    """By ARN; an ARN is here as long as the resource is."""
    bills: list[Bill] = field(default_factory=list)
    tokens: dict[tuple[str, str], tuple[float, str, dict[str, Any]]] = field(default_factory=dict)

    @property
    def region(self) -> str:
        """Where it is."""
        return self.keys.region

    def arn(self, kind: str, name: str) -> str:
        """The name of a resource in the whole world."""
        return f"arn:aws:translate:{self.region}:{self.number}:{kind}/{name}"

    def once(self, call: Call, work: Callable[[Call], dict[str, Any]]) -> dict[str, Any]:
        """Does the work of a request, or answers as it did before to the same ClientToken."""
        key = (call.operation, call["ClientToken"])
        digest = sha256(json.dumps(call.parameters, sort_keys=True).encode()).hexdigest()
        if key in self.tokens and self.tokens[key][0] >= call.now:
            _, before, answer = self.tokens[key]
            if before != digest:
                refuse(self.switches.token, "The ClientToken was used with other parameters.")
            return answer
        answer = work(call)
        self.tokens[key] = (call.now + self.limits.token_life, digest, answer)
        return answer

    def forget_tokens(self, name: str) -> None:
        """A resource is gone; it may be made again with the same words."""
        gone = [key for key, (_, _, answer) in self.tokens.items() if answer.get("Name") == name]
        for key in gone:
            del self.tokens[key]

    def set_tags(self, arn: str, tags: Iterable[Mapping[str, str]]) -> None:
        """Adds tags to a resource, or replaces them."""
        known = {**self.tags.get(arn, {}), **{tag["Key"]: tag["Value"] for tag in tags}}
        if len(known) > self.limits.tags:
            refuse("TooManyTagsException", f"A resource has at most {self.limits.tags} tags.", ResourceArn=arn)
        self.tags[arn] = known

    def check_bucket(self, place: Place) -> None:
        """Raises ``Unreadable`` where there is no such bucket, a refusal where it is in another region."""
        region = self.storage.region(place.bucket)
        if region != self.region:
            invalid(f"The bucket {place.bucket} is in {region}; the request was sent to {self.region}.")

    def check_object(self, place: Place) -> None:
        """Looks for an object, and refuses a bucket that is elsewhere. What cannot be read matters later, or now."""
        try:
            self.check_bucket(place)
            self.storage.size(place)
        except Unreadable as error:
            self.unreadable(error)

    def unreadable(self, error: Unreadable) -> None:
        """Raises a refusal where a switch says that it is noticed at once."""
        if self.switches.unreadable == "at once":
            invalid(f"The input cannot be read: {error}")

    def check_pair(self, source: str, target: str) -> None:
        """Raises a refusal for a language that the service does not have."""
        for side, code, known in (("Source", source, {*NAMES, "auto"}), ("Target", target, NAMES)):
            if code not in known:
                refuse(
                    "UnsupportedLanguagePairException",
                    f"Unsupported language pair: {source} to {target}. {side} language '{code}' is not supported",
                    SourceLanguageCode=source,
                    TargetLanguageCode=target,
                )
