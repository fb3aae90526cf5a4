"""HTML as the service translates it: what is inside the ``html`` element, block by block. Pure.

A block is what stands between two tags of block elements. Tags inside it, and elements with ``translate="no"``, are
private characters while it is translated. Tags come back character for character; in the text only ``& < >`` are
escaped. Blocks without any text to translate, white space between blocks, scripts and styles stay as they are.

Billed are the code points of the text of a document, entities as the characters they stand for, without white space
round a block. Whether the text of elements with ``translate="no"`` is billed is not documented: it is, unless
``bill_untranslated`` is off.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from alignment.model import MASK_BASE
from tests.support.translate_emulator.content.damage import Damage, harm, possible_kinds, without_id
from tests.support.translate_emulator.content.masked import SENTINELS, MaskedText, Piece, sentinel
from tests.support.translate_emulator.content.tags import Sort, Token, read_tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


@dataclass(frozen=True, slots=True)
class TranslatedHtml:
    """A translated document."""

    text: str
    characters: int
    """Code points that are billed."""


@dataclass(slots=True)
class _Block:
    """A run of text with tags inside it."""

    place: int
    """Among the parts of the document."""
    text: MaskedText
    made: str = ""
    harm: str = ""


@dataclass(slots=True)
class _Parts:
    """A document as the tags of blocks, what stands between them, and the blocks that are to be translated."""

    raw: list[str] = field(default_factory=list)
    tokens: list[Token | None] = field(default_factory=list)
    """The tag that a part is, if it is one of a block."""
    blocks: list[_Block] = field(default_factory=list)
    characters: int = 0
    bill_untranslated: bool = True

    def add(self, raw: str, token: Token | None = None) -> None:
        self.raw.append(raw)
        self.tokens.append(token)

    def add_run(self, run: Sequence[Token]) -> None:
        """Text with tags in it: a block, if there is anything to translate."""
        if run:
            text = "".join(token.text for token in run if token.sort is Sort.TEXT or self.bill_untranslated)
            self.characters += len(text.strip())
            if any(token.sort is Sort.TEXT and token.text.strip() for token in run):
                self.blocks.append(_Block(len(self.raw), masked(run)))
            self.add("".join(token.raw for token in run))

    def tag(self, number: int, sort: Sort) -> Token | None:
        token = self.tokens[number] if 0 <= number < len(self.tokens) else None
        return token if token and token.sort is sort else None

    def element(self, block: _Block) -> str:
        """The name of the element that holds a block and nothing else, or nothing."""
        start, end = self.tag(block.place - 1, Sort.START), self.tag(block.place + 1, Sort.END)
        return start.name if start and end and start.name == end.name else ""

    def are_alike(self, block: _Block, following: _Block) -> bool:
        """Whether two elements of one kind follow each other, with white space between them at most."""
        between = self.raw[block.place + 2 : following.place - 1]
        return self.element(block) == self.element(following) != "" and not "".join(between).strip()


def translate_html(
    document: str,
    translate: Callable[[str], str],
    *,
    damage: Damage | None = None,
    bill_untranslated: bool = True,
) -> TranslatedHtml:
    """Translate a document.

    Args:
        translate: given the text of a block with private characters in it, a ``MaskedText``.
        damage: what happens to the markup of it. Nothing by default.
    """
    parts = _split(read_tokens(document), bill_untranslated)
    for block in parts.blocks:
        block.made = settled(translate(block.text), block.text.pieces)
    if damage:
        _choose(parts, damage)
    for block in parts.blocks:
        parts.raw[block.place] = render(block.made, block.text.pieces, is_twice=block.harm == "entities")
    for block, following in zip(parts.blocks, parts.blocks[1:], strict=False):
        if block.harm == "merged":
            _merge(parts.raw, block.place, following.place)
    return TranslatedHtml("".join(parts.raw), parts.characters)


def _split(tokens: Iterable[Token], bill_untranslated: bool) -> _Parts:
    parts = _Parts(bill_untranslated=bill_untranslated)
    run: list[Token] = []
    depth = 0
    for token in tokens:
        depth += (token.name == "html") * ((token.sort is Sort.START) - (token.sort is Sort.END))
        if depth and not token.is_block:
            run.append(token)
            continue
        parts.add_run(run)
        run = []
        parts.add(token.raw, token if token.is_block else None)
        if token.sort is Sort.KEPT and bill_untranslated and (depth or token.name == "html"):
            parts.characters += len(token.text.strip())
    parts.add_run(run)
    return parts


# One block


def masked(run: Sequence[Token]) -> MaskedText:
    """Text with a private character for each tag, for each element that is not translated, and for its own likes."""
    text: list[str] = []
    pieces: list[Piece] = []
    waiting: list[tuple[str, int]] = []
    for token in run:
        if token.sort is Sort.TEXT:
            for part in re.split(f"({SENTINELS.pattern})", token.text):
                is_private = bool(SENTINELS.match(part))
                text.append(sentinel(len(pieces)) if is_private else part)
                pieces += [Piece(part)] if is_private else []
            continue
        text.append(sentinel(len(pieces)))
        opener = next((number for name, number in reversed(waiting) if name == token.name), -1)
        if token.sort is Sort.END and opener >= 0:
            del waiting[waiting.index((token.name, opener)) :]
            pieces[opener] = Piece(pieces[opener].raw, partner=len(pieces))
            pieces.append(Piece(token.raw, partner=opener))
        else:
            waiting += [(token.name, len(pieces))] if token.sort is Sort.START else []
            pieces.append(Piece(token.raw, token.text))
    return MaskedText.of("".join(text), pieces)


def settled(made: str, pieces: Sequence[Piece]) -> str:
    """A translation with each private character once and the tags well nested, whatever the translation did to them."""
    for number, piece in enumerate(pieces):
        head, sign, tail = made.partition(sentinel(number))
        made = head + sentinel(number) + tail.replace(sign, "") if sign else made + sentinel(number)
        if 0 <= piece.partner < number and made.index(sentinel(number)) < made.index(sentinel(piece.partner)):
            made = made.translate({ord(one): other for one, other in _exchange(number, piece.partner)})
    waiting: list[int] = []

    def nest(found: re.Match[str]) -> str:
        number = ord(found[0]) - MASK_BASE
        partner = pieces[number].partner
        if partner > number:
            waiting.append(partner)
        return sentinel(waiting.pop()) if 0 <= partner < number else found[0]

    return SENTINELS.sub(nest, made)


def _exchange(one: int, other: int) -> tuple[tuple[str, str], tuple[str, str]]:
    signs = sentinel(one), sentinel(other)
    return signs, signs[::-1]


def render(made: str, pieces: Sequence[Piece], *, is_twice: bool = False) -> str:
    """HTML of a translation. With ``is_twice``, what is escaped in it is escaped once more."""
    parts = []
    for part in re.split(f"({SENTINELS.pattern})", made):
        raw = pieces[ord(part) - MASK_BASE].raw if SENTINELS.match(part) else html.escape(part, quote=False)
        parts.append(raw.replace("&", "&amp;") if is_twice else raw)
    return "".join(parts)


# Damage


def _choose(parts: _Parts, damage: Damage) -> None:
    """Harm the blocks, each alone; of two that are merged the second is spared."""
    followers = [*parts.blocks, None][1:]
    is_taken = False
    for block, following in zip(parts.blocks, followers, strict=True):
        tag = parts.tag(block.place - 1, Sort.START)
        has_next = following is not None and parts.are_alike(block, following)
        has_id = tag is not None and without_id(tag.raw) != tag.raw
        possible = possible_kinds(block.made, block.text.pieces, has_next=has_next, has_id=has_id)
        segment = (tag.raw if tag else "") + block.text
        block.harm = "" if is_taken else damage.choose(segment, possible)
        is_taken = block.harm == "merged"
        block.made = harm(block.harm, block.made, block.text.pieces, damage.draw(segment, "which"))
        if block.harm == "lost_id":
            parts.raw[block.place - 1] = without_id(parts.raw[block.place - 1])


def _merge(raw: list[str], place: int, following: int) -> None:
    """Let one element take in the next, whose tags go."""
    raw[place] = f"{raw[place]} {raw[following]}"
    raw[following - 1 : following + 2] = ["", "", ""]
