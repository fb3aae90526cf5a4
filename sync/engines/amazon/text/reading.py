"""One paragraph that came back → the text of its segment, or why there is none. Pure."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Final, NoReturn

from alignment.locales import load
from alignment.markdown import MaskError, spans
from alignment.markdown.masking import SENTINELS
from alignment.model import Mark
from sync.bitext.engine_text import UNSEEN
from sync.engines.amazon.text.joints import settle
from sync.engines.amazon.text.paragraphs import Close, Open, with_tags
from sync.engines.amazon.text.shown import ENTITY, number_of, show, sign_of
from sync.engines.smt.unmasking import legible
from sync.engines.verify import CODE_CONTEXTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from alignment.markdown import Profile
    from sync.engines.amazon.text.paragraphs import Paragraph
    from sync.engines.amazon.text.shown import Shown
    from sync.model import Job

DEEPEST: Final = 3
"""How often a service may have escaped a text."""
SPECIAL: Final = "\\`*_$[]<>~"
"""What markup begins or ends with."""
WORD: Final = re.compile(r"[^\W_]")
FIRST: Final = re.compile(r"(\d{0,9})([-+#.)>=~!:])")


class Damaged(Exception):
    """A segment did not come back as it went out; the message says how."""


def _fail(reason: str) -> NoReturn:
    raise Damaged(reason)


def read_segment(paragraph: Paragraph, job: Job, prefix: str, profile: Profile) -> str:
    """The translation of a segment; the source as it stands, where the service left it as it is.

    Raises:
        Damaged: a piece of markup is missing, doubled, changed or where it cannot be; or there are no words.
    """
    shown = show(job, profile)
    try:
        words = _decode(paragraph, shown, prefix)
    except Damaged:
        again = with_tags(paragraph)
        if again is None:
            raise
        words = _decode(again, shown, prefix)
    if words.split() == shown.words.split():
        return job.source
    _check_content(words, shown, job)
    settled = settle(words, shown, load(job.lang))
    return _code(settled, shown) if job.context in CODE_CONTEXTS else _markdown(settled, shown, profile)


def _decode(paragraph: Paragraph, shown: Shown, prefix: str) -> str:
    """The words, with a character for each placeholder."""
    decoder = _Decoder(shown, prefix)
    for event in paragraph.events:
        if isinstance(event, Open):
            decoder.open(event)
        elif isinstance(event, Close):
            decoder.close(event)
        else:
            decoder.text(event)
    return decoder.result()


class _Decoder:
    """Follows the elements of a paragraph."""

    def __init__(self, shown: Shown, prefix: str) -> None:
        self.shown = shown
        self.numbers = {f"{prefix}{number}": number for number in (*shown.literals, *shown.closers)}
        self.stack: list[tuple[int, str]] = []
        self.inside = ""
        self.parts: list[str] = []

    def open(self, event: Open) -> None:
        number = self.numbers.pop(event.name, None)
        if number is None:
            _fail(f"it came back with an element that was not sent once: {event.tag} {event.name}".strip())
        if self.stack and self.stack[-1][0] in self.shown.literals:
            _fail(f"an element came back inside {self._name(self.stack[-1][0])}")
        self.stack.append((number, event.tag))
        self.inside = ""
        if number not in self.shown.literals:
            self.parts.append(sign_of(number))

    def close(self, event: Close) -> None:
        number, tag = self.stack.pop() if self.stack else (-1, "")
        if tag != event.tag:
            _fail("elements came back that cross, or end without having begun")
        if number in self.shown.literals:
            if not _is_same(self.inside, self.shown.literal(number)):
                _fail(f"{self._name(number)} came back changed")
            self.parts.append(sign_of(number))
        else:
            self.parts.append(sign_of(self.shown.closers[number]))

    def text(self, text: str) -> None:
        if self.stack and self.stack[-1][0] in self.shown.literals:
            self.inside += text
        else:
            self.parts.append(_unescaped(text, self.shown.visible))

    def result(self) -> str:
        if self.stack:
            _fail(f"{self._name(self.stack[-1][0])} came back without its end")
        if self.numbers:
            names = [self._name(number) for number in sorted(self.numbers.values())]
            _fail(f"it lost {' '.join(names[:3])}")
        return "".join(self.parts)

    def _name(self, number: int) -> str:
        return self.shown.placeholders[number].text


def _is_same(found: str, sent: str) -> bool:
    """Whether a text that must not be touched came back, however often it was escaped on the way."""
    for _ in range(DEEPEST):
        if "".join(found.split()) == "".join(sent.split()):
            return True
        found = html.unescape(found)
    return False


def _unescaped(text: str, sent: str) -> str:
    """Words as they are read, where the service escaped them once more; not where entities themselves were sent."""
    if SENTINELS.search(text):
        _fail("it holds characters that stand for placeholders")
    for _ in range(DEEPEST):
        if ENTITY.search(text) and not ENTITY.search(sent):
            text = html.unescape(text)
    return UNSEEN.sub("", text)


def _check_content(words: str, shown: Shown, job: Job) -> None:
    """Whether there is something where there was something, and what must keep its order has kept it."""
    if not WORD.search(SENTINELS.sub("", words)) and WORD.search(shown.visible):
        _fail("it came back without words")
    for opener, closer in shown.pairs:
        if _within(shown.words, opener, closer) and not _within(words, opener, closer):
            _fail(f"nothing is left between {shown.placeholders[opener].text} and {shown.placeholders[closer].text}")
    is_code = job.context in CODE_CONTEXTS
    fixed = [n for n in map(number_of, SENTINELS.findall(words)) if is_code or shown.placeholders[n].mark is Mark.HTML]
    if fixed != sorted(fixed):
        _fail("fields of a format, or tags of HTML, came back in another order")


def _within(words: str, opener: int, closer: int) -> str:
    return words.partition(sign_of(opener))[2].partition(sign_of(closer))[0].strip()


def _code(words: str, shown: Shown) -> str:
    return SENTINELS.sub(lambda found: shown.placeholders[number_of(found[0])].text, words)


def _markdown(words: str, shown: Shown, profile: Profile) -> str:
    """As Markdown in which the same markup is read as in the source, and no other; escaped, where that is needed."""
    for escapes in (shown.escapes, {sign: f"\\{sign}" for sign in SPECIAL} | dict(shown.escapes)):
        masked = shown.before + _led(_escaped(words, escapes), shown) + shown.after
        try:
            text = legible(masked, shown.placeholders, profile)
        except MaskError as error:
            _fail(str(error))
        if _reads_as(text, masked, shown, profile):
            return text
    return _fail("its words would be read as markup, or its markup as words")


def _escaped(words: str, escapes: Mapping[str, str]) -> str:
    return "".join(escapes.get(sign, sign) for sign in words)


def _led(words: str, shown: Shown) -> str:
    """With the escape of the first sign, where the source has one."""
    found = FIRST.match(words)
    if shown.lead and found and found[2] == shown.lead:
        return f"{found[1]}\\{words[found.start(2) :]}"
    return words


def _reads_as(text: str, masked: str, shown: Shown, profile: Profile) -> bool:
    """Whether whoever reads the text sees the placeholders in the order of the masked text."""
    wanted = [shown.placeholders[number_of(sign)] for sign in SENTINELS.findall(masked)]
    return [placeholder for _, _, placeholder in spans(text, profile)] == wanted
