"""The runner carries out what we mean as a command, and nothing that a stranger wrote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.runner.log import Log
from tests.support.runner import Heard, heard

TOKEN = "ghs_0123456789abcdefABCDEF"
HOSTILE = [
    "::error::x",
    "  ::set-output name=x::y",
    "::add-mask::a",
    "words ##[set-env name=PATH]/tmp",
    "::stop-commands::x\n::x::\n::error::x",
    "a\r::error::x",
    "::endgroup::\n::error::x",
    "%0A::error::x",
    "\u2028::error::x",
    "\x1b[2J::warning file=a,line=1::b",
]


class Printed:
    """A log that was open, and all that came out of it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.log = Log(self.lines.append, token="5f0c")

    @property
    def heard(self) -> list[Heard]:
        return heard("\n".join(self.lines))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_is_said_is_never_a_command_whoever_prints_it(text: str) -> None:
    printed = Printed()
    with printed.log as log:
        log.say(text)
        printed.lines.append(text)
        with log.group("chapters"):
            log.say(text)
    assert printed.heard == [Heard("group", "chapters"), Heard("endgroup", "")]
    assert "\x1b" not in "".join(line for line in printed.lines if line != text)


@pytest.mark.parametrize("text", HOSTILE)
def test_annotations_and_groups_hold_any_text(text: str) -> None:
    printed = Printed()
    with printed.log as log:
        log.error(text, file=text, line=3, title=text)
        with log.group(text):
            pass
    assert [command.name for command in printed.heard] == ["error", "group", "endgroup"]


def test_an_annotation_says_where_and_keeps_its_lines_and_signs() -> None:
    printed = Printed()
    with printed.log as log:
        log.error("12% lost:\nsee a,b", file="c:d,e.md", line=7, title="x: y, z")
        log.warning("odd", line=7)
        log.notice("100%0A")
    assert printed.heard == [
        Heard("error", "12% lost:\nsee a,b", {"file": "c:d,e.md", "line": "7", "title": "x: y, z"}),
        Heard("warning", "odd"),
        Heard("notice", "100%0A"),
    ]


def test_the_runner_hears_commands_again_when_the_log_is_closed_even_by_an_error() -> None:
    printed = Printed()
    with pytest.raises(ValueError, match="x"), printed.log as log, log.group("g"):
        raise ValueError("x")  # noqa: EM101
    printed.lines.append("::notice::later")
    assert printed.heard == [Heard("group", "g"), Heard("endgroup", ""), Heard("notice", "later")]


def test_a_secret_is_masked_in_all_its_forms_and_said_in_none() -> None:
    printed = Printed()
    with printed.log as log:
        log.mask(TOKEN)
        masked = [command.data for command in printed.heard]
        printed.lines.clear()
        log.say(f"push failed for {TOKEN}")
        log.error(f"no {TOKEN}", file=TOKEN, title=TOKEN)
        with log.group(TOKEN):
            pass
    assert TOKEN in masked
    assert len(masked) > 3
    assert TOKEN not in "\n".join(printed.lines)
    assert "push failed for ***" in printed.lines


def test_what_is_too_short_for_a_secret_is_not_masked() -> None:
    printed = Printed()
    with printed.log as log:
        log.mask("")
        log.mask(" \n")
        log.mask("zh")
        log.say("zh")
    assert printed.heard == []
    assert "zh" in printed.lines


@given(st.text(alphabet=":#[]\n\r% error5f0c,=\u2028\x85\x0b"))
def test_no_text_can_be_made_that_is_a_command(text: str) -> None:
    printed = Printed()
    with printed.log as log:
        log.say(text)
        log.warning(text, file=text, line=1)
        log.say(text)
    names = [command.name for command in printed.heard]
    assert names == ["warning"] or "5f0c" in text
