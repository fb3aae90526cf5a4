"""Text in, configuration out: read, checked as a whole, laid over the defaults."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from sync.config.document import Problem, plain, read_document
from sync.config.ini import read_ini
from sync.config.model import CONFIG_PATH, INI_PATH, Config, ConfigError, Kept, Origin
from sync.config.schema import check, keys, rule_of
from sync.errors import InputError
from sync.repositories.paths import unsafe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sync.config.document import Node

DEFAULT: Final = "default"
NEXT_STEP: Final = "What each key takes: `amts config schema`, or docs/configuration.md."
PATHS: Final = ("renames", "toc", "bibliography", "terminology")
"""Keys whose paths are read or written."""
UNSAID: Final[Mapping[str, Any]] = {"source": "", "lang": "", "terminology": "", "max-characters": None}
"""What a key that the schema gives no default has where nobody says it."""


def load_config(yaml_text: str | None, ini_text: str | None = None, path: str = CONFIG_PATH) -> Config:
    """The configuration that two files give; ``None`` where there is no such file. ``path`` is for the messages.

    Raises:
        ConfigError: it cannot be used; every error is in it, each with its line, its key and what is allowed.
    """
    root, problems = inspect(yaml_text or "")
    fatal = tuple(str(problem) for problem in problems if problem.fatal)
    if fatal:
        raise ConfigError(path, fatal, NEXT_STEP)
    ini, ini_warnings = read_ini(ini_text or "")
    values: dict[str, Any] = {}
    origins = []
    for key in keys():
        values[key], place = _value(key, root, ini, path)
        origins.append(Origin(key, place))
    warnings = (*(f"{path}, {problem}" for problem in problems), *ini_warnings)
    return _config(values, warnings=warnings, origins=tuple(origins))


def read_config(read: Callable[[str], str | None], path: str = CONFIG_PATH) -> Config:
    """The configuration of a fork whose files ``read`` gives by their path, ``None`` where there is no such file.

    Raises:
        ConfigError: it cannot be used.
        InputError: ``.amts.yml`` cannot be read. Where that holds of ``config.ini``, it is a warning.
    """
    text = read(CONFIG_PATH)
    try:
        return load_config(text, read(INI_PATH), path)
    except InputError as error:
        config = load_config(text, None, path)
        return replace(config, warnings=(*config.warnings, f"{error} It gives no defaults."))


def inspect(yaml_text: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """The tree of a configuration and all that is wrong or odd in it, in the order of its lines."""
    root, problems = read_document(yaml_text)
    if root is not None and root.kind == "null" and not root.text:
        root = None
    if root is not None:
        problems = (*problems, *check(root))
        problems = (*problems, *_unsafe_paths(root, {problem.line for problem in problems if problem.fatal}))
    return root, tuple(sorted(dict.fromkeys(problems), key=lambda problem: problem.line))


def _unsafe_paths(root: Node, told: set[int]) -> Iterator[Problem]:
    """Paths that lead out of the repository, or into what is git's own, on lines of which nothing was told yet."""
    for key in PATHS:
        entry = root.entry(key)
        for node in _scalars(entry[1]) if entry else ():
            reason = unsafe(node.text) if node.kind == "string" else ""
            if reason and node.line not in told:
                yield Problem(node.line, key, f"{node.shown} is not allowed: {reason}.")


def _scalars(node: Node) -> Iterator[Node]:
    below = [*node.items, *(part for entry in node.entries for part in entry)]
    for one in below:
        yield from _scalars(one)
    if not below and node.text:
        yield node


def _value(key: str, root: Node | None, ini: Mapping[str, tuple[Node, str]], path: str) -> tuple[Any, str]:
    """What holds for a key, and who says so: the configuration, else the ini file, else the schema."""
    entry = root.entry(key) if root else None
    if entry:
        return plain(entry[1]), f"{path}, line {entry[0].line}"
    if key in ini:
        node, place = ini[key]
        return plain(node), place
    return rule_of(key).get("default", UNSAID.get(key)), DEFAULT


def _config(values: Mapping[str, Any], *, warnings: tuple[str, ...], origins: tuple[Origin, ...]) -> Config:
    fields: dict[str, Any] = {key.replace("-", "_"): _frozen(value) for key, value in values.items()}
    fields["renames"] = tuple(values["renames"].items())
    fields["keep"] = tuple(_kept(values["keep"]))
    return Config(**fields, warnings=warnings, origins=origins)


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _kept(entries: Iterable[str | Mapping[str, str]]) -> Iterator[Kept]:
    for entry in entries:
        yield Kept(entry) if isinstance(entry, str) else Kept(entry["path"], entry["digest"])
