"""What a changed glossary touches."""

from __future__ import annotations

from alignment.markdown import D2L
from sync.bitext.terminology.impact import Move, compare, touched
from sync.bitext.terminology.passages import Passage
from sync.bitext.terminology.reading import read_terms

OLD = read_terms("garden; bahçe\n\nrain barrel; yağmur varili\n\nspade; kürek\n\nmoss; yosun\n", "tr")
NEW = read_terms("garden; bahçe, bostan\n\nrain barrel; yağmur fıçısı\n\nbarrel; fıçı\n\nspade; kürek\n", "tr")


def passage(source: str, target: str, line: int = 1) -> Passage:
    return Passage(chapter="a.md", source=source, target=target, english_line=line, line=line)


def test_terms_are_added_removed_and_changed() -> None:
    assert [(change.move, change.source, change.old, change.new) for change in compare(OLD, NEW)] == [
        (Move.ADDED, "barrel", (), ("fıçı",)),
        (Move.CHANGED, "garden", ("bahçe",), ("bahçe", "bostan")),
        (Move.REMOVED, "moss", ("yosun",), ()),
        (Move.CHANGED, "rain barrel", ("yağmur varili",), ("yağmur fıçısı",)),
    ]


def test_sentences_say_whether_they_have_the_new_wording() -> None:
    text = (
        passage("Two rain barrels.", "İki yağmur varili.", 1),
        passage("The rain barrel is full.", "Yağmur fıçısı dolu.", 3),
        passage("A spade.", "Bir kürek.", 5),
        passage("Fill the rain barrel.", "Tankı doldurun.", 7),
    )
    found = touched(OLD, NEW, text, D2L)
    assert [(one.passage.line, one.change.source, one.has_new, one.has_old) for one in found] == [
        (1, "rain barrel", False, True),
        (3, "rain barrel", True, False),
        (7, "rain barrel", False, False),
    ]


def test_the_longest_term_of_the_new_glossary_is_touched() -> None:
    (one,) = touched(OLD, NEW, (passage("A barrel.", "Bir fıçı."),), D2L)
    assert one.change.source == "barrel"


def test_nothing_is_touched_where_nothing_changed() -> None:
    assert not compare(OLD, OLD)
    assert not touched(OLD, OLD, (passage("A garden.", "Bir bahçe."),), D2L)
