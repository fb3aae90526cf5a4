"""Segments go out as HTML and come back whole or not at all."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from alignment.diff import fold
from alignment.markdown import D2L
from sync.bitext.engine_text import engine_text
from sync.bitext.marks import marks
from sync.engines.amazon.text.documents import Document, read_document, render_documents
from sync.model import Job
from tests.support.translate_emulator.content.damage import PROFILES, Damage
from tests.support.translate_emulator.content.html import translate_html

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ATOMS = ("$x$", "$x^2 < y$", "`code()`", "`a < &amp; b`", ":numref:`fig_one`", "<br>", "https://example.org/a", "[^1]")
HALVES = ("*", "**", "[**", "**]", "(**", "**)", "[", "](there)", "~~", "_", "[~~", "~~]", "![")
WORDS = (
    "the",
    "layer",
    "GPU",
    "128",
    "(",
    ")",
    ".",
    ",",
    '"',
    "'s",
    "-",
    "网络",
    "\\*",
    "\\$",
    "&lt;",
    "AT&T",
    "<",
    "1.",
)
SENTENCES = (
    "The **kettle** boils at $t_1$ degrees.",
    "See [the table of `pots`](https://tea.org/pots) in :numref:`sec_pots`.",
    "[**Pour the water slowly,**] says `pour(a, b)`, and *wait*.",
    "It costs \\$5 & more than 3 < 4.",
    "![A red *cup*](../img/cup.svg) stands there.",
    "[**Warm the cup.",
)
PLAIN = (
    "Nothing is marked here.",
    "Tea wants water that boils.",
    "A cup is warmed before it is filled.",
    "Whoever waits too long drinks it bitter & cold.",
)


def texts(*parts: str) -> st.SearchStrategy[str]:
    lists = st.lists(st.sampled_from(parts), min_size=1, max_size=16)
    return st.tuples(lists, st.sampled_from(("", " "))).map(lambda both: fold(both[1].join(both[0])))


PAIRS = (("**", "**"), ("*", "*"), ("[**", "**]"), ("[", "](there)"))
WELL = st.sampled_from(
    ("the layer", "GPU 128,", "(so)", "\\*", "\\$5", "&lt;", "AT&T", "$x$", "`a < &amp;`", ":cite:`A.b`")
)
words = st.lists(WELL, min_size=1, max_size=3).map(" ".join)
marked = st.tuples(st.sampled_from(PAIRS), words).map(lambda both: f"{both[0][0]}{both[1]}{both[0][1]}")
balanced = st.lists(st.one_of(words, marked), min_size=1, max_size=4).map(" ".join)
"""Texts whose marks are pairs, each apart."""


def jobs_of(sources: Sequence[str], lang: str = "tr", context: str = "prose") -> list[Job]:
    return [Job(id=f"{n}/{source[:5]}", lang=lang, source=source, context=context) for n, source in enumerate(sources)]


def document_of(jobs: Sequence[Job]) -> Document:
    (document,) = render_documents(jobs)
    return document


def back(source: str, change: Callable[[str], str] = str, lang: str = "tr", context: str = "prose") -> str:
    """What is read of one segment whose document somebody changed; ``!`` before the reason where nothing is."""
    jobs = jobs_of([source], lang, context)
    document = document_of(jobs)
    read = read_document(change(document.html), document, jobs)
    return read.drafts.get(jobs[0].id, "!" + read.problems.get(jobs[0].id, ""))


def replaced(old: str, new: str) -> Callable[[str], str]:
    def change(document: str) -> str:
        assert old in document
        return document.replace(old, new)

    return change


def squeezed(text: str) -> str:
    return "".join(text.split())


# What is sent


def test_words_are_text_marks_are_elements_and_literals_are_not_translated() -> None:
    document = document_of(jobs_of(["The **hot** [pot](https://a.org) of `x < 1`."]))
    assert document.html == (
        '<html><body><p id="s000001">The <b id="p1-0">hot</b> <a id="p1-2">pot</a> of '
        '<code translate="no" id="p1-4">`x &lt; 1`</code>.</p></body></html>'
    )


@pytest.mark.parametrize("source", ["[**Warm the cup.", "Then drink.**]", "**Warm *the cup*.**", "[Warm it](a.md)"])
def test_what_stands_round_all_words_stays_at_home(source: str) -> None:
    assert "id=" not in document_of(jobs_of([source])).html.split(">", 3)[3].replace('<i id="p1-1">', "")
    assert back(source) == source


def test_any_text_may_be_the_id_of_a_job() -> None:
    jobs = [Job(id='"><p id="s000002">', lang="zh", source="Tea."), Job(id="\n☕ 🫖", lang="zh", source="Milk.")]
    document = document_of(jobs)
    assert read_document(document.html, document, jobs).drafts == {jobs[0].id: "Tea.", jobs[1].id: "Milk."}


def test_documents_are_cut_between_segments() -> None:
    jobs = jobs_of(["Kettle and tea." * 5] * 30)
    documents = render_documents(jobs, limit=400)
    assert [job for document in documents for job in document.parts.values()] == [job.id for job in jobs]
    assert len({document.name for document in documents}) == len(documents) > 1
    assert all(len(document.html) < 500 for document in documents)


def test_a_segment_that_is_too_long_goes_alone() -> None:
    documents = render_documents(jobs_of(["Short.", "Long. " * 100, "Short."]), limit=100)
    assert [len(document.parts) for document in documents] == [1, 1, 1]


def test_a_text_that_holds_signs_of_our_own_is_not_sent() -> None:
    assert render_documents(jobs_of([f"Tea {chr(0xF0000)}."])) == ()


def test_what_is_billed_is_counted_without_tags_and_entities() -> None:
    assert document_of(jobs_of(["A **b** `c<d` &lt;"])).characters == len("A b `c<d` <")


@settings(max_examples=100, deadline=None)
@given(balanced)
def test_the_service_sees_what_examples_show(source: str) -> None:
    text = "".join(html.unescape(re.sub("<[^<>]*>", "", one.html)) for one in render_documents(jobs_of([source])))
    assert squeezed(text) == squeezed(engine_text(source))


# What comes back


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(texts(*ATOMS, *HALVES, *WORDS), min_size=1, max_size=4),
    st.sampled_from(("zh", "tr", "ko", "ja")),
    st.sampled_from(("", " ")),
)
def test_what_nobody_touched_comes_back(sources: list[str], lang: str, gap: str) -> None:
    jobs = jobs_of(sources, lang)
    for document in render_documents(jobs):
        read = read_document(document.html.replace("<p", f"{gap}<p"), document, jobs)
        assert read.problems == {}
        for job in jobs:
            if job.id in read.drafts:
                assert marks(read.drafts[job.id], D2L) == marks(job.source, D2L)
                assert squeezed(engine_text(read.drafts[job.id])) == squeezed(engine_text(job.source))


@pytest.mark.parametrize("source", [*SENTENCES, *PLAIN])
@pytest.mark.parametrize("lang", ["tr", "zh", "ko"])
def test_plain_sentences_come_back_character_for_character(source: str, lang: str) -> None:
    assert back(source, lang=lang) == source


SOURCE = "See [the **pot**](https://a.org) of `x < 1` and $y$."

HARMLESS = {
    "spaces round tags": lambda text: re.sub(r"(</?(?:a|b|code)\b[^>]*>)", r" \1 ", text),
    "entities escaped once more": lambda text: text.replace("&", "&amp;"),
    "other quotes": lambda text: text.replace('"', "'"),
    "no quotes": lambda text: text.replace('"', ""),
    "attributes in another order": lambda text: re.sub(r' (translate="no") (id="[^"]*")', r" \2 \1", text),
    "more attributes": lambda text: text.replace("<a ", '<a class="x" '),
    "capital tags": lambda text: re.sub(r"</?(?:a|b|p|code)\b", lambda tag: tag[0].upper(), text),
    "no html element": lambda text: text.removeprefix("<html><body>").removesuffix("</body></html>"),
    "lines": lambda text: text.replace("<p ", "\n  <p ").replace(" of ", "\nof\t"),
    "a doctype and a head": lambda text: f"<!DOCTYPE html><head><title>x</title></head>{text}",
    "tags escaped": lambda text: re.sub(r"<(/?(?:a|b|code)\b[^>]*)>", r"&lt;\1&gt;", text),
    "all of it escaped": lambda text: html.escape(text, quote=False),
    "numbers for signs": lambda text: text.replace("&lt;", "&#60;"),
    "the id of the paragraph lost": lambda text: text.replace(' id="s000001"', ""),
}


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_form_does_not_matter(change: Callable[[str], str]) -> None:
    assert back(SOURCE, change) == SOURCE


HARM = {
    "a literal lost": (' and <code translate="no" id="p1-5">$y$</code>', "", "it lost $y$"),
    "a literal doubled": ("$y$</code>", '$y$</code> <code translate="no" id="p1-5">$y$</code>', "was not sent once"),
    "a literal changed": ("$y$", "$z$", "$y$ came back changed"),
    "a literal translated": ("`x &lt; 1`", "`x weniger 1`", "came back changed"),
    "an end lost": ("</b>", "", "cross"),
    "the wrong end": ("</b></a>", "</a></b>", "cross"),
    "an element of its own": ("pot", "<i>pot</i>", "was not sent once: i"),
    "an element of another segment": ('id="p1-1"', 'id="p7-1"', "was not sent once"),
    "an element in a literal": ("$y$", "$<u>y</u>$", "was not sent once"),
    "a comment": ("See", "See <!-- that -->", "was not sent once"),
    "signs of ours": ("See", f"See {chr(0xF0003)}", "stand for placeholders"),
    "nothing": ("s000001", "s000009", "did not come back"),
}


@pytest.mark.parametrize(("old", "new", "reason"), HARM.values(), ids=HARM)
def test_harm_is_refused_with_its_reason(old: str, new: str, reason: str) -> None:
    said = back(SOURCE, replaced(old, new))
    assert said.startswith("!")
    assert reason in said


def test_a_pair_that_lost_its_words_is_refused() -> None:
    assert "nothing is left between **" in back("A **pot** of tea", replaced(">pot<", "><"))


def test_a_segment_that_lost_its_words_is_refused() -> None:
    assert back("Tea for `x`.", replaced("Tea for ", "")).startswith("!it came back without words")


def test_tags_of_html_keep_their_order() -> None:
    swap = replaced('id="p1-0">&lt;b&gt;', 'id="p1-1">&lt;b&gt;')
    assert back("Say <b>tea</b> now.", swap).startswith("!")
    order = re.compile(r"(<code.*?</code>)tea(<code.*?</code>)")
    assert "another order" in back("Say <b>tea</b> now.", lambda text: order.sub(r"\2tea\1", text))


def test_literals_may_change_places_as_other_languages_put_them() -> None:
    order = re.compile(r"(<code.*?</code>)( over )(<code.*?</code>)")
    assert back("Take $a$ over `b`.", lambda text: order.sub(r"\3\2\1", text)) == "Take `b` over $a$."


def test_pairs_may_lie_otherwise_in_one_another() -> None:
    def change(document: str) -> str:
        return re.sub(r"the (<b.*?>)pot</b>", r"\1the pot</b>", document)

    assert back("See [the **pot**](a.md) there.", change) == "See [**the pot**](a.md) there."


def test_words_that_would_be_markup_are_escaped() -> None:
    assert back("Tea for `x`.", replaced("Tea for", "Tea *for* $1 $")) == r"Tea \*for\* \$1 \$ `x`."


def test_what_the_source_escapes_stays_escaped_in_other_words() -> None:
    assert back("It costs \\$5 &amp; more.", replaced("It costs $5", "$5 costs it")) == "\\$5 costs it &amp; more."
    assert back("1\\. First: tea.", replaced("First", "Zuerst 1.")) == "1\\. Zuerst 1.: tea."


def test_no_space_stays_where_a_language_has_none() -> None:
    change = replaced("The <", "这个 <"), replaced("> layer", "> 层"), replaced(" in ", " 在 ")

    def all_of(document: str) -> str:
        for one in change:
            document = one(document)
        return document

    assert back("The `x` layer in **tea** .", all_of, lang="zh") == "这个`x`层 在**tea** ."


@pytest.mark.parametrize("context", ["comment", "string", "formula"])
def test_what_is_no_markdown_is_sent_and_read_as_it_is(context: str) -> None:
    source = "warm *the* [cup](x) & `pour` \\$1 <b> $x$"
    assert back(source, context=context) == source
    assert back(source, lambda text: text.replace("&", "&amp;"), context=context) == source


def test_fields_of_a_format_are_not_translated() -> None:
    assert 'translate="no" id="p1-1">%d<' in document_of(jobs_of(["cup {n:>3} of %d"], context="string")).html
    assert "it lost {n:>3}" in back("cup {n:>3}", lambda text: re.sub("<code.*</code>", "", text), context="string")


def test_fields_of_a_format_keep_their_order() -> None:
    def exchanged(text: str) -> str:
        return re.sub("(<code.*?</code>)(.*)(<code.*?</code>)", r"\3\2\1", text).replace("cup", "tea")

    assert "in another order" in back("cup {} of {:d}", exchanged, context="string")


def test_a_segment_that_went_into_its_neighbour_takes_that_along() -> None:
    jobs = jobs_of(["One.", "Two.", "Three.", "Four."])
    document = document_of(jobs)
    read = read_document(document.html.replace('</p><p id="s000002">', " "), document, jobs)
    assert [*read.drafts.values()] == ["Three.", "Four."]
    assert set(read.problems) == {job.id for job in jobs[:2]}


def test_a_segment_that_comes_twice_is_no_draft() -> None:
    jobs = jobs_of(["One.", "Two.", "Three."])
    document = document_of(jobs)
    read = read_document(document.html.replace("s000002", "s000001"), document, jobs)
    assert [*read.drafts.values()] == ["Three."]


@pytest.mark.parametrize(
    "text", ["", "<", "\0", "<html>", "no html at all", "<p id=s000001>", "<script><p id=s000001>", "&" * 99]
)
def test_whatever_comes_back_something_is_read(text: str) -> None:
    jobs = jobs_of([SOURCE, "Two."])
    read = read_document(text, document_of(jobs), jobs)
    assert set(read.problems) == {job.id for job in jobs}


# Harm at random

TAG: re.Pattern[str] = re.compile(r"<[^<>]*>")


@st.composite
def harmed(draw: st.DrawFn) -> tuple[list[Job], Document, str]:
    """Segments, their document, and the same after some of it was dropped, doubled, moved, exchanged."""
    jobs = jobs_of(draw(st.lists(texts(*ATOMS, *HALVES, *WORDS), min_size=1, max_size=3)))
    documents = render_documents(jobs)
    assume(documents)
    pieces = [piece for piece in re.split(r"(<[^<>]*>)", documents[0].html) if piece]
    for kind in draw(
        st.lists(st.sampled_from(("drop", "double", "move", "exchange", "space")), min_size=1, max_size=3)
    ):
        one, other = (draw(st.integers(0, max(0, len(pieces) - 1))) for _ in range(2))
        if kind == "drop":
            pieces[one : one + 1] = []
        elif kind == "double":
            pieces[one:one] = [pieces[one]] if pieces else []
        elif kind == "move":
            pieces.insert(other, pieces.pop(one))
        elif kind == "exchange":
            pieces[one], pieces[other] = pieces[other], pieces[one]
        else:
            pieces.insert(one, " ")
    return jobs, documents[0], "".join(pieces)


@pytest.mark.parametrize("text", ["<![the", "<![", "<![CDATA[x", "<!x", "<?x", "</"])
def test_what_is_half_a_declaration_is_read_as_text_and_not_given_up(text: str) -> None:
    jobs = jobs_of([f"Tea {text} is hot."], "tr")
    document = document_of(jobs)
    read = read_document(document.html.replace("&lt;", "<"), document, jobs)
    assert {*read.drafts, *read.problems} == {jobs[0].id}


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(harmed())
def test_no_harm_changes_the_marks_of_a_draft(case: tuple[list[Job], Document, str]) -> None:
    jobs, document, text = case
    read = read_document(text, document, jobs)
    sources = {job.id: job.source for job in jobs}
    assert {*read.drafts, *read.problems} == {*document.parts.values()}
    for name, draft in read.drafts.items():
        assert marks(draft, D2L) == marks(sources[name], D2L)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("lang", ["tr", "zh"])
def test_what_services_do_to_markup_reaches_no_draft(profile: str, lang: str) -> None:
    sources = [f"{sentence} No {number}." for number in range(30) for sentence in (*SENTENCES, *PLAIN)]
    jobs = jobs_of(sources, lang)
    document = document_of(jobs)
    share = 1.0 if profile in ("none", "spaces", "entities", "practice") else 0.3
    unharmed = read_document(translate_html(document.html, str.swapcase).text, document, jobs).drafts
    made = translate_html(document.html, str.swapcase, damage=Damage(profile, share)).text
    read = read_document(made, document, jobs)
    asked = {job.id: job.source for job in jobs}
    assert len(unharmed) == len(jobs)
    assert [name for name, draft in read.drafts.items() if marks(draft, D2L) != marks(asked[name], D2L)] == []
    changed = [name for name, draft in read.drafts.items() if draft != unharmed[name]]
    if profile != "swapped":
        assert changed == []
    if profile in ("none", "spaces", "entities", "lost_id", "practice"):
        assert len(read.drafts) >= 0.95 * len(jobs)
