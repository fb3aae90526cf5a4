"""``amts parallel-data list|show|download|delete``: the examples that Amazon Translate keeps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence
    from datetime import datetime

    from bot.cli.console import Console
    from sync.engines.amazon.resources.standing import Resource
    from sync.engines.amazon.service.clients import Clients

ACTIONS: Final = {
    "list": "what the service keeps in a region",
    "show": "all that is known of one, and why records of it were not taken",
    "download": "write the examples that are in use into a file",
    "delete": "delete one for good",
}
REGIONS: Final = ("AWS_REGION", "AWS_DEFAULT_REGION")


def configure(actions: Any) -> None:
    """Add the actions to those of the command."""
    for name, about in ACTIONS.items():
        action = actions.add_parser(name, help=about, description=f"{about[0].upper()}{about[1:]}.")
        action.add_argument("--region", default="", metavar="REGION", help="of the service (default: AWS_REGION)")
        if name != "list":
            action.add_argument("name", metavar="NAME", help="as the list shows it")
        if name in {"list", "show"}:
            action.add_argument("--json", action="store_true", help="print the result for a program")
        elif name == "download":
            action.add_argument("-o", "--output", required=True, type=Path, metavar="FILE", help="file to write")
        else:
            _configure_delete(action)


def _configure_delete(action: ArgumentParser) -> None:
    action.add_argument("--yes", action="store_true", help="yes, delete it; nothing is deleted without")
    action.add_argument("--any", action="store_true", help="also what AMTS has not made")


def run(arguments: Namespace, console: Console) -> int:
    from sync.engines.amazon.service.clients import open_translate

    clients = open_translate(_region(arguments, console))
    if arguments.action == "list":
        return _list(clients, arguments, console)
    found = _find(clients, arguments.name)
    if arguments.action == "show":
        return _show(found, arguments, console)
    return (_download if arguments.action == "download" else _delete)(clients, found, arguments, console)


def _region(arguments: Namespace, console: Console) -> str:
    """Raises UsageError where nobody says which, or it is none."""
    from sync.engines.amazon.settings import REGION
    from sync.errors import UsageError

    region = str(arguments.region or next(filter(None, map(console.env.get, REGIONS)), ""))
    if REGION.fullmatch(region):
        return region
    said = f"{region!r} is no region" if region else "It is not known in which region to look"
    message = f"{said}. Give --region, or set {REGIONS[0]}: us-east-1, for example."
    raise UsageError(message)


def _find(clients: Clients, name: str) -> Resource:
    """Raises UsageError where there is none of this name, with those that there are."""
    from sync.engines.amazon.resources.standing import listed, look
    from sync.errors import UsageError

    found = look(clients, name)
    if found:
        return found
    names = ", ".join(one.name for one in listed(clients)) or "none"
    message = f"{name}: there is no such parallel data in {clients.context['region']}. There is: {names}."
    raise UsageError(message)


# List and show


def _list(clients: Clients, arguments: Namespace, console: Console) -> int:
    from sync.engines.amazon.resources.standing import listed

    found = listed(clients)
    if arguments.json:
        console.print(json.dumps([_fields(one) for one in found], ensure_ascii=False))
    elif found:
        _print_table(found, console)
    else:
        console.print(f"There is no parallel data in {clients.context['region']}.")
    return 0


def _print_table(found: Sequence[Resource], console: Console) -> None:
    from rich.box import SIMPLE
    from rich.table import Table
    from rich.text import Text

    from bot.quoting import printable

    table = Table(box=SIMPLE, pad_edge=False)
    for title in ("name", "languages", "status", "records", "characters", "updated", "digest"):
        table.add_column(title, justify="right" if title in {"records", "characters"} else "left", overflow="fold")
    for one in found:
        cells = (
            *(one.name, _languages(one), _status(one), f"{one.imported:,}", f"{one.size:,}"),
            *(_when(one.updated)[:16].replace("T", " "), one.digest[:12]),
        )
        table.add_row(*(Text(printable(cell)) for cell in cells))
    console.rich().print(table)


def _show(found: Resource, arguments: Namespace, console: Console) -> int:
    from sync.engines.amazon.resources.standing import reasons

    why = list(reasons(found))
    fields = _fields(found) | {
        "description": found.description,
        "format": found.form,
        "file": found.uri,
        "message": found.message,
        "attempted": _when(found.attempted),
        "reasons": why,
    }
    if arguments.json:
        console.print(json.dumps(fields, ensure_ascii=False))
        return 0
    fields |= {"languages": _languages(found), "status": _status(found), "reasons": ""}
    for name, value in fields.items():
        if value not in {"", None}:
            console.print(f"{name:>12}  {value:,}" if isinstance(value, int) else f"{name:>12}  {value}")
    for reason in why:
        console.print(f"{'not taken':>12}  {reason}")
    return 0


def _fields(found: Resource) -> dict[str, Any]:
    return {
        "name": found.name,
        "languages": list(found.languages),
        "status": found.status,
        "attempt": found.attempt,
        "records": found.imported,
        "skipped": found.skipped,
        "failed": found.failed,
        "characters": found.size,
        "created": _when(found.created),
        "updated": _when(found.updated),
        "digest": found.digest,
    }


def _languages(found: Resource) -> str:
    return f"{found.languages[0]} → {', '.join(found.languages[1:])}" if found.languages else ""


def _status(found: Resource) -> str:
    from sync.engines.amazon.resources.standing import ACTIVE

    return f"{found.status}, update {found.attempt}" if found.attempt not in {"", ACTIVE} else found.status


def _when(time: datetime | None) -> str:
    """In UTC."""
    from datetime import UTC

    return time.astimezone(UTC).isoformat(timespec="seconds") if time else ""


# Download and delete


def _download(clients: Clients, found: Resource, arguments: Namespace, console: Console) -> int:
    from sync.engines.amazon.resources.standing import download
    from sync.files import write_bytes

    data = download(found)
    write_bytes(arguments.output, data)
    console.print(f"wrote {arguments.output}: {found.imported:,} examples, {len(data):,} bytes")
    return 0


def _delete(clients: Clients, found: Resource, arguments: Namespace, console: Console) -> int:
    from sync.engines.amazon.resources.standing import OURS, remove
    from sync.errors import UsageError

    if not found.name.startswith(OURS) and not arguments.any:
        message = f"{found.name} was not made by AMTS, whose names begin with {OURS}. Add --any to delete it anyway."
        raise UsageError(message)
    lost = f"{found.imported:,} examples ({_languages(found) or 'of no language'}), {_status(found)}"
    if not arguments.yes:
        message = (
            f"{found.name}: {lost}. They would be gone for good, and jobs that wait for them would fail. "
            f"To keep a copy: amts parallel-data download {found.name} -o FILE. To delete them, add --yes."
        )
        raise UsageError(message)
    status = remove(clients, found.name)
    console.print(f"{found.name}: {lost}: the service deletes it now ({status}).")
    return 0
