"""What an English pull request means for translators, told from its diff and its two revisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.preview import Tally, Touched, preview, tally, touched
from sync.errors import InputError
from tests.support.action import ENGLISH, TEA

if TYPE_CHECKING:
    from tests.support.action import Book, Ran

CELL = "# Pots\n\nA pot is warm.\n\n```python\n# Fill the pot.\npot = fill(3)\n```\n\nIt was used for 5 years.\n"
DIFF = """\
diff --git a/drinks/tea.md b/drinks/tea.md
index 1111111..2222222 100644
--- a/drinks/tea.md
+++ b/drinks/tea.md
@@ -3 +3,2 @@
-Tea is hot.
+Tea is warm.
+Very warm.
diff --git a/drinks/new.md b/drinks/new.md
new file mode 100644
index 0000000..2222222
--- /dev/null
+++ b/drinks/new.md
@@ -0,0 +1 @@
+# New
diff --git a/drinks/old.md b/drinks/older.md
similarity index 100%
rename from drinks/old.md
rename to drinks/older.md
diff --git a/drinks/gone.md b/drinks/gone.md
deleted file mode 100644
index 2222222..0000000
--- a/drinks/gone.md
+++ /dev/null
@@ -1 +0,0 @@
-# Gone
diff --git a/README.md b/README.md
index 1111111..2222222 100644
--- a/README.md
+++ b/README.md
@@ -1 +1 @@
-a
+b
diff --git a/drinks/tea.py b/drinks/tea.py
index 1111111..2222222 100644
--- a/drinks/tea.py
+++ b/drinks/tea.py
@@ -1 +1 @@
-a
+b
"""


# Chapters


def test_the_chapters_of_a_diff_are_found() -> None:
    assert touched(DIFF) == (
        Touched(path="drinks/tea.md", old_path="drinks/tea.md", added=2, removed=1),
        Touched(path="drinks/new.md", old_path="", added=1),
        Touched(path="drinks/older.md", old_path="drinks/old.md"),
        Touched(path="drinks/gone.md", old_path="drinks/gone.md", is_gone=True, removed=1),
    )


def test_an_empty_diff_touches_nothing() -> None:
    assert touched("") == ()


def test_what_is_no_diff_is_an_error() -> None:
    with pytest.raises(InputError, match="cannot be read"):
        touched("--- a/x.md\n+++ b/x.md\n@@ -1 +1 @@\n?\n")


# Segments


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", Tally()),
        ("A pot is warm.", "A pot\nis warm.", Tally()),
        ("A pot is warm.", "A pot is very warm.", Tally(worded=1)),
        ("for 5 years", "for 6 years", Tally(mechanical=1)),
        ("It was used for 5 years.\n", "", Tally(mechanical=1)),
        ("It was used", "Pots break. It was used", Tally(worded=1)),
        ("fill(3)", "fill(4)", Tally(mechanical=1)),
        ("Fill the pot.", "Fill the can.", Tally(worded=1)),
        ("# Fill the pot.\npot = fill(3)", "# Fill a can.\npot = fill(4)", Tally(mechanical=1, worded=1)),
        ("A pot is warm.", "A *pot* is warm.", Tally(mechanical=1)),
    ],
)
def test_new_words_are_told_from_what_goes_by_itself(before: str, after: str, expected: Tally) -> None:
    assert tally(CELL, CELL.replace(before, after) if before else CELL) == expected


def test_what_moves_goes_by_itself() -> None:
    sections = ["# Pots\n", "A pot is warm.\n", "A cup is small and white.\n", "A can has a lid of tin.\n"]
    moved = [sections[0], sections[3], *sections[1:3]]
    assert tally("\n".join(sections), "\n".join(moved)) == Tally(mechanical=1)


def test_a_new_chapter_is_all_words_but_its_code() -> None:
    assert tally("", CELL) == Tally(mechanical=1, worded=4)


def test_a_chapter_that_goes_needs_nobody() -> None:
    assert tally(CELL, "").worded == 0


# What people are told


def test_a_pull_request_without_chapters_says_so() -> None:
    assert "Nothing: no chapter of the book changes." in preview([], ["zh"])


def test_changes_without_segments_say_so() -> None:
    one = Touched(path="a.md", old_path="a.md", added=1, removed=1)
    assert "1 chapter changed, but no segment did" in preview([(one, Tally())], [])


def test_it_says_how_much_and_for_how_many() -> None:
    one = Touched(path="a.md", old_path="a.md", added=4, removed=2)
    new = Touched(path="b.md", old_path="", added=9)
    told = preview([(one, Tally(mechanical=3, worded=1)), (new, Tally(worded=5))], ["zh", "ja"])
    assert "9 segments in 2 chapters" in told
    assert "Each of 2 translations (zh, ja) takes over 3 by itself, and needs words for 6." in told
    assert "| `a.md` | +4 −2 | 3 | 1 |" in told
    assert "| `b.md` (new) | +9 −0 | 0 | 5 |" in told


def test_a_name_of_a_file_is_shown_and_not_obeyed() -> None:
    one = Touched(path="a`|<img src=x>@all.md", old_path="b.md")
    told = preview([(one, Tally(worded=1))], ["<b>"])
    assert "<img" not in told
    assert "<b>" not in told
    assert "@all" not in told


# A run


def opened(book: Book, files: dict[str, str], **env: str) -> Ran:
    """A pull request in the English repository, and the run of its preview."""
    book.github.commit(ENGLISH, files, branch="change")
    number = book.github.pull(ENGLISH, head="change").number
    payload = book.github.event("pull_request", ENGLISH, number=number, action="opened")
    token = book.github.token("github-actions[bot]", repositories=[ENGLISH], permissions={"contents": "read"})
    return book.run("pull_request", payload, GITHUB_REPOSITORY=ENGLISH, INPUT_GITHUB_TOKEN=token, **env)


def test_a_pull_request_gets_one_summary_and_nothing_else(book: Book) -> None:
    ran = opened(book, {"drinks/tea.md": TEA.replace("pot = 3", "pot = 4")}, INPUT_LANGUAGES="es, pt-BR")
    assert ran.code == 0
    assert "1 segment in 1 chapter, all mechanical. Each of 2 translations" in ran.summary
    assert "| `drinks/tea.md` | +1 −1 | 1 | 0 |" in ran.summary
    assert not [call for call in book.github.log if call.operation], "git is all that it asks for"


def test_the_forks_may_be_listed_in_the_book(book: Book) -> None:
    forks = "- {language: es, repository: book/es}\n"
    ran = opened(book, {".amts-languages.yml": forks, "drinks/new.md": "# New\n\nMore.\n"})
    assert "Each of 1 translation (es)" in ran.summary
    assert "needs words for 2" in ran.summary


def test_it_is_green_even_if_it_cannot_look(book: Book) -> None:
    ran = opened(book, {".amts-languages.yml": "{", "drinks/tea.md": "# Tea\n"})
    assert ran.code == 0
    assert "There is no preview for translators" in ran.log
