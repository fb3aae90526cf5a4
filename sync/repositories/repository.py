"""Git: opens a repository given in any form and reads its revisions. The only module that knows how git is called.

Only plumbing is used, so no work tree, index or HEAD of the user's is read or touched, and no hook, filter or shell
runs.
"""

from __future__ import annotations

import re
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from git import Git, GitCommandError, InvalidGitRepositoryError, NoSuchPathError, Repo

from sync.errors import InputError, RepositoryError
from sync.repositories.revisions import Commit, File, Version

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

CONFIG: Final = ("core.hooksPath=/dev/null", "core.fsmonitor=false", "core.quotePath=false", "log.showSignature=false")
"""Laid over the repository's own configuration, which is not ours to trust."""

ENVIRONMENT: Final = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ALLOW_PROTOCOL": "file:git:http:https:ssh",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
}

_TRANSPORT = re.compile(r"[A-Za-z0-9+.-]*::")
_URL = re.compile(r"(https?|ssh|git|file)://|[\w.-]+@[\w.-]+:")
_SECRET = re.compile(r"(?<=://)[^/@\s]+@")
_LISTED: Final = 12
"""Names shown of the revisions that exist."""


def redact(text: str) -> str:
    """The text without the names and passwords that URLs in it carry."""
    return _SECRET.sub("", text)


@contextmanager
def open_repository(location: str, *, env: Mapping[str, str] | None = None) -> Iterator[Repository]:
    """A repository given by a path (its root, a path inside it, a bare one), a URL or a bundle file.

    URLs and bundles are cloned, bare, into a temporary folder that is gone afterwards: they can be read only. ``env``
    is what git is told beside that, as ``access`` makes it.

    Raises:
        RepositoryError: there is none, it cannot be fetched, or its location is not one that can be trusted.
    """
    _refuse_location(location)
    path = Path(location).expanduser()
    with tempfile.TemporaryDirectory(prefix="amts-") as folder:
        if _URL.match(location):
            repository = _clone(location, folder, location, env or {})
        elif path.is_file():
            repository = _clone(str(path.resolve()), folder, location, {})
        else:
            repository = Repository(_discover(path, location), location, writable=True)
        try:
            yield repository
        finally:
            repository.close()


def _refuse_location(location: str) -> None:
    if not location or location.startswith("-"):
        message = f"{location!r} is not a repository. Give a path, a URL or a bundle file."
        raise RepositoryError(message)
    if _TRANSPORT.match(location):
        message = f"{redact(location)}: transports named by `NAME::` run programs and are refused. Give a plain URL."
        raise RepositoryError(message)


def _discover(path: Path, location: str) -> str:
    try:
        with Repo(path.absolute(), search_parent_directories=True, expand_vars=False) as found:
            return str(Path(found.git_dir).absolute())
    except (InvalidGitRepositoryError, NoSuchPathError) as error:
        message = f"{location}: there is no git repository there. Give the path of one, a URL or a bundle file."
        raise RepositoryError(message) from error


def _clone(url: str, folder: str, location: str, env: Mapping[str, str]) -> Repository:
    git_dir = str(Path(folder) / "clone.git")
    git = Git(folder)
    git.update_environment(**{**ENVIRONMENT, **env})
    _run(
        git,
        "clone",
        "--bare",
        "--quiet",
        "--template=",
        "--",
        url,
        git_dir,
        doing=f"{redact(location)} cannot be fetched",
    )
    return Repository(git_dir, location, writable=False, env=env)


def _run(git: Git, *arguments: str, doing: str, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> str:
    """Standard output of one git command; what the file system gave stays recognisable, byte for byte."""
    settings = [part for setting in CONFIG for part in ("-c", setting)]
    with tempfile.TemporaryFile() as stream:
        stream.write(stdin)
        stream.seek(0)
        try:
            output = git.execute(
                ["git", *settings, *arguments],
                istream=stream,
                stdout_as_string=False,
                strip_newline_in_stdout=False,
                env=env,
            )
        except GitCommandError as error:
            message = f"{doing}: {_complaint(error)}"
            raise RepositoryError(message) from error
    return output.decode("utf-8", "surrogateescape")


def _complaint(error: GitCommandError) -> str:
    text = str(error.stderr).partition("stderr: ")[2].strip().strip("'").strip()
    return redact(text.replace("fatal: ", "")) or "git gave no reason"


class Repository:
    """An open repository. Get one from ``open_repository``."""

    def __init__(self, git_dir: str, location: str, *, writable: bool, env: Mapping[str, str] | None = None) -> None:
        self.location = redact(location)
        """How it was given, without passwords."""
        self.writable = writable
        """False for a temporary clone: a branch written there would be lost."""
        self._git = Git(git_dir)
        # Named outright, git searches no folders and believes no variable that a caller's own git left behind.
        self._git.update_environment(**{"GIT_DIR": git_dir, **ENVIRONMENT, **(env or {})})

    @property
    def name(self) -> str:
        """The last part of its location: ``d2l-en``."""
        last = self.location.rstrip("/").replace(":", "/").rpartition("/")[2]
        return last.removesuffix(".git").removesuffix(".bundle") or "repository"

    @property
    def public_name(self) -> str:
        """How to call it before people elsewhere: its URL, or its name without the folders of this machine."""
        return self.location if _URL.match(self.location) else self.name

    @property
    def folder(self) -> Path:
        """Where git keeps its own files, the same for all work trees of one repository."""
        return Path(self.ask("rev-parse", "--path-format=absolute", "--git-common-dir").rstrip("\n"))

    def close(self) -> None:
        """End the process that reads objects."""
        self._git.clear_cache()

    def resolve(self, revision: str = "") -> Commit:
        """The commit that a revision names; the tip of the default branch where none is given.

        Raises:
            RepositoryError: there is no such revision; the message names those that there are.
        """
        for candidate in (revision,) if revision else self._defaults():
            found = self.find(candidate)
            if found:
                shown = self.ask("show", "--no-patch", "--format=%H%x00%cI%x00%s", found).rstrip("\n")
                return Commit(*shown.split("\0"))
        if not revision:
            message = f"{self.location}: no default branch with a commit. Name a revision; there are: {self._names()}."
        else:
            message = f"{self.location}: no revision {revision!r}. There are: {self._names()}."
        raise RepositoryError(message)

    def files(self, commit: str) -> dict[str, File]:
        """Every file at a commit, by its path; links and submodules too, which their mode tells."""
        listing = self.ask("ls-tree", "-r", "-z", "--full-tree", commit)
        files = (_file_of(entry) for entry in listing.split("\0") if entry)
        return {file.path: file for file in files}

    def text(self, file: File) -> str:
        """The text of a file, every character of it.

        Raises:
            InputError: it is not UTF-8, or no file.
            RepositoryError: the repository does not have its content.
        """
        try:
            return self.data(file).decode("utf-8")
        except UnicodeDecodeError as error:
            message = f"{file.path}: not UTF-8 at byte {error.start}. Save the file as UTF-8."
            raise InputError(message) from error

    def data(self, file: File) -> bytes:
        """The content of a file.

        Raises:
            InputError: it is a link or a submodule. Where these lead is never looked.
            RepositoryError: the repository does not have it.
        """
        if not file.is_plain:
            message = f"{file.path}: a link or a submodule, not a file."
            raise InputError(message)
        try:
            content: bytes = self._git.get_object_data(file.blob)[3]
        except ValueError as error:
            message = (
                f"{self.location}: the content of {file.path} ({file.blob[:8]}) is missing. Fetch the repository anew."
            )
            raise RepositoryError(message) from error
        return content

    def versions(self, commit: str, paths: Iterable[str]) -> dict[str, tuple[Version, ...]]:
        """For each path the contents it had up to a commit, newest first, read in one walk over the history."""
        wanted = "".join(f"{path}\n" for path in paths if "\n" not in path)
        if not wanted:
            return {}
        shape = ("-z", "--raw", "--no-abbrev", "--no-renames", "--full-history", "-m", "--format=%x01%H %cI")
        listing = self.ask("log", *shape, commit, "--stdin", stdin=f"--\n{wanted}")
        return _versions_of(listing)

    def tags(self) -> tuple[tuple[str, str], ...]:
        """Name and commit id of each tag, the newest version first; tags of what is no commit are left out."""
        fields = "%(refname:strip=2)%00%(objecttype)%00%(objectname)%00%(*objecttype)%00%(*objectname)"
        sort = ("-c", "versionsort.suffix=-", "for-each-ref", "--sort=-version:refname")
        listing = self.ask(*sort, f"--format={fields}", "refs/tags", doing=f"{self.location}: its tags cannot be read")
        rows = (line.split("\0") for line in listing.split("\n") if line)
        return tuple((row[0], row[4] or row[2]) for row in rows if "commit" in {row[1], row[3]})

    def ask(self, *arguments: str, doing: str = "", stdin: str = "", env: Mapping[str, str] | None = None) -> str:
        """Standard output of one git command.

        Raises:
            RepositoryError: it failed; the message is ``doing`` and git's own.
        """
        data, doing = stdin.encode("utf-8", "surrogateescape"), doing or f"{self.location}: git {arguments[0]} failed"
        return _run(self._git, *arguments, doing=doing, stdin=data, env=env)

    def find(self, revision: str, kind: str = "commit") -> str:
        """The id of a commit or a tree; empty where there is none."""
        try:
            return self.ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{{kind}}}").strip()
        except RepositoryError:
            return ""

    def succeeds(self, *arguments: str) -> bool:
        """Whether a git command ends well."""
        try:
            self.ask(*arguments)
        except RepositoryError:
            return False
        return True

    def _references(self, *folders: str) -> list[str]:
        return self.ask("for-each-ref", "--sort=-creatordate", "--format=%(refname:short)", *folders).split()

    def _defaults(self) -> tuple[str, ...]:
        branches = self._references("refs/heads")
        return ("HEAD", "refs/heads/main", "refs/heads/master", *(branches if len(branches) == 1 else ()))

    def _names(self) -> str:
        names = self._references("refs/heads", "refs/tags")
        rest = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
        return ", ".join(names[:_LISTED]) + rest or "none, it is empty"


def _file_of(entry: str) -> File:
    about, _, path = entry.partition("\t")
    mode, _, blob = about.split(" ")
    return File(path, blob, mode)


def _versions_of(listing: str) -> dict[str, tuple[Version, ...]]:
    found: dict[str, dict[str, Version]] = {}
    commit = date = ""
    tokens = iter(listing.split("\0"))
    for token in tokens:
        if token.startswith("\x01"):
            commit, date = token[1:].split(" ")
        elif token.strip():
            blob, path = token.split(" ")[3], next(tokens)
            if blob.strip("0"):
                found.setdefault(path, {}).setdefault(blob, Version(blob, commit, date))
    return {path: tuple(versions.values()) for path, versions in found.items()}
