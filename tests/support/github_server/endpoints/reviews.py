"""Reviews, comments on lines, and who was asked for a review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.support.github_server import events
from tests.support.github_server.access import at_least
from tests.support.github_server.endpoints.comments import own
from tests.support.github_server.model import Review, ReviewComment
from tests.support.github_server.refusals import LINE, Refusal, not_found, too_long
from tests.support.github_server.rendering import people, pulls
from tests.support.github_server.rendering.conversation import review_comment as rendered
from tests.support.github_server.routing import created, endpoint, nothing, paged

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.support.github_server.model import Issue, User
    from tests.support.github_server.routing import Call

STATES = {"APPROVE": "APPROVED", "REQUEST_CHANGES": "CHANGES_REQUESTED", "COMMENT": "COMMENTED", None: "PENDING"}


@endpoint("GET R/pulls/{pull_number}/reviews", "pull_requests:read")
def reviews(call: Call) -> Any:
    """The oldest first."""
    issue = call.pull()
    assert issue.pull is not None
    return paged(call, issue.pull.reviews, lambda one: pulls.review(call.hub, one, issue, call.repository))


@endpoint("POST R/pulls/{pull_number}/reviews", "pull_requests:write")
def create(call: Call) -> Any:
    """A new one."""
    issue, event, hub = call.pull(), call.body.get("event"), call.hub
    pull = issue.pull
    assert pull is not None
    assert call.token is not None
    if event == "APPROVE" and call.token.kind == "actions" and not call.repository.settings.actions_may_create_pulls:
        raise Refusal(422, "Unprocessable Entity", ["GitHub Actions is not permitted to approve pull requests."])
    if event in ("APPROVE", "REQUEST_CHANGES") and issue.user is call.user:
        word = "approve" if event == "APPROVE" else "request changes on"
        raise Refusal(422, "Unprocessable Entity", [f"Can not {word} your own pull request"])
    made = Review(
        id=hub.id("review"),
        user=call.user,
        body=call.body.get("body") or "",
        state=STATES[event],
        commit=call.body.get("commit_id") or pull.head,
        submitted_at=hub.now(),
    )
    pull.reviews.append(made)
    pull.reviewers = [user for user in pull.reviewers if user is not call.user]
    for line in call.body.get("comments") or []:
        _add_line(call, issue, line, review=made.id)
    payload = events.of_review(hub, made, issue, call.repository)
    events.tell(hub, "pull_request_review", call.repository, call.user, payload, call.token)
    return pulls.review(hub, made, issue, call.repository)


def _add_line(call: Call, issue: Issue, sent: Mapping[str, Any], review: int | None = None) -> ReviewComment:
    assert issue.pull is not None
    too_long(LINE, sent["body"])
    path = sent.get("path")
    answers = call.repository.review_comments.get(sent.get("in_reply_to") or 0)
    if answers is not None:
        path = answers.path
    file = next((one for one in pulls.changed(issue.pull) if one.path == path), None)
    if file is None:
        error = {"resource": "PullRequestReviewComment", "code": "invalid", "field": "pull_request_review_thread.path"}
        raise Refusal(422, "Validation Failed", [error])
    now = call.hub.now()
    made = ReviewComment(
        id=call.hub.id("review_comment"),
        body=sent["body"],
        user=call.user,
        issue=issue,
        created_at=now,
        updated_at=now,
        path=file.path,
        line=sent.get("line", sent.get("position")) or (answers.line if answers else None),
        side=sent.get("side", "RIGHT"),
        commit=sent.get("commit_id") or issue.pull.head,
        hunk=file.patch or "",
        review=review,
        answers=answers.id if answers else None,
    )
    call.repository.review_comments[made.id] = made
    call.hub.lag.write(made)
    return made


@endpoint("GET R/pulls/{pull_number}/comments", "pull_requests:read")
def lines(call: Call) -> Any:
    """Comments on the lines of one pull request."""
    issue = call.pull()
    found = [one for one in call.repository.review_comments.values() if one.issue is issue]
    return paged(call, found, lambda one: rendered(call.hub, one, call.repository))


@endpoint("POST R/pulls/{pull_number}/comments", "pull_requests:write")
def add_line(call: Call) -> Any:
    """A comment on a line."""
    return _told(call, _add_line(call, call.pull(), call.body))


@endpoint("POST R/pulls/{pull_number}/comments/{comment_id}/replies", "pull_requests:write")
def answer(call: Call) -> Any:
    """An answer to one."""
    made = _add_line(call, call.pull(), {"body": call.body["body"], "in_reply_to": found_line(call).id})
    return _told(call, made)


def _told(call: Call, made: ReviewComment) -> Any:
    payload = events.of_review_comment(call.hub, made, call.repository, "created")
    events.tell(call.hub, "pull_request_review_comment", call.repository, call.user, payload, call.token)
    return created(rendered(call.hub, made, call.repository))


def found_line(call: Call) -> ReviewComment:
    """The comment on a line of the path."""
    found = call.repository.review_comments.get(call.number("comment_id"))
    if found is None:
        raise not_found()
    return found


@endpoint("GET R/pulls/comments/{comment_id}", "pull_requests:read")
def line(call: Call) -> Any:
    """One."""
    return rendered(call.hub, found_line(call), call.repository)


@endpoint("PATCH R/pulls/comments/{comment_id}", "pull_requests:write")
def change(call: Call) -> Any:
    """Another text."""
    one = found_line(call)
    own(call, one)
    one.body, one.updated_at = str(call.body["body"]), call.hub.now()
    return rendered(call.hub, one, call.repository)


@endpoint("DELETE R/pulls/comments/{comment_id}", "pull_requests:write")
def delete(call: Call) -> Any:
    """Takes it away."""
    one = found_line(call)
    own(call, one)
    del call.repository.review_comments[one.id]
    return nothing()


def _askable(call: Call, issue: Issue) -> list[User]:
    found = []
    for login in call.body.get("reviewers") or []:
        user = call.hub.users.get(login.lower())
        if user is issue.user:
            raise Refusal(422, "Review cannot be requested from pull request author.")
        if user is None or not at_least(call.repository.role(user), "read") or user.login not in _known(call):
            text = "Reviews may only be requested from collaborators. One or more of the users or teams you specified "
            raise Refusal(422, f"{text}is not a collaborator of the {call.repository.full_name} repository.")
        found.append(user)
    if call.body.get("team_reviewers"):
        raise Refusal(422, "Could not resolve to a node with the global id of a team: teams are not emulated.")
    return found


def _known(call: Call) -> set[str]:
    return {call.repository.owner.login, *call.repository.roles}


@endpoint("POST R/pulls/{pull_number}/requested_reviewers", "pull_requests:write", "triage")
def ask(call: Call) -> Any:
    """Asks collaborators."""
    issue = call.pull()
    assert issue.pull is not None
    issue.pull.reviewers = list(dict.fromkeys([*issue.pull.reviewers, *_askable(call, issue)]))
    return created(pulls.short(call.hub, issue))


@endpoint("DELETE R/pulls/{pull_number}/requested_reviewers", "pull_requests:write", "triage")
def unask(call: Call) -> Any:
    """Asks some of them no longer."""
    issue, gone = call.pull(), {login.lower() for login in call.body["reviewers"]}
    assert issue.pull is not None
    issue.pull.reviewers = [user for user in issue.pull.reviewers if user.login.lower() not in gone]
    return pulls.short(call.hub, issue)


@endpoint("GET R/pulls/{pull_number}/requested_reviewers", "pull_requests:read")
def asked(call: Call) -> Any:
    """Who was asked and has not answered."""
    issue = call.pull()
    assert issue.pull is not None
    return {"users": [people.user(call.hub, one) for one in issue.pull.reviewers], "teams": []}
