"""What strangers may try, one row after the other, each tried on the real thing: ``python -m benchmarks.security``.

Row 12, the HTML of a page of states, is not here: there is no such page. Where another file goes into more depth, the
test names it.
"""

from __future__ import annotations

import ast
import base64
import contextlib
import html
import io
import pickle
import re
import subprocess
import sys
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pytest
from markdown_it import MarkdownIt

from alignment.locales import load
from alignment.markdown import D2L, parse
from bot.events import read_event
from bot.model import Ignored
from sync.chapters.bounds import refuse_endless
from sync.engines.models import Models
from sync.errors import InputError
from sync.merge.cell.code import adopt_code
from sync.merge.cell.fill import fill
from sync.model import RevisionPair
from sync.plan import plan_chapter
from tests.support.action import BOT, CONFIG, ENGLISH, FORK, ICE, ICE_ES, MAINTAINER, TEA, TEA_ES, Book
from tests.support.comments import at_once, talk
from tests.support.github_fixture import opened
from tests.support.repositories import git, make_repository
from tests.support.runner import heard, outputs
from tests.test_action_yml import PROGRAM, shell
from tests.test_workflows import ACTION, OURS, WORKFLOWS, read, steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.comments import Talk

ROOT = Path(__file__).parents[1]
PACKAGES = ("alignment", "sync", "bot")
NEW_TEA = TEA.replace("pot = 3", "pot = 4")
STRANGER = "mallory"
COMMANDS = ('"; touch pwn; #', "x$(touch pwn)", "`touch pwn`", "'; touch pwn; '", "--output=pwn")
Test = TypeVar("Test", bound="Callable[..., None]")


def row(number: int, threat: str) -> Callable[[Test], Test]:
    """Says which row a test is of, for the table."""

    def mark(test: Test) -> Test:
        test.__dict__["row"] = (number, threat)
        return test

    return mark


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """Two chapters in English, and their fork in Spanish, which follows them."""
    with opened() as github:
        yield Book(github, tmp_path).begin()


@pytest.fixture
def pull(book: Book) -> Talk:
    """A pull request of ours, which no run has made."""
    book.github.user(STRANGER)
    return at_once(book)


@pytest.fixture
def real(book: Book) -> Talk:
    """One that a run has made, and that newer English is there for."""
    made = talk(book, tea=NEW_TEA)
    book.english(tea=TEA.replace("pot = 3", "pot = 5"))
    return made


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a run stands and keeps its temporary files."""
    folder = tmp_path / "place"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def written(book: Book) -> list[str]:
    """What was changed at GitHub: neither a fetch nor the question whom a token speaks for."""
    asked = [f"{one.method} {one.path}" for one in book.github.log if one.method not in {"GET", "HEAD"}]
    return [call for call in asked if not call.endswith(("/graphql", "git-upload-pack"))]


def said(book: Book) -> str:
    """All that is to be read at GitHub: titles, texts, comments, messages of commits."""
    found = [
        text for one in (*book.pulls("all"), *book.github.issues(FORK, state="all")) for text in (one.title, one.body)
    ]
    found += [one.body for one in book.github.hub.repository(FORK).comments.values()]
    return "\n".join([*found, book.github.hub.repository(FORK).bare.git("log", "--all", "--format=%B")])


# 1


@row(1, "script injection")
def test_what_is_typed_is_never_part_of_a_command(tmp_path: Path) -> None:
    """More in test_workflows, whose linters look for it, and in act/test_pull and act/test_preview."""
    assert not [
        step["run"] for file in (*WORKFLOWS, ACTION) for step in steps(read(file)) if "${{" in step.get("run", "")
    ]
    given = {name: COMMANDS[number % 5] for number, name in enumerate(PROGRAM["env"]) if name.startswith("INPUT_")}
    done = shell(PROGRAM, workspace(tmp_path), **given, GITHUB_HEAD_REF=COMMANDS[1], GITHUB_EVENT_NAME="schedule")
    assert done.returncode == 2, done.stderr
    assert not list(tmp_path.rglob("pwn*"))


def workspace(folder: Path) -> Path:
    """An empty one."""
    made = folder / "workspace"
    made.mkdir()
    return made


# 2


@row(2, "pwn request")
def test_secrets_are_never_at_hand_for_what_strangers_propose() -> None:
    for file in WORKFLOWS:
        content = read(file)
        assert not {"pull_request_target", "workflow_run"} & set(content["on"])
        comments = [job for job in content["jobs"].values() if "issue_comment" in str(job.get("if", ""))]
        assert not [step for job in comments for step in job["steps"] if "checkout" in step.get("uses", "")]


@row(2, "pwn request")
def test_nothing_of_a_pull_request_is_run(pull: Talk, tmp_path: Path, place: Path) -> None:
    """More in test_action_yml: nothing of the checkout is imported."""
    trace = f"open({str(tmp_path / 'imported')!r}, 'a').write(__name__)\n"
    evil = {name: trace for name in ("conftest.py", "github.py", "sitecustomize.py", "bot/__init__.py")}
    evil |= {".gitattributes": "*.md filter=evil\n", ".gitmodules": '[submodule "x"]\npath = x\nurl = ext::touch pwn\n'}
    pull.book.github.commit(FORK, evil, branch=pull.branch, login=MAINTAINER)
    for name in ("conftest.py", "github.py"):
        (place / name).write_text(trace)
    ran = pull.ask("/amts score\n/amts refresh")
    assert pull.replies, ran.log
    assert not (tmp_path / "imported").exists()
    assert not list(tmp_path.rglob("pwn*"))


# 3


@row(3, "permission bypass")
@pytest.mark.parametrize(("role", "may"), [("none", False), ("read", False), ("triage", False), ("write", True)])
def test_a_role_that_may_not_write_changes_nothing(pull: Talk, role: Any, may: bool) -> None:
    """Every role with every command: bot/test_conversation."""
    pull.book.github.user("rex", {FORK: role})
    payload = pull.write("/amts pause", "rex")
    payload["comment"]["author_association"] = "OWNER"
    pull.hear(payload)
    assert paused(pull) is may


@row(3, "permission bypass")
@pytest.mark.parametrize("status", [403, 404, 500])
def test_where_github_does_not_say_who_may_nobody_may(pull: Talk, status: int) -> None:
    pull.book.github.fail("GET R/collaborators/*/permission", status, times=10 if status != 404 else 1)
    pull.ask("/amts pause")
    assert (pull.signs, pull.replies, paused(pull)) == ([], [], False)


def paused(pull: Talk) -> bool:
    return any(label.name == "amts:paused" for label in pull.book.github.issue(FORK, pull.number).labels)


# 4


@row(4, "time of check, time of use")
@pytest.mark.parametrize(
    ("call", "nth"), [("GET *.git/info/refs", 1), ("GET *.git/info/refs", 2), ("POST *.git/git-receive-pack", 1)]
)
def test_a_branch_that_moves_meanwhile_is_left_as_it_is(real: Talk, call: str, nth: int) -> None:
    """Before it is cloned, before what it is at is asked for to push, and before the push itself."""
    theirs = {"drinks/tea.md": TEA_ES.replace("pot = 3", "pot = 9")}
    call = call.replace("*", f"/{FORK}")
    github = real.book.github
    github.before(call, lambda: github.commit(FORK, theirs, branch=real.branch, login=MAINTAINER), nth=nth)
    ran = real.ask("/amts refresh")
    assert (ran.code, real.signs) == (5, ["confused"])
    assert "moved" in real.reply
    assert real.file("drinks/tea.md") == theirs["drinks/tea.md"]


@row(4, "time of check, time of use")
def test_a_comment_counts_only_as_it_still_is(pull: Talk) -> None:
    payload = pull.write("/amts pause")
    pull.book.github.edit_comment(FORK, payload["comment"]["id"], MAINTAINER, "/amts status")
    pull.hear(payload)
    assert (pull.signs, pull.replies, paused(pull)) == ([], [], False)


# 5


@row(5, "scope of the token")
def test_a_token_of_one_fork_reaches_no_other(book: Book) -> None:
    other = "book/fr"
    book.github.repository(other, {".amts.yml": CONFIG.replace("es", "fr"), "drinks/tea.md": "# Thé\n"}, private=True)
    book.english(tea=NEW_TEA)
    before = book.github.tip(other)
    ran = book.run(INPUT_TARGET_REPO=other)
    assert ran.code in {5, 9}
    assert other in ran.log
    assert not written(book)
    assert book.github.tip(other) == before


@row(5, "scope of the token")
def test_a_token_that_may_only_read_is_told_of(book: Book) -> None:
    book.english(tea=NEW_TEA)
    weak = book.github.token(BOT, repositories=[FORK], permissions={"contents": "read", "metadata": "read"})
    ran = book.run(INPUT_GITHUB_TOKEN=weak)
    assert ran.code == 9, ran.log
    assert "could not be pushed" in ran.log
    assert "The token lacks a permission" in ran.log
    assert (book.pulls(), book.github.tip(FORK, "amts/mechanical")) == ([], None)


# 6


FAILURES: dict[str, Callable[[Book], object]] = {
    "clone": lambda book: book.github.fail(f"GET /{FORK}.git/info/refs", 401, times=9),
    "push": lambda book: book.github.fail(f"POST /{FORK}.git/git-receive-pack", 403),
    "branch": lambda book: book.github.fail("GET R", 500, times=9),
    "API": lambda book: book.github.fail("POST R/pulls", 500, times=9),
    "who": lambda book: book.github.fail("* /graphql", 500, times=9),
    "nothing": lambda book: None,
}


@row(6, "secrets in logs")
@pytest.mark.parametrize("failure", FAILURES)
def test_a_token_is_in_no_log_no_text_no_file_and_no_argument(book: Book, place: Path, failure: str) -> None:
    """More in bot/runner/test_redaction."""
    token = book.github.token(BOT, repositories=[FORK], kind="actions")
    forms = secret_forms(token)
    seen: list[str] = []
    book.github.before(f"GET /{FORK}.git/info/refs", lambda: seen.extend(leaks(forms, place)))
    book.english(tea=NEW_TEA)
    FAILURES[failure](book)
    ran = book.run(INPUT_GITHUB_TOKEN=token)
    assert (ran.code == 0) is (failure == "nothing"), ran.log
    log = "\n".join(line for line in ran.log.splitlines() if "::add-mask::" not in line)
    assert not [form for form in forms if form in log + ran.summary + ran.outputs + said(book)]
    assert not [*seen, *leaks(forms, place)]


def secret_forms(token: str) -> list[str]:
    """The token, and what it looks like in base64, wherever in a text it begins."""
    shifted = (base64.b64encode(b" " * at + token.encode()).decode()[4 if at else 0 : -4] for at in range(3))
    return [token, *shifted, base64.b64encode(f"x-access-token:{token}".encode()).decode()]


def leaks(forms: list[str], folder: Path) -> list[str]:
    """Files below a folder, and programs that run, that say one of some texts."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    files += [one / "cmdline" for one in Path("/proc").glob("[0-9]*")]
    return [str(path) for path in files if any(form.encode() in content_of(path) for form in forms)]


def content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # it has ended meanwhile
        return b""


# 7


@row(7, "options for git")
@pytest.mark.parametrize("text", ["--output=pwn", "--upload-pack=touch pwn", "-cfoo=bar", "--exec=touch pwn", "x:y..z"])
def test_a_name_is_never_an_option(book: Book, place: Path, text: str) -> None:
    """More in sync/test_repository."""
    for name in ("source-ref", "paths", "source-repo"):
        book.inputs = {name: text}
        assert book.run().code, (name, text)
    assert not written(book)
    assert not list(place.rglob("pwn*"))


@row(7, "options for git")
@pytest.mark.parametrize("source", ["ext::sh -c 'touch pwn'", "file://{}", "{}", "../hostile", "ssh://x/y", "git@x:y"])
def test_english_is_read_from_the_web_and_from_nowhere_else(
    book: Book, hostile_tree: Path, place: Path, source: str
) -> None:
    book.inputs = {"source-repo": source.format(hostile_tree)}
    assert book.run().code in {2, 5}
    assert not written(book)
    assert not list(place.rglob("pwn*"))


# 8


HOSTILE = (
    "$(touch pwn).md",
    "--upload-pack=touch pwn.md",
    "a](javascript:alert(1)).md",
    "new\nline.md",
    "<img src=x>.md",
    "back\\slash.md",
    "DRINKS/TEA.md",
    "drinks/te\u0301.md",
    "drinks/t\u00e9.md",
    f"{'long' * 70}.md",
)


@pytest.fixture
def hostile_tree(tmp_path: Path) -> Path:
    """English with all that a tree of git can hold, and with a new version of the tea."""
    made = make_repository(
        tmp_path / "hostile", {"drinks/tea.md": TEA, "drinks/ice.md": ICE}, {"drinks/tea.md": NEW_TEA}
    )
    blob = git(made, "hash-object", "-w", "--stdin", stdin="# Evil\n\nEvil @ada is new.\n")
    link = git(made, "hash-object", "-w", "--stdin", stdin="/etc/passwd")
    rows = [f"100644 {blob}\t{name}" for name in HOSTILE]
    rows += [f"120000 {link}\tdrinks/link.md", f"160000 {'1' * 40}\tdrinks/module.md"]
    git(made, "update-index", "-z", "--index-info", stdin="\0".join(rows) + "\0")
    git(made, "commit", "--quiet", "-m", "hostile")
    return made


@row(8, "hostile tree")
def test_names_and_links_of_a_tree_lead_nowhere(book: Book, hostile_tree: Path, place: Path) -> None:
    """More in sync/test_repository. A name that is odd and no more, like ``$(touch pwn).md``, is one like any other."""
    book.github.repository("book/hostile", bare=hostile_tree)
    book.github.commit(FORK, {".amts.yml": f"{CONFIG}new-chapters: draft\n"})
    book.inputs = {"source-repo": "book/hostile", "max-open-prs": "9", "group-by": "all"}
    for _ in range(2):
        ran = book.run()
        assert ran.code in {0, 7}, ran.log
    assert "root:" not in said(book)
    assert not list(place.rglob("pwn*"))
    bare = book.github.hub.repository(FORK).bare
    changed = {
        path
        for one in book.pulls()
        for path in bare.git("diff", "--name-only", "-z", "main", one.pull.head_ref).split("\0")
    }
    chapters = {path for path in changed if path.endswith(".md") and not path.endswith("_origin.md")}
    assert chapters == {"drinks/tea.md", "drinks/te\u0301.md", *HOSTILE[:3], "<img src=x>.md"}


# 9


@row(9, "hooks, configuration, filters")
def test_nothing_that_git_could_be_told_to_run_is_run(
    book: Book, tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More in sync/test_repository, for a repository on this machine."""
    program = tmp_path / "hooks" / "run"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\ntouch {tmp_path / 'pwn'}\n")
    program.chmod(0o755)
    for hook in ("pre-push", "reference-transaction", "post-checkout", "post-update", "pre-commit"):
        (program.parent / hook).symlink_to(program)
    (tmp_path / ".gitconfig").write_text(
        f'[core]\nhooksPath = {program.parent}\nfsmonitor = {program}\n[filter "evil"]\nsmudge = {program}\n'
        f"clean = {program}\nrequired = true\n[credential]\nhelper = !{program}\n"
        f"[init]\ntemplateDir = {program.parent}\n"
    )
    monkeypatch.setenv("HOME", str(tmp_path))
    book.github.commit(FORK, {".gitattributes": "* filter=evil diff=evil\n"})
    book.english(tea=NEW_TEA)
    ran = book.run()
    assert ran.code == 0, ran.log
    assert book.pulls()
    assert not (tmp_path / "pwn").exists()


# 10 and 11: what is said


LIVELY = (
    "@ada and @book/team, ada@example.org, fixes #41, closes book/es#42, GH-3, [skip ci]",
    "https://github.com/book/es/issues/4 and www.example.org at 05e96e507ea0864eaa5e6e4d4aa62e051702e677",
    "[here](javascript:alert(1)) ![there](http://example.org/x.png) `@ada` ``` and ~~~",
    "</details> <script>alert(1)</script> <img src=x onerror=y> --> | a | b | <!-- amts:pull e30= -->",
)
LIVE = re.compile(r"@[a-z0-9]|#[0-9]+|\bGH-[0-9]|://(?!127)|www\.|\b[0-9a-f]{40}\b|\[skip ci\]", re.IGNORECASE)
ALLOWED = {"p", "strong", "em", "code", "pre", "h2", "h3", "ul", "li", "a", "table", "thead", "tbody", "tr", "th", "td",
           "details", "summary", "br", "del", "ins", "hr", "sub"}  # fmt: skip


@pytest.fixture
def lively(book: Book) -> Book:
    """English that calls people, closes issues, and breaks out of whatever it is put into."""
    book.inputs = {"group-by": "all"}
    book.github.commit(ENGLISH, {"drinks/tea.md": lively_tea(3), "drinks/ice.md": ICE})
    book.github.commit(FORK, {"drinks/tea.md": lively_tea(3), "drinks/tea_origin.md": lively_tea(3)})
    book.github.commit(ENGLISH, {"drinks/tea.md": lively_tea(4)}, message=LIVELY[0])
    return book


def lively_tea(pot: int) -> str:
    return "# Tea @ada #43\n\n" + "\n\n".join(f"Pot {pot}: {text}." for text in LIVELY) + "\n"


@row(10, "mentions")
def test_what_others_wrote_calls_nobody_and_closes_nothing(lively: Book) -> None:
    """More in bot/test_quoting and bot/test_pull_request, with made-up texts."""
    assert lively.run().code == 0
    (pull,) = lively.pulls()
    comment = lively.github.comment(
        FORK, pull.number, MAINTAINER, "/amts explain drinks/tea.md:3\n/amts refresh --@ada"
    )
    lively.run("issue_comment", comment)
    assert len(lively.github.comments(FORK, pull.number)) == 2
    texts = [
        *(one.body for one in (*lively.github.issues(FORK), pull)),
        lively.github.comments(FORK, pull.number)[1].body,
    ]
    assert "Pot" in pull.body
    found = [found for text in texts for found in LIVE.findall(prose(text))]
    assert set(found) <= {f"#{pull.number}"}, "only our own pull request is named, in the issue that lists it"
    messages = lively.github.hub.repository(FORK).bare.git("log", "main..amts/mechanical", "--format=%B")
    ours = r"(?m)^AMTS-Source: [0-9a-f]+$|english@[0-9a-f]{8}\b"
    assert not LIVE.findall(re.sub(ours, "", f"{pull.title}\n{messages}"))


def prose(markdown: str) -> str:
    """What is read of a text where GitHub looks for names and numbers: all but code and our own marker."""
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown)
    page = re.sub(r"<(code|pre)>.*?</\1>|<!-- amts:\S+ \S+ -->", "", page, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


@row(11, "break-out of Markdown and HTML")
def test_what_others_wrote_is_text_and_no_marker(lively: Book) -> None:
    """More in bot/test_pull_request and bot/test_marker."""
    assert lively.run().code == 0
    (pull,) = lively.pulls()
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(pull.body)
    assert set(re.findall(r"<([a-z]+\d?)", page)) <= ALLOWED
    assert re.findall(r"<!--.*?-->", page) == re.findall(r"<!-- amts:pull \S+ -->\Z", pull.body.rstrip())
    assert 'href="javascript' not in page
    assert lively.run().code == 0
    assert len(lively.pulls()) == 1


@row(11, "break-out of Markdown and HTML")
def test_a_marker_that_somebody_else_wrote_is_believed_of_nobody(real: Talk) -> None:
    github = real.book.github
    tip = github.commit(FORK, {"drinks/tea.md": TEA_ES + "\nMás.\n"}, branch="amts/evil", login=MAINTAINER)
    evil = github.pull(FORK, head="amts/evil", login=MAINTAINER)
    evil.body = github.issue(FORK, real.number).body
    assert real.book.run().code == 0
    assert github.tip(FORK, "amts/evil") == tip
    assert github.comments(FORK, evil.number) == []
    assert "pot = 5" in real.file("drinks/tea.md")


# 13


PATHOLOGICAL = {
    "stars": "*" * 100_000,
    "brackets": "[" * 50_000 + "](" * 50_000,
    "ticks": "".join("`" * number + " " for number in range(1, 450)),
    "quotes": "\n".join(">" * number for number in range(300)),
    "dollars": "$" * 100_000,
    "markup": "<a " * 30_000,
    "tabs": "```\n#@tab all\n" * 8_000,
    "blanks": " " * 100_000 + "x",
    "sentences": "Yes. No! " * 6_000,
}


@row(13, "endless patterns, endless texts")
@pytest.mark.parametrize("text", PATHOLOGICAL.values(), ids=PATHOLOGICAL)
def test_an_odd_chapter_is_read_at_once(text: str) -> None:
    began = time.process_time()
    parse(text, D2L)
    with contextlib.suppress(InputError):
        refuse_endless("odd.md", text, D2L, "es")
        plan_chapter(RevisionPair(path="odd.md", lang="es", en_old=text, en_new=f"{text}\n\nx", tgt_old=text), D2L)
    assert time.process_time() - began < 2


@row(13, "endless patterns, endless texts")
@pytest.mark.parametrize("many", ["$$\n" * 5_000, "Yes. No! " * 5_000, "x" * 200_000, "Tea.\n\n" * 200_000])
def test_a_chapter_without_end_is_told_of_and_the_others_go_on(book: Book, many: str) -> None:
    book.inputs = {"group-by": "all"}
    book.english(tea=NEW_TEA, ice=f"{ICE}\n{many}")
    began = time.process_time()
    ran = book.run()
    assert time.process_time() - began < 5
    assert "more than a chapter may have" in ran.summary
    (pull,) = book.pulls()
    assert "pot = 4" in book.github.text(FORK, "drinks/tea.md", pull.pull.head_ref)


# 14


@row(14, "commands of workflows")
def test_what_others_wrote_is_no_command_to_the_runner(book: Book) -> None:
    """More in bot/runner/test_log and bot/runner/test_files."""
    orders = (
        "::error::x",
        "::set-output name=pr-number::7",
        "::add-mask::a",
        "##[error]x",
        "::stop-commands::unguessable",
    )
    hostile = "\n\n".join(orders)
    book.github.commit(FORK, {"::warning::x.md": hostile, ".amts.yml": CONFIG + "paths: ['::error::x*']\n"})
    book.github.commit(ENGLISH, {"::warning::x.md": hostile})
    for inputs in (
        {"paths": "::error::x"},
        {"source-ref": "\n::error::x"},
        {"target-language": "\n::set-output name=a::b"},
    ):
        book.inputs = inputs
        ran = book.run()
        assert {one.name for one in heard(ran.log)} <= {"add-mask", "error", "stop-commands"}, ran.log
        assert all(one.properties.get("title", "").startswith("AMTS") for one in heard(ran.log) if one.name == "error")


@row(14, "commands of workflows")
def test_a_value_makes_no_second_output(book: Book) -> None:
    book.github.commit(ENGLISH, {"drinks/tea.md": NEW_TEA}, message="x\npr-number=666\nEOF\npr-url=http://evil\n")
    ran = book.run()
    assert ran.code == 0
    found = outputs(ran.outputs)
    assert found["pr-number"] == str(book.pulls()[0].number)
    assert "evil" not in ran.outputs


# 15


@row(15, "supply chain")
def test_all_that_is_installed_is_pinned_by_hash_and_runs_nothing_then() -> None:
    """More in test_action_yml and test_workflows."""
    for name in ("requirements.lock", "installer.lock"):
        text = re.sub(r"#.*", "", (ROOT / name).read_text("utf-8")).replace("\\\n", " ")
        assert [line for line in text.splitlines() if line.strip()]
        assert all("==" in line and "--hash=sha256:" in line for line in text.splitlines() if line.strip())
    installs = [
        line
        for step in steps(read(ACTION))
        for line in step["run"].replace("\\\n", "").splitlines()
        if " install " in line
    ]
    assert len(installs) == 2
    assert all("--require-hashes" in line and re.search("--only-binary :all:|--no-build", line) for line in installs)
    used = {line for file in WORKFLOWS for line in re.findall(r"uses: (\S+)", file.read_text("utf-8"))}
    assert all(re.search("@[0-9a-f]{40}$", name) for name in used - {OURS, "./"})


# 16


@row(16, "abuse that costs")
def test_what_is_over_the_budget_is_neither_drafted_nor_sent(book: Book) -> None:
    """What is billed: sync/test_book, bot/test_sync_amazon."""
    made = talk(book, tea=TEA.replace("picked in spring", "picked in spring by people who sing"))
    before = made.tip
    ran = made.ask("/amts retranslate --all", INPUT_MAX_CHARACTERS="1")
    assert (ran.code, made.signs, made.tip) == (3, ["confused"], before)
    made.ask("/amts retranslate --all", STRANGER)
    assert (made.signs, made.tip) == (["confused"], before)


# 17


@row(17, "loops")
def test_two_bots_that_answer_each_other_come_to_rest(book: Book) -> None:
    """Every event that GitHub tells of is answered by a run, and a bot answers every comment with a command."""
    github = book.github
    github.user("other[bot]", {FORK: "write"})
    book.english(tea=NEW_TEA)
    runs = 0
    assert book.run().code == 0
    for event in github.events:  # it grows as long as there is something to say
        payload = dict(event.payload)
        if event.name == "issue_comment" and payload["comment"]["user"]["login"] != "other[bot]":
            github.comment(FORK, payload["issue"]["number"], "other[bot]", "/amts refresh")
        if payload.get("repository", {}).get("full_name") == FORK:
            assert book.run(event.name, payload).code == 0
            runs += 1
        assert runs < 40
    assert len(book.pulls("all")) == 1


@row(17, "loops")
@pytest.mark.parametrize("event", ["push", "issue_comment"])
def test_what_we_did_ourselves_starts_nothing(real: Talk, event: str) -> None:
    github = real.book.github
    real.ask("/amts help")
    own = [one.payload for one in github.events if one.name == event]
    own = [one for one in own if one["sender"]["login"] == BOT and one["repository"]["full_name"] == FORK]
    assert own
    for payload in own:
        assert isinstance(read_event(event, payload, {"GITHUB_REPOSITORY": FORK}), Ignored)


# Beyond the list: what is read, drafted, kept, learnt


BOMB = '<!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE tmx [<!ENTITY c SYSTEM "file:///etc/passwd">]>'
ELSEWHERE = '<!DOCTYPE tmx [<!ENTITY % d SYSTEM "http://127.0.0.1:9/evil.dtd"> %d;]>'


@row(18, "entities in XML")
@pytest.mark.parametrize("declared", [BOMB, OUTSIDE, ELSEWHERE])
def test_a_memory_with_entities_of_its_own_is_refused(tmp_path: Path, declared: str) -> None:
    """More in sync/test_tmx."""
    unit = '<tu><tuv xml:lang="en"><seg>Tea</seg></tuv><tuv xml:lang="es"><seg>&c;</seg></tuv></tu>'
    path = tmp_path / "evil.tmx"
    path.write_text(f'<?xml version="1.0"?>{declared}<tmx version="1.4"><header/><body>{unit}</body></tmx>')
    command = [sys.executable, "-m", "bot.cli.main", "memory", "show", str(path), "--lang", "es"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 6, done.stdout
    assert "entit" in done.stderr
    assert "root:" not in done.stdout + done.stderr


BREAKS = (
    "Hiérvelo.\nimport os; os.system('touch pwn')",
    '"""; __import__("os").system("touch pwn"); """',
    "'''\nraise SystemExit\n'''",
    "\\",
    "a\\\nb = 1",
    "a\rb = 1",
    "a\x0cb = 1",
    "a\u2028b = 1",
    "{__import__('os')}",
    "```\n\n# Out of the cell\n\n```python\nb = 1",
    '\\N{NULL}\\x22"',
    "#@tab pytorch\nb = 1",
)
CELL = '''```python
def boil(water):
    """Boil it."""
    # Take the pot
    print("Ready to drink", f"at {water} degrees")  # Done now
    return water
```'''


@row(19, "drafts that break out of a literal")
@pytest.mark.parametrize("draft", BREAKS)
def test_no_draft_for_a_comment_or_a_string_becomes_code(draft: str) -> None:
    """With texts that are made up at random: sync/test_merge_code."""
    merged = adopt_code(CELL, translates_comments=True)
    assert len(merged.slots) >= 3
    for number in range(len(merged.slots)):
        filled, _ = fill(merged, {number: draft})
        (block,) = parse(filled.text, D2L).blocks
        assert block.text == filled.text
        assert does(filled.text) == does(CELL)


@row(19, "drafts that break out of a literal")
def test_what_people_wrote_becomes_no_code_when_it_is_used_again(book: Book) -> None:
    """What was merged as prose is drafted into a comment, with all that it has of code."""
    prose = "# A\n\nTake the pot at once.\n\nTake the other pot too.\n"
    evil = "# A\n\nToma la olla.\nimport os; os.system('touch pwn')\n\nToma la otra\n```\nimport os\n"
    cell = TEA.replace("pot = 3", "# The pot\npot = 3")
    there = TEA_ES.replace("pot = 3", "# La olla\npot = 3")
    files = {"drinks/tea.md": there, "drinks/tea_origin.md": cell, "drinks/a.md": evil, "drinks/a_origin.md": prose}
    book.github.commit(FORK, files)
    book.github.commit(ENGLISH, {"drinks/tea.md": cell, "drinks/a.md": prose})
    new = cell.replace("pot = 3\n", "pot = 3\n# Take the pot at once.\ncup = 4\n# Take the other pot too.\ntea = 5\n")
    book.github.commit(ENGLISH, {"drinks/tea.md": new})
    assert book.run().code == 0
    (pull,) = book.pulls()
    text = book.github.text(FORK, "drinks/tea.md", pull.pull.head_ref)
    assert "Toma la olla" in text
    assert does(text.split("\n\n")[-2]) == ast.dump(ast.parse("pot = 3\ncup = 4\ntea = 5"))


def does(cell: str) -> str:
    """What a cell does: its program without what its strings say."""
    with warnings.catch_warnings(action="ignore"):  # a string may have a backslash too many
        tree = ast.parse(cell.partition("\n")[2].rpartition("\n")[0])
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.dump(tree)


LOADERS = {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "dbm", "xmlrpc"}
RISKY = re.compile(r"allow_pickle=True|yaml\.(unsafe_|full_)?load\(|typ='unsafe'|shell=True|os\.system")
CALLS = {"eval", "exec", "compile", "__import__", "execfile"}


@row(20, "caches that run what they hold")
def test_nothing_is_read_that_could_run() -> None:
    found = [f"{path}:{line}" for name in PACKAGES for path in (ROOT / name).rglob("*.py") for line in risky(path)]
    assert found == []


def risky(path: Path) -> Iterator[str]:
    """Lines that import a loader of objects, call a program that is a text, or load YAML or arrays with objects."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call | ast.Import | ast.ImportFrom):
            continue
        text = ast.unparse(node)
        imports = not isinstance(node, ast.Call) and LOADERS & set(re.findall(r"\w+", text))
        calls = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS
        if imports or calls or RISKY.search(text):
            yield f"{node.lineno}: {text}"


@row(20, "caches that run what they hold")
def test_a_file_in_place_of_a_model_is_not_run(tmp_path: Path) -> None:
    """More in sync/test_models and sync/test_journal."""
    locales = load("en"), load("es")
    pairs = (("Tea is hot.", "El té está caliente."), ("Milk is cold.", "La leche está fría."))
    models = Models(folder=tmp_path)
    good = models.get(pairs, locales, D2L).translate("Tea is cold.").text
    (path,) = tmp_path.glob("*.model")
    for evil in (pickle.dumps(Evil(tmp_path / "pwn")), arrays(Evil(tmp_path / "pwn"))):
        path.write_bytes(evil)
        assert models.get(pairs, locales, D2L).translate("Tea is cold.").text == good
        assert path.read_bytes() != evil
    assert not (tmp_path / "pwn").exists()


class Evil:
    """Leaves a trace where it is unpickled."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.trace,)


def arrays(content: object) -> bytes:
    """A file of numpy with an object."""
    stream = io.BytesIO()
    np.savez(stream, a=np.array([content], dtype=object))
    return stream.getvalue()


@row(21, "poisoned memory")
def test_only_what_is_merged_is_learnt(book: Book) -> None:
    """A lie on a branch, in a pull request of a stranger and in one of ours, is in no draft; once merged, it is."""
    github = book.github
    lie = ICE_ES.replace("Se derrite al sol.", "Mentira podrida.")
    assert lie != ICE_ES
    lies = {"drinks/ice.md": lie, "drinks/more.md": lie, "drinks/more_origin.md": ICE}
    for branch, login in (("lie", STRANGER), ("amts/mechanical", BOT)):
        github.commit(FORK, lies, branch=branch, login=login)
        github.pull(FORK, head=branch, login=login)
    book.english(tea=TEA.replace("It was picked in spring.", "It melts in the sun."))
    book.inputs = {"engine": "local"}
    assert book.run().code == 0
    drafted = "\n".join(text for text in our_texts(book) if "Té" in text)
    assert "Se derrite al sol." in drafted
    assert "Mentira" not in drafted
    github.commit(FORK, {"drinks/ice.md": lie})
    book.english(tea=TEA.replace("It was picked in spring.", "It melts in the sun. Now."))
    assert book.run().code == 0
    assert "Mentira" in "\n".join(our_texts(book))


def our_texts(book: Book) -> list[str]:
    """The tea on the branches of ours."""
    branches = [pull.pull.head_ref for pull in book.pulls() if pull.user.login == BOT]
    return [book.github.text(FORK, "drinks/tea.md", branch) for branch in branches]
