"""Results as programs read them: the fields of ``amts update --batch`` and of ``result.json``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sync.model import Fate, Severity, Status

if TYPE_CHECKING:
    from sync.model import ChapterResult, Diagnostic


def result_fields(result: ChapterResult) -> dict[str, Any]:
    """Status, counts of segments, characters sent to an engine, and diagnostics of a chapter."""
    diagnostics = [diagnostic_fields(diagnostic) for diagnostic in result.diagnostics]
    if result.status is Status.FAILED and not diagnostics:
        diagnostics = [{"rule": "failed", "severity": str(Severity.ERROR), "line": 1, "message": result.reason}]
    counts = {str(fate): result.count(fate) for fate in Fate}
    return {
        "status": str(result.status),
        **counts,
        "kept": result.kept,
        "characters": result.characters,
        "diagnostics": diagnostics,
    }


def diagnostic_fields(diagnostic: Diagnostic) -> dict[str, Any]:
    """One diagnostic: rule, severity, line and message."""
    return {
        "rule": diagnostic.rule,
        "severity": str(diagnostic.severity),
        "line": diagnostic.line,
        "message": diagnostic.message,
    }
