"""Text → Document. markdown-it says where blocks begin and end; the text is cut there, at line boundaries.

Nothing is ever put together from what markdown-it understood, so ``parse(text).render() == text`` for every text.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, Final

from alignment.markdown.masking import spans
from alignment.markdown.pending import OPENING as PENDING
from alignment.markdown.profiles import D2L, Profile
from alignment.markdown.rules import DIALECT, block_parser
from alignment.model import Block, Document, Kind, Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it.token import Token

LINE: Final = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
"""Lines as CommonMark counts them, with their ends."""
BYTE_ORDER_MARK: Final = "\ufeff"

KINDS: Final = {
    "paragraph_open": Kind.PARAGRAPH,
    "heading_open": Kind.HEADING,
    "table_open": Kind.TABLE,
    "fence": Kind.CODE,
    "code_block": Kind.CODE,
    "html_block": Kind.HTML,
    "hr": Kind.OTHER,
    "front_matter": Kind.OTHER,
}
"""What markdown-it's own tokens are. Those of the dialect say themselves."""
LED: Final = frozenset({Kind.HEADING, Kind.PARAGRAPH, Kind.DIRECTIVE, Kind.TAB})
COMMENT: Final = re.compile(r"[^<]*<!--")
HASHES: Final = re.compile(r"[^#]*#{1,6}[ \t]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Leaf:
    """A block that holds no other blocks: its lines, counted from 0, the end excluded, and what it is."""

    start: int
    end: int
    kind: Kind
    lead: str = ""
    level: int = 0
    name: str = ""
    argument: str = ""


def parse(text: str, profile: Profile = D2L) -> Document:
    """Cut a chapter into blocks. Every text is a chapter: what is not understood is kept as it is."""
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    lines: list[str] = LINE.findall(text, len(mark))
    leaves = list(_cover(_leaves(lines, profile), lines))
    starts = [*(leaf.start for leaf in leaves), len(lines)]
    blocks: list[Block] = []
    tab = ""
    for leaf, following in zip(leaves, starts[1:], strict=True):
        if leaf.name == "begin_tab":
            tab = leaf.argument
        blocks.append(_block(leaf, lines, following, tab))
        if leaf.name == "end_tab":
            tab = ""
    return Document(blocks=tuple(blocks), head=mark + "".join(lines[: starts[0]]), newline=_newline(lines))


def _block(leaf: _Leaf, lines: list[str], following: int, tab: str) -> Block:
    text = "".join(lines[leaf.start : leaf.end])
    body = text.rstrip("\r\n")
    kind, name = _kind_of_html(body, leaf.kind) if leaf.kind in (Kind.HTML, Kind.COMMENT) else (leaf.kind, leaf.name)
    return Block(
        kind=kind,
        text=body,
        gap=text[len(body) :] + "".join(lines[leaf.end : following]),
        lead=leaf.lead,
        level=leaf.level,
        name=name,
        tab=tab,
        line=leaf.start + 1,
    )


def _newline(lines: list[str]) -> str:
    """The commonest line ending."""
    endings = Counter(line[len(line.rstrip("\r\n")) :] for line in lines)
    del endings[""]
    return endings.most_common(1)[0][0] if endings else "\n"


def _cover(leaves: Iterable[_Leaf], lines: list[str]) -> Iterator[_Leaf]:
    """The leaves without blank lines at their ends, and opaque blocks for the lines that markdown-it left out."""
    at = 0
    for leaf in leaves:
        start, end = max(leaf.start, at), leaf.end
        while end > start and _is_blank(lines[end - 1]):
            end -= 1
        if start < end:
            yield from _left_out(lines, at, start)
            yield replace(leaf, start=start, end=end)
            at = end
    yield from _left_out(lines, at, len(lines))


def _left_out(lines: list[str], start: int, end: int) -> Iterator[_Leaf]:
    """Link definitions, empty list items, lines of a quote that hold nothing but its mark."""
    for blank, run in groupby(range(start, end), key=lambda number: _is_blank(lines[number])):
        if not blank:
            numbers = list(run)
            yield _Leaf(start=numbers[0], end=numbers[-1] + 1, kind=Kind.OTHER)


def _is_blank(line: str) -> bool:
    return not line.strip(" \t\r\n")


def _leaves(lines: list[str], profile: Profile) -> Iterator[_Leaf]:
    """The blocks that markdown-it sees."""
    tokens: list[Token] = []
    md = block_parser(profile)
    md.block.parse("\n".join(line.rstrip("\r\n") for line in lines), md, {}, tokens)
    item_is_fresh = False
    for token, inner in zip_longest(tokens, tokens[1:]):
        if token.type in ("list_item_open", "list_item_close"):
            item_is_fresh = token.nesting > 0
        kind = token.meta["kind"] if token.type == DIALECT else KINDS.get(token.type)
        if kind is None or token.map is None:
            continue
        content = inner.content if inner is not None and inner.type == "inline" else token.content
        start, end = token.map
        yield _Leaf(
            start=start,
            end=end,
            kind=_kind_of_paragraph(content, item_is_fresh, profile) if kind is Kind.PARAGRAPH else kind,
            lead=_lead(lines[start], content, token.markup) if kind in LED else "",
            level=int(token.tag[1:]) if kind is Kind.HEADING else 0,
            name=token.info.strip() or (token.type if token.type == "front_matter" else ""),
            argument=token.meta.get("argument", ""),
        )
        item_is_fresh = False


def _lead(line: str, content: str, markup: str) -> str:
    """What stands in a line before its content, which may go on in further lines."""
    if markup.startswith("#") and (match := HASHES.match(line)):
        return match[0]
    line, content = line.rstrip(), LINE.findall(content + "\n")[0].rstrip()
    return line.removesuffix(content) if line.endswith(content) else ""


def _kind_of_paragraph(content: str, item_is_fresh: bool, profile: Profile) -> Kind:
    if item_is_fresh:
        return Kind.ITEM
    if not content.strip():
        return Kind.OTHER
    return Kind.IMAGE if content.startswith("![") and _is_images(content, profile) else Kind.PARAGRAPH


def _is_images(content: str, profile: Profile) -> bool:
    """Whether a text is images and nothing else."""
    depth = at = 0
    for start, end, placeholder in spans(content, profile):
        if depth == 0 and content[at:start].strip():
            return False
        if placeholder.mark is Mark.IMAGE:
            depth += placeholder.opens - placeholder.closes
        elif depth == 0:
            return False
        at = end
    return at > 0 and depth == 0 and not content[at:].strip()


def _kind_of_html(text: str, kind: Kind) -> tuple[Kind, str]:
    """Kind and name of a block of HTML: one comment and nothing else is a comment, perhaps one of ours."""
    close = text.find("-->")
    if close < 0 or not COMMENT.match(text):
        return kind, ""
    if text[close + len("-->") :].strip():
        return Kind.HTML, ""
    pending = PENDING.fullmatch(LINE.findall(text)[0].rstrip())
    return (Kind.PENDING, pending["digest"]) if pending else (Kind.COMMENT, "")
