"""One cell of a glossary → the wordings it stands for: brackets and alternatives taken apart."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BRACKETS: Final = re.compile(r"\s*[(（\[［]([^()（）\[\]［］]*)[)）\]］]\s*")
EMPHASIS: Final = re.compile(r"\*\*|__|`|(?<!\w)[*_]|[*_](?!\w)")
LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)")
ALTERNATIVES: Final = re.compile(r"\s*[,，、;；]\s*|\s+[/／|]\s+|\s*／\s*")
FEW: Final = 3
"""Brackets of a cell that may be there or not; of more, none is."""
PHRASE: Final = 3
"""Words from which brackets that are as long as what they follow say the same in other words."""
LIST: Final = re.compile(r"\s*[,，、;；]\s*")
SLASH: Final = re.compile(r"([^\s/]+)/([^\s/]+)")
OR: Final = re.compile(r"(?:^|\s)(?:[/／]|or|veya|ya da|hoặc|hay|또는|혹은|oder|ou|または|或者)\s")
"""Words for *or*, of those languages in which one cannot be taken for another word."""
NOTE_BEGINS: Final = re.compile(r"(?:in|of|for|vs|e\.g|i\.e|noun|verb|adjective|adj|a|the|n|v)\b\.?", re.IGNORECASE)
OPTIONAL: Final = 2
"""Words that brackets may hold to be read with the rest: ``command line (interface)``."""


def english_wordings(cell: str) -> tuple[tuple[str, ...], str]:
    """The English wordings of a cell, the main one first, and what its brackets say besides.

    ``long short-term memory (LSTM)`` is two wordings, ``bias (of an estimator)`` one with a note,
    ``negative sample/example`` two, ``model parameter(s)`` two.
    """
    plain = _plain(cell)
    notes = [inner.strip() for inner in BRACKETS.findall(plain)]
    found = [wording for part in _alternatives(plain) for wording in _open_english(part)]
    return _different(found), "; ".join(note for note in notes if note)


def translations(cell: str) -> tuple[str, ...]:
    """The accepted translations of a cell, the preferred one first.

    What stands in brackets may be there or not; after *or*, or where it is as long as the rest, it is an alternative.
    """
    plain = _plain(cell)
    if len(BRACKETS.findall(plain)) > FEW:
        plain = BRACKETS.sub(" ", plain).strip()
    parts = LIST.split(_hidden(plain))
    return _different(wording for part in parts for wording in _open_translation(part.translate(_SHOW)))


def acronym_of(short: str, long: str) -> bool:
    """Whether a word is made of letters of several others in their order, hardly more letters than words."""
    letters = "".join(filter(str.isalnum, short)).casefold().removesuffix("s")
    words = [word for word in re.split(r"[\s-]+", long.casefold()) if word]
    if " " in short or not 1 < len(letters) <= len(words) + 1 or not words[0].startswith(letters[0]):
        return False
    rest = iter("".join(words))
    return all(letter in rest for letter in letters)


def is_acronym(wording: str) -> bool:
    """Whether a wording is letters of which more than the first are capitals: ``LSTM``, ``ReLU``, ``IoU``."""
    return " " not in wording and sum(letter.isupper() for letter in wording[1:]) > 0


def without_links(cell: str) -> str:
    """A cell with the words of its links in place of them."""
    return LINK.sub(r"\1", cell)


def _plain(cell: str) -> str:
    """Without markup, composed, white space folded."""
    text = EMPHASIS.sub("", without_links(unicodedata.normalize("NFC", cell)))
    return re.sub(r"\s+", " ", text).strip(" \t.。") if not text.rstrip().endswith(".)") else text.strip()


def _different(wordings: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(wording for wording in wordings if any(map(str.isalnum, wording))))


_INSIDE: Final = ",，、;；/／| "
_HIDE: Final = {ord(sign): 0xE000 + number for number, sign in enumerate(_INSIDE)}
_SHOW: Final = {0xE000 + number: sign for number, sign in enumerate(_INSIDE)}
"""What parts alternatives, and what stands for it inside of brackets, where it parts nothing."""


def _hidden(text: str) -> str:
    return BRACKETS.sub(lambda found: found[0].replace(found[1], found[1].translate(_HIDE)), text)


def _alternatives(text: str) -> Iterator[str]:
    """English alternatives: parted by commas, and by slashes with spaces."""
    parts = ALTERNATIVES.split(_hidden(text))
    signs = ["", *(found.strip() for found in ALTERNATIVES.findall(_hidden(text)))]
    for number, (part, sign) in enumerate(zip(parts, signs, strict=True)):
        yield (_completed(part, parts[number - 1]) if sign in ("/", "／") else part).translate(_SHOW)


def _completed(part: str, before: str) -> str:
    """``source data / distribution`` is short for ``source data / source distribution``."""
    words, others = part.split(), before.split()
    return " ".join(others[: -len(words)] + words) if 0 < len(words) < len(others) else part


def _open_english(part: str) -> Iterator[str]:
    for wording in _slashes(part):
        brackets = BRACKETS.search(wording)
        if brackets is None:
            yield wording.strip()
            continue
        bare, inner = _join(wording, brackets, ""), brackets[1].strip()
        yield bare
        if _is_other_wording(inner, bare):
            yield inner
        elif len(inner.split()) <= OPTIONAL and "," not in inner and not NOTE_BEGINS.match(inner):
            yield _join(wording, brackets, inner)


def _is_other_wording(inner: str, bare: str) -> bool:
    """Whether brackets say the same in fewer or more letters."""
    is_short = is_acronym(inner) and inner[0].casefold() == bare[0].casefold()
    return is_short or acronym_of(inner, bare) or acronym_of(bare, inner) or _same_letters(inner, bare)


def _open_translation(part: str) -> Iterator[str]:
    for wording in (one for either in _either(part) for one in _slashes(either)):
        brackets = BRACKETS.search(wording)
        if brackets is None:
            yield wording.strip()
            continue
        bare, inner = _join(wording, brackets, ""), brackets[1].strip()
        yield from _open_translation(bare)
        if OR.match(inner) or len(inner.split()) == len(bare.split()) >= PHRASE:
            yield OR.sub("", inner, count=1).strip()
        else:
            yield from _open_translation(_join(wording, brackets, inner))


def _join(wording: str, brackets: re.Match[str], inner: str) -> str:
    """A wording with something in place of its brackets."""
    before, after = wording[: brackets.start()], wording[brackets.end() :]
    gaps = brackets[0].split(brackets[0].strip())
    if not inner:
        gap = " " if (gaps[0] or gaps[-1]) and before and after else ""
        return (before + gap + after).strip()
    return (before + gaps[0] + inner + gaps[-1] + after).strip()


def _either(part: str) -> Iterator[str]:
    """``kayıp veya yitim fonksiyonu``: the first with what it lacks of the second, and the second."""
    hidden = _hidden(part)
    found = OR.search(hidden)
    if found is None or found.start() == 0:
        yield part
        return
    first, second = hidden[: found.start()].strip(), hidden[found.end() :].strip()
    words = first.split()
    yield " ".join(words + second.split()[len(words) :]).translate(_SHOW)
    yield second.translate(_SHOW)


def _slashes(wording: str) -> Iterator[str]:
    """``negative sample/example``, ``实例/示例``: one wording for each side of the first slash."""
    found = SLASH.search(wording)
    if found is None:
        yield wording
        return
    for side in (found[1], found[2]):
        yield wording[: found.start()] + side + wording[found.end() :]


def _same_letters(one: str, other: str) -> bool:
    return one.replace(" ", "").replace("-", "").casefold() == other.replace(" ", "").replace("-", "").casefold()
