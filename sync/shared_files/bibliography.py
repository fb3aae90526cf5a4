"""The three-way merge of a ``.bib`` file, entry by entry; what the merge does not change stays byte for byte.

A small reader of its own rather than a library: those that there are write an entry anew as they see fit, and refuse
whole files over what BibTeX itself forgives.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

HEAD: Final = re.compile(r"(?m)^[ \t]*@(?P<type>\w+)[ \t]*\{[ \t]*(?P<key>[^\s,{}=\"]*)")
UNREADABLE: Final = "The bibliography was left as it is, for {}."
NAMELESS: Final = frozenset({"comment", "preamble"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A bibliography after an update."""

    text: str
    """As it was where nothing had to change, or where it could not be read."""
    added: tuple[str, ...] = ()
    """Keys, as all that follow."""
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    """Changed or removed in English; the fork has its own form of them, or uses them."""
    refusal: str = ""
    """Why nothing was done."""


@dataclass(frozen=True, slots=True)
class _Entry:
    key: str
    """Without regard to case, as BibTeX has it; empty for a comment."""
    name: str
    text: str
    """From its ``@`` to its closing brace."""
    gap: str
    """What follows up to the next entry."""

    @property
    def says(self) -> str:
        return " ".join(self.text.split())


class _Unreadable(Exception):
    """A text is no bibliography; the argument says where."""


def merge_bibliography(old_en: str, new_en: str, target: str, used: Collection[str] = ()) -> Merged:
    """English's changes in the bibliography of a fork.

    An entry comes if it is new in English, or used by the fork, and the fork lacks it; it changes or goes if the fork
    has it just as English had it.

    Args:
        old_en, new_en: the English bibliography at the baseline and now.
        target: that of the fork.
        used: keys that chapters of the fork cite; they do not go, and come even if English had them before.
    """
    try:
        (_, olds), (_, news), (head, ours) = (_read(text) for text in (old_en, new_en, target))
    except _Unreadable as error:
        return Merged(text=target, refusal=UNREADABLE.format(error))
    return _Merge(_first(olds), _first(news), head, ours, {key.lower() for key in used}).merged(target)


def _read(text: str) -> tuple[str, list[_Entry]]:
    """What stands before the first entry, and the entries."""
    entries: list[_Entry] = []
    heads = list(HEAD.finditer(text))
    at = 0
    for found in heads:
        if found.start() < at:
            continue
        begin, end = found.start(), _end(text, found)
        if entries:
            entries[-1] = _with_gap(entries[-1], text[at:begin])
        at = end
        entries.append(_Entry(_key(found), found["key"], text[begin:end], ""))
    if not entries:
        return text, []
    entries[-1] = _with_gap(entries[-1], text[at:])
    for entry in entries:
        if re.search(r"[{}]", re.sub(r"(?m)^[ \t]*%.*", "", entry.gap)):
            msg = f"{entry.text.splitlines()[0].strip()} is followed by a stray brace"
            raise _Unreadable(msg)
    return text[: heads[0].start()], entries


def _key(head: re.Match[str]) -> str:
    """What an entry is known by; nothing where it has no name."""
    sort = head["type"].lower()
    if sort in NAMELESS:
        return ""
    return f"@{sort} {head['key'].lower()}" if sort == "string" else head["key"].lower()


def _with_gap(entry: _Entry, gap: str) -> _Entry:
    return _Entry(entry.key, entry.name, entry.text, gap)


def _end(text: str, head: re.Match[str]) -> int:
    """Behind the brace that closes an entry. BibTeX counts braces even behind a backslash."""
    depth = 0
    following = HEAD.search(text, head.end())
    last = following.start() if following else len(text)
    for brace in re.finditer(r"[{}]", text[head.start() : last]):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return head.start() + brace.end()
    msg = f"{head[0].strip()} in line {text.count(chr(10), 0, head.start()) + 1} is never closed"
    raise _Unreadable(msg)


def _first(entries: Sequence[_Entry]) -> dict[str, _Entry]:
    """The entries by key; of duplicates the first, which is the one that BibTeX takes."""
    found: dict[str, _Entry] = {}
    for entry in entries:
        if entry.key:
            found.setdefault(entry.key, entry)
    return found


class _Merge:
    def __init__(
        self,
        old: Mapping[str, _Entry],
        new: Mapping[str, _Entry],
        head: str,
        ours: Sequence[_Entry],
        used: Collection[str],
    ) -> None:
        self.old, self.new, self.mine = old, new, _first(ours)
        self.head, self.ours, self.used = head, ours, used
        self.newline = "\r\n" if any("\r\n" in entry.text for entry in ours) else "\n"

    def merged(self, target: str) -> Merged:
        changed = [key for key in self.mine if self._differs(key) and self._is_english(key)]
        gone = [key for key in self.mine if key in self.old and key not in self.new]
        removed = [key for key in gone if self._is_english(key) and key not in self.used]
        added = [key for key in self.new if key not in self.mine and (key not in self.old or key in self.used)]
        left = [key for key in self.mine if key in gone or self._differs(key)]
        entries = [self._kept(entry, changed) for entry in self.ours if not self._goes(entry, removed)]
        for key in added:
            self._insert(entries, key)
        text = self.head + "".join(entry.text + entry.gap for entry in entries)
        return Merged(
            text=text if added or changed or removed else target,
            added=self._names(added, self.new),
            changed=self._names(changed, self.new),
            removed=self._names(removed, self.mine),
            left=self._names([key for key in left if key not in (*changed, *removed)], self.mine),
        )

    def _is_english(self, key: str) -> bool:
        """Whether the fork has an entry as English had it."""
        return key in self.old and self.mine[key].says == self.old[key].says

    def _differs(self, key: str) -> bool:
        """Whether English changed an entry and the fork does not have the new form yet."""
        if key not in self.old or key not in self.new or self.old[key].says == self.new[key].says:
            return False
        return self.mine[key].says != self.new[key].says

    def _kept(self, entry: _Entry, changed: Collection[str]) -> _Entry:
        if entry.key not in changed or entry is not self.mine[entry.key]:
            return entry
        return _Entry(entry.key, entry.name, self._text(entry.key), entry.gap)

    def _goes(self, entry: _Entry, removed: Collection[str]) -> bool:
        return entry.key in removed and entry is self.mine[entry.key]

    def _text(self, key: str) -> str:
        return self.new[key].text.replace("\r\n", "\n").replace("\n", self.newline)

    def _insert(self, entries: list[_Entry], key: str) -> None:
        """Behind the nearest entry before it in English that the fork has, else before the first one behind it."""
        order = list(self.new)
        at = order.index(key)
        places = {entry.key: place for place, entry in reversed(list(enumerate(entries))) if entry.key}
        before = next((places[one] for one in reversed(order[:at]) if one in places), None)
        after = next((places[one] for one in order[at:] if one in places), len(entries))
        seat = after if before is None else before + 1
        blank = self.newline * 2
        gap = blank if seat < len(entries) else self.newline
        if seat:
            one = entries[seat - 1]
            gap = one.gap if "\n" in one.gap else self.newline
            entries[seat - 1] = _with_gap(one, blank)
        entries.insert(seat, _Entry(key, self.new[key].name, self._text(key), gap))

    def _names(self, keys: Sequence[str], entries: Mapping[str, _Entry]) -> tuple[str, ...]:
        return tuple(entries[key].name for key in keys)


def cited(texts: Sequence[str]) -> Iterator[str]:
    """The keys that some chapters cite with ``:cite:`` and its kin, or with MyST's ``{cite}``."""
    for text in texts:
        for match in re.finditer(r"(?::cite[\w.]*:|\{cite[\w:]*\})`([^`]+)`", text):
            yield from (key.strip() for key in match[1].split(",") if key.strip())
