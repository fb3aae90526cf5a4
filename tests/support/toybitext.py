"""A small language pair of our own, to train translation models on in no time."""

from __future__ import annotations

from functools import cache
from itertools import product

from alignment.locales import load
from alignment.markdown import D2L
from sync.engines.smt import Model, train

NOUNS = {"layer": "camada", "network": "rede", "model": "modelo", "dataset": "conjunto", "function": "função"}
VERBS = {"returns": "retorna", "computes": "calcula", "stores": "guarda"}
OBJECTS = {"the output": "a saída", "a number": "um número", "the loss": "a perda", "$x$ and $y$": "$x$ e $y$"}


def toy_pairs() -> list[tuple[str, str]]:
    """Sentences of a few words each, with formulas, code, emphasis and a reference."""
    pairs = [
        (f"The {noun} {verb} {what}.", f"A {NOUNS[noun]} {VERBS[verb]} {OBJECTS[what]}.")
        for noun, verb, what in product(NOUNS, VERBS, OBJECTS)
    ]
    for noun, its in NOUNS.items():
        pairs += [
            (f"We call `{noun}()` before the *{noun}*.", f"Chamamos `{noun}()` antes da *{its}*."),
            (f"See the {noun} in :numref:`fig_{noun}`.", f"Veja a {its} em :numref:`fig_{noun}`."),
            (f"Does the {noun} have 128 units?", f"A {its} tem 128 unidades?"),
        ]
    return pairs


@cache
def toy_model() -> Model:
    return train(toy_pairs(), source=load("en"), target=load("pt"), profile=D2L)
