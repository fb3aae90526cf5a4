"""The event that started a run: what GitHub wrote down of it → an ``Event``. Pure.

Whatever is not for AMTS is ``Ignored``, and says why, so that a run that does nothing can be understood.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NoReturn

from bot.inputs import read_inputs
from bot.marker import MARK
from bot.model import (
    Commented,
    Dispatched,
    Ignored,
    PullRequestChanged,
    Pushed,
    Scheduled,
    WorkflowFinished,
)
from sync.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.model import Event, Inputs

OWN_BRANCHES: Final = "amts/"
WATCHED: Final = {"opened", "reopened", "ready_for_review", "synchronize", "closed"}
"""What may happen to a pull request and is worth a run."""


def read_event(name: str, payload: Mapping[str, Any], env: Mapping[str, str]) -> Event:
    """The event called ``name`` (``GITHUB_EVENT_NAME``). ``env`` says what the payload of some events leaves out.

    Raises ``InputError`` if the payload lacks what GitHub says that it has, and ``UsageError`` for wrong inputs.
    """
    read = _READERS.get(name, _not_ours)
    return read(_Payload(name, payload, env))


class _Payload:
    """A payload, and what is said if it is not as it should be."""

    def __init__(self, name: str, content: Mapping[str, Any], env: Mapping[str, str]) -> None:
        self.name = name
        self._content = content
        self._env = env

    def find(self, path: str) -> Any:
        """What stands at ``a.b.c``; ``None`` where there is nothing."""
        found: Any = self._content
        for key in path.split("."):
            found = found.get(key) if isinstance(found, Mapping) else None
        return found

    def maybe(self, path: str) -> str:
        """The text there, or none."""
        found = self.find(path)
        return found if isinstance(found, str) else ""

    def text(self, path: str) -> str:
        return self.maybe(path) or self._lacks(path, "a text")

    def number(self, path: str) -> int:
        found = self.find(path)
        return found if type(found) is int and found > 0 else self._lacks(path, "a number")

    def _lacks(self, path: str, what: str) -> NoReturn:
        message = (
            f"The event {self.name} has no {path} that is {what}. Was the file of GITHUB_EVENT_PATH written by GitHub, "
            "and for this event?"
        )
        raise InputError(message)

    def common(self) -> dict[str, str]:
        """Where it happened and who did it."""
        return {
            "repository": self.maybe("repository.full_name") or self._env.get("GITHUB_REPOSITORY", ""),
            "actor": self.maybe("sender.login") or self._env.get("GITHUB_ACTOR", ""),
        }

    def ignored(self, reason: str) -> Ignored:
        return Ignored(**self.common(), name=self.name, reason=reason)


def _not_ours(payload: _Payload) -> Event:
    return payload.ignored(_REASONS.get(payload.name, "AMTS has nothing to do when this happens"))


def _push(payload: _Payload) -> Event:
    ref, before, after = (payload.text(key) for key in ("ref", "before", "after"))
    branch = ref.removeprefix("refs/heads/") if ref.startswith("refs/heads/") else ""
    tag = ref.removeprefix("refs/tags/") if ref.startswith("refs/tags/") else ""
    if not branch and not tag:
        return payload.ignored("neither a branch nor a tag was pushed")
    if branch.startswith(OWN_BRANCHES):
        return payload.ignored("AMTS pushed to a branch of its own")
    if not after.strip("0"):
        return payload.ignored("the branch or tag was deleted")
    forced = payload.find("forced") is True
    before = before if before.strip("0") else ""
    return Pushed(**payload.common(), branch=branch, tag=tag, before=before, after=after, forced=forced)


def _pull_request(payload: _Payload) -> Event:
    action = payload.text("action")
    if action not in WATCHED:
        return payload.ignored("neither the commits of the pull request changed nor whether it is open")
    merged = payload.find("pull_request.merged") is True
    return PullRequestChanged(
        **payload.common(),
        number=payload.number("pull_request.number"),
        action=action,
        author=payload.maybe("pull_request.user.login"),
        head=payload.text("pull_request.head.ref"),
        head_repository=payload.maybe("pull_request.head.repo.full_name"),
        head_sha=payload.text("pull_request.head.sha"),
        base=payload.text("pull_request.base.ref"),
        base_sha=payload.text("pull_request.base.sha"),
        merge_sha=payload.text("pull_request.merge_commit_sha") if merged else "",
        draft=payload.find("pull_request.draft") is True,
    )


def _schedule(payload: _Payload) -> Event:
    return Scheduled(**payload.common(), cron=payload.maybe("schedule"))


def _workflow_dispatch(payload: _Payload) -> Event:
    return Dispatched(**payload.common(), kind="", inputs=_inputs(payload, "inputs"))


def _repository_dispatch(payload: _Payload) -> Event:
    kind = payload.text("action")
    return Dispatched(**payload.common(), kind=kind, inputs=_inputs(payload, "client_payload"))


def _inputs(payload: _Payload, path: str) -> Inputs:
    found = payload.find(path)
    return read_inputs(found if isinstance(found, Mapping) else {})


def _issue_comment(payload: _Payload) -> Event:
    reason = _not_to_be_read(payload)
    if reason:
        return payload.ignored(reason)
    return Commented(
        **payload.common(),
        id=payload.number("comment.id"),
        author=payload.text("comment.user.login"),
        body=payload.maybe("comment.body"),
        number=payload.number("issue.number"),
        on_pull_request=payload.find("issue.pull_request") is not None,
        is_open=payload.text("issue.state") == "open",
    )


def _not_to_be_read(payload: _Payload) -> str:
    """Why a comment is none that may have commands."""
    if payload.text("action") != "created":
        return "only new comments are read: what was edited or deleted runs nothing"
    if "Bot" in {payload.find("comment.user.type"), payload.find("sender.type")}:
        return "a bot wrote the comment, and bots get no answer"
    if payload.find("comment.performed_via_github_app") is not None:
        return "an app wrote the comment, and apps get no answer"
    if MARK in payload.maybe("comment.body"):
        return "AMTS wrote the comment itself"
    return ""


def _workflow_run(payload: _Payload) -> Event:
    if payload.text("action") != "completed":
        return payload.ignored("the workflow is not done")
    common = payload.common()
    return WorkflowFinished(
        **common,
        workflow=payload.maybe("workflow_run.name") or payload.maybe("workflow.name"),
        run_id=payload.number("workflow_run.id"),
        conclusion=payload.maybe("workflow_run.conclusion"),
        cause=payload.text("workflow_run.event"),
        branch=payload.maybe("workflow_run.head_branch"),
        head_sha=payload.text("workflow_run.head_sha"),
        own=payload.maybe("workflow_run.head_repository.full_name") == common["repository"],
    )


_READERS: Final[dict[str, Callable[[_Payload], Event]]] = {
    "push": _push,
    "pull_request": _pull_request,
    "schedule": _schedule,
    "workflow_dispatch": _workflow_dispatch,
    "repository_dispatch": _repository_dispatch,
    "issue_comment": _issue_comment,
    "workflow_run": _workflow_run,
}
_REVIEW: Final = "commands are read in comments of the conversation, and not in reviews"
_REASONS: Final = {
    "pull_request_review": _REVIEW,
    "pull_request_review_comment": _REVIEW,
    "pull_request_review_thread": _REVIEW,
    "pull_request_target": "secrets are not for what strangers propose: let the workflow use pull_request",
}
