"""The service over HTTP: known, signed, well formed, and spoiled where a fault is on order."""

from __future__ import annotations

import socket
import struct
import threading
import time
import traceback
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import uuid4

from tests.support.translate_emulator.control import control
from tests.support.translate_emulator.errors import OF_THE_FRONT, Refusal
from tests.support.translate_emulator.faults import WIRE
from tests.support.translate_emulator.model import check_answer, check_request, errors_of
from tests.support.translate_emulator.protocol import CONTENT_TYPE, body_of, error_of, operation_of, parameters_of
from tests.support.translate_emulator.signature import check_signature

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.support.translate_emulator.core import Core
    from tests.support.translate_emulator.faults import Effect

MOST = 64 * 1024 * 1024
"""Bytes of a request."""


@dataclass(slots=True)
class Answer:
    """What goes back, and what happens to it on the way."""

    status: int
    body: bytes
    content_type: str = CONTENT_TYPE
    retry_after: float = 0.0
    effects: Sequence[Effect] = ()


class Server(ThreadingHTTPServer):
    """Serves until it is closed; connections that are open then are cut, and clients that vanish do no harm."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, core: Core, port: int) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.core = core
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    @property
    def endpoint(self) -> str:
        """``http://127.0.0.1:PORT``."""
        return f"http://127.0.0.1:{self.server_port}"

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remembers the connection."""
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forgets the connection."""
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        """Stops listening and cuts what is open."""
        super().server_close()
        with self._lock:
            still = list(self._open)
        for connection in still:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue

    def service_actions(self) -> None:
        """Between requests: with a clock that runs, things happen though nobody asks."""
        if self.core.clock.scale:
            self.core.service.settle_aside()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is nothing to talk about; all else is a fault of the emulator."""
        found = traceback.format_exc()
        if not any(name in found for name in ("ConnectionResetError", "BrokenPipeError", "TimeoutError")):
            self.core.service.complaints.append(found)


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "translate-emulator"
    wbufsize = -1  # one packet for head and body: else Nagle and a delayed ACK cost 40 ms a request
    timeout = 120

    def log_message(self, format: str, *args: Any) -> None:
        """The core keeps a log of its own."""

    def do_GET(self) -> None:
        """Control, and files that the service shares."""
        self._control(b"")

    def do_POST(self) -> None:
        """An operation of the service, or control."""
        length = int(self.headers.get("Content-Length") or 0)
        if length > MOST:
            self.close_connection = True
            self._send(Answer(413, b""))
            return
        body = self.rfile.read(length)
        if self.path.startswith("/_emu/"):
            self._control(body)
        elif len(body) == length:
            self._send(self._answer(body))

    do_PUT = do_DELETE = do_POST

    def _control(self, body: bytes) -> None:
        status, found, content_type = control(self.server.core, self.command, urlsplit(self.path).path, body)
        self._send(Answer(status, found, content_type))

    def _answer(self, body: bytes) -> Answer:
        core, operation, parameters = self.server.core, "", {}
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            check_signature(core.keys, f"{self.server.endpoint}{self.path}", headers, body)
            operation = operation_of(headers.get("x-amz-target", ""), headers.get("content-type", ""))
            parameters = parameters_of(operation, body)
            check_request(operation, parameters)
            core.rates.take(operation)
        except Refusal as refusal:
            core.note(operation, parameters, refusal.code)
            return _refused(operation, refusal)
        return answer(core, operation, parameters)

    def _send(self, answer: Answer) -> None:
        kinds = {effect.kind for effect in answer.effects}
        if "reset" in kinds:
            self._reset()
            return
        self.send_response(answer.status)
        self.send_header("x-amzn-RequestId", str(uuid4()))
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        if answer.retry_after:
            self.send_header("x-amz-retry-after", str(round(answer.retry_after * 1000)))
        self.end_headers()
        if "truncated" in kinds:
            self.wfile.write(answer.body[: len(answer.body) // 2])
            self.wfile.flush()
            self.close_connection = True
            return
        self.wfile.write(answer.body)

    def _reset(self) -> None:
        """Closes the connection so that the client sees a reset, not an end."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()


def answer(core: Core, operation: str, parameters: dict[str, Any]) -> Answer:
    """Answers an operation that has passed the front, as the faults on order have it."""
    effects = core.faults.take(operation, parameters)
    wire = [effect for effect in effects if effect.kind in WIRE]
    for effect in wire:
        if effect.kind == "slow":
            time.sleep(effect.seconds)
    early = next((effect for effect in wire if effect.kind != "slow" and not effect.done), None)
    if early is not None:
        core.note(operation, parameters, early.code or early.kind)
        return _spoiled(operation, early)
    found = _done(core, operation, parameters, tuple(effect for effect in effects if effect.kind not in WIRE))
    found.effects = wire
    return found


def _spoiled(operation: str, effect: Effect) -> Answer:
    if effect.kind == "html":
        page = f"<html><body><h1>{effect.status} {HTTPStatus(effect.status).phrase}</h1></body></html>"
        return Answer(effect.status, page.encode(), "text/html")
    if effect.kind == "reset":
        return Answer(500, b"", effects=(effect,))
    found = _refused(operation, Refusal(effect.code, effect.message))
    found.retry_after = effect.seconds
    return found


def _done(core: Core, operation: str, parameters: dict[str, Any], effects: tuple[Effect, ...]) -> Answer:
    try:
        found = core.service.answer(operation, parameters, effects)
    except Refusal as refusal:
        core.note(operation, parameters, refusal.code)
        if refusal.code not in {**errors_of(operation), **OF_THE_FRONT}:
            core.service.complaints.append(f"{operation} has no {refusal.code} in its model: {refusal.message}")
        return _refused(operation, refusal)
    except Exception:
        return _broken(core, operation, parameters, traceback.format_exc())
    if wrong := check_answer(operation, found):
        return _broken(core, operation, parameters, f"{operation} answers what its model does not allow: {wrong}")
    core.note(operation, parameters, "")
    return Answer(200, body_of(found))


def _broken(core: Core, operation: str, parameters: dict[str, Any], complaint: str) -> Answer:
    core.service.complaints.append(complaint)
    core.note(operation, parameters, "InternalServerException")
    return _refused(
        operation, Refusal("InternalServerException", "The emulator itself is at fault; see its complaints.")
    )


def _refused(operation: str, refusal: Refusal) -> Answer:
    status, body = error_of(operation, refusal)
    return Answer(status, body)
