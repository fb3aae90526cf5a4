"""The emulated GitHub, by hand."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.github_server.controls import BOT
from tests.support.github_server.emulator import GitHubServer
from tests.support.github_server.packages import NotToBeHad

if TYPE_CHECKING:
    from collections.abc import Sequence

EPILOG = """examples:
  python -m tests.support.github_server --repository book/en=../d2l-en --fork book/zh=book/en > github.env &
      starts it and writes the lines for a shell into a file; then: . ./github.env
      git clone $GITHUB_SERVER_URL/book/zh.git
      curl -H "Authorization: Bearer $GITHUB_TOKEN" $GITHUB_API_URL/repos/book/zh/pulls
  python -m tests.support.github_server --repository book/zh --user alice=write
      an empty repository, and somebody who may write in the first one named; her token is printed too
"""


def parser() -> argparse.ArgumentParser:
    """The command line."""
    found = argparse.ArgumentParser(
        prog="python -m tests.support.github_server",
        description="Emulates GitHub on this machine until it is interrupted.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    found.add_argument("--port", type=int, default=0, help="a free one by default")
    found.add_argument(
        "--repository",
        action="append",
        default=[],
        metavar="OWNER/NAME[=DIR]",
        help="a repository, empty or with all that the one in DIR has; may be given more than once",
    )
    found.add_argument(
        "--fork",
        action="append",
        default=[],
        metavar="OWNER/NAME=OWNER/NAME",
        help="a fork of a repository named before",
    )
    found.add_argument("--user", action="append", default=[], metavar="LOGIN=ROLE", help="somebody with a role")
    return found


def furnish(server: GitHubServer, asked: argparse.Namespace) -> str:
    """Makes what is asked for; returns the repository that was named first."""
    for entry in asked.repository:
        name, _, folder = entry.partition("=")
        server.repository(name, None if folder else {"README.md": f"# {name}\n"}, bare=Path(folder) if folder else None)
    for entry in asked.fork:
        name, _, parent = entry.partition("=")
        server.repository(name, fork_of=parent)
    first = next(iter(server.hub.repositories.values())).full_name
    for entry in asked.user:
        login, _, role = entry.partition("=")
        server.user(login, {one.full_name: role for one in server.hub.repositories.values()})
        print(f"# {login}, {role}: {server.token(login)}")
    return first


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs until SIGINT or SIGTERM; then says what was wrong."""
    asked = parser().parse_args(arguments)
    asked.repository = asked.repository or ["book/zh"]
    over = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: over.set())
    try:
        server = GitHubServer(port=asked.port)
    except NotToBeHad as missing:
        print(missing, file=sys.stderr)
        return 1
    with server:
        first = furnish(server, asked)
        for name, value in server.environment(server.token(BOT), first).items():
            print(f"export {name}={value}")
        sys.stdout.flush()
        over.wait()
        for complaint in server.complaints:
            print(complaint, file=sys.stderr)
        server.complaints.clear()
    return 0


if __name__ == "__main__":
    sys.exit(main())
