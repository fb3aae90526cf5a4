"""What the files of a book define and what they use, and who defines what."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

from sync.checks.book import citations, labels, names
from sync.checks.book.passages import ALL, Sort, cut
from sync.checks.book.passages import TABS as CODE_TABS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from types import ModuleType

    from sync.checks.book.passages import Passage

RULES: Final[tuple[ModuleType, ...]] = (names, labels, citations)
"""Adding one: a module with ``NAME``, ``define``, ``use`` and ``show``, and a word here."""
BY_NAME: Final = {rule.NAME: rule for rule in RULES}

CONFIG: Final = "config.ini"
TABS: Final = re.compile(r"(?m)^[ \t]*tabs[ \t]*=[ \t]*([\w-]+)")
BIBLIOGRAPHY: Final = ".bib"
MODULE: Final = ".py"
MANY: Final = 100
"""Keys for which it is quicker to read a chapter than to look whether it speaks of one."""
REMEMBERED: Final = 4_000
"""Chapters of which the facts are kept: a book is looked at more than once in a run."""


class Thing(NamedTuple):
    """Something of which one chapter says what it is, and which others use."""

    rule: str
    key: str
    tab: str = ALL
    """The framework for which it is defined or used."""

    @property
    def shown(self) -> str:
        """What somebody does who uses it: ``call `d2l.plot` ``."""
        return str(BY_NAME[self.rule].show(self.key))


@dataclass(frozen=True, slots=True, kw_only=True)
class BookText:
    """The texts of a book at one revision, by path."""

    chapters: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    """Bibliographies, modules of the packaged library, ``config.ini``."""

    @property
    def default_tab(self) -> str:
        """The framework of cells that name none; empty where the book does not say."""
        found = TABS.search(self.others.get(CONFIG, ""))
        return found[1] if found else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Of one file."""

    defines: frozenset[Thing] = frozenset()
    waiting: frozenset[Thing] = frozenset()
    """What it will define when what waits in comments is translated."""
    uses: Mapping[Thing, int] = field(default_factory=dict)
    """With the first line on which each is used."""


NOTHING: Final = Facts()


@lru_cache(maxsize=REMEMBERED)
def read_facts(text: str, default_tab: str = "") -> Facts:
    """The facts of a chapter."""
    passages = tuple(cut(text, default_tab))
    uses: dict[Thing, int] = {}
    for rule in RULES:
        for passage in passages:
            for key, offset, tab in rule.use(passage):
                uses.setdefault(Thing(rule.NAME, key, tab), passage.line_of(offset))
    return Facts(
        defines=frozenset(_defined(passage for passage in passages if passage.sort is not Sort.WAITING)),
        waiting=frozenset(_defined(passage for passage in passages if passage.sort is Sort.WAITING)),
        uses=uses,
    )


def _defined(passages: Iterable[Passage]) -> Iterator[Thing]:
    for passage in passages:
        for rule in RULES:
            yield from (Thing(rule.NAME, key, tab) for key, tab in rule.define(passage))


def read_book_facts(
    book: BookText, keys: Collection[str] | None = None, *, before: Mapping[str, Facts] | None = None
) -> dict[str, Facts]:
    """The facts of every file; with ``keys`` of those only that speak of one of them.

    What the library has and some chapter saves, or saved ``before``, counts as the chapter's, of which it is made anew.
    """
    tab = book.default_tab
    found = {path: read_facts(text, tab) for path, text in book.chapters.items() if _speaks(text, keys)}
    saving = (*found.values(), *(before or {}).values())
    saved = {thing.key for facts in saving for thing in facts.defines if thing.rule == names.NAME}
    for path, text in book.others.items():
        suffix = PurePosixPath(path).suffix
        if suffix == BIBLIOGRAPHY:
            found[path] = _defining(citations.NAME, citations.entries_of(text))
        elif suffix == MODULE and _speaks(text, keys):
            found[path] = _defining(names.NAME, set(names.names_of(text)) - saved)
    return found


def _speaks(text: str, keys: Collection[str] | None) -> bool:
    if keys is None or len(keys) > MANY:
        return True
    folded = text.lower()
    return any(key.lower() in folded for key in keys)


def _defining(rule: str, keys: Iterable[str]) -> Facts:
    return Facts(defines=frozenset(Thing(rule, key) for key in keys))


class Index:
    """Which files define a thing."""

    def __init__(self, defines: Mapping[str, Iterable[Thing]]) -> None:
        self._paths: dict[tuple[str, str], dict[str, set[str]]] = {}
        for path, things in defines.items():
            for thing in things:
                self._paths.setdefault(thing[:2], {}).setdefault(thing.tab, set()).add(path)

    def definers(self, thing: Thing) -> frozenset[str]:
        """The paths that define it for its tab. What is used or defined in all tabs goes with any."""
        by_tab = self._paths.get(thing[:2])
        if not by_tab:
            return frozenset()
        fitting = by_tab.values() if thing.tab == ALL else (by_tab.get(tab, ()) for tab in (thing.tab, ALL))
        return frozenset(path for paths in fitting for path in paths)


def waits(thing: Thing, waiting: Index) -> bool:
    """Whether a thing comes with the translation of what waits, and that is soon enough for those who use it."""
    return bool(BY_NAME[thing.rule].WAITING_COUNTS and waiting.definers(thing))


def is_given(thing: Thing, english: Index, used: Collection[tuple[str, str]]) -> bool:
    """Whether English uses a thing that no chapter of it defines, so that it comes from elsewhere.

    ``used`` are rule and key of everything that English uses.
    """
    return bool(BY_NAME[thing.rule].FROM_ELSEWHERE) and thing[:2] in used and not english.definers(thing)


def known_tabs(book: BookText) -> frozenset[str]:
    """The frameworks that a book has code for."""
    named = (match[1] for text in book.chapters.values() for match in CODE_TABS.finditer(text))
    tabs = {name.strip() for names in named for name in names.split(",")}
    return frozenset({*tabs, book.default_tab, ALL} - {""})
