"""The preview of an English pull request: one summary, and always green, for what fails is not its author's doing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.preview import preview, tally, touched
from bot.push.plan import LANGUAGES, read_forks
from bot.runner.files import write_summary
from sync.errors import AmtsError
from sync.repositories.paths import is_chapter
from sync.repositories.remote import access, fetch
from sync.repositories.repository import open_repository

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.model import PullRequestChanged
    from bot.options import Options
    from bot.preview import Tally, Touched
    from bot.runner.job import Job
    from bot.runner.log import Log
    from sync.repositories.repository import Repository
    from sync.repositories.revisions import File

CHAPTERS: Final = 500
"""More are not looked at."""
LONGEST: Final = 2_000_000
"""Characters of a chapter. What is longer is none."""
REST: Final = "of the pull request are not shown"


def show_preview(event: PullRequestChanged, job: Job, options: Options, env: Mapping[str, str], log: Log) -> int:
    """Write the preview into the summary of the step. Returns 0."""
    try:
        with open_repository(
            f"{job.server_url}/{job.repository}.git", env=access(options.token, job.server_url)
        ) as book:
            text = _preview(book, event, env.get("INPUT_LANGUAGES", ""))
    except AmtsError as error:
        log.notice(f"There is no preview for translators: {error}", title="AMTS")
        return 0
    write_summary(job.summary_path, text, rest=REST, secrets=(options.token,))
    return 0


def _preview(book: Repository, event: PullRequestChanged, languages: str) -> str:
    head = f"refs/pull/{event.number}/head"
    fetch(book, [head])
    new = book.resolve(head).id
    old = book.ask("merge-base", event.base_sha, new, doing="The pull request has no beginning in this book").strip()
    found = touched(_diff(book, old, new))[:CHAPTERS]
    before, after = book.files(old), book.files(new)
    return preview(list(_tallies(book, found, before, after)), _languages(book, after, languages))


def _diff(book: Repository, old: str, new: str) -> str:
    """Of the chapters alone: paths are taken literally, so they are asked for first."""
    listing = book.ask("diff", "--name-only", "--no-renames", "-z", old, new)
    paths = [path for path in listing.split("\0") if is_chapter(path)][: 2 * CHAPTERS]
    shape = ("--no-color", "--no-ext-diff", "--no-textconv", "--find-renames", "--unified=0")
    return book.ask("-c", "core.quotePath=false", "diff", *shape, old, new, "--", *paths) if paths else ""


def _tallies(
    book: Repository, found: tuple[Touched, ...], before: Mapping[str, File], after: Mapping[str, File]
) -> Iterator[tuple[Touched, Tally]]:
    for chapter in found:
        old = before.get(chapter.old_path or chapter.path)
        new = None if chapter.is_gone else after.get(chapter.path)
        english, next_english = (book.text(file) if file else "" for file in (old, new))
        if max(len(english), len(next_english)) <= LONGEST:
            yield chapter, tally(english, next_english)


def _languages(book: Repository, files: Mapping[str, File], given: str) -> list[str]:
    """Those of the input, or of the list of forks."""
    named = [language.strip() for language in given.split(",") if language.strip()]
    if not named and LANGUAGES in files:
        return [fork.language for fork in read_forks(book.text(files[LANGUAGES]))]
    return named
