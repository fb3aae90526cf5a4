"""The nouns of a merge of prose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alignment.model import Bead
    from sync.merge.groups import Group
    from sync.merge.pieces import Atom
    from sync.merge.prose.passage import Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """A passage before and after, its translation, and what of it corresponds."""

    old: Passage
    new: Passage
    target: Passage
    beads: tuple[Bead, ...]
    """Of old sentences with those of the translation."""
    context: str
    """See ``Job.context``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A sentence of the result, and where it comes from."""

    atom: Atom
    group: Group
    targets: tuple[int, ...] = ()
    """Sentences of the translation that it is, or that it takes the place of."""
