"""Capitals: words in the form they usually have inside a sentence, and the first letter of a sentence. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

TITLE: Final = 4
"""Letters of the words that a title in capitals has capitals on."""


def usual_forms(sentences: Iterable[Sequence[str]]) -> dict[str, str]:
    """The commonest form of each word, by its small letters, as far as it is not in small letters.

    The first word of a sentence says nothing, and of a title, whose words have capitals, none does.
    """
    counts: dict[str, Counter[str]] = {}
    for words in sentences:
        if not is_title(words):
            for number, word in enumerate(words):
                if word[0].isalpha() and (number or word[1:] != small(word[1:])):
                    counts.setdefault(small(word), Counter())[word] += 1
    best = {name: max(forms.items(), key=lambda form: (form[1], form[0]))[0] for name, forms in counts.items()}
    return {name: form for name, form in best.items() if form != name}


def is_title(words: Sequence[str]) -> bool:
    """Whether all long words of a text that has two begin with capitals."""
    long = [word for word in words if len(word) >= TITLE and word[0].isalpha()]
    return len(long) > 1 and all(word[0].isupper() for word in long)


def small(word: str) -> str:
    """The word in small letters. The dotted capital of Turkish has one letter too, not two."""
    return word.replace("İ", "i").lower()


def capitalized(word: str, *, dotted: bool) -> str:
    """The word with a capital at its beginning; ``dotted`` where that of i has a dot."""
    if dotted and word[:1] == "i":
        return "İ" + word[1:]
    return word[:1].upper() + word[1:]
