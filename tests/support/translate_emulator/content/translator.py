"""Translation with the embedded engine, so that examples and terms really change what comes out. Pure."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING, Final

from alignment.diff import fold
from alignment.locales import load
from alignment.markdown import D2L
from alignment.segmentation import split
from sync.engines.smt import Model, train
from tests.support.translate_emulator.content.disguise import Disguise, fill, outside_literals, pattern
from tests.support.translate_emulator.content.likeness import Examples
from tests.support.translate_emulator.content.masked import SENTINELS
from tests.support.translate_emulator.content.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from alignment.locales import Locale

Pair = tuple[str, str]
Languages = tuple[str, str]

ENOUGH: Final = 10
"""Pairs from which there is something to learn."""
CLOSE: Final = 0.75
"""Likeness from which the wording of an example is preferred, or stands in where there is no model. Less like ones
make translations worse."""


@dataclass(frozen=True, slots=True)
class Translated:
    """A translation, and the terms that were used in it."""

    text: str
    applied: tuple[Pair, ...]


@dataclass(slots=True)
class Translator:
    """Translates between any two languages, with what it knows of them.

    ``base`` are the sentence pairs that the service itself learned from, by source and target language; they serve
    both directions. The same question always has the same answer. Models are kept as long as the object, which any
    number of threads may use.
    """

    base: Mapping[Languages, Sequence[Pair]] = field(default_factory=dict)
    _kept: dict[str, object] = field(default_factory=dict, repr=False)
    _digests: dict[int, tuple[Sequence[Pair], str]] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def translate(
        self,
        text: str,
        languages: Languages,
        *,
        examples: Sequence[Pair] = (),
        terms: Sequence[Pair] = (),
        settings: Mapping[str, str] | None = None,
    ) -> Translated:
        """Translate a text. It always answers, with the text itself if nothing is known.

        A text that is an example becomes its target. Others are translated sentence by sentence by a model of the
        base and the examples, which prefers the wording of close examples. White space inside is
        folded, each private character comes back once. Of ``settings`` nothing is known here: neither formality nor
        brevity nor profanity changes anything.

        Args:
            text: plain, or with private characters (``MASK_BASE`` …) in the place of tags and of what is not
                translated; a ``MaskedText`` also knows what they stand for.
            examples: parallel data. Give the same tuple again, and it is read once.
            terms: what must become what, exactly as it is written.
        """
        start, end = len(text) - len(text.lstrip()), len(text.rstrip())
        if start >= end:
            return Translated(text, ())
        locales = load(languages[0]), load(languages[1])
        wanted = Wanted.of(terms, text)
        job = _Job(locales, self._known(examples), self._model(languages, locales, examples), wanted)
        made = job.translate(text[start:end], Disguise(text[start:end], getattr(text, "pieces", ())))
        return Translated(text[:start] + made + text[end:], wanted.applied(made))

    def _known(self, pairs: Sequence[Pair]) -> Examples:
        known = self._keep(f"examples {self._digest(pairs)}", lambda: Examples.of(pairs))
        assert isinstance(known, Examples)
        return known

    def _model(self, languages: Languages, locales: tuple[Locale, Locale], examples: Sequence[Pair]) -> Model | None:
        base = self._base(languages)
        if len(base) + len(examples) < ENOUGH:
            return None
        key = f"model {languages} {self._digest(base)} {self._digest(examples)}"
        source, target = locales
        model = self._keep(key, lambda: train([*base, *examples], source=source, target=target, profile=D2L))
        assert isinstance(model, Model)
        return model

    def _base(self, languages: Languages) -> Sequence[Pair]:
        if languages in self.base:
            return self.base[languages]
        turned = self.base.get(languages[::-1], ())
        found = self._keep(f"turned {languages}", lambda: tuple((target, source) for source, target in turned))
        assert isinstance(found, tuple)
        return found

    def _keep(self, key: str, make: Callable[[], object]) -> object:
        with self._lock:
            if key not in self._kept:
                self._kept[key] = make()
            return self._kept[key]

    def _digest(self, pairs: Sequence[Pair]) -> str:
        """Of some pairs; those in one and the same tuple are not read again."""
        known = self._digests.get(id(pairs))
        if known and known[0] is pairs:
            return known[1]
        digest = sha256(json.dumps(list(pairs)).encode()).hexdigest()
        if isinstance(pairs, tuple):
            self._digests[id(pairs)] = pairs, digest
        return digest


@dataclass(frozen=True, slots=True)
class _Job:
    """What is known for one text."""

    locales: tuple[Locale, Locale]
    examples: Examples
    model: Model | None
    wanted: Wanted

    def translate(self, text: str, disguise: Disguise) -> str:
        markdown = disguise.markdown()
        if disguise.undress(markdown) != disguise.text:
            return self._by_parts(text)
        if (known := self._known(markdown)) and (made := disguise.undress(known)):
            return made
        sentences = split(markdown, self.locales[0], D2L)
        if crossing := disguise.crossing(sentences, markdown):
            markdown = disguise.markdown(apart=crossing)
            sentences = split(markdown, self.locales[0], D2L)
        parts = [self._sentence(markdown[start:end]) for start, end in sentences]
        made = disguise.undress(self.locales[1].text.joiner.join(parts))
        return made or self._by_parts(text)

    def _by_parts(self, text: str) -> str:
        """What stands between the private characters, each part for itself: for texts that upset the engine."""
        parts = SENTINELS.split(text)
        made = [self._part(part) for part in parts]
        signs = [*SENTINELS.findall(text), ""]
        return "".join(part + sign for part, sign in zip(made, signs, strict=True))

    def _part(self, text: str) -> str:
        core = fold(text)
        if not core:
            return text
        before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
        return before + self._sentence(core) + after

    def _known(self, markdown: str) -> str | None:
        """The target of the example that a text is, but for its literals."""
        shape = pattern(markdown)
        found = self.examples.exact(fold(markdown), shape)
        if found is None:
            return None
        target = fill(found.target, found.pattern.literals, shape.literals)
        if target is None or not shape.halves:
            return target
        middle = len(shape.halves) // 2
        return "".join((*shape.halves[:middle], target, *shape.halves[middle:]))

    def _sentence(self, markdown: str) -> str:
        known = self._known(markdown)
        if known is not None:
            return known
        plain = outside_literals(markdown, self.wanted.expression, self.wanted.targets)
        if self.model is None:
            return self._close(markdown) or plain
        soft = self._model(markdown, self.wanted.pairs)
        if soft is not None and self.wanted.is_met(markdown, soft):
            return soft
        hard = self._model(outside_literals(markdown, self.wanted.expression, self.wanted.names), ())
        return self.wanted.named(hard) if hard is not None else plain

    def _model(self, markdown: str, terms: Sequence[Pair]) -> str | None:
        """What the model says, or nothing if it does not bring back every piece of markup."""
        assert self.model is not None
        helpers = [(one.source, one.target) for one in self.examples.like(pattern(markdown), CLOSE)]
        made = self.model.translate(markdown, examples=helpers, terms=terms).text
        return made if _markup(made) == _markup(markdown) else None

    def _close(self, markdown: str) -> str | None:
        """The target of a close example, as far as it can be used without a model."""
        shape = pattern(markdown)
        for one in self.examples.like(shape, CLOSE):
            if len(one.pattern.literals) == len(shape.literals) and not shape.halves:
                return fill(one.target, one.pattern.literals, shape.literals)
        return None


def _markup(markdown: str) -> Counter[str]:
    shape = pattern(markdown)
    return Counter((*shape.literals, *shape.halves))
