"""Who may give a command: what the two words of the permission API mean, in doubt nobody."""

from __future__ import annotations

import pytest

from bot.commands import SPECS
from bot.commands.model import CommandSpec, Level, allows

FOLDED = {"none": "none", "read": "read", "triage": "read", "write": "write", "maintain": "write", "admin": "admin"}
"""What GitHub says as ``permission`` for each ``role_name``."""
ENOUGH = {
    Level.ANYONE: {"none", "read", "triage", "write", "maintain", "admin"},
    Level.READ: {"read", "triage", "write", "maintain", "admin"},
    Level.WRITE: {"write", "maintain", "admin"},
    Level.MAINTAIN: {"maintain", "admin"},
}


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("role", FOLDED)
def test_a_role_may_do_what_it_is_for(role: str, level: Level) -> None:
    assert allows(role, FOLDED[role], level) == (role in ENOUGH[level])


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.verb)
def test_only_help_is_for_those_who_may_not_read(spec: CommandSpec) -> None:
    assert allows("none", "none", spec.level) == (spec.verb == "help")


def test_a_role_of_the_organisation_counts_as_the_least_it_may_be() -> None:
    assert allows("release manager", "write", Level.WRITE)
    assert not allows("release manager", "write", Level.MAINTAIN)
    assert allows("", "admin", Level.MAINTAIN)
    assert not allows("translator", "read", Level.WRITE)


@pytest.mark.parametrize(
    ("role", "permission"), [("admin", "none"), ("admin", ""), ("admin", "owner"), ("ADMIN", "none"), ("", "Write")]
)
def test_words_that_contradict_each_other_or_are_unknown_allow_nothing(role: str, permission: str) -> None:
    assert [level for level in Level if allows(role, permission, level)] == [Level.ANYONE]


def test_the_lesser_of_two_words_counts() -> None:
    assert not allows("admin", "read", Level.WRITE)
    assert not allows("read", "admin", Level.WRITE)
