"""Learns a model from sentence pairs. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

import numpy as np

from alignment.diff import fold
from alignment.markdown.masking import MaskError
from sync.engines.smt.casing import is_title, usual_forms
from sync.engines.smt.corpus import Corpus
from sync.engines.smt.model import Model, Vocabulary
from sync.engines.smt.spacing import Spacing
from sync.engines.smt.word_alignment import link_all, train_alignment
from sync.engines.smt.words import Sentence, read_sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from alignment.locales import Locale
    from alignment.markdown import Profile

STEM: Final = 6
LONGEST: Final = 120
"""Words of a sentence. Longer ones teach little and cost much."""


def train(
    pairs: Sequence[tuple[str, str]],
    *,
    source: Locale,
    target: Locale,
    profile: Profile,
    advance: Callable[[str], None] = lambda step: None,
) -> Model:
    """Learn to translate from sentences and their translations, Markdown as it stands."""
    advance("words")
    read = [both for pair in pairs if (both := _read(pair, (source, target), profile))]
    forms = usual_forms([word.surface for word in right.words if not word.sort] for _, right in read)
    vocabularies = Vocabulary(), Vocabulary()
    sources = [[vocabularies[0].add(word.key.lower()) for word in left.words] for left, _ in read]
    targets = [[vocabularies[1].add(target_key(word.key, forms)) for word in right.words] for _, right in read]
    twins = [twin_words(left, right) for left, right in read]
    stems = Vocabulary(), Vocabulary()
    stemmed = [
        stem_numbers(left, right, found, stems) for (left, right), found in zip(read, twins, strict=True)
    ]
    lefts, rights = [left for left, _ in stemmed], [right for _, right in stemmed]
    known = _same_words(stems, target)
    translations = train_alignment(lefts + known[0], rights + known[1], (len(stems[0].names), len(stems[1].names)), advance)
    links = [with_twins(found, same) for found, same in zip(link_all(translations, lefts, rights), twins, strict=True)]
    advance("phrases")
    return Model(
        source=source,
        target=target,
        profile=profile,
        source_words=vocabularies[0],
        target_words=vocabularies[1],
        source_stems=stems[0],
        target_stems=stems[1],
        translations=translations,
        corpus=Corpus.of(sources, targets, links, twins, (_carried(read, 0, vocabularies[0]), _carried(read, 1, vocabularies[1]))),
        spacing=Spacing.of(right.words for _, right in read),
        forms=forms,
        titles=_has_titles(read),
    )


SAME: Final = 2


def _same_words(stems, target: Locale):
    """Words and signs that are written alike in both languages, as sentences of their own."""
    signs = dict(target.text.punctuation)
    found = [
        (number, stems[1].numbers[one])
        for name, number in stems[0].numbers.items()
        for one in {name, signs.get(name, name)}
        if name and one in stems[1].numbers
    ]
    return tuple([np.array([pair[side]]) for pair in found for _ in range(SAME)] for side in (0, 1))


def _read(
    pair: tuple[str, str], locales: tuple[Locale, Locale], profile: Profile
) -> tuple[Sentence, Sentence] | None:
    try:
        left, right = (read_sentence(fold(text), locale, profile) for text, locale in zip(pair, locales, strict=True))
    except MaskError:
        return None
    sizes = len(left.words), len(right.words)
    return (left, right) if 0 < min(sizes) and max(sizes) <= LONGEST else None


def _carried(read: Sequence[tuple[Sentence, Sentence]], side: int, vocabulary: Vocabulary) -> frozenset[int]:
    return frozenset(vocabulary.get(word.key) for both in read for word in both[side].words if word.sort)


def target_key(key: str, forms: dict[str, str]) -> str:
    """A target word in its usual form."""
    if not key[0].isalpha():
        return key
    return forms.get(key.lower(), key.lower())


def twin_words(left: Sentence, right: Sentence) -> list[tuple[int, int]]:
    """Positions of markup and numbers that are the same in both sentences, the first with the first."""
    waiting: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, word in reversed(list(enumerate(left.words))):
        if word.sort:
            waiting[word.sort, word.content].append(at)
    return [
        (waiting[word.sort, word.content].pop(), at)
        for at, word in enumerate(right.words)
        if word.sort and waiting[word.sort, word.content]
    ]


def stem_numbers(left: Sentence, right: Sentence, twins: Iterable[tuple[int, int]], stems: tuple[Vocabulary, Vocabulary]):
    """What the word alignment sees: rough stems, and twins by their order."""
    names = [stem(word.key) for word in left.words], [stem(word.key) for word in right.words]
    for number, (i, j) in enumerate(sorted(twins)):
        names[0][i] = names[1][j] = f"<{number}>"
    return tuple(
        np.array([vocabulary.add(name) for name in side], dtype=np.int64)
        for side, vocabulary in zip(names, stems, strict=True)
    )


def stem(key: str) -> str:
    return key.lower()[:STEM]


def with_twins(links: Sequence[tuple[int, int]], twins: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The links, but those of twins only to one another."""
    lefts, rights = {i for i, _ in twins}, {j for _, j in twins}
    return sorted([*((i, j) for i, j in links if i not in lefts and j not in rights), *twins])


def _has_titles(read: Sequence[tuple[Sentence, Sentence]]) -> bool:
    """Whether titles with capitals on every word stay so in the target."""
    votes: Counter[bool] = Counter()
    for left, right in read:
        if is_title([word.surface for word in left.words if not word.sort]):
            votes[is_title([word.surface for word in right.words if not word.sort])] += 1
    return votes[True] > votes[False]
