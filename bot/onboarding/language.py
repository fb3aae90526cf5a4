"""Which language a fork is in, where nobody says it: by its chapters, else by its name."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from alignment.locales import known
from alignment.markdown import parse
from alignment.model import PROSE
from alignment.recognition import recognise
from sync.errors import InputError
from sync.model import SOURCE_LANGUAGE
from sync.repositories.paths import ORIGIN_SUFFIX, is_chapter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from alignment.markdown import Profile
    from sync.repositories.repository import Repository
    from sync.repositories.revisions import File

LOOKED_AT: Final = 25
"""Chapters that are read, spread over the book."""


def spoken(fork: Repository, files: Mapping[str, File], profile: Profile) -> str:
    """The language of most chapters that are not in English; empty where none can be recognised."""
    found = Counter(recognise(text) for text in _prose(fork, files, profile))
    del found[""], found[SOURCE_LANGUAGE]
    return found.most_common(1)[0][0] if found else ""


def _prose(fork: Repository, files: Mapping[str, File], profile: Profile) -> Iterator[str]:
    """What is written for people in some chapters, without code and formulas."""
    paths = sorted(path for path in files if is_chapter(path) and not path.endswith(ORIGIN_SUFFIX))
    for path in paths[:: -(-len(paths) // LOOKED_AT) or 1]:
        try:
            text = fork.text(files[path])
        except InputError:  # who updates it will say so
            continue
        yield "\n".join(block.text for block in parse(text, profile).blocks if block.kind in PROSE)


def named(name: str) -> str:
    """The language in the name of a repository: ``d2l-pt-br`` is in ``pt-BR``; empty where there is none."""
    words = name.rpartition("/")[2].casefold().replace("_", "-").split("-")[1:]
    languages = {tag.partition("-")[0] for tag in known()} - {SOURCE_LANGUAGE}
    at = next((place for place, word in enumerate(words) if word in languages), None)
    if at is None:
        return ""
    region = words[at + 1] if at + 1 < len(words) and len(words[at + 1]) == 2 else ""
    return f"{words[at]}-{region.upper()}" if region else words[at]
