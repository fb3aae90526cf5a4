"""``/amts glossary``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.commands.model import CommandSpec, Level

if TYPE_CHECKING:
    from bot.commands.model import Command
    from bot.commands.visit import Visit

BRANCH: Final = "amts/glossary"
LABEL: Final = "amts"

SPEC = CommandSpec(
    verb="glossary",
    summary="Proposes a term, in a pull request of its own",
    usage='add "TERM" = "TRANSLATION"',
    level=Level.MAINTAIN,
    examples=('/amts glossary add "weight decay" = "权重衰减"',),
    least=4,
    most=4,
)


def run(command: Command, visit: Visit) -> str:
    """A row more in the fork's glossary, in a pull request that people merge or close.

    Raises:
        UsageError: the command is not as it should be, there is no glossary, it has the term, or its notation takes no
            such row.
    """
    from bot.model import PullRequestPlan
    from bot.quoting import inline, neutral
    from sync.bitext.terminology.addition import with_term
    from sync.repositories.revisions import FileChange

    term, translation = _said(command)
    site = visit.site
    base = _base(visit)
    path, text = _glossary(visit, base)
    change = FileChange(path, with_term(text, term, translation, site.lang))
    title = f"[amts:{site.lang}] Glossary: {neutral(term)}"
    message = f"Add {neutral(term)} to the glossary"
    site.commit(BRANCH, [change], base=base, message=message, source=base)
    proposed = f"Proposed in #{visit.own.pull.number}. Merge it, and drafts use it from then on."
    pull = site.open(
        PullRequestPlan(title=title, branch=BRANCH, message=message, body=proposed, labels=(LABEL,), files=(change,))
    )
    return f"Proposed in #{pull.number}: {inline(term)} = {inline(translation)}."


def _said(command: Command) -> tuple[str, str]:
    from sync.errors import UsageError

    verb, term, equals, translation = command.arguments
    if (verb, equals) != ("add", "=") or not term.strip() or not translation.strip():
        message = 'Say it like this: /amts glossary add "weight decay" = "…"'
        raise UsageError(message)
    return term.strip(), translation.strip()


def _base(visit: Visit) -> str:
    """The branch of an open proposal, to be added to; else the default branch."""
    site = visit.site
    proposal = [one for one in site.client.pulls(base=site.base) if one.branch == BRANCH]
    return (site.commit_of(BRANCH) if proposal else "") or site.tip


def _glossary(visit: Visit, base: str) -> tuple[str, str]:
    """Path and text of the fork's glossary."""
    from bot.cli.settings import glossary_path
    from sync.errors import UsageError

    fork = visit.site.fork
    files = fork.files(base)
    path = glossary_path(visit.site.config, files)
    if path not in files:
        message = "The fork has no glossary. Commit one as TERMINOLOGY.md, or name it as terminology in .amts.yml."
        raise UsageError(message)
    return path, fork.text(files[path])
