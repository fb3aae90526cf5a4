"""Checks of the fork itself and of its English. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alignment.locales import NEUTRAL, load
from bot.onboarding.findings import Finding, ok, problem, skipped, warning
from bot.onboarding.places import full_address

if TYPE_CHECKING:
    from bot.onboarding.facts import Facts
    from bot.onboarding.standing import Standing

ENOUGH: Final = 0.9
"""Share of the chapters whose English should be known."""
UNREAD: Final = "The fork could not be read."


def configuration(facts: Facts) -> Finding:
    """Whether what the fork says of itself can be used."""
    if facts.fork_error:
        return problem(facts.fork_error, "Nothing can be done with this fork before.", "Do what the message says.")
    if facts.fork is None:
        return skipped(UNREAD)
    if facts.fork.config.warnings:
        return warning(
            " ".join(facts.fork.config.warnings),
            "What is not understood has no effect.",
            "Correct it; `amts config check` says whether that was all.",
        )
    where = ".amts.yml" if facts.fork.has_config else "No .amts.yml: the defaults hold, and what config.ini says"
    return ok(f"{where}. Valid.")


def language(facts: Facts) -> Finding:
    """Whether it is known which language the fork is in, and whether that is the one that it is written in."""
    if facts.fork is None:
        return skipped(UNREAD)
    said, spoken = facts.fork.told_lang, facts.fork.spoken_lang
    if not said:
        seems = f" It seems to be {facts.fork.lang}." if facts.fork.lang else ""
        return problem(
            f"It is nowhere said which language the fork is in.{seems}",
            "The action does not guess.",
            f"amts config set lang {facts.fork.lang or 'TAG'}",
        )
    if spoken and _language(spoken) != _language(said):
        return warning(
            f"The language is said to be {said}, and most chapters are in {spoken}.",
            "Sentences would be cut, compared and drafted by the rules of the wrong language.",
            f"amts config set lang {spoken}",
        )
    if load(said).tag == NEUTRAL:
        return warning(
            f"The language is {said}, of which AMTS knows no rules.",
            "Sentences are cut by general rules, and drafts are less good.",
            "Add a data file for it in alignment/locales/, or live with it.",
        )
    return ok(f"{load(said).name} ({said}).")


def _language(tag: str) -> str:
    return tag.casefold().partition("-")[0]


def english(facts: Facts) -> Finding:
    """Whether the English book can be reached, as the action will."""
    if facts.english is None or facts.fork is None:
        return skipped(UNREAD)
    if not facts.english.address:
        said = facts.fork.told_source
        return problem(
            f"source is {said!r}, which is no address." if said else "It is nowhere said where the English book is.",
            "The action reads it from a server.",
            "amts config set source https://github.com/OWNER/NAME",
        )
    if facts.english.error:
        return problem(
            facts.english.error,
            f"The English is read from {facts.english.address} without a token, as everybody may.",
            "Look at `source` and `follow` in .amts.yml, and whether the repository is public.",
        )
    if not full_address(facts.fork.told_source):
        return warning(
            f"Read from {facts.english.address}, as you say; the fork does not say where its English is.",
            "The action has only what the fork says.",
            "amts config set source https://github.com/OWNER/NAME",
        )
    return ok(f"{facts.english.address}, follows {facts.fork.config.follow}.")


def baselines(facts: Facts) -> Finding:
    """Of how many chapters it is known which English they were made from."""
    standing = _standing(facts)
    if standing is None:
        return skipped("The English could not be read.")
    if not standing.translated:
        return warning(
            f"None of the {standing.english} chapters is translated.",
            "Only what is translated is kept in step.",
            "Put translations at the paths of their English, or set new-chapters to draft.",
        )
    told = (
        f"{standing.sure} of {standing.alive} chapters: {standing.recorded} recorded, {standing.beside} kept beside, "
        f"{standing.fitted} found by comparing, of all these {standing.unsure} unsure; {standing.unknown} not known."
    )
    if not standing.alive or standing.sure >= ENOUGH * standing.alive:
        return ok(told)
    return (warning if standing.sure else problem)(
        told,
        "A chapter is only updated where it is known which English it was made from.",
        "amts baseline show says why; amts baseline set records a revision.",
    )


def snapshots(facts: Facts) -> Finding:
    """How many chapters have an English beside them that was left behind."""
    standing = _standing(facts)
    if standing is None:
        return skipped("The English could not be read.")
    if not standing.snapshots:
        return ok(f"No _origin.md is stale ({standing.beside} are kept).")
    return warning(
        f"{standing.snapshots} chapters have an _origin.md that is not the English they were made from.",
        "The one that fits was found, and is looked for anew at every run; an update writes it down.",
        "amts baseline adopt --publish branch records it for all of them at once.",
    )


def _standing(facts: Facts) -> Standing | None:
    return facts.english.standing if facts.english else None
