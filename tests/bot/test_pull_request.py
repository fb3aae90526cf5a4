"""A pull request says what happened, what a human must look at first, and never does anything by itself."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from alignment.markdown.pending import digest
from bot.pull_request import plan_pull_request
from bot.quoting import NO_WIDTH, block, code, contrast, heading, inline, neutral
from bot.sizing import LIMIT
from sync.baselines.baseline import Baseline, How
from sync.model import ChapterResult, Diagnostic, Fate, Origin, Outcome, Severity, Status
from sync.report import ChapterReport, SyncReport
from sync.repositories.revisions import Commit, FileChange

SOURCE = Commit("d3f7c1a47bb9de93a0994cd944d167b67c17def2", "2021-01-08T17:02:57+00:00", "edit")
TARGET = Commit("05e96e507ea0864eaa5e6e4d4aa62e051702e677", "2021-01-09T00:00:00+00:00", "before")
ORIGIN = Baseline(
    text="",
    how=How.ORIGIN,
    confidence=1.0,
    reason="fits 3 of 3 marks",
    commit="7e153220ded1b64d3c8b0605f68974f29781b74e",
)

CARRIED = Outcome(
    op="edited",
    fate=Fate.CARRIED,
    line=3,
    old_source="A cat.",
    new_source="[**A cat.**]",
    old_target="猫。",
    new_target="[**猫。**]",
)
DRAFTED = Outcome(
    op="edited",
    fate=Fate.DRAFTED,
    line=5,
    old_source="A cat sat.",
    new_source="A cat slept.",
    old_target="猫坐着。",
    new_target="猫睡了。",
    origin=Origin.REPAIR,
    confidence=0.75,
)
PENDING = Outcome(
    op="edited",
    fate=Fate.PENDING,
    line=7,
    old_source="It sat.",
    new_source="It never sat.",
    old_target="它坐着。",
    note="not",
)


def called(outcome: Outcome) -> str:
    """What a segment is called: the beginning of the digest of its new English."""
    return digest(outcome.new_source)[:8]


def chapter(
    path: str = "c/cats.md", status: Status = Status.DELIVERED, *outcomes: Outcome, **more: object
) -> ChapterReport:
    result = ChapterResult(
        path=path,
        lang="zh",
        status=status,
        text="",
        outcomes=outcomes,
        kept=10,
        characters=24 if outcomes else 0,
        whole=240,
        **more,  # type: ignore[arg-type]
    )
    files = (FileChange(path, "x"),) if status is Status.DELIVERED else ()
    return ChapterReport(result=result, baseline=ORIGIN, files=files)


def report(*chapters: ChapterReport) -> SyncReport:
    return SyncReport(lang="zh", source=SOURCE, target=TARGET, chapters=chapters)


def body(*chapters: ChapterReport) -> str:
    return plan_pull_request(report(*chapters), source="d2l-en", command="amts sync --lang zh").body


class Page(HTMLParser):
    """What a reader of a rendered text sees: its elements, and its words outside of code."""

    def __init__(self, markdown: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.text = ""
        self._code = 0
        self.feed(MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self._code += tag in {"code", "pre"}
        self.text += "\n" if tag == "br" else ""

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag in {"code", "pre"}

    def handle_data(self, data: str) -> None:
        self.text += "" if self._code else data


LIVE = re.compile(r"@[\w-]|#\d|GH-\d|://|www\.|\b(?=\d*[a-f])[0-9a-f]{7,40}\b|:[\w+-]+:", re.IGNORECASE)

HOSTILE = [
    "@ada and @d2l-ai/team, mail ada@example.org",
    "fixes #1, closes d2l-ai/d2l-en#22, GH-3",
    "see https://github.com/d2l-ai/d2l-en/issues/4 or www.example.org",
    "done in 05e96e507ea0864eaa5e6e4d4aa62e051702e677 and 05e96e5",
    "<script>alert(1)</script> <img src=x onerror=y> </details> --> <!-- amts:metadata {} -->",
    "| a | b |\n|---|---|\n| c |",
    "`code` ``more`` ```fence\n```\n# no heading\n- no list",
    "[link](javascript:x) ![image](http://x.y/z.png) [**slide**] (~~gone~~) *a* _b_ $x_1$ \\$y\\$ \\| end\\",
    ":numref:`fig_x` :label: &amp; &#64;ada",
    "\u202egnp.exe\u202c \x1b[31mred\x00",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_foreign_text_is_shown_as_it_is_and_does_nothing(text: str) -> None:
    page = Page(f"| a |\n|---|\n| {inline(text)} |\n")
    assert not LIVE.search(page.text)
    assert set(page.elements) <= {"table", "thead", "tbody", "tr", "th", "td", "br"}
    visible = re.sub("[\x00-\x09\x0b-\x1f\u202a-\u202e]", "", text)
    assert page.text.replace(NO_WIDTH, "").replace("\n", "").removeprefix("a") == visible.replace("\n", "")


@settings(deadline=None)
@given(st.text(alphabet="@#:/\\`*_[]()|~$<>&!-+.;=wGH01aef é猫\n\t\r\u200b"))
def test_no_text_can_be_made_that_does_something(text: str) -> None:
    page = Page(f"| a |\n|---|\n| {inline(text)} |\n")
    assert not LIVE.search(page.text)
    assert set(page.elements) <= {"table", "thead", "tbody", "tr", "th", "td", "br"}
    seen = re.sub(rf"[\s{NO_WIDTH}]", "", page.text).removeprefix("a")
    assert seen == re.sub(rf"[\s{NO_WIDTH}]", "", text)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_title_and_a_commit_message_call_nobody(text: str) -> None:
    assert "\n" not in neutral(text)
    assert not LIVE.search(neutral(text))


@pytest.mark.parametrize("text", HOSTILE)
def test_paths_summaries_and_code_blocks_hold_any_text(text: str) -> None:
    assert set(Page(f"| a |\n|---|\n| {code(text)} |\n").elements) <= {
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "br",
        "code",
    }
    assert Page(f"<details><summary>{heading(text)}</summary>\n\nx\n").elements == ["details", "summary", "p"]
    assert Page(block(text)).elements == ["pre", "code"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_body_made_of_foreign_text_has_the_elements_of_any_other(text: str) -> None:
    def page(foreign: str) -> Page:
        edit = {"line": 1, "old_source": foreign, "new_source": foreign, "old_target": foreign, "note": foreign}
        outcomes = (Outcome(op="edited", fate=fate, **edit) for fate in Fate)  # type: ignore[arg-type]
        warning = Diagnostic(1, foreign, Severity.WARNING, foreign)
        chapters = (
            chapter(foreign, Status.DELIVERED, *outcomes, diagnostics=(warning,)),
            chapter(foreign, Status.FAILED, reason=foreign),
            chapter(foreign, Status.SKIPPED, reason=foreign),
        )
        return Page(plan_pull_request(report(*chapters), source=foreign, command=foreign).body)

    own = page("a calm text")
    other = page(text)
    assert not LIVE.search(other.text.replace("https:", ""))
    assert [tag for tag in other.elements if tag not in {"br", "code"}] == [
        tag for tag in own.elements if tag not in {"br", "code"}
    ]


def test_what_differs_is_marked_by_word_and_by_chinese_character() -> None:
    assert contrast("A cat sat.", "A cat slept.") == ("A cat <del>sat</del>.", "A cat <ins>slept</ins>.")
    assert contrast("猫坐着。", "猫睡着。") == ("猫<del>坐</del>着。", "猫<ins>睡</ins>着。")


def test_the_order_is_verdict_human_chapters_segments_left_out_again() -> None:
    skipped = chapter("c/fish.md", Status.SKIPPED, reason="no translation yet")
    text = body(chapter("c/cats.md", Status.DELIVERED, CARRIED, DRAFTED, PENDING), skipped)
    marks = [
        "**1 of 2 chapters follows",
        "### For a human",
        "### Chapters",
        "<details>",
        "### Left out",
        "amts sync --lang zh",
    ]
    places = [text.index(mark) for mark in marks]
    assert places == sorted(places)


def test_chapters_that_need_each_other_are_named_as_one_row() -> None:
    both = replace(report(chapter("c/cats.md"), chapter("c/dogs.md")), groups=(("c/cats.md", "c/dogs.md"),))
    text = plan_pull_request(both, source="d2l-en", command="amts sync").body
    assert "| 2 | `c/cats.md`, `c/dogs.md` |" in text
    assert text.index("### Chapters") < text.index("### Merged together")
    assert "Merged together" not in body(chapter())


def test_the_verdict_counts_chapters_segments_and_characters() -> None:
    text = body(chapter("c/cats.md", Status.DELIVERED, CARRIED, DRAFTED, PENDING))
    assert "d2l-en `d3f7c1a4` of 2021-01-08" in text
    assert "1 chapter: 1 delivered." in text
    assert "1 carried, 1 drafted, 1 pending" in text
    assert "24 characters went to an engine (10.0% of these chapters)" in text


def test_what_is_pending_shows_the_new_english_and_the_translation_as_it_stands() -> None:
    text = body(chapter("c/cats.md", Status.DELIVERED, PENDING))
    assert "1 changed segment waits for a translation.**" in text
    assert "#### `c/cats.md`\n\n| line |" in text
    assert f"| 7 | `{called(PENDING)}` | edited, pending | It never sat.<br>*not* | 它坐着。 |" in text


def test_a_draft_too_doubtful_for_the_file_stands_beside_what_is_pending() -> None:
    text = body(chapter("c/cats.md", Status.DELIVERED, replace(PENDING, offer="它从未坐过。", confidence=0.3)))
    assert "它坐着。<br>*draft, 30% sure:* 它从未坐过。 |" in text


def test_a_chapter_says_what_it_was_translated_from_and_how_that_is_known() -> None:
    assert "| `c/cats.md` | 10 | 1 | 0 | 0 | `7e153220` | fits 3 of 3 marks (100%) |" in body(
        chapter("c/cats.md", Status.DELIVERED, CARRIED)
    )


def test_a_changed_segment_is_shown_side_by_side_with_where_it_comes_from() -> None:
    english, translation = (
        "A cat <del>sat</del>. | A cat <ins>slept</ins>.",
        "猫<del>坐着</del>。 | 猫<ins>睡了</ins>。",
    )
    assert f"| 5 | `{called(DRAFTED)}` | {english} | {translation} | drafted, repair, 75% |" in body(
        chapter("c/cats.md", Status.DELIVERED, DRAFTED)
    )


def test_warnings_and_failures_are_for_a_human_and_notes_are_not() -> None:
    found = (
        Diagnostic(4, "numbers", Severity.WARNING, "12 became 13"),
        Diagnostic(5, "sibling", Severity.NOTE, "the paddle cell"),
    )
    text = body(
        chapter("c/cats.md", Status.DELIVERED, CARRIED, diagnostics=found),
        chapter("c/dogs.md", Status.FAILED, reason="labels changed"),
    )
    assert "| 4 |  | warning: numbers | 12 became 13 |" in text
    assert "| `c/dogs.md` | labels changed |" in text
    assert "paddle" not in text


def test_chapters_left_out_for_one_reason_are_one_row() -> None:
    skipped = [chapter(f"c/{number}.md", Status.SKIPPED, reason="no translation yet") for number in range(30)]
    text = body(*skipped)
    assert "| no translation yet | 30 | `c/0.md`, " in text
    assert "and 10 more" in text


@pytest.mark.parametrize("outcome", [CARRIED, DRAFTED, PENDING])
@pytest.mark.parametrize("size", [10, 5_000])
def test_a_body_never_outgrows_github_and_says_what_was_cut(outcome: Outcome, size: int) -> None:
    long = Outcome(
        op=outcome.op,
        fate=outcome.fate,
        line=1,
        old_source="`|$<" * size,
        new_source="|`$>" * size,
        old_target="猫" * size,
    )
    chapters = [chapter(f"c/{number}.md", Status.DELIVERED, *[long] * 20) for number in range(60)]
    text = body(
        *chapters, *[chapter(f"d/{number}.md", Status.SKIPPED, reason=f"reason {number}") for number in range(900)]
    )
    assert len(text) < LIMIT
    assert "*Cut here, to stay within what GitHub takes: " in text
    assert text.count("<details>") == text.count("</details>")
    assert text.rstrip().endswith("changes nothing.")


def test_a_title_names_the_chapter_the_folder_or_the_number_of_chapters() -> None:
    one, two, other = (chapter(path, Status.DELIVERED, CARRIED) for path in ("c/cats.md", "c/dogs.md", "d/fish.md"))
    titles = [
        plan_pull_request(report(*chapters), source="d2l-en", command="").title
        for chapters in ((one,), (one, two), (one, two, other))
    ]
    assert titles == [
        "[amts:zh] c/cats.md: 1 segment from d2l-en@d3f7c1a4",
        "[amts:zh] c: 2 segments from d2l-en@d3f7c1a4",
        "[amts:zh] 3 chapters: 3 segments from d2l-en@d3f7c1a4",
    ]


def test_a_plan_has_a_branch_of_its_english_commit_labels_and_the_files() -> None:
    done, broken = chapter("c/cats.md", Status.DELIVERED, CARRIED), chapter("c/dogs.md", Status.FAILED, reason="x")
    plan = plan_pull_request(report(done, broken), source="d2l-en", command="")
    assert plan.branch == "amts/sync-d3f7c1a4"
    assert plan.labels == ("amts", "lang:zh", "amts:partial")
    assert plan.files == done.files
    assert plan.message.startswith(plan.title + "\n\nChapters: 1 delivered, 1 failed.")


def test_nothing_to_do_is_said_and_has_no_files() -> None:
    plan = plan_pull_request(report(chapter("c/cats.md", Status.UNCHANGED)), source="d2l-en", command="amts")
    assert plan.files == ()
    assert plan.body.startswith("**1 of 1 chapter follows d2l-en `d3f7c1a4` of 2021-01-08; nothing waits")
