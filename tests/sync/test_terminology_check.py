"""The rule that a term is translated as the glossary says, in checks and in updates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment.markdown import D2L, parse
from sync.bitext.terminology.reading import read_terms
from sync.checks import Subject, check, check_change
from sync.model import Diagnostic, Draft, Origin, RevisionPair, Severity
from sync.pipeline import update_chapter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sync.model import Job

TERMS = read_terms("铁锹，spade\n\n雨水收集桶，rain barrel\n", "zh")
ENGLISH = "# Tools\n\nThe spade is long.\n\nFill the rain barrel.\n"


def subject(translation: str, english: str = ENGLISH) -> Subject:
    return Subject(source=parse(english, D2L), target=parse(translation, D2L), lang="zh", terms=TERMS)


def ignored(found: tuple[Diagnostic, ...]) -> list[Diagnostic]:
    return [one for one in found if one.rule == "ignored-term"]


def test_a_sentence_that_puts_a_term_otherwise_is_noted() -> None:
    (one,) = ignored(check(subject("# 工具\n\n锄头很长。\n\n装满雨水收集桶。\n")))
    assert (one.line, one.severity) == (3, Severity.NOTE)
    assert one.message == "spade: the glossary says 铁锹: 锄头很长。"


def test_a_translation_that_follows_is_fine() -> None:
    assert not ignored(check(subject("# 工具\n\n铁锹很长。\n\n装满雨水收集桶。\n")))


def test_without_a_glossary_nothing_is_said() -> None:
    chapter = Subject(source=parse(ENGLISH, D2L), target=parse("# 工具\n\n锄头很长。\n\n装满桶。\n", D2L), lang="zh")
    assert not ignored(check(chapter))


def test_a_habit_against_the_glossary_is_said_once() -> None:
    numbers = "二三四五六七"
    english = "".join(f"Spade number {number} is new.\n\n" for number in range(2, 8))
    translation = "".join(f"{number}号锄头是新的。\n\n" for number in numbers)
    (one,) = ignored(check(subject(translation, english)))
    assert one.message == "spade: the glossary says 铁锹; 6 of 6 sentences say otherwise"


def test_what_an_update_brings_is_a_warning_and_what_was_there_is_forgiven() -> None:
    before = subject("# 工具\n\n锄头很长。\n", "# Tools\n\nThe spade is long.\n")
    after = subject("# 工具\n\n锄头很长。\n\n装满水桶。\n")
    (one,) = ignored(check_change(before, after))
    assert (one.line, one.severity) == (5, Severity.WARNING)


class Drafter:
    """An engine that answers everything with one sentence."""

    def __init__(self, answer: str) -> None:
        self.answer = answer
        self.jobs: tuple[Job, ...] = ()

    def submit(self, jobs: Sequence[Job]) -> str:
        self.jobs = tuple(jobs)
        return ""

    def collect(self, ticket: str) -> tuple[Draft, ...]:
        return tuple(Draft(job=job.id, text=self.answer, origin=Origin.MACHINE, confidence=1.0) for job in self.jobs)


def test_an_update_whose_draft_ignores_a_term_says_so() -> None:
    pair = RevisionPair(
        path="tools.md",
        lang="zh",
        en_old="# Tools\n\nThe spade is long.\n",
        en_new=ENGLISH,
        tgt_old="# 工具\n\n铁锹很长。\n",
        terms=TERMS,
    )
    result = update_chapter(pair, Drafter("装满水桶。"))
    assert [one.line for one in ignored(result.diagnostics)] == [5]
