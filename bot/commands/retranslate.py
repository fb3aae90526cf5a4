"""``/amts retranslate``."""

from __future__ import annotations

from bot.commands.model import CommandSpec, Option

SPEC = CommandSpec(
    verb="retranslate",
    summary="Drafts chapters or segments again; what people edited stays",
    usage="[PATH…]",
    options=(
        Option(name="segment", summary="draft only this segment; may be given several times", value="ID"),
        Option(name="all", summary="all chapters of this pull request"),
        Option(name="force", summary="also what people edited"),
    ),
    examples=(
        "/amts retranslate chapter_intro/index.md",
        "/amts retranslate chapter_intro/index.md --segment=3f2a",
    ),
    most=20,
)
