"""Pull requests opened, followed as their branches move, and merged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tests.support.github_server import events
from tests.support.github_server.bare import ZERO
from tests.support.github_server.deeds.conversation import new_issue, set_state
from tests.support.github_server.diffs import rebased
from tests.support.github_server.model import Pull
from tests.support.github_server.refusals import ISSUE, PULL, Refusal, custom, invalid, not_found, too_long

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.github_server.hub import Hub
    from tests.support.github_server.model import Issue, Repository, Token, User

Way = Literal["merge", "squash", "rebase"]


def head_of(hub: Hub, repository: Repository, head: str) -> tuple[Repository, str]:
    """Repository and branch of ``branch`` or ``owner:branch``; the owner's is that in the same network of forks."""
    login, colon, branch = head.rpartition(":")
    if not colon or login.lower() == repository.owner.login.lower():
        return repository, branch
    for one in hub.repositories.values():
        if one.root is repository.root and one.owner.login.lower() == login.lower():
            return one, branch
    raise invalid(PULL, "head")


def open_pull(
    hub: Hub,
    repository: Repository,
    user: User,
    *,
    head: str,
    base: str,
    title: str,
    body: str | None = None,
    draft: bool = False,
    maintainer_can_modify: bool = True,
    token: Token | None = None,
) -> Issue:
    """A new pull request. Refuses what GitHub refuses."""
    source, branch = head_of(hub, repository, head)
    tip, target = source.bare.tip(branch), repository.bare.tip(base)
    wrong = [
        {"resource": "PullRequest", "field": field, "code": "invalid"}
        for field, sha in (("head", tip), ("base", target))
        if sha is None
    ]
    if tip is None or target is None:
        raise Refusal(422, "Validation Failed", wrong)
    repository.bare.fetch(source.bare, tip)
    _refuse(repository, source, branch, base, repository.bare.between(target, tip))
    too_long(ISSUE, body)
    made = new_issue(hub, repository, user, title, body)
    made.pull = Pull(
        repository=repository,
        head_repository=source,
        head_ref=branch,
        base_ref=base,
        head=tip,
        base=target,
        draft=draft,
        maintainer_can_modify=maintainer_can_modify and source is not repository,
    )
    _set_head(repository, made, tip)
    events.tell(hub, "pull_request", repository, user, events.of_pull(hub, made, "opened"), token)
    return made


def _refuse(repository: Repository, source: Repository, branch: str, base: str, new: list[str]) -> None:
    if same := standing(repository, source, branch, base):
        raise custom(PULL, f"A pull request already exists for {same.label}.")
    if not new:
        names = (
            (base, branch)
            if source is repository
            else (f"{repository.owner.login}:{base}", f"{source.owner.login}:{branch}")
        )
        raise custom(PULL, f"No commits between {names[0]} and {names[1]}")


def standing(repository: Repository, source: Repository, branch: str, base: str) -> Pull | None:
    """The open pull request of a branch into another."""
    wanted = (source, branch, base)
    for issue in repository.issues.values():
        pull = issue.pull
        if pull and issue.state == "open" and (pull.head_repository, pull.head_ref, pull.base_ref) == wanted:
            return pull
    return None


def _set_head(repository: Repository, issue: Issue, sha: str) -> None:
    name = f"refs/pull/{issue.number}/head"
    repository.bare.set_ref(name, sha)
    repository.refs[name] = sha


def reopen(hub: Hub, repository: Repository, issue: Issue, user: User, token: Token | None = None) -> None:
    """Opens a closed one again, if its branch is still there and there is no other of it."""
    pull = issue.pull
    assert pull is not None
    tip = pull.head_repository.bare.tip(pull.head_ref)
    if pull.merged_at is not None or tip is None:
        raise invalid(PULL, "state", message="state cannot be changed. The branch was deleted or merged.")
    if same := standing(repository, pull.head_repository, pull.head_ref, pull.base_ref):
        text = f"state cannot be changed. There is already an open pull request from {same.label} to {pull.base_ref}."
        raise custom(PULL, text)
    set_state(hub, repository, issue, "open", user, token=token)
    _move(hub, issue, tip, user, token)


def follow(hub: Hub, repository: Repository, user: User, token: Token | None = None) -> None:
    """Notices what has moved in the git of a repository: tells of pushes, and takes pull requests along."""
    before, repository.refs = repository.refs, repository.bare.refs()
    if before == repository.refs:
        return
    names = [name for name in {**before, **repository.refs} if not name.startswith("refs/pull/")]
    moved = [name for name in names if before.get(name) != repository.refs.get(name)]
    for name in moved:
        old, new = before.get(name, ZERO), repository.refs.get(name, ZERO)
        events.tell_push(hub, repository, user, name, old, new, token)
    for issue in list(_opened(hub)):
        _take_along(hub, issue, repository, set(moved), user, token)


def _opened(hub: Hub) -> Iterator[Issue]:
    for repository in hub.repositories.values():
        yield from (issue for issue in repository.issues.values() if issue.pull and issue.state == "open")


def _take_along(hub: Hub, issue: Issue, moved_in: Repository, moved: set[str], user: User, token: Token | None) -> None:
    pull = issue.pull
    assert pull is not None
    if pull.head_repository is moved_in and f"refs/heads/{pull.head_ref}" in moved:
        tip = moved_in.refs.get(f"refs/heads/{pull.head_ref}")
        if tip is None:
            set_state(hub, pull.repository, issue, "closed", user, token=token)
            return
        _move(hub, issue, tip, user, token)
    if pull.repository is moved_in and f"refs/heads/{pull.base_ref}" in moved:
        target = moved_in.refs.get(f"refs/heads/{pull.base_ref}")
        if target is not None and moved_in.bare.contains(target, pull.head):
            _close_as_merged(hub, issue, user, target, token)


def _move(hub: Hub, issue: Issue, tip: str, user: User, token: Token | None) -> None:
    pull = issue.pull
    assert pull is not None
    if tip == pull.head:
        return
    before, pull.head = pull.head, tip
    pull.base = pull.repository.bare.tip(pull.base_ref) or pull.base
    pull.repository.bare.fetch(pull.head_repository.bare, tip)
    _set_head(pull.repository, issue, tip)
    issue.updated_at = hub.now()
    payload = events.of_pull(hub, issue, "synchronize", before=before, after=tip)
    events.tell(hub, "pull_request", pull.repository, user, payload, token)


def _close_as_merged(hub: Hub, issue: Issue, user: User, commit: str, token: Token | None) -> None:
    assert issue.pull is not None
    issue.pull.merged_at, issue.pull.merged_by, issue.pull.merge_commit = hub.now(), user, commit
    set_state(hub, issue.pull.repository, issue, "closed", user, token=token)


def merge(
    hub: Hub, issue: Issue, user: User, way: Way = "merge", *, message: str = "", token: Token | None = None
) -> str:
    """Merges; returns the commit at the tip of the base. Refuses a conflict, a draft, and what is closed."""
    pull = issue.pull
    if pull is None:
        raise not_found()
    base = pull.repository.bare.tip(pull.base_ref)
    if issue.state == "closed" or pull.draft or base is None:
        text = "Pull Request is still a draft" if pull.draft else "Pull Request is not mergeable"
        raise Refusal(405, text)
    tip = _merged(hub, issue, pull, base, user, way, message)
    if tip is None:
        raise Refusal(405, "Pull Request is not mergeable")
    pull.base = base
    pull.repository.bare.set_ref(f"refs/heads/{pull.base_ref}", tip, base)
    _close_as_merged(hub, issue, user, tip, token)
    follow(hub, pull.repository, user, token)
    if pull.repository.settings.delete_branch_on_merge and pull.head_repository is pull.repository:
        pull.repository.bare.set_ref(f"refs/heads/{pull.head_ref}", None)
        follow(hub, pull.repository, user, token)
    return tip


def _merged(hub: Hub, issue: Issue, pull: Pull, base: str, user: User, way: Way, message: str) -> str | None:
    bare = pull.repository.bare
    if way == "rebase":
        return rebased(bare, base, pull.head, user)
    tree = bare.merged_tree(base, pull.head)
    if tree is None:
        return None
    first = f"Merge pull request #{issue.number} from {pull.head_repository.owner.login}/{pull.head_ref}"
    default = f"{first}\n\n{issue.title}" if way == "merge" else f"{issue.title} (#{issue.number})"
    parents = (base, pull.head) if way == "merge" else (base,)
    return bare.commit_tree(tree, parents, message or default, user, hub.now().isoformat())
