"""Addresses below ``/_emu/`` for an emulator in a process of its own. They are not signed.

GET  /_emu/state                       resources, jobs, bills, requests, complaints
POST /_emu/clock   {"advance": 600}    or {"scale": 60}; answers {"now": ...}
POST /_emu/faults  {"operation": "StartTextTranslationJob", "effect": {"kind": "reset", "done": true}}
GET  /_emu/faults                      the orders, and how many requests matched each
DELETE /_emu/faults                    takes them back
POST /_emu/reset                       forgets everything
GET  /_emu/files/NAME                  a file that the service shares
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.support.translate_emulator.faults import Fault

if TYPE_CHECKING:
    from tests.support.translate_emulator.core import Core


def control(core: Core, method: str, path: str, body: bytes) -> tuple[int, bytes, str]:
    """Status, body and content type of an answer."""
    if path.startswith("/_emu/files/"):
        return _file(core, path.removeprefix("/_emu/files/"))
    try:
        found = _answer(core, method, path, json.loads(body or b"{}"))
    except (ValueError, TypeError, KeyError) as error:
        return 400, _json({"error": str(error)}), "application/json"
    if found is None:
        return 404, _json({"error": f"There is no {method} {path}."}), "application/json"
    return 200, _json(found), "application/json"


def _answer(core: Core, method: str, path: str, value: dict[str, Any]) -> Any:
    match method, path:
        case "GET", "/_emu/state":
            return core.state()
        case "POST", "/_emu/clock":
            return _clock(core, value)
        case "GET", "/_emu/faults":
            return core.faults.state()
        case "POST", "/_emu/faults":
            core.faults.order(Fault.of(value))
            return {}
        case "DELETE", "/_emu/faults":
            core.faults.clear()
            return {}
        case "POST", "/_emu/reset":
            core.reset()
            return {}
    return None


def _clock(core: Core, value: dict[str, Any]) -> dict[str, float]:
    if "scale" in value:
        core.clock.run(float(value["scale"]))
    if "advance" in value:
        core.advance(float(value["advance"]))
    return {"now": core.clock.now()}


def _file(core: Core, name: str) -> tuple[int, bytes, str]:
    data = core.files.fetch(name)
    if data is None:
        return 403, b"<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>", "application/xml"
    return 200, data, "application/octet-stream"


def _json(value: Any) -> bytes:
    return json.dumps(value, default=_plain).encode()


def _plain(value: Any) -> str:
    return f"{len(value)} bytes" if isinstance(value, bytes) else str(value)
