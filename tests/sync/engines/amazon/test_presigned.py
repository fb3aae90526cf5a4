"""Files are fetched only from where the service may have them, and the address stays secret."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest

from sync.engines.amazon.service.presigned import fetch
from sync.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = "X-Amz-Signature=0123456789abcdef"


class Answers(BaseHTTPRequestHandler):
    """What is asked for is how to answer."""

    def do_GET(self) -> None:
        what = self.path.split("?")[0].strip("/")
        status = {"moved": 302, "gone": 403}.get(what, 200)
        self.send_response(status)
        if what == "moved":
            self.send_header("Location", "/file")
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"te" if what == "half" else b"texts")

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_file_of_just_the_largest_size_is_read(host: str) -> None:
    assert fetch(f"{host}/file?{SECRET}", 5) == b"texts"


@pytest.mark.parametrize(
    ("path", "said"),
    [("gone", "status 403"), ("moved", "status 302"), ("half", "3 bytes before its end"), ("file", "more than 4")],
)
def test_what_cannot_be_had_is_an_error_that_keeps_the_address_secret(path: str, said: str, host: str) -> None:
    with pytest.raises(EngineError, match=said) as raised:
        fetch(f"{host}/{path}?{SECRET}", 4 if path == "file" else 5)
    assert "0123456789abcdef" not in str(raised.value)


@pytest.mark.parametrize(
    "address",
    [
        "http://bucket.example/file",
        "file:///etc/hosts",
        "ftp://127.0.0.1/file",
        "http://127.0.0.1.example/",
        "/file",
        "",
    ],
)
def test_an_address_that_is_neither_https_nor_of_this_machine_is_not_asked(address: str) -> None:
    with pytest.raises(EngineError, match="not safe"):
        fetch(address)


def test_a_host_that_does_not_answer_is_an_error(host: str) -> None:
    with pytest.raises(EngineError, match="did not hand out"):
        fetch("http://127.0.0.1:1/file")
