"""Small chapters that hypothesis makes, edits of them, and a translation into a language that nobody speaks.

The language is English with its letters turned by thirteen, markup left alone. So the right translation of any text is
known, and an engine can be had that is never wrong.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from alignment.markdown import D2L, parse, spans
from sync.model import Draft, Origin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sync.model import Job

SENTENCES = (
    "A pot of clay holds 3 cups of water.",
    "The lid is made of dark wood.",
    "We pour the tea at $t_0$ and drink it at $t_1$.",
    "Nobody in the old house ever forgets to warm the cups.",
    "Call `pot.open()` before anything else is done.",
    "As :numref:`sec_lids` says, steam rises.",
    "Green leaves need 80 degrees, and black ones need more than that.",
    "Wait!",
    "Is the water hot enough for the leaves?",
    "Rain fell on the garden while the kettle sang its song in the kitchen.",
    "The *finest* leaves are picked by hand in the spring.",
    "Some people add milk, sugar, or a slice of lemon to it.",
    "A good handle stays cool for as long as 15 minutes.",
    "See the [book of tea](https://tea.example/book) for the whole story.",
    "Bowls and plates are washed in the evening.",
    "The merchant weighed every chest on the quay before the ship left for the north.",
    "Small pots are better than large ones :cite:`Potter.1999`.",
    "[**Never boil the water twice.**]",
    "Cats sleep beside the stove.",
    "The recipe asks for patience, and for a quiet hour in the afternoon.",
)
WORDS = ("seven", "pleasant", "copper", "often", "beyond", "garden")
CODE = ("pour(tea, cups=2)", "pot = Pot('clay')\npot.boil()", "lid.close()", "for cup in cups:\n    cup.fill()")
MATH = ("$$v = \\pi r^2 h$$", "$$t = t_0 + 15$$", "$$n = \\frac{a}{b}$$")
KINDS = ("paragraph", "paragraph", "paragraph", "item", "item", "heading", "code", "math", "image", "tab", "table")


@dataclass(frozen=True, slots=True)
class Piece:
    """A block, or a few that belong together."""

    kind: str
    sentences: tuple[str, ...] = ()
    name: str = ""
    form: int = 0
    """0 or 1: the mark of an item, the depth of a heading, a paragraph in a quote."""

    def render(self) -> str:
        text = " ".join(self.sentences)
        match self.kind:
            case "item":
                return f"{('*', '1.')[self.form]} {text}"
            case "heading":
                return f"{('##', '###')[self.form]} {text}\n:label:`sec_{self.name}`"
            case "code":
                return f"```{{.python .input}}\n#@tab {self.name}\n{text}\n```"
            case "image":
                return f"![{text}](../img/{self.name}.svg)\n:label:`img_{self.name}`"
            case "tab":
                return f":begin_tab:`{self.name}`\n{text}\n:end_tab:"
            case "table":
                return "|" + "|".join(self.sentences) + "|\n" + "|--" * len(self.sentences) + "|\n|1|2|"
            case _:
                return ("", "> ")[self.form] + text


def render(pieces: Sequence[Piece]) -> str:
    """The chapter. Items in a row make one list."""
    text = ""
    for number, piece in enumerate(pieces):
        together = number and (piece.kind, piece.form) == (pieces[number - 1].kind, pieces[number - 1].form)
        together = together and piece.kind == "item"
        text += ("\n" if together else "\n\n" if number else "") + piece.render()
    return f"{text}\n"


def translate(text: str) -> str:
    """Some Markdown without block structure in the other language."""
    result, at = "", 0
    for start, end, _ in spans(text, D2L):
        result += codecs.encode(text[at:start], "rot13") + text[start:end]
        at = max(at, end)
    return result + codecs.encode(text[at:], "rot13")


def translate_piece(piece: Piece) -> Piece:
    if piece.kind in ("code", "math"):
        return piece
    return replace(piece, sentences=tuple(translate(sentence) for sentence in piece.sentences))


class Interpreter:
    """An engine that is never wrong."""

    def __init__(self) -> None:
        self.jobs: tuple[Job, ...] = ()

    def submit(self, jobs: Sequence[Job]) -> str:
        self.jobs = tuple(jobs)
        return "ticket"

    def collect(self, ticket: str) -> tuple[Draft, ...] | None:
        return tuple(
            Draft(job=job.id, text=translate(job.source), origin=Origin.MACHINE, confidence=1.0) for job in self.jobs
        )


@st.composite
def pieces(draw: st.DrawFn, sentences: tuple[str, ...] = SENTENCES) -> tuple[Piece, ...]:
    """A chapter of up to eight pieces in which no sentence stands twice."""
    pool = list(draw(st.permutations(sentences)))
    found = []
    for number, kind in enumerate(draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=8))):
        found.append(draw(one_piece(kind, str(number), pool)))
    return tuple(found)


@st.composite
def one_piece(draw: st.DrawFn, kind: str, name: str, pool: list[str]) -> Piece:
    if kind == "code":
        return Piece(kind, (draw(st.sampled_from(CODE)),), draw(st.sampled_from(("all", "mxnet", "pytorch"))))
    if kind == "math":
        return Piece(kind, (draw(st.sampled_from(MATH)),))
    size = 1 if kind in ("heading", "image") else 2 if kind == "table" else draw(st.integers(1, 4))
    taken = [pool.pop() for _ in range(min(size, len(pool)))] or ["Nothing is left."]
    if kind == "heading":
        taken = [taken[0].rstrip(".!?").replace("[**", "").replace("**]", "")]
    return Piece(kind, tuple(taken), f"{kind}{name}", draw(st.integers(0, 1)))


@st.composite
def edited(draw: st.DrawFn, chapter: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """The chapter after up to four edits."""
    used = {sentence for piece in chapter for sentence in piece.sentences}
    pool = [sentence for sentence in SENTENCES if sentence not in used]
    found = list(chapter)
    for number in range(draw(st.integers(1, 4))):
        edit = draw(st.sampled_from((insert, delete, move, split, merge, change, shift, reform)))
        edit(draw, found, pool, f"new{number}")
    return tuple(found) or chapter


def _pick(draw: st.DrawFn, found: list[Piece]) -> int:
    return draw(st.integers(0, len(found) - 1))


def insert(draw: st.DrawFn, found: list[Piece], pool: list[str], name: str) -> None:
    found.insert(draw(st.integers(0, len(found))), draw(one_piece(draw(st.sampled_from(KINDS)), name, pool)))


def delete(draw: st.DrawFn, found: list[Piece], pool: list[str], name: str) -> None:
    if len(found) > 1:
        del found[_pick(draw, found)]


def move(draw: st.DrawFn, found: list[Piece], pool: list[str], name: str) -> None:
    piece = found.pop(_pick(draw, found))
    found.insert(draw(st.integers(0, len(found))), piece)


def split(draw: st.DrawFn, found: list[Piece], pool: list[str], name: str) -> None:
    at = _pick(draw, found)
    piece = found[at]
    if piece.kind in ("paragraph", "item") and len(piece.sentences) > 1:
        cut = draw(st.integers(1, len(piece.sentences) - 1))
        found[at : at + 1] = [
            replace(piece, sentences=piece.sentences[:cut]),
            replace(piece, sentences=piece.sentences[cut:]),
        ]


def merge(draw: st.DrawFn, found: list[Piece], pool: list[str], name: str) -> None:
    at = _pick(draw, found)
    if at + 1 < len(found) and found[at].kind == found[at + 1].kind == "paragraph":
        joined = replace(found[at], sentences=found[at].sentences + found[at + 1].sentences)
        found[at : at + 2] = [joined]


def change(draw: st.DrawFn, found: list[Piece], pool: list[str], name: str) -> None:
    """A word more in one sentence, or one less, or a sentence more, less, or elsewhere in the piece."""
    at = _pick(draw, found)
    sentences = list(found[at].sentences)
    if found[at].kind in ("code", "math") or not sentences:
        return
    i = draw(st.integers(0, len(sentences) - 1))
    single = found[at].kind in ("heading", "image", "table")
    ways = ("word", "number", "mark") if single else ("word", "number", "mark", "add", "remove", "turn")
    match draw(st.sampled_from(ways)):
        case "word":
            words = sentences[i].split(" ")
            words.insert(min(2, len(words) - 1), draw(st.sampled_from(WORDS)))
            sentences[i] = " ".join(words)
        case "number":
            sentences[i] = sentences[i].replace("3", "4").replace("80", "75").replace("t_0", "t_2")
        case "mark":
            sentences[i] = sentences[i][3:-3] if "[**" in sentences[i] else f"[**{sentences[i]}**]"
        case "add" if pool:
            sentences.insert(i, pool.pop())
        case "remove" if len(sentences) > 1:
            del sentences[i]
        case _:
            sentences.append(sentences.pop(i))
    found[at] = replace(found[at], sentences=tuple(sentences))


def reform(draw: st.DrawFn, found: list[Piece], pool: list[str], name: str) -> None:
    """Another mark of an item, another depth of a heading; another path of a picture, another label, another tab."""
    at = _pick(draw, found)
    if found[at].kind in ("item", "paragraph") and draw(st.booleans()):
        found[at] = replace(found[at], kind="item" if found[at].kind == "paragraph" else "paragraph")
    elif found[at].kind in ("item", "heading", "paragraph"):
        found[at] = replace(found[at], form=1 - found[at].form)
    else:
        found[at] = replace(found[at], name=f"{found[at].name}x" if found[at].kind != "code" else "all")


def shift(draw: st.DrawFn, found: list[Piece], pool: list[str], name: str) -> None:
    """A sentence from one paragraph to another."""
    paragraphs = [at for at, piece in enumerate(found) if piece.kind == "paragraph"]
    givers = [at for at in paragraphs if len(found[at].sentences) > 1]
    if givers and len(paragraphs) > 1:
        giver = draw(st.sampled_from(givers))
        taker = draw(st.sampled_from([at for at in paragraphs if at != giver]))
        *rest, last = found[giver].sentences
        found[giver] = replace(found[giver], sentences=tuple(rest))
        found[taker] = replace(found[taker], sentences=(last, *found[taker].sentences))


def blocks(text: str) -> list[str]:
    """The texts of all blocks."""
    return [block.text for block in parse(text, D2L).blocks]
