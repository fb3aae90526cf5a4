"""The embedded engine drafts what the book knows, and leaves the rest pending."""

from __future__ import annotations

import pytest

from alignment.markdown import D2L
from sync.bitext.memory import Memory, Pair
from sync.engines import Aids
from sync.engines.local import Local
from sync.errors import EngineError
from sync.model import Draft, Job, Origin
from tests.support.bitext import BOOKS

BOOK = Memory(tuple(Pair(source, target, "chapter_tea/pots.md") for source, target in BOOKS["zh"]))


def engine(memory: Memory = BOOK, lang: str = "zh") -> Local:
    return Local(("en", lang), memory, D2L, Aids())


def draft(job: Job, made_by: Local | None = None) -> Draft | None:
    """The draft of one job, if there is one."""
    local = made_by or engine()
    found = local.collect(local.submit([job]))
    assert found is not None
    return found[0] if found else None


def job(source: str, old: str = "", target: str = "", **more: object) -> Job:
    return Job(id="1", lang="zh", source=source, old_source=old, old_target=target, **more)  # type: ignore[arg-type]


DRAFTED = {
    "known word for word": (job("We wash the tray."), "我们清洗托盘。", Origin.EXACT),
    "known word for word, and edited": (
        job("We wash the tray.", "We wash the trays.", "我们洗托盘们。"),
        "我们清洗托盘。",
        Origin.EXACT,
    ),
    "like a known one, with a word exchanged": (job("We buy the tray."), "我们购买托盘。", Origin.FUZZY),
    "edited, with a word exchanged": (
        job("Here is the tray.", "Here is the cup.", "这里是杯子。"),
        "这里是托盘。",
        Origin.REPAIR,
    ),
    "a known comment": (job("We wash the tray.", context="comment"), "我们清洗托盘。", Origin.EXACT),
}

PENDING = {
    "nothing like it": job("Coffee grows on hills."),
    "like a known one, but for a word that nobody translated": job("We buy the saucer."),
    "like a known one, but negated": job("We do not wash the tray."),
    "edited beyond repair": job("Coffee grows on hills.", "Here is the cup.", "这里是杯子。"),
    "nothing at all": job(""),
}


@pytest.mark.parametrize(("wanted", "text", "origin"), DRAFTED.values(), ids=DRAFTED)
def test_what_the_book_knows_is_drafted(wanted: Job, text: str, origin: Origin) -> None:
    found = draft(wanted)
    assert found
    assert (found.text, found.origin) == (text, origin)
    assert 0 < found.confidence <= 1
    assert found.note


@pytest.mark.parametrize("wanted", PENDING.values(), ids=PENDING)
def test_what_it_does_not_know_stays_pending(wanted: Job) -> None:
    assert draft(wanted) is None


def test_a_sentence_of_another_tab_is_drafted_with_its_name_and_code_exchanged() -> None:
    known = ("Call `np.dot(a)` in MXNet to see it.", "在MXNet中调用`np.dot(a)`即可看到。")
    found = draft(job("Call `torch.mv(a)` in PyTorch to see it.", bitext=(known,)), engine(Memory()))
    assert found
    assert found.text == "在PyTorch中调用`torch.mv(a)`即可看到。"


def test_a_link_of_a_new_sentence_leads_where_english_leads() -> None:
    known = ("[Discussions](https://discuss.d2l.ai/t/1)", "[讨论](https://discuss.d2l.ai/t/2)")
    found = draft(job("[Discussions](https://discuss.d2l.ai/t/3)", bitext=(known,)), engine(Memory()))
    assert found
    assert found.text == "[讨论](https://discuss.d2l.ai/t/3)"


def test_a_chapter_is_known_to_its_own_jobs_and_to_no_other() -> None:
    local = engine(Memory())
    chapter = (("Milk is cold.", "奶是凉的。"),)
    jobs = [job("Milk is cold.", bitext=chapter), job("Milk is cold."), job("Milk is cold.", bitext=(("A.", "甲。"),))]
    assert [draft(one, local) is not None for one in jobs] == [True, False, False]


def test_a_withheld_chapter_is_not_known() -> None:
    assert draft(job("We wash the tray."), engine(BOOK.without(["tea"]))) is None


def test_drafts_are_the_same_in_every_run() -> None:
    jobs = [one for one, _, _ in DRAFTED.values()]
    runs = []
    for _ in range(2):
        local = engine()
        runs.append(local.collect(local.submit(jobs)))
    assert runs[0] == runs[1]


def test_every_ticket_is_collected_once_in_any_order() -> None:
    local = engine()
    first, second = local.submit([job("We wash the tray.")]), local.submit([job("Coffee.")])
    assert local.collect(second) == ()
    third = local.submit([job("The tray is warm.")])
    assert [len(local.collect(ticket) or ()) for ticket in (first, third)] == [1, 1]
    with pytest.raises(EngineError, match="can be collected once"):
        local.collect(first)


def test_nothing_is_kept_of_chapters_that_are_done() -> None:
    local = engine(Memory())
    for number in range(50):
        draft(job("Tea.", bitext=((f"Tea {number}.", f"茶{number}。"),)), local)
    assert local.drafts == {}
    assert local.known
    assert local.known.bitext == (("Tea 49.", "茶49。"),)


# --- translation by phrases --------------------------------------------------------------------------------------

NOUNS = {"tea": "Tee", "milk": "Milch", "water": "Wasser", "soup": "Suppe", "bread": "Brot", "rice": "Reis"}
QUALITIES = {"hot": "heiß", "cold": "kalt", "white": "weiß", "good": "gut", "old": "alt", "new": "neu"}
TIMES = {"today": "heute", "often": "oft", "never": "nie", "here": "hier", "always": "immer", "now": "jetzt"}
LARDER = tuple(
    Pair(f"The {noun} is {time} {quality}.", f"{NOUNS[noun]} ist {TIMES[time]} {QUALITIES[quality]}.", "larder.md")
    for noun in NOUNS
    for quality in QUALITIES
    for time in TIMES
)
FAR = "The soup, which was good, is always cold, and `milk` near $x$ is never hot."


def in_german(source: str, pairs: tuple[Pair, ...] = LARDER) -> Draft | None:
    return draft(job(source), engine(Memory(pairs), "de"))


def test_what_is_made_of_known_phrases_is_translated_with_its_markup() -> None:
    found = in_german(FAR)
    assert found is not None
    made = found.text or found.offer
    assert found.origin is Origin.MACHINE
    assert all(made.count(part) == 1 for part in ("Suppe", "kalt", "`milk`", "$x$", "heiß"))


def test_a_translation_that_a_human_would_write_anew_is_offered_and_not_written() -> None:
    found = in_german(FAR)
    assert found is not None
    assert bool(found.text) is (found.confidence >= 0.5)
    assert bool(found.offer) is not bool(found.text)


def test_of_what_nobody_ever_translated_nothing_is_made() -> None:
    assert in_german("Elephants rarely cross wide rivers during winter nights.") is None


def test_a_young_fork_gets_no_machine_translation() -> None:
    assert in_german(FAR, LARDER[:100]) is None
