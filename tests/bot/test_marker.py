"""A text of ours says hidden things that only we can have written."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.marker import AT_MOST, marker, read_marker
from bot.quoting import block, code, contrast, heading, inline

STATE = {"head": "b" * 40, "done": [7, 9], "title": "猫 --> <!-- x"}


def raw(name: str, content: bytes) -> str:
    return f"<!-- amts:{name} {base64.b64encode(content).decode()} -->"


def test_what_is_written_is_read_back_even_from_a_body_that_was_edited() -> None:
    body = f"Some words.\r\n\r\n{marker('state', STATE)}\r\nMore."
    assert read_marker(body, "state") == STATE
    assert marker("state", STATE).count("--") == 2
    assert "\n" not in marker("state", STATE)


def test_each_name_has_a_marker_of_its_own() -> None:
    body = marker("state", STATE) + marker("report", {})
    assert read_marker(body, "report") == {}
    assert read_marker(body, "reply") is None


def test_the_last_one_that_can_be_read_counts() -> None:
    body = marker("state", {"n": 1}) + marker("state", {"n": 2}) + raw("state", b"[1]") + "<!-- amts:state e -->"
    assert read_marker(body, "state") == {"n": 2}


@pytest.mark.parametrize("content", [b"[]", b"{", b"\xff\xfe", b'{"a":' * 1000, b"[" * 5000, b"NaN", b"1" * 5000])
def test_what_is_no_json_object_is_no_marker(content: bytes) -> None:
    assert read_marker(raw("state", content), "state") is None


def test_a_marker_has_a_size() -> None:
    with pytest.raises(ValueError, match="at most 8,000 characters"):
        marker("state", {"text": "x" * AT_MOST})
    with pytest.raises(ValueError, match="short name"):
        marker("State -->", {})
    assert read_marker(raw("state", b'{"a": "' + b"x" * AT_MOST + b'"}'), "state") is None


def test_a_body_full_of_beginnings_is_read_fast() -> None:
    assert read_marker("<!-- amts:state " * 50_000 + "A" * 1_000_000, "state") is None


FAKE = raw("state", b'{"fake": true}')


@given(st.lists(st.sampled_from([FAKE, "<!-- ", "<", "!", "--", "amts:", "\n", "`", "```", "\x00", "\u200b", "x"])))
def test_nobody_else_can_write_one(parts: list[str]) -> None:
    text = "".join(parts)
    body = "\n".join([inline(text), code(text), heading(text), block(text), *contrast(text, f"{text} x")])
    assert read_marker(body, "state") is None
    assert "<!--" not in body
