"""``/amts glossary``."""

from __future__ import annotations

from bot.commands.model import CommandSpec, Level

SPEC = CommandSpec(
    verb="glossary",
    summary="Proposes a term, in a pull request of its own",
    usage='add "TERM" = "TRANSLATION"',
    level=Level.MAINTAIN,
    examples=('/amts glossary add "weight decay" = "权重衰减"',),
    least=4,
    most=4,
)
