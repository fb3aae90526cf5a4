"""The dialects of Markdown a book may be written in, as data.

To add a directive of the book, add one row to ``D2L.lines``; to add one of MyST, one row to ``MYST.fences``.
Patterns are regular expressions; what a row leaves out is plain CommonMark with tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from alignment.model import Kind, Mark


@dataclass(frozen=True, slots=True)
class LineRule:
    """A line that is a block by itself, whatever stands above and below it."""

    name: str
    pattern: str
    """Matches the whole line without the white space around it; a group ``argument`` if it has one."""
    kind: Kind = Kind.DIRECTIVE
    attaches: bool = False
    """Whether it says something of the block right above, and cannot stand without it."""


@dataclass(frozen=True, slots=True)
class FenceRule:
    """A MyST directive with a body: ```` ```{name} ```` or ``:::{name}``."""

    name: str
    holds: Kind
    """``PARAGRAPH``: a body of blocks between two lines of Kind.DIRECTIVE. ``MATH``, ``CODE``: one opaque block."""


@dataclass(frozen=True, slots=True)
class MathRule:
    """A formula between ``$$`` and ``$$`` that begins and ends a line."""

    opening: str
    """What stands before the formula, ``$$`` included."""
    tail: str
    """What may follow the closing ``$$`` on its line."""


@dataclass(frozen=True, slots=True)
class InlineRule:
    """Inline markup that is one placeholder. Of two that match at the same place, the earlier row wins.

    It begins with a sign that ``masking.GATE`` names, so that words are passed over quickly.
    """

    mark: Mark
    pattern: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A dialect."""

    name: str
    lines: tuple[LineRule, ...] = ()
    fences: tuple[FenceRule, ...] = ()
    math: MathRule | None = None
    inline: tuple[InlineRule, ...] = ()
    slides: bool = False
    """Whether ``[**…**]``, ``(**…**)``, ``[~~…~~]`` and ``(~~…~~)`` mark what goes on the slides."""
    front_matter: bool = False
    footnotes: bool = False
    contain_comments: bool = False
    """Whether an ``<!--`` that is never closed ends with its paragraph, instead of with the document."""

    own_hosts: tuple[str, ...] = ()
    """Hosts on which every translation has pages of its own, such as a forum: English's addresses are not for them."""

    def __hash__(self) -> int:
        """Cheap, as every reader of a text remembers what it found by profile."""
        return hash(self.name)

    def attaches(self, name: str) -> bool:
        """Whether lines of this name belong to the block right above them."""
        return any(row.name == name and row.attaches for row in self.lines)


def role_line(name: str, *, attaches: bool = False) -> LineRule:
    """A row for ``:name:`` or ``:name:`argument` `` alone on its line; a forgotten last backtick is forgiven."""
    return LineRule(name, rf":{name}:(?:`(?P<argument>[^`]*)`?)?", attaches=attaches)


CJK: Final = "\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
"""Letters and punctuation of Chinese, Japanese and Korean, for a character class."""
PUNCTUATION: Final = r"[.,;:!?。，；：、．！？]*"

CODE: Final = InlineRule(Mark.CODE, r"(?<!`)(?P<ticks>`+)(?!`)(?s:.+?)(?<!`)(?P=ticks)(?!`)")
ROLE: Final = InlineRule(Mark.ROLE, r":[A-Za-z][\w.+-]*:`[^`]+`")
MYST_ROLE: Final = InlineRule(Mark.ROLE, r"\{[A-Za-z][\w.+:-]*\}(?P<role>`+)(?!`)(?s:.+?)(?<!`)(?P=role)(?!`)")
SUBSTITUTION: Final = InlineRule(Mark.ROLE, r"\{\{[^{}]+\}\}")
FOOTNOTE: Final = InlineRule(Mark.FOOTNOTE, r"\[\^[^\[\]\s]+\]")

DISPLAYED: Final = InlineRule(Mark.MATH, r"\$\$(?:\\(?s:.)|[^$\\]|\$(?!\$))+\$\$")
TIGHT: Final = InlineRule(Mark.MATH, rf"\$(?![\s$]|[{CJK}]+\$)(?:\\(?s:.)|[^$\\])+(?<!\s)\$(?!\d)")
"""As pandoc has it: nothing white inside the dollars, no digit after them, so that ``$5 and $6`` is money."""
LOOSE: Final = InlineRule(
    Mark.MATH,
    r"\$(?![^\w$]*\$)(?![^$]*(?<![\\A-Za-z])(?<!\\ )[A-Za-z]{3})"
    rf"(?:\\(?s:.)|[^$\\{CJK}])+\$(?!\d)",
)
"""Translators also write ``$ x $`` and ``$x $``. Taken for math where no word stands between the dollars."""

AUTOLINK: Final = InlineRule(Mark.URL, r"<[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*>|<[\w.+-]+@[\w-]+(?:\.[\w-]+)+>")
TAG: Final = InlineRule(Mark.HTML, r"<!--(?s:.*?)-->|</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>")
URL_SIGN: Final = r"\w\-~/@#&+=%:?!',;.*"
BARE_URL: Final = InlineRule(
    Mark.URL,
    rf"(?a:(?<![\w/])(?:https?://|ftp://|www\.)(?:[{URL_SIGN}]|\([{URL_SIGN}]*\))*(?:[\w\-~/@#&+=%]|\([{URL_SIGN}]*\)))",
)
"""As GitHub has it: neither the punctuation behind an address belongs to it nor a bracket it does not open."""

PLAIN: Final = (CODE, AUTOLINK, TAG, BARE_URL)

D2L: Final = Profile(
    name="d2l",
    lines=(
        role_line("label", attaches=True),
        role_line("eqlabel", attaches=True),
        role_line("width", attaches=True),
        role_line("height", attaches=True),
        role_line("bibliography"),
        role_line("begin_slide"),
        role_line("end_slide"),
        LineRule("begin_tab", r":begin_tab:[ \t]*`?(?P<argument>[^`]*)`?", Kind.TAB),
        LineRule("end_tab", r":end_tab:", Kind.TAB),
    ),
    math=MathRule(
        opening=r"(?:[\[(](?:\*\*|~~))?\$\$",
        tail=rf"[ \t]*{PUNCTUATION}[ \t]*(?:(?:\*\*|~~)[\])])?{PUNCTUATION}(?:[ \t]*:eqlabel:`[^`]*`)?",
    ),
    inline=(ROLE, *PLAIN, DISPLAYED, TIGHT, LOOSE, FOOTNOTE),
    slides=True,
    front_matter=True,
    footnotes=True,
    contain_comments=True,
    own_hosts=("discuss.d2l.ai",),
)

MYST_PROSE: Final = (
    "admonition", "attention", "caution", "danger", "error", "hint", "important", "note", "seealso", "tip", "warning",
    "exercise", "exercise-start", "solution", "solution-start", "dropdown", "card", "grid", "grid-item", "tab-set",
    "tab-item", "figure", "epigraph", "margin", "sidebar", "topic", "table", "list-table", "versionadded",
    "prf:algorithm", "prf:assumption", "prf:axiom", "prf:conjecture", "prf:corollary", "prf:criterion",
    "prf:definition", "prf:example", "prf:lemma", "prf:observation", "prf:proof", "prf:property", "prf:proposition",
    "prf:remark", "prf:theorem",
)  # fmt: skip

MYST: Final = Profile(
    name="myst",
    lines=(
        LineRule("target", r"\((?P<argument>[^()\s][^()]*)\)="),
        LineRule("break", r"\+\+\+.*"),
        LineRule("comment", r"%.*", Kind.COMMENT),
    ),
    fences=(*(FenceRule(name, Kind.PARAGRAPH) for name in MYST_PROSE), FenceRule("math", Kind.MATH)),
    math=MathRule(opening=r"\$\$", tail=rf"[ \t]*{PUNCTUATION}(?:[ \t]*\([^()\s]+\))?"),
    inline=(MYST_ROLE, SUBSTITUTION, *PLAIN, DISPLAYED, TIGHT, LOOSE, FOOTNOTE),
    front_matter=True,
    footnotes=True,
    contain_comments=True,
)

COMMONMARK: Final = Profile(name="commonmark", inline=PLAIN)

PROFILES: Final = {profile.name: profile for profile in (D2L, MYST, COMMONMARK)}
