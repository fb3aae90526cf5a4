"""Everything that can go wrong and has a reader: what, where, what next; one exit code per kind."""

from __future__ import annotations


class AmtsError(Exception):
    """An error with an answer for the person who sees it."""

    exit_code = 10


class UsageError(AmtsError):
    """A wrong argument or a wrong configuration."""

    exit_code = 2


class BudgetError(AmtsError):
    """More characters than the caller allowed."""

    exit_code = 3


class BaselineNotFound(AmtsError):
    """It is not known which English a translation was made from."""

    exit_code = 4


class RepositoryError(AmtsError):
    """A git repository cannot be read or written."""

    exit_code = 5


class InputError(AmtsError):
    """A file cannot be read as what it should be."""

    exit_code = 6


class NothingForLanguage(InputError):
    """A memory has other languages, and not the one that is asked for."""


class ChaptersFailed(AmtsError):
    """The run is done, and some chapters could not be delivered."""

    exit_code = 7


class EngineError(AmtsError):
    """An engine cannot answer."""

    exit_code = 8


class ForgeError(AmtsError):
    """GitHub refuses, or cannot be reached."""

    exit_code = 9


class Waiting(AmtsError):
    """A service is still at work, or somebody else has the slot; nothing is wrong, and a later run finishes it."""

    exit_code = 0
