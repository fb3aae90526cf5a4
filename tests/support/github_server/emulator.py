"""The emulated GitHub as tests use it."""

from __future__ import annotations

import tempfile
import threading
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from tests.support.github_server import endpoints, faults
from tests.support.github_server.controls import Controls
from tests.support.github_server.description import description
from tests.support.github_server.faults import Fault
from tests.support.github_server.front import Front
from tests.support.github_server.hub import Hub
from tests.support.github_server.routing import ENDPOINTS
from tests.support.github_server.server import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from types import TracebackType
    from typing import Literal

    from github import Github

    from tests.support.github_server.front import Logged
    from tests.support.github_server.model import Event

WITH_ACTION = ("issues", "issue_comment", "pull_request", "pull_request_review", "pull_request_review_comment")
assert endpoints.MODULES, "the endpoints enter themselves when they are imported"


class GitHubServer(Controls):
    """A GitHub on this machine, from ``with`` to its end, where what went wrong is raised.

    Raises ``NotToBeHad`` where GitHub's description can be got from nowhere.
    """

    def __init__(self, folder: Path | None = None, port: int = 0) -> None:
        self._temporary = None if folder else tempfile.TemporaryDirectory()
        place = folder or Path(self._temporary.name if self._temporary else "")
        self.hub = Hub(description=description(tuple(sorted(ENDPOINTS))), folder=place)
        self.front = Front(hub=self.hub)
        self._server = Server(self.front, port)
        self.hub.url = self.url

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.005,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        if self._temporary:
            self._temporary.cleanup()
        missed = [f"The fault {one.call!r} was ordered and never met" for one in self.front.faults.waiting]
        if kind is None and (self.complaints or missed):
            raise AssertionError("\n".join([*self.complaints, *missed]))

    @property
    def url(self) -> str:
        """``http://127.0.0.1:PORT``: of the API, of GraphQL, of git, and of pages."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def complaints(self) -> list[str]:
        """What is not emulated, what the description does not allow, what broke; a test may look and clear."""
        return self.hub.complaints

    @property
    def events(self) -> list[Event]:
        """What GitHub would have told workflows and webhooks."""
        return self.hub.events

    @property
    def log(self) -> list[Logged]:
        """All calls, git's among them."""
        return self.front.log

    def calls(self, call: str = "* /**") -> list[Logged]:
        """Those that a form such as ``POST R/pulls`` names."""
        return [one for one in self.log if faults.names(call, one.method, one.path)]

    @property
    def points(self) -> int:
        """What the calls of the API cost: 1 to read, 5 to write."""
        return sum(one.points for one in self.log if one.operation or one.path == "/graphql")

    def client(self, token: str, **more: Any) -> Github:
        """PyGithub on this server, without pauses between calls and, unless ``retry`` is given, with one try."""
        from github import Auth, Github

        given = {"retry": None, "seconds_between_requests": 0, "seconds_between_writes": 0, **more}
        return Github(auth=Auth.Token(token), base_url=self.url, **given)

    def environment(self, token: str, repository: str) -> dict[str, str]:
        """What a run finds in its environment."""
        return {
            "GITHUB_ACTIONS": "true",
            "GITHUB_API_URL": self.url,
            "GITHUB_GRAPHQL_URL": f"{self.url}/graphql",
            "GITHUB_SERVER_URL": self.url,
            "GITHUB_REPOSITORY": repository,
            "GITHUB_REPOSITORY_OWNER": repository.partition("/")[0],
            "GITHUB_TOKEN": token,
        }

    def advance(self, seconds: float) -> None:
        """Moves the clock on."""
        self.hub.later += timedelta(seconds=seconds)

    def now(self) -> datetime:
        """By its clock."""
        return self.hub.now()

    def lag(self, reads: int) -> None:
        """From now on lists leave out what is new for so many readings."""
        self.hub.lag.reads = reads

    def _order(self, fault: Fault) -> Fault:
        self.front.faults.ordered.append(fault)
        return fault

    def fail(
        self,
        call: str,
        status: int = 502,
        *,
        nth: int = 1,
        times: int = 1,
        after: bool = False,
        message: str = "Server Error",
        retry_after: float = 0,
    ) -> Fault:
        """Answers the ``nth`` such call with a status; ``after`` it was carried out all the same."""
        return self._order(
            Fault(call=call, nth=nth, times=times, status=status, message=message, after=after, seconds=retry_after)
        )

    def limit(
        self, call: str, kind: Literal["primary", "secondary"] = "secondary", *, seconds: float = 1, nth: int = 1
    ) -> Fault:
        """Says that a rate limit is reached, and how long to wait."""
        return self._order(Fault(call=call, nth=nth, kind=kind, seconds=seconds))

    def cut(self, call: str, *, nth: int = 1, times: int = 1, after: bool = False) -> Fault:
        """Cuts the connection."""
        return self._order(Fault(call=call, nth=nth, times=times, kind="reset", after=after))

    def slow(self, call: str, seconds: float, *, nth: int = 1, times: int = 1) -> Fault:
        """Answers late."""
        return self._order(Fault(call=call, nth=nth, times=times, kind="slow", seconds=seconds))

    def before(self, call: str, act: Callable[[], object], *, nth: int = 1) -> Fault:
        """Does something just before the ``nth`` such call is carried out, such as moving a branch."""
        return self._order(Fault(call=call, nth=nth, kind="before", act=act))

    def expect(self, *texts: str) -> list[str]:
        """Takes the complaints that hold one of ``texts`` away, and returns them. Fails for a text that none holds."""
        found = [one for one in self.complaints if any(text in one for text in texts)]
        for text in texts:
            assert any(text in one for one in found), f"no complaint says {text!r}"
        self.complaints[:] = [one for one in self.complaints if one not in found]
        return found


def names(events: Iterable[Event]) -> list[str]:
    """``name`` or ``name.action`` of events, in order."""
    return [f"{one.name}.{one.payload['action']}" if one.name in WITH_ACTION else one.name for one in events]
