"""Pairs whose wording one segment prefers, aligned by the trained model. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sync.engines.smt.bitext import LONGEST, Bitext
from sync.engines.smt.phrase_table import PhraseTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sync.engines.smt.model import Model
    from sync.engines.smt.vocabulary import Vocabulary


def example_table(
    model: Model, examples: Sequence[tuple[str, str]], vocabularies: tuple[Vocabulary, Vocabulary]
) -> PhraseTable | None:
    """The phrase pairs of some sentences and their translations. New words are added to the vocabularies."""
    bitext = Bitext.read(examples, (model.source, model.target), model.profile)
    if not bitext.pairs:
        return None
    corpus = bitext.corpus(vocabularies, model.stems, model.forms, model.translations)
    return PhraseTable(replace(corpus, depth=LONGEST))
