"""What people do on GitHub: for tests, without the API, and without limits."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal

from tests.support.github_server import events
from tests.support.github_server.bare import ZERO
from tests.support.github_server.deeds import conversation, pulls
from tests.support.github_server.model import Release, Repository

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from tests.support.github_server.deeds.pulls import Way
    from tests.support.github_server.hub import Hub
    from tests.support.github_server.model import Comment, Issue, Role, Settings, User

    Files = Mapping[str, str | bytes | None]

BOT = "amts[bot]"


class Controls:
    """Repositories are named ``owner/name``, people by their login, issues and pull requests by their number."""

    hub: Hub

    def repository(
        self,
        full_name: str,
        files: Files | None = None,
        *,
        bare: Path | None = None,
        fork_of: str | None = None,
        private: bool = False,
        **settings: bool,
    ) -> Repository:
        """A new repository: with ``files`` in a first commit, with all of another git repository, or as a fork.

        ``settings`` are fields of ``Settings``. A fork has no issues unless they are switched on, as on GitHub.
        """
        with self.hub.lock:
            parent = self.hub.repository(fork_of) if fork_of else None
            made = self.hub.found_repository(full_name, bare, parent)
            made.private = private
            if files is not None:
                self.commit(full_name, files, message="Start")
            self.set(full_name, **settings)
            return made

    def set(self, full_name: str, **settings: bool) -> Settings:
        """Changes settings of a repository."""
        found = self.hub.repository(full_name).settings
        for name, value in settings.items():
            setattr(found, name, value)
        return found

    def user(self, login: str, role: Mapping[str, Role] | None = None) -> User:
        """A user, with roles in repositories."""
        with self.hub.lock:
            found = self.hub.user(login)
            for full_name, one in (role or {}).items():
                self.hub.repository(full_name).roles[login] = one
            return found

    def token(
        self,
        login: str = BOT,
        *,
        repositories: Iterable[str] | None = None,
        permissions: Mapping[str, str] | None = None,
        kind: Literal["app", "personal", "actions"] | None = None,
        expires_in: float | None = None,
        limit: int | None = None,
    ) -> str:
        """A token: of an app for logins with ``[bot]``, of GITHUB_TOKEN for ``github-actions[bot]``, else of a person.

        Without ``repositories`` it reaches all, without ``permissions`` it may all that its holder may.
        """
        user = self.hub.user(login)
        actions = login == "github-actions[bot]"
        made = self.hub.token(
            user,
            kind or ("actions" if actions else "app" if user.type == "Bot" else "personal"),
            repositories=None if repositories is None else frozenset(repositories),
            permissions=None if permissions is None else dict(permissions),
            expires=None if expires_in is None else self.hub.now() + timedelta(seconds=expires_in),
        )
        made.limit = limit or made.limit
        return made.value

    def commit(
        self, full_name: str, files: Files, *, branch: str = "", login: str = "", message: str = "Change"
    ) -> str:
        """Commits files on a branch, which is made if need be from the default one; returns the id of the commit."""
        with self.hub.lock:
            found = self.hub.repository(full_name)
            bare, user = found.bare, self.hub.user(login) if login else found.owner
            branch = branch or bare.default_branch()
            parent = bare.tip(branch) or bare.tip(bare.default_branch())
            content = {path: one.encode() if isinstance(one, str) else one for path, one in files.items()}
            sha = bare.commit_files(branch, parent, content, message, user, self.hub.now().isoformat())
            pulls.follow(self.hub, found, user)
            return sha

    def point(self, full_name: str, branch: str, revision: str | None, login: str = "") -> None:
        """Moves a branch anywhere, or takes it away: what a forced push does."""
        with self.hub.lock:
            found = self.hub.repository(full_name)
            sha = None if revision is None else found.bare.resolve(revision)
            self._point(found, branch, sha, self.hub.user(login) if login else found.owner)

    def _point(self, repository: Repository, branch: str, sha: str | None, user: User) -> None:
        repository.bare.set_ref(f"refs/heads/{branch}", sha)
        pulls.follow(self.hub, repository, user)

    def tip(self, full_name: str, branch: str = "") -> str | None:
        """The commit of a branch."""
        bare = self.hub.repository(full_name).bare
        return bare.tip(branch or bare.default_branch())

    def text(self, full_name: str, path: str, branch: str = "") -> str:
        """A file as it is now."""
        bare = self.hub.repository(full_name).bare
        return bare.raw("cat-file", "blob", f"{branch or bare.default_branch()}:{path}").decode()

    def release(self, full_name: str, tag: str, revision: str = "", *, prerelease: bool = False) -> Release:
        """A release of a tag, which is made if need be."""
        with self.hub.lock:
            found = self.hub.repository(full_name)
            if found.bare.resolve(f"refs/tags/{tag}") is None:
                sha = found.bare.resolve(revision or found.bare.default_branch())
                found.bare.set_ref(f"refs/tags/{tag}", sha)
                pulls.follow(self.hub, found, found.owner)
            made = Release(
                id=self.hub.id("release"),
                tag=tag,
                name=tag,
                body="",
                author=found.owner,
                created_at=self.hub.now(),
                prerelease=prerelease,
            )
            found.releases.append(made)
            return made

    def pull(self, full_name: str, *, head: str, login: str = "", base: str = "", title: str = "A change") -> Issue:
        """A new pull request."""
        with self.hub.lock:
            found = self.hub.repository(full_name)
            user = self.hub.user(login) if login else found.owner
            target = base or found.bare.default_branch()
            return pulls.open_pull(self.hub, found, user, head=head, base=target, title=title)

    def issue(self, full_name: str, number: int) -> Issue:
        """The issue or pull request of that number."""
        return self.hub.repository(full_name).issues[number]

    def issues(self, full_name: str, *, state: str = "open", pulls: bool = False) -> list[Issue]:
        """All issues, or all pull requests, in a state."""
        found = self.hub.repository(full_name).issues.values()
        return [one for one in found if (one.pull is not None) is pulls and state in ("all", one.state)]

    def comments(self, full_name: str, number: int) -> list[Comment]:
        """Of an issue or a pull request."""
        return [one for one in self.hub.repository(full_name).comments.values() if one.issue.number == number]

    def merge(self, full_name: str, number: int, how: Way = "merge", login: str = "") -> str:
        """Merges; returns the commit at the tip of the base."""
        with self.hub.lock:
            found = self.hub.repository(full_name)
            user = self.hub.user(login) if login else found.owner
            return pulls.merge(self.hub, found.issues[number], user, how)

    def close(self, full_name: str, number: int, login: str = "") -> None:
        """Closes without merging."""
        with self.hub.lock:
            found = self.hub.repository(full_name)
            user = self.hub.user(login) if login else found.owner
            conversation.set_state(self.hub, found, found.issues[number], "closed", user)

    def reopen(self, full_name: str, number: int, login: str = "") -> None:
        """Opens again."""
        with self.hub.lock:
            found = self.hub.repository(full_name)
            user, issue = self.hub.user(login) if login else found.owner, found.issues[number]
            if issue.pull is not None:
                pulls.reopen(self.hub, found, issue, user)
            else:
                conversation.set_state(self.hub, found, issue, "open", user)

    def comment(self, full_name: str, number: int, login: str, text: str) -> dict[str, Any]:
        """Comments; returns the payload of the event ``issue_comment``."""
        with self.hub.lock:
            found = self.hub.repository(full_name)
            user = self.hub.user(login)
            conversation.comment(self.hub, found, found.issues[number], user, text, may_unlock=True)
            return self.hub.events[-1].payload

    def edit_comment(self, full_name: str, comment: int, login: str, text: str) -> dict[str, Any]:
        """Changes a comment; returns the payload of the event ``issue_comment``."""
        with self.hub.lock:
            found = self.hub.repository(full_name)
            conversation.rewrite(self.hub, found, found.comments[comment], text, self.hub.user(login))
            return self.hub.events[-1].payload

    def event(self, name: str, full_name: str, *, login: str = "", **about: Any) -> dict[str, Any]:
        """The payload of an event, which is recorded.

        ``push`` takes ``branch``, ``before``, ``after``; ``schedule`` takes ``schedule``; ``workflow_dispatch`` takes
        ``workflow``, ``branch``, ``inputs``; ``repository_dispatch`` takes ``kind``, ``payload``; ``pull_request``,
        ``issues`` take ``number``, ``action``; ``issue_comment`` takes ``comment`` (its id), ``action``.
        """
        with self.hub.lock:
            found = self.hub.repository(full_name)
            user = self.hub.user(login) if login else found.owner
            return events.tell(self.hub, name, found, user, self._payload(name, found, user, about))

    def _payload(self, name: str, found: Repository, user: User, about: dict[str, Any]) -> dict[str, Any]:
        hub, branch = self.hub, about.get("branch") or found.bare.default_branch()
        action = about.get("action", "opened")
        match name:
            case "push":
                after = about.get("after") or found.bare.tip(branch) or ZERO
                return events.of_push(hub, found, f"refs/heads/{branch}", about.get("before", ZERO), after, user)
            case "schedule":
                return events.of_schedule(about.get("schedule", "17 4 * * 1"))
            case "workflow_dispatch":
                workflow = about.get("workflow", ".github/workflows/amts.yml")
                return events.of_workflow_dispatch(workflow, branch, about.get("inputs"))
            case "repository_dispatch":
                return events.of_repository_dispatch(about["kind"], about.get("payload", {}), branch)
            case "pull_request":
                return events.of_pull(hub, found.issues[about["number"]], action)
            case "issues":
                return events.of_issue(hub, found.issues[about["number"]], found, action)
            case "issue_comment":
                return events.of_comment(hub, found.comments[about["comment"]], found, about.get("action", "created"))
        unknown = f"no payload is known for the event {name}"
        raise ValueError(unknown)
