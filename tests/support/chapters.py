"""One chapter brought up to date, and what is to be said of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from alignment.diff import fold
from alignment.markdown import D2L, parse
from alignment.model import Kind
from sync.assemble import assemble
from sync.engines.echo import Echo
from sync.model import ChapterResult, RevisionPair
from sync.pipeline import draft, update_chapter
from sync.plan import plan_chapter

if TYPE_CHECKING:
    from alignment.markdown import Profile
    from sync.engines import Engine


def update(
    old: str, new: str, target: str, lang: str, engine: Engine | None = None, profile: Profile = D2L
) -> ChapterResult:
    """The chapter after an update; with the null engine unless another is given."""
    pair = RevisionPair(path="tea/pots.md", lang=lang, en_old=old, en_new=new, tgt_old=target)
    return update_chapter(pair, engine or Echo(), profile=profile)


def merge(old: str, new: str, target: str, lang: str, engine: Engine | None = None) -> ChapterResult:
    """The same without the short way for English that did not change: the whole machinery runs."""
    pair = RevisionPair(path="tea/pots.md", lang=lang, en_old=old, en_new=new, tgt_old=target)
    plan = plan_chapter(pair, D2L)
    return assemble(plan, draft(engine or Echo(), plan.jobs))


def rewrapped(text: str) -> str:
    """The same Markdown with each line of a paragraph broken after every second word, where that changes nothing."""
    blocks = parse(text, D2L).blocks
    texts = (_rewrap(block.text) if block.kind is Kind.PARAGRAPH else block.text for block in blocks)
    return "".join(text + block.gap for text, block in zip(texts, blocks, strict=True))


def _rewrap(text: str) -> str:
    """A break before a word only, and not inside of markup: elsewhere it could begin something else."""
    return re.sub(r"(\b[A-Za-z]+ [A-Za-z]+) (?=[A-Za-z])", r"\1\n", text)


def render(text: str) -> str:
    """HTML as CommonMark makes it, without comments, white space and the ends of paragraphs and lists."""
    html = MarkdownIt("commonmark").enable("table").render(text)
    return re.sub(r"<!--.*?-->|</?(?:p|ul|ol)\b[^>]*>|\s+", "", html, flags=re.DOTALL)


def without_pending(text: str) -> str:
    """A chapter without the English that waits."""
    return re.sub(r"^ *<!-- amts:pending .*?-->\n?", "", text, flags=re.DOTALL | re.MULTILINE)


def remarks(result: ChapterResult) -> str:
    """What became of each change, a line each, and what else a reader is told."""
    fates = [f"{one.fate} {one.op}: {fold(one.new_source or one.old_source)}" for one in result.outcomes]
    found = [f"! {one.severity} {one.rule}: {one.message}" for one in result.diagnostics]
    return "\n".join((*fates, *found))
