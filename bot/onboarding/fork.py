"""What a fork says of itself, and what can be seen of it beside its English."""

from __future__ import annotations

import re
from argparse import Namespace
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from bot.cli.settings import glossary_path, make_request, profile_of, read_settings
from bot.onboarding.attributes import ATTRIBUTES
from bot.onboarding.language import named, spoken
from bot.onboarding.places import address_of, name_of
from bot.onboarding.standing import standing_of
from bot.onboarding.workflow import actions_in, is_workflow
from sync.chapters.shelf import read_book
from sync.config import CONFIG_PATH, INI_PATH
from sync.config.load import DEFAULT
from sync.errors import InputError
from sync.repositories.follow import MAIN, RELEASE, releases_of
from sync.repositories.paths import ORIGIN_SUFFIX, chapter_of_origin

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alignment.markdown import Profile
    from bot.onboarding.standing import Standing
    from sync.config import Config
    from sync.repositories.repository import Repository
    from sync.repositories.revisions import Commit, File

CHAPTERS: Final = "its chapters"
NAME: Final = "its name"
RELEASES: Final = 60
"""That are looked at, the newest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fork:
    """A fork at one commit."""

    name: str
    """``owner/name``, or what else it is called."""
    location: str
    """Where it was read from, without passwords."""
    tip: Commit
    config: Config
    has_config: bool
    has_ini: bool
    said_lang: str
    """As the configuration says it, else empty."""
    spoken_lang: str
    """As its chapters are written, else empty."""
    named_lang: str
    """As its name says it, else empty."""
    glossary: str
    """The path of it; empty where it has none."""
    english: Mapping[str, str] = field(repr=False)
    """Path of each chapter, and the blob of the English that is kept beside it."""
    attributes: str
    """``.gitattributes``; empty where there is none."""
    workflows: Mapping[str, str] = field(repr=False)
    """Path and text of each."""

    @property
    def keeps_english(self) -> bool:
        return bool(self.english)

    @property
    def lang(self) -> str:
        """The language: as it is said, else as it is written, else as the name has it."""
        return self.said_lang or self.spoken_lang or self.named_lang

    @property
    def lang_from(self) -> str:
        """Who says so."""
        if self.said_lang:
            return self.place_of("lang")
        return CHAPTERS if self.spoken_lang else NAME if self.named_lang else ""

    @property
    def own_workflows(self) -> tuple[str, ...]:
        """The paths of those that take the action."""
        return tuple(path for path, text in self.workflows.items() if actions_in(text))

    @property
    def told_lang(self) -> str:
        """As the action will take it: an input of the workflow comes before the configuration."""
        return self._input("target-language") or self.said_lang

    @property
    def told_source(self) -> str:
        """Likewise where the English is."""
        return self._input("source-repo") or self.config.source

    def _input(self, name: str) -> str:
        """What the workflows give the action; nothing where only a run knows it."""
        texts = "\n".join(self.workflows[path] for path in self.own_workflows)
        found = re.search(rf"^\s+{name}:\s*[\"']?([\w.:/-]+)", texts, re.MULTILINE)
        return found[1] if found else ""

    def says(self, key: str) -> bool:
        """Whether a key of the configuration has a value that somebody gave it."""
        return self.place_of(key) != DEFAULT

    def place_of(self, key: str) -> str:
        """Where the value of a key of the configuration comes from."""
        return next(origin.place for origin in self.config.origins if origin.key == key)


def look_at(fork: Repository) -> Fork:
    """Read what a fork says of itself.

    Raises:
        ConfigError: its configuration cannot be used.
        InputError: a file that is to be understood is not UTF-8.
        RepositoryError: it has no commit.
    """
    tip = fork.resolve()
    files = fork.files(tip.id)
    config = read_settings(Namespace(target_ref=tip.id), fork)
    name = name_of(address_of(fork)) or fork.name
    return Fork(
        name=name,
        location=fork.location,
        tip=tip,
        config=config,
        has_config=CONFIG_PATH in files,
        has_ini=INI_PATH in files,
        said_lang=config.lang,
        spoken_lang=spoken(fork, files, _profile(config)),
        named_lang=named(name),
        glossary=glossary_path(config, files),
        english={chapter_of_origin(path): file.blob for path, file in files.items() if path.endswith(ORIGIN_SUFFIX)},
        attributes=_text(fork, files, ATTRIBUTES),
        workflows=workflows_of(fork, files),
    )


def workflows_of(fork: Repository, files: Mapping[str, File]) -> dict[str, str]:
    """Path and text of each workflow that can be read."""
    found = {}
    for path in filter(is_workflow, files):
        try:
            found[path] = fork.text(files[path])
        except InputError:  # GitHub cannot read it either
            continue
    return found


def fitting_follow(found: Fork, source: Repository) -> str:
    """What a fork had best follow: releases, where most of its chapters were made from one, else every change."""
    releases = releases_of(source.tags())[:RELEASES] if found.english else ()
    best = max((_fits(found, source, commit) for _, commit in releases), default=0)
    return RELEASE if best and best >= _fits(found, source, source.resolve().id) else MAIN


def _fits(found: Fork, source: Repository, commit: str) -> int:
    """Chapters that were made from the English at a commit."""
    files = source.files(commit)
    return sum(path in files and files[path].blob == blob for path, blob in found.english.items())


def beside_english(fork: Repository, found: Fork, source: Repository, lang: str) -> Standing:
    """How its chapters stand beside the English that it follows.

    Raises:
        AmtsError: one of the two books cannot be read.
    """
    arguments = Namespace(source_ref="", target_ref=found.tip.id, path=[], baseline="", profile=None)
    return standing_of(read_book(source, fork, make_request(arguments, found.config, source, fork, lang)))


def _profile(config: Config) -> Profile:
    return profile_of(Namespace(profile=None), config)


def _text(fork: Repository, files: Mapping[str, File], path: str) -> str:
    return fork.text(files[path]) if path in files else ""
