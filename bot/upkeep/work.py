"""One fork brought up to date and told about: what a run of the action does, and a row of a matrix."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.runner.job import REPOSITORY
from sync.errors import AmtsError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.client import Client
    from bot.options import Options
    from bot.runner.job import Job
    from bot.upkeep.keeping import Upkeep


def client_of(job: Job, options: Options, env: Mapping[str, str]) -> Client:
    """GitHub, as the job may ask it."""
    from bot.client import Client

    pause = float(env.get("AMTS_PAUSE", "1"))
    return Client(options.token, job.repository, api=job.api_url, pause=pause)


def work(job: Job, options: Options, env: Mapping[str, str], say: Callable[[str], None], *, fork: str = "") -> Upkeep:
    """Bring a fork up to date by pull requests, and its issues to what there is to be said; of a dry run, neither.

    Args:
        job: in the repository of the fork, unless ``fork`` names another.
        options: what holds for the run.
        env: its environment.
        say: takes what goes into its log.
        fork: ``owner/name``.

    Raises:
        UsageError: ``fork`` is no name of a repository.
        AmtsError: it cannot be opened; what fails later is in the result.
    """
    from bot.upkeep.keeping import keep_up, look
    from bot.upkeep.place import open_site
    from bot.upkeep.telling import tell_issues

    place = _at(job, fork)
    with open_site(place, options, client_of(place, options, env), env, say) as site:
        if options.inputs.dry_run:
            return look(site, options.limits)
        done = keep_up(site, options.limits)
        try:
            tell_issues(site, done, job.run_url)
        except AmtsError as error:  # what was done and what went wrong before is told all the same
            done.problems.append(error)
    return done


def _at(job: Job, name: str) -> Job:
    """The job as if it were in another repository; as it is where there is no name."""
    if name and not re.fullmatch(REPOSITORY, name):
        message = f"{name[:80]!r} is no repository. Give owner/name."
        raise UsageError(message)
    return replace(job, repository=name) if name else job
