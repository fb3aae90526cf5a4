"""One sentence and its translation, judged by a term base."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sync.bitext.terminology.english import EnglishTerms
from sync.bitext.terminology.translated import Translation, is_syllabic, without_brackets
from sync.bitext.terminology.wordings import is_acronym

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from alignment.locales import Locale
    from alignment.markdown import Profile
    from sync.bitext.terminology.english import Found
    from sync.bitext.terminology.model import Term, TermBase


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a translation makes of one term of its English."""

    terms: tuple[Term, ...]
    """All senses of the English."""
    start: int
    """Where it stands in the English, in code points."""
    end: int
    followed: bool
    """Whether the translation has one of the accepted translations, in some form."""
    left_in_english: bool = False


class Judge:
    """Judges sentence pairs of one language."""

    def __init__(self, base: TermBase, profile: Profile) -> None:
        self.profile = profile
        self.english = EnglishTerms(base.translated, profile)
        self.syllabic = is_syllabic(target for term in base.translated for target in term.targets)

    def judge(self, source: str, target: str) -> tuple[Judgement, ...]:
        """The terms of a sentence, each once, at its first place. Names are left out."""
        found: dict[tuple[Term, ...], Found] = {}
        for one in self.english.find(source):
            found.setdefault(one.terms, one)
        return tuple(self._judge_all(found.values(), source, target)) if found else ()

    def _judge_all(self, found: Iterable[Found], source: str, target: str) -> Iterator[Judgement]:
        translation = Translation(target, self.profile, syllabic=self.syllabic)
        plain = without_brackets(target)
        left = {plain[one.start : one.end]: one.terms for one in self.english.find(plain)}
        for one in found:
            wording, followed = source[one.start : one.end], self.follows(translation, one.terms)
            stays = one.terms in left.values() and not followed
            if stays and wording in left and wording[0].isupper() and one.start and not is_acronym(wording):
                continue
            followed = followed or (stays and is_acronym(wording))
            yield Judgement(
                terms=one.terms, start=one.start, end=one.end, followed=followed, left_in_english=stays and not followed
            )

    def follows(self, translation: Translation, terms: Iterable[Term]) -> bool:
        """Whether a text has an accepted translation of one of these terms."""
        return any(translation.has(target) for term in terms for target in term.targets)


@lru_cache(maxsize=8)
def judge_of(base: TermBase, profile: Profile) -> Judge:
    """The judge of a term base, made once."""
    return Judge(base, profile)


def ignored_terms(source: str, target: str, base: TermBase, profile: Profile, locale: Locale) -> tuple[Term, ...]:
    """The terms of an English sentence that its translation, a draft, says otherwise, leaves out or in English.

    Of a term with several senses the first one. All that must be known of the language is seen in the glossary;
    ``locale`` is not looked at yet.
    """
    del locale
    return tuple(one.terms[0] for one in judge_of(base, profile).judge(source, target) if not one.followed)
