"""Parallel data have what translators wrote, within Amazon's rules, and a reason for everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from alignment.markdown import D2L
from sync.bitext.memory import Pair
from sync.bitext.parallel_data.build import build
from sync.bitext.parallel_data.judge import LengthHabit
from sync.bitext.parallel_data.model import ChapterPair, Granularity, Reason
from sync.state import ChapterState, Machine, Pending

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sync.bitext.parallel_data.model import ParallelData

ENGLISH = """\
# Tea

**Tea** is a [hot drink](https://tea.org) made of leaves. We call `pour(cup)` to fill a cup. [**Wait three minutes.**]

* The water boils at $100$ degrees.
* Green leaves need $80$ degrees, as :numref:`sec_water` says.

```
pour(cup)
```

## Milk

Milk makes the tea mild. Nobody puts both milk and lemon into one cup.

![A cup of tea.](cup.svg)
"""
TURKISH = """\
# Çay

**Çay** yapraklardan yapılan [sıcak bir içecektir](https://cay.org). Bir fincanı doldurmak için `pour(cup)` çağırırız. \
[**Üç dakika bekleyin.**]

* Su $100$ derecede kaynar.
* Yeşil yapraklar, :numref:`sec_water` içinde dendiği gibi, $80$ derece ister.

```
pour(cup)
```

## Süt

Süt, çayı yumuşatır. Kimse bir fincana hem süt hem limon koymaz.

![Bir fincan çay.](cup.svg)
"""
SENTENCES = [
    ("Tea", "Çay"),
    ("Tea is a hot drink made of leaves.", "Çay yapraklardan yapılan sıcak bir içecektir."),
    ("We call `pour(cup)` to fill a cup.", "Bir fincanı doldurmak için `pour(cup)` çağırırız."),
    ("Wait three minutes.", "Üç dakika bekleyin."),
    ("The water boils at $100$ degrees.", "Su $100$ derecede kaynar."),
    (
        "Green leaves need $80$ degrees, as :numref:`sec_water` says.",
        "Yeşil yapraklar, :numref:`sec_water` içinde dendiği gibi, $80$ derece ister.",
    ),
    ("Milk", "Süt"),
    ("Milk makes the tea mild.", "Süt, çayı yumuşatır."),
    ("Nobody puts both milk and lemon into one cup.", "Kimse bir fincana hem süt hem limon koymaz."),
    ("A cup of tea.", "Bir fincan çay."),
]


def chapter(english: str = ENGLISH, turkish: str = TURKISH, path: str = "tea/hot.md") -> ChapterPair:
    return ChapterPair(path=path, english=english, translation=turkish)


def texts(book: ParallelData) -> list[tuple[str, str]]:
    return [(entry.source, entry.target) for entry in book.entries]


def remembered(*pairs: tuple[str, str], segments: Sequence[str] = ()) -> ParallelData:
    """What is made of pairs that need not be aligned."""
    return build([], "tr", memory=[Pair(*pair) for pair in pairs], segments=segments)


def test_sentences_come_in_the_order_of_the_book_as_an_engine_sees_them() -> None:
    book = build([chapter()], "tr")
    assert texts(book) == SENTENCES
    assert book.counts() == {}
    assert (book.lang, book.chapters, book.cut) == ("tr", 1, 0)


def test_paragraphs_are_whole_and_captions_stay_apart() -> None:
    book = build([chapter()], "tr", granularity=Granularity.PARAGRAPH)
    assert texts(book) == [
        SENTENCES[0],
        tuple(" ".join(side) for side in zip(*SENTENCES[1:4], strict=True)),
        *SENTENCES[4:7],
        tuple(" ".join(side) for side in zip(*SENTENCES[7:9], strict=True)),
        SENTENCES[9],
    ]


def test_a_paragraph_that_is_too_long_is_cut_between_sentences() -> None:
    english = " ".join(f"The {word} cup of tea stands on the table in the kitchen." for word in WORDS)
    turkish = " ".join(f"{word.capitalize()} çay fincanı mutfaktaki masanın üstünde duruyor." for word in WORDS)
    book = build([chapter(english, turkish)], "tr", granularity=Granularity.PARAGRAPH)
    assert book.cut == 1
    assert len(book.entries) > 1
    assert " ".join(entry.source for entry in book.entries) == english
    assert " ".join(entry.target for entry in book.entries) == turkish
    assert all(len(text.encode()) <= 1_000 for pair in texts(book) for text in pair)


WORDS = [
    f"{colour}{wood}" for colour in ("bal", "gri", "mor", "ela", "sarı") for wood in ("dut", "nar", "kayın", "zeytin")
]


def test_a_paragraph_is_cut_at_a_sentence_that_nobody_translated() -> None:
    english = "Tea is hot and good. Coffee stays unread in English here. Milk makes the tea mild.\n"
    turkish = "Çay sıcak ve iyidir. Coffee stays unread in English here. Süt, çayı yumuşatır.\n"
    book = build([chapter(english, turkish)], "tr", granularity=Granularity.PARAGRAPH)
    assert texts(book) == [("Tea is hot and good.", "Çay sıcak ve iyidir."), SENTENCES[7]]
    assert (book.cut, book.counts()) == (1, {Reason.UNTRANSLATED: 1})


FAULTS = {
    "the same as its source": ("BERT and GPT", "BERT and GPT", Reason.UNTRANSLATED),
    "copied but for a word": ("Tea is hot and very good today", "Tea is hot and very good bugün", Reason.UNTRANSLATED),
    "other English": ("Tea is hot.", "This is the drink that we make of leaves.", Reason.UNTRANSLATED),
    "without words": ("$x$ and 5", "$x$, 5.", Reason.WORDLESS),
    "another formula": ("Let $x$ be hot.", "$y$ sıcak olsun.", Reason.MARKUP),
    "a lost reference": ("See :numref:`tea`.", "Buraya bakın.", Reason.MARKUP),
    "code that was translated": ("Call `pour`.", "`dök` çağırın.", Reason.MARKUP),
    "another number": ("It took 14 days.", "15 gün sürdü.", Reason.NUMBERS),
    "a number that is lost": ("It took 1,400 days.", "Günler sürdü.", Reason.NUMBERS),
    "cut off": (
        "Tea is a hot drink that people have made of leaves for many hundred years in every country of the world.",
        "Çay sıcak.",
        Reason.LENGTH,
    ),
    "too long": ("Tea is hot. " * 90, "Çay sıcak. " * 80, Reason.LONG),
    "too long in bytes only": ("Tea is very hot. " * 45, "Çay çok sıcak. " * 58 + "şşşğğğ" * 20, Reason.LONG),
    "a sign in front": ("-Tea is hot.", "-Çay sıcak.", Reason.SIGN),
    "a sign in front of the translation": ("All the tea.", "=Tüm çay.", Reason.SIGN),
    "a sign behind a mark": ("**+Tea** is hot.", "**+Çay** sıcak.", Reason.SIGN),
}


@pytest.mark.parametrize(("source", "target", "reason"), FAULTS.values(), ids=FAULTS)
def test_what_is_no_example_is_left_out_with_the_reason(source: str, target: str, reason: Reason) -> None:
    book = remembered((source.strip(), target.strip()))
    assert (texts(book), book.counts()) == ([], {reason: 1})
    assert (book.omissions[0].source, book.omissions[0].target) != ("", "")


FINE = {
    "numbers set in another way": ("It costs 1,400.5 of 50%.", "Ücreti %50'nin 1.400,5'i."),
    "a small number as a word": ("It has 3 cups.", "Üç fincanı var."),
    "a formula set in another way": (r"Let $a \text{ if } b$ be.", r"$a\text{ eğer }b$ olsun."),
    "another emphasis": ("*Tea* is hot.", "Çay **sıcaktır**."),
    "a link without its words": (
        "Ask [here](https://discuss.d2l.ai/t/1).",
        "[Burada](https://discuss.d2l.ai/t/2) sorun.",
    ),
    "names": ("Tea by Ann Lee", "Ann Lee'den çay"),
    "commas and quotes": ('Say "tea", please.', '"Çay", deyin.'),
}


@pytest.mark.parametrize("pair", FINE.values(), ids=FINE)
def test_what_translators_may_do_is_no_fault(pair: tuple[str, str]) -> None:
    assert remembered(pair).counts() == {}


def test_of_several_translations_the_commonest_is_kept_where_it_stands_first() -> None:
    book = remembered(("Tea", "Demli"), ("Cup", "Fincan"), ("Tea", "Çay"), ("*Tea*", "*Çay*"), ("Tea", "Çay"))
    assert texts(book) == [("Tea", "Çay"), ("Cup", "Fincan")]
    assert book.counts() == {Reason.TWICE: 2, Reason.RIVAL: 1}


def test_an_excluded_article_is_not_even_read() -> None:
    seen: list[str] = []
    book = build(
        [chapter(), chapter(path="milk/cold.md")],
        "tr",
        exclude=["milk"],
        memory=[Pair("Sugar", "Şeker", "milk/sweet.md"), Pair("Salt", "Tuz", "salt.md")],
        advance=seen.append,
    )
    assert seen == ["tea/hot.md"]
    assert texts(book) == [*SENTENCES, ("Salt", "Tuz")]
    assert book.counts() == {Reason.ARTICLE: 1}


SEGMENTS = {
    "the source": "Milk makes the tea mild.",
    "the translation": "Süt, çayı yumuşatır.",
    "with other marks and letters": "* **milk** makes the TEA mild.",
    "nearly the source": "Milk makes a tea mild.",
    "a paragraph that has it": "Once more: Milk makes the tea mild. That is all.",
}


@pytest.mark.parametrize("segment", SEGMENTS.values(), ids=SEGMENTS)
@pytest.mark.parametrize("granularity", Granularity)
def test_excluded_segments_are_in_no_entry(segment: str, granularity: Granularity) -> None:
    book = build([chapter()], "tr", granularity=granularity, segments=[segment])
    assert not any("Milk makes" in source for source, _ in texts(book))
    assert book.counts() == {Reason.SEGMENT: 1}
    assert SENTENCES[8] in texts(book)


def test_a_short_segment_excludes_only_itself() -> None:
    assert texts(build([chapter()], "tr", segments=["Tea"])) == SENTENCES[1:]


def test_nothing_is_learned_from_what_a_machine_wrote_and_nobody_edited() -> None:
    state = ChapterState(
        machine=(Machine(source="Milk makes the tea mild.", target=SENTENCES[7][1], origin="machine"),)
    )
    told = ChapterPair(path="tea/hot.md", english=ENGLISH, translation=TURKISH, state=state)
    book = build([told], "tr")
    assert texts(book) == [pair for pair in SENTENCES if pair != SENTENCES[7]]
    assert book.counts() == {Reason.MACHINE: 1}
    edited = ChapterPair(
        path=told.path, english=ENGLISH, translation=TURKISH.replace("Süt, çayı", "Süt çayı"), state=state
    )
    assert build([edited], "tr").counts() == {}


def test_a_translation_is_paired_with_the_english_it_says_where_an_edit_waits() -> None:
    state = ChapterState(
        pending=(
            Pending(
                digest="d",
                op="edited",
                old_source="Milk makes the tea mild.",
                new_source="Sugar makes the coffee sweet.",
                old_target=SENTENCES[7][1],
            ),
        )
    )
    english = ENGLISH.replace("Milk makes the tea mild.", "Sugar makes the coffee sweet.")
    assert (
        texts(build([ChapterPair(path="a.md", english=english, translation=TURKISH, state=state)], "tr")) == SENTENCES
    )


def test_what_still_waits_is_left_out() -> None:
    state = ChapterState(pending=(Pending(digest="d", op="moved", old_target=SENTENCES[7][1]),))
    book = build([ChapterPair(path="a.md", english=ENGLISH, translation=TURKISH, state=state)], "tr")
    assert book.counts() == {Reason.PENDING: 1}


def test_lengths_are_judged_by_the_habit_of_the_fork() -> None:
    pairs = [("x" * length, "y" * (length // 2)) for length in range(50, 90)] + [("x" * 60, "y" * 200)] * 5
    habit = LengthHabit.of(pairs, usual=1.0)
    assert not habit.is_odd("x" * 100, "y" * 50)
    assert not habit.is_odd("x" * 8, "y" * 8)
    assert habit.is_odd("x" * 100, "y" * 100)
    assert habit.is_odd("x" * 100, "")


def test_untranslated_code_tells_nothing_about_a_language_without_spaces() -> None:
    book = build([], "zh", memory=[Pair("We use `a` and the API of BERT.", "我们使用`a`和BERT的API。")], profile=D2L)
    assert book.counts() == {}
