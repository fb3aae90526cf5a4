"""The book of the demo is what its README says: English that applies revision by revision, and forks that fit."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

import pytest

Tree: TypeAlias = dict[str, str]

SAMPLE = Path(__file__).parents[2] / "bot" / "sample"
REVISIONS = tuple(sorted(path.name for path in (SAMPLE / "en").iterdir()))
FORKS = ("es", "tr", "zh")
ABOUT_A_REVISION = {"MESSAGE", "DELETED"}
INVISIBLE = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
# From Python 3.12 an f-string is several tokens; what stands in its braces must not be translated.
STRINGS = {tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING)}
TABS = ("mxnet", "pytorch", "tensorflow", "paddle")

CELL = re.compile(r"^```\{\.python \.input\}\n(.*?)^```$", re.M | re.S)
FENCE = re.compile(r"^```.*?^```$", re.M | re.S)
HEADING = re.compile(r"^(#{1,6}) \S", re.M)
LABEL = re.compile(r"^:(?:eq)?label:`([^`]+)`", re.M)
REFERENCE = re.compile(r":(?:numref|eqref):`([^`]+)`")
CITATION = re.compile(r":cite:`([^`]+)`")
IMAGE = re.compile(r"!\[[^]]*\]\(\.\./([^)]+)\)")
DISPLAY = re.compile(r"\$\$.*?\$\$", re.S)
INLINE = re.compile(r":(?:numref|eqref|cite):`[^`]+`|`[^`\n]+`|(?<!\$)\$[^$\n]+\$(?!\$)")


def read(folder: Path) -> Tree:
    """Every file below a folder, by its path there."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8") for path in files}


def english(count: int) -> Tree:
    """The English book after its first ``count`` revisions."""
    book: Tree = {}
    for name in REVISIONS[:count]:
        files = read(SAMPLE / "en" / name)
        for gone in files.get("DELETED", "").splitlines():
            del book[gone]
        book |= {path: text for path, text in files.items() if path not in ABOUT_A_REVISION}
    return book


FIRST = english(1)
CHAPTERS = tuple(sorted(path for path in FIRST if path.endswith(".md")))


def fork(lang: str) -> Tree:
    """A fork with what it shares with English, line endings made alike."""
    own = {path: text.replace("\r\n", "\n") for path, text in read(SAMPLE / lang).items()}
    return {path: text for path, text in FIRST.items() if path not in CHAPTERS} | own


BOOKS = {name: english(count) for count, name in enumerate(REVISIONS, 1)} | {lang: fork(lang) for lang in FORKS}


def tabs(cell: str) -> tuple[str, ...]:
    first = cell.partition("\n")[0]
    named = first.removeprefix("#@tab ").split(", ") if first.startswith("#@tab ") else ["mxnet"]
    return TABS if named == ["all"] else tuple(named)


def skeleton(cell: str) -> str:
    """The code of a cell without what a translator may change: comments and strings."""
    tokens = tokenize.generate_tokens(io.StringIO(cell).readline)
    seen = ("''" if token.type in STRINGS else token.string for token in tokens if token.type not in INVISIBLE)
    return " ".join(seen)


def prose(text: str) -> str:
    return DISPLAY.sub("", FENCE.sub("", text))


def without_text(formula: str) -> str:
    return re.sub(r"\\text\{[^}]*\}", r"\\text{}", formula)


def test_the_book_has_a_history_and_three_forks() -> None:
    assert len(REVISIONS) >= 5
    assert len(CHAPTERS) >= 5
    assert {path.name for path in SAMPLE.iterdir() if path.is_dir()} == {"en", *FORKS}


@pytest.mark.parametrize("count", range(1, len(REVISIONS) + 1))
def test_every_revision_applies_and_changes_what_it_brings(count: int) -> None:
    before = english(count - 1)
    brought = read(SAMPLE / "en" / REVISIONS[count - 1])
    deleted = set(brought.get("DELETED", "").splitlines())
    assert deleted <= set(before)
    assert not deleted & set(brought)
    assert all(before.get(path) != text for path, text in brought.items())


def test_the_dates_of_the_revisions_ascend() -> None:
    messages = [(SAMPLE / "en" / name / "MESSAGE").read_text(encoding="utf-8").splitlines() for name in REVISIONS]
    assert all(len(lines) == 3 and lines[0] and not lines[1] for lines in messages)
    dates = [datetime.fromisoformat(lines[2].removeprefix("Date: ")) for lines in messages]
    assert dates == sorted(set(dates))
    assert all(date.tzinfo for date in dates)


@pytest.mark.parametrize("name", BOOKS)
def test_a_book_refers_only_to_what_it_has(name: str) -> None:
    book = BOOKS[name]
    whole = "\n".join(book[path] for path in CHAPTERS)
    labels = LABEL.findall(whole)
    assert max(Counter(labels).values()) == 1
    assert set(REFERENCE.findall(whole)) <= set(labels)
    assert set(IMAGE.findall(whole)) == {path for path in book if path.startswith("img/")}
    assert all(f"{{{key}," in book["book.bib"] for key in CITATION.findall(whole))


@pytest.mark.parametrize("name", BOOKS)
def test_the_table_of_contents_lists_every_chapter(name: str) -> None:
    listed = [f"{line}.md" for line in BOOKS[name]["index.md"].splitlines() if line.startswith("chapter_")]
    assert sorted([*listed, "index.md"]) == list(CHAPTERS)


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("name", BOOKS)
def test_the_cells_of_a_tab_are_python(name: str, tab: str) -> None:
    for path in CHAPTERS:
        cells = (cell for cell in CELL.findall(BOOKS[name][path]) if tab in tabs(cell))
        ast.parse("\n".join(cells), filename=path)


@pytest.mark.parametrize("name", BOOKS)
def test_fences_and_tab_blocks_are_closed(name: str) -> None:
    for path in CHAPTERS:
        text = BOOKS[name][path]
        assert "```" not in FENCE.sub("", text)
        assert text.count(":begin_tab:") == text.count(":end_tab:")


@pytest.mark.parametrize("lang", FORKS)
def test_a_fork_has_the_chapters_of_the_first_revision_and_no_copies_of_english(lang: str) -> None:
    assert set(read(SAMPLE / lang)) == {*CHAPTERS, "TERMINOLOGY.md"}


@pytest.mark.parametrize("path", CHAPTERS)
@pytest.mark.parametrize("lang", FORKS)
def test_a_translation_has_the_structure_of_its_english(lang: str, path: str) -> None:
    ours, theirs = FIRST[path], BOOKS[lang][path]
    assert HEADING.findall(FENCE.sub("", theirs)) == HEADING.findall(FENCE.sub("", ours))
    assert LABEL.findall(theirs) == LABEL.findall(ours)
    assert IMAGE.findall(theirs) == IMAGE.findall(ours)
    assert [without_text(m) for m in DISPLAY.findall(theirs)] == [without_text(m) for m in DISPLAY.findall(ours)]


@pytest.mark.parametrize("path", CHAPTERS)
@pytest.mark.parametrize("lang", FORKS)
def test_a_translation_keeps_the_code_of_its_english(lang: str, path: str) -> None:
    theirs = [skeleton(cell) for cell in CELL.findall(BOOKS[lang][path]) if tabs(cell) != ("paddle",)]
    assert theirs == [skeleton(cell) for cell in CELL.findall(FIRST[path])]


@pytest.mark.parametrize("path", CHAPTERS)
@pytest.mark.parametrize("lang", FORKS)
def test_a_translation_keeps_roles_code_spans_and_formulas(lang: str, path: str) -> None:
    missing = Counter(INLINE.findall(prose(FIRST[path]))) - Counter(INLINE.findall(prose(BOOKS[lang][path])))
    assert not missing


@pytest.mark.parametrize(("lang", "sign"), [("zh", "，"), ("es", "|"), ("tr", "; ")])
def test_the_terms_of_a_fork_are_words_of_both_books(lang: str, sign: str) -> None:
    lines = [line for line in BOOKS[lang]["TERMINOLOGY.md"].splitlines() if sign in line and "--" not in line]
    pairs = [tuple(part.strip() for part in line.strip("|").split(sign)) for line in lines]
    pairs = [pair[::-1] if lang == "zh" else pair for pair in pairs if "English" not in pair]
    source = " ".join(FIRST[path] for path in CHAPTERS).casefold()
    target = " ".join(BOOKS[lang][path] for path in CHAPTERS).casefold()
    assert len(pairs) >= 20
    assert not [(term, ours) for term, ours in pairs if term not in source or ours not in target]


def test_turkish_has_one_chapter_of_windows_and_one_without_a_last_newline() -> None:
    chapters = {path: (SAMPLE / "tr" / path).read_bytes() for path in CHAPTERS}
    windows = {path for path, data in chapters.items() if b"\r" in data}
    assert windows == {"chapter_spread/spread.md"}
    assert all(chapters[path].count(b"\r\n") == chapters[path].count(b"\n") for path in windows)
    assert {path for path, data in chapters.items() if not data.endswith(b"\n")} == {"chapter_checking/checking.md"}


def test_turkish_still_has_a_paragraph_in_english() -> None:
    path = "chapter_lines/lines.md"
    shared = set(prose(FIRST[path]).split("\n\n")) & set(prose(BOOKS["tr"][path]).split("\n\n"))
    assert [block for block in shared if block.startswith("This method")]


def test_chinese_has_cells_and_a_note_for_paddle_that_english_does_not_have() -> None:
    assert not [path for path in CHAPTERS if "paddle" in "".join(english(count)[path] for count in range(1, 6))]
    assert all("#@tab paddle" in BOOKS["zh"][path] for path in CHAPTERS if path != "index.md")
    assert ":begin_tab:`paddle`\n在飞桨" in BOOKS["zh"]["chapter_averages/averages.md"]


def test_spanish_has_a_note_that_english_does_not_have() -> None:
    notes = [path for path in CHAPTERS if "*Nota de la traducción*" in BOOKS["es"][path]]
    assert notes == ["chapter_averages/averages.md"]


def test_git_keeps_the_bytes_of_the_book() -> None:
    assert (SAMPLE / ".gitattributes").read_text(encoding="utf-8") == "* -text\n"
