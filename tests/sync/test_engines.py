"""Engines by name, and what every draft must pass, whichever of them it comes from."""

from __future__ import annotations

import pytest

from alignment.markdown import D2L, MYST
from sync.bitext.memory import Memory
from sync.engines import ENGINES, SERVICES, open_engine
from sync.engines.verify import verified, verify
from sync.errors import UsageError
from sync.model import Draft, Fate, Job, Origin
from tests.support.chapters import update
from tests.support.engines import Phrasebook


@pytest.mark.parametrize("name", sorted(set(ENGINES) - SERVICES))
@pytest.mark.parametrize("profile", [D2L, MYST], ids=lambda profile: str(profile.name))
def test_every_engine_takes_jobs_and_gives_drafts(name: str, profile: object) -> None:
    engine = open_engine(name, "zh", Memory(), profile)  # type: ignore[arg-type]
    ticket = engine.submit([Job(id="1", lang="zh", source="Tea is hot.")])
    assert engine.collect(ticket) == ()


def test_an_engine_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(UsageError, match=r"no engine called 'oracle'\. Known engines: amazon, echo, local"):
        open_engine("oracle", "zh", Memory())


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_service_is_not_used_before_it_is_set_up(name: str) -> None:
    with pytest.raises(UsageError, match=r"needs an account.*docs/aws\.md"):
        open_engine(name, "zh", Memory())


def test_the_null_engine_never_drafts() -> None:
    job = Job(id="1", lang="zh", source="Tea is hot.", bitext=(("Tea is hot.", "茶是热的。"),))
    engine = open_engine("echo", "zh", Memory())
    assert engine.collect(engine.submit([job])) == ()


def draft_of(text: str) -> Draft:
    return Draft(job="1", text=text, origin=Origin.MACHINE, confidence=1.0)


FRESH = {
    "words": ("Tea is hot.", "茶是热的。"),
    "every mark once": ("Call `f` with $x$, see :numref:`y`.", "以$x$调用`f`，参见 :numref:`y`。"),
    "another sign of emphasis": ("*Tea* is hot.", "_Çay_ sıcaktır."),
    "two marks in another order": ("From $a$ to `b`.", "到`b`，从$a$。"),
    "words in a formula": (r"If $x_{\text{max}}$ is big.", r"若$x_{\text{最大}}$大。"),
    "one line end": ("Tea is hot, and milk is cold.", "茶是热的，\n奶是凉的。"),
    "half of a slide mark, as English has it": ("Tea is hot.**]", "茶是热的。**]"),
    "a comment that English has": ("Tea <!-- hot --> now.", "现在<!-- hot -->茶。"),
}

REFUSED = {
    "a lost code span": ("Call `f`.", "调用。", "it lost `f`"),
    "a changed formula": ("See $x$.", "见$y$。", r"it lost \$x\$"),
    "a doubled reference": ("See :numref:`y`.", "见 :numref:`y` :numref:`y`。", "it has :numref:`y`, which English"),
    "a mark of its own": ("Tea.", "**茶。**", r"it has \*\*, which English does not ask for"),
    "a lost link": ("See [tea](http://a.b).", "见茶。", "it lost"),
    "another address": ("See [tea](http://a.b).", "见[茶](http://a.c)。", "it lost"),
    "a slide mark closed before it is opened": (
        "[**Tea**] is hot.",
        "茶**]是[**热的。",
        "closes a mark before it opens",
    ),
    "a placeholder that never came back": ("Call `f`.", "调用\U000f0000。", "stand for placeholders"),
    "a control character": ("Tea.", "茶\x1b[2J。", "control characters"),
    "the end of a comment": ("Tea.", "茶-->。", "begins or ends an HTML comment"),
    "the beginning of a comment": ("Tea.", "<!-- 茶。", "begins or ends an HTML comment"),
    "a blank line": ("Tea. Milk.", "茶。\n \n奶。", "holds a blank line"),
    "a heading": ("Tea.", "# 茶", "would not stay a part of a paragraph"),
    "a list": ("Tea.", "- 茶", "would not stay a part of a paragraph"),
    "a numbered list": ("Tea.", "1. 茶", "would not stay a part of a paragraph"),
    "a quotation": ("Tea.", "> 茶", "would not stay a part of a paragraph"),
    "a cell": ("Tea.", "```\n茶", "would not stay a part of a paragraph"),
    "a label": ("Tea.", ":label:`tea`", "would not stay a part of a paragraph"),
    "a rule": ("Tea.", "茶\n---", "would not stay a part of a paragraph"),
}

CONTEXTS = {
    "a heading of two lines": ("heading", "Tea", "茶\n水", "holds a line end"),
    "a caption that closes its picture": (
        "caption",
        "Tea",
        "茶](a.png) ![",
        "would not stay a caption",
    ),
    "a cell of a table that is two": ("cell", "Tea", "茶 | 水", "would break its table"),
    "a cell of a table with a line end": ("cell", "Tea", "茶\n水", "would break its table"),
}


@pytest.mark.parametrize(("source", "text"), FRESH.values(), ids=FRESH)
def test_a_draft_with_the_marks_of_the_english_may_stand(source: str, text: str) -> None:
    assert verify(Job(id="1", lang="zh", source=source), draft_of(text), D2L) is None


@pytest.mark.parametrize(("source", "text", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_draft_that_would_harm_the_chapter_is_refused(source: str, text: str, reason: str) -> None:
    job = Job(id="1", lang="zh", source=source)
    found = verified([job], [draft_of(text)], D2L)["1"]
    assert found.text == ""
    assert found.note.startswith("A draft was refused: ")
    with pytest.raises(AssertionError, match=reason):
        raise AssertionError(found.note)


@pytest.mark.parametrize(("context", "source", "text", "reason"), CONTEXTS.values(), ids=CONTEXTS)
def test_a_draft_stays_inside_its_block(context: str, source: str, text: str, reason: str) -> None:
    found = verify(Job(id="1", lang="zh", source=source, context=context), draft_of(text), D2L)
    with pytest.raises(AssertionError, match=reason):
        raise AssertionError(found)


EDITED = {
    "marks that the translator never had": (
        ("*Tea* is hot.", "*Tea* is very hot.", "茶是热的。"),
        {"茶是很热的。": True, "*茶*是很热的。": True, "*茶*是*很*热的。": False},
    ),
    "marks that the translator had put": (
        ("Tea is hot.", "Tea is very hot.", "“`茶`”是热的。"),
        {"“`茶`”是很热的。": True, "茶是很热的。": True, "`水`是很热的。": False},
    ),
    "a mark that English exchanged": (
        ("Call `f` now.", "Call `g` now.", "现在调用`f`。"),
        {"现在调用`g`。": True, "现在调用`f`。": False, "现在调用`f``g`。": False},
    ),
    "a page of its own": (
        ("Ask [us](https://discuss.d2l.ai/t/1).", "Ask [us](https://discuss.d2l.ai/t/3) now.", "[提问](https://discuss.d2l.ai/t/2)"),
        {"现在[提问](https://discuss.d2l.ai/t/2)": True, "现在提问": False},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("texts", "verdicts"), EDITED.values(), ids=EDITED)
def test_a_draft_of_an_edited_sentence_may_keep_the_translators_marks(
    texts: tuple[str, str, str], verdicts: dict[str, bool]
) -> None:
    job = Job(id="1", lang="zh", old_source=texts[0], source=texts[1], old_target=texts[2])
    assert {text: verify(job, draft_of(text), D2L) is None for text in verdicts} == verdicts


@pytest.mark.parametrize("context", ["comment", "string", "formula"])
def test_in_code_a_draft_is_no_markdown(context: str) -> None:
    job = Job(id="1", lang="zh", source="Pour `tea` into {cup}", context=context)
    assert verify(job, draft_of("# 把茶倒入{cup}"), D2L) is None
    assert verify(job, draft_of("把茶\x00倒入{cup}"), D2L)


def test_white_space_around_a_draft_is_not_part_of_it() -> None:
    job = Job(id="1", lang="zh", source="Tea.")
    assert verified([job], [draft_of("  茶。\n")], D2L)["1"].text == "茶。"
    assert verified([job], [draft_of(" \n")], D2L)["1"].text == ""


def offered(text: str) -> Draft:
    return Draft(job="1", text="", offer=text, origin=Origin.MACHINE, confidence=0.3, note="Not sure.")


def test_what_is_only_offered_stays_out_of_the_text_and_is_told() -> None:
    result = update("", "Tea is hot.\n", "", "zh", Phrasebook({}, otherwise=offered("茶热。")))
    (told,) = result.outcomes
    assert (told.fate, told.offer, told.confidence) == (Fate.PENDING, "茶热。", 0.3)
    assert "茶" not in result.text


def test_an_offer_that_would_harm_the_chapter_is_not_made() -> None:
    job = Job(id="1", lang="zh", source="See $x$.")
    assert verified([job], [offered("见$x$。")], D2L)["1"].offer == "见$x$。"
    assert verified([job], [offered("见$y$。")], D2L)["1"].offer == ""
