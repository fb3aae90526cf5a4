"""Reads a book from two repositories: each chapter's three texts, its baseline and its state, or why it has none."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from alignment.markdown import D2L
from sync.baselines.baseline import CERTAIN, Baseline, Evidence, How, Recorded, find_baseline
from sync.chapters.bounds import refuse_endless
from sync.chapters.comings import NO_WISHES, Came, Gone, Wishes, settle
from sync.errors import BaselineNotFound, InputError, RepositoryError, UsageError
from sync.keep import hold_back
from sync.model import RevisionPair
from sync.report import Book, Chapter, Lack
from sync.repositories.paths import (
    ORIGIN_SUFFIX,
    chapter_of_origin,
    folded,
    is_chapter,
    origin_path,
    selects,
    state_path,
    unsafe,
)
from sync.repositories.revisions import File
from sync.state import load_state, released, unsettled
from sync.wholeness.library import read_library

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from alignment.markdown import Profile
    from sync.config import Kept
    from sync.report import Text
    from sync.repositories.repository import Repository
    from sync.repositories.revisions import Version
    from sync.state import ChapterState


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a fork is to be brought up to, and which part of it."""

    lang: str
    """BCP-47 tag of the translation."""
    source_ref: str = ""
    """Revision of the English; the tip of its default branch where empty."""
    target_ref: str = ""
    profile: Profile = D2L
    paths: tuple[str, ...] = ()
    """Globs of the chapters; all of the book where empty."""
    exclude: tuple[str, ...] = ()
    keep: tuple[Kept, ...] = ()
    """Translations that stay as they are."""
    wishes: Wishes = NO_WISHES
    """What becomes of chapters that only one side has."""
    keep_english: bool | None = None
    """Whether ``X_origin.md`` is kept beside a chapter; ``None``: where the fork keeps it."""
    retry: bool = False
    """Offer again what is pending, also where English did not change since."""
    baseline: str = ""
    """English revision that the chapters without an ``X_origin.md`` were translated from."""


def read_book(source: Repository, target: Repository, request: Request) -> Book:
    """Read every chapter that English has or that the fork keeps English of.

    Raises:
        RepositoryError: a revision does not exist.
        UsageError: a glob names no chapter, or a later version of this program wrote a state.
    """
    english, fork = source.resolve(request.source_ref), target.resolve(request.target_ref)
    shelf = _Shelf(request, source, target, source.files(english.id), target.files(fork.id), english.id)
    shelf.put_given(request.baseline)
    paths = shelf.paths()
    plain = {path: found for path in paths if (found := shelf.glance(path))}
    gone = [path for path, chapter in plain.items() if chapter.lack is Lack.ENGLISH]
    versions = source.versions(english.id, [path for path in paths if path not in plain or path in gone])
    chapters = {path: plain.get(path) or shelf.chapter(path, versions.get(path, ())) for path in paths}
    left = [one for path in gone if (one := shelf.gone(path, versions.get(path, ())))]
    came = shelf.came([path for path, chapter in plain.items() if chapter.lack is Lack.TRANSLATION], left)
    settled = settle(left, came, request.wishes, request.lang, request.profile)
    chapters |= {chapter.path: chapter for chapter in settled}
    current = [path for path, chapter in plain.items() if chapter.baseline]
    others = shelf.others(paths)
    return Book(
        lang=request.lang,
        source=english,
        target=fork,
        chapters=tuple(chapters[path] for path in sorted(chapters)),
        fork=frozenset(shelf.fork),
        keeps_english=shelf.keeps_english(),
        gone=tuple((one.path, one.settled[0].english, one.translation) for one in left),
        read_current=lambda: chain(shelf.texts(current), shelf.known_texts(others)),
        read_states=lambda: shelf.states(others),
        read_library=lambda: read_library(source, shelf.english.values(), target, shelf.fork.values()),
    )


class _Shelf:
    """Both repositories at the revisions asked for, from which chapters are taken one by one."""

    def __init__(
        self,
        request: Request,
        source: Repository,
        target: Repository,
        english: Mapping[str, File],
        fork: Mapping[str, File],
        commit: str,
    ) -> None:
        self.request, self.source, self.target = request, source, target
        self.english, self.fork = english, fork
        self.commit = commit
        self.given: Mapping[str, File] = {}
        self.given_commit = ""

    def put_given(self, revision: str) -> None:
        """Take the English at a revision that the caller named for the baseline of chapters that have no other."""
        if revision:
            self.given_commit = self.source.resolve(revision).id
            self.given = self.source.files(self.given_commit)

    def paths(self) -> tuple[str, ...]:
        """The chapters that are asked for and that either side knows."""
        known = {path for path in self.english if is_chapter(path)}
        known |= {chapter_of_origin(path) for path in self.fork if path.endswith(ORIGIN_SUFFIX)}
        known |= {path for path in self.fork if is_chapter(path) and state_path(path) in self.fork}
        known |= self._once_english([path for path in self.fork if is_chapter(path) and path not in known])
        for glob in self.request.paths:
            if not any(selects((glob,), path) for path in known):
                message = (
                    f"--path {glob}: no chapter has such a path. Paths are those in the repository: chapter_x/y.md."
                )
                raise UsageError(message)
        return tuple(sorted(path for path in known if self._selects(path)))

    def _selects(self, path: str) -> bool:
        left_out = self.request.exclude and selects(self.request.exclude, path)
        return selects(self.request.paths, path) and not left_out

    def _once_english(self, paths: Sequence[str]) -> set[str]:
        """Those of the fork's own chapters that English had at some time."""
        asked = [path for path in paths if self._selects(path)]
        return set(self.source.versions(self.commit, asked)) if asked else set()

    def glance(self, path: str) -> Chapter | None:
        """What can be said of a chapter without reading its texts: that it cannot be updated, or that it is current."""
        lack, refusal = self._refusal(path)
        if lack:
            return Chapter(path=path, lack=lack, refusal=refusal)
        try:
            state = self._state(path)
        except InputError as error:
            return Chapter(path=path, lack=Lack.TEXT, refusal=str(error))
        english, beside = self.english[path].blob, self.fork.get(origin_path(path))
        how, known = How.STATE if state.blob else How.ORIGIN, {state.blob, beside.blob if beside else ""} - {""}
        if known != {english} or state.machine or self._is_reopened(state):
            return None
        reason = "recorded in .amts" if state.blob else "its _origin.md, equal to the newest English"
        baseline = Baseline(text="", how=how, confidence=CERTAIN, reason=reason, commit=self.commit, blob=english)
        return Chapter(path=path, blob=english, baseline=baseline, state=state)

    def chapter(self, path: str, versions: tuple[Version, ...]) -> Chapter:
        """All that is known of one chapter; what cannot be read is a refusal, and the others go on."""
        try:
            return self._read(path, versions)
        except BaselineNotFound as error:
            return Chapter(path=path, lack=Lack.BASELINE, refusal=f"no baseline: {error}")
        except InputError as error:
            return Chapter(path=path, lack=Lack.TEXT, refusal=str(error))

    def gone(self, path: str, versions: tuple[Version, ...]) -> Gone | None:
        """A chapter that English had and has no longer, if its translation can be read and its English is known."""
        if path not in self.fork or unsafe(path) or not (versions or path in dict(self.request.wishes.renames)):
            return None
        try:
            state = self._state(path)
            baseline = find_baseline(self._evidence(path, versions, state))
            return Gone(path=path, translation=self.target.text(self.fork[path]), baseline=baseline, state=state)
        except (BaselineNotFound, InputError):
            return None

    def came(self, paths: Sequence[str], gone: Sequence[Gone]) -> tuple[Came, ...]:
        """The chapters that the fork lacks; read only where something could become of them."""
        if not gone and not self.request.wishes.drafts_new:
            return ()
        found, taken = [], {folded(path) for path in self.fork if path not in {one.path for one in gone}}
        for path in paths:
            if unsafe(path) or folded(path) in taken:
                continue
            with suppress(InputError):
                file = self.english[path]
                found.append(Came(path=path, english=self._text(self.source, file), blob=file.blob))
                taken.add(folded(path))
        return tuple(found)

    def keeps_english(self) -> bool:
        """As the fork wants it; else whether any chapter has its English beside it."""
        if self.request.keep_english is not None:
            return self.request.keep_english
        return any(path.endswith(ORIGIN_SUFFIX) for path in self.fork)

    def texts(self, paths: Iterable[str]) -> Iterator[Text]:
        """The chapters at some paths whose English is the newest; those that cannot be read are left out."""
        for path in paths:
            with suppress(InputError):
                english, ours = self.english[path], self.fork[path]
                yield path, self._text(self.source, english), self._text(self.target, ours)

    def others(self, paths: Collection[str]) -> tuple[str, ...]:
        """The translated chapters that are not asked for: there is something to be learned from them all the same."""
        both = self.english.keys() & self.fork.keys()
        return tuple(sorted(path for path in both if is_chapter(path) and path not in paths and not unsafe(path)))

    def known_texts(self, paths: Iterable[str]) -> Iterator[Text]:
        """The chapters at some paths with the English that they say they were made from; none is looked for."""
        for path in paths:
            with suppress(InputError, RepositoryError):
                recorded = self._recorded(path, self._state(path))
                english = recorded.text if recorded else self._optional(self.target, self.fork, origin_path(path))
                if english is not None:
                    yield path, self._bound(path, english), self._text(self.target, self.fork[path])

    def states(self, paths: Iterable[str]) -> dict[str, ChapterState]:
        """What the fork remembers of the chapters at some paths."""
        found = {}
        for path in paths:
            with suppress(InputError):
                found[path] = self._state(path)
        return found

    def _refusal(self, path: str) -> tuple[Lack | None, str]:
        if path not in self.english:
            return Lack.ENGLISH, "English has no such chapter any more"
        if path not in self.fork:
            return Lack.TRANSLATION, "no translation yet"
        if any(not kept.digest and selects((kept.path,), path) for kept in self.request.keep):
            return Lack.NOTHING, "kept as it is, as .amts.yml says"
        files = (self.english[path], self.fork[path], self.fork.get(origin_path(path), self.fork[path]))
        if not all(file.is_plain for file in files):
            return Lack.TEXT, "a link or a submodule, not a file"
        refusal = unsafe(path)
        return (Lack.TEXT if refusal else None), refusal

    def _state(self, path: str) -> ChapterState:
        place = state_path(path)
        return load_state(self._optional(self.target, self.fork, place), place)

    def _is_reopened(self, state: ChapterState) -> bool:
        return bool(state.pending) and (self.request.retry or released(state))

    def _read(self, path: str, versions: tuple[Version, ...]) -> Chapter:
        english, translation = self._text(self.source, self.english[path]), self._text(self.target, self.fork[path])
        state = self._state(path)
        baseline = find_baseline(self._evidence(path, versions, state))
        old, left = unsettled(self._bound(path, baseline.text), translation, state)
        keep = {one.digest for one in self.request.keep if selects((one.path,), path)}
        held, kept = hold_back(old, english, {*state.keep, *keep}, self.request.profile)
        pair = RevisionPair(path=path, lang=self.request.lang, en_old=old, en_new=held, tgt_old=translation)
        return Chapter(
            path=path,
            pair=pair,
            english=english,
            blob=self.english[path].blob,
            baseline=baseline,
            state=state,
            left=left,
            kept=kept,
            reopened=self._is_reopened(state),
            since=_first_after(baseline.blob, versions),
        )

    def _evidence(self, path: str, versions: tuple[Version, ...], state: ChapterState) -> Evidence:
        beside = origin_path(path)
        return Evidence(
            path=path,
            translation=self.target.text(self.fork[path]),
            versions=versions,
            read=lambda version: self.source.text(File(path, version.blob)),
            recorded=self._recorded(path, state),
            origin=self._optional(self.target, self.fork, beside),
            origin_blob=self.fork[beside].blob if beside in self.fork else "",
            given=self._optional(self.source, self.given, path),
            given_blob=self.given[path].blob if path in self.given else "",
            given_commit=self.given_commit,
            profile=self.request.profile,
        )

    def _recorded(self, path: str, state: ChapterState) -> Recorded | None:
        """The English that a state names, if this English repository has it."""
        if not state.blob:
            return None
        try:
            text = self.source.text(File(path, state.blob))
        except RepositoryError:
            return None
        return Recorded(commit=state.commit, blob=state.blob, text=text, how=state.how)

    def _text(self, repository: Repository, file: File) -> str:
        """A chapter. Raises InputError where it cannot be read, or is too much."""
        return self._bound(file.path, repository.text(file))

    def _bound(self, path: str, text: str) -> str:
        return refuse_endless(path, text, self.request.profile, self.request.lang)

    def _optional(self, repository: Repository, files: Mapping[str, File], path: str) -> str | None:
        return repository.text(files[path]) if path in files else None


def _first_after(blob: str, versions: tuple[Version, ...]) -> str:
    """When the content that followed ``blob`` came; ``versions`` are newest first."""
    return next((newer.date for newer, older in pairwise(versions) if older.blob == blob), "")
