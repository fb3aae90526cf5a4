"""boto3 clients, made from one session for each pair of keys: it reads the models of the services once."""

from __future__ import annotations

import functools
import threading
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from tests.support.translate_emulator.signature import Keys

MAKING: Final = threading.Lock()
"""A session is not safe for threads; the clients are."""


def client(keys: Keys, service: str, endpoint: str, **settings: Any) -> Any:
    """A client for an endpoint, whatever the environment says."""
    with MAKING:
        return _session(keys).client(service, endpoint_url=endpoint, **settings)


@functools.cache
def _session(keys: Keys) -> Any:
    import boto3

    return boto3.session.Session(
        aws_access_key_id=keys.key,
        aws_secret_access_key=keys.secret,
        aws_session_token=keys.token or None,
        region_name=keys.region,
    )
