"""A bucket in memory, for what is about rules and not about S3."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field


@dataclass(slots=True)
class MemoryStorage:
    """A ``sync.engines.amazon.service.storage.Storage`` that forgets everything with the test."""

    files: dict[str, bytes] = field(default_factory=dict)

    def uri(self, name: str) -> str:
        return f"s3://memory/{name}"

    def read(self, name: str) -> bytes | None:
        return self.files.get(name)

    def tagged(self, name: str) -> tuple[bytes, str] | None:
        data = self.files.get(name)
        return None if data is None else (data, self._tag(data))

    def write(self, name: str, data: bytes, *, only_new: bool = False, if_tag: str = "") -> bool:
        there = self.files.get(name)
        if only_new and there is not None:
            return False
        if if_tag and (there is None or self._tag(there) != if_tag):
            return False
        self.files[name] = data
        return True

    def names(self, prefix: str) -> tuple[str, ...]:
        return tuple(sorted(name for name in self.files if name.startswith(prefix)))

    def delete(self, name: str) -> None:
        self.files.pop(name, None)

    @staticmethod
    def _tag(data: bytes) -> str:
        return hashlib.md5(data, usedforsecurity=False).hexdigest()
