"""A request, from the wire to its answer: held against the description, and spoiled where that is on order."""

from __future__ import annotations

import hashlib
import json
import threading
import time
import traceback
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote

from tests.support.github_server import access, git_http, graphql
from tests.support.github_server.deeds.pulls import follow
from tests.support.github_server.faults import SECONDARY, Fault, Faults
from tests.support.github_server.refusals import Malformed, Refusal, not_found
from tests.support.github_server.routing import ENDPOINTS, Call, Fields, Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.github_server.description import Operation
    from tests.support.github_server.hub import Hub
    from tests.support.github_server.model import Token
    from tests.support.github_server.routing import Request

POINTS = {"GET": 1, "HEAD": 1, "OPTIONS": 1}
"""What a call costs of the 900 a minute; all others five."""
FREE = ("/rate_limit",)
SPECIAL = ("diff", "patch", "sha", "html", "full", "text", "star")
"""Forms of answers that a client may ask for and the emulation does not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """One call as it went."""

    method: str
    path: str
    query: str
    body: Any
    login: str
    operation: str
    """``METHOD /path/{of}/it``, empty for what is none."""
    status: int
    """0 where the connection was cut."""
    seconds: float
    points: int


@dataclass(slots=True, kw_only=True)
class Front:
    """Answers requests."""

    hub: Hub
    faults: Faults = field(default_factory=Faults)
    log: list[Logged] = field(default_factory=list)
    _noted: threading.local = field(default_factory=threading.local)

    def answer(self, request: Request) -> Reply | None:
        """The answer, or ``None`` where the connection is to be cut."""
        start = time.perf_counter()
        self._noted.login = self._noted.operation = ""
        reply = self._spoiled(request, self._git if git_http.is_git(request.path) else self._done)
        self.log.append(
            Logged(
                method=request.method,
                path=request.path,
                query=request.query,
                body=_logged_body(request.body),
                login=self._noted.login,
                operation=self._noted.operation,
                status=reply.status if reply else 0,
                seconds=time.perf_counter() - start,
                points=POINTS.get(request.method, 5),
            )
        )
        return reply

    def _spoiled(self, request: Request, carry_out: Callable[[Request], Reply]) -> Reply | None:
        met = self.faults.take(request.method, request.path)
        for fault in met:
            if fault.act is not None:
                fault.act()
            if fault.kind == "slow":
                time.sleep(fault.seconds)
        telling = [one for one in met if one.kind not in ("slow", "before")]
        early = next((one for one in telling if not one.after), None)
        if early is not None:
            return self._told(early)
        reply = carry_out(request)
        return self._told(telling[0]) if telling else reply

    def _told(self, fault: Fault) -> Reply | None:
        if fault.kind == "reset":
            return None
        headers: dict[str, str] = {}
        status, message = fault.status, fault.message
        if fault.kind == "secondary":
            status, message, headers = 403, SECONDARY, {"Retry-After": str(round(fault.seconds))}
        elif fault.kind == "primary":
            status, message = 403, "API rate limit exceeded for user ID 1001."
            reset = int(self.hub.now().timestamp() + fault.seconds)
            headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(reset)}
        elif fault.seconds:
            headers = {"Retry-After": str(round(fault.seconds))}
        return Reply(status=status, body=Refusal(status, message).body(), headers=headers)

    def _git(self, request: Request) -> Reply:
        reply, self._noted.login = git_http.answer(self.hub, request)
        return reply

    def _done(self, request: Request) -> Reply:
        token = None
        with self.hub.lock:
            try:
                token = access.token_of(self.hub, request.headers.get("authorization"))
                self._noted.login = token.user.login if token else ""
                reply = self._admitted(request, token)
            except Refusal as refusal:
                reply = self._refused(refusal)
            except Exception:
                self.hub.complaints.append(traceback.format_exc())
                reply = Reply(status=500, body=Refusal(500, "The emulation itself is at fault; see complaints.").body())
        return _with_headers(reply, request, token)

    def _refused(self, refusal: Refusal) -> Reply:
        name = self._noted.operation
        reply = Reply(status=refusal.status, body=refusal.body(), headers=refusal.headers)
        operation = next((one for one in self.hub.description.operations if one.name == name), None)
        if operation is not None and not isinstance(refusal, Malformed):
            self._check_answer(operation, reply)
        return reply

    def _check_answer(self, operation: Operation, reply: Reply) -> None:
        if reply.raw is None:
            found = self.hub.description.check_answer(operation, reply.status, reply.body)
            self.hub.complaints.extend(map(str, found))

    def _admitted(self, request: Request, token: Token | None) -> Reply:
        if not request.headers.get("user-agent"):
            raise Refusal(
                403, "Request forbidden by administrative rules. Please make sure your request has a User-Agent."
            )
        if token is not None and request.path not in FREE and not self.hub.spend(token):
            raise Refusal(403, f"API rate limit exceeded for user ID {token.user.id}.")
        body = _read(request)
        if (request.method, request.path) == ("POST", "/graphql"):
            return Reply(body=graphql.answer(self.hub, token, body))
        operation, params = self._operation(request)
        self._noted.operation = operation.name
        query = Fields(dict(parse_qsl(request.query, keep_blank_values=True)))
        call = Call(
            hub=self.hub,
            operation=operation,
            path=request.path,
            params=params,
            query=query,
            body=Fields(body) if isinstance(body, dict) else body,
            headers=request.headers,
            token=token,
        )
        return self._carried_out(call, body)

    def _operation(self, request: Request) -> tuple[Operation, dict[str, str]]:
        for one in self.hub.description.operations:
            found = one.pattern.fullmatch(request.path) if one.method == request.method else None
            if found is not None:
                return one, {name: unquote(value) for name, value in found.groupdict().items()}
        self.hub.complaints.append(f"UNKNOWN: {request.method} {request.path} is not emulated")
        raise not_found()

    def _carried_out(self, call: Call, body: Any) -> Reply:
        self._check_request(call, body)
        endpoint, repository = ENDPOINTS[call.operation.name], None
        if "owner" in call.params:
            access.admit(call, endpoint)
            repository = call.repository
            follow(self.hub, repository, repository.owner)
        found = endpoint.answer(call)
        if repository is not None and call.operation.method != "GET":
            follow(self.hub, repository, call.user, call.token)
        reply = found if isinstance(found, Reply) else Reply(body=found)
        self._check_answer(call.operation, reply)
        self._check_read(call)
        return reply

    def _check_request(self, call: Call, body: Any) -> None:
        wrong = [str(one) for one in self.hub.description.check_request(call.operation, call.query, body)]
        wanted = call.headers.get("accept", "")
        wrong += [
            f"{call.operation.name}: answers in the form {one} are not emulated"
            for one in SPECIAL
            if f".{one}" in wanted
        ]
        self.hub.complaints.extend(wrong)
        if wrong:
            raise Malformed(wrong[0])

    def _check_read(self, call: Call) -> None:
        sent = [("parameter", call.query)] + ([("field", call.body)] if isinstance(call.body, Fields) else [])
        for word, fields in sent:
            for name in fields.unread:
                self.hub.complaints.append(f"{call.operation.name}: the {word} {name} is not emulated")


def _read(request: Request) -> Any:
    if not request.body:
        return None
    try:
        return json.loads(request.body)
    except ValueError:
        raise Refusal(400, "Problems parsing JSON") from None


def _logged_body(body: bytes) -> Any:
    try:
        return json.loads(body) if body else None
    except ValueError:
        return body


def _with_headers(reply: Reply, request: Request, token: Token | None) -> Reply:
    if token is not None:
        left = {
            "Limit": token.limit,
            "Remaining": token.limit - token.used,
            "Used": token.used,
            "Reset": int(token.reset),
        }
        reply.headers = {**{f"X-RateLimit-{name}": str(value) for name, value in left.items()}, **reply.headers}
    if request.method == "GET" and reply.status == 200:
        tag = f'W/"{hashlib.sha256(reply.payload()).hexdigest()}"'
        reply.headers["ETag"] = tag
        if request.headers.get("if-none-match") == tag:
            return Reply(status=304, headers=reply.headers)
    return reply
