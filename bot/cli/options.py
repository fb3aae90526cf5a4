"""Arguments that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from argparse import ArgumentParser

PROFILES: Final = ("d2l", "myst", "commonmark")
ENGINES: Final = ("local", "echo")


def add_engine(parser: ArgumentParser) -> None:
    parser.add_argument("--engine", choices=ENGINES, default="local", help="who drafts what changed (default: local)")
    parser.add_argument(
        "--memory",
        action="append",
        default=[],
        type=Path,
        metavar="FILE.tmx|DIR",
        help="what the engine may learn from; may be repeated",
    )


def add_profile(parser: ArgumentParser) -> None:
    parser.add_argument("--profile", choices=PROFILES, default="d2l", help="the dialect of the book (default: d2l)")
