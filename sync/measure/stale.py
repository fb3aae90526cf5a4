"""English changes that an update neither did nor owned up to. There should be none, and this does not take its word."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from alignment.diff import diff, diff_sentences
from alignment.locales import load
from alignment.markdown import D2L, parse
from alignment.model import Op
from alignment.segmentation import segments
from sync.model import SOURCE_LANGUAGE, Fate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from alignment.model import Block
    from sync.model import ChapterResult, Outcome, RevisionPair

_WORD: Final = re.compile(r"\w+")


def find_stale(pair: RevisionPair, result: ChapterResult) -> tuple[str, ...]:
    """The English of every segment that changed and whose translation is silently stale.

    Those are the changes that no outcome tells, and those told as done although nothing was done.
    """
    return (*_untold(pair, result.outcomes), *_undone(result.outcomes))


def _untold(pair: RevisionPair, outcomes: Sequence[Outcome]) -> Iterator[str]:
    told = [[_bare(one.old_source) for one in outcomes], [_bare(one.new_source) for one in outcomes]]
    for old, new in _changed(pair):
        text, where = (new, told[1]) if new else (old, told[0])
        if not any(_bare(text) in one for one in where):
            yield text


def _bare(text: str) -> str:
    """The text without white space, of which no change is one."""
    return "".join(text.split())


def _changed(pair: RevisionPair) -> Iterator[tuple[str, str]]:
    """Old and new English of each changed sentence, cell, formula and directive; one is empty where it was added."""
    before, after = parse(pair.en_old, D2L), parse(pair.en_new, D2L)
    for change in diff(before, after).changes:
        if change.op is not Op.KEPT:
            yield from _inside([before.blocks[i] for i in change.old], [after.blocks[i] for i in change.new])


def _inside(olds: Sequence[Block], news: Sequence[Block]) -> Iterator[tuple[str, str]]:
    if not all(block.is_prose for block in (*olds, *news)):
        yield "\n".join(block.text for block in olds), "\n".join(block.text for block in news)
        return
    left, right = _sentences(olds), _sentences(news)
    for change in diff_sentences(left, right).changes:
        if change.op is not Op.KEPT:
            for text in [right[j] for j in change.new]:
                yield "", text
            if not change.new:
                yield " ".join(left[i] for i in change.old), ""


def _sentences(blocks: Sequence[Block]) -> list[str]:
    locale = load(SOURCE_LANGUAGE)
    return [segment.text for block in blocks for segment in segments(block, locale, D2L)]


def _undone(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Edits that count as carried or drafted while the translation is what it was.

    Not those that say nothing new, that the translators had made before, or of which a part is told on its own.
    """
    told = {(one.line, len(one.new_source)) for one in outcomes}
    for one in outcomes:
        in_parts = any(line == one.line and size < len(one.new_source) for line, size in told)
        done = one.op == "edited" and one.fate is not Fate.PENDING
        if done and not in_parts and _is_as_it_was(one) and not _is_ahead(one):
            yield one.new_source


def _is_as_it_was(outcome: Outcome) -> bool:
    """Whether English changed in meaning, and the translation not at all."""
    same = _bare(outcome.old_target) == _bare(outcome.new_target)
    return bool(outcome.old_target) and same and _differ(outcome.old_source, outcome.new_source)


def _differ(old: str, new: str) -> bool:
    """Whether two English texts differ in more than signs, capitals, spelling in one word or two, and order."""
    left, right = _words(old), _words(new)
    return "".join(left) != "".join(right) and sorted(left) != sorted(right)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _is_ahead(outcome: Outcome) -> bool:
    """Whether the translation had already what English has now: the words that came, or the lines."""
    target = outcome.old_target
    came = Counter(_words(outcome.new_source)) - Counter(_words(outcome.old_source))
    before, after, ours = (text.count("\n") for text in (outcome.old_source, outcome.new_source, target))
    return bool(came and not came - Counter(_words(target))) or before != after == ours
