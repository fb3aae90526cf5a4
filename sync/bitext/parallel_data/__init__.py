"""Parallel data: pairs of texts by which an engine is to take its style from the translators."""
