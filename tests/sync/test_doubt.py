"""What hangs on a link that is not sure is never edited in silence."""

from __future__ import annotations

import pytest

from sync.merge.doubt import DOUBTFUL, NOT_EDITED, SURE, is_doubtful, note_doubt
from sync.merge.groups import Group
from sync.model import Fate, Severity
from tests.support.chapters import merge

CELL = "```python\nboil(water)\n```\n\n"
OLD = f"{CELL}Five cups.\n\n```python\ndrink(tea)\n```\n\n## Cups\n\nThey are blue.\n"
FOREIGN = "Hier il a plu sur toutes les montagnes du pays, et 5 rivières sont montées.\n\n"
"""It may be the translation of the five cups as far as its place goes; nothing else speaks for it."""
TAIL = "## Tasses\n\nElles sont bleues.\n"


def group(confidence: float) -> Group:
    return Group(old=(0,), new=(0,), target=(0,), confidence=confidence)


@pytest.mark.parametrize(
    ("confidence", "doubtful", "notes"), [(DOUBTFUL - 0.01, True, 1), (DOUBTFUL, False, 1), (SURE, False, 0)]
)
def test_a_link_is_left_alone_or_warned_of_or_trusted(confidence: float, doubtful: bool, notes: int) -> None:
    assert is_doubtful(group(confidence)) is doubtful
    assert len(note_doubt([group(confidence)])) == notes


def test_what_has_no_translation_is_not_doubtful() -> None:
    assert not is_doubtful(Group(new=(0,), confidence=0.0))
    assert note_doubt([Group(new=(0,), confidence=0.0)]) == ()


def test_the_warning_is_of_the_weakest_link() -> None:
    (note,) = note_doubt([group(0.9), group(0.6), group(0.7)])
    assert (note.severity, "60%" in note.message) == (Severity.WARNING, True)


def test_the_translation_of_something_else_stays_when_english_edits_or_moves_what_it_may_be() -> None:
    for new in (OLD.replace("Five", "Six"), OLD.replace("Five cups.\n\n", "") + "\nFive cups.\n"):
        result = merge(OLD, new, FOREIGN + TAIL, "fr")
        assert FOREIGN in result.text
        (told,) = (outcome for outcome in result.outcomes if outcome.fate is Fate.PENDING)
        assert told.note == NOT_EDITED
