"""``/amts retranslate``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.commands.model import CommandSpec, Option

if TYPE_CHECKING:
    from bot.commands.model import Command
    from bot.commands.visit import Visit

SHOWN: Final = 30_000
"""Characters of what changed."""

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


def run(command: Command, visit: Visit) -> str:
    """Chapters drafted again from the default branch, in a commit on top of the branch; the others stay byte for byte.

    Raises:
        UsageError: no chapter is named, one is not in the pull request, or people edited one.
    """
    from bot.commands.chapters import differs, put, refuse_edited, remake, summary
    from bot.render import changes

    paths = _paths(command, visit)
    if not command.has("force"):
        refuse_edited(visit, paths, "With --force it is drafted again all the same.")
    start = visit.start
    book, report = remake(visit, paths, start)
    if command.has("segment"):
        from bot.commands.one_segment import put_segments

        return put_segments(visit, book, report, command.values("segment"))
    if not differs(visit, book, report):
        return f"It came out as it is on the branch, so nothing was committed. {summary(report)}"
    put(visit, book, report, start, f"Draft {len(paths)} chapters again")
    return f"Drafted again. {summary(report)}\n\n{changes(report, SHOWN)}"


def _paths(command: Command, visit: Visit) -> tuple[str, ...]:
    from sync.errors import UsageError

    if command.has("all"):
        return visit.paths
    if not command.arguments:
        message = f"Which chapters? Name some, or say --all. This pull request has {', '.join(visit.paths)}."
        raise UsageError(message)
    return visit.chosen(command.arguments)
