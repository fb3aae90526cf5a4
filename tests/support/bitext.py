"""Sentence pairs of a book about tea that never was, in five languages: enough to learn its words from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alignment.lexicon import induce
from alignment.locales import load
from alignment.markdown import D2L
from alignment.tokens import terms, tokenize
from sync.engines.phrases import Corpus, Phrases
from sync.merge.prose.language_pair import LanguagePair

if TYPE_CHECKING:
    from collections.abc import Sequence

ENGLISH = (
    "The kettle is warm.",
    "The cup is warm.",
    "The tray is warm.",
    "The kettle is empty.",
    "The spoon is empty.",
    "The tray is empty.",
    "We wash the kettle.",
    "We wash the cup.",
    "We wash the spoon.",
    "We wash the tray.",
    "We buy the kettle.",
    "We buy the cup.",
    "We buy the spoon.",
)
BOOKS: dict[str, tuple[tuple[str, str], ...]] = {
    lang: tuple(zip(ENGLISH, translations, strict=True))
    for lang, translations in {
        "zh": (
            "水壶是温的。", "杯子是温的。", "托盘是温的。", "水壶是空的。", "汤匙是空的。", "托盘是空的。",
            "我们清洗水壶。", "我们清洗杯子。", "我们清洗汤匙。", "我们清洗托盘。", "我们购买水壶。",
            "我们购买杯子。", "我们购买汤匙。",
        ),
        "ja": (
            "湯沸は温かい。", "茶碗は温かい。", "御盆は温かい。", "湯沸は空っぽだ。", "木匙は空っぽだ。",
            "御盆は空っぽだ。", "湯沸を洗います。", "茶碗を洗います。", "木匙を洗います。",
            "御盆を洗います。", "湯沸を買います。", "茶碗を買います。", "木匙を買います。",
        ),
        "ko": (
            "주전자는 따뜻합니다.", "찻잔은 따뜻합니다.", "쟁반은 따뜻합니다.", "주전자는 비었습니다.",
            "숟가락은 비었습니다.", "쟁반은 비었습니다.", "주전자를 씻습니다.", "찻잔을 씻습니다.",
            "숟가락을 씻습니다.", "쟁반을 씻습니다.", "주전자를 삽니다.", "찻잔을 삽니다.",
            "숟가락을 삽니다.",
        ),
        "tr": (
            "Çaydanlık ılıktır.", "Fincan ılıktır.", "Tepsi ılıktır.", "Çaydanlık boştur.", "Kaşık boştur.",
            "Tepsi boştur.", "Çaydanlığı yıkarız.", "Fincanı yıkarız.", "Kaşığı yıkarız.", "Tepsiyi yıkarız.",
            "Çaydanlığı alırız.", "Fincanı alırız.", "Kaşığı alırız.",
        ),
        "es": (
            "La tetera está tibia.", "El vaso está tibio.", "La bandeja está tibia.", "La tetera está vacía.",
            "El cucharón está vacío.", "La bandeja está vacía.", "Lavamos la tetera.", "Lavamos el vaso.",
            "Lavamos el cucharón.", "Lavamos la bandeja.", "Compramos la tetera.", "Compramos el vaso.",
            "Compramos el cucharón.",
        ),
    }.items()
}  # fmt: skip
"""Pairs by language."""


def pair_of(lang: str, bitext: Sequence[tuple[str, str]] = ()) -> LanguagePair:
    """English and a language, with what can be learned from some sentence pairs."""
    known = [(terms(tokenize(source, D2L)), terms(tokenize(target, D2L))) for source, target in bitext]
    return LanguagePair(source=load("en"), target=load(lang), profile=D2L, lexicon=induce(known))


def phrases_of(lang: str, bitext: Sequence[tuple[str, str]] = ()) -> Phrases:
    """The phrases of some sentence pairs."""
    return Phrases((Corpus(tuple(bitext), D2L),), pair_of(lang, bitext))
