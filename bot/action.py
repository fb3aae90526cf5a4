"""One run of the action: the event that started it → what is done, what people are told, and how it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.events import read_event
from bot.model import Commented, Dispatched, Ignored, PullRequestChanged, Pushed, Scheduled
from bot.options import read_options
from bot.runner.files import read_payload, write_outputs, write_summary
from bot.runner.job import read_job
from bot.runner.log import Log
from bot.upkeep.work import client_of, work
from sync.errors import AmtsError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from bot.options import Options
    from bot.runner.job import Job
    from bot.upkeep.site import Site

REST: Final = "is in the diff of the files, on the branches"


def run(env: Mapping[str, str], write: Callable[[str], None], token: str) -> int:
    """Do what a job of GitHub Actions is for. Returns the exit code.

    Args:
        env: its environment.
        write: takes the lines of its log.
        token: a random word, used nowhere else.
    """
    with Log(write, token=token) as log:
        log.mask(env.get("INPUT_GITHUB_TOKEN", ""))
        try:
            return _run(env, log)
        except AmtsError as error:
            log.error(str(error), title="AMTS")
            return error.exit_code


def _run(env: Mapping[str, str], log: Log) -> int:
    job = read_job(env)
    event = read_event(job.event, read_payload(job.event_path), env)
    mode = env.get("INPUT_MODE", "")
    if isinstance(event, Ignored) and not mode:
        log.say(f"Nothing to do: {event.reason}.")
        return 0
    options = read_options(env, event)
    if not options.token:
        message = "There is no token. Give the input github-token, as in docs/workflows."
        raise UsageError(message)
    if mode:
        from bot.push.jobs import carry_out

        return carry_out(mode, job, options, env, log)
    if isinstance(event, Commented):
        return _converse(event, job, options, env, log)
    if isinstance(event, Scheduled | Dispatched | Pushed):
        return _keep_up(job, options, env, log)
    if isinstance(event, PullRequestChanged) and event.action != "closed":
        from bot.preview_run import show_preview

        return show_preview(event, job, options, env, log)
    log.say(f"Nothing to do when there is a {job.event}.")
    return 0


def _converse(event: Commented, job: Job, options: Options, env: Mapping[str, str], log: Log) -> int:
    from bot.conversation import converse

    client = client_of(job, options, env)

    def open_late() -> AbstractContextManager[Site]:
        from bot.upkeep.place import open_site  # heavy, and most commands do without

        return open_site(job, options, client, env, log.say)

    said = converse(event, client, open_late, lang=options.lang, attempt=job.attempt)
    log.say(said.reason)
    return said.code


def _keep_up(job: Job, options: Options, env: Mapping[str, str], log: Log) -> int:
    from bot.upkeep.telling import outputs, summary

    done = work(job, options, env, log.say, fork=env.get("INPUT_TARGET_REPO", ""))
    secrets = (options.token,)
    write_outputs(job.output_path, outputs(done), secrets=secrets)
    write_summary(job.summary_path, summary(done), rest=REST, secrets=secrets)
    for problem in done.problems:
        log.error(str(problem), title=f"AMTS, {done.lang}")
    for waiting in done.waiting:
        log.notice(waiting, title=f"AMTS, {done.lang}")
    return done.problems[-1].exit_code if done.problems else 0
