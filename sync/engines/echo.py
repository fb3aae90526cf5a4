"""The null engine: it answers every job with nothing, so every segment stays pending."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from alignment.markdown import Profile
    from sync.bitext.memory import Memory
    from sync.engines import Aids
    from sync.model import Draft, Job


class Echo:
    """Never drafts anything: dry runs, demos, tests."""

    def submit(self, jobs: Sequence[Job]) -> str:
        return ""

    def collect(self, ticket: str) -> tuple[Draft, ...] | None:
        return ()


def open_engine(languages: tuple[str, str], memory: Memory, profile: Profile, aids: Aids) -> Echo:
    return Echo()
