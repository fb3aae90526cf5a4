"""Cuts runs of unspaced characters into words. Libraries are loaded when a language first needs them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from alignment.locales import Locale

    Cut = Callable[[str], Sequence[str]]

SCRIPTS: Final = re.compile("[\u3041-\u309f]+|[\u30a0-\u30ff\u31f0-\u31ff]+|[^\u3041-\u30ff\u31f0-\u31ff]+")
"""Runs of hiragana, of katakana, and of Chinese characters."""


def segmenter(locale: Locale) -> Cut:
    """What cuts a run of characters of the language into words. Where it has no cutter, each character is one."""
    match locale.text.cutter:
        case "dictionary":
            return _dictionary()
        case "phrases":
            return _phrases()
        case _:
            return list


@cache
def _dictionary() -> Cut:
    """Chinese, by dictionary alone: the model for words that are in none joins what this book has apart."""
    import rjieba

    return lambda run: rjieba.cut(run, hmm=False)


@cache
def _phrases() -> Cut:
    """Japanese: phrases, cut where the script changes: a noun and its particle, a verb and its ending."""
    import budoux

    parser = budoux.load_default_japanese_parser()
    return lambda run: [part for phrase in parser.parse(run) for part in SCRIPTS.findall(phrase)]
