"""``amts``: reads the arguments, calls one command, turns errors into exit codes."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Final

from bot.cli.console import Console

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS: Final = {
    "demo": "bot.cli.demo",
    "sync": "bot.cli.sync",
    "update": "bot.cli.update",
    "align": "bot.cli.align",
    "check": "bot.cli.check",
    "replay": "bot.cli.replay",
}
"""Adding one: a module, and a word here. The modules import nothing heavy before they run."""

EPILOG: Final = """\
exit codes: 0 done, 1 findings, 2 wrong usage, 3 over budget, 4 no baseline, 5 repository,
6 unreadable input, 7 some chapters failed, 8 engine, 10 anything else

examples:
  amts demo                                        see the whole job on a small book
  amts update old.md new.md chapter.zh.md --lang zh -o out.md
  amts sync --source en/ --target fork/ --lang zh --dry-run
"""


def build_parser() -> argparse.ArgumentParser:
    """The parser of every command, from the modules listed in ``COMMANDS``."""
    parser = argparse.ArgumentParser(
        prog="amts",
        description="Keeps the translations of a Markdown book in step with its English.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=_version())
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, module_name in COMMANDS.items():
        module = import_module(module_name)
        command = commands.add_parser(
            name,
            help=module.HELP,
            description=module.HELP,
            epilog=module.EPILOG,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.configure(command)
        command.set_defaults(run=module.run)
    return parser


def _version() -> str:
    from importlib.metadata import version

    return f"amts {version('amts')}"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns its exit code; errors with an answer for the reader are printed, not raised."""
    arguments = build_parser().parse_args(argv)
    console = Console(sys.stdout, sys.stderr, os.environ)
    from sync.errors import AmtsError

    try:
        return int(arguments.run(arguments, console))
    except AmtsError as error:
        if arguments.debug:
            raise
        console.error(str(error))
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        console.error("Interrupted. Nothing was left half-written; run the same command again.")
        return 130


if __name__ == "__main__":
    sys.exit(main())
