"""The successors of renamed, split and merged chapters begin with the translation of what they succeed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alignment.diff import fold
from alignment.markdown import parse
from alignment.model import Kind as BlockKind
from sync.chapters.renames import Kind, Rename
from sync.chapters.succession import Origin, starting_pairs
from sync.engines.echo import Echo
from sync.model import ChapterResult, Fate, RevisionPair, Status
from sync.pipeline import update_chapters
from tests.support.fakebook import SENTENCES, Piece, pieces, translate_piece
from tests.support.fakebook import render as write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

POTS, OLLAS = "A pot of clay holds three cups of water.", "Una olla de barro guarda tres tazas de agua."
LIDS, TAPAS = "Lids keep the steam inside of the pot.", "Las tapas conservan el vapor dentro de la olla."
CUPS, TAZAS = "Cups come in very many colours here.", "Aquí hay tazas de muchísimos colores."
SHIPS, NAVES = "Ships left for the north in the spring.", "Los barcos partieron al norte en primavera."
NOTE = "*Nota del traductor: en Chile se dice de otra manera.*"


def chapter(*blocks: str) -> str:
    return "\n\n".join(blocks) + "\n"


def succeed(
    rename: Rename, origins: Mapping[str, Origin], english: Mapping[str, str], lang: str
) -> Sequence[RevisionPair]:
    pairs = starting_pairs(rename, origins, english, lang)
    assert tuple(pair.path for pair in pairs) == rename.new
    return pairs


def rename(kind: Kind, old: tuple[str, ...], new: tuple[str, ...]) -> Rename:
    return Rename(old=old, new=new, kind=kind, similarity=1.0)


def texts(results: Sequence[ChapterResult]) -> list[str]:
    assert Status.FAILED not in {result.status for result in results}
    return [result.text for result in results]


def test_a_renamed_chapter_begins_with_the_old_one() -> None:
    old = Origin(english=chapter(POTS, LIDS), translation=chapter(OLLAS, TAPAS))
    one = rename(Kind.RENAMED, ("a.md",), ("b.md",))
    pairs = succeed(one, {"a.md": old}, {"b.md": chapter(LIDS, POTS)}, "es")
    assert texts(update_chapters(pairs, Echo())) == [chapter(TAPAS, OLLAS)]


def test_a_merged_chapter_begins_with_both() -> None:
    origins = {
        "a.md": Origin(english=chapter("# Pots", POTS, LIDS), translation=chapter("# Ollas", OLLAS, TAPAS)),
        "b.md": Origin(english=chapter("# Cups", CUPS, SHIPS), translation=chapter("# Tazas", TAZAS, NOTE, NAVES)),
    }
    one = rename(Kind.MERGED, ("a.md", "b.md"), ("c.md",))
    pairs = succeed(one, origins, {"c.md": chapter("# Pots", POTS, LIDS, "## Cups", CUPS, SHIPS)}, "es")
    (text,) = texts(update_chapters(pairs, Echo()))
    assert text == chapter("# Ollas", OLLAS, TAPAS, "## Tazas", TAZAS, NOTE, NAVES)


def split_chapter(
    new: Mapping[str, str], translation: str, english: str = chapter(POTS, LIDS, CUPS, SHIPS)
) -> list[str]:
    one = rename(Kind.SPLIT, ("x.md",), tuple(new))
    pairs = succeed(one, {"x.md": Origin(english=english, translation=translation)}, new, "es")
    return texts(update_chapters(pairs, Echo()))


def test_a_split_chapter_shares_its_translation_out() -> None:
    new = {"a.md": chapter(POTS, LIDS), "b.md": chapter(CUPS, SHIPS)}
    assert split_chapter(new, chapter(OLLAS, TAPAS, TAZAS, NAVES)) == [chapter(OLLAS, TAPAS), chapter(TAZAS, NAVES)]


def test_what_only_the_translation_has_goes_with_what_it_stood_behind_and_only_there() -> None:
    new = {"a.md": chapter(POTS, LIDS), "b.md": chapter(CUPS, SHIPS)}
    assert split_chapter(new, chapter(OLLAS, TAPAS, TAZAS, NOTE, NAVES)) == [
        chapter(OLLAS, TAPAS),
        chapter(TAZAS, NOTE, NAVES),
    ]


def test_a_paragraph_cut_in_two_is_translated_on_both_sides() -> None:
    new = {"a.md": chapter(POTS, LIDS), "b.md": chapter(CUPS, SHIPS)}
    english, translation = chapter(POTS, f"{LIDS} {CUPS}", SHIPS), chapter(OLLAS, f"{TAPAS} {TAZAS}", NAVES)
    assert split_chapter(new, translation, english) == [chapter(OLLAS, TAPAS), chapter(TAZAS, NAVES)]


def test_what_english_keeps_in_both_is_translated_in_both() -> None:
    new = {"a.md": chapter(POTS, LIDS, CUPS), "b.md": chapter(CUPS, SHIPS)}
    assert split_chapter(new, chapter(OLLAS, TAPAS, TAZAS, NAVES)) == [
        chapter(OLLAS, TAPAS, TAZAS),
        chapter(TAZAS, NAVES),
    ]


def test_tabs_stay_whole() -> None:
    tab = chapter(":begin_tab:`mxnet`\n{}\n:end_tab:\n\n:begin_tab:`pytorch`\n{}\n:end_tab:")
    english, ours = POTS + "\n\n" + tab.format(LIDS, CUPS), OLLAS + "\n\n" + tab.format(TAPAS, TAZAS)
    new = {"a.md": chapter(POTS), "b.md": tab.format(LIDS, CUPS)}
    assert split_chapter(new, ours, english) == [chapter(OLLAS), tab.format(TAPAS, TAZAS)]


def test_line_ends_and_byte_order_marks_of_the_translation_stay() -> None:
    new = {"a.md": chapter(POTS, LIDS), "b.md": chapter(CUPS, SHIPS)}
    ours = "\ufeff" + chapter(OLLAS, TAPAS, TAZAS, NAVES).replace("\n", "\r\n")
    first, second = split_chapter(new, ours)
    assert first == "\ufeff" + chapter(OLLAS, TAPAS).replace("\n", "\r\n")
    assert second == chapter(TAZAS, NAVES).replace("\n", "\r\n")


LANG = "zz"
HALF = len(SENTENCES) // 2
few = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def translated(chapter: Sequence[Piece]) -> str:
    return write([translate_piece(piece) for piece in chapter])


halves = st.tuples(pieces(SENTENCES[:HALF]), pieces(SENTENCES[HALF:]))
OWN = st.integers(0, 20)


def with_own(chapter: Sequence[Piece], at: int) -> str:
    """The translation of a chapter, with a note of the translators somewhere in it."""
    ours = [translate_piece(piece) for piece in chapter]
    ours.insert(at % (len(ours) + 1), Piece("paragraph", (NOTE,)))
    return write(ours)


def lines(text: str) -> set[str]:
    """What a translation says, a block each; what all chapters have is left out."""
    blocks = parse(text).blocks
    return {fold(block.text) for block in blocks if block.kind not in (BlockKind.TAB, BlockKind.DIRECTIVE)}


@given(halves, OWN)
@few
def test_a_split_loses_no_translated_line_and_asks_for_nothing(
    case: tuple[tuple[Piece, ...], tuple[Piece, ...]], at: int
) -> None:
    old, ours = write([*case[0], *case[1]]), with_own([*case[0], *case[1]], at)
    new = {"a.md": write(case[0]), "b.md": write(case[1])}
    one = rename(Kind.SPLIT, ("x.md",), ("a.md", "b.md"))
    results = update_chapters(succeed(one, {"x.md": Origin(english=old, translation=ours)}, new, LANG), Echo())
    both = texts(results)
    assert lines(ours) <= lines(both[0]) | lines(both[1])
    assert sum(text.count(NOTE) for text in both) == 1
    assert [told for result in results for told in result.outcomes if told.fate is Fate.PENDING] == []


@given(halves)
@few
def test_a_merger_loses_no_translated_line_and_asks_for_nothing(
    case: tuple[tuple[Piece, ...], tuple[Piece, ...]],
) -> None:
    origins = {
        path: Origin(english=write(side), translation=translated(side))
        for path, side in zip(("a", "b"), case, strict=True)
    }
    one = rename(Kind.MERGED, ("a", "b"), ("c",))
    new = chapter(write(case[0]).strip("\n"), write(case[1]).strip("\n"))
    results = update_chapters(succeed(one, origins, {"c": new}, LANG), Echo())
    (text,) = texts(results)
    assert lines(translated(case[0])) | lines(translated(case[1])) <= lines(text)
    assert [told for result in results for told in result.outcomes if told.fate is Fate.PENDING] == []
