"""Batch jobs: what is asked, in which state it is, when the next state is due."""

from __future__ import annotations

import contextlib
import secrets
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from tests.support.translate_emulator.admission import admit
from tests.support.translate_emulator.errors import not_found, refuse
from tests.support.translate_emulator.limits import page
from tests.support.translate_emulator.model import as_datetime
from tests.support.translate_emulator.storage import Place, Unreadable
from tests.support.translate_emulator.work import Outcome, Work, perform

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.translate_emulator.account import Account, Call
    from tests.support.translate_emulator.parallel_data import ParallelData
    from tests.support.translate_emulator.terminologies import Terminologies

RUNNING: Final = ("IN_PROGRESS", "STOP_REQUESTED")
KEPT: Final = (
    "JobName",
    "SourceLanguageCode",
    "TargetLanguageCodes",
    "TerminologyNames",
    "ParallelDataNames",
    "InputDataConfig",
    "DataAccessRoleArn",
    "Settings",
)


@dataclass(slots=True, kw_only=True)
class Job:
    """A job and its work."""

    identity: str
    work: Work
    told: dict[str, Any]
    """Members of its properties that stay as they were asked for."""
    submitted: float
    lasts: float
    status: str = "SUBMITTED"
    ends: float = float("inf")
    stops: float = float("inf")
    ended: float | None = None
    message: str = ""
    counts: tuple[int, int, int] = (0, 0, 0)
    """Documents translated, documents with errors, documents."""
    claimed: bool = False

    def properties(self) -> dict[str, Any]:
        """As the service tells them."""
        names = ("TranslatedDocumentsCount", "DocumentsWithErrorsCount", "InputDocumentsCount")
        found = {
            **self.told,
            "JobId": self.identity,
            "JobStatus": self.status,
            "JobDetails": dict(zip(names, self.counts, strict=True)),
            "SubmittedTime": as_datetime(self.submitted),
        }
        if self.ended is not None:
            found |= {"EndTime": as_datetime(self.ended), "Message": self.message}
        return found


@dataclass(slots=True)
class Jobs:
    """All jobs of an account in a region. Its methods are called with the account's lock held."""

    account: Account
    parallel_data: ParallelData
    terminologies: Terminologies
    jobs: dict[str, Job] = field(default_factory=dict)
    late: list[tuple[float, Place, bytes]] = field(default_factory=list)
    """Output that is written only later: when, where, what."""
    freed: float = 0.0
    """When a place among the running jobs was last left."""

    def start(self, call: Call) -> dict[str, Any]:
        """StartTextTranslationJob."""
        return self.account.once(call, self._start)

    def _start(self, call: Call) -> dict[str, Any]:
        documents = admit(self.account, call)
        names = call.get("TerminologyNames", ())
        self.terminologies.check(names)
        source, targets = call["SourceLanguageCode"], call["TargetLanguageCodes"]
        data = call.get("ParallelDataNames", ())
        examples = self.parallel_data.examples(data[0], source, targets) if data else {}
        if sum(job.status == "SUBMITTED" for job in self.jobs.values()) >= self.account.limits.queued:
            refuse(self.account.switches.queue_full, f"There may be {self.account.limits.queued} jobs in the queue.")
        identity = secrets.token_hex(16)
        wanted = Place.folder(call["OutputDataConfig"]["S3Uri"])
        output = Place(wanted.bucket, f"{wanted.key}{self.account.number}-TranslateText-{identity}/")
        work = Work(
            source=source,
            targets=tuple(targets),
            examples=examples,
            with_examples=bool(data),
            terminology=names[0] if names else "",
            terms={target: self.terminologies.terms(names, source, target, call.now) for target in targets},
            settings=call.get("Settings", {}),
            content_type=call["InputDataConfig"]["ContentType"],
            input=Place.folder(call["InputDataConfig"]["S3Uri"]),
            output=output,
            effects=call.effects,
        )
        told = {name: call[name] for name in KEPT if name in call.parameters}
        told["OutputDataConfig"] = {**call["OutputDataConfig"], "S3Uri": str(output)}
        lasts = self.account.pace.job + self.account.pace.document * documents * len(targets)
        self.jobs[identity] = Job(identity=identity, work=work, told=told, submitted=call.now, lasts=lasts)
        return {"JobId": identity, "JobStatus": "SUBMITTED"}

    def describe(self, call: Call) -> dict[str, Any]:
        """DescribeTextTranslationJob."""
        return {"TextTranslationJobProperties": self._found(call["JobId"]).properties()}

    def list(self, call: Call) -> dict[str, Any]:
        """ListTextTranslationJobs."""
        asked = call.get("Filter", {})
        if len(asked) > 1:
            refuse("InvalidFilterException", "A list may be filtered by one thing.")
        every = [job.properties() for job in self.jobs.values() if _passes(job, asked)]
        if "SubmittedBeforeTime" not in asked:
            every.reverse()
        found, more = page(every, call.get("NextToken"), call.get("MaxResults"), "InvalidRequestException")
        return {"TextTranslationJobPropertiesList": found, **more}

    def stop(self, call: Call) -> dict[str, Any]:
        """StopTextTranslationJob. A job that is over stays as it is."""
        job = self._found(call["JobId"])
        if job.status == "SUBMITTED":
            _end(job, "STOPPED", call.now, "Your job was stopped.")
        elif job.status == "IN_PROGRESS":
            job.status, job.stops = "STOP_REQUESTED", call.now + self.account.pace.stop
        return {"JobId": job.identity, "JobStatus": job.status}

    def due(self, now: float) -> Callable[[], None] | None:
        """Does what is due and quick, in the order of time; gives out work that is due, to be done without the lock."""
        while True:
            when, job = min(self._events(), key=lambda event: event[0], default=(float("inf"), None))
            if job is None or when > now:
                break
            if job.status == "SUBMITTED":
                job.status, job.ends = "IN_PROGRESS", when + job.lasts
            elif job.stops < job.ends:
                _end(job, "STOPPED", when, "Your job was stopped.")
                self.freed = when
            else:
                job.claimed = True
                return partial(self._finish, job)
        return self._late(now)

    def _events(self) -> Iterator[tuple[float, Job]]:
        running = [job for job in self.jobs.values() if job.status in RUNNING]
        yield from ((min(job.ends, job.stops), job) for job in running if not job.claimed)
        if len(running) < self.account.limits.running:
            queued = (job for job in self.jobs.values() if job.status == "SUBMITTED")
            yield from ((max(job.submitted + self.account.pace.queue, self.freed), job) for job in queued)

    def _late(self, now: float) -> Callable[[], None] | None:
        for entry in self.late:
            if entry[0] <= now:
                self.late.remove(entry)
                return partial(self._write, *entry[1:])
        return None

    def _write(self, place: Place, data: bytes) -> None:
        with contextlib.suppress(Unreadable):
            self.account.storage.write(place, data)

    def _finish(self, job: Job) -> None:
        outcome = Outcome("FAILED", "Internal server error")
        try:
            outcome = perform(job.work, self.account)
        finally:
            with self.account.lock:
                self._record(job, outcome)

    def _record(self, job: Job, outcome: Outcome) -> None:
        _end(job, outcome.status, job.ends, outcome.message)
        job.counts = outcome.counts
        self.freed = job.ends
        self.late += [(job.ends + seconds, place, data) for seconds, place, data in outcome.late]
        self.account.bills += outcome.bills(job.identity, job.work)

    def _found(self, identity: str) -> Job:
        if identity not in self.jobs:
            not_found("job", identity)
        return self.jobs[identity]


def _end(job: Job, status: str, when: float, message: str) -> None:
    job.status, job.ended, job.message = status, when, message


def _passes(job: Job, asked: dict[str, Any]) -> bool:
    if "SubmittedBeforeTime" in asked:
        return bool(job.submitted < asked["SubmittedBeforeTime"].timestamp())
    if "SubmittedAfterTime" in asked:
        return bool(job.submitted > asked["SubmittedAfterTime"].timestamp())
    if "JobStatus" in asked:
        return bool(job.status == asked["JobStatus"])
    return bool(asked.get("JobName", job.told.get("JobName")) == job.told.get("JobName"))
