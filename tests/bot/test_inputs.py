"""Inputs of a run are words of strangers: what is not what it should be is refused, and the refusal says why."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.inputs import ITEMS, LENGTH, read_inputs
from bot.model import Inputs
from sync.errors import UsageError


def test_inputs_become_values() -> None:
    assert read_inputs(
        {
            "paths": "chapter_x/\n\n chapter y/*.md \nchapter_x",
            "languages": "zh, pt-BR zh",
            "ref": "v1.0.3",
            "dry-run": "False",
            "max-characters": "20000",
        }
    ) == Inputs(
        paths=("chapter_x", "chapter y/*.md"),
        languages=("zh", "pt-BR"),
        ref="v1.0.3",
        dry_run=False,
        max_characters=20_000,
    )


def test_what_is_empty_was_not_said() -> None:
    assert read_inputs({"paths": " \n", "ref": "", "dry-run": None}) == Inputs()
    assert read_inputs({}) == Inputs()


def test_another_repository_may_send_lists_numbers_and_truth_values() -> None:
    sent = read_inputs({"paths": ["a.md", "b"], "max-characters": 5, "dry-run": True})
    assert sent == Inputs(paths=("a.md", "b"), max_characters=5, dry_run=True)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"dry_run": "true"}, "no input “dry_run”. Did you mean dry-run?"),
        ({"command": "x"}, "no input “command”. There are paths, languages, ref, dry-run, max-characters"),
        ({"paths": "../x"}, "“../x”, but it is not a path below the repository"),
        ({"paths": "/etc/passwd"}, "not a path below"),
        ({"paths": ".git/config"}, "git's own"),
        ({"paths": "a\\b"}, "a backslash"),
        ({"paths": "--output=x"}, "begins like an option"),
        ({"paths": {"a": 1}}, "neither a text nor a list of texts"),
        ({"paths": "a" * (LENGTH + 1)}, "has 10,001 characters. Give at most 10,000"),
        ({"paths": "\n".join(f"{n}.md" for n in range(ITEMS + 1))}, "names 501 things"),
        ({"languages": "zh; rm -rf"}, "“zh;”. Name languages as in zh or pt-BR"),
        ({"languages": "--x"}, "Name languages"),
        ({"ref": "--upload-pack=x"}, "Name a branch, a tag or a commit"),
        ({"ref": "main..x"}, "Name a branch"),
        ({"ref": "main^{/x}"}, "Name a branch"),
        ({"ref": "x.lock"}, "Name a branch"),
        ({"ref": "a b"}, "Name a branch"),
        ({"ref": "$(id)"}, "Name a branch"),
        ({"dry-run": "maybe"}, "Say true or false"),
        ({"max-characters": "-1"}, "Give a whole number"),
        ({"max-characters": "1e9"}, "Give a whole number"),
        ({"max-characters": "٣"}, "Give a whole number"),
        ({"max-characters": True}, "Give a whole number"),
    ],
)
def test_a_wrong_input_is_refused_with_what_to_say_instead(given: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_inputs(given)
    assert said in str(caught.value)


NAMES = st.sampled_from(["paths", "languages", "ref", "dry-run", "max-characters", "\x1b[31m", "x"])


@given(st.dictionaries(NAMES, st.text() | st.integers() | st.lists(st.text())))
def test_no_input_does_more_than_be_refused(given: dict[str, Any]) -> None:
    try:
        inputs = read_inputs(given)
    except UsageError as error:
        refusal = str(error)
    else:
        refusal = ""
        assert not any(path.startswith(("-", "/")) or ".." in path.split("/") for path in inputs.paths)
        assert not inputs.ref.startswith("-")
    assert "\x1b" not in refusal
