"""The handle that tests have of an emulator in their own process."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING, Any

from tests.support.translate_emulator import sessions
from tests.support.translate_emulator.core import ACCOUNT, Core
from tests.support.translate_emulator.server import Server

if TYPE_CHECKING:
    from types import TracebackType

    from tests.support.translate_emulator.account import Bill
    from tests.support.translate_emulator.clock import Clock
    from tests.support.translate_emulator.content.translator import Translator
    from tests.support.translate_emulator.core import Exchange
    from tests.support.translate_emulator.faults import Faults
    from tests.support.translate_emulator.settings import Limits, Pace, Switches
    from tests.support.translate_emulator.signature import Keys


class Emulator:
    """Amazon Translate on a free port of this machine, for the length of a ``with``.

        with S3Server() as s3, Emulator(s3.endpoint) as emulator:
            client = emulator.client()

    Its clock stands still; :meth:`advance` moves it. At its end it raises ``AssertionError`` when the emulator itself
    went wrong, by answering what the model of the service does not allow, say.
    """

    def __init__(
        self,
        s3_endpoint: str,
        *,
        port: int = 0,
        keys: Keys | None = None,
        account: str = ACCOUNT,
        limits: Limits | None = None,
        pace: Pace | None = None,
        switches: Switches | None = None,
        clock: Clock | None = None,
        roles: frozenset[str] | None = None,
        translator: Translator | None = None,
    ) -> None:
        """``roles`` are the ARNs that a client may pass, None all of the account; ``translator`` may be shared."""
        self.core = Core(
            s3_endpoint,
            keys=keys,
            account=account,
            limits=limits,
            pace=pace,
            switches=switches,
            clock=clock,
            roles=roles,
            translator=translator,
        )
        self.s3_endpoint = s3_endpoint
        self.role = f"arn:aws:iam::{account}:role/translate-data"
        """A role that may be passed, unless ``roles`` says otherwise."""
        self._port = port
        self._server: Server | None = None

    def start(self) -> Emulator:
        """Returns when it answers."""
        self.core.storage.connect()
        self._server = Server(self.core, self._port)
        self.core.files.endpoint = self._server.endpoint
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def stop(self) -> None:
        """Ends it; once more does nothing."""
        server, self._server = self._server, None
        if server is not None:
            server.shutdown()
            server.server_close()
            self.core.storage.close()

    def __enter__(self) -> Emulator:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        if kind is None and self.complaints:
            reason = "The emulator went wrong itself:\n" + "\n".join(self.complaints)
            raise AssertionError(reason)

    @property
    def endpoint(self) -> str:
        """``http://127.0.0.1:PORT`` while it runs."""
        return self.core.files.endpoint

    @property
    def clock(self) -> Clock:
        """Its time."""
        return self.core.clock

    @property
    def faults(self) -> Faults:
        """Faults on order; the effects are functions of ``faults.py``."""
        return self.core.faults

    @property
    def requests(self) -> list[tuple[str, dict[str, Any]]]:
        """Operation and parameters of every request so far, those refused or spoiled as well."""
        return [(one.operation, dict(one.parameters)) for one in self.core.exchanges]

    @property
    def exchanges(self) -> list[Exchange]:
        """The same with how each ended and when."""
        return list(self.core.exchanges)

    @property
    def bills(self) -> list[Bill]:
        """Characters to pay for, by job and language or by request."""
        return list(self.core.service.account.bills)

    @property
    def complaints(self) -> list[str]:
        """What went wrong in the emulator itself."""
        return self.core.service.complaints

    def advance(self, seconds: float) -> None:
        """Moves the clock on and does what is due by then."""
        self.core.advance(seconds)

    def deny(self, bucket: str, *actions: str, prefix: str = "") -> None:
        """A bucket policy denies actions (``s3:GetObject``) to everybody, the client as well, below a prefix."""
        self.core.storage.deny(bucket, actions or ("s3:GetObject", "s3:PutObject"), prefix)

    def allow(self, bucket: str) -> None:
        """Takes the bucket's policy away."""
        self.core.storage.allow(bucket)

    def reset(self) -> None:
        """Forgets everything but its settings."""
        self.core.reset()

    def environment(self) -> dict[str, str]:
        """Variables with which any boto3 speaks to this and to the S3 server, and to nothing else."""
        keys = self.core.keys
        return {
            "AWS_ACCESS_KEY_ID": keys.key,
            "AWS_SECRET_ACCESS_KEY": keys.secret,
            "AWS_SESSION_TOKEN": keys.token,
            "AWS_REGION": keys.region,
            "AWS_DEFAULT_REGION": keys.region,
            "AWS_ENDPOINT_URL_TRANSLATE": self.endpoint,
            "AWS_ENDPOINT_URL_S3": self.s3_endpoint,
            "AWS_ENDPOINT_URL_STS": self.s3_endpoint,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        }

    def client(self, service: str = "translate", **settings: Any) -> Any:
        """A boto3 client for this, or for ``s3``, whatever the environment says."""
        endpoint = self.endpoint if service == "translate" else self.s3_endpoint
        return sessions.client(self.core.keys, service, endpoint, **settings)
