"""A bare git repository, asked and written with plumbing."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.support.github_server.model import User

SETTINGS = {
    "core.repositoryformatversion": "0",
    "core.bare": "true",
    "http.receivepack": "true",
    "receive.fsckObjects": "true",
    "receive.hideRefs": "refs/pull",
    "uploadpack.allowAnySHA1InWant": "true",
    "uploadpack.allowFilter": "true",
    "gc.auto": "0",
    "core.logAllRefUpdates": "false",
}
QUIET = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
ZERO = "0" * 40
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who made a commit, and when (ISO 8601)."""

    name: str
    email: str
    date: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """A commit as git has it."""

    sha: str
    tree: str
    parents: tuple[str, ...]
    author: Person
    committer: Person
    message: str


class GitFailed(Exception):
    """A git command said no."""


@dataclass(slots=True, eq=False)
class Bare:
    """A bare repository in a folder."""

    path: Path
    _known: dict[tuple[str, ...], Any] = field(default_factory=dict)

    @classmethod
    def make(cls, path: Path, branch: str = "main", source: Path | None = None) -> Bare:
        """A new one, empty or with all that ``source`` has."""
        found = cls(path)
        if source is None:
            for folder in ("objects", "refs/heads", "refs/tags"):
                (path / folder).mkdir(parents=True)
            (path / "HEAD").write_text(f"ref: refs/heads/{branch}\n")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            done = ["git", "clone", "--quiet", "--bare", str(source), str(path)]
            subprocess.run(done, check=True, capture_output=True, env={**os.environ, **QUIET})
        parts = [(*name.split(".", 1), value) for name, value in SETTINGS.items()]
        (path / "config").write_text("".join(f"[{section}]\n\t{name} = {value}\n" for section, name, value in parts))
        return found

    def git(self, *arguments: str, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> str:
        """Output of a command without its last line end. Raises ``GitFailed``."""
        return self.raw(*arguments, stdin=stdin, env=env).decode("utf-8", "replace").removesuffix("\n")

    def raw(self, *arguments: str, stdin: bytes = b"", env: Mapping[str, str] | None = None) -> bytes:
        """Output of a command as it is. Raises ``GitFailed``."""
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.path,
            input=stdin,
            capture_output=True,
            env={**os.environ, **QUIET, **(env or {})},
        )
        if done.returncode:
            raise GitFailed((done.stderr or done.stdout).decode("utf-8", "replace"))
        return done.stdout

    def refs(self) -> dict[str, str]:
        """Full name → id, for all refs: read from the files, since it is asked at every call."""
        found = {}
        packed = self.path / "packed-refs"
        if packed.exists():
            lines = packed.read_text().splitlines()
            found = {line[41:]: line[:40] for line in lines if line and line[0] not in "#^"}
        for folder, _, names in os.walk(self.path / "refs"):
            for name in names:
                place = Path(folder) / name
                sha = place.read_text().strip()
                if len(sha) == 40:
                    found[place.relative_to(self.path).as_posix()] = sha
        return dict(sorted(found.items()))

    def tip(self, branch: str) -> str | None:
        """The commit of a branch."""
        return self.refs().get(f"refs/heads/{branch}")

    def once(self, key: tuple[str, ...], look: Callable[[], T]) -> T:
        """What ``look`` found when it was first asked: for what is said of commits, which never change."""
        if key not in self._known:
            self._known[key] = look()
        return self._known[key]  # type: ignore[no-any-return]

    def resolve(self, revision: str, kind: str = "commit") -> str | None:
        """The id of what a revision means, peeled to a ``kind`` of object."""
        if not revision or revision.startswith("-"):
            return None
        try:
            return self.git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{{kind}}}")
        except GitFailed:
            return None

    def blob(self, commit: str, path: str) -> str | None:
        """The id of a file in a commit."""
        return self._maybe("rev-parse", "--verify", "--quiet", f"{commit}:{path}")

    def default_branch(self) -> str:
        """What HEAD means."""
        return (self.path / "HEAD").read_text().strip().removeprefix("ref: refs/heads/")

    def set_ref(self, name: str, sha: str | None, old: str | None = None) -> None:
        """Moves a ref, or takes it away."""
        if sha is None:
            self.git("update-ref", "-d", name)
        else:
            self.git("update-ref", name, sha, *([old] if old else []))

    def contains(self, tip: str, sha: str) -> bool:
        """Whether ``sha`` is an ancestor of ``tip`` or the tip itself."""
        return self.merge_base(tip, sha) == sha

    def merge_base(self, one: str, other: str) -> str | None:
        """Where two histories meet."""
        return self.once(("base", one, other), lambda: self._maybe("merge-base", one, other))

    def _maybe(self, *arguments: str) -> str | None:
        try:
            return self.git(*arguments)
        except GitFailed:
            return None

    def between(self, base: str, head: str) -> list[str]:
        """Commits that ``head`` has and ``base`` has not, the oldest first."""
        listing = ("rev-list", "--reverse", "--topo-order", f"{base}..{head}")
        return self.once(("between", base, head), lambda: self.git(*listing).split())

    def merged_tree(self, base: str, head: str) -> str | None:
        """The tree of a merge of two commits, or ``None`` for a conflict."""
        found = self.once(("merged", base, head), lambda: self._maybe("merge-tree", "--write-tree", base, head))
        return None if found is None else found.splitlines()[0]

    def commit(self, sha: str) -> Commit:
        """What a commit says."""
        return self.once(("commit", sha), lambda: self._commit(sha))

    def _commit(self, sha: str) -> Commit:
        form = "%T%x00%P%x00%an%x00%ae%x00%aI%x00%cn%x00%ce%x00%cI%x00%B"
        tree, parents, *people, message = self.git("show", "-s", f"--format={form}", sha).split("\0")
        return Commit(
            sha=sha,
            tree=tree,
            parents=tuple(parents.split()),
            author=Person(name=people[0], email=people[1], date=people[2]),
            committer=Person(name=people[3], email=people[4], date=people[5]),
            message=message.rstrip("\n"),
        )

    def commit_tree(self, tree: str, parents: tuple[str, ...], message: str, user: User, when: str) -> str:
        """A new commit by a user of GitHub, committed by its web flow; returns its id."""
        env = {
            "GIT_AUTHOR_NAME": user.login,
            "GIT_AUTHOR_EMAIL": user.email,
            "GIT_AUTHOR_DATE": when,
            "GIT_COMMITTER_NAME": "GitHub",
            "GIT_COMMITTER_EMAIL": "noreply@github.com",
            "GIT_COMMITTER_DATE": when,
        }
        given = [word for parent in parents for word in ("-p", parent)]
        return self.git("commit-tree", tree, *given, stdin=message.encode(), env=env)

    def commit_files(
        self, branch: str, parent: str | None, files: Mapping[str, bytes | None], message: str, user: User, when: str
    ) -> str:
        """A commit on a branch that writes files, or with ``None`` removes them; returns its id."""
        moment = int(datetime.fromisoformat(when).timestamp())
        who = f"{user.login} <{user.email}> {moment} +0000".encode()
        lines = [f"commit refs/heads/{branch}".encode(), b"mark :1", b"author " + who, b"committer " + who]
        lines.append(data(message.encode()))
        if parent:
            lines.append(b"from " + parent.encode())
        for path, content in files.items():
            name = quoted(path)
            lines += [b"D " + name] if content is None else [b"M 100644 inline " + name, data(content)]
        stream = b"\n".join([*lines, b"", b"get-mark :1", b""])
        return self.git("fast-import", "--quiet", stdin=stream)

    def fetch(self, other: Bare, sha: str) -> None:
        """Brings a commit and what it needs from another repository."""
        if other is not self:
            self.git("fetch", "--quiet", "--no-tags", str(other.path), sha)


def data(content: bytes) -> bytes:
    """Content in a stream for ``git fast-import``."""
    return b"data %d\n%s" % (len(content), content)


def quoted(path: str) -> bytes:
    """A path in a stream for ``git fast-import``."""
    for mark, word in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n")):
        path = path.replace(mark, word)
    return f'"{path}"'.encode()
