"""Terminology: what the glossary of a book says, whether its translation follows, and what Amazon Translate takes."""
