"""A repaired translation says what the new English says, and keeps every word that English kept; or it is not made."""

from __future__ import annotations

import pytest

from sync.engines.repair import repair
from tests.support.bitext import BOOKS, pair_of, phrases_of

REPAIRED = {
    "Chinese: a word stands in the place of another": (
        "zh",
        ("Put the cup on the shelf.", "Put the tray on the shelf."),
        ("把杯子放在架子上。", "把托盘放在架子上。"),
    ),
    "Chinese: one of two things is exchanged": (
        "zh",
        ("The kettle and the cup are here.", "The kettle and the spoon are here."),
        ("水壶和杯子在这里。", "水壶和汤匙在这里。"),
    ),
    "Japanese: a word stands in the place of another": (
        "ja",
        ("We like the cup.", "We like the tray."),
        ("茶碗が好きです。", "御盆が好きです。"),
    ),
    "Turkish: the new word has the ending of the old one": (
        "tr",
        ("We like the spoon.", "We like the tray."),
        ("Kaşığı severiz.", "Tepsiyi severiz."),
    ),
    "Turkish: a word seen only at the beginning of sentences is small inside of one": (
        "tr",
        ("This is the cup.", "This is the tray."),
        ("Bu bir fincan.", "Bu bir tepsi."),
    ),
    "Korean: the particle suits the new word": (
        "ko",
        ("We like the kettle.", "We like the tray."),
        ("주전자를 좋아합니다.", "쟁반을 좋아합니다."),
    ),
    "Korean: another particle for another place in the sentence": (
        "ko",
        ("The kettle is here.", "The cup is here."),
        ("주전자는 여기 있습니다.", "찻잔은 여기 있습니다."),
    ),
    "Spanish: a word of the same gender": (
        "es",
        ("We like the cup.", "We like the spoon."),
        ("Nos gusta el vaso.", "Nos gusta el cucharón."),
    ),
    "Spanish: a word of the other gender brings its article": (
        "es",
        ("We like the cup.", "We like the tray."),
        ("Nos gusta el vaso.", "Nos gusta la bandeja."),
    ),
    "a number goes along": (
        "zh",
        ("Use 3 cups and the kettle.", "Use 4 cups and the tray."),
        ("使用3个杯子和水壶。", "使用4个杯子和托盘。"),
    ),
    "a formula goes along": (
        "zh",
        ("Put $a$ into the cup.", "Put $b$ into the tray."),
        ("把$a$放进杯子。", "把$b$放进托盘。"),
    ),
    "emphasis goes along, too": (
        "tr",
        ("We *often* like the spoon.", "We often like the tray."),
        ("Kaşığı *sık sık* severiz.", "Tepsiyi sık sık severiz."),
    ),
    "a name before any ending": (
        "ko",
        ("We run this in MXNet today.", "We run this in PyTorch today."),
        ("오늘은 MXNet에서 실행합니다.", "오늘은 PyTorch에서 실행합니다."),
    ),
    "words that went": ("zh", ("Wash the kettle (the cup).", "Wash the kettle."), ("清洗水壶（杯子）。", "清洗水壶。")),
    "a full stop that came": ("zh", ("The big tray", "The big tray."), ("大托盘", "大托盘。")),
    "a full stop that went": ("zh", ("The big tray.", "The big tray"), ("大托盘。", "大托盘")),
}

UNCHANGED = {
    "an article": ("Wash cup and tray.", "Wash the cup and the tray."),
    "a contraction spelled out": ("We'll wash it.", "We will wash it."),
    "a verb that agrees with another number": ("The data is here.", "The data are here."),
    "a word written with a hyphen": ("Use a tea pot.", "Use a tea-pot."),
}

REFUSED = {
    "a negation that came": ("zh", ("The cup is empty.", "The cup is not empty."), "杯子是空的。"),
    "a negation that went": ("zh", ("The cup is not empty.", "The cup is empty."), "杯子不是空的。"),
    "a contracted negation": ("tr", ("We wash the cup.", "We don't wash the cup."), "Fincanı yıkarız."),
    "a negation that moved": (
        "es",
        ("It is not the cup and it is the tray.", "It is the cup and it is not the tray."),
        "No es el vaso y es la bandeja.",
    ),
    "never for always": ("ko", ("We always wash the cup.", "We never wash the cup."), "우리는 항상 찻잔을 씻습니다."),
    "without for with": ("ja", ("Tea with the cup.", "Tea without the cup."), "茶碗でお茶。"),
    "unless for if": ("tr", ("Wash it if it is warm.", "Wash it unless it is warm."), "Ilıksa yıkayın."),
    "more for fewer": ("zh", ("Buy fewer cups.", "Buy more cups."), "购买更少的杯子。"),
    "less for greater": ("es", ("It is greater than the cup.", "It is less than the cup."), "Es mayor que el vaso."),
    "a unit that nobody translated": ("zh", ("The cup holds 5 cl.", "The cup holds 5 dl."), "杯子装5厘升。"),
    "a number that the translation spells out": ("tr", ("Use 2 cups.", "Use 7 cups."), "İki fincan kullanın."),
    "formulas exchanged": ("zh", ("Pour $a$, then $b$.", "Pour $b$, then $a$."), "先倒$a$，再倒$b$。"),
    "code exchanged far apart": (
        "zh",
        ("The cup `x` is far from the tray `y`.", "The cup `y` is far from the tray `x`."),
        "杯子`x`离托盘`y`很远。",
    ),
    "numbers exchanged": ("es", ("From 3 to 5 cups.", "From 5 to 3 cups."), "De 3 a 5 vasos."),
    "a word that nobody translated": ("tr", ("We wash the cup.", "We wash the saucer."), "Fincanı yıkarız."),
    "a word that stands for another": ("tr", ("Wash the cup.", "Wash it."), "Fincanı yıkayın."),
    "a word that is explained in brackets": (
        "zh",
        ("We like the cup very much.", "We like the tray very much."),
        "我们非常喜欢杯子（cup）。",
    ),
    "a word that would stand twice": ("zh", ("Big cup and tray.", "Big tray and tray."), "大托盘和托盘。"),
    "another sentence altogether": ("zh", ("We wash the cup.", "Green tea grows far in the south."), "我们清洗杯子。"),
}  # fmt: skip


def mended(lang: str, english: tuple[str, str], target: str) -> str | None:
    """The repaired translation, if there is one. The sentence at hand is known like any other of its chapter."""
    bitext = (*BOOKS[lang], (english[0], target))
    found = repair(*english, target, pair_of(lang, bitext), phrases_of(lang, bitext))
    return found.text if found else None


@pytest.mark.parametrize(("lang", "english", "translations"), REPAIRED.values(), ids=REPAIRED)
def test_only_what_changed_is_replaced(lang: str, english: tuple[str, str], translations: tuple[str, str]) -> None:
    assert mended(lang, english, translations[0]) == translations[1]


@pytest.mark.parametrize("english", UNCHANGED.values(), ids=UNCHANGED)
def test_what_no_translation_shows_changes_nothing(english: tuple[str, str]) -> None:
    assert mended("zh", english, "这里有杯子和托盘。") == "这里有杯子和托盘。"


@pytest.mark.parametrize(("lang", "english", "target"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_vouched_for_is_not_drafted(lang: str, english: tuple[str, str], target: str) -> None:
    assert mended(lang, english, target) is None


def test_a_repair_says_what_it_replaced_and_how_sure_it_is() -> None:
    bitext = BOOKS["zh"]
    found = repair("Buy the cup.", "Buy the tray.", "购买杯子。", pair_of("zh", bitext), phrases_of("zh", bitext))
    assert found
    assert found.note == "Replaced only: cup → tray."
    assert 0 < found.confidence < 1


def test_without_anything_learned_only_what_both_languages_share_is_repaired() -> None:
    empty = pair_of("zh"), phrases_of("zh")
    assert repair("Use `a`.", "Use `b`.", "使用`a`。", *empty).text == "使用`b`。"  # type: ignore[union-attr]
    assert repair("Wash the cup.", "Wash the tray.", "清洗杯子。", *empty) is None
