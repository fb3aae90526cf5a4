"""What surrounds the sentences of a block: marks of headings and lists, indentation, the path of a picture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from alignment.diff import fold
from sync.model import Fate, Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sync.merge.prose.model import Merge, Part
    from sync.merge.prose.passage import Passage, Sentence

CONFLICT: Final = "English and the translation changed what surrounds this in different ways; the translation's stays."
BULLET: Final = re.compile(r"[*+-](?=\s)")
NUMBER: Final = re.compile(r"\d+(?=[.)]\s)")


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands before the first sentence of a block and behind the last, and what is to be told of it."""

    lead: str
    tail: str
    outcomes: tuple[Outcome, ...] = ()


@dataclass(frozen=True, slots=True)
class _Edge:
    """One end of a block: in the translation, and in both revisions of English where it can be compared."""

    ours: str
    old: str = ""
    new: str = ""

    @property
    def changed(self) -> bool:
        return fold(self.old) != fold(self.new)

    @property
    def merged(self) -> str | None:
        """The translation's end with English's edit; ``None`` where both changed it."""
        if not self.changed or self.ours == self.new:
            return self.ours
        if fold(self.ours) == fold(self.old):
            return self.new
        if _plain(self.old) == _plain(self.new):
            return self.ours
        return self.new if _plain(self.ours) == _plain(self.old) else None

    @property
    def kept(self) -> str:
        """What stands in the result."""
        return self.ours if self.merged is None else self.merged


def _plain(text: str) -> str:
    """All bullets look alike, and so do all numbers of items."""
    return fold(NUMBER.sub("1", BULLET.sub("*", text)))


def frame(run: Sequence[Part], merge: Merge) -> Frame:
    """The translation's frame with English's edit; English's own where the block is new."""
    standing = [part for part in run if part.targets]
    english = [merge.new.sentences[index] for part in run for index in part.group.new]
    if not standing:
        return Frame(_before(english), _after(english))
    lead, tail = _lead(standing[0], english, merge), _tail(standing[-1], english, merge)
    told = (_tell(standing[0], english[0], merge, (lead, tail)),) if lead.changed or tail.changed else ()
    return Frame(lead.kept, tail.kept, told)


def _before(sentences: Sequence[Sentence]) -> str:
    return sentences[0].before if sentences and sentences[0].first else ""


def _after(sentences: Sequence[Sentence]) -> str:
    return sentences[-1].after if sentences and sentences[-1].last else ""


def _lead(part: Part, english: Sequence[Sentence], merge: Merge) -> _Edge:
    ours = merge.target.sentences[part.targets[0]]
    if not ours.first:
        return _Edge(_before(english))
    if not english or not part.group.old or merge.target.is_pending(part.targets[0]):
        return _Edge(ours.before)
    old = merge.old.sentences[part.group.old[0]].block
    return _Edge(ours.before, _before(_own(old, merge.old)), _before(_own(english[0].block, merge.new)))


def _tail(part: Part, english: Sequence[Sentence], merge: Merge) -> _Edge:
    ours = merge.target.sentences[part.targets[-1]]
    if not ours.last:
        return _Edge(_after(english))
    if not english or not part.group.old or merge.target.is_pending(part.targets[-1]):
        return _Edge(ours.after)
    old = merge.old.sentences[part.group.old[-1]].block
    return _Edge(ours.after, _after(_own(old, merge.old)), _after(_own(english[-1].block, merge.new)))


def _own(block: int, passage: Passage) -> list[Sentence]:
    return [sentence for sentence in passage.sentences if sentence.block == block]


def _tell(part: Part, english: Sentence, merge: Merge, edges: tuple[_Edge, _Edge]) -> Outcome:
    """What became of the frame, told with the whole blocks."""
    conflict = any(edge.merged is None for edge in edges)
    target = merge.target.blocks[merge.target.sentences[part.targets[0]].block].text
    old, new = merge.old.blocks[merge.old.sentences[part.group.old[0]].block], merge.new.blocks[english.block]
    lead, tail = edges
    inner = target[len(lead.ours) : len(target) - len(tail.ours)]
    return Outcome(
        op="edited",
        fate=Fate.PENDING if conflict else Fate.CARRIED,
        line=new.line,
        old_source=fold(old.text),
        new_source=fold(new.text),
        old_target=target,
        new_target=target if conflict else f"{lead.merged}{inner}{tail.merged}",
        note=CONFLICT if conflict else "",
    )
