"""Every result is read alike by the book's own builder and by us, and CommonMark shows nothing of what waits in it."""

from __future__ import annotations

import ast
import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.sample import english, fork, languages
from sync.checks.book.names import saved
from sync.engines.echo import Echo
from sync.measure.events import Event, read_events
from sync.model import RevisionPair, Status
from sync.pipeline import update_chapter
from sync.repositories.paths import is_chapter, origin_path
from tests.conftest import SHARED
from tests.support.chapters import update, without_pending
from tests.support.golden import Case, read_folder
from tests.support.reading import (
    as_the_builder_reads,
    as_we_read,
    builder,
    complaints,
    split,
    visible,
)

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = read_folder("prose", 6)
EVERY, LONG = 9, 25_000
"""Of the recorded events one in so many is read, and none whose English has more characters than that."""


def sample_pairs() -> list[RevisionPair]:
    """Every chapter of the demo's forks with the English that it was made from and the newest."""
    newest = {file.path: file.text for revision in english() for file in revision.files}
    pairs = []
    for lang in languages():
        files = {file.path: file.text or "" for file in fork(lang).files}
        pairs += [
            RevisionPair(path=path, lang=lang, en_old=files[origin_path(path)], en_new=newest[path] or "", tgt_old=text)
            for path, text in files.items()
            if is_chapter(path) and origin_path(path) in files and newest[path]
        ]
    return pairs


def recorded() -> list[Any]:
    data = SHARED / "data"
    if not data.is_dir():
        skipped = pytest.mark.skip(reason="the recorded events (../shared) are not here: not read by others")
        return [pytest.param(None, marks=skipped)]
    chosen = [event for event in read_events(data) if len(event.pair.en_new) < LONG][::EVERY]
    return [pytest.param(event, id=event.id) for event in chosen]


def assert_read_alike(text: str) -> None:
    """By the builder and by us, also after the builder has put its own reading together again."""
    ours = as_we_read(text)
    assert as_the_builder_reads(text) == ours
    joined = builder().join_markdown_cells(split(text))
    assert as_the_builder_reads(joined) == ours


def assert_hides_what_waits(text: str) -> None:
    shown = visible(text)
    assert "amts:pending" not in shown
    assert shown == visible(without_pending(text))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_results_of_golden_cases_are_read_alike(case: Case, caplog: pytest.LogCaptureFixture) -> None:
    lang, (old, new, target) = case.title.partition(":")[0], (f"{text}\n" for text in case.texts[1:4])
    text = update(old, new, target, lang).text
    assert_read_alike(text)
    assert_hides_what_waits(text)
    assert len(complaints(text, caplog)) <= len(complaints(target, caplog)) + len(complaints(new, caplog))


@pytest.mark.parametrize("pair", sample_pairs(), ids=lambda pair: f"{pair.lang} {pair.path}")
def test_the_results_of_the_demo_are_read_alike(pair: RevisionPair, caplog: pytest.LogCaptureFixture) -> None:
    result = update_chapter(pair, Echo())
    assert result.status in {Status.DELIVERED, Status.UNCHANGED}
    assert_read_alike(result.text)
    assert_hides_what_waits(result.text)
    assert len(complaints(result.text, caplog)) <= len(complaints(pair.tgt_old, caplog))


@pytest.mark.parametrize("event", recorded())
def test_the_results_of_recorded_events_are_read_alike(event: Event, caplog: pytest.LogCaptureFixture) -> None:
    if not all(as_the_builder_reads(text) == as_we_read(text) for text in (event.pair.en_new, event.pair.tgt_old)):
        pytest.skip("the book's own texts are torn: a fence that one program takes for the end of a cell and one not")
    text = update_chapter(event.pair, Echo()).text
    assert_read_alike(text)
    assert_hides_what_waits(text)
    before = len(complaints(event.pair.tgt_old, caplog)) + len(complaints(event.pair.en_new, caplog))
    assert len(complaints(text, caplog)) <= before


def test_reading_alike_is_no_matter_of_course() -> None:
    builder()
    hidden = "Text.\n\n<!-- amts:pending 0123456789abcdef\n```{.python .input}\npass\n```\n-->\n"
    assert as_the_builder_reads(hidden) != as_we_read(hidden)


# What d2lbook saves of a cell

LINES = (
    "#@save",
    "def pour():  #@save",
    "    return 1",
    "",
    "x = 1",
    "  # @save",
    "@cache",
    "class Pot:",
    "    y = 2 #@save",
)


@pytest.fixture(scope="module")
def save_block() -> Callable[[str, str], str]:
    """The builder's own function, taken out of a module that needs a notebook server to be imported."""
    place = builder().__file__
    assert place is not None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(Path(place).with_name("library.py").read_text("utf-8"))
        body = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "_save_block"]
        space: dict[str, Any] = {"re": re, "format_code": str}
        exec(compile(ast.Module(body, []), "library.py", "exec"), space)
    function: Callable[[str, str], str] = space["_save_block"]
    return function


@given(lines=st.lists(st.sampled_from(LINES), max_size=8))
def test_we_take_of_a_cell_what_the_builder_saves(save_block: Callable[[str, str], str], lines: list[str]) -> None:
    cell = "\n".join(lines)
    theirs, ours = (
        [line for line in text.splitlines() if line.strip()] for text in (save_block(cell, "@save"), saved(cell))
    )
    assert ours == theirs
