"""What people are told of a run beside its pull requests: outputs, the summary, and two issues."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.marker import marker, read_marker
from bot.quoting import block, code, inline
from bot.render import changes
from bot.sizing import LIMIT, Table, fill
from bot.upkeep.ours import LABEL, is_ours
from sync.model import Fate, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from bot.forge.pulls import Issue, Pull
    from bot.upkeep.keeping import Upkeep
    from bot.upkeep.site import Site

TRACKING: Final = "tracking"
FAILURE: Final = "failure"
"""Names of markers, by which an issue is found again."""
REST: Final = "`amts status` has all of it"
SHOWN: Final = 20
"""Chapters named in a summary for one reason."""
ROOM: Final = 600_000
"""Characters for all changed segments in the summary, where a pull request has no room for them."""
RECOVERED: Final = "The last run ended well, so this is closed."


def outputs(done: Upkeep) -> dict[str, str | int | bool]:
    """The outputs of the step."""
    pulls = [*done.opened, *done.renewed]
    return {
        "pr-url": " ".join(pull.url for pull in pulls),
        "pr-number": " ".join(str(pull.number) for pull in pulls),
        "files-synced": sum(len(report.files) for report in done.reports),
        "segments-translated": _segments(done, Fate.DRAFTED),
        "segments-carried": _segments(done, Fate.CARRIED),
        "segments-pending": _segments(done, Fate.PENDING),
        "segments-kept-human": sum(report.kept for report in done.reports),
        "characters-sent": sum(report.characters for report in done.reports),
        "drift-remaining": _left(done),
        "failed-files": _failed(done),
        "waiting": bool(done.waiting),
    }


def _segments(done: Upkeep, fate: Fate) -> int:
    return sum(report.segments(fate) for report in done.reports)


def _left(done: Upkeep) -> int:
    """Chapters that are behind and in no pull request."""
    later = sum(len(lane.paths) for lane in done.arrangement.later)
    return later + len(done.arrangement.rewritten)


def _failed(done: Upkeep) -> int:
    return done.survey.count(Status.FAILED) if done.survey else 0


def summary(done: Upkeep) -> str:
    """What a run did, as Markdown."""
    lines = [
        f"## AMTS, {inline(done.lang)}",
        *(f"* would be opened: {', '.join(map(code, lane.paths))}" for lane in done.proposed),
        *_pulls("opened", done.opened),
        *_pulls("brought to newer English", done.renewed),
        *(f"* waiting: {inline(text)}" for text in done.waiting),
        *(f"* ❌ {inline(str(problem))}" for problem in done.problems),
    ]
    if len(lines) == 1:
        lines.append("Nothing to do: the fork is up to date, or its pull requests are.")
    lines += [f"* {code(path)} cannot be updated: {inline(why)}" for path, why in [*done.refused.items()][:SHOWN]]
    left = _left(done)
    if left:
        lines.append(f"* {left} chapters are behind and in no pull request yet")
    tables = [found for report in done.reports if (found := changes(report, ROOM // len(done.reports)))]
    return "\n".join(lines) + "\n" + "".join(f"\n{table}\n" for table in tables)


def _pulls(what: str, pulls: Iterable[Pull]) -> Iterator[str]:
    return (f"* {what}: [{inline(pull.title)}]({pull.url})" for pull in pulls)


# Issues


def tell_issues(site: Site, done: Upkeep, run_url: str) -> None:
    """Bring the tracking issue and that of a failure to what there is to be said. Raises ForgeError."""
    labels = (LABEL, f"lang:{site.lang}")
    known = site.client.issues(labels)
    ours = [issue for issue in known if is_ours(issue.author, site.login)]
    begins = done.is_first and bool(done.arrangement.lanes)
    if begins or _left(done) or any(_is(TRACKING, site.lang)(issue) for issue in ours):
        text = f"{tracking(done)}\n{marker(TRACKING, {'lang': site.lang})}\n"
        site.client.open_issue(f"[amts:{site.lang}] What is behind English", text, labels, _own(site, TRACKING))
    failing = [issue for issue in ours if _is(FAILURE, site.lang)(issue)]
    if done.problems:
        text = f"{failure(done, run_url)}\n{marker(FAILURE, {'lang': site.lang})}\n"
        site.client.open_issue(f"[amts:{site.lang}] The last run failed", text, labels, _own(site, FAILURE))
    for issue in () if done.problems else failing:
        site.client.close_issue(issue.number, RECOVERED)


def _is(name: str, lang: str) -> Callable[[Issue], bool]:
    return lambda issue: (read_marker(issue.body, name) or {}).get("lang") == lang


def _own(site: Site, name: str) -> Callable[[Issue], bool]:
    return lambda issue: is_ours(issue.author, site.login) and _is(name, site.lang)(issue)


def tracking(done: Upkeep) -> str:
    """What is behind, by chapter, and what becomes of it."""
    places = {path: "next" for lane in (*done.arrangement.lanes, *done.arrangement.later) for path in lane.paths}
    places |= {path: f"in #{number}" for path, number in done.places.items()}
    places |= dict.fromkeys(done.arrangement.rewritten, "more than half changed: to be planned by people")
    places |= {path: f"cannot be updated: {inline(reason)}" for path, reason in done.refused.items()}
    rows = [
        f"| {code(chapter.result.path)} | {sum(chapter.result.count(fate) for fate in Fate)} | "
        f"{chapter.result.count(Fate.PENDING)} | {places[chapter.result.path]} |"
        for chapter in (done.survey.chapters if done.survey else ())
        if chapter.result.path in places
    ]
    opening = "| chapter | changed segments | of these to translate | what becomes of it |\n|---|--:|--:|---|"
    table = fill([Table(opening=opening, size=len(rows), rows=rows)], LIMIT - 2_000, rest=REST)
    head = "Chapters whose English changed since they were translated. This text is kept up to date by AMTS."
    return f"{head}\n\n{table or 'None: every translated chapter follows its English.'}"


def failure(done: Upkeep, run_url: str) -> str:
    """What went wrong, and where to look."""
    problems = "\n\n".join(block(str(problem)) for problem in done.problems)[: LIMIT // 2]
    return (
        f"The [last run]({run_url}) could not do all of its work. What it could do is done, and nothing was left half "
        f"written; the next run tries again. This closes by itself as soon as one ends well.\n\n{problems}"
    )
