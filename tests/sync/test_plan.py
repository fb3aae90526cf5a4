"""A plan says what will be done and what it costs, before anything is spent."""

from __future__ import annotations

from alignment.markdown import COMMONMARK, D2L
from sync.merge.pieces import Prose
from sync.model import RevisionPair
from sync.plan import ChapterPlan, plan_chapter

OLD = """\
# Tea

A pot holds $x$ cups. It is made of clay.

* One lid.

```python
# Pour the tea
pour(tea, 2)
```
"""
NEW = """\
# Tea

A pot holds $x$ cups. It is made of good clay. Handles are made of wood.

* One lid.
* Two cups, and a spoon.

```python
# Pour all of the tea
pour(tea, 3)
```
"""
TARGET = """\
# Té

Una olla guarda $x$ tazas. Se hace de barro.

* Una tapa.

```python
# Servir el té
pour(tea, 2)
```
"""


def plan(old: str = OLD, new: str = NEW, target: str = TARGET, path: str = "tea/pots.md") -> ChapterPlan:
    return plan_chapter(RevisionPair(path=path, lang="es", en_old=old, en_new=new, tgt_old=target), D2L)


def test_only_what_changed_becomes_a_job() -> None:
    assert [job.source for job in plan().jobs] == [
        "It is made of good clay.",
        "Handles are made of wood.",
        "Two cups, and a spoon.",
        "Pour all of the tea",
    ]


def test_the_cost_is_known() -> None:
    made = plan()
    assert made.characters == sum(len(job.source) for job in made.jobs)
    assert made.kept == 2  # the heading and the item; the paragraph is counted by what changed in it


def test_a_job_knows_what_there_was_and_what_stands_around_it() -> None:
    edited, added, item, comment = plan().jobs
    assert (edited.old_source, edited.old_target) == ("It is made of clay.", "Se hace de barro.")
    assert (edited.before, edited.after) == ("A pot holds $x$ cups.", "Handles are made of wood.")
    assert (added.old_source, added.old_target, added.before) == ("", "", "It is made of good clay.")
    assert (comment.old_target, comment.context) == ("Servir el té", "comment")
    assert [job.context for job in (edited, item)] == ["prose", "prose"]
    assert ("A pot holds $x$ cups.", "Una olla guarda $x$ tazas.") in edited.bitext


def test_jobs_of_two_chapters_have_different_names() -> None:
    ids = [job.id for path in ("tea/pots.md", "tea/lids.md") for job in plan(path=path).jobs]
    assert len(set(ids)) == len(ids) == 8


def test_equal_sentences_on_one_line_are_jobs_of_their_own() -> None:
    jobs = plan("A pot.\n", "A pot. Wait now. Wait now.\n\n|Tea|Tea|\n|-|-|\n|Tea|Tea|\n", "Una olla.\n").jobs
    assert len({job.id for job in jobs}) == len(jobs) == 6


def test_the_dialect_decides_what_is_prose() -> None:
    old, new, target = ":label:`a`\n", ":label:`b`\n", ":label:`a`\n"
    pair = RevisionPair(path="a.md", lang="es", en_old=old, en_new=new, tgt_old=target)
    pieces = [plan_chapter(pair, profile).placed[0].piece for profile in (D2L, COMMONMARK)]
    assert [isinstance(piece, Prose) for piece in pieces] == [False, False]
    assert [piece.render({}).text for piece in pieces] == [":label:`b`", ":label:`b`"]


def test_an_empty_translation_gets_the_whole_chapter_as_jobs() -> None:
    assert [job.source for job in plan("", NEW, "").jobs][:2] == ["Tea", "A pot holds $x$ cups."]


def test_an_empty_english_takes_the_translation_away() -> None:
    made = plan(OLD, "", TARGET)
    assert made.jobs == ()
    assert {outcome.op for outcome in made.outcomes} == {"removed"}
