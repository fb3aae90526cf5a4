"""Where a change to a fork goes that is no update: onto a branch of its own, into a folder, or nowhere in a dry run."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator, Mapping, Sequence

    from sync.repositories.repository import Repository
    from sync.repositories.revisions import FileChange


def add_publication(parser: ArgumentParser) -> None:
    """``--publish``, ``--output``, ``--dry-run`` and ``--json``."""
    parser.add_argument(
        "--publish", choices=("none", "branch"), default="none", help="add a branch to the fork (default: none)"
    )
    parser.add_argument("--output", type=Path, metavar="DIR", help="write the changed files and the reports here")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done; write nothing")
    parser.add_argument("--json", action="store_true", help="print the result for a program")


def check_place(arguments: Namespace, command: str) -> None:
    """Refuse before any work is done what could not be written. Raises UsageError."""
    from bot.cli.folder import check_folder
    from sync.errors import UsageError

    if not arguments.dry_run and arguments.publish == "none" and arguments.output is None:
        message = f"{command} needs to know where the result goes: --output DIR, --publish branch, or --dry-run."
        raise UsageError(message)
    if arguments.output is not None and not arguments.dry_run:
        check_folder(arguments.output)


def check_writable(arguments: Namespace, fork: Repository) -> None:
    """Refuse a branch where it would be lost. Raises UsageError."""
    from sync.errors import UsageError

    if arguments.publish == "branch" and not fork.writable:
        message = f"{fork.location}: a URL or a bundle gets no branch. Clone it first, or write files with --output."
        raise UsageError(message)


@contextmanager
def alone(arguments: Namespace, fork: Repository) -> Iterator[None]:
    """Keep other runs away from what will be written. Raises RepositoryError where one is at work."""
    from contextlib import ExitStack

    from sync.lock import lock_of_folder, lock_of_repository, only_run

    with ExitStack() as stack:
        if arguments.publish == "branch" and not arguments.dry_run:
            stack.enter_context(only_run(lock_of_repository(fork.folder), fork.location))
        if arguments.output is not None and not arguments.dry_run:
            stack.enter_context(only_run(lock_of_folder(arguments.output), str(arguments.output)))
        yield


def publish(
    arguments: Namespace,
    fork: Repository,
    files: Sequence[FileChange],
    *,
    branch: str,
    base: str,
    message: str,
    source: str,
    fields: Mapping[str, Any],
) -> dict[str, Any]:
    """Write the files as was asked. Returns ``fields`` with what was written, and ``said``: a line for people."""
    from bot.records import TOOL

    result = {"tool": TOOL, **fields, "dry_run": arguments.dry_run, "files": [file.path for file in files]}
    if arguments.dry_run:
        return {**result, "said": f"{len(files)} files would change. Nothing was written."}
    said = []
    if arguments.publish == "branch":
        written = write_changes(fork, files, branch=branch, base=base, message=message, source=source)
        result["branch"] = written
        said.append(_about(written))
    if arguments.output is not None:
        from bot.cli.folder import write_folder

        write_folder(arguments.output, files, result, message + "\n")
        said.append(f"Written to {arguments.output}: {len(files)} files, pull-request.md, result.json.")
        result["output"] = str(arguments.output)
    return {**result, "said": " ".join(said)}


def write_changes(
    fork: Repository, files: Sequence[FileChange], *, branch: str, base: str, message: str, source: str
) -> dict[str, Any]:
    """Commit files on a branch. Returns its name, its tip, and whether a commit was made."""
    from sync.repositories.branches import write_branch

    if not files:
        return {"name": branch, "commit": "", "new": False}
    written = write_branch(fork, branch, files, base=base, message=message, source=source)
    return {"name": written.branch, "commit": written.commit, "new": written.new}


def _about(written: Mapping[str, Any]) -> str:
    if not written["commit"]:
        return "No branch: there is nothing to change."
    return f"Branch {written['name']} at {written['commit'][:8]}{'' if written['new'] else ', as it was already'}."
