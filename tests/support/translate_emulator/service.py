"""The nineteen operations, and time: what is due is done before any of them is answered."""

from __future__ import annotations

import threading
import traceback
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from tests.support.translate_emulator.account import Account, Call
from tests.support.translate_emulator.errors import not_found, refuse, wrong_value
from tests.support.translate_emulator.jobs import Jobs
from tests.support.translate_emulator.languages import NAMES
from tests.support.translate_emulator.limits import page
from tests.support.translate_emulator.model import service
from tests.support.translate_emulator.parallel_data import ParallelData
from tests.support.translate_emulator.realtime import translate_document, translate_text
from tests.support.translate_emulator.storage import Place, Unreadable
from tests.support.translate_emulator.terminologies import Terminologies

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.support.translate_emulator.faults import Effect

UNLOCKED: Final = frozenset({"TranslateText", "TranslateDocument"})
"""Operations that take the lock themselves, and not while they translate."""


class Service:
    """An account in a region, as its endpoint knows it."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.parallel_data = ParallelData(account)
        self.terminologies = Terminologies(account)
        self.jobs = Jobs(account, self.parallel_data, self.terminologies)
        self.complaints: list[str] = []
        """What went wrong in the emulator itself. Tests look that there is nothing."""
        self.operations = self._table()
        self._settling = threading.Lock()

    def _table(self) -> dict[str, Callable[[Call], dict[str, Any]]]:
        data, terms, jobs, account = self.parallel_data, self.terminologies, self.jobs, self.account
        return {
            "CreateParallelData": data.create,
            "UpdateParallelData": data.update,
            "GetParallelData": data.get,
            "ListParallelData": data.list,
            "DeleteParallelData": data.delete,
            "ImportTerminology": terms.bring,
            "GetTerminology": terms.get,
            "ListTerminologies": terms.list,
            "DeleteTerminology": terms.delete,
            "StartTextTranslationJob": jobs.start,
            "DescribeTextTranslationJob": jobs.describe,
            "ListTextTranslationJobs": jobs.list,
            "StopTextTranslationJob": jobs.stop,
            "TranslateText": partial(translate_text, account, terms),
            "TranslateDocument": partial(translate_document, account, terms),
            "ListLanguages": list_languages,
            "TagResource": self._tag,
            "UntagResource": self._untag,
            "ListTagsForResource": self._tags,
        }

    def answer(self, operation: str, parameters: Mapping[str, Any], effects: tuple[Effect, ...]) -> dict[str, Any]:
        """Members of the answer. Raises a refusal."""
        clock = self.account.clock
        clock.advance(clock.step)
        if not clock.scale:
            self.settle()
        call = Call(operation=operation, parameters=parameters, effects=effects, now=clock.now())
        self._deny(call)
        if operation in UNLOCKED:
            return self.operations[operation](call)
        with self.account.lock:
            return self.operations[operation](call)

    def settle(self) -> None:
        """Brings everything to where it is by now: imports, jobs, deletions, late output."""
        now = self.account.clock.now()
        while (task := self._due(now)) is not None:
            try:
                task()
            except Exception:
                self.complaints.append(traceback.format_exc())

    def settle_aside(self) -> None:
        """The same in a thread of its own, unless one is at it; for a clock that runs."""
        if self._settling.acquire(blocking=False):
            threading.Thread(target=self._settle_and_release, daemon=True).start()

    def _settle_and_release(self) -> None:
        try:
            self.settle()
        finally:
            self._settling.release()

    def _due(self, now: float) -> Callable[[], None] | None:
        with self.account.lock:
            return self.parallel_data.due(now) or self.jobs.due(now)

    def _deny(self, call: Call) -> None:
        """Carries out an order that a bucket should deny access: the one where the request's input is."""
        config = call.get("InputDataConfig") or call.get("ParallelDataConfig") or {}
        for effect in call.effects:
            if effect.kind == "s3_denied" and "S3Uri" in config:
                try:
                    self.account.storage.deny(Place.of(config["S3Uri"]).bucket, effect.names, effect.message)
                except Unreadable as error:
                    self.complaints.append(str(error))

    def _tag(self, call: Call) -> dict[str, Any]:
        self._known(call["ResourceArn"])
        self.account.set_tags(call["ResourceArn"], call["Tags"])
        return {}

    def _untag(self, call: Call) -> dict[str, Any]:
        known = self._known(call["ResourceArn"])
        for name in call["TagKeys"]:
            known.pop(name, None)
        return {}

    def _tags(self, call: Call) -> dict[str, Any]:
        known = self._known(call["ResourceArn"])
        return {"Tags": [{"Key": name, "Value": value} for name, value in known.items()]}

    def _known(self, arn: str) -> dict[str, str]:
        if not arn.startswith("arn:"):
            wrong_value("The ResourceArn is not valid.")
        if arn not in self.account.tags:
            not_found("tagged", arn)
        return self.account.tags[arn]


def list_languages(call: Call) -> dict[str, Any]:
    """ListLanguages. The names are English whatever is asked for."""
    display = call.get("DisplayLanguageCode", "en")
    shape: Any = service().shape_for("DisplayLanguageCode")
    if display not in shape.enum:
        refuse(
            "UnsupportedDisplayLanguageCodeException",
            f"Languages cannot be named in '{display}'.",
            DisplayLanguageCode=display,
        )
    every = [{"LanguageName": name, "LanguageCode": code} for code, name in NAMES.items()]
    found, more = page(every, call.get("NextToken"), call.get("MaxResults"), "InvalidParameterValueException")
    return {"Languages": found, "DisplayLanguageCode": display, **more}
