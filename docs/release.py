"""The section of the changelog that a release is published with: ``python -m docs.release 1.2.3``."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def notes(changelog: str, project: str, version: str) -> str:
    """What the changelog says of a version, as Markdown.

    Raises:
        ValueError: it is no version, not that of ``project`` (the text of pyproject.toml), or not in the changelog.
    """
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        message = f"{version[:40]!r} is no version. Give three numbers, like 1.2.3."
        raise ValueError(message)
    known = tomllib.loads(project)["project"]["version"]
    if version != known:
        message = f"pyproject.toml has version {known}. Say {version} there first, or release {known}."
        raise ValueError(message)
    section = re.search(rf"^## {re.escape(version)}, (\d{{4}}-\d\d-\d\d)\n(.*?)(?=^## |\Z)", changelog, re.M | re.S)
    if not section or not section[2].strip():
        message = f"CHANGELOG.md has nothing below `## {version}, YEAR-MONTH-DAY`. Write it, with the date."
        raise ValueError(message)
    return section[2].strip() + "\n"


def main() -> int:
    changelog, project = ((ROOT / name).read_text("utf-8") for name in ("CHANGELOG.md", "pyproject.toml"))
    try:
        print(notes(changelog, project, "".join(sys.argv[1:])), end="")
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
