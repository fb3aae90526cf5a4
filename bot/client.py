"""GitHub, by PyGithub: the only place that asks it. Writes can be repeated: what is there is found, and not doubled."""

from __future__ import annotations

import json
import logging
import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from github import Auth, Github, GithubException, GithubRetry, UnknownObjectException
from requests.exceptions import RequestException

from bot.forge.answers import comment_of, issue_of, pull_of
from bot.forge.refusals import LONGEST_WAIT, put_off, told
from sync.errors import ForgeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.forge.pulls import Comment, Issue, Pull
    from bot.model import PullRequestPlan

READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
"""What may be asked again by itself; a write whose answer was lost is looked for first."""
PATIENCE: Final = 3
"""Times that a write is tried which GitHub puts off."""
LABELS: Final = {"amts": "0e8a16", "amts:paused": "d4c5f9", "amts:partial": "fbca04"}
"""Colours of labels."""
GREY: Final = "ededed"
T = TypeVar("T")


class Client:
    """One repository, asked with one token."""

    def __init__(self, token: str, repository: str, *, api: str = "https://api.github.com", pause: float = 1.0) -> None:
        """``pause`` is how many seconds lie between two writes at least, as GitHub asks for."""
        retry = GithubRetry(total=5, max_rate_limit_wait=LONGEST_WAIT, allowed_methods=READS)
        self._github = Github(
            auth=Auth.Token(token) if token else None,
            base_url=api,
            retry=retry,
            lazy=True,
            seconds_between_requests=0,
            seconds_between_writes=pause,
            user_agent="amts",
        )
        logging.getLogger("github").setLevel(logging.ERROR)  # what failed is told by what is raised
        self.name = repository
        self._repository = self._github.get_repo(repository)

    def close(self) -> None:
        self._github.close()

    def login(self) -> str:
        """Whom the token speaks for."""
        try:
            return str(self._github.get_user().login)
        except GithubException as error:
            if error.status == 403:  # of an app, or of a workflow
                return self.viewer()
            raise told(error, "ask who the token speaks for") from error
        except RequestException as error:
            raise told(error, "ask who the token speaks for") from error

    # Pull requests

    def pulls(self, *, state: str = "open", base: str = "", most: int = 200) -> tuple[Pull, ...]:
        """Pull requests, the one that changed last first."""

        def ask() -> tuple[Pull, ...]:
            given = {"base": base} if base else {}
            found = self._repository.get_pulls(state=state, sort="updated", direction="desc", **given)
            return tuple(pull_of(one) for _, one in zip(range(most), found, strict=False))

        return self._do("list pull requests", ask)

    def pull(self, number: int) -> Pull:
        """One of them. Raises ForgeError where there is none."""
        return self._do(f"read pull request {number}", lambda: pull_of(self._repository.get_pull(number)))

    def open_pull(self, plan: PullRequestPlan, base: str, *, draft: bool = False) -> Pull:
        """Open the pull request of a branch, or bring the one that is open to what it shall say."""
        known = self._pull_of(plan.branch, base)
        if known is None:
            known = self._write_once(
                f"open the pull request of {plan.branch}",
                lambda: pull_of(
                    self._repository.create_pull(
                        base=base, head=plan.branch, title=plan.title, body=plan.body, draft=draft
                    )
                ),
                lambda: self._pull_of(plan.branch, base),
            )
        return self.edit_pull(known, title=plan.title, body=plan.body, labels=plan.labels)

    def edit_pull(self, pull: Pull, *, title: str = "", body: str = "", labels: Iterable[str] = ()) -> Pull:
        """Bring a pull request to what it shall say; what it says already is not written again."""
        changes = {"title": title, "body": body}
        changes = {name: text for name, text in changes.items() if text and text != getattr(pull, name)}
        if changes:
            lazy = self._repository.get_pull(pull.number)
            self._write(
                f"edit pull request {pull.number}", lambda: lazy.edit(title=title or pull.title, body=body or pull.body)
            )
        self.label(pull.number, set(labels) - pull.labels)
        return self.pull(pull.number) if changes or set(labels) - pull.labels else pull

    def _pull_of(self, branch: str, base: str) -> Pull | None:
        owner = self.name.partition("/")[0]

        def ask() -> Pull | None:
            found = self._repository.get_pulls(state="open", base=base, head=f"{owner}:{branch}")
            return next((pull_of(one) for one in found), None)

        return self._do(f"look for the pull request of {branch}", ask)

    # Issues, comments, labels, reactions

    def issues(self, labels: Iterable[str], *, state: str = "open") -> tuple[Issue, ...]:
        """Issues that have all of these labels, the newest first; pull requests are none."""

        def ask() -> tuple[Issue, ...]:
            found = self._repository.get_issues(state=state, labels=list(labels))
            return tuple(issue_of(one) for one in found if one.pull_request is None)

        return self._do("list issues", ask)

    def open_issue(self, title: str, body: str, labels: Iterable[str], known: Callable[[Issue], bool]) -> Issue:
        """Open an issue, or bring the one that is ``known`` to what it shall say."""
        wanted = tuple(labels)

        def look() -> Issue | None:
            return next((one for one in self.issues(wanted) if known(one)), None)

        found = look()
        if found is None:
            self.make_labels(wanted)
            found = self._write_once(
                "open an issue",
                lambda: issue_of(self._repository.create_issue(title=title, body=body, labels=list(wanted))),
                look,
            )
            found = self._first(found, wanted, known)
        if (found.title, found.body) != (title, body):
            number = found.number
            self._write(f"edit issue {number}", lambda: self._repository.get_issue(number).edit(title=title, body=body))
        return found

    def _first(self, made: Issue, labels: tuple[str, ...], known: Callable[[Issue], bool]) -> Issue:
        """Where another run opened the same issue meanwhile, which GitHub does not hinder, the older one; ours is
        closed."""
        older = min((one for one in self.issues(labels) if known(one)), key=lambda one: one.number, default=made)
        if older.number >= made.number:
            return made
        self.close_issue(made.number)
        return older

    def close_issue(self, number: int, reason: str = "") -> None:
        """Close an issue, after saying why."""
        issue = self._repository.get_issue(number)
        if reason:
            self._write(f"comment on issue {number}", lambda: issue.create_comment(reason))
        self._write(f"close issue {number}", lambda: issue.edit(state="closed"))

    def comments(self, number: int) -> tuple[Comment, ...]:
        """What was written below an issue or a pull request, the oldest first."""
        return self._do(
            f"read the comments of {number}",
            lambda: tuple(comment_of(one) for one in self._repository.get_issue(number).get_comments()),
        )

    def comment(self, number: int, comment: int) -> Comment | None:
        """One comment as it is now; nothing where it was deleted."""

        def ask() -> Comment | None:
            with suppress(UnknownObjectException):
                return comment_of(self._repository.get_issue(number).get_comment(comment))
            return None

        return self._do(f"read comment {comment}", ask)

    def say(self, number: int, body: str, known: Callable[[Comment], bool]) -> None:
        """Write a comment, or bring the one that is ``known`` to what it shall say."""

        def look() -> Comment | None:
            return next((one for one in self.comments(number) if known(one)), None)

        issue = self._repository.get_issue(number)
        found = look()
        if found is None:
            self._write_once(f"comment on {number}", lambda: comment_of(issue.create_comment(body)), look)
        elif found.body != body:
            written = found.id
            self._write(f"edit a comment on {number}", lambda: issue.get_comment(written).edit(body))

    def label(self, number: int, labels: Iterable[str]) -> None:
        """Add labels; those that there are none of are made."""
        wanted = sorted(labels)
        if wanted:
            self.make_labels(wanted)
            issue = self._repository.get_issue(number)
            self._write(f"label {number}", lambda: issue.add_to_labels(*wanted))

    def unlabel(self, number: int, label: str) -> None:
        """Take a label away, if it is there."""
        issue = self._repository.get_issue(number)

        def take() -> None:
            with suppress(UnknownObjectException):
                issue.remove_from_labels(label)

        self._write(f"take the label {label} from {number}", take)

    def make_labels(self, labels: Iterable[str]) -> None:
        """See to it that labels exist."""
        for name in labels:
            self._write(f"make the label {name}", partial(self._make_label, name))

    def _make_label(self, name: str) -> None:
        try:
            self._repository.create_label(name, LABELS.get(name, GREY), description="Used by AMTS")
        except GithubException as error:
            if error.status != 422:  # it is there
                raise

    # Who and what

    def default_branch(self) -> str:
        """The branch that pull requests are for."""
        return self._do("read the repository", lambda: str(self._repository.default_branch))

    def viewer(self) -> str:
        """Whom the token speaks for, also where it is an app's or a workflow's."""
        query = "{ viewer { login } }"
        return self._do(
            "ask who the token speaks for",
            lambda: str(self._github.requester.graphql_query(query, {})[1]["data"]["viewer"]["login"]),
        )

    # How

    def ask(self, verb: str, path: str, doing: str, **body: str) -> tuple[int, dict[str, Any], Any]:
        """One call to which a refusal is an answer too: ``path`` below the API → status, headers, content.

        Raises:
            ForgeError: GitHub cannot be reached.
        """

        def once() -> tuple[int, dict[str, Any], Any]:
            try:
                status, headers, text = self._github.requester.requestJson(verb, path, input=body or None)
            except GithubException as error:  # the library's own way to give up asking again
                return error.status, dict(error.headers or {}), error.data
            return status, headers, json.loads(text) if text else None

        return self._do(doing, once)

    def call(self, verb: str, path: str, doing: str, **body: str) -> tuple[int, Any]:
        """One call that the library has no word for: ``path`` below the repository → status, content of the answer.

        What is not there is no error, but status 404. A write is repeated only where GitHub says that it did nothing.

        Raises:
            ForgeError: GitHub refuses, or cannot be reached.
        """
        address = f"{self._repository.url}{path}"

        def ask() -> tuple[int, Any]:
            status, headers, text = self._github.requester.requestJson(verb, address, input=body or None)
            content = json.loads(text) if text else None
            if status >= 400 and status != 404:
                raise GithubException(status, content, headers)
            return status, content

        return self._do(doing, ask) if verb in READS else self._write(doing, ask)

    def _do(self, doing: str, ask: Callable[[], T]) -> T:
        try:
            return ask()
        except (GithubException, RequestException) as error:
            raise told(error, doing) from error

    def _write(self, doing: str, ask: Callable[[], T]) -> T:
        """A write that may be repeated; where GitHub puts it off, as often as ``PATIENCE`` allows."""
        for attempt in range(1, PATIENCE + 1):
            try:
                return ask()
            except (GithubException, RequestException) as error:
                wait = put_off(error)
                if wait is None or attempt == PATIENCE:
                    raise told(error, doing) from error
                time.sleep(wait)
        raise AssertionError

    def _write_once(self, doing: str, create: Callable[[], T], look: Callable[[], T | None]) -> T:
        """A write that must not be repeated: where its answer is lost or it is refused, what is there counts."""
        try:
            return self._write(doing, create)
        except ForgeError:
            found = look()
            if found is None:
                raise
            return found
