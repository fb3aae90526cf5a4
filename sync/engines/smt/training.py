"""Learns a model from sentence pairs. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import numpy as np

from sync.engines.smt.bitext import Bitext
from sync.engines.smt.casing import is_title, usual_forms
from sync.engines.smt.model import Model
from sync.engines.smt.spacing import Spacing
from sync.engines.smt.vocabulary import Vocabulary
from sync.engines.smt.word_alignment import train_alignment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from alignment.locales import Locale
    from alignment.markdown import Profile
    from sync.engines.smt.corpus import Integers
    from sync.engines.smt.words import Sentence

SAME: Final = 2
"""How often the word alignment is told that what is written alike is the same."""


def train(
    pairs: Sequence[tuple[str, str]],
    *,
    source: Locale,
    target: Locale,
    profile: Profile,
    advance: Callable[[str], None] = lambda step: None,
) -> Model:
    """Learn to translate from sentences and their translations, Markdown as it stands.

    The same pairs in the same order always give the same model. ``advance`` is called with the name of each step.
    """
    advance("words")
    bitext = Bitext.read(pairs, (source, target), profile)
    forms = usual_forms(_plain(right) for _, right in bitext.pairs)
    stems, words = (Vocabulary(), Vocabulary()), (Vocabulary(), Vocabulary())
    sides = bitext.stems(stems, add=True)
    same = _same_words(stems, target)
    sizes = len(stems[0].names), len(stems[1].names)
    translations = train_alignment(sides[0] + same[0], sides[1] + same[1], sizes, advance)
    advance("phrases")
    return Model(
        source=source,
        target=target,
        profile=profile,
        words=words,
        stems=stems,
        translations=translations,
        corpus=bitext.corpus(words, stems, forms, translations),
        spacing=Spacing.of(right.words for _, right in bitext.pairs),
        forms=forms,
        titles=_has_titles(bitext),
        dotted=any("İ" in word.surface for _, right in bitext.pairs for word in right.words),
    )


def _same_words(stems: tuple[Vocabulary, Vocabulary], target: Locale) -> tuple[list[Integers], list[Integers]]:
    """Words and signs that are written alike in both languages, as sentences of their own."""
    signs = dict(target.text.punctuation)
    found = [
        (number, stems[1].numbers[one])
        for name, number in stems[0].numbers.items()
        for one in sorted({name, signs.get(name, name)})
        if one in stems[1].numbers
    ]
    sides = [[np.array([pair[side]]) for pair in found for _ in range(SAME)] for side in (0, 1)]
    return sides[0], sides[1]


def _has_titles(bitext: Bitext) -> bool:
    """Whether titles with capitals on every word stay so in the target."""
    votes = Counter(is_title(_plain(right)) for left, right in bitext.pairs if is_title(_plain(left)))
    return votes[True] > votes[False]


def _plain(sentence: Sentence) -> list[str]:
    return [word.surface for word in sentence.words if not word.sort]
