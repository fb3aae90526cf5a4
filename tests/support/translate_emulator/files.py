"""Files that clients may fetch from an address for half an hour, as from a presigned one of S3."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.support.translate_emulator.clock import Clock

LIFE: Final = 1800


class Files:
    """Hands addresses out and answers them. The newest thousand are kept."""

    def __init__(self, clock: Clock) -> None:
        self.endpoint = ""
        self._clock = clock
        self._files: dict[str, tuple[float, bytes]] = {}

    def share(self, data: bytes) -> dict[str, str]:
        """The location of a file, as the service says it."""
        name = secrets.token_hex(16)
        self._files[name] = (self._clock.now() + LIFE, data)
        for old in list(self._files)[:-1000]:
            self._files.pop(old, None)
        location = f"{self.endpoint}/_emu/files/{name}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires={LIFE}"
        return {"RepositoryType": "S3", "Location": location}

    def fetch(self, name: str) -> bytes | None:
        """A file; nothing where there is none or its time is over."""
        until, data = self._files.get(name, (0.0, b""))
        return data if self._clock.now() <= until else None
