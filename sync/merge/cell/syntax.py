"""Code cells as tokens and statements, by patterns that take any text: cells hold magics, fragments and mistakes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HASH: Final = frozenset(
    [
        "python",
        "python2",
        "python3",
        "py",
        "ipython",
        "ipython3",
        "r",
        "sh",
        "bash",
        "shell",
        "zsh",
        "console",
        "yaml",
        "yml",
        "toml",
        "julia",
    ]
)
SLASHES: Final = frozenset(
    [
        "c",
        "cpp",
        "cc",
        "cuda",
        "java",
        "js",
        "javascript",
        "ts",
        "typescript",
        "go",
        "rust",
        "scala",
        "swift",
        "kotlin",
        "csharp",
        "php",
    ]
)
DASHES: Final = frozenset(["sql"])

FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})([^\n]*)")
SPACE = re.compile(r"(?:\\\n|\s)*")
MAGIC = re.compile(r"(?:!|%%|%(?=[A-Za-z]))[^\n]*")
DIRECTIVE = re.compile(r"#[@!|][^\n]*|#\s*(?:noqa|fmt:|isort:|type:|mypy:|pylint:)[^\n]*")
TAB = re.compile(r"[ \t]*(?:#@|%%)tab\b")
PART = re.compile(r"\w+|[^\w\s]")
STRING = (
    r"[rRbBfFuU]{0,2}(?:"
    r'"""(?:[^\\]|\\[\s\S])*?"""|' + r"'''(?:[^\\]|\\[\s\S])*?'''|"
    r'"(?:[^"\\\n]|\\[\s\S])*"|' + r"'(?:[^'\\\n]|\\[\s\S])*')"
)
CODE = r"[^\W\d]\w*|\d[\w.]*(?:(?<=[eE])[+-]\d+)?|\*\*=?|//=?|->|\.\.\.|<<|>>|[-+*/%@&|^=<>!:]=|[\s\S]"
OPEN, CLOSE = frozenset("([{"), frozenset(")]}")
STATEMENT_LIMIT: Final = 4000
"""Tokens after which a bracket that is still open is taken for a mistake."""


class Sort(StrEnum):
    """What a token is."""

    CODE = "code"
    STRING = "string"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Token:
    """A token and the white space before it, in which backslashes at line ends are included."""

    sort: Sort
    text: str
    space: str = field(default="", compare=False)


class Shape(StrEnum):
    """What a unit is."""

    FENCE = "fence"
    BLANK = "blank"
    COMMENT = "comment"
    """Lines that hold comments only."""
    DOCSTRING = "docstring"
    """A string that stands alone."""
    TAB = "tab"
    """The line that names the tabs of a cell."""
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Unit:
    """Whole lines of a cell that belong together: a statement, or a comment over several lines."""

    shape: Shape
    text: str
    """The lines as they stand, without the end of the last one. Two units are equal when this is."""
    tokens: tuple[Token, ...] = field(default=(), compare=False)
    key: str = field(default="", compare=False)
    """Its code with comments dropped and strings blanked."""

    @property
    def indent(self) -> str:
        return self.text[: len(self.text) - len(self.text.lstrip())]


def comment_mark(info: str) -> str:
    """What begins a comment in a cell with this info string; nothing where that is not known."""
    words = set(re.findall(r"[a-z]+[0-9]?", info.lower()))
    if words & SLASHES:
        return "//"
    if words & DASHES:
        return "--"
    return "#" if words & HASH or not words else ""


@lru_cache(maxsize=8)
def _pattern(mark: str) -> re.Pattern[str]:
    comment = re.escape(mark) + r"[^\n]*" if mark else r"(?!)"
    return re.compile(f"(?P<comment>{comment})|(?P<string>{STRING})|(?:{CODE})")


def tokenize(text: str, mark: str) -> tuple[tuple[Token, ...], str]:
    """The tokens of some lines of code, and the white space after the last."""
    tokens: list[Token] = []
    position = 0
    while True:
        space = SPACE.match(text, position)
        assert space  # it matches nothing, too
        position = space.end()
        if position == len(text):
            return tuple(tokens), space.group()
        verbatim = _verbatim(text, position, mark, at_line_start="\n" in space.group() or not tokens)
        if verbatim:
            tokens += _parts(verbatim, space.group())
            position += len(verbatim)
            continue
        found = _pattern(mark).match(text, position)
        assert found  # the last choice takes any character
        sort = Sort(found.lastgroup) if found.lastgroup else Sort.CODE
        body = found.group().rstrip() if sort is Sort.COMMENT else found.group()
        tokens.append(Token(sort, body, space.group()))
        position += len(body)


def _verbatim(text: str, position: int, mark: str, *, at_line_start: bool) -> str:
    """A magic or a directive, which is code to its last letter; it takes the rest of the line."""
    found = MAGIC.match(text, position) if at_line_start else None
    if not found and mark == "#":
        found = DIRECTIVE.match(text, position)
    return found.group().rstrip() if found else ""


def _parts(line: str, space: str) -> Iterator[Token]:
    end = 0
    for found in PART.finditer(line):
        yield Token(Sort.CODE, found.group(), line[end : found.start()] if end else space)
        end = found.end()


def parse(cell: str) -> tuple[Unit, ...]:
    """The units of a cell whose lines end in ``\\n``. Joined by line ends, their texts are the cell again."""
    lines = cell.split("\n")
    opening = FENCE.match(lines[0])
    fence, mark = (opening.group(1), comment_mark(opening.group(2))) if opening else ("", "#")
    closed = bool(fence) and len(lines) > 1 and _closes(lines[-1].strip(), fence)
    inner = lines[bool(fence) : len(lines) - closed]
    head = [_fence(lines[0])] if fence else []
    return (*head, *(_units("\n".join(inner), mark) if inner else ()), *([_fence(lines[-1])] if closed else []))


def _closes(line: str, fence: str) -> bool:
    return line.startswith(fence) and not line.strip(fence[0])


def _fence(line: str) -> Unit:
    body = line.strip()
    tokens = tuple(_parts(body, line[: line.find(body)]))
    return Unit(Shape.FENCE, line, tokens, body)


def _units(body: str, mark: str) -> list[Unit]:
    tokens, tail = tokenize("\n" + body, mark)
    units: list[Unit] = []
    start = 0
    while start < len(tokens):
        end = _statement_end(tokens, start)
        after = tokens[end].space if end < len(tokens) else tail
        before = tokens[start].space.split("\n")
        units += [Unit(Shape.BLANK, blank) for blank in before[1:-1]]
        units.append(_unit(tokens[start:end], before[-1], after.split("\n")[0]))
        start = end
    units += [Unit(Shape.BLANK, blank) for blank in tail.split("\n")[1:]]
    return _join_comments(units)


def _statement_end(tokens: Sequence[Token], start: int) -> int:
    """Where the statement ends that begins at ``start``: at a line end outside all brackets."""
    depth = 0
    first_line_end = 0
    for i in range(start, min(len(tokens), start + STATEMENT_LIMIT)):
        if i > start and _ends_line(tokens[i].space):
            first_line_end = first_line_end or i
            if not depth:
                return i
        if tokens[i].sort is Sort.CODE:
            depth = max(0, depth + (tokens[i].text in OPEN) - (tokens[i].text in CLOSE))
    if depth or start + STATEMENT_LIMIT < len(tokens):
        return first_line_end or min(len(tokens), start + STATEMENT_LIMIT)
    return len(tokens)


def _ends_line(space: str) -> bool:
    return "\n" in space.replace("\\\n", "")


def _unit(tokens: Sequence[Token], indent: str, tail: str) -> Unit:
    tokens = (Token(tokens[0].sort, tokens[0].text, indent), *tokens[1:])
    text = "".join(token.space + token.text for token in tokens) + tail
    sorts = {token.sort for token in tokens}
    if sorts == {Sort.COMMENT}:
        return Unit(Shape.COMMENT, text, tokens)
    shape = Shape.DOCSTRING if len(tokens) == 1 and sorts == {Sort.STRING} else Shape.CODE
    shape = Shape.TAB if TAB.match(text) else shape
    return Unit(shape, text, tokens, " ".join(code_of(tokens)))


def _join_comments(units: Sequence[Unit]) -> list[Unit]:
    """Comments on neighbouring lines with the same indentation are one."""
    joined: list[Unit] = []
    for unit in units:
        last = joined[-1] if joined else None
        if last and last.shape is unit.shape is Shape.COMMENT and last.indent == unit.indent:
            token = Token(Sort.COMMENT, unit.tokens[0].text, "\n" + unit.indent)
            joined[-1] = Unit(Shape.COMMENT, f"{last.text}\n{unit.text}", (*last.tokens, token, *unit.tokens[1:]))
        else:
            joined.append(unit)
    return joined


def code_of(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The texts of the tokens, without comments, strings blanked."""
    return tuple(
        '""' if token.sort is Sort.STRING else token.text for token in tokens if token.sort is not Sort.COMMENT
    )


def code_of_cell(cell: str) -> tuple[str, ...]:
    """What a cell does, whatever its comments and strings say."""
    return tuple(text for unit in parse(cell) for text in code_of(unit.tokens))
