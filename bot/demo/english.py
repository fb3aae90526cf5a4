"""What changed in the English of a book, counted revision by revision."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alignment.diff import diff, diff_sentences
from alignment.locales import load
from alignment.markdown import D2L, parse
from alignment.model import Op
from alignment.segmentation import segments
from sync.model import SOURCE_LANGUAGE
from sync.repositories.paths import is_chapter, selects

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignment.model import Block, Change
    from sync.repositories.repository import Repository
    from sync.repositories.revisions import Commit

MOVED, JOINED, WRAPPED = "moved", "joined", "wrapped"
SHOWN = {Op.EDITED: str(Op.EDITED), Op.ADDED: str(Op.ADDED), Op.REMOVED: str(Op.REMOVED)} | dict.fromkeys(
    (Op.SPLIT, Op.MERGED), JOINED
)
"""What a change of sentences counts as."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one commit changed in the chapters of a book."""

    commit: Commit
    chapters: int
    """How many it changed, brought or removed."""
    counts: Counter[str]
    """Of chapters that were there before and after: segments edited, added, removed, joined (one became more, or more
    became one); blocks moved, and wrapped anew without another change."""


def read_history(repository: Repository) -> tuple[Step, ...]:
    """Every commit of the default branch, oldest first."""
    commits = repository.ask("rev-list", "--first-parent", "--reverse", repository.resolve().id).split()
    before: dict[str, str] = {}
    steps = []
    for commit in map(repository.resolve, commits):
        after = _chapters(repository, commit)
        changed = [path for path in sorted(before | after) if before.get(path) != after.get(path)]
        both = [(before[path], after[path]) for path in changed if path in before and path in after]
        counts = sum((count_changes(old, new) for old, new in both), Counter[str]())
        steps.append(Step(commit=commit, chapters=len(changed), counts=counts))
        before = after
    return tuple(steps)


def _chapters(repository: Repository, commit: Commit) -> dict[str, str]:
    files = repository.files(commit.id).values()
    return {file.path: repository.text(file) for file in files if is_chapter(file.path) and selects((), file.path)}


def count_changes(old: str, new: str) -> Counter[str]:
    """What became of the segments of a chapter: sentences, and whole cells, formulas and directives."""
    before, after = parse(old, D2L), parse(new, D2L)
    found: Counter[str] = Counter()
    for change in diff(before, after).changes:
        found.update(_count(change, [before.blocks[i] for i in change.old], [after.blocks[i] for i in change.new]))
    return found


def _count(change: Change, olds: Sequence[Block], news: Sequence[Block]) -> Iterator[str]:
    if change.moved:
        yield MOVED
    if change.op is Op.KEPT:
        if [block.text for block in olds] != [block.text for block in news]:
            yield WRAPPED
    elif all(block.is_prose for block in (*olds, *news)):
        sentences = diff_sentences(_sentences(olds), _sentences(news))
        yield from (SHOWN[one.op] for one in sentences.changes if one.op in SHOWN)
    else:
        yield SHOWN[change.op]


def _sentences(blocks: Sequence[Block]) -> list[str]:
    locale = load(SOURCE_LANGUAGE)
    return [segment.text for block in blocks for segment in segments(block, locale, D2L)]
