"""``amts align``: which blocks and sentences of a chapter and its translation correspond."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot.cli.options import add_profile

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from rich.text import Text

    from alignment.locales import Locale
    from alignment.markdown import Profile
    from alignment.model import Alignment, Bead, Block, Link, Segment
    from alignment.sides import Side
    from bot.cli.console import Console

HELP: Final = "show which blocks and sentences of a chapter and its translation correspond"
EPILOG: Final = """\
examples:
  amts align chapter.md chapter.zh.md --lang zh           a table of blocks with their sentences
  amts align chapter.md chapter.zh.md --lang zh --json    one JSON line per link, spans in code points
  amts align --batch gold.jsonl --lang zh                 every chapter of a data set, lines on standard output
  amts align --batch gold.jsonl --lang zh --units         the same on the blocks and sentences given there
"""
ENGLISH: Final = "en"
SHOWN: Final = 60
"""Characters of a block without sentences in the table."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("source", nargs="?", type=Path, help="the English chapter")
    parser.add_argument("target", nargs="?", type=Path, help="its translation")
    parser.add_argument("--lang", required=True, metavar="TAG", help="language of the translation, e.g. zh, pt-BR")
    parser.add_argument("--doc", default="", metavar="ID", help="name of the chapter in the JSON lines")
    parser.add_argument("--json", action="store_true", help="print one JSON line per link")
    parser.add_argument("--batch", type=Path, metavar="GOLD.jsonl", help="align every chapter of a data set")
    add_profile(parser)
    parser.add_argument("--units", action="store_true", help="with --batch: use the blocks and sentences given there")


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Print the links. Returns 0; raises UsageError and InputError."""
    from sync.errors import UsageError

    files = [path for path in (arguments.source, arguments.target) if path]
    if arguments.batch:
        if files or arguments.json or arguments.doc:
            msg = "--batch names its chapters itself: leave out SOURCE, TARGET, --doc and --json."
            raise UsageError(msg)
        return _run_batch(arguments, console)
    if len(files) != 2 or arguments.units:
        msg = "Name two files, SOURCE and TARGET, or a data set with --batch. --units goes with --batch only."
        raise UsageError(msg)
    return _run_pair(arguments, console)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cut:
    """A file, cut into units."""

    side: Side
    starts: Sequence[int]
    """Where each block begins in the file, in code points."""

    def spans(self, blocks: Sequence[int]) -> list[tuple[int, int]]:
        """Of blocks."""
        return [(self.starts[i], self.starts[i] + len(self.side.blocks[i].text)) for i in blocks]

    def sentence_spans(self, blocks: Sequence[int], sentences: Sequence[int]) -> list[tuple[int, int]]:
        """Of sentences, which are counted through the blocks."""
        every = [(self.starts[i] + s.start, self.starts[i] + s.end) for i in blocks for s in self.side.segments[i]]
        return [every[number] for number in sentences]

    def sentences(self, blocks: Sequence[int]) -> list[Segment]:
        return [segment for i in blocks for segment in self.side.segments[i]]


def _run_pair(arguments: argparse.Namespace, console: Console) -> int:
    from alignment.aligner import align_sides
    from alignment.locales import load
    from alignment.markdown import PROFILES

    profile = PROFILES[arguments.profile]
    source = _cut(_read(arguments.source), load(ENGLISH), profile)
    target = _cut(_read(arguments.target), load(arguments.lang), profile)
    alignment = align_sides(source.side, target.side, profile)
    if arguments.json:
        for line in _lines(arguments.doc, source, target, alignment):
            console.print(line)
    else:
        _show(source, target, alignment, console)
    return 0


def _read(path: Path) -> str:
    """A file as it is, line endings included."""
    from sync.errors import InputError

    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        msg = f"{path}: there is no such file. Check the path."
        raise InputError(msg) from None
    except (OSError, UnicodeDecodeError) as error:
        msg = f"{path}: cannot be read as UTF-8 text ({error}). Check the file."
        raise InputError(msg) from error


def _cut(text: str, locale: Locale, profile: Profile) -> _Cut:
    """With our own parser and splitter."""
    from alignment.markdown import parse
    from alignment.sides import cut

    document = parse(text, profile)
    starts = accumulate((len(block.text) + len(block.gap) for block in document.blocks), initial=len(document.head))
    return _Cut(side=cut(document, locale, profile), starts=tuple(starts))


# --- lines for programs ------------------------------------------------------------------------------------------


def _lines(doc: str, source: _Cut, target: _Cut, alignment: Alignment) -> Iterator[str]:
    for link in alignment.links:
        left, right = link.blocks.source, link.blocks.target
        yield _line(doc, "block", source.spans(left), target.spans(right), link.blocks)
        for bead in link.sentences:
            spans = source.sentence_spans(left, bead.source), target.sentence_spans(right, bead.target)
            yield _line(doc, "sent", *spans, bead)


def _line(doc: str, level: str, left: Sequence[tuple[int, int]], right: Sequence[tuple[int, int]], bead: Bead) -> str:
    link = {"doc": doc, "level": level, "src": left, "tgt": right, "confidence": round(bead.confidence, 3)}
    return json.dumps(link, ensure_ascii=False)


def _run_batch(arguments: argparse.Namespace, console: Console) -> int:
    from alignment.aligner import align_all
    from alignment.locales import load
    from alignment.markdown import PROFILES

    profile = PROFILES[arguments.profile]
    entries = list(_entries(arguments.batch))
    read = _given if arguments.units else _own
    pairs = []
    with console.progress("Reading", len(entries)) as step:
        for entry in entries:
            source = read(arguments.batch.parent, entry["src"], load(ENGLISH), profile)
            pairs.append((source, read(arguments.batch.parent, entry["tgt"], load(arguments.lang), profile)))
            step(entry["doc"])
    alignments = align_all([(source.side, target.side) for source, target in pairs], profile)
    for entry, (source, target), alignment in zip(entries, pairs, alignments, strict=True):
        for line in _lines(entry["doc"], source, target, alignment):
            console.print(line)
    return 0


def _entries(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a data set; the links in them are not looked at."""
    from sync.errors import InputError

    for number, line in enumerate(_read(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            yield {"doc": str(entry["doc"]), "src": entry["src"], "tgt": entry["tgt"]}
        except (ValueError, KeyError, TypeError) as error:
            msg = f"{path}, line {number}: not a line with doc, src and tgt ({error}). Is this a gold.jsonl?"
            raise InputError(msg) from error


def _own(folder: Path, side: dict[str, Any], locale: Locale, profile: Profile) -> _Cut:
    return _cut(_read(folder / side["file"]), locale, profile)


def _given(folder: Path, side: dict[str, Any], locale: Locale, profile: Profile) -> _Cut:
    """With the blocks and sentences of the data set."""
    from alignment.model import Segment
    from alignment.sides import Side

    text = _read(folder / side["file"])
    segments: list[list[Segment]] = [[] for _ in side["blocks"]]
    for start, end, index in side["sents"]:
        first = side["blocks"][index][0]
        segments[index].append(Segment(text[start:end], start - first, end - first))
    blocks = tuple(_block(text[start:end], kind, profile) for start, end, kind in side["blocks"])
    return _Cut(
        side=Side(blocks=blocks, segments=tuple(map(tuple, segments)), locale=locale),
        starts=[start for start, _, _ in side["blocks"]],
    )


def _block(text: str, kind: str, profile: Profile) -> Block:
    """One block of the given kind; its depth and its name from our own parser, where that agrees."""
    from alignment.markdown import parse
    from alignment.model import PROSE, Block, Kind

    parsed = parse(text, profile).blocks
    wanted = Kind(kind)
    if len(parsed) == 1 and (parsed[0].kind is wanted or not {parsed[0].kind, wanted} & {*PROSE, Kind.CODE}):
        return parsed[0]
    return Block(kind=wanted, text=text)


# --- a table for people ------------------------------------------------------------------------------------------


def _show(source: _Cut, target: _Cut, alignment: Alignment, console: Console) -> None:
    from rich.table import Table

    table = Table(header_style="bold", expand=True)
    table.add_column("lines", justify="right", no_wrap=True)
    table.add_column("English", ratio=1, overflow="fold")
    table.add_column("translation", ratio=1, overflow="fold")
    table.add_column("sure", justify="right", no_wrap=True)
    for link in alignment.links:
        where = f"{_line_of(source, link.blocks.source)} {_line_of(target, link.blocks.target)}"
        for left, right, confidence in _rows(link, source, target):
            table.add_row(where, _cell(left), _cell(right), f"{confidence:.2f}" if left and right else "")
            where = ""
        table.add_section()
    console.rich().print(table)
    console.print(_summary(alignment))


def _rows(link: Link, source: _Cut, target: _Cut) -> list[tuple[str, str, float]]:
    """Text on both sides and confidence of each bead of sentences; where there is none, of the blocks."""
    left, right = link.blocks.source, link.blocks.target
    if not link.sentences:
        return [(_first(source, left), _first(target, right), link.blocks.confidence)]
    ours, theirs = source.sentences(left), target.sentences(right)
    return [
        (" ".join(ours[i].text for i in bead.source), " ".join(theirs[j].text for j in bead.target), bead.confidence)
        for bead in link.sentences
    ]


def _line_of(cut: _Cut, blocks: Sequence[int]) -> str:
    return str(cut.side.blocks[blocks[0]].line) if blocks else "–"


def _first(cut: _Cut, blocks: Sequence[int]) -> str:
    """Enough of some blocks to recognize them."""
    text = " / ".join(cut.side.blocks[i].text for i in blocks)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def _cell(text: str) -> Text:
    from rich.text import Text

    return Text(" ".join(text.split()))


def _summary(alignment: Alignment) -> str:
    beads = [link.blocks for link in alignment.links]
    counts = {
        "links of blocks": sum(bool(bead.source and bead.target) for bead in beads),
        "only in English": sum(not bead.target for bead in beads),
        "only in the translation": sum(not bead.source for bead in beads),
        "beads of sentences": sum(len(link.sentences) for link in alignment.links),
    }
    return ", ".join(f"{count} {what}" for what, count in counts.items()) + "."
