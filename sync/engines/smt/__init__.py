"""Phrase-based translation, trained on the sentence pairs of a fork. Pure: no disk, no network."""

from sync.engines.smt.confidence import Hypothesis
from sync.engines.smt.model import Model
from sync.engines.smt.training import train

__all__ = ["Hypothesis", "Model", "train"]
