"""No secret is said, whichever way a program comes to hold it."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from base64 import b64encode, urlsafe_b64encode
from io import StringIO
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.runner.redaction import LogFilter, forms, redact, traceback_text

TOKEN = "ghs_0123+456/789=abcdefABCDEF"
KEY = "-----BEGIN KEY-----\nMIIEpAIBAAKCAQEA7\nQm9va3NhcmVuaWNl\n-----END KEY-----\n"


@pytest.mark.parametrize(
    "said",
    [
        TOKEN,
        f"https://x-access-token:{TOKEN}@example.org/a.git",
        f"https://x:{quote(TOKEN, safe='')}@example.org",
        "AUTHORIZATION: basic " + b64encode(f"x-access-token:{TOKEN}".encode()).decode(),
        urlsafe_b64encode(f"ab{TOKEN}".encode()).decode(),
        json.dumps({"token": TOKEN}),
        repr(TOKEN.encode()),
    ],
)
def test_a_token_is_taken_out_of_urls_headers_and_data(said: str) -> None:
    clean = redact(f"before {said} after", (TOKEN,))
    assert clean.startswith("before ")
    assert clean.endswith(" after")
    assert "***" in clean
    assert not any(form in clean for form in forms(TOKEN))


def test_every_line_of_a_key_is_a_secret() -> None:
    said = json.dumps(KEY) + KEY.replace("\n", "\r\n")
    assert not any(line in redact(said, (KEY,)) for line in KEY.split("\n") if line)


def test_words_that_are_too_short_to_be_secrets_stay() -> None:
    assert redact("a zh text", ("", "zh", "text")) == "a zh text"
    assert redact("a text", ()) == "a text"


@given(st.text(min_size=8), st.binary(max_size=4), st.binary(max_size=4))
def test_base64_hides_no_secret_wherever_it_begins(secret: str, before: bytes, after: bytes) -> None:
    content = secret.strip().encode("utf-8", "surrogateescape") if secret.isprintable() else b""
    if len(content) < 9:
        return
    encoded = b64encode(before + content + after).decode()
    assert redact(encoded, (secret,)) != encoded


@given(st.text(max_size=40))
def test_text_without_a_secret_stays_as_it_is(text: str) -> None:
    assert redact(text, (TOKEN, KEY)) == text


def test_exceptions_of_programs_and_libraries_are_clean_with_all_that_led_to_them() -> None:
    try:
        try:
            subprocess.run([sys.executable, "-c", "raise SystemExit(3)", TOKEN], check=True)
        except subprocess.CalledProcessError as error:
            message = f"cannot push with {TOKEN}"
            raise RuntimeError(message) from error
    except RuntimeError as error:
        said = traceback_text(error, (TOKEN,))
    assert TOKEN not in said
    assert "cannot push with ***" in said
    assert "CalledProcessError" in said


def test_what_libraries_log_is_clean() -> None:
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(LogFilter((TOKEN,)))
    logger = logging.getLogger("tests.redaction")
    logger.propagate = False
    logger.addHandler(handler)
    try:
        raise ValueError(TOKEN)
    except ValueError:
        logger.exception("GET %s %d", f"/x?token={TOKEN}", 200)
    logger.removeHandler(handler)
    assert TOKEN not in stream.getvalue()
    assert "GET /x?token=*** 200" in stream.getvalue()
    assert "ValueError: ***" in stream.getvalue()
