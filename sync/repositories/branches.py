"""Writes one commit on a branch of a repository and touches nothing else in it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sync.errors import RepositoryError
from sync.repositories.paths import unsafe
from sync.repositories.revisions import EXECUTABLE, REGULAR, Written

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sync.repositories.repository import Repository
    from sync.repositories.revisions import File, FileChange

IDENTITY: Final = ("AMTS", "amts@noreply.invalid")
"""Name and address in our commits. A commit of another committer on our branch was made by somebody else."""

TRAILER: Final = "AMTS-Source"
"""The line that ends the message of our commits: the English commit that the fork was brought up to."""


def write_branch(
    repository: Repository,
    branch: str,
    changes: Sequence[FileChange],
    *,
    base: str,
    message: str,
    source: str,
    anew: bool = False,
) -> Written:
    """Commit ``changes`` to the files of commit ``base`` on a branch. ``source`` is the English commit they come from.

    The branch moves in one step at the end, and only from where it was found, so a run that is killed leaves it as it
    was. It grows: earlier commits of ours stay; unless it is made ``anew``, when it loses what it had, whoever wrote
    that. The same result again makes no commit.

    Raises:
        RepositoryError: a path is not safe to write, or the branch has commits of others, is checked out, or was moved
            meanwhile.
    """
    reference = f"refs/heads/{branch}"
    _refuse_name(repository, branch, reference)
    tip, tree = repository.find(reference), _write_tree(repository, base, changes)
    if tree in {repository.find(base, "tree"), "" if anew else tip and repository.find(tip, "tree")}:
        return Written(branch, tip, new=False)
    if tip:
        if not anew:
            _refuse_foreign(repository, branch, base, tip)
        _refuse_checked_out(repository, branch)
    parents = (base,) if anew else _parents(repository, base, tip)
    commit = _commit(repository, tree, parents, f"{message.rstrip()}\n\n{TRAILER}: {source}\n")
    doing = f"Branch {branch} was not moved; run again"
    repository.ask("update-ref", "-m", "amts sync", reference, commit, tip, doing=doing)
    return Written(branch, commit, new=True)


def _refuse_name(repository: Repository, branch: str, reference: str) -> None:
    if branch.startswith("-") or not repository.succeeds("check-ref-format", reference):
        message = f"{branch!r} cannot be the name of a branch. Name another."
        raise RepositoryError(message)


def _write_tree(repository: Repository, base: str, changes: Sequence[FileChange]) -> str:
    """The tree of ``base`` with the changes made, by way of an index of our own."""
    files = repository.files(base)
    for change in changes:
        _refuse_path(change.path, files)
    with tempfile.TemporaryDirectory(prefix="amts-") as folder:
        contents = [content for change in changes if (content := change.content) is not None]
        blobs = _store(repository, contents, Path(folder))
        entries = "".join(_index_line(change, files, blobs, base) for change in changes)
        index = {"GIT_INDEX_FILE": str(Path(folder) / "index")}
        repository.ask("read-tree", base, env=index)
        repository.ask("update-index", "-z", "--index-info", stdin=entries, env=index)
        return repository.ask("write-tree", env=index).strip()


def _refuse_path(path: str, files: Mapping[str, File]) -> None:
    problem = unsafe(path) or _obstacle(path, files)
    if problem:
        message = f"{path!r} is not written: {problem}. Rename it in the repository."
        raise RepositoryError(message)


def _obstacle(path: str, files: Mapping[str, File]) -> str:
    """What stands in the way of a path, as git would replace it in silence: a link, a file for a folder."""
    if path in files and files[path].mode not in {REGULAR, EXECUTABLE}:
        return "it is a link or a submodule"
    parts = path.split("/")
    above = next((folder for folder in ("/".join(parts[:end]) for end in range(1, len(parts))) if folder in files), "")
    if above:
        return f"{above!r} is not a folder"
    return "it is a folder" if any(other.startswith(f"{path}/") for other in files) else ""


def _store(repository: Repository, contents: Sequence[bytes], folder: Path) -> dict[bytes, str]:
    """Content → id of the blob that now holds it."""
    paths = [folder / str(number) for number in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    names = "".join(f"{path}\n" for path in paths)
    ids = repository.ask("hash-object", "-w", "--no-filters", "--stdin-paths", stdin=names).split()
    return dict(zip(contents, ids, strict=True))


def _index_line(change: FileChange, files: Mapping[str, File], blobs: Mapping[bytes, str], base: str) -> str:
    content = change.content
    if content is None:
        return f"0 {'0' * len(base)}\t{change.path}\0"
    mode = files[change.path].mode if change.path in files else REGULAR
    return f"{mode} {blobs[content]}\t{change.path}\0"


def foreign_commits(repository: Repository, base: str, tip: str, *paths: str) -> tuple[str, ...]:
    """The commits of ``tip`` that ``base`` lacks and that are not ours, as people call them, newest first.

    With ``paths``, only those that changed one of them.
    """
    shape = f"--format=%h%x00%cn%x00%ce%x00%(trailers:key={TRAILER},valueonly,separator=%x2C)%x00%s"
    listing = repository.ask("log", shape, f"{base}..{tip}", "--", *paths)
    rows = (line.split("\0", 4) for line in listing.split("\n") if line)
    return tuple(
        f"{name} {subject!r} by {committer}"
        for name, committer, address, trailer, subject in rows
        if address != IDENTITY[1] or not trailer
    )


def _refuse_foreign(repository: Repository, branch: str, base: str, tip: str) -> None:
    for commit in foreign_commits(repository, base, tip):
        message = (
            f"Branch {branch} has a commit that is not ours: {commit}.\n"
            f"Merge the branch, or rename it with `git branch -m {branch} NEW-NAME`; then run again."
        )
        raise RepositoryError(message)


def _refuse_checked_out(repository: Repository, branch: str) -> None:
    if f"branch refs/heads/{branch}" in repository.ask("worktree", "list", "--porcelain").splitlines():
        message = f"Branch {branch} is checked out, and its files would change under you. Switch to another; run again."
        raise RepositoryError(message)


def _parents(repository: Repository, base: str, tip: str) -> tuple[str, ...]:
    """What the new commit follows: the branch, the base, or both where each has something that the other lacks."""
    if not tip or repository.succeeds("merge-base", "--is-ancestor", tip, base):
        return (base,)
    return (tip,) if repository.succeeds("merge-base", "--is-ancestor", base, tip) else (tip, base)


def _commit(repository: Repository, tree: str, parents: Sequence[str], message: str) -> str:
    name, address = IDENTITY
    roles = ("AUTHOR", "COMMITTER")
    env = {f"GIT_{role}_NAME": name for role in roles} | {f"GIT_{role}_EMAIL": address for role in roles}
    flags = [part for parent in parents for part in ("-p", parent)]
    return repository.ask("commit-tree", tree, *flags, stdin=message, env=env).strip()
