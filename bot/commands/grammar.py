"""Comment → commands. Pure.

A comment is Markdown, and what it quotes, shows as code or hides in HTML is no command. So markdown-it reads it, with
one rule more: ``/amts`` where a line of text begins. Code spans, comments, tags and links over several lines are read
by rules of their own, which never come to such a place. Only paragraphs that are in nothing else are looked at.

    command := "/amts" SP verb (SP arg)*      one per line, in its first column
    verb    := [a-z][a-z-]*                   lower-cased
    arg     := "--" name ["=" value] | path | quoted "…"
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import get_close_matches
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from bot.commands import SPECS
from bot.commands.model import PREFIX, Command, CommandError
from bot.quoting import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from bot.commands.model import CommandSpec, Option

COMMANDS: Final = 10
"""In one comment."""
ARGUMENTS: Final = 20
"""Of one command, options counted."""
LINE: Final = 500
"""Characters of a command."""
COMMENT: Final = 10_000
"""Characters of a comment that is searched: reading Markdown may take the square of its length."""

_TOKEN: Final = "amts_command"
_START = re.compile(rf"^{PREFIX}(?!\S)", re.MULTILINE)
_VERB = re.compile(r"[a-z][a-z-]*")
_ARGUMENT = re.compile(
    r"""
      --(?P<option>[a-z][a-z-]*)(?:=(?:"(?P<words>[^"]*)"|(?P<value>[^\s"]+)))?(?!\S)
    | "(?P<quoted>[^"]*)"(?!\S)
    | (?P<path>[^\s"-][^\s"]*)(?!\S)
    """,
    re.VERBOSE,
)
_TYPED = re.compile("[—–“”„«»]")
"""What keyboards make of ``--`` and of quotation marks."""
_VOID: Final = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
"""Elements of HTML that have no end."""


def parse(comment: str, specs: Sequence[CommandSpec] = SPECS) -> tuple[Command, ...]:
    """The commands of a comment in their order; none if it has none.

    Raises ``CommandError``, and only that, if any of them cannot be understood: nothing of the comment may be run then.
    """
    if not _START.search(comment.replace("\r", "\n")):
        return ()
    if len(comment) > COMMENT:
        message = f"A comment with commands may have {COMMENT:,} characters, and this one has {len(comment):,}"
        raise CommandError(message)
    lines = tuple(_lines(comment))
    if len(lines) > COMMANDS:
        message = f"A comment may have {COMMANDS} commands, and this one has {len(lines)}"
        raise CommandError(message)
    return tuple(_command(line, specs) for line in lines)


def _lines(comment: str) -> Iterator[str]:
    """The lines that are commands."""
    tokens = _reader().parse(comment)
    source = re.split(r"\r\n?|\n", comment)
    html: Counter[str] = Counter()
    for before, token in pairwise(tokens):
        if before.type == "html_block":
            _count(before.content, html)
        if before.type == "paragraph_open" and before.level == 0 and not +html:
            first = source[token.map[0]] if token.map else ""
            yield from _of_paragraph(token, indented=not first.startswith(PREFIX))


def _of_paragraph(inline: Token, *, indented: bool) -> Iterator[str]:
    html: Counter[str] = Counter()
    for token in inline.children or ():
        if token.type == "html_inline":
            _count(token.content, html)
        elif token.type == _TOKEN and not +html and not (indented and token.meta["place"] == 0):
            yield token.content


def _count(content: str, open_ones: Counter[str]) -> None:
    _Elements(open_ones).feed(content.replace("<![", "&lt;!["))  # where Python's parser gives up


class _Elements(HTMLParser):
    """Counts the elements that are begun and not ended."""

    def __init__(self, open_ones: Counter[str]) -> None:
        super().__init__(convert_charrefs=False)
        self._open = open_ones

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            self._open[tag] += 1

    def handle_endtag(self, tag: str) -> None:
        if self._open[tag]:
            self._open[tag] -= 1


@cache
def _reader() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    reader = MarkdownIt("commonmark").enable("table").use(footnote_plugin)
    reader.inline.ruler.before("text", _TOKEN, _rule)
    return reader


def _rule(state: StateInline, silent: bool) -> bool:
    """A rule of markdown-it: ``/amts`` as the first word of a line of text that is in no link."""
    place, text = state.pos, state.src
    if state.linkLevel or (place and text[place - 1] != "\n") or not _START.match(text, place):
        return False
    if not silent:
        token = state.push(_TOKEN, "", 0)
        token.content = text[place:].partition("\n")[0].rstrip()
        token.meta = {"place": place}
    state.pos += len(PREFIX)
    return True


def _command(line: str, specs: Sequence[CommandSpec]) -> Command:
    if len(line) > LINE:
        message = f"A command may have {LINE} characters, and this one has {len(line)}"
        raise CommandError(message, line=line[:80])
    if printable(line) != line:
        message = "A command may not have control characters"
        raise CommandError(message, line=line)
    verb, rest = [*line.removeprefix(PREFIX).split(maxsplit=1), "", ""][:2]
    spec = _spec(verb, line, specs)
    options, arguments = _arguments(rest, line, spec)
    return Command(verb=spec.verb, options=options, arguments=arguments, line=line)


def _spec(word: str, line: str, specs: Sequence[CommandSpec]) -> CommandSpec:
    verb = word.lower()
    for spec in specs:
        if spec.verb == verb:
            return spec
    if not word:
        message = f"A line that is only {PREFIX} does not say what is to be done"
        raise CommandError(message, line=line)
    near = get_close_matches(verb, [spec.verb for spec in specs], 1, 0.5) if _VERB.fullmatch(verb) else []
    message = f"There is no command {word}"
    raise CommandError(message, line=line, nearest=f"{PREFIX} {near[0]}" if near else "")


def _arguments(rest: str, line: str, spec: CommandSpec) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    options: list[tuple[str, str]] = []
    arguments: list[str] = []
    for found in _words(rest, line, spec):
        if found["option"]:
            options.append(_option(found, line, spec))
        else:
            arguments.append(found["path"] if found["quoted"] is None else found["quoted"])
    if len(options) + len(arguments) > ARGUMENTS:
        message = f"A command may have {ARGUMENTS} arguments, and this one has {len(options) + len(arguments)}"
        raise CommandError(message, line=line, spec=spec)
    if not spec.least <= len(arguments) <= spec.most:
        message = f"{spec.verb} takes {_number(spec)}, and not {len(arguments)}"
        raise CommandError(message, line=line, spec=spec)
    return tuple(options), tuple(arguments)


def _number(spec: CommandSpec) -> str:
    if not spec.most:
        return "no arguments"
    numbers = str(spec.least) if spec.least == spec.most else f"{spec.least} to {spec.most}"
    return f"{numbers} argument{'' if numbers == '1' else 's'}"


def _words(rest: str, line: str, spec: CommandSpec) -> Iterator[re.Match[str]]:
    rest = rest.lstrip()
    while rest:
        found = _ARGUMENT.match(rest)
        if not found or _TYPED.match(rest):
            raise CommandError(_misspelt(rest), line=line, spec=spec)
        yield found
        rest = rest[found.end() :].lstrip()


def _misspelt(rest: str) -> str:
    word = rest.split()[0]
    if _TYPED.match(word):
        return f'{word} does not begin with a plain - or ", which some keyboards change as one types'
    if '"' in word:
        return f"The quotation marks of {word} are not in pairs, or there is no space around them"
    return f"{word} is no option: options are written --name or --name=value"


def _option(found: re.Match[str], line: str, spec: CommandSpec) -> tuple[str, str]:
    name = found["option"]
    option = spec.option(name)
    if not option:
        near = get_close_matches(name, [option.name for option in spec.options], 1, 0.5)
        message = f"{spec.verb} has no option --{name}"
        raise CommandError(message, line=line, nearest=f"--{near[0]}" if near else "", spec=spec)
    value = found["words"] or found["value"] or ""
    _check_value(option, given=value, line=line, spec=spec)
    return name, value


def _check_value(option: Option, *, given: str, line: str, spec: CommandSpec) -> None:
    if option.value and not given:
        message = f"--{option.name} needs a value: {option.usage}"
        raise CommandError(message, line=line, spec=spec)
    if given and not option.value:
        message = f"--{option.name} takes no value"
        raise CommandError(message, line=line, spec=spec)
