"""GitHub on this machine: stateful, over real bare repositories, held against GitHub's own description of its API."""

from __future__ import annotations

from tests.support.github_server.emulator import GitHubServer, names
from tests.support.github_server.packages import NotToBeHad

__all__ = ["GitHubServer", "NotToBeHad", "names"]
