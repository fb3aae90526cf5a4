"""What ``amts terminology`` finds, as lines for people and as fields for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sync.bitext.terminology.impact import TermChange, Touched
    from sync.bitext.terminology.model import Remark, Term
    from sync.bitext.terminology.usage import Record, Use


def term_fields(term: Term) -> dict[str, Any]:
    return {
        "source": term.source,
        "variants": term.variants,
        "targets": term.targets,
        "note": term.note,
        "line": term.line,
    }


def remark_fields(one: Remark) -> dict[str, Any]:
    return {"line": one.line, "reason": one.reason, "text": one.text}


def say_use(use: Use) -> str:
    instead = f", has {use.instead}" if use.instead else ""
    place = f"{use.passage.chapter}:{use.passage.line}"
    return f"{place}: {use.fate}: {use.english}: expected {' or '.join(use.expected)}{instead}: {use.passage.target}"


def say_record(record: Record) -> str:
    mostly, times = record.mostly
    instead = f", mostly {mostly} ({times})" if mostly else ""
    expected = " or ".join(record.uses[0].expected)
    return f"{record.terms[0].source}: {expected} in {record.followed} of {len(record.uses)} uses{instead}"


def use_fields(use: Use) -> dict[str, Any]:
    return {
        "chapter": use.passage.chapter,
        "line": use.passage.line,
        "english_line": use.passage.english_line,
        "kind": use.fate,
        "term": use.terms[0].source,
        "english": use.english,
        "expected": use.expected,
        "instead": use.instead,
        "source": use.passage.source,
        "target": use.passage.target,
    }


def record_fields(record: Record) -> dict[str, Any]:
    from sync.bitext.terminology.usage import Fate

    mostly, times = record.mostly
    counts = {fate.value: sum(use.fate is fate for use in record.uses) for fate in Fate}
    return {
        "term": record.terms[0].source,
        "expected": record.uses[0].expected,
        "uses": len(record.uses),
        "fates": counts,
        "contested": record.contested,
        "mostly": mostly,
        "times": times,
    }


def say_state(one: Touched) -> str:
    if one.has_new:
        return "as the new glossary says"
    return "as the old glossary said" if one.has_old else "in other words"


def change_fields(change: TermChange) -> dict[str, Any]:
    return {"move": change.move, "term": change.source, "old": change.old, "new": change.new}


def touched_fields(one: Touched) -> dict[str, Any]:
    return {
        "chapter": one.passage.chapter,
        "line": one.passage.line,
        "english_line": one.passage.english_line,
        "term": one.change.source,
        "move": one.change.move,
        "has_new": one.has_new,
        "has_old": one.has_old,
        "source": one.passage.source,
        "target": one.passage.target,
    }
