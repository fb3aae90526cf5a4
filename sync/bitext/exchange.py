"""What goes to other programs as a translation memory, and what one that comes from them is worth. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from alignment.locales import load
from alignment.markdown import D2L
from sync.bitext.memory import Pair, fitting
from sync.bitext.parallel_data.build import judged
from sync.bitext.tmx import CHAPTER, Unit
from sync.model import SOURCE_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from alignment.markdown import Profile
    from sync.bitext.parallel_data.model import ChapterPair, Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """The trusted pairs of a book, and how many others there are for each reason."""

    units: tuple[Unit, ...]
    left: dict[Reason, int]


def export(
    chapters: Sequence[ChapterPair],
    lang: str,
    *,
    profile: Profile = D2L,
    advance: Callable[[str], None] = lambda step: None,
) -> Export:
    """Every pair that is surely a translation, with its Markdown as it stands, in the order of the book.

    The same pair is there once; a source with several translations as often as it has any.
    """
    units: dict[tuple[str, str], Unit] = {}
    left: Counter[Reason] = Counter()
    for reason, one in judged(chapters, lang, profile, advance):
        if reason:
            left[reason] += 1
        elif (one.left, one.right) not in units:
            texts = ((SOURCE_LANGUAGE, one.left), (lang, one.right))
            units[one.left, one.right] = Unit(texts, ((CHAPTER, one.chapter),))
    return Export(units=tuple(units.values()), left=dict(sorted(left.items(), key=lambda item: -item[1])))


class Lack(StrEnum):
    """Why a unit is of no use to a language. In the words that are printed."""

    ENGLISH = "without English"
    LANGUAGE = "without the language"
    OLDER = "changed later elsewhere"
    SAME = "not translated"
    MARKUP = "markup differs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What a memory has for one language."""

    usable: int
    lacks: dict[Lack, tuple[str, ...]]
    """English, or else the first text, of the units that are of no use."""


def languages(units: Iterable[Unit]) -> dict[str, int]:
    """How many units have each tag, the commonest first; a text without a tag counts as nothing."""
    return dict(Counter(tag for unit in units for tag in dict(unit.texts)).most_common())


def survey(units: Sequence[Unit], lang: str, profile: Profile = D2L) -> Survey:
    """Which units can be used as they are, and why the others cannot."""
    latest = _latest(units, lang)
    lacks: dict[Lack, list[str]] = {}
    for unit in units:
        lack = _lack(unit, lang, profile, latest)
        if lack:
            lacks.setdefault(lack, []).append(text_in(unit, SOURCE_LANGUAGE) or next(iter(unit.texts), ("", ""))[1])
    found = {lack: tuple(lacks[lack]) for lack in Lack if lack in lacks}
    return Survey(usable=len(units) - sum(map(len, found.values())), lacks=found)


def _lack(unit: Unit, lang: str, profile: Profile, latest: Mapping[str, str]) -> Lack | None:
    source, target = text_in(unit, SOURCE_LANGUAGE), text_in(unit, lang)
    if not source or not target:
        return Lack.LANGUAGE if source else Lack.ENGLISH
    if unit.changed != latest[source]:
        return Lack.OLDER
    if source == target:
        return Lack.SAME
    return None if fitting(target, source, profile) else Lack.MARKUP


def pairs_of(units: Sequence[Unit], lang: str) -> tuple[Pair, ...]:
    """The units that have English and the language, of the same English only those changed last."""
    latest = _latest(units, lang)
    return tuple(
        pair for unit in units if (pair := _pair(unit, lang)) is not None and unit.changed == latest[pair.source]
    )


def _latest(units: Iterable[Unit], lang: str) -> dict[str, str]:
    """When the translation of each English text was last changed."""
    found: dict[str, str] = {}
    for unit in units:
        pair = _pair(unit, lang)
        if pair:
            found[pair.source] = max(found.get(pair.source, ""), unit.changed)
    return found


def _pair(unit: Unit, lang: str) -> Pair | None:
    source, target = text_in(unit, SOURCE_LANGUAGE), text_in(unit, lang)
    chapter = next((value for kind, value in unit.properties if kind == CHAPTER), "")
    return Pair(source, target, chapter) if source and target else None


def text_in(unit: Unit, lang: str) -> str:
    """The text of a unit in a language; where it has several varieties, in the one asked for if that is there."""
    texts = [(_normal(tag), text) for tag, text in unit.texts if same_language(tag, lang)]
    wanted = _normal(lang)
    return next((text for tag, text in texts if tag == wanted), texts[0][1] if texts else "")


def same_language(one: str, other: str) -> bool:
    """Whether two tags are of one language and variety, as far as its habits tell; by name where nothing is known."""
    names = [_normal(tag).split("-")[0] for tag in (one, other)]
    return names[0] == names[1] and load(one).tag == load(other).tag


def _normal(tag: str) -> str:
    return tag.replace("_", "-").casefold()
