"""Facts for checks: a fork with which all is well, and the same with something else about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from bot.onboarding.attributes import with_generated
from bot.onboarding.facts import Amazon, English, Facts, Forge, Holder
from bot.onboarding.fork import Fork
from bot.onboarding.standing import Standing
from bot.onboarding.workflow import WORKFLOW, write_workflow
from sync.config import load_config
from sync.engines.amazon.money import Rates
from sync.engines.amazon.resources.standing import Resource
from sync.engines.amazon.settings import Settings
from sync.repositories.revisions import Commit
from tests.support.forks import ADDRESS, NAME

TODAY = date(2026, 5, 1)
ACTION = "someone/amts@v1"
ROLE = "arn:aws:iam::123456789012:role/amts-data"
RESOURCE = "amts-clouds-es"
CHECKED = "on:\n  pull_request:\njobs: {}\n"
SIGNED = write_workflow("local", NAME, ACTION).replace("github.token", "steps.app.outputs.token")


def fork(yaml: str = f"source: {ADDRESS}\nlang: es\n", **other: Any) -> Fork:
    config = load_config(yaml)
    return replace(
        Fork(
            name=NAME,
            location="fork",
            tip=Commit("1" * 40, "2026-04-20T00:00:00+00:00", "x"),
            config=config,
            has_config=bool(yaml),
            has_ini=False,
            said_lang=config.lang,
            spoken_lang="es",
            named_lang="es",
            glossary="",
            english={"sky/rain.md": "2" * 40},
            attributes=with_generated("", keeps_english=True),
            workflows={WORKFLOW: write_workflow("local", NAME, ACTION)},
        ),
        **other,
    )


def standing(**other: int) -> Standing:
    counts = {"english": 10, "translated": 9, "gone": 1, "recorded": 3, "beside": 4, "fitted": 1, "unsure": 0}
    return Standing(**{**counts, "unknown": 0, "snapshots": 0, "behind": 2, **other})


def english(**other: Any) -> English:
    return replace(English(address=ADDRESS, standing=standing()), **other)


def holder(**may_write: bool) -> Holder:
    rights = {"contents": True, "pull requests": True, "issues": True}
    return Holder(login="amts[bot]", may_write={**rights, **may_write})


def forge(**other: Any) -> Forge:
    return replace(
        Forge(
            repository=NAME,
            holder=holder(),
            default_branch="main",
            creates_pulls=True,
            labels=frozenset({"amts", "amts:paused", "amts:partial", "lang:es"}),
            workflow_states={WORKFLOW: "active"},
        ),
        **other,
    )


def settings(**other: Any) -> Settings:
    given = Settings(region="us-east-1", bucket="clouds", role=ROLE, rates=Rates())
    return replace(given, **{"max_usd_run": Decimal(5), "max_usd_month": Decimal(20), **other})


def resource(**other: Any) -> Resource:
    made = datetime(2026, 4, 1, tzinfo=UTC)
    given = Resource(
        name=RESOURCE,
        status="ACTIVE",
        attempt="",
        attempted=None,
        description="",
        languages=("en", "es"),
        form="TMX",
        uri="s3://clouds/x",
        message="",
        size=100,
        imported=90,
        skipped=1,
        failed=2,
        created=made,
        updated=made,
    )
    return replace(given, **other)


def amazon(**other: Any) -> Amazon:
    return replace(
        Amazon(
            settings=settings(),
            bucket_region="us-east-1",
            role_used="2026-04-03T00:00:00+00:00",
            resource=RESOURCE,
            resources=(resource(),),
        ),
        **other,
    )


def facts(**other: Any) -> Facts:
    return replace(Facts(today=TODAY, fork=fork(), english=english(), forge=forge(), amazon=amazon()), **other)
