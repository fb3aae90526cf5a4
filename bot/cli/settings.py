"""What a fork's configuration and the command line say together: the command line comes first."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable, Iterator

    from alignment.markdown import Profile
    from sync.bitext.terminology.model import TermBase
    from sync.chapters.shelf import Request
    from sync.config import Config
    from sync.repositories.repository import Repository

GLOSSARIES: Final = ("terminology.md", "glossary.md")
"""What the glossary of a fork is called, in small letters, where its configuration does not say."""
ADDRESS: Final = re.compile(r"(?:https|ssh|git)://|[\w.-]+@[\w.-]+:")


def add_request(parser: ArgumentParser) -> None:
    """The arguments that say which part of a book is meant."""
    parser.add_argument(
        "--source", default="", metavar="REPO", help="repository of the English book (default: source in .amts.yml)"
    )
    parser.add_argument(
        "--source-ref",
        default="",
        metavar="REV",
        help="English revision (default: what .amts.yml follows, else its tip)",
    )
    parser.add_argument("--target-ref", default="", metavar="REV", help="revision of the fork")
    parser.add_argument(
        "--path",
        action="append",
        default=[],
        metavar="GLOB",
        help="chapters or folders; may be repeated (default: all)",
    )
    parser.add_argument(
        "--baseline", default="", metavar="REV", help="English revision translated from, where nothing else says so"
    )


def read_settings(arguments: Namespace, fork: Repository) -> Config:
    """The configuration of a fork. Raises ConfigError, or InputError, where it cannot be used."""
    from sync.config import read_config

    files = fork.files(fork.resolve(arguments.target_ref).id)
    return read_config(lambda path: fork.text(files[path]) if path in files else None)


@contextmanager
def open_source(arguments: Namespace, config: Config) -> Iterator[Repository]:
    """The English repository. What a fork names must be an address: its files are not this machine's owner's."""
    from sync.errors import UsageError
    from sync.repositories.repository import open_repository

    location = arguments.source or config.source
    if not location:
        message = (
            "Where is the English book? Name its repository with --source, or as `source` in the fork's .amts.yml."
        )
        raise UsageError(message)
    if not arguments.source and not ADDRESS.match(location):
        message = f"source in .amts.yml is {location!r}, which is no address of a repository (https://…). Use --source."
        raise UsageError(message)
    with open_repository(location) as source:
        yield source


def make_request(arguments: Namespace, config: Config, source: Repository, fork: Repository, lang: str) -> Request:
    """What the fork is to be brought up to, and which part of it."""
    from sync.chapters.comings import Wishes
    from sync.chapters.shelf import Request

    english = {"auto": None, "always": True, "never": False}
    return Request(
        lang=lang,
        source_ref=arguments.source_ref or _followed(config, source, fork, arguments.target_ref),
        target_ref=arguments.target_ref,
        paths=tuple(arguments.path) or config.include,
        exclude=() if arguments.path else config.exclude,
        keep=config.keep,
        baseline=arguments.baseline,
        retry=getattr(arguments, "retry", False),
        profile=profile_of(arguments, config),
        keep_english=english[config.keep_english],
        wishes=Wishes(
            drafts_new=config.new_chapters == "draft",
            removes_gone=config.deleted_chapters == "remove",
            renames=config.renames,
        ),
    )


def read_glossary(arguments: Namespace, config: Config, fork: Repository, lang: str) -> TermBase | None:
    """The glossary of a fork; nothing where it has none. Raises UsageError where it is named and not there."""
    from sync.bitext.terminology.reading import read_terms
    from sync.errors import UsageError

    files = fork.files(fork.resolve(arguments.target_ref).id)
    if config.terminology and config.terminology not in files:
        message = f"terminology in .amts.yml is {config.terminology!r}, which the fork does not have. Correct the path."
        raise UsageError(message)
    path = glossary_path(config, files)
    base = read_terms(fork.text(files[path]), lang) if path else None
    return base if base and base.translated else None


def glossary_path(config: Config, files: Iterable[str]) -> str:
    """Where the glossary of a fork is: as its configuration says, or by its name; empty where it has none."""
    found = sorted((path.count("/"), path) for path in files if path.lower().rsplit("/", 1)[-1] in GLOSSARIES)
    return config.terminology or (found[0][1] if found else "")


def book_name(fork: Repository) -> str:
    """What a fork is called among others: owner and name where it has an address, else its own name."""
    parts = [part for part in re.split(r"[/:]", fork.public_name.removesuffix("/")) if part]
    named = parts[-2:] if ADDRESS.match(fork.public_name) else parts[-1:]
    return "/".join(named).removesuffix(".git").removesuffix(".bundle")


def profile_of(arguments: Namespace, config: Config) -> Profile:
    from alignment.markdown import PROFILES

    return PROFILES[arguments.profile or config.profile]


def _followed(config: Config, source: Repository, fork: Repository, target_ref: str) -> str:
    from sync.repositories.follow import MAIN, RELEASE, choose
    from sync.repositories.line import release_made_from

    if config.follow == MAIN:
        return ""
    made_from = None
    if config.follow == RELEASE:
        made_from = release_made_from(source, fork, fork.resolve(target_ref).id)
    return choose(config.follow, source.resolve().id, source.tags(), made_from).commit
