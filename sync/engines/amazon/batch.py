"""Jobs of the service: written down, started once, looked at, read. Every step may be taken again by a later run.

A plan goes through ``plan.json`` (what is to be sent) → ``in/`` (the documents) → ``started.json`` (the job) →
``done.json`` (its answers are in the cache). A run that was killed between two steps is taken up at the last one: a job
has a name and a token that follow from its plan, so that it is found, and not started a second time.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from sync.engines.amazon import keys
from sync.engines.amazon.cache import MISSING, Answer, answer_to, write_answers
from sync.engines.amazon.plans import chapters, read_plan
from sync.engines.amazon.resources.standing import NOT_FOUND
from sync.engines.amazon.service.clients import code_of
from sync.engines.amazon.service.storage import read_json, to_json
from sync.engines.amazon.text.documents import LIMIT, read_document, render_documents
from sync.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from alignment.markdown import Profile
    from sync.engines.amazon.account import Account
    from sync.engines.amazon.money import Entry
    from sync.engines.amazon.plans import Plan
    from sync.engines.amazon.text.documents import Document
    from sync.merge.prose.language_pair import LanguagePair
    from sync.model import Job

JOBS: Final = "jobs/"
OUT: Final = "out/"
"""Below the folder of a plan, where its job writes."""
SHOWN: Final = 3600.0
"""Seconds after its start in which the service may not know of a job yet."""
HTML: Final = "text/html"


class State(StrEnum):
    """Of a job, in the service's words."""

    SUBMITTED = "SUBMITTED"
    IN_PROGRESS = "IN_PROGRESS"
    COMPLETED = "COMPLETED"
    COMPLETED_WITH_ERROR = "COMPLETED_WITH_ERROR"
    FAILED = "FAILED"
    STOP_REQUESTED = "STOP_REQUESTED"
    STOPPED = "STOPPED"


AT_WORK: Final = frozenset({State.SUBMITTED, State.IN_PROGRESS, State.STOP_REQUESTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A job that was started."""

    plan: Plan
    job: str
    """Its id."""
    state: State
    output: str = ""
    """Where its documents are, as the service says."""
    message: str = ""

    @property
    def is_at_work(self) -> bool:
        return self.state in AT_WORK


def documents_of(jobs: Sequence[Job], profile: Profile, limit: int = LIMIT) -> tuple[Document, ...]:
    """The documents of some segments: one for each chapter, or more where it is longer than ``limit`` bytes."""
    made = (render_documents(own, profile, limit=limit) for own in chapters(tuple(jobs)).values())
    return tuple(document for group in made for document in group)


# Starting


def start(account: Account, plan: Plan, profile: Profile) -> Running:
    """Start the job of a plan, or find that it was started.

    Raises:
        EngineError: the service refused; the plan stands, and the next run tries again.
    """
    folder = _folder(account, plan.digest)
    account.storage.write(f"{folder}plan.json", plan.to_bytes(), only_new=True)
    job = _known_job(account, plan.digest) or _start(account, plan, profile)
    account.storage.write(f"{folder}started.json", to_json({"job": job, "at": account.stamp()}), only_new=True)
    account.record(_entry(account, plan))
    return look(account, plan, job)


def _start(account: Account, plan: Plan, profile: Profile) -> str:
    folder, settings = _folder(account, plan.digest), account.settings
    for number, document in enumerate(documents_of(plan.jobs, profile)):
        account.storage.write(f"{folder}in/{_name(number)}", document.html.encode())
    manner = plan.manner
    optional: dict[str, Any] = {
        "ParallelDataNames": [manner.data] if manner.data else None,
        "TerminologyNames": [manner.terminology] if manner.terminology else None,
        "Settings": dict(manner.settings) or None,
    }
    answer = account.clients.call(
        "translate",
        "start_text_translation_job",
        expect="JobId",
        JobName=_job_name(account, plan.digest),
        InputDataConfig={"S3Uri": account.storage.uri(f"{folder}in/"), "ContentType": HTML},
        OutputDataConfig={"S3Uri": account.storage.uri(f"{folder}{OUT}")},
        DataAccessRoleArn=settings.role,
        SourceLanguageCode=plan.languages[0],
        TargetLanguageCodes=[plan.languages[1]],
        ClientToken=keys.client_token(plan.digest),
        **{name: value for name, value in optional.items() if value},
    )
    return str(answer["JobId"])


def _known_job(account: Account, digest: str) -> str:
    """The job of a plan, if there is one: as this program wrote it down, or as the service lists it by its name."""
    started = read_json(account.storage, f"{_folder(account, digest)}started.json")
    if started:
        return str(started["job"])
    found = account.clients.call(
        "translate",
        "list_text_translation_jobs",
        expect="TextTranslationJobPropertiesList",
        Filter={"JobName": _job_name(account, digest)},
    )
    listed = found.get("TextTranslationJobPropertiesList", ())
    return str(listed[0]["JobId"]) if listed else ""


# Looking


def unfinished(account: Account) -> tuple[Plan, ...]:
    """The plans of this fork and language whose answers nobody has read, oldest first."""
    return tuple(plan for plan, names in _plans(account) if "done.json" not in names)


def undelivered(account: Account) -> tuple[Plan, ...]:
    """The plans whose answers may not stand in the fork yet, oldest first."""
    return tuple(plan for plan, names in _plans(account) if "delivered.json" not in names)


def mark_delivered(account: Account, plan: Plan) -> None:
    """Let a plan be forgotten: nothing of it is asked for any more."""
    account.storage.write(f"{_folder(account, plan.digest)}delivered.json", to_json({"at": account.stamp()}))


def _plans(account: Account) -> list[tuple[Plan, set[str]]]:
    """Each plan with the names of the files that stand beside it."""
    root = f"{account.folder}{JOBS}"
    files: dict[str, set[str]] = {}
    for name in account.storage.names(root):
        digest, _, rest = name.removeprefix(root).partition("/")
        files.setdefault(digest, set()).add(rest)
    known = [digest for digest, names in files.items() if "plan.json" in names and "delivered.json" not in names]
    return sorted(((_read_plan(account, digest), files[digest]) for digest in known), key=lambda one: one[0].made)


def _read_plan(account: Account, digest: str) -> Plan:
    name = f"{_folder(account, digest)}plan.json"
    return read_plan(read_json(account.storage, name) or {}, account.storage.uri(name))


def find_running(account: Account, plan: Plan) -> Running | None:
    """The job of a plan of an earlier run; nothing where it was never started."""
    job = _known_job(account, plan.digest)
    return look(account, plan, job) if job else None


def look(account: Account, plan: Plan, job: str) -> Running:
    """How a job is getting on."""
    try:
        answer = account.clients.call(
            "translate", "describe_text_translation_job", expect="TextTranslationJobProperties", JobId=job
        )
    except EngineError as error:
        if code_of(error) != NOT_FOUND:
            raise
        return _unknown(account, plan, job)
    properties = answer["TextTranslationJobProperties"]
    return Running(
        plan=plan,
        job=job,
        state=State(properties["JobStatus"]),
        output=properties.get("OutputDataConfig", {}).get("S3Uri", ""),
        message=properties.get("Message", ""),
    )


def _unknown(account: Account, plan: Plan, job: str) -> Running:
    """A job that the service does not know: one that was just started not yet, an older one not any more."""
    folder = _folder(account, plan.digest)
    started = read_json(account.storage, f"{folder}started.json") or {}
    began = datetime.fromisoformat(str(started["at"])).timestamp() if "at" in started else account.time.now()
    state = State.SUBMITTED if account.time.now() < began + SHOWN else State.FAILED
    output = account.storage.uri(f"{folder}{OUT}")
    return Running(plan=plan, job=job, state=state, output=output, message="The service does not know it any more.")


# Reading


def lacks_output(account: Account, running: Running, profile: Profile) -> bool:
    """Whether a document is not there. Of one that was written just now, a list may not know."""
    listed = _outputs(account, running)
    return any(_output_name(running.plan, number) not in listed for number, _ in _documents(running.plan, profile))


def harvest(account: Account, running: Running, pair: LanguagePair, tries: int) -> tuple[Answer, ...]:
    """Read what a job that is no longer at work has made, keep it, and close its plan.

    Nothing is believed unread: each segment has to come back once, with its markup, where its words bear it out, as
    ``pair`` tells. ``tries`` is how often these segments have been sent, this time included.
    """
    plan = running.plan
    answers = tuple(_answers(account, running, pair, tries))
    write_answers(account.storage, account.folder, plan.digest, answers)
    details = _details(account, running)
    billed = details.get("charactersTranslated", "")
    account.record(_entry(account, plan, billed=int(billed) if str(billed).isdecimal() else None))
    done = {"at": account.stamp(), "state": str(running.state), "message": running.message, "details": details}
    account.storage.write(f"{_folder(account, plan.digest)}done.json", to_json(done))
    return answers


def _answers(account: Account, running: Running, pair: LanguagePair, tries: int) -> Iterator[Answer]:
    listed = _outputs(account, running)
    key = running.plan.keys
    for number, document in _documents(running.plan, pair.profile):
        place = listed.get(_output_name(running.plan, number), "")
        data = account.storage.read(place) if place else None
        own = {one: job for job in running.plan.jobs for one in [job.id] if one in document.parts.values()}
        if data is None:
            yield from (Answer(key=key[name], problem=MISSING, tries=tries) for name in own)
            continue
        read = read_document(data.decode("utf-8", "replace"), document, tuple(own.values()))
        for name, job in own.items():
            made, problem = read.drafts.get(name, ""), read.problems.get(name, "")
            yield answer_to(job, key[name], made, problem, pair, tries=tries)


def _documents(plan: Plan, profile: Profile) -> Iterable[tuple[int, Document]]:
    return enumerate(documents_of(plan.jobs, profile))


def _outputs(account: Account, running: Running) -> dict[str, str]:
    """The documents that a job has written, by name, and their names in the storage."""
    root = account.storage.uri("")
    if not running.output.startswith(root):
        return {}
    folder = running.output.removeprefix(root)
    return {name.rsplit("/", 1)[-1]: name for name in account.storage.names(folder) if "/details/" not in name}


def _details(account: Account, running: Running) -> dict[str, Any]:
    """What the service says of a job; nothing where it says nothing that can be read."""
    root = account.storage.uri("")
    if not running.output.startswith(root):
        return {}
    folder = running.output.removeprefix(root).rstrip("/")
    name = f"{folder}/details/{running.plan.languages[1]}.auxiliary-translation-details.json"
    try:
        found = json.loads(account.storage.read(name) or b"{}")
    except (ValueError, EngineError):  # nothing is decided by it
        return {}
    return found if isinstance(found, dict) else {}


def _entry(account: Account, plan: Plan, billed: int | None = None) -> Entry:
    kind = "act" if plan.manner.data else "batch"
    return account.cost(plan.digest, kind, plan.characters, month=plan.made[:7], billed=billed)


def _folder(account: Account, digest: str) -> str:
    return f"{account.folder}{JOBS}{digest[:16]}/"


def _job_name(account: Account, digest: str) -> str:
    return keys.job_name(account.settings.book, account.lang, digest)


def _name(number: int) -> str:
    """Not the chapter's: what a stranger named shall not name things in an account."""
    return f"{number:04}.html"


def _output_name(plan: Plan, number: int) -> str:
    return f"{plan.languages[1]}.{_name(number)}"
