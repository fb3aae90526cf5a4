"""``amts config``: what a fork wants of AMTS, whether that is written rightly, and how to change it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from bot.cli.console import Console
    from sync.config import Config

HELP: Final = "Show, check and change the configuration of a fork, .amts.yml."
EPILOG: Final = """\
examples:
  amts config show --target fork/
  amts config check --target fork/
  amts config set follow release --target fork/
  amts config set order read stale cheap --target fork/
  amts config set renames '{chapter_old/a.md: chapter_new/a.md}' --target fork/
  amts config schema > amts.schema.json

show    every key, its value, and where that comes from: .amts.yml, config.ini of d2lbook, or the default
check   every error at once, with its line and what is allowed
set     change one key where it stands; comments, unknown keys and spellings stay byte for byte
schema  the JSON Schema, for editors

A folder is read as it stands; a bare repository, a URL or a bundle, and any with --target-ref, at a revision.
exit codes: 0 it can be used, 2 it cannot
"""


def configure(parser: ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="show|check|set|schema", required=True)
    show = actions.add_parser("show", help="every key, its value, and where that comes from")
    check = actions.add_parser("check", help="every error at once")
    change = actions.add_parser("set", help="change one key where it stands")
    actions.add_parser("schema", help="the JSON Schema, for editors")
    change.add_argument("key", metavar="KEY")
    change.add_argument("value", metavar="VALUE", nargs="*", help="text or number; several make a list; or YAML")
    for action in (show, check, change):
        action.add_argument("--target", default=".", metavar="REPO", help="repository or folder of the translation")
    for action in (show, check):
        action.add_argument("--target-ref", default="", metavar="REV", help="revision of the fork")
        action.add_argument("--json", action="store_true", help="print the result for a program")


def run(arguments: Namespace, console: Console) -> int:
    actions = {"show": _show, "check": _check, "set": _set, "schema": _schema}
    return actions[arguments.action](arguments, console)


def _schema(arguments: Namespace, console: Console) -> int:
    from sync.config.schema import schema_text

    console.print(schema_text().rstrip("\n"))
    return 0


# Show and check


def _show(arguments: Namespace, console: Console) -> int:
    config = _read(arguments)
    rows = [(origin.key, _shown(config, origin.key), origin.place) for origin in config.origins]
    if arguments.json:
        fields = {key: {"value": value, "from": place} for key, value, place in rows}
        console.print(json.dumps({"keys": fields, "warnings": config.warnings}, ensure_ascii=False))
        return 0
    _print_table(rows, console)
    for warning in config.warnings:
        console.note(warning)
    return 0


def _check(arguments: Namespace, console: Console) -> int:
    from sync.config import ConfigError

    try:
        config = _read(arguments)
    except ConfigError as error:
        if not arguments.json:
            raise
        console.print(json.dumps({"valid": False, "errors": error.errors, "warnings": []}, ensure_ascii=False))
        return error.exit_code
    if arguments.json:
        fields = {"valid": True, "errors": [], "warnings": config.warnings}
        console.print(json.dumps(fields, ensure_ascii=False))
        return 0
    for warning in config.warnings:
        console.print(warning)
    said = sum(origin.place != "default" for origin in config.origins)
    console.print(f"The configuration can be used: {said} keys are given, {len(config.origins) - said} have defaults.")
    return 0


def _shown(config: Config, key: str) -> Any:
    """The value of a key as JSON has it."""
    value = getattr(config, key.replace("-", "_"))
    if key == "renames":
        return dict(value)
    if key == "keep":
        return [{"path": one.path, "digest": one.digest} if one.digest else one.path for one in value]
    return list(value) if isinstance(value, tuple) else value


def _print_table(rows: Sequence[tuple[str, Any, str]], console: Console) -> None:
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    from bot.quoting import printable

    table = Table(box=SIMPLE, pad_edge=False)
    table.add_column("key")
    for title in ("value", "from"):
        table.add_column(title, overflow="fold")
    for key, value, place in rows:
        shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        table.add_row(key, Text(printable("" if value is None else shown)), Text(printable(place)))
    console.rich().print(table)


def _read(arguments: Namespace) -> Config:
    """The configuration in a folder, or at a revision of a repository."""
    from sync.config import read_config
    from sync.repositories.repository import open_repository

    folder = Path(arguments.target)
    if not arguments.target_ref and _is_worked_in(folder):
        return read_config(lambda path: _text(folder / path))
    with open_repository(arguments.target) as fork:
        files = fork.files(fork.resolve(arguments.target_ref).id)
        return read_config(lambda path: fork.text(files[path]) if path in files else None)


def _is_worked_in(folder: Path) -> bool:
    """Whether a folder holds files as people see them, and is not a bare repository."""
    is_bare = (folder / "HEAD").is_file() and (folder / "objects").is_dir()
    return folder.is_dir() and not is_bare


def _text(path: Path) -> str | None:
    from sync.files import read_text

    return read_text(path) if path.exists() else None


# Set


def _set(arguments: Namespace, console: Console) -> int:
    from sync.config import CONFIG_PATH, set_values
    from sync.errors import UsageError
    from sync.files import write_text

    folder = Path(arguments.target)
    if not _is_worked_in(folder):
        message = f"{arguments.target}: not a folder with files. Clone the fork, and set it in the clone."
        raise UsageError(message)
    path, value = folder / CONFIG_PATH, _value(arguments.key, arguments.value)
    text = _text(path)
    first: dict[str, object] = {} if text is not None else {"version": 1}
    changed = set_values(text or "", {**first, arguments.key: value}, str(path))
    others = _refuse_wrong(changed, arguments.key, str(path))
    if changed != text:
        write_text(path, changed)
    for problem in others:
        console.note(f"{path}, {problem}")
    console.print(f"{path}: {arguments.key} {'is' if changed != text else 'was already'} {json.dumps(value)}.")
    return 0


def _refuse_wrong(text: str, key: str, path: str) -> list[str]:
    """Refuse a text in which the value of ``key`` is wrong. Returns what else is wrong or odd in it."""
    from sync.config import ConfigError
    from sync.config.load import NEXT_STEP, inspect

    _, problems = inspect(text)
    own = [problem for problem in problems if re.split(r"[.\[]", problem.key)[0] == key]
    errors = tuple(f"{problem.key}: {problem.says}" for problem in own if problem.fatal)
    if errors:
        raise ConfigError(path, errors, f"Nothing was written. {NEXT_STEP}")
    return [str(problem) for problem in problems if problem not in own]


def _value(key: str, words: Sequence[str]) -> object:
    """What words on the command line mean for a key: a text for a text, several for a list, else YAML."""
    from sync.config.schema import did_you_mean, keys, rule_of
    from sync.errors import UsageError

    if key not in keys():
        message = f"There is no key {key!r}.{did_you_mean(key, keys())} Keys: {', '.join(keys())}."
        raise UsageError(message)
    kind = rule_of(key)["type"]
    if kind == "array" and not (len(words) == 1 and words[0].startswith("[")):
        return list(words)
    if len(words) != 1:
        message = f"{key} takes one value, and {len(words)} were given."
        raise UsageError(message)
    return words[0] if kind == "string" else _from_yaml(key, words[0])


def _from_yaml(key: str, text: str) -> object:
    from sync.config.document import plain, read_document
    from sync.errors import UsageError

    root, problems = read_document(text)
    if problems or root is None:
        message = f"{key}: {text!r} is not YAML. {' '.join(problem.says for problem in problems)}"
        raise UsageError(message)
    return plain(root)
