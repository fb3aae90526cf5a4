"""One segment as the service is shown it: words, elements round words, and elements that it must not touch. Pure."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from alignment.diff import fold
from alignment.markdown import MaskError, mask
from alignment.markdown.masking import SENTINELS, pairs
from alignment.model import MASK_BASE, Mark, Masked, Placeholder
from sync.bitext.engine_text import ESCAPED, UNSEEN
from sync.engines.verify import CODE_CONTEXTS
from sync.merge.cell.words import FIELD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from alignment.markdown import Profile
    from sync.model import Job

ENTITY: Final = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
WRITTEN: Final = re.compile(f"{ESCAPED.pattern}|{ENTITY.pattern}")
"""A character that the source does not write as itself."""
INLINE: Final = frozenset("\\`*_{}[]<>$~&|^")
"""What is markup wherever it stands, so that it is escaped again wherever it stands."""
LEADING: Final = re.compile(r"\d{0,9}\\([-+#.)>=~!:])")
"""What is markup only where a block begins."""
LITERAL_TAG: Final = "code"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A segment, taken apart. Placeholders go by number; one character stands for each, as in ``Masked``."""

    words: str
    """What is sent: words as a reader sees them, one line, with the character of each placeholder that is sent."""
    before: str
    """Characters of the placeholders that stand before all words, and are not sent."""
    after: str
    """The same behind all words."""
    placeholders: tuple[Placeholder, ...]
    pairs: tuple[tuple[int, int], ...]
    """Opener and closer of what stands round words as one element."""
    escapes: Mapping[str, str]
    """How the source writes a character that would be markup otherwise."""
    lead: str
    """A first sign that the source escapes so that it begins no block, or nothing."""

    @property
    def closers(self) -> dict[int, int]:
        """The closer of each opener."""
        return dict(self.pairs)

    @property
    def literals(self) -> frozenset[int]:
        """What is sent and must come back character for character."""
        halves = {number for pair in self.pairs for number in pair}
        return frozenset(number_of(sign) for sign in SENTINELS.findall(self.words)) - halves

    def literal(self, number: int) -> str:
        """What is sent of one of them."""
        return fold(UNSEEN.sub("", self.placeholders[number].text))

    @property
    def visible(self) -> str:
        """The words alone."""
        return SENTINELS.sub("", self.words)

    @property
    def characters(self) -> int:
        """What the service may charge for: all text, what must not be translated too."""
        return len(self.visible) + sum(len(self.literal(number)) for number in self.literals)


def show(job: Job, profile: Profile) -> Shown:
    """Take a segment apart.

    Raises:
        MaskError: as ``alignment.markdown.mask`` does.
    """
    if job.context in CODE_CONTEXTS:
        return _show_code(job)
    masked = mask(job.source, profile)
    lead = LEADING.match(masked.text)
    plain = fold(UNSEEN.sub("", WRITTEN.sub(lambda found: _meant(found[0]), masked.text)))
    found = tuple(_nested(pairs(masked.placeholders)))
    before, words, after = _peel(plain, masked.placeholders, dict(found))
    sent = {number_of(sign) for sign in SENTINELS.findall(words)}
    return Shown(
        words=words,
        before=before,
        after=after,
        placeholders=masked.placeholders,
        pairs=tuple(pair for pair in found if pair[0] in sent),
        escapes=_escapes(masked.text),
        lead=lead[1] if lead else "",
    )


def _show_code(job: Job) -> Shown:
    """What is no Markdown: of a string, the fields of a format must stay as they are.

    Raises:
        MaskError: it holds characters that stand for placeholders.
    """
    if SENTINELS.search(job.source):
        message = "The text holds characters that stand for placeholders."
        raise MaskError(message)
    masked = _mask_fields(job.source) if job.context == "string" else Masked(job.source, ())
    words = fold(UNSEEN.sub("", masked.text))
    return Shown(words=words, before="", after="", placeholders=masked.placeholders, pairs=(), escapes={}, lead="")


def _mask_fields(text: str) -> Masked:
    """A text with a placeholder for each field of a format."""
    found = tuple(Placeholder(Mark.CODE, field[0]) for field in FIELD.finditer(text))
    numbers = iter(range(len(found)))
    return Masked(FIELD.sub(lambda _: sign_of(next(numbers)), text), found)


def _nested(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pairs that lie in one another or apart: the others cannot be elements, and are sent as two halves."""
    wide = sorted(found)
    return [pair for pair in wide if not any(_cross(pair, other) for other in wide)]


def _cross(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[0] < one[1] < other[1] or other[0] < one[0] < other[1] < one[1]


def _peel(text: str, placeholders: Sequence[Placeholder], closers: Mapping[int, int]) -> tuple[str, str, str]:
    """Take off what stands before and behind all words: halves of pairs in other sentences, pairs round everything.

    What is not sent cannot be damaged.
    """
    before = after = ""
    paired = {*closers, *closers.values()}
    while text:
        first, last = (_number(sign) for sign in (text[0], text[-1]))
        if first is not None and placeholders[first].opens and first not in paired:
            before, text = _moved(before, text)
        elif last is not None and placeholders[last].closes and last not in paired:
            text, after = _moved_back(text, after)
        elif first is not None and last is not None and closers.get(first) == last:
            before, text = _moved(before, text)
            text, after = _moved_back(text, after)
        else:
            break
    return before, text, after


def _moved(before: str, text: str) -> tuple[str, str]:
    """The first sign of a text at the end of another, with the white space behind them."""
    rest = text[1:].lstrip()
    return before + text[: len(text) - len(rest)], rest


def _moved_back(text: str, after: str) -> tuple[str, str]:
    """The last sign of a text at the beginning of another, with the white space before it."""
    rest = text[:-1].rstrip()
    return rest, text[len(rest) :] + after


def _number(sign: str) -> int | None:
    return number_of(sign) if SENTINELS.match(sign) else None


def _escapes(text: str) -> dict[str, str]:
    """How a text writes signs that it does not mean as markup, and characters that it names."""
    found = {_meant(one[0]): one[0] for one in WRITTEN.finditer(text)}
    return {sign: written for sign, written in found.items() if _is_kept(sign, written)}


def _is_kept(sign: str, written: str) -> bool:
    """Whether a character is written in the same way wherever it stands; a letter or a space is not."""
    return sign in INLINE if written[0] == "\\" else written != sign and not (sign.isalnum() or sign.isspace())


def _meant(written: str) -> str:
    """The character that an escape or an entity stands for; itself if it is none, or several."""
    if written[0] == "\\":
        return written[1:]
    meant = html.unescape(written)
    return meant if len(meant) == 1 else written


def number_of(sign: str) -> int:
    """The number of the placeholder that a character stands for."""
    return ord(sign) - MASK_BASE


def sign_of(number: int) -> str:
    """The character that stands for a placeholder."""
    return chr(MASK_BASE + number)


def _element_tag(placeholder: Placeholder) -> str:
    """The element that stands for a pair round words."""
    if placeholder.mark is Mark.EMPHASIS:
        return "b" if len(placeholder.text) > 1 else "i"
    return "a" if placeholder.mark is Mark.LINK else "span"


def to_html(shown: Shown, prefix: str) -> str:
    """The content of the paragraph of a segment; ids of its elements begin with ``prefix``."""
    closing = {closer: opener for opener, closer in shown.pairs}

    def element(sign: str) -> str:
        number = number_of(sign)
        if number in closing:
            return f"</{_element_tag(shown.placeholders[closing[number]])}>"
        if number in shown.closers:
            return f'<{_element_tag(shown.placeholders[number])} id="{prefix}{number}">'
        inside = html.escape(shown.literal(number), quote=False)
        return f'<{LITERAL_TAG} translate="no" id="{prefix}{number}">{inside}</{LITERAL_TAG}>'

    return SENTINELS.sub(lambda found: element(found[0]), html.escape(shown.words, quote=False))
