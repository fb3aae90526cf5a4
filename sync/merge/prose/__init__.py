"""Prose: what English changed, made in the translators' sentences."""
