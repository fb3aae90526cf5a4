"""Git over HTTP: the protocol is that of ``git http-backend``, who may is said here."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

from tests.support.github_server import access
from tests.support.github_server.bare import QUIET
from tests.support.github_server.deeds.pulls import follow
from tests.support.github_server.refusals import Refusal
from tests.support.github_server.routing import Reply

if TYPE_CHECKING:
    from tests.support.github_server.hub import Hub
    from tests.support.github_server.model import Repository, Token
    from tests.support.github_server.routing import Request

ADDRESS = re.compile(
    r"/(?P<full_name>[^/]+/[^/]+?)(?:\.git)?(?P<service>/(?:info/refs|git-upload-pack|git-receive-pack))"
)


def is_git(path: str) -> bool:
    """Whether a path is one of git's."""
    return ADDRESS.fullmatch(path) is not None


def answer(hub: Hub, request: Request) -> tuple[Reply, str]:
    """The answer of git, or a refusal as text, which git shows; and the login of who asked."""
    found = ADDRESS.fullmatch(request.path)
    assert found is not None
    token = None
    try:
        token = access.token_of(hub, request.headers.get("authorization"))
        writes = "git-receive-pack" in (request.query + request.path)
        repository = _admitted(hub, found["full_name"], token, writes)
    except Refusal as refusal:
        headers = {"Content-Type": "text/plain; charset=utf-8", **refusal.headers}
        return Reply(status=refusal.status, raw=refusal.message.encode(), headers=headers), _login(token)
    with hub.lock:
        follow(hub, repository, repository.owner)
    reply = _backend(repository, found["service"], request, _login(token))
    if request.path.endswith("git-receive-pack"):
        with hub.lock:
            follow(hub, repository, token.user if token else repository.owner, token)
    return reply, _login(token)


def _login(token: Token | None) -> str:
    return "" if token is None else token.user.login


def _admitted(hub: Hub, full_name: str, token: Token | None, writes: bool) -> Repository:
    repository = hub.repositories.get(full_name.lower())
    if token is None and (writes or repository is None or repository.private):
        raise Refusal(401, "Authentication required.", WWW_Authenticate='Basic realm="GitHub"')
    if repository is None or not access.sees(token, repository):
        raise Refusal(404, "Repository not found.")
    denied = Refusal(403, f"Permission to {repository.full_name}.git denied to {_login(token)}.")
    if not writes:
        if repository.private and (token is None or not token.may("contents", "read")):
            raise denied
        return repository
    assert token is not None
    if repository.settings.archived:
        raise Refusal(403, "This repository was archived so it is read-only.")
    may = access.reaches(token, repository) and token.may("contents", "write")
    if not may or not access.at_least(access.role_of(token, repository), "write"):
        raise denied
    return repository


def _backend(repository: Repository, service: str, request: Request, login: str) -> Reply:
    path = repository.bare.path
    env = {
        **os.environ,
        **QUIET,
        "GIT_PROJECT_ROOT": str(path.parent),
        "PATH_INFO": f"/{path.name}{service}",
        "GIT_HTTP_EXPORT_ALL": "1",
        "REMOTE_USER": login,
        "REMOTE_ADDR": "127.0.0.1",
        "REQUEST_METHOD": request.method,
        "QUERY_STRING": request.query,
        "CONTENT_TYPE": request.headers.get("content-type", ""),
        "CONTENT_LENGTH": str(len(request.body)),
        "HTTP_CONTENT_ENCODING": request.headers.get("content-encoding", ""),
        "GIT_PROTOCOL": request.headers.get("git-protocol", ""),
    }
    done = subprocess.run(["git", "http-backend"], input=request.body, capture_output=True, env=env)
    head, _, body = done.stdout.partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n") if ": " in line)
    status = int(headers.pop("Status", "200 OK").split()[0])
    return Reply(status=status, raw=body, headers=headers)
