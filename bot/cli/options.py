"""Arguments that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Mapping

    from bot.cli.console import Console
    from sync.engines import Service
    from sync.engines.models import Models

PROFILES: Final = ("d2l", "myst", "commonmark")
"""The dialects of ``alignment.markdown.PROFILES``, written out so that the help needs not load them."""
ENGINES: Final = ("local", "amazon", "echo")
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

    parser.add_argument(
        "--cache",
        type=Path,
        metavar="DIR",
        help="where what the engine has learned is kept for the next run (default: amts in your cache folder)",
    )


def add_account(parser: ArgumentParser) -> None:
    """``--config``: how a service is used, where no fork says it, or other than the fork says it."""
    parser.add_argument(
        "--config",
        type=Path,
        metavar="FILE.yml",
        help="a .amts.yml whose `amazon` says how Amazon Translate is used (else the environment: see docs/aws.md)",
    )


def open_service(arguments: Namespace, console: Console) -> Service:
    """What an engine that is a service is told, by ``--config`` and the environment.

    Raises:
        ConfigError: the configuration cannot be used.
        InputError: it cannot be read.
    """
    from sync.engines import Service

    return Service(values=service_values(arguments), env=console.env, book="files", say=console.note)


def service_values(arguments: Namespace) -> Mapping[str, Any]:
    """What ``--config`` says of a service; nothing without it."""
    from sync.config import load_config
    from sync.files import read_text

    path = arguments.config
    return load_config(read_text(path), path=str(path)).amazon if path else {}


def open_models(arguments: Namespace, console: Console) -> Models:
    """Where the engine's models are kept: ``--cache``, else ``amts`` in the cache folder of this system's user."""
    from sync.engines.models import Models

    return Models(folder=arguments.cache or cache_folder(console.env), say=console.note)


def cache_folder(env: Mapping[str, str]) -> Path | None:
    """Where programs of this user keep what they can make again; nothing where the environment does not say."""
    users = env.get("XDG_CACHE_HOME") or env.get("LOCALAPPDATA") or (f"{env['HOME']}/.cache" if "HOME" in env else "")
    return Path(users, "amts") if users else None


def add_profile(parser: ArgumentParser) -> None:
    """``--profile``."""
    parser.add_argument("--profile", choices=PROFILES, default="d2l", help="the dialect of the book (default: d2l)")
