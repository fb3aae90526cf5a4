"""Cuts runs of unspaced characters into words. Libraries are loaded when a language first needs them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from alignment.locales import Locale

    Cut = Callable[[str], Sequence[str]]

CHINESE: Final = "zh"
JAPANESE: Final = "ja"


def segmenter(locale: Locale) -> Cut:
    """What cuts a run of characters of the language into words."""
    language = locale.tag.split("-")[0]
    if language == JAPANESE:
        return _japanese()
    if language == CHINESE:
        return _chinese()
    return list


@cache
def _chinese() -> Cut:
    """Without its cache, a file in the folder for temporary files that anybody could have put there."""
    import jieba

    tokenizer: Any = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return lambda run: list(tokenizer.cut(run, HMM=False))


@cache
def _japanese() -> Cut:
    return list
