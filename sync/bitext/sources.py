"""Reads what the engine may learn from: TMX files, and folders of chapters with their English beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alignment.locales import known
from alignment.markdown import D2L
from sync.baselines.contest import hold
from sync.bitext.exchange import pairs_of, same_language
from sync.bitext.memory import Memory
from sync.bitext.parallel_data.model import ChapterPair
from sync.bitext.tmx import parse_tmx
from sync.errors import InputError, NothingForLanguage
from sync.files import read_bytes, read_text
from sync.model import SOURCE_LANGUAGE
from sync.repositories.paths import ORIGIN_SUFFIX, SUFFIX, is_about_repository, state_path
from sync.repositories.revisions import Version
from sync.state import ChapterState, load_state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from alignment.markdown import Profile
    from sync.bitext.memory import Pair

ENGLISH: Final = (".en_best.md", ".en.md", ORIGIN_SUFFIX)
"""What the English beside ``X.md`` is called; of those that fit equally well the last counts."""


def load_memory(
    paths: Sequence[Path],
    lang: str,
    *,
    profile: Profile = D2L,
    advance: Callable[[str], None] = lambda step: None,
) -> Memory:
    """The sentence pairs of one language in these files and folders. ``advance`` is called with each file's name.

    Raises:
        InputError: a path is not there, is neither TMX nor a folder, or cannot be read.
    """
    found = [pair for path in paths for pair in _load(path, lang, profile, advance)]
    return Memory(tuple(found))


def _load(path: Path, lang: str, profile: Profile, advance: Callable[[str], None]) -> Iterable[Pair]:
    if path.is_dir():
        return Memory.of_chapters(_chapters(path, lang, profile, advance), lang, profile).pairs
    if not path.exists():
        message = f"{path}: there is no such file or folder. --memory takes a TMX file or a folder of chapters."
        raise InputError(message)
    if path.suffix.lower() == ".tmx":
        advance(path.name)
        return read_tmx(path, lang)
    message = f"{path}: neither a TMX file (X.tmx) nor a folder of chapters. --memory takes one of the two."
    raise InputError(message)


def _chapters(
    folder: Path, lang: str, profile: Profile, advance: Callable[[str], None]
) -> Iterator[tuple[str, str, str]]:
    """Path, English and translation of each chapter."""
    root = _root(folder, lang)
    if root:
        for chapter in _pairs_below(root, root, profile, advance):
            yield chapter.path, chapter.english, chapter.translation


def read_chapters(
    source: Path, target: Path, *, profile: Profile = D2L, advance: Callable[[str], None] = lambda step: None
) -> tuple[ChapterPair, ...]:
    """The chapters of a translation with their English, by path, and what the fork's state remembers of them.

    The English of ``X.md`` lies at the same path below ``source``, or beside either as ``X_origin.md``, ``X.en.md`` or
    ``X.en_best.md``; of several the one that fits best is taken. ``advance`` is called with the path of each chapter.

    Raises:
        InputError: a folder is not there, no chapter has English, or a file cannot be read.
    """
    for folder in (source, target):
        if not folder.is_dir():
            message = f"{folder}: there is no such folder. Name the folders that hold the chapters."
            raise InputError(message)
    found = tuple(_pairs_below(source, target, profile, advance))
    if not found:
        message = (
            f"{target}: no chapter in it has its English, neither at the same path in {source} nor beside it "
            f"(X.md with X_origin.md or X.en.md). Check both folders."
        )
        raise InputError(message)
    return found


def _pairs_below(source: Path, target: Path, profile: Profile, advance: Callable[[str], None]) -> Iterator[ChapterPair]:
    for path in sorted(target.rglob("*.md")):
        name = path.relative_to(target).as_posix()
        if name.endswith(ENGLISH) or is_about_repository(name) or not _is_plain(path):
            continue
        texts = [read_text(one) for one in _englishes(source, target, name)]
        if texts:
            advance(name)
            translation = read_text(path)
            state = target / state_path(name)
            yield ChapterPair(
                path=name,
                english=_best(texts, translation, profile),
                translation=translation,
                state=load_state(read_text(state), str(state)) if _is_plain(state) else ChapterState(),
            )


def _is_plain(path: Path) -> bool:
    """Whether it is a file and no link: a stranger's folder may point anywhere."""
    return path.is_file() and not path.is_symlink()


def _englishes(source: Path, target: Path, name: str) -> list[Path]:
    """Files that may be the English of a chapter, the newest first as far as names tell."""
    stem = name.removesuffix(SUFFIX)
    beside = [folder / f"{stem}{suffix}" for suffix in ENGLISH for folder in (source, target)]
    own = (target / name).resolve()
    found = {path.resolve(): path for path in (source / name, *beside) if _is_plain(path)}
    return [path for place, path in found.items() if place != own]


def _best(texts: Sequence[str], translation: str, profile: Profile) -> str:
    if len(texts) == 1:
        return texts[0]
    nameless = Version("", "", "")
    return hold(translation, [(nameless, text) for text in texts], profile).best.text


def _root(folder: Path, lang: str) -> Path:
    """The folder of a language below ``folder`` if it has folders for languages, else itself.

    Raises:
        NothingForLanguage: it has folders for languages, and none for this one.
    """
    languages = {
        path.name: path for path in sorted(folder.iterdir()) if path.is_dir() and _is_language(path.name, lang)
    }
    if not languages:
        return folder
    own = [name for name in languages if same_language(name, lang)]
    if not own:
        message = f"{folder}: has {', '.join(languages)}, but nothing for {lang}. Leave it out, or add a folder {lang}."
        raise NothingForLanguage(message)
    return languages[lang if lang in own else own[0]]


def _is_language(name: str, lang: str) -> bool:
    tags = {tag.casefold() for tag in known()} - {SOURCE_LANGUAGE}
    return name.casefold().replace("_", "-") in {*tags, lang.casefold()}


def read_tmx(path: Path, lang: str) -> Iterator[Pair]:
    """The pairs of a TMX file that have English and the language, of the same English only those changed last.

    Raises:
        InputError: as ``sync.bitext.tmx.parse_tmx`` does, and if the file cannot be read.
    """
    yield from pairs_of(parse_tmx(read_bytes(path), str(path)), lang)
