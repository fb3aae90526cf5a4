"""A configuration is checked as a whole, laid over its defaults, and rewritten without touching anything else."""

from __future__ import annotations

import json
import pickle
import re
import time
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from alignment.markdown import PROFILES
from bot.cli.options import ENGINES as OFFERED_ENGINES
from docs.tables import FOLDER, configuration_table, with_table
from sync.config import Config, ConfigError, Kept, load_config, set_values
from sync.config.document import MAX_BYTES, plain, read_document
from sync.config.schema import KEYWORDS, keys, rule_of, schema
from sync.engines import ENGINES
from sync.errors import UsageError
from tests.support.yaml_texts import FORK, INI

patient = settings(max_examples=200, deadline=None)


def errors_of(text: str) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        load_config(text)
    return caught.value.errors


def place_of(config: Config, key: str) -> str:
    return {origin.key: origin.place for origin in config.origins}[key]


# Reading


def test_without_any_file_the_defaults_hold() -> None:
    config = load_config(None)
    assert (config.follow, config.order, config.new_chapters, config.keep_english) == (
        "main",
        ("read", "stale", "cheap"),
        "list",
        "auto",
    )
    assert (config.source, config.lang, config.max_characters, config.warnings) == ("", "", None, ())
    assert {origin.place for origin in config.origins} == {"default"}


def test_every_key_is_read() -> None:
    config = load_config(FORK)
    assert config == load_config(FORK)
    assert (config.source, config.lang, config.follow) == ("../english", "zh-TW", "release")
    assert (config.new_chapters, config.deleted_chapters) == ("draft", "remove")
    assert config.renames == (("chapter_old/a.md", "chapter_new/a.md"),)
    assert config.order == ("read", "stale", "cheap")
    assert config.keep == (Kept("chapter_preface/index.md"), Kept("chapter_x/y.md", "5698ed5fd0e95251"))
    assert (config.max_characters, config.bibliography, config.profile) == (200000, ("refs.bib",), "myst")
    assert config.terminology == "TERMINOLOGY.md"
    assert config.amazon == {"region": "eu-west-1", "bucket": "my-book", "max-usd-run": "2.50"}
    assert {origin.place for origin in config.origins if origin.place == "default"} == set()


def test_it_is_known_where_each_value_comes_from() -> None:
    config = load_config("# mine\nfollow: release\ninclude:\n  - a\n", INI)
    assert place_of(config, "follow") == ".amts.yml, line 2"
    assert place_of(config, "include") == ".amts.yml, line 3"
    assert place_of(config, "source") == "config.ini [translation] origin_repo"
    assert place_of(config, "toc") == "default"


def test_chapters_are_selected_and_kept_by_globs() -> None:
    config = load_config(
        "include: [chapter_a, chapter_b]\nexclude: [chapter_b/draft*]\n"
        "keep: [chapter_a/old.md, {path: chapter_b, digest: 5698ed5fd0e95251}]\n"
    )
    assert config.selects("chapter_a/x.md")
    assert not config.selects("chapter_b/draft-1.md")
    assert not config.selects("chapter_c/x.md")
    assert config.keeps("chapter_a/old.md")
    assert not config.keeps("chapter_b/x.md")
    assert config.kept_segments("chapter_b/x.md") == {"5698ed5fd0e95251"}


def test_norwegian_is_a_language() -> None:
    assert load_config("lang: no\n").lang == "no"


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n", "{}\n", "\ufeff", "---\n...\n"])
def test_a_file_that_says_nothing_is_no_error(text: str) -> None:
    assert load_config(text).follow == "main"


# Errors


WRONG = """\
version: 2
follow: 1.0
order: [read, stael, read]
include: chapter_x
keep:
  - a.md
  - {path: b.md, digest: xyz}
  - 3
  - {path: c.md}
renames: {a.md: ../b.md, x: y.md}
toc: .git/x
follow: main
max-characters: "100"
new-chapters:
profile: [d2l]
bibliography: [a/../../b.bib]
"""


def test_every_error_is_told_at_once_with_its_line_its_key_and_what_is_allowed() -> None:
    told = "\n".join(errors_of(WRONG))
    expected = (
        r"line 1: version: 2 is not known\. Allowed: 1\.",
        r'line 2: follow: 1\.0 is a number, and a text is needed\. Put it in quotes: "1\.0"\.',
        r'line 3: order\[1\]: "stael" is not known\. Allowed: read, stale, cheap\. Did you mean "stale"\?',
        r'line 3: order\[2\]: "read" is there twice',
        r'line 4: include: "chapter_x" is a text, and a list is needed\. Write it in brackets: \[chapter_x\]',
        r'line 7: keep\[1\]\.digest: "xyz" is not allowed\. What is needed: digest',
        r"line 8: keep\[2\]: 3 is a whole number, and a text or a mapping is needed",
        r"line 9: keep\[3\]: digest is missing\. Needed: path, digest",
        r'line 10: renames\.a\.md: "\.\./b\.md" is not allowed\. What is needed: path of a chapter',
        r'line 10: renames\.x: "x" is not allowed',
        r'line 11: toc: "\.git/x" is not allowed: it lies in a folder of git\'s own',
        r"line 12: follow: is there twice, first in line 2",
        r'line 13: max-characters: "100" is a text, and a whole number is needed\. Write it without quotes',
        r"line 14: new-chapters: has no value, and a text is needed\. Give one, or delete the key",
        r"line 15: profile: is a list, and a text is needed",
        r'line 16: bibliography\[0\]: "a/\.\./\.\./b\.bib" is not allowed',
    )
    assert [pattern for pattern in expected if not re.search(pattern, told)] == []
    assert len(errors_of(WRONG)) == len(expected)


def test_the_message_counts_the_errors_and_says_where_the_keys_are_described() -> None:
    with pytest.raises(UsageError, match=r"(?s)fork/\.amts\.yml has 2 errors:.*amts config schema"):
        load_config("toc: 1\nlang: 2\n", path="fork/.amts.yml")


def test_the_message_shows_no_more_errors_than_somebody_reads_and_comes_whole_from_another_process() -> None:
    with pytest.raises(ConfigError, match=r"(?s)1,500 errors.*and 1,400 more") as caught:
        load_config(f"include: [{'/,' * 1500}]")
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.errors) == (str(caught.value), caught.value.errors)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        pytest.param("follow: 2024-01-01", r'is a date, .*quotes: "2024-01-01"', id="date"),
        pytest.param("follow: true", "is true or false", id="boolean"),
        pytest.param("follow: 0x10", "is a number", id="hexadecimal"),
        pytest.param("max-characters: 1.5", "1.5 is a number, and a whole number is needed", id="fraction"),
        pytest.param("max-characters: 0o17", "a whole number is needed", id="octal"),
        pytest.param("max-characters: -1", "too small", id="negative"),
        pytest.param("follow: -x", "is not allowed", id="an-option-of-git"),
        pytest.param("follow: a..b", "is not allowed", id="a-range-of-git"),
        pytest.param("source: 'ext::sh -c id'", "is not allowed", id="a-transport-that-runs-programs"),
        pytest.param('toc: "a.md\\n"', "is not allowed", id="a-line-end-in-a-path"),
        pytest.param("include: [/etc]", "is not allowed", id="an-absolute-glob"),
        pytest.param("- a", "is a list, and a mapping is needed", id="a-list"),
        pytest.param("follow", "a mapping is needed", id="a-word"),
        pytest.param("a: &x [1]\nb: *x", r"line 1: b: aliases", id="alias"),
        pytest.param("a: &x [*x]", "aliases", id="an-alias-of-itself"),
        pytest.param("follow: !!python/name:os.system x", "the tag .* is not allowed", id="tag"),
        pytest.param("follow: !!seq x", "the tag .* is not allowed", id="a-tag-of-another-kind"),
        pytest.param("? [a]\n: b", "cannot be a key", id="a-list-as-a-key"),
        pytest.param("keep: [{path: a.md, path: b.md, digest: 5698ed5fd0e95251}]", r"keep\[0\]\.path: is there twice"),
        pytest.param("a: 1\n---\nb: 2", "not YAML", id="two-documents"),
        pytest.param("a: [", r"line \d: not YAML", id="not-closed"),
        pytest.param("a: \x00", "not YAML", id="a-null-character"),
        pytest.param("[" * 5000, "nested too deeply", id="deep"),
        pytest.param("#" * (MAX_BYTES + 1), "65,537 bytes are too many", id="large"),
    ],
)
def test_what_cannot_be_used_is_refused(text: str, complaint: str) -> None:
    assert any(re.search(complaint, error) for error in errors_of(text))


def test_the_password_in_a_url_is_refused_and_not_repeated() -> None:
    told = "\n".join(errors_of("source: https://me:secret@example.org/english\n"))
    assert "without user and password" in told
    assert "secret" not in told
    assert load_config("source: ssh://git@example.org/english\n").source == "ssh://git@example.org/english"


def test_a_text_made_to_grow_is_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    began = time.perf_counter()
    assert "aliases" in errors_of("\n".join(lines))[0]
    assert time.perf_counter() - began < 5


# Unknown keys


def test_an_unknown_key_is_a_warning_with_a_suggestion() -> None:
    config = load_config("# x\nfolow: release\nmost_read: []\nteam: blue\n")
    assert config.follow == "main"
    assert config.warnings == (
        '.amts.yml, line 2: folow: no such key; it is kept and has no effect. Did you mean "follow"?',
        '.amts.yml, line 3: most_read: no such key; it is kept and has no effect. Did you mean "most-read"?',
        ".amts.yml, line 4: team: no such key; it is kept and has no effect.",
    )


# config.ini


def test_the_settings_of_the_book_are_defaults() -> None:
    config = load_config(None, INI)
    assert (config.source, config.lang) == ("https://github.com/example/book-en", "tr")
    assert config.bibliography == ("refs.bib", "more.bib")
    assert config.engine == "local", "which engine may cost money is not for this file to say"
    assert config.warnings == ()


def test_our_own_file_comes_before_them() -> None:
    assert load_config("lang: tr-CY\n", INI).lang == "tr-CY"


@pytest.mark.parametrize(
    ("ini", "warning"),
    [
        ("origin_repo = x\n", "cannot be read"),
        ("[translation\n", "cannot be read"),
        ("[translation]\norigin_repo = https://a:b@x.org/y\n", "origin_repo is not used"),
        ("[translation]\norigin_repo: a/b\norigin_lang: de\n", 'origin_lang is "de"'),
        ("[project]\nlang = English\n[translation]\norigin_repo = a/b\n", "lang is not used"),
        ("[project]\nlang = en\n[translation]\norigin_repo = a/b\n", "lang is not used: it says English"),
    ],
)
def test_what_is_odd_in_them_is_a_warning(ini: str, warning: str) -> None:
    config = load_config("lang: tr\n", ini)
    assert config.lang == "tr"
    assert any(warning in one for one in config.warnings)
    assert "a:b@" not in " ".join(config.warnings)


@pytest.mark.parametrize(
    "ini", ["", "[project]\nname = x\n", "[project]\nlang = en\n", "[translation]\norigin_repo =\n"]
)
def test_where_they_say_nothing_of_a_translation_nothing_comes_of_it(ini: str) -> None:
    config = load_config(None, ini)
    assert (config.source, config.lang, config.warnings) == ("", "", ())


# The schema


def rules(rule: dict[str, Any]) -> list[dict[str, Any]]:
    """Every rule in a schema."""
    found = [rule]
    for name in ("properties", "$defs"):
        found += [inner for one in rule.get(name, {}).values() for inner in rules(one)]
    inner = [rule.get("items"), rule.get("additionalProperties"), rule.get("propertyNames"), *rule.get("anyOf", ())]
    return found + [one for part in inner if isinstance(part, dict) for one in rules(part)]


def test_the_schema_says_nothing_that_is_not_checked() -> None:
    descriptive = {"$schema", "$defs", "title", "description", "default", "examples"}
    assert {word for rule in rules(schema()) for word in rule} <= KEYWORDS | descriptive


def test_the_schema_knows_the_fields_of_a_configuration() -> None:
    fields = [name for name in Config.__dataclass_fields__ if name not in {"warnings", "origins"}]
    assert [key.replace("-", "_") for key in keys()] == fields


def test_the_schema_knows_the_engines() -> None:
    assert set(rule_of("engine")["enum"]) == set(ENGINES) == set(OFFERED_ENGINES)


def test_the_schema_knows_the_dialects() -> None:
    assert set(rule_of("profile")["enum"]) == set(PROFILES)


@pytest.mark.parametrize("key", keys())
def test_defaults_and_examples_of_the_schema_are_allowed(key: str) -> None:
    rule = rule_of(key)
    assert rule["description"]
    values = [*rule.get("examples", ()), *rule.get("enum", ()), *([rule["default"]] if "default" in rule else [])]
    for value in values:
        assert load_config(set_values("", {key: value})).warnings == ()


def test_the_documentation_has_the_table_of_the_schema() -> None:
    page = (FOLDER / "configuration.md").read_text("utf-8")
    assert page == with_table(page, configuration_table()), "run `make docs`"
    assert all(f"| `{key}` |" in page for key in keys())


# Rewriting


@pytest.mark.parametrize(
    ("before", "changes", "after"),
    [
        pytest.param("", {"follow": "release"}, "follow: release\n", id="an-empty-file"),
        pytest.param("# mine\n", {"follow": "release"}, "# mine\nfollow: release\n", id="a-comment"),
        pytest.param("a: 1", {"follow": "release"}, "a: 1\nfollow: release\n", id="no-line-end"),
        pytest.param("a: 1\r\n", {"order": ["read"]}, "a: 1\r\norder:\r\n  - read\r\n", id="line-ends-of-windows"),
        pytest.param("follow: main  # why\n", {"follow": "v1"}, "follow: v1  # why\n", id="a-comment-beside"),
        pytest.param("follow: 'main'\n", {"follow": "1.0"}, 'follow: "1.0"\n', id="quoted-because-it-must-be"),
        pytest.param("follow:\nb: 1\n", {"follow": "v1"}, "follow: v1\nb: 1\n", id="a-key-without-a-value"),
        pytest.param("follow: # x\n", {"follow": "v1"}, "follow: v1 # x\n", id="a-comment-instead-of-a-value"),
        pytest.param("order: [read]\n", {"order": ["stale"]}, "order: [stale]\n", id="brackets-stay"),
        pytest.param(
            "order: # c\n  - stale # d\n\n# e\nb: 1.0\n",
            {"order": ["stale", "read"]},
            "order: # c\n  - stale # d\n  - read\n\n# e\nb: 1.0\n",
            id="a-list-grows",
        ),
        pytest.param(
            "order: # c\n- stale\n- cheap\n\n# e\nb: x\n",
            {"order": ["read"]},
            "order: # c\n  - read\n\n# e\nb: x\n",
            id="another-list",
        ),
        pytest.param("{a: 1}\n", {"toc": "t.md"}, "{a: 1, toc: t.md}\n", id="all-in-brackets"),
        pytest.param("{}\n", {"toc": "t.md"}, "{toc: t.md}\n", id="empty-brackets"),
        pytest.param("---\na: 1\n...\n", {"toc": "t.md"}, "---\na: 1\ntoc: t.md\n...\n", id="marks-of-a-document"),
        pytest.param("  a: 1\n", {"toc": "t.md"}, "  a: 1\n  toc: t.md\n", id="indented"),
        pytest.param(
            "a: 1\n",
            {"renames": {"x.md": "y: z.md"}, "keep": [{"path": "*.md", "digest": "0"}]},
            'a: 1\nrenames:\n  x.md: "y: z.md"\nkeep:\n  - {path: "*.md", digest: "0"}\n',
            id="mappings",
        ),
    ],
)
def test_only_the_value_is_rewritten(before: str, changes: dict[str, Any], after: str) -> None:
    assert set_values(before, changes) == after


@pytest.mark.parametrize(
    "text",
    ["a: &x 1\nb: *x\n", "- a\n", "a: 1\na: 2\n", "a: [", "follow: main\n---\nb: 1\n"],
    ids=["alias", "list", "twice", "broken", "two"],
)
def test_a_text_that_cannot_be_used_is_not_rewritten(text: str) -> None:
    with pytest.raises(ConfigError, match="Nothing was changed"):
        set_values(text, {"follow": "release"})


def test_where_a_change_would_reach_further_it_is_refused() -> None:
    with pytest.raises(ConfigError, match="by hand"):
        set_values("a: |+\n  x", {"follow": "release"})


NAMES = st.text("abcxyz-", min_size=1, max_size=6)
SCALARS = st.sampled_from(
    ["1.0", "'1'", "no", "~", "0x1F", "1e3", "2024-01-01", '"a # b"', "é", "plain words", "", "yes"]
)
COMMENTS = st.sampled_from(["", "  # why", " #"])
LINES = st.one_of(
    st.tuples(SCALARS, COMMENTS).map("".join),
    st.lists(SCALARS, min_size=1, max_size=3).map(lambda items: "".join(f"\n  - {item}" for item in items)),
    st.just("|\n  some\n  text"),
)
VALUES = st.one_of(
    st.text(max_size=20), st.integers(-(10**17), 10**17), st.booleans(), st.lists(st.text(max_size=8), max_size=3)
)


@patient
@given(st.dictionaries(NAMES, LINES, min_size=1, max_size=4), st.sampled_from(["\n", "\r\n"]), st.data())
def test_all_other_lines_stay_byte_for_byte(entries: dict[str, str], newline: str, data: st.DataObject) -> None:
    pieces = [f"# about {key}\n{key}: {line}\n" for key, line in entries.items()]
    text = "".join(pieces).replace("\n", newline)
    key, value = data.draw(st.sampled_from(list(entries))), data.draw(VALUES)
    before, problems = read_document(text)
    if problems or before is None:
        return
    done = set_values(text, {key: value})
    at = list(entries).index(key)
    head, tail = ("".join(part).replace("\n", newline) for part in (pieces[:at], pieces[at + 1 :]))
    assert done.startswith(head)
    assert done.endswith(tail)
    after = read_document(done)[0]
    assert after is not None
    found = after.entry(key)
    assert found is not None
    assert plain(found[1]) == value


@patient
@given(st.dictionaries(NAMES, VALUES, min_size=1, max_size=4))
def test_what_is_set_is_what_is_read(changes: dict[str, Any]) -> None:
    root = read_document(set_values("# mine\n", changes))[0]
    assert root is not None
    assert plain(root) == changes
    assert json.dumps(plain(root)) == json.dumps(changes)


YAML_LIKE = st.lists(
    st.sampled_from(
        [*"[]{}:,-?&*!|>'\"%@#~ \n\ta1", *keys(), ": ", "- ", "\n  ", "!!", "1.0", "---\n", "%YAML 1.1\n", "<<"]
    )
).map("".join)


@patient
@given(st.one_of(st.text(), YAML_LIKE))
@example("%YAML 99999999999.1\n---\na: 1")
@example("a: !<%ff> b")
@example("a: !!timestamp x")
@example("a: !!int x")
@example("max-characters: " + "9" * 5000)
@example("a: \ud800")
@example("? \n: \n")
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        load_config(text)
    except UsageError:
        return
    assert set_values(text, {}) == text


@patient
@given(st.one_of(st.text(), YAML_LIKE), VALUES)
def test_any_text_is_rewritten_rightly_or_refused(text: str, value: object) -> None:
    try:
        done = set_values(text, {"follow": value})
    except UsageError:
        return
    before, after = (
        dict(plain(root)) if root and root.entries else {} for root in (read_document(text)[0], read_document(done)[0])
    )
    assert {**before, "follow": value} == after


@patient
@given(
    st.one_of(
        st.text(),
        st.lists(
            st.sampled_from(["[translation]", "[project]", "\n", " ", "=", "origin_repo", "lang", "%", ";", "#", "x"])
        ).map("".join),
    )
)
def test_any_ini_file_is_read_or_warned_of(ini: str) -> None:
    load_config(None, ini)
