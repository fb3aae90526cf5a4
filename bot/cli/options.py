"""Arguments that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from argparse import ArgumentParser

PROFILES: Final = ("d2l", "myst", "commonmark")
"""The dialects of ``alignment.markdown.PROFILES``, written out so that the help needs not load them."""
ENGINES: Final = ("local", "echo")
"""The engines of ``sync.engines.ENGINES``."""


def add_engine(parser: ArgumentParser) -> None:
    """``--engine`` and ``--memory``."""
    parser.add_argument("--engine", choices=ENGINES, default="local", help="who drafts what changed (default: local)")
    parser.add_argument(
        "--memory",
        action="append",
        default=[],
        type=Path,
        metavar="FILE.tmx|DIR",
        help="what the engine may learn from: a TMX file, or a folder of translated chapters with their English "
        "beside them (X.md with X_origin.md or X.en.md); may be repeated",
    )


def add_profile(parser: ArgumentParser) -> None:
    """``--profile``."""
    parser.add_argument("--profile", choices=PROFILES, default="d2l", help="the dialect of the book (default: d2l)")
