"""The rows of a dialect as block rules of markdown-it.

As rules they take part in the parser's own decisions: where a paragraph, a list or a table ends, what a quote holds.
Each rule pushes a token of type ``dialect`` whose ``meta`` has the ``kind`` and perhaps the ``argument``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt
from markdown_it.rules_block.list import list_block
from markdown_it.rules_block.paragraph import paragraph
from markdown_it.rules_block.reference import reference
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from alignment.model import Kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Literal

    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

    from alignment.markdown.profiles import LineRule, MathRule, Profile

    Rule = Callable[[StateBlock, int, int, bool], bool]

DIALECT: Final = "dialect"
INTERRUPTS: Final[RuleOptionsType] = {"alt": ["paragraph", "reference", "blockquote", "list", "footnote_def"]}

CLOSING_DOLLARS: Final = re.compile(r"(?:[^\\$]|\\.|\$(?!\$))*\$\$(?P<tail>.*)")
NO_FORMULA: Final = re.compile(r"```|~~~|#{1,6}[ \t]")
DIRECTIVE_FENCE: Final = re.compile(r"(?P<fence>`{3,}|~{3,}|:{3,})\{(?P<name>[^}\s]+)\}[^`]*")
OPTION: Final = re.compile(r":[\w-]+:.*")


@lru_cache(maxsize=8)
def block_parser(profile: Profile) -> MarkdownIt:
    """A markdown-it parser that knows the blocks of a dialect. Only its block parser is meant to be used."""
    md = MarkdownIt("commonmark").enable("table")
    if profile.front_matter:
        md.use(front_matter_plugin)
    if profile.footnotes:
        md.use(footnote_plugin)
    if profile.slides:
        md.block.ruler.at("reference", _reference_but_no_slide, {"alt": []})
    for name, rule in _rules(profile).items():
        md.block.ruler.before("table", name, rule, INTERRUPTS)
    md.block.ruler.before("code", "dialect_continuation", _continuation_rule, {"alt": []})
    return md


def _rules(profile: Profile) -> dict[str, Rule]:
    rules: dict[str, Rule] = {}
    if profile.lines:
        rules["dialect_line"] = _line_rule(profile.lines)
    if profile.math is not None:
        rules["dialect_math"] = _math_rule(profile.math)
    if profile.fences:
        rules["dialect_fence"] = _fence_rule({row.name: row.holds for row in profile.fences})
    if profile.contain_comments:
        rules["dialect_comment"] = _comment_rule
    return rules


def _line_rule(rows: tuple[LineRule, ...]) -> Rule:
    table = [(re.compile(row.pattern), row) for row in rows]

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if state.is_code_block(start):
            return False
        text = _line(state, start)
        for pattern, row in table:
            if match := pattern.fullmatch(text):
                argument = match.groupdict().get("argument") or ""
                return silent or _push(state, start, start + 1, row.kind, row.name, argument)
        return False

    return rule


def _math_rule(row: MathRule) -> Rule:
    opening, tail = re.compile(row.opening), re.compile(row.tail)

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if state.is_code_block(start) or not (match := opening.match(_line(state, start))):
            return False
        text = _line(state, start)[match.end() :]
        for line in range(start, end):
            if line > start:
                text = _line(state, line)
                if not text or _outside(state, line) or NO_FORMULA.match(text):
                    return False
            if closing := CLOSING_DOLLARS.match(text):
                found = tail.fullmatch(closing["tail"]) is not None
                return found and (silent or _push(state, start, line + 1, Kind.MATH))
        return False

    return rule


def _fence_rule(holds: dict[str, Kind]) -> Rule:
    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if state.is_code_block(start) or not (match := DIRECTIVE_FENCE.fullmatch(_line(state, start))):
            return False
        if silent:
            return True
        name, kind = match["name"], holds.get(match["name"], Kind.CODE)
        stop, is_closed = _end_of_fence(state, start, end, match["fence"])
        if kind is not Kind.PARAGRAPH:
            return _push(state, start, stop + is_closed, kind, match[0][len(match["fence"]) :].strip())
        body = _after_options(state, start + 1, stop)
        _push(state, start, body, Kind.DIRECTIVE, name, nesting=1 if is_closed else 0)
        if is_closed:
            _parse_body(state, body, stop)
            _push(state, stop, stop + 1, Kind.DIRECTIVE, f"end_{name}", nesting=-1)
        return True

    return rule


def _end_of_fence(state: StateBlock, start: int, end: int, fence: str) -> tuple[int, bool]:
    """The line that closes a fence and True; or the first line that cannot belong to it any more and False."""
    for line in range(start + 1, end):
        text = _line(state, line)
        if text and _outside(state, line):
            return line, False
        if text.startswith(fence) and not text.strip(fence[0]) and not state.is_code_block(line):
            return line, True
    return end, False


def _after_options(state: StateBlock, line: int, end: int) -> int:
    """Number of the first line after the options of a directive, ``:key: value`` or YAML between ``---``."""
    if line < end and _line(state, line) == "---":
        closing = (number for number in range(line + 1, end) if _line(state, number) == "---")
        return next(closing, line - 1) + 1
    while line < end and OPTION.fullmatch(_line(state, line)):
        line += 1
    return line


def _parse_body(state: StateBlock, start: int, end: int) -> None:
    line_max, parent = state.lineMax, state.parentType
    state.lineMax, state.parentType = end, "root"
    state.md.block.tokenize(state, start, end)
    state.lineMax, state.parentType = line_max, parent


def _comment_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start) or not _line(state, start).startswith("<!--"):
        return False
    if silent:
        return True
    last = _end_of_comment(state, start, end)
    if last is not None:
        return _push(state, start, last + 1, Kind.COMMENT)
    paragraph(state, start, end, False)
    del state.tokens[-3:]
    return _push(state, start, state.line, Kind.COMMENT)


def _end_of_comment(state: StateBlock, start: int, end: int) -> int | None:
    close = state.src.find("-->", state.bMarks[start] + state.tShift[start] + 2)
    if close < 0:
        return None
    for line in range(start, end):
        if line > start and _line(state, line) and _outside(state, line):
            return None
        if close < state.eMarks[line]:
            return line
    return None


def _continuation_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Indented lines right below a formula or a label go on with the text above it; they are no code."""
    above = state.tokens[-1] if state.tokens else None
    if (
        not state.is_code_block(start)
        or above is None
        or above.type != DIALECT
        or not above.map
        or above.map[1] != start
    ):
        return False
    indent, state.blkIndent = state.blkIndent, state.sCount[start]
    found = list_block(state, start, end, silent) or paragraph(state, start, end, silent)
    state.blkIndent = indent
    return found


def _reference_but_no_slide(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """``[**words**]: more words`` is a slide mark before a colon, not a link definition."""
    return not _line(state, start).startswith(("[**", "[~~")) and reference(state, start, end, silent)


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip()


def _outside(state: StateBlock, line: int) -> bool:
    return state.sCount[line] < state.blkIndent


def _push(
    state: StateBlock,
    start: int,
    end: int,
    kind: Kind,
    name: str = "",
    argument: str = "",
    nesting: Literal[-1, 0, 1] = 0,
) -> bool:
    token: Token = state.push(DIALECT, "", nesting)
    token.map = [start, end]
    token.info = name
    token.content = _line(state, start)
    token.meta = {"kind": kind, "argument": argument.strip()}
    state.line = end
    return True
