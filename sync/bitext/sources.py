"""Reads what the engine may learn from: TMX files, and folders of chapters with their English beside them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree

from alignment.diff import fold
from alignment.locales import load
from alignment.markdown import D2L
from sync.bitext.memory import Memory, Pair
from sync.errors import InputError
from sync.files import read_text
from sync.model import SOURCE_LANGUAGE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from alignment.markdown import Profile

ENGLISH: Final = ("_origin.md", ".en.md")
"""What the English beside ``X.md`` is called: the first that is there counts."""
LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"


def load_memory(
    paths: Sequence[Path],
    lang: str,
    *,
    profile: Profile = D2L,
    advance: Callable[[str], None] = lambda step: None,
) -> Memory:
    """The sentence pairs of one language in these files and folders.

    Raises:
        InputError: a path is not there, is neither TMX nor a folder, or cannot be read.
    """
    found = [pair for path in paths for pair in _load(path, lang, profile, advance)]
    return Memory(tuple(found))


def _load(path: Path, lang: str, profile: Profile, advance: Callable[[str], None]) -> Iterable[Pair]:
    if path.is_dir():
        return Memory.of_chapters(_chapters(path, lang, advance), lang, profile).pairs
    if path.suffix.lower() == ".tmx":
        return read_tmx(path, lang)
    message = f"{path}: neither a TMX file nor a folder of chapters. --memory takes one of the two."
    raise InputError(message)


def _chapters(folder: Path, lang: str, advance: Callable[[str], None]) -> Iterator[tuple[str, str, str]]:
    """Path, English and translation of each chapter; from the language's own folder, where there is one."""
    tag = load(lang).tag
    root = next((folder / name for name in (lang, tag) if (folder / name).is_dir()), folder)
    for path in sorted(root.rglob("*.md")):
        english = next((one for suffix in ENGLISH if (one := path.with_name(path.stem + suffix)).is_file()), None)
        if english is not None:
            name = path.relative_to(root).as_posix()
            yield name, read_text(english), read_text(path)
            advance(name)


def read_tmx(path: Path, lang: str) -> Iterator[Pair]:
    """The pairs of a TMX file that have English and the language.

    Raises:
        InputError: it is no well-formed XML, or it declares entities, which no TMX file needs.
    """
    text = read_text(path)
    if "<!ENTITY" in text:
        message = f"{path}: declares XML entities; refused, because they can be made to fill the memory."
        raise InputError(message)
    try:
        root = ElementTree.fromstring(text.encode("utf-8"))
    except ElementTree.ParseError as error:
        message = f"{path}: not a well-formed TMX file ({error})."
        raise InputError(message) from error
    for unit in root.iter("tu"):
        texts = {_tag(variant): fold("".join(segment.itertext())) for variant, segment in _segments(unit)}
        source, target = texts.get(load(SOURCE_LANGUAGE).tag), texts.get(load(lang).tag)
        if source and target:
            yield Pair(source, target, unit.get("chapter", ""))


def _segments(unit: ElementTree.Element) -> Iterator[tuple[ElementTree.Element, ElementTree.Element]]:
    for variant in unit.iter("tuv"):
        segment = variant.find("seg")
        if segment is not None:
            yield variant, segment


def _tag(variant: ElementTree.Element) -> str:
    return load(variant.get(LANGUAGE) or variant.get("lang") or "").tag
