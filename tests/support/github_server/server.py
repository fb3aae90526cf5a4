"""The emulation over HTTP/1.1."""

from __future__ import annotations

import socket
import struct
import threading
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from tests.support.github_server.routing import Reply, Request

if TYPE_CHECKING:
    from tests.support.github_server.front import Front

GONE = ("ConnectionResetError", "BrokenPipeError", "TimeoutError", "ConnectionAbortedError")


class Server(ThreadingHTTPServer):
    """Serves until it is closed; what is open then is cut."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, front: Front, port: int) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.front = front
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remembers the connection."""
        request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
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

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is nothing to talk about; all else is a fault of the emulation."""
        found = traceback.format_exc()
        if not any(name in found for name in GONE):
            self.front.hub.complaints.append(found)


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "github-emulation"
    wbufsize = -1  # one packet for head and body
    timeout = 120

    def log_message(self, format: str, *args: Any) -> None:
        """The front keeps a log of its own."""

    def do_GET(self) -> None:
        """Any request."""
        request = Request(
            method=self.command,
            target=self.path,
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self._body(),
        )
        reply = self.server.front.answer(request)
        if reply is None:
            self._reset()
        else:
            self._send(reply)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET

    def _body(self) -> bytes:
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            return b"".join(self._chunks())
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _chunks(self) -> Any:
        while size := int(self.rfile.readline().split(b";")[0], 16):
            yield self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "X-GitHub-Request-Id": "0000:0000",
            **reply.headers,
        }
        if reply.raw is None and reply.body is None:
            del headers["Content-Type"]
        body = reply.payload()
        if reply.status not in (204, 304):
            headers["Content-Length"] = str(len(body))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _reset(self) -> None:
        """Cuts the connection so that the client sees a reset, not an end."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
