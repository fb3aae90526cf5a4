"""Lines that are nothing but links to hosts where every language has pages of its own, such as a forum.

English's addresses are not for a translation, which keeps its own ones or has none; unless its readers are sent to
English's pages anyway. Which hosts these are is a row of the dialect, ``Profile.own_hosts``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from alignment.model import Kind

if TYPE_CHECKING:
    from alignment.markdown import Profile
    from alignment.model import Block, Document


def find_own_pages(document: Document, profile: Profile) -> frozenset[int]:
    """The indices of such blocks."""
    if not profile.own_hosts:
        return frozenset()
    link = _links_to(profile.own_hosts)
    return frozenset(index for index, block in enumerate(document.blocks) if _is_own_page(block, link))


def share_pages(source: str, target: str, profile: Profile) -> bool:
    """Whether a translation leads to English's pages on such hosts, and to no others: then it has none of its own."""
    english, ours = (_addresses(text, profile.own_hosts) for text in (source, target))
    return bool(ours) and ours <= english


def _addresses(text: str, hosts: tuple[str, ...]) -> frozenset[str]:
    if not hosts:
        return frozenset()
    return frozenset(re.findall(rf"https?://(?:{'|'.join(map(re.escape, hosts))})/[^\s<>()]*", text))


@lru_cache
def _links_to(hosts: tuple[str, ...]) -> re.Pattern[str]:
    address = rf"https?://(?:{'|'.join(map(re.escape, hosts))})(?:/[^\s<>()]*)?"
    return re.compile(rf"\[[^\[\]]*\]\(\s*<?{address}>?\s*\)|<{address}>|{address}")


def _is_own_page(block: Block, link: re.Pattern[str]) -> bool:
    if block.kind not in {Kind.PARAGRAPH, Kind.ITEM} or not link.search(block.content):
        return False
    return not re.search(r"\w", link.sub("", block.content))
