"""``amts collect``: what a service has finished since a run ended as waiting, brought into the forks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.cli import sync

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from bot.cli.console import Console

HELP: Final = "Finish what an earlier amts sync left waiting for Amazon Translate, and send nothing new."
EPILOG: Final = """\
examples:
  amts collect --source en/ --target fork/ --lang zh --publish branch
  amts collect --source en/ --target fork/ --lang zh --output result/

It takes the arguments of amts sync. What was never sent stays pending; the next amts sync sends it. That, too, finishes
first what is waiting, so a schedule needs nothing but amts sync.
"""


def configure(parser: ArgumentParser) -> None:
    sync.configure(parser)
    parser.set_defaults(engine="amazon", only_collect=True)


def run(arguments: Namespace, console: Console) -> int:
    """As ``amts sync``. Raises Waiting, which is no failure, while the service is at work."""
    return sync.run(arguments, console)
