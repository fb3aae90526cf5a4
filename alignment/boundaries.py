"""The rules by which a sentence ends, for every language; what differs between them is in ``alignment.locales``.

They look at a *shade* of the text, a copy of the same length in which inline markup is replaced by signs that say how
it behaves at a boundary.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from alignment.locales import TextHabits

Span: TypeAlias = tuple[int, int]

SOLID: Final = "\ue000"
"""Code, a formula, a reference: something in a sentence, of which nothing inside matters."""
STOP: Final = "\ue001"
"""The end of a formula whose last sign is a full stop."""
OPENER: Final = "\ue002"
CLOSER: Final = "\ue003"

_UNSPACED_LETTERS: Final = "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af"
_UNSPACED: Final = re.compile(f"[{_UNSPACED_LETTERS}]")
"""Letters of scripts without capitals, in which a full stop needs no space after it."""
_AFTER_QUOTE: Final = r"(?=[\s.,;:!?)\]]|$)"
_SIGNS: Final = re.compile(
    rf"[.!?…。！？｡．{STOP}]+"
    rf"(?P<close>(?:[\"'”’)\]）」』】〉》］*_]|\s*{CLOSER}|\s?»{_AFTER_QUOTE}|“{_AFTER_QUOTE}|\[\d+\])*)(?P<gap>\s*)"
    rf"(?P<open>(?:[\"'“‘„‚(\[（「『【〈《［*_¿¡{OPENER}]|«\s?|[—–]\s?)*)"
)
_WIDE_END: Final = re.compile("[。！？｡．]")
_WORD_BEFORE: Final = re.compile(rf"(?:(?![{_UNSPACED_LETTERS}])[^\W_])+(?:\.(?:(?![{_UNSPACED_LETTERS}])[^\W_])+)*$")
_WORD_AFTER: Final = re.compile(r"[^\W\d_]+")
_COUNTED: Final = re.compile(rf"[\d(\[（{SOLID}]|(?:[IVXLCDM]{{2,}}|[B-HJ-Z])\b")
"""What an abbreviation may number: ``Fig. 3``, ``Eq. (4)``, ``Vol. II``, ``App. B``; not ``no. I think``."""
_ENUMERATOR: Final = re.compile(
    rf"\(?(?:\d{{1,3}}|[ivx]{{1,4}}|[IVX]{{1,4}}|(?![{_UNSPACED_LETTERS}])[^\W\d_]|[一-十甲乙丙丁가나다라마바사아자차카타파하])"
)
_COUNT: Final = re.compile(r"(?<![\w.])(?:\d{1,2}|[A-Za-z])$")
_HANGUL: Final = re.compile("[\uac00-\ud7af]")
_BRACKETS: Final = (("(", ")"), ("[", "]"), ("（", "）"), ("［", "］"), ("【", "】"))
_QUOTES: Final = (("“", "”"), ("„", "“"), ("「", "」"), ("『", "』"), ("«", "»"), ('"', '"'))
_PAIRS: Final = (_BRACKETS[0], _BRACKETS[2], *_QUOTES)
_OPENING: Final = f"\"'“‘„«(\\[（「『【［*_ \t\n{OPENER}"
_REACH: Final = 400
"""A bracket that is not closed within so many characters is a slip of the pen, not a bracket."""


def sentences(shade: str, text: TextHabits) -> tuple[Span, ...]:
    """The sentences of a text, given its shade, as spans without the white space between them."""
    found = []
    start, limit = trim(shade, 0, len(shade))
    for signs in _SIGNS.finditer(shade, start, limit):
        cut = signs.end("close")
        if cut < limit and _ends(_Place(shade, start, signs), text) and not _is_enclosed(shade, start, cut):
            found.append((start, cut))
            start = signs.end("gap")
    if start < limit:
        found.append((start, limit))
    return tuple(found)


def trim(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends."""
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip()), end - len(inner) + len(inner.rstrip())


class _Place:
    """Signs that may end the sentence that began at ``start``, and what stands round them."""

    __slots__ = ("after", "before", "close", "end", "is_spaced", "shade", "signs", "start")

    def __init__(self, shade: str, start: int, signs: re.Match[str]) -> None:
        self.shade, self.start, self.signs = shade, start, signs
        self.end = shade[signs.start() : signs.start("close")]
        self.close, self.is_spaced = signs["close"], bool(signs["gap"])
        self.before = shade[signs.start() - 1 : signs.start()]
        self.after = shade[signs.end() : signs.end() + 1]
        """The first letter or digit after all brackets and marks."""

    @property
    def is_quoted(self) -> bool:
        """Whether a quotation or a bracket closes here; emphasis does not count."""
        return bool(self.close.strip(f" *_{CLOSER}"))

    def word_before(self) -> str:
        found = _WORD_BEFORE.search(self.shade, max(self.start, self.signs.start() - 16), self.signs.start())
        return found[0] if found else ""

    def word_after(self) -> str:
        found = _WORD_AFTER.match(self.shade, self.signs.end())
        return found[0] if found else ""

    def matches_next(self, pattern: re.Pattern[str]) -> bool:
        return pattern.match(self.shade, self.signs.end("gap")) is not None

    def is_enumerator(self) -> bool:
        """Whether this is the number of a point: it stands first, or after ``:``, or goes on counting (``1. … 2.``)."""
        at = self.signs.start()
        if _ENUMERATOR.fullmatch(self.shade, self.start, at):
            return True
        count = _COUNT.search(self.shade, max(self.start, at - 3), at)
        if not count:
            return False
        sentence = self.shade[self.start : count.start()]
        if count[0] in ("1", "a", "A"):
            return sentence.rstrip().endswith((":", "："))
        last = str(int(count[0]) - 1) if count[0].isdigit() else chr(ord(count[0]) - 1)
        return re.search(rf"(?<![\w.]){re.escape(last)}\. ", sentence) is not None


@lru_cache(maxsize=64)
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text or r"(?!)")


def _ends(place: _Place, text: TextHabits) -> bool:
    """Whether the sentence ends here."""
    if _goes_on(place, text):
        return False
    if _WIDE_END.search(place.end):
        return _ends_wide(place)
    if STOP in place.end:
        return _is_unspaced(place.after) or (place.is_spaced and not place.after.islower())
    if not place.is_spaced:
        return _ends_without_space(place, text)
    if place.after.islower() and not _is_unspaced(place.before) and not _begins_remark(place):
        return False
    return place.end != "." or place.is_quoted or not _abbreviates(place, text)


def _goes_on(place: _Place, text: TextHabits) -> bool:
    """Whether what ends here is a part of a sentence that goes on: a quotation, a title, a remark in brackets."""
    if place.close:
        if "》" in place.close or place.matches_next(_pattern(text.continues)):
            return True
        return "。" not in place.end and _closes_remark(place)
    return place.end[-1] in "?!？！" and place.matches_next(_pattern(text.reports))


def _closes_remark(place: _Place) -> bool:
    """Whether a bracket closes here that opened in mid-sentence: ``a density (p.d.f.) $p$``."""
    inner = place.shade[place.start : place.signs.start()]
    for opening, closing in _BRACKETS:
        if closing in place.close:
            depth = 1
            at = len(inner)
            while depth and (at := max(inner.rfind(opening, 0, at), inner.rfind(closing, 0, at))) >= 0:
                depth += 1 if inner[at] == closing else -1
            return depth == 0 and bool(inner[:at].strip(_OPENING))
    return False


def _ends_wide(place: _Place) -> bool:
    if place.end == "．" and (place.is_enumerator() or (place.before.isdecimal() and place.after.isdecimal())):
        return False
    return place.shade[place.signs.end("gap")] not in ",，、;；:：．"


def _begins_remark(place: _Place) -> bool:
    """A bracket after a full stop is a sentence of its own, whatever letter it begins with."""
    return not place.is_quoted and place.signs["open"].startswith(("(", "（"))


def _is_unspaced(sign: str) -> bool:
    return _UNSPACED.match(sign) is not None


def _ends_without_space(place: _Place, text: TextHabits) -> bool:
    """``측정합니다.힌트``, ``GPU.我们``: so in scripts without capitals, in others only before a known first word."""
    if "…" in place.end or place.end.endswith(".."):
        return False
    if _is_unspaced(place.after):
        return place.end != "." or not (_abbreviates(place, text) or _is_abbreviation(place.word_before(), text))
    following = place.shade[place.signs.end("close")]
    if _is_unspaced(place.before):
        is_counted = following.isdigit() and _HANGUL.match(place.before)
        return following in (SOLID, OPENER) or following.isupper() or bool(is_counted)
    return place.end == "." and place.before.islower() and place.word_after() in text.initials_end_before


def _is_abbreviation(word: str, text: TextHabits) -> bool:
    return bool(_forms(word) & text.endings) or ("." in word and _is_acronym(word))


def _forms(word: str) -> set[str]:
    return {word, word[:1].lower() + word[1:]}


def _abbreviates(place: _Place, text: TextHabits) -> bool:
    """Whether the full stop belongs to the word before it and ends nothing."""
    word = place.word_before()
    if not word or place.is_enumerator():
        return place.is_enumerator()
    forms = _forms(word)
    if forms & text.titles:
        return True
    if forms & text.numbered and place.matches_next(_COUNTED):
        return True
    if word.isdigit():
        return text.ordinals and len(word) <= 2
    begins = place.after.isupper() or _is_unspaced(place.after)
    if _is_acronym(word):
        return not begins if word.islower() else _is_part_of_name(word, place, text)
    return bool(forms & text.endings) and (not begins or _is_in_chain(place, text))


def _is_acronym(word: str) -> bool:
    """An initial (``H``) or letters with full stops (``U.S``, ``p.m.f``)."""
    letters = word.split(".")
    return (len(word) > 1 or word.isupper()) and word != "I" and all(len(x) == 1 and x.isalpha() for x in letters)


def _is_part_of_name(word: str, place: _Place, text: TextHabits) -> bool:
    """``H. Wells``, ``U.S. Army``, but not ``the U.S. The``; ``matrix A. 3`` is a letter, not an initial."""
    if place.after.isupper():
        return place.word_after() not in text.initials_end_before
    return len(word) > 1


def _is_in_chain(place: _Place, text: TextHabits) -> bool:
    """``Co. Ltd.``: whether the next word is an abbreviation of the same sort."""
    word = place.word_after()
    return word in text.endings and place.shade.startswith(".", place.signs.end() + len(word))


def _is_enclosed(shade: str, start: int, cut: int) -> bool:
    """Whether a bracket or quotation that opened in mid-sentence is still open; one the sentence begins with is not."""
    inner = shade[start:cut]
    for opening, closing in _PAIRS:
        first = inner.find(opening)
        if first < 0 or not inner[:first].strip(OPENER):
            continue
        is_open = inner.count(opening) % 2 if opening == closing else inner.count(opening) > inner.count(closing)
        if is_open and shade.find(closing, cut, cut + _REACH) >= 0:
            return True
    return False
