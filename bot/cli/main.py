"""``amts``: reads the arguments, calls one command, turns errors into exit codes."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from typing import TYPE_CHECKING, Final, TextIO

from bot.cli.console import Console

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS: Final = {
    "demo": "bot.cli.demo",
    "setup": "bot.cli.setup",
    "doctor": "bot.cli.doctor",
    "status": "bot.cli.status",
    "baseline": "bot.cli.baseline",
    "sync": "bot.cli.sync",
    "collect": "bot.cli.collect",
    "revert": "bot.cli.revert",
    "keep": "bot.cli.keep",
    "update": "bot.cli.update",
    "translate": "bot.cli.translate",
    "align": "bot.cli.align",
    "check": "bot.cli.check",
    "repair": "bot.cli.repair",
    "replay": "bot.cli.replay",
    "parallel-data": "bot.cli.parallel_data",
    "memory": "bot.cli.memory",
    "terminology": "bot.cli.terminology",
    "config": "bot.cli.config",
    "effort": "bot.cli.effort",
    "plan": "bot.cli.plan",
    "run": "bot.cli.run",
    "report": "bot.cli.report",
}
"""Adding one: a module, and a word here. The modules import nothing heavy before they run."""

INTERRUPTED: Final = 130
"""Exit code after Ctrl-C, as shells have it."""

EPILOG: Final = """\
exit codes: 0 done, 1 findings, 2 wrong usage, 3 over budget, 4 no baseline, 5 repository,
6 unreadable input, 7 some chapters failed, 8 engine, 9 GitHub, 10 anything else

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
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small matrices: threads would only fight one another
    for stream in (sys.stdout, sys.stderr):
        _write_anything(stream)
    console = Console(sys.stdout, sys.stderr, os.environ)
    try:
        code = int(arguments.run(arguments, console))
        sys.stdout.flush()
    except BrokenPipeError:
        _silence(sys.stdout)  # who read this has seen enough
        return 0
    except KeyboardInterrupt:
        console.error("Interrupted. Nothing was left half-written; run the same command again.")
        return INTERRUPTED
    except Exception as error:
        if arguments.debug:
            raise
        return _tell(error, console)
    return code


def _tell(error: Exception, console: Console) -> int:
    """Print what went wrong. Returns the exit code for it."""
    from sync.errors import AmtsError

    if isinstance(error, AmtsError):
        console.error(str(error))
        return error.exit_code
    console.error(
        f"This is a bug in AMTS: {type(error).__name__}: {error}. Run the same command as amts --debug … to see where, "
        "and report it with what that prints."
    )
    return AmtsError.exit_code


def _write_anything(stream: TextIO) -> None:
    """Let a stream whose encoding lacks a character write an escape in its place."""
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")


def _silence(stream: TextIO) -> None:
    """Let nothing more be written, not even by the interpreter when it ends."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


if __name__ == "__main__":
    sys.exit(main())
