"""Issues opened and changed, comments, labels, reactions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tests.support.github_server import events
from tests.support.github_server.model import Comment, Issue, Label, Reaction
from tests.support.github_server.refusals import COMMENT, ISSUE, LABEL, MOST_CHARACTERS, Refusal, invalid, too_long
from tests.support.github_server.rendering.conversation import label as rendered_label

if TYPE_CHECKING:
    from tests.support.github_server.hub import Hub
    from tests.support.github_server.model import Repository, Token, User

GREY = "ededed"


def number(repository: Repository) -> int:
    """The next one: issues and pull requests are counted together."""
    return max(repository.issues, default=0) + 1


def open_issue(
    hub: Hub, repository: Repository, user: User, title: str, body: str | None = None, *, token: Token | None = None
) -> Issue:
    """A new issue."""
    if not repository.settings.has_issues:
        raise Refusal(410, "Issues has been disabled in this repository.")
    too_long(ISSUE, body)
    made = new_issue(hub, repository, user, title, body)
    events.tell(hub, "issues", repository, user, events.of_issue(hub, made, repository, "opened"), token)
    return made


def new_issue(hub: Hub, repository: Repository, user: User, title: str, body: str | None) -> Issue:
    """An issue that nothing is told of."""
    now = hub.now()
    made = Issue(
        id=hub.id("issue"),
        number=number(repository),
        title=title,
        body=body,
        user=user,
        created_at=now,
        updated_at=now,
    )
    repository.issues[made.number] = made
    hub.lag.write(made)
    return made


def label_of(hub: Hub, repository: Repository, name: str) -> Label:
    """The label of that name, made if need be, as GitHub does when one is put on an issue."""
    found = repository.labels.get(name.lower())
    return found or add_label(hub, repository, name, GREY)


def add_label(hub: Hub, repository: Repository, name: str, color: str, text: str | None = None) -> Label:
    """A new label. Refuses a name that is there, in whatever case."""
    if name.lower() in repository.labels:
        raise invalid(LABEL, "name", "already_exists")
    if len(name) > 50:
        raise invalid(LABEL, "name", "custom", message="name is too long (maximum is 50 characters)")
    made = Label(id=hub.id("label"), name=name, color=color, description=text)
    repository.labels[name.lower()] = made
    return made


def set_labels(
    hub: Hub, repository: Repository, issue: Issue, labels: list[Label], user: User, token: Token | None = None
) -> None:
    """Gives an issue those labels, and tells of each that came or went."""
    before, issue.labels = issue.labels, list(dict.fromkeys(labels))
    for action, some in (
        ("labeled", [one for one in issue.labels if one not in before]),
        ("unlabeled", [one for one in before if one not in issue.labels]),
    ):
        for label in some:
            _tell(hub, repository, issue, action, user, token, label)
    if before != issue.labels:
        issue.updated_at = hub.now()


def _tell(
    hub: Hub,
    repository: Repository,
    issue: Issue,
    action: str,
    user: User,
    token: Token | None,
    label: Label | None = None,
) -> None:
    if issue.pull is None:
        events.tell(hub, "issues", repository, user, events.of_issue(hub, issue, repository, action, label), token)
        return
    more = {} if label is None else {"label": rendered_label(hub, label, repository)}
    events.tell(hub, "pull_request", repository, user, events.of_pull(hub, issue, action, **more), token)


def set_state(
    hub: Hub,
    repository: Repository,
    issue: Issue,
    state: Literal["open", "closed"],
    user: User,
    *,
    reason: str | None = None,
    token: Token | None = None,
) -> None:
    """Closes or reopens."""
    if issue.state == state:
        return
    issue.state, issue.updated_at = state, hub.now()
    issue.closed_at, issue.closed_by = (hub.now(), user) if state == "closed" else (None, None)
    if issue.pull is None:
        issue.state_reason = (reason or "completed") if state == "closed" else "reopened"
    _tell(hub, repository, issue, "closed" if state == "closed" else "reopened", user, token)


def edited(
    hub: Hub, repository: Repository, issue: Issue, user: User, title: str, body: str | None, token: Token | None
) -> None:
    """Another title or text."""
    if (title, body) == (issue.title, issue.body):
        return
    if not title:
        raise invalid(ISSUE, "title", "missing_field")
    too_long(ISSUE, body)
    issue.title, issue.body, issue.updated_at = title, body, hub.now()
    _tell(hub, repository, issue, "edited", user, token)


def comment(
    hub: Hub,
    repository: Repository,
    issue: Issue,
    user: User,
    body: str,
    *,
    may_unlock: bool,
    token: Token | None = None,
) -> Comment:
    """A new comment; ``may_unlock`` says whether the user writes on though the conversation is locked."""
    if issue.locked and not may_unlock:
        raise Refusal(403, "Unable to create comment because issue is locked.")
    if not body.strip():
        raise invalid(COMMENT, "data", "unprocessable", message="Body cannot be blank")
    if len(body) > MOST_CHARACTERS:
        text = f"Body is too long (maximum is {MOST_CHARACTERS} characters)"
        raise invalid(COMMENT, "data", "unprocessable", message=text)
    now = hub.now()
    made = Comment(id=hub.id("comment"), body=body, user=user, issue=issue, created_at=now, updated_at=now)
    repository.comments[made.id] = made
    issue.updated_at = now
    hub.lag.write(made)
    events.tell(hub, "issue_comment", repository, user, events.of_comment(hub, made, repository, "created"), token)
    return made


def rewrite(
    hub: Hub, repository: Repository, one: Comment, body: str, user: User, token: Token | None = None
) -> Comment:
    """Another text for a comment."""
    too_long(COMMENT, body)
    before, one.body, one.updated_at = one.body, body, hub.now()
    payload = {**events.of_comment(hub, one, repository, "edited"), "changes": {"body": {"from": before}}}
    events.tell(hub, "issue_comment", repository, user, payload, token)
    return one


def react(hub: Hub, reactions: list[Reaction], user: User, content: str) -> tuple[Reaction, bool]:
    """A reaction, and whether it is new: the same of the same user is there only once."""
    found = next((one for one in reactions if one.user is user and one.content == content), None)
    if found is not None:
        return found, False
    made = Reaction(id=hub.id("reaction"), user=user, content=content, created_at=hub.now())
    reactions.append(made)
    return made, True
