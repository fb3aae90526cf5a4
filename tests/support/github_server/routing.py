"""From a request to the function that answers it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from tests.support.github_server.refusals import Refusal, not_found

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tests.support.github_server.description import Operation
    from tests.support.github_server.hub import Hub
    from tests.support.github_server.model import Issue, Repository, Role, Token, User

MOST_PER_PAGE = 100


class Fields(dict[str, Any]):
    """What a client sent. Remembers what was looked at: the rest is something that the emulation does not do."""

    def __init__(self, sent: Mapping[str, Any]) -> None:
        super().__init__(sent)
        self._read: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self._read.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self._read.add(str(name))
        return super().__contains__(name)

    def get(self, name: str, default: Any = None) -> Any:
        """The value, or ``default``."""
        self._read.add(name)
        return super().get(name, default)

    @property
    def unread(self) -> list[str]:
        """Names that nobody asked for."""
        return sorted(set(self) - self._read)


@dataclass(slots=True, kw_only=True)
class Request:
    """As it came."""

    method: str
    target: str
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes

    @property
    def path(self) -> str:
        """Without the query."""
        return urlsplit(self.target).path

    @property
    def query(self) -> str:
        """Without the path."""
        return urlsplit(self.target).query


@dataclass(slots=True, kw_only=True)
class Call:
    """One request for an operation."""

    hub: Hub
    operation: Operation
    path: str
    params: Mapping[str, str]
    query: Fields
    body: Any
    headers: Mapping[str, str]
    token: Token | None

    @property
    def user(self) -> User:
        """Who asks. Raises the refusal of nobody."""
        if self.token is None:
            raise Refusal(401, "Requires authentication")
        return self.token.user

    @property
    def repository(self) -> Repository:
        """The one that the path names."""
        return self.hub.repository(f"{self.params['owner']}/{self.params['repo']}")

    def number(self, name: str) -> int:
        """A parameter of the path. Raises the refusal of what is not there."""
        if not self.params[name].isdecimal():
            raise not_found()
        return int(self.params[name])

    def issue(self, name: str = "issue_number") -> Issue:
        """The issue or pull request of the path."""
        found = self.repository.issues.get(self.number(name))
        if found is None:
            raise not_found()
        return found

    def pull(self) -> Issue:
        """The pull request of the path."""
        found = self.issue("pull_number")
        if found.pull is None:
            raise not_found()
        return found


@dataclass(slots=True, kw_only=True)
class Reply:
    """What goes back; a body that is ``None`` is none."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    """Bytes in the place of JSON."""

    def payload(self) -> bytes:
        """As it goes over the wire."""
        if self.raw is not None:
            return self.raw
        return b"" if self.body is None else json.dumps(self.body).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """How an operation is answered, and who may ask."""

    operation: str
    answer: Callable[[Call], Any]
    needs: str
    """``permission:level`` of the token; ``conversation`` is that of issues or of pull requests, by the number."""
    role: Role
    """The least that a person must be in the repository."""


ENDPOINTS: dict[str, Endpoint] = {}


def endpoint(operation: str, needs: str = "metadata:read", role: Role = "read") -> Callable[[Answer], Answer]:
    """Makes a function answer an operation; R stands for a repository."""
    name = operation.replace(" R", " /repos/{owner}/{repo}", 1)

    def enter(answer: Answer) -> Answer:
        ENDPOINTS[name] = Endpoint(operation=name, answer=answer, needs=needs, role=role)
        return answer

    return enter


if TYPE_CHECKING:
    Answer = Callable[[Call], Any]


def created(body: Any) -> Reply:
    """201."""
    return Reply(status=201, body=body)


def nothing() -> Reply:
    """204."""
    return Reply(status=204)


def paged(call: Call, items: Sequence[Any] | Iterable[Any], render: Callable[[Any], Any]) -> Reply:
    """One page of a list, as far as it has come, with the links to the others."""
    found = call.hub.lag.seen(items)
    chosen, headers = page_of(call, found)
    return Reply(body=[render(one) for one in chosen], headers=headers)


def page_of(call: Call, found: list[Any], size: int = 30) -> tuple[list[Any], dict[str, str]]:
    """The items of the page asked for, and the header that names the other pages."""
    most = max(size, MOST_PER_PAGE)
    size = max(1, min(int(call.query.get("per_page", size)), most))
    page = max(1, int(call.query.get("page", 1)))
    last = max(1, -(-len(found) // size))
    links = []
    if page < last:
        links += [("next", page + 1), ("last", last)]
    if page > 1:
        links += [("prev", page - 1), ("first", 1)]
    header = ", ".join(f'<{_address(call, number)}>; rel="{name}"' for name, number in links)
    return found[(page - 1) * size : page * size], {"Link": header} if header else {}


def _address(call: Call, page: int) -> str:
    query = {**call.query, "page": page}
    return f"{call.hub.url}{call.path}?{urlencode(query)}"
