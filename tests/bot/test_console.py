"""What people see is safe to show, and what programs read is as it is."""

from __future__ import annotations

import io

import pytest
from rich.table import Table
from rich.text import Text

from bot.cli.console import Console

HOSTILE = "a[/x].md \x1b[2J\x07[bold]b[/bold] \u202egnp.exe"


class Terminal(io.StringIO):
    """A stream that says it is one."""

    def isatty(self) -> bool:
        return True


def test_a_file_gets_every_character_and_a_terminal_none_that_commands_it() -> None:
    file, terminal = io.StringIO(), Terminal()
    for stream in (file, terminal):
        Console(stream, io.StringIO(), {}).print(HOSTILE)
    assert file.getvalue() == HOSTILE + "\n"
    assert terminal.getvalue() == "a[/x].md [2J[bold]b[/bold] gnp.exe\n"


def test_errors_and_notes_go_to_standard_error_without_commands() -> None:
    out, err = io.StringIO(), io.StringIO()
    console = Console(out, err, {})
    console.error(f"{HOSTILE}: cannot be read")
    console.note("half done")
    assert out.getvalue() == ""
    assert err.getvalue() == "amts: a[/x].md [2J[bold]b[/bold] gnp.exe: cannot be read\nhalf done\n"


def test_there_is_no_progress_where_nobody_looks() -> None:
    err = io.StringIO()
    with Console(io.StringIO(), err, {}).progress("Reading", 2) as advance:
        advance(HOSTILE)
    assert err.getvalue() == ""


@pytest.mark.parametrize("total", [2, 0], ids=["known total", "unknown total"])
def test_progress_shows_any_name_as_it_is(total: int) -> None:
    err = Terminal()
    with Console(io.StringIO(), err, {"TERM": "xterm", "COLUMNS": "200"}).progress("Reading", total) as advance:
        advance("a[/x].md")
        advance("zwei\x1b]0;zeilen\n.md")
    assert "Reading: zwei]0;zeilen .md" in err.getvalue()


def test_lines_are_written_between_two_states_of_the_bar() -> None:
    screen = Terminal()
    console = Console(screen, screen, {"TERM": "xterm", "COLUMNS": "80"})
    with console.progress("Reading", 2) as advance:
        console.print("first result")
        advance("one")
        console.note("a note")
        advance("two")
    lines = [line.rpartition("\x1b[2K")[2] for line in screen.getvalue().splitlines()]
    assert "first result" in lines
    assert "a note" in lines


def test_one_progress_follows_another() -> None:
    console = Console(io.StringIO(), Terminal(), {"TERM": "xterm"})
    for title in ("Reading", "Writing"):
        with console.progress(title, 1) as advance:
            advance("x")


COLOURS = {
    "a file": (io.StringIO, {}, False),
    "a terminal": (Terminal, {"TERM": "xterm-256color"}, True),
    "a terminal whose owner wants none": (Terminal, {"TERM": "xterm-256color", "NO_COLOR": "1"}, False),
}


@pytest.mark.parametrize(("stream", "env", "coloured"), COLOURS.values(), ids=COLOURS)
def test_colour_is_for_terminals(stream: type[io.StringIO], env: dict[str, str], coloured: bool) -> None:
    out = stream()
    Console(out, io.StringIO(), env).rich().print(Text("red", style="red"))
    assert ("\x1b[31m" in out.getvalue()) is coloured


def test_a_table_in_a_file_is_as_wide_on_every_machine() -> None:
    texts = []
    for columns in ("40", "200"):
        out, table = io.StringIO(), Table(expand=True)
        table.add_column("name")
        Console(out, io.StringIO(), {"COLUMNS": columns}).rich().print(table)
        texts.append(out.getvalue())
    assert texts[0] == texts[1]
