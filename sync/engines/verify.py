"""What every draft must pass before it may stand in a chapter, whichever engine it comes from."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from alignment.markdown import parse, spans
from alignment.model import MASK_BASE
from sync.bitext.marks import marks

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Sequence

    from alignment.markdown import Profile
    from alignment.model import Kind, Mark
    from sync.model import Draft, Job

CODE_CONTEXTS: Final = frozenset({"comment", "string", "formula"})
"""Where a draft is no Markdown; what it may do there is checked when it is put into its cell."""
FRAMES: Final = {
    "prose": ("", "", "a part of a paragraph"),
    "heading": ("# ", "", "a heading"),
    "caption": ("![", "](picture.png)", "a caption"),
}
"""What stands around a draft of each context, and what it is called."""
BLANK_LINE = re.compile(r"\n[ \t]*\n")
COMMENT = re.compile(r"<!--|-->")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd\ufdd0-\ufdef]")
FEW: Final = 3
"""Marks that are named in a reason; the others are counted."""


def verified(jobs: Iterable[Job], drafts: Iterable[Draft], profile: Profile) -> dict[str, Draft]:
    """Drafts by job, without white space around them; one that was refused has no text, and the reason as its note.

    What is only offered passes the same rules, or is not offered.
    """
    asked = {job.id: job for job in jobs}
    found = {}
    for draft in drafts:
        clean = replace(draft, text=draft.text.strip(), offer=draft.offer.strip())
        if clean.offer and verify(asked[draft.job], replace(clean, text=clean.offer), profile):
            clean = replace(clean, offer="")
        reason = verify(asked[draft.job], clean, profile) if clean.text else None
        found[draft.job] = replace(clean, text="", note=reason) if reason else clean
    return found


def verify(job: Job, draft: Draft, profile: Profile) -> str | None:
    """Why a draft must not stand in the chapter; ``None`` if it may."""
    reason = _foreign_signs(job, draft.text)
    if reason is None and job.context not in CODE_CONTEXTS:
        reason = _form(job, draft.text, profile) or _markup(job, draft.text, profile)
    return reason and f"A draft was refused: {reason}."


def _foreign_signs(job: Job, text: str) -> str | None:
    if any(ord(sign) >= MASK_BASE for sign in text):
        return "it holds characters that stand for placeholders"
    if CONTROL.search(text):
        return "it holds control characters"
    known = COMMENT.findall(job.source), COMMENT.findall(job.old_target)
    if COMMENT.findall(text) not in known:
        return "it begins or ends an HTML comment"
    return None


def _form(job: Job, text: str, profile: Profile) -> str | None:
    """What is wrong with a draft as a part of its block."""
    if BLANK_LINE.search(text):
        return "it holds a blank line"
    if job.context == "cell":
        return "it would break its table" if "\n" in text or _bars(text) != _bars(job.source) else None
    before, after, name = FRAMES.get(job.context, FRAMES["prose"])
    if before and "\n" in text:
        return "it holds a line end"
    return None if _fits(text, job.source, before, after, profile) else f"it would not stay {name}"


def _fits(text: str, source: str, before: str, after: str, profile: Profile) -> bool:
    """Whether a draft in its frame is one block of the right sort, if its English is, and leaves the frame whole."""
    plain = _shape(f"{before}x{after}", profile)
    if _shape(before + source + after, profile) != plain:
        return True
    whole = marks(before + text + after, profile) == marks(text, profile) + marks(before + after, profile)
    return whole and _shape(before + text + after, profile) == plain


def _bars(text: str) -> int:
    return len(re.findall(r"(?<!\\)\|", text))


def _shape(text: str, profile: Profile) -> list[tuple[Kind, str]]:
    """Sort and lead of each block."""
    return [(block.kind, block.lead) for block in parse(text, profile).blocks]


def _markup(job: Job, text: str, profile: Profile) -> str | None:
    """What is wrong with the placeholders of a draft.

    It must have each as often as English, or as often as its old translation had it, changed as English changed.
    """
    source, adapted, found = marks(job.source, profile), _adapted(job, profile), marks(text, profile)
    wrong = [mark for mark in {*source, *adapted, *found} if found[mark] not in (source[mark], adapted[mark])]
    if missing := sorted(mark for mark in wrong if found[mark] < source[mark]):
        return f"it lost {_names(missing)}"
    if wrong:
        return f"it has {_names(sorted(wrong))}, which English does not ask for"
    if _is_tangled(text, profile) and not any(_is_tangled(own, profile) for own in (job.source, job.old_target)):
        return "it closes a mark before it opens it"
    return None


def _adapted(job: Job, profile: Profile) -> Counter[str]:
    """The marks of the old translation, changed as English changed; those of the English where it is new."""
    new = marks(job.source, profile)
    if not job.old_target:
        return new
    old = marks(job.old_source, profile)
    return (marks(job.old_target, profile) - (old - new)) + (new - old)


def _is_tangled(text: str, profile: Profile) -> bool:
    """Whether half of a pair stands without the other half before it."""
    depth: dict[Mark, int] = {}
    for _, _, placeholder in spans(text, profile):
        if placeholder.opens or placeholder.closes:
            depth[placeholder.mark] = depth.get(placeholder.mark, 0) + (1 if placeholder.opens else -1)
            if depth[placeholder.mark] < 0:
                return True
    return False


def _names(found: Sequence[str]) -> str:
    names = list(dict.fromkeys(name.removesuffix(" opens").removesuffix(" closes") for name in found))
    more = f" and {len(names) - FEW} more" if len(names) > FEW else ""
    return " ".join(names[:FEW]) + more
