"""What a person is shown of the demo, from the change in English to what to try next: 100 columns, colour or not."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Final

from rich.box import SIMPLE
from rich.markdown import Markdown
from rich.table import Table
from rich.text import Text

from alignment.markdown import D2L
from alignment.model import Kind
from alignment.tokens import tokenize
from bot.cli.sync_summary import tell
from bot.demo.english import JOINED, MOVED, WRAPPED
from bot.demo.examples import choose
from bot.quoting import neutral, printable
from sync.model import Fate, Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from rich.console import Console as RichConsole

    from bot.cli.console import Console
    from bot.demo.english import Step
    from bot.demo.examples import Example
    from bot.demo.forks import Brought, Own

NAME: Final = "amts"
WIDTH: Final = 100
EXAMPLES: Final = 4
"""Shown of each fate."""
OWN: Final = 3
"""Shown of what only one translation has."""
CHANGES: Final = ("edited", "added", "removed", MOVED, JOINED, WRAPPED)
MEANING: Final = {
    Fate.CARRIED: "code, formulas, marks, numbers, paths; the translators' words stay, no engine is asked",
    Fate.DRAFTED: "sentences whose parts the fork has translated before",
    Fate.PENDING: "for a human; an edited sentence keeps its translation, new English waits in a comment",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A demo that has been played."""

    folder: Path
    steps: Sequence[Step]
    forks: Sequence[Brought]
    fields: Sequence[Mapping[str, Any]]
    """The result of each fork as ``result.json`` has it."""
    seconds: float


def tell_story(story: Story, console: Console) -> None:
    """All of it."""
    console.print(f"A small book about data, in {story.folder}")
    _tell_english(story, console)
    for fork, fields in zip(story.forks, story.fields, strict=True):
        _tell_fork(fork, fields, console)
    for fate in Fate:
        _tell_examples(story, fate, console)
    _tell_pull_request(story.forks[0], story.fields[0]["output"], console)
    _tell_again(story, console)
    _tell_where(story, console)
    console.print(f"\nDone in {story.seconds:.1f} seconds. The engine is local: no account, no network.")


def _title(text: str, console: Console) -> None:
    rich = _rich(console)
    rich.print()
    rich.print(Text(text, style="bold"))
    rich.print(Text("─" * min(WIDTH, rich.width), style="dim"))


def _rich(console: Console) -> RichConsole:
    rich = console.rich()
    rich.width = min(rich.width, WIDTH)
    return rich


# --- English -----------------------------------------------------------------------------------------------------


def _tell_english(story: Story, console: Console) -> None:
    _title("What changed in English", console)
    table = Table(box=SIMPLE, pad_edge=False, padding=0)
    for name in ("commit", "date"):
        table.add_column(name, no_wrap=True)
    table.add_column("what", overflow="fold")
    for name in ("chapters", *CHANGES):
        table.add_column(name, justify="right", no_wrap=True)
    for number, step in enumerate(story.steps):
        counts = [str(step.counts[name] or "") for name in CHANGES] if number else [""] * len(CHANGES)
        about = (step.commit.short, step.commit.date[:10], Text(printable(step.commit.subject)))
        table.add_row(*about, str(step.chapters), *counts)
    _rich(console).print(table)
    console.print(
        "In segments: sentences, cells, formulas, directives. Joined is split or merged; wrapped is no change."
    )
    console.print("The translations were made from the first edition; all that follows is new to them at once.")


# --- a fork ------------------------------------------------------------------------------------------------------


def _tell_fork(fork: Brought, fields: Mapping[str, Any], console: Console) -> None:
    report = fork.first.report
    old, new = report.chapters[0].baseline, report.source
    origin = f"from {old.commit[:8]} " if old else ""
    _title(f"{fork.lang}: the translation is brought {origin}to {new.short}", console)
    shown = {name: value for name, value in fields.items() if name != "output"}
    tell(report, shown, console)
    _tell_own(fork.lang, fork.own, console)
    console.print(f"Pull request: {fork.first.plan.title}")


def _tell_own(lang: str, own: Sequence[Own], console: Console) -> None:
    if not own:
        console.print(f"Every block of {lang} has its English.")
        return
    stayed, rich = sum(one.stayed for one in own), _rich(console)
    blocks = "1 block" if len(own) == 1 else f"{len(own)} blocks"
    console.print(f"English never had {blocks} of {lang}; {stayed} of them stayed, character for character:")
    shown = [one for one in own if one.block.kind not in {Kind.TAB, Kind.DIRECTIVE}][:OWN]
    for one in shown:
        text = printable(" ".join(one.block.text.split()))
        line = Text(f"  {one.path}:{one.block.line}  {text}")
        rich.print(line, no_wrap=True, overflow="ellipsis", style="" if one.stayed else "red")
    if len(own) > len(shown):
        console.print(f"  and {len(own) - len(shown)} more")


# --- examples ----------------------------------------------------------------------------------------------------


def _tell_examples(story: Story, fate: Fate, console: Console) -> None:
    reports = [fork.first.report for fork in story.forks]
    count = sum(report.segments(fate) for report in reports)
    examples = choose(reports, fate, EXAMPLES)
    _title(f"{fate.capitalize()}: {MEANING[fate]}", console)
    if examples:
        _rich(console).print(_sides("", Text("before", style="dim"), Text("after", style="dim")))
    for example in examples:
        _tell_example(example, console)
    console.print(f"{len(examples)} of {count} {fate} segments; the pull requests have all of them.")


def _tell_example(example: Example, console: Console) -> None:
    outcome, rich = example.outcome, _rich(console)
    how = f", {outcome.origin}, {outcome.confidence:.0%} sure" if outcome.fate is Fate.DRAFTED else ""
    note = f". {outcome.note}" if outcome.note else ""
    rich.print(Text(printable(f"{example.path}:{outcome.line}, {outcome.op}{how}{note}"), style="cyan"))
    rich.print(_sides("en", *_contrast(*example.english)))
    rich.print(_sides(example.lang, *_contrast(*example.translation)))
    rich.print()


def _sides(name: str, before: Text, after: Text) -> Table:
    """Two texts side by side."""
    table = Table.grid(expand=True, padding=(0, 2, 0, 0))
    table.add_column(min_width=4, no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    table.add_row(f"  {name}", before, after)
    return table


def _contrast(before: str, after: str) -> tuple[Text, Text]:
    """Both texts, in each the words that the other does not have made to stand out."""
    left, right = Text(printable(before) or "–"), Text(printable(after) or "–")
    if not before or not after:
        return left, right
    old, new = tokenize(left.plain, D2L), tokenize(right.plain, D2L)
    matcher = SequenceMatcher(None, [token.text for token in old], [token.text for token in new], autojunk=False)
    for tag, i, j, m, n in matcher.get_opcodes():
        if tag != "equal" and i < j:
            left.stylize("bold red", old[i].start, old[j - 1].end)
        if tag != "equal" and m < n:
            right.stylize("bold green", new[m].start, new[n - 1].end)
    return left, right


# --- the end -----------------------------------------------------------------------------------------------------


def _tell_pull_request(fork: Brought, place: str, console: Console) -> None:
    """The beginning of a pull request, as its reviewer sees it."""
    _title(f"The pull request of {fork.lang} as its reviewer sees it; all of it is in {place}/pull-request.md", console)
    beginning = "\n#### ".join(fork.first.plan.body.split("\n#### ")[:2])
    _rich(console).print(Markdown(f"# {neutral(fork.first.plan.title)}\n\n{beginning}"))


def _tell_again(story: Story, console: Console) -> None:
    _title("A second run", console)
    for fork in story.forks:
        same, rest = fork.again.written, fork.rest.report
        made = "another commit" if same.new else f"no commit, {same.branch} stays at {same.commit[:8]}"
        console.print(f"{fork.lang}  from the same fork: {made}")
        console.print(
            f"    from that branch: {rest.count(Status.UNCHANGED)} of {len(rest.chapters)} chapters unchanged, "
            f"{len(rest.files)} files to write, {rest.characters} characters to draft"
        )


def _tell_where(story: Story, console: Console) -> None:
    _title("Where it is, and what to try next", console)
    for fork, fields in zip(story.forks, story.fields, strict=True):
        console.print(f"{fork.lang}  {fields['output']}/pull-request.md")
        console.print(f"    git -C {story.folder / fork.lang} diff main {fork.first.written.branch}")
    lang, english = story.forks[0].lang, story.folder / "en"
    chapter = story.forks[0].first.report.chapters[0].result.path
    console.print("\nChange a sentence of the English, commit it, and see what becomes of it:")
    console.print(f"    $EDITOR {english / chapter}")
    console.print(f"    git -C {english} commit -am 'My change'")
    console.print(
        f"    {_program(console)} sync --source {english} --target {story.folder / lang} --lang {lang} --publish branch"
    )


def _program(console: Console) -> str:
    """What this program is called at the caller's prompt."""
    started_as = sys.argv[0]
    return NAME if shutil.which(NAME, path=console.env.get("PATH")) or NAME not in started_as else started_as
