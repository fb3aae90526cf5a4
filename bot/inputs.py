"""The inputs of a run that was started by hand, which may say anything, as values that can be used. Pure."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

from bot.model import Inputs
from bot.quoting import printable
from sync.errors import UsageError
from sync.repositories.paths import unsafe

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LENGTH: Final = 10_000
"""Characters of one input."""
ITEMS: Final = 500
"""Paths or languages of one input."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")
_REF = re.compile(r"(?!.*(?:\.\.|//|/\.|\.lock(?:/|$)|[./]$))[A-Za-z0-9_][A-Za-z0-9_./+-]{0,200}")
"""Fewer than git allows: none can be an option, an expression, or hard to read."""
_YES: Final = {"true", "yes", "1"}
_NO: Final = {"false", "no", "0"}


def read_inputs(given: Mapping[str, Any]) -> Inputs:
    """The inputs by their names with hyphens; empty ones are as good as none.

    Raises ``UsageError`` for a name that is not known, in case it was meant to hold a run back, and for any value that
    is not what it should be.
    """
    said = {name: text for name, value in given.items() if (text := _text(name, value))}
    for name in said:
        if name not in _READERS:
            raise UsageError(_unknown(name))
    return Inputs(**{name.replace("-", "_"): _READERS[name](name, text) for name, text in said.items()})


def _text(name: str, value: object) -> str:
    """A workflow gives strings; another repository may send numbers, lists and truth values as well."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = "\n".join(value)
    if value is None or isinstance(value, bool | int):
        value = "" if value is None else str(value)
    if not isinstance(value, str):
        message = f"The input {_quoted(name)} is neither a text nor a list of texts. Give it as in `{name}: …`."
        raise UsageError(message)
    if len(value) > LENGTH:
        message = f"The input {_quoted(name)} has {len(value):,} characters. Give at most {LENGTH:,}."
        raise UsageError(message)
    return value.strip()


def _quoted(text: str) -> str:
    shown = printable(text)
    return f"“{shown[:60]}…”" if len(shown) > 60 else f"“{shown}”"


def _unknown(name: str) -> str:
    near = get_close_matches(name, list(_READERS), 1, 0.5)
    hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(_READERS)}."
    return f"There is no input {_quoted(name)}. {hint}"


def _paths(name: str, text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_path(name, item) for item in _items(name, text, r"\n")))


def _path(name: str, path: str) -> str:
    path = path.rstrip("/")
    reason = unsafe(path) or ("it begins like an option" if path.startswith("-") else "")
    if reason:
        message = f"The input {name} has {_quoted(path)}, but {reason}. Name chapters or folders, one a line."
        raise UsageError(message)
    return path


def _languages(name: str, text: str) -> tuple[str, ...]:
    items = _items(name, text, r"[,\s]")
    return tuple(dict.fromkeys(_matching(_LANGUAGE, name, item, "Name languages as in zh or pt-BR") for item in items))


def _ref(name: str, text: str) -> str:
    return _matching(_REF, name, text, "Name a branch, a tag or a commit")


def _matching(pattern: re.Pattern[str], name: str, text: str, what: str) -> str:
    if not pattern.fullmatch(text):
        message = f"The input {name} has {_quoted(text)}. {what}."
        raise UsageError(message)
    return text


def _items(name: str, text: str, separator: str) -> list[str]:
    items = [item.strip() for item in re.split(separator, text) if item.strip()]
    if len(items) > ITEMS:
        message = f"The input {name} names {len(items):,} things. Name at most {ITEMS}, or a folder that has them."
        raise UsageError(message)
    return items


def _truth(name: str, text: str) -> bool:
    if text.lower() in _YES | _NO:
        return text.lower() in _YES
    message = f"The input {name} has {_quoted(text)}. Say true or false."
    raise UsageError(message)


def _number(name: str, text: str) -> int:
    return int(_matching(re.compile(r"[0-9]{1,12}"), name, text, "Give a whole number"))


_READERS: Final[dict[str, Callable[[str, str], Any]]] = {
    "paths": _paths,
    "languages": _languages,
    "ref": _ref,
    "dry-run": _truth,
    "max-characters": _number,
}
