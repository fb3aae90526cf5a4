"""Words that take endings: which form of a new word stands where a form of another word stood.

Nothing is known of any grammar. A form is used only if the translators wrote it somewhere, and only where its ending is
that of the word it replaces, but for the vowels and first consonants that endings change to suit their word.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

ROOT: Final = 0.6
"""Share of the shorter of two words that both begin with if they are forms of one word."""
SHORT: Final = 5
"""Letters up to which a word loses only one to its endings."""
SHORTEST: Final = 3
"""Letters that two words must share at least, beyond which a whole word must be shared."""
VOWELS: Final = {"H": "iıuü", "L": "aeoö"}
"""High and low vowels: those of one kind stand for one another in endings (vowel harmony)."""
TWO_CASES: Final = (("İ", "i"), ("I", "ı"))
"""Letters that some languages pair otherwise than the rest."""

_KINDS: Final = str.maketrans({vowel: kind for kind, vowels in VOWELS.items() for vowel in vowels})
_FIRST_CONSONANTS: Final = re.compile(r"^[^HL\u1161-\u1175]*")
"""Up to the first vowel: a Latin one by its kind, or one of a Korean syllable."""


class Seen(Protocol):
    """How often the translations have a word, written just so."""

    def count(self, word: str) -> int:
        """Anywhere."""

    def count_inside(self, word: str) -> int:
        """Not at the beginning of a sentence."""


def choose_form(
    standing: str, its_forms: Iterable[str], offered: Mapping[str, float], family: Callable[[str], Iterable[str]]
) -> str | None:
    """What to write for some words in place of ``standing``, the translation of others; ``None`` if no form fits.

    Args:
        standing: as it stands, in the middle of a sentence.
        its_forms: other translations of what it translates.
        offered: translations of the new words, with their weights.
        family: the words of the translations that begin with some letters.
    """
    best = max(offered, key=lambda form: (offered[form], -len(form), form))
    head, word = best[: len(best) - len(_last(best))], _last(best)
    ending = _ending(standing, _stem(_last(standing), its_forms, family))
    stem = _stem(word, offered, family)
    found = dict.fromkeys((head + other for other in family(stem)), 0.0) | dict(offered)
    for beginning in (stem, word) if head else (stem,):  # a compound may have an ending before any other
        fitting = [form for form in found if _last(form).startswith(beginning) and _ending(form, beginning) == ending]
        if fitting:
            return max(fitting, key=lambda form: (found[form], -len(form), form))
    return None


def _last(text: str) -> str:
    """The last word, which takes the ending."""
    return text.rsplit(" ", 1)[-1]


def _stem(word: str, forms: Iterable[str], family: Callable[[str], Iterable[str]]) -> str:
    """What the forms of a word have in common with one another, and with words that begin like the shortest of them."""
    related = [form for form in map(_last, forms) if _are_related(form, word)]
    shortest = min((word, *related), key=len)
    root = round(ROOT * len(shortest) + 0.49) if len(shortest) > SHORT else max(len(shortest) - 1, SHORTEST)
    return _shared_start([word, *related, *family(shortest[:root])])


def _shared_start(words: Sequence[str]) -> str:
    """The letters that all words begin with. Those between the first and the last in order begin so, too."""
    first, last = min(words), max(words)
    length = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
    return first[:length]


def _are_related(one: str, other: str) -> bool:
    return len(_shared_start((one, other))) >= ROOT * min(len(one), len(other))


def _ending(text: str, stem: str) -> str:
    """What follows the stem, as far as it must be the same in another word."""
    letters = unicodedata.normalize("NFC", _last(text)[len(stem) :]).casefold().translate(_KINDS)
    return _FIRST_CONSONANTS.sub("", unicodedata.normalize("NFD", letters))


def raise_first(text: str, seen: Seen) -> str:
    """The text with a capital at its beginning: of two that the letter may have, the one that was written before."""
    letters = [text[:1].upper(), *(big for big, small in TWO_CASES if small == text[:1])]
    return _written(text, letters, seen)


def lower_first(text: str, seen: Seen) -> str:
    """The text with a small letter at its beginning, unless its first word mostly has a capital inside of sentences."""
    letters = [text[:1].lower(), *(small for big, small in TWO_CASES if big == text[:1])]
    word, small = _first_word(text), _written(text, letters, seen)
    is_name = word[1:2].isupper() or seen.count_inside(word) > seen.count_inside(_first_word(small))
    return text if is_name else small


def _written(text: str, letters: Iterable[str], seen: Seen) -> str:
    rest = _first_word(text)[1:]
    return max(letters, key=lambda letter: seen.count(letter + rest)) + text[1:]


def _first_word(text: str) -> str:
    return text[:1] + text[1:].split(" ", 1)[0]
