"""What GitHub says when it says no, word for word as far as known."""

from __future__ import annotations

from typing import Any

MOST_CHARACTERS = 65536
ISSUE, PULL, COMMENT, LINE = "Issue", "PullRequest", "IssueComment", "PullRequestReviewComment"
LABEL, STATUS = "Label", "Status"


class Refusal(Exception):
    """An answer that is not what was asked for."""

    def __init__(self, status: int, message: str, errors: list[Any] | None = None, **headers: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.errors = errors
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def body(self, page: str = "https://docs.github.com/rest") -> dict[str, Any]:
        """As JSON, in the order of GitHub."""
        errors = {} if self.errors is None else {"errors": self.errors}
        return {"message": self.message, **errors, "documentation_url": page, "status": str(self.status)}


class Malformed(Refusal):
    """The refusal of a request that the description does not allow: a mistake of the client, and not of its user."""

    def __init__(self, what: str) -> None:
        super().__init__(422, f"Invalid request.\n\n{what}")


def not_found() -> Refusal:
    """For what is not there, and for what must not be seen."""
    return Refusal(404, "Not Found")


def invalid(resource: str, field: str, code: str = "invalid", **more: Any) -> Refusal:
    """One field is wrong."""
    return Refusal(422, "Validation Failed", [{"resource": resource, "code": code, "field": field, **more}])


def custom(resource: str, message: str) -> Refusal:
    """Something is wrong that no field stands for."""
    return Refusal(422, "Validation Failed", [{"resource": resource, "code": "custom", "message": message}])


def too_long(resource: str, text: str | None) -> None:
    """Refuses a body over the limit, as issues and pull requests do."""
    if text is not None and len(text) > MOST_CHARACTERS:
        raise invalid(resource, "body", "custom", message=f"body is too long (maximum is {MOST_CHARACTERS} characters)")


def inaccessible(kind: str, needs: str) -> Refusal:
    """The token is good, but not for this."""
    holder = "personal access token" if kind == "personal" else "integration"
    wanted = needs.replace(":", "=")
    return Refusal(403, f"Resource not accessible by {holder}", X_Accepted_GitHub_Permissions=wanted)
