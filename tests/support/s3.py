"""A real S3-compatible server for tests: moto's, as a process of its own on a free port of this machine.

    with S3Server() as s3:
        s3.client().create_bucket(Bucket="books")

The server ends with the test run, also when that is killed: it watches the pipe that it was started with.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from types import TracebackType

REGION: Final = "us-east-1"
KEY: Final = "emulator-key"
SECRET: Final = "emulator-secret"
"""Keys that are good for nothing: the server takes any."""


class S3Server:
    """Runs from :meth:`start` to :meth:`stop`, or for the length of a ``with``. One may serve a whole test session."""

    def __init__(self, *, region: str = REGION) -> None:
        self.region = region
        self.endpoint = ""
        """``http://127.0.0.1:PORT``, once it runs."""
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> S3Server:
        """Returns when the server answers. Raises ``RuntimeError`` when it does not come up."""
        command = [sys.executable, str(Path(__file__).resolve())]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        port = self._process.stdout.readline().strip()
        if not port:
            self.stop()
            reason = "The S3 server did not start; is moto[s3] installed, with flask and flask-cors?"
            raise RuntimeError(reason)
        self.endpoint = f"http://127.0.0.1:{port}"
        return self

    def stop(self) -> None:
        """Ends the server; once more does nothing."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        process.communicate()

    def __enter__(self) -> S3Server:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def client(self, service: str = "s3", **settings: Any) -> Any:
        """A boto3 client of this server, with keys and region of its own whatever the environment says."""
        import boto3

        session: Any = boto3.session.Session(
            aws_access_key_id=KEY, aws_secret_access_key=SECRET, region_name=self.region
        )
        return session.client(service, endpoint_url=self.endpoint, **settings)

    def bucket(self, name: str) -> str:
        """Creates a bucket in the server's region and returns its name."""
        elsewhere = {} if self.region == REGION else {"LocationConstraint": self.region}
        extra = {"CreateBucketConfiguration": elsewhere} if elsewhere else {}
        client = self.client()
        client.create_bucket(Bucket=name, **extra)
        client.close()
        return name

    def reset(self) -> None:
        """Forgets all buckets."""
        request = urllib.request.Request(f"{self.endpoint}/moto-api/reset", method="POST")
        with urllib.request.urlopen(request) as answer:
            answer.read()


def serve() -> None:
    """Runs the server in this process until standard input ends; writes its port to standard output."""
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()
    os._exit(0)


if __name__ == "__main__":
    serve()
