"""The shape of the house: imports run one way, and only the edges touch the world."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
MAY_IMPORT = {"alignment": {"alignment"}, "sync": {"alignment", "sync"}, "bot": {"alignment", "sync", "bot"}}
OWN = set(MAY_IMPORT)

EDGES = {
    "git": {"sync/repositories/repository.py"},
    "filelock": {"sync/lock.py"},
    "rich": {"bot/cli/"},
    "ruamel": {"sync/config/document.py"},
    "subprocess": {"bot/demo/repositories.py"},
    "requests": {"bot/client.py"},
    "github": {"bot/client.py", "bot/forge/refusals.py"},
    "urllib": {
        "sync/repositories/repository.py",
        "sync/shared_files/images.py",
        "sync/engines/amazon/service/presigned.py",
    },
    "boto3": {"sync/engines/amazon/service/clients.py"},
    "botocore": {"sync/engines/amazon/service/clients.py"},
}
"""Libraries that reach outside, and the modules that may import them (or modules below those folders)."""

FILES = {
    "sync/files.py",
    "sync/lock.py",
    "sync/journal.py",
    "sync/bitext/sources.py",
    "sync/repositories/repository.py",
    "sync/repositories/branches.py",
    "sync/measure/events.py",
    "alignment/locales/__init__.py",
    "sync/config/schema.py",
}
"""Outside of ``bot`` only these touch the disk."""
DISK = {"tempfile", "shutil", "os", "io", "sqlite3", "socket"}

MODULES = sorted(path for package in OWN for path in (ROOT / package).rglob("*.py") if "sample" not in path.parts)


@cache
def imports(path: Path) -> set[str]:
    """The dotted names that a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def tops(path: Path) -> set[str]:
    """The libraries that a module imports."""
    return {module.split(".")[0] for module in imports(path)}


def test_imports_run_one_way() -> None:
    wrong = {
        name(path): found
        for path in MODULES
        if (found := (tops(path) & OWN) - MAY_IMPORT[path.relative_to(ROOT).parts[0]])
    }
    assert not wrong


def test_only_the_edges_reach_outside() -> None:
    reached = [
        (name(path), library)
        for path in MODULES
        for library, allowed in EDGES.items()
        if library in tops(path) and not name(path).startswith(tuple(allowed))
    ]
    assert not reached


def test_the_core_does_not_touch_the_disk() -> None:
    core = [path for path in MODULES if not name(path).startswith("bot/") and name(path) not in FILES]
    assert not {name(path): found for path in core if (found := tops(path) & DISK)}


def test_no_module_is_named_for_nothing() -> None:
    vague = {"utils.py", "util.py", "helpers.py", "common.py", "misc.py", "manager.py"}
    assert not [name(path) for path in MODULES if path.name in vague]


def test_no_module_grows_past_reading() -> None:
    assert not [name(path) for path in MODULES if len(path.read_text("utf-8").splitlines()) > 400]
