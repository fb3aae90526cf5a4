"""English words that a repair must know: those whose change says nothing, and those whose change says too much."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignment.tokens import TokenKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from alignment.tokens import Token

WORD: Final = re.compile(r"\w+")
TURNING: Final = frozenset(
    WORD.findall(
        "not no never none nothing nobody nowhere neither nor cannot without unless until unlike except hardly "
        "scarcely barely rarely seldom few fewer little less least more most only both either false wrong impossible"
    )
)
"""Words that turn or bound the meaning of others."""
BOUND: Final = frozenset(
    WORD.findall(
        "this that these those it its they them their he him his she her we us our you your i my one some any such "
        "what which who there here so thus then following above below another other is are was were be been being am "
        "has have had do does did will would shall should can could may might must to of in on at for by with from as"
    )
)
"""Words whose translation is a matter of the sentence they stand in, and often no word at all."""
EMPTY: Final = frozenset({"a", "an", "the", ",", ";", '"', "'", "“", "”", "‘", "’"})
"""Articles, which many languages have not and the others add by themselves, and light signs."""
SAME: Final = {"is": "be", "are": "be", "was": "were", "has": "have", "does": "do", "which": "that"}
"""Forms that follow from the words beside them."""
CONTRACTED: Final = (
    (re.compile(r"^(can)n['’]t$"), r"\1 not"),
    (re.compile(r"^cannot$"), "can not"),
    (re.compile(r"^(.+)n['’]t$"), r"\1 not"),
    (re.compile(r"^(.+)['’]ll$"), r"\1 will"),
    (re.compile(r"^(.+)['’]re$"), r"\1 are"),
    (re.compile(r"^(.+)['’]ve$"), r"\1 have"),
    (re.compile(r"^(i)['’]m$"), r"\1 am"),
    (re.compile(r"^(it|that|there|what|here|he|she)['’]s$"), r"\1 is"),
    (re.compile(r"^(let)['’]s$"), r"\1 us"),
    (re.compile(r"^(i|you|he|she|it|we|they)['’]d$"), r"\1 would"),
)
HYPHEN: Final = re.compile(r"[-–‐]")
SIGN: Final = re.compile(r"[\[(]?[*_~]+[\])]?|!?\[|\](?:\(.*\)|\[.*\])", re.DOTALL)
"""Either half of emphasis, of a slide mark, of a link."""


def plain(words: Iterable[str]) -> str:
    """Some words, given in small letters, without what says nothing: equal where no translation shows the change."""
    spelled = [part for word in words for part in _spell_out(word).split()]
    return HYPHEN.sub("", "".join(SAME.get(word, word) for word in spelled if word not in EMPTY))


def _spell_out(word: str) -> str:
    for pattern, full in CONTRACTED:
        if pattern.match(word):
            return pattern.sub(full, word)
    return word


def turns(word: str) -> bool:
    """Whether a word in small letters is, or holds, one that turns the meaning of others."""
    return not TURNING.isdisjoint(_spell_out(word).split())


def is_bound(words: Iterable[str]) -> bool:
    """Whether there are some words, and none of them has a translation of its own."""
    said = [word for word in words if word not in EMPTY]
    return bool(said) and BOUND.issuperset(said)


def is_sign(token: Token) -> bool:
    """Whether a token is a mark around words and not a word."""
    return token.kind in (TokenKind.PUNCTUATION, TokenKind.MARK) and SIGN.fullmatch(token.text) is not None
