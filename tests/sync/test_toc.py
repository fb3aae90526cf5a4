"""A table of contents lists what the fork has, in English's order, with the fork's own entries in their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sync.engines.echo import Echo
from sync.model import RevisionPair
from sync.pipeline import update_chapter
from sync.shared_files.toc import merge_toc, resolve_entry, settle_tocs

if TYPE_CHECKING:
    from collections.abc import Callable


def toc(*entries: str, depth: int = 2) -> str:
    return "\n".join(["```toc", f":maxdepth: {depth}", "", *entries, "```"])


def having(*entries: str) -> Callable[[str], bool]:
    return lambda entry: entry in entries


@pytest.mark.parametrize(
    ("old", "new", "ours", "has", "expected"),
    [
        pytest.param("pots", "pots lids", "pots", "pots lids", "pots lids", id="added, and there"),
        pytest.param("pots", "pots lids", "pots", "pots", "pots", id="added, but the fork lacks it"),
        pytest.param("pots", "lids pots", "pots", "pots lids", "lids pots", id="added at the beginning"),
        pytest.param("pots", "pots lids", "pots own", "pots lids own", "pots lids own", id="added before an own one"),
        pytest.param("pots lids", "pots lids", "pots", "pots lids", "pots lids", id="added once the fork has it"),
        pytest.param("pots lids", "pots", "pots lids", "pots", "pots", id="removed, and gone"),
        pytest.param("pots lids", "pots", "pots lids", "pots lids", "pots lids", id="removed, but the fork has it"),
        pytest.param("a b c", "c a b", "a own b c", "a b c own", "c own a b", id="in another order"),
        pytest.param("a b c", "c a b", "b a c", "a b c", "b a c", id="the fork has an order of its own"),
        pytest.param("a", "b", "own", "own", "own", id="nothing in common"),
    ],
)
def test_entries(old: str, new: str, ours: str, has: str, expected: str) -> None:
    tables = [toc(*entries.split()) for entries in (old, new, ours, expected)]
    assert merge_toc(*tables[:3], having(*has.split())) == tables[3]


def test_a_renamed_entry_keeps_its_title_and_place() -> None:
    old, new = toc("pots", "lids"), toc("jars", "lids")
    ours = toc("Ollas <pots>", "own", "lids")
    assert merge_toc(old, new, ours, having("jars", "lids", "own"), {"pots": "jars"}) == toc(
        "Ollas <jars>", "own", "lids"
    )
    assert merge_toc(old, new, ours, having("pots", "lids", "own"), {"pots": "jars"}) == ours


def test_of_merged_chapters_one_entry_is_left() -> None:
    old, new, both = toc("pots", "lids"), toc("jars"), {"pots": "jars", "lids": "jars"}
    assert merge_toc(old, new, old, having("jars"), both) == new


def test_options_change_where_the_fork_has_englishs() -> None:
    old, new = toc("pots", depth=2), toc("pots", depth=3)
    assert merge_toc(old, new, old, having("pots")) == new
    assert merge_toc(old, new, toc("pots", depth=1), having("pots")) == toc("pots", depth=1)
    caption = toc("pots").replace(":maxdepth: 2", ":caption: Ollas")
    assert merge_toc(toc("pots"), toc("pots", "lids"), caption, having("pots")) == caption


def test_a_new_table_has_what_the_fork_has() -> None:
    assert merge_toc("", toc("pots", "lids"), "", having("lids")) == toc("lids")


@pytest.mark.parametrize(
    ("entry", "index", "path"),
    [
        ("lids", "tea/index.md", "tea/lids.md"),
        ("tea/index", "index.md", "tea/index.md"),
        ("lids.md", "tea/index.md", "tea/lids.md"),
        ("../cups/index", "tea/index.md", "cups/index.md"),
        ("/cups/index", "tea/index.md", "cups/index.md"),
    ],
)
def test_an_entry_names_a_chapter(entry: str, index: str, path: str) -> None:
    assert resolve_entry(entry, index) == path


def settled(old: str, new: str, ours: str, *has: str, renamed: dict[str, str] | None = None) -> str:
    pair = RevisionPair(path="tea/index.md", lang="es", en_old=old, en_new=new, tgt_old=ours)
    text = update_chapter(pair, Echo()).text
    return settle_tocs(pair, text, lambda path: path in has, renamed)


def test_an_index_lists_only_chapters_that_the_fork_has() -> None:
    old, new = f"# Tea\n\n{toc('pots')}\n", f"# Tea\n\n{toc('pots', 'lids', 'cups')}\n"
    ours = f"# Té\n\n{toc('pots', 'own')}\n"
    assert settled(old, new, ours, "tea/pots.md", "tea/cups.md") == f"# Té\n\n{toc('pots', 'cups', 'own')}\n"


def test_an_index_follows_renames_and_keeps_its_line_ends() -> None:
    old, new = f"# Tea\n\n{toc('pots', 'lids')}\n", f"# Tea\n\n{toc('jars', 'lids')}\n"
    ours = old.replace("Tea", "Té").replace("\n", "\r\n")
    text = settled(old, new, ours, "tea/jars.md", "tea/lids.md", renamed={"tea/pots.md": "tea/jars.md"})
    assert text == new.replace("Tea", "Té").replace("\n", "\r\n")


def test_an_index_with_two_tables_keeps_them_apart() -> None:
    old = f"# Tea\n\n{toc('pots')}\n\n## Cups\n\n{toc('big', 'small')}\n"
    new = old.replace("\nbig", "\nbig\nbigger").replace("\npots", "\npots\nlids")
    ours = old.replace("Tea", "Té").replace("Cups", "Tazas")
    everything = [f"tea/{name}.md" for name in ("pots", "lids", "big", "bigger", "small")]
    assert settled(old, new, ours, *everything) == new.replace("Tea", "Té").replace("Cups", "Tazas")


def test_a_table_of_the_forks_own_stays() -> None:
    old, new = f"# Tea\n\n{toc('pots')}\n", f"# Tea\n\n{toc('pots', 'lids')}\n"
    own = f"## Más\n\n{toc('propio')}\n"
    text = settled(old, new, f"# Té\n\n{toc('pots')}\n\n{own}", "tea/pots.md", "tea/lids.md")
    assert text == f"# Té\n\n{toc('pots', 'lids')}\n\n{own}"


def test_what_is_no_table_stays() -> None:
    text = "# Té\n\n```python\ntoc\n```\n"
    assert settled(text, text + "\nMore.\n", text).startswith(text)
