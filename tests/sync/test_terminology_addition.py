"""A term more in a glossary: a row like its others, after the last one, and nothing else touched."""

from __future__ import annotations

import pytest

from sync.bitext.terminology.addition import with_term
from sync.bitext.terminology.reading import read_terms
from sync.errors import UsageError

TABLE = "| English | Español |\n|---|---|\n| tea | té |\n| ice | hielo |\n"
NOTATIONS = {
    "a table": (TABLE + "\nFin.\n", "| hot soup | sopa caliente |"),
    "a table with notes": (
        "|English|Español|Nota|\n|--|--|--|\n|tea|té|hoja|\n|ice|hielo||\n",
        "| hot soup | sopa caliente |  |",
    ),
    "the translation first": (
        "| Español | English |\n|---|---|\n| té | tea |\n| hielo | ice |\n",
        "| sopa caliente | hot soup |",
    ),
    "csv": ("English,Spanish\ntea,té\nice,hielo\n", "hot soup,sopa caliente"),
    "lines": ("# Glosario\n\n* the tea: té\n* the ice: hielo\n* the walking: paseo\n", "* hot soup: sopa caliente"),
    "no end of the last line": ("English,Spanish\ntea,té\nice,hielo", "hot soup,sopa caliente"),
    "windows": (TABLE.replace("\n", "\r\n"), "| hot soup | sopa caliente |"),
}


@pytest.mark.parametrize("notation", NOTATIONS)
def test_a_row_follows_the_last_and_all_others_stay(notation: str) -> None:
    text, row = NOTATIONS[notation]
    new = with_term(text, "hot soup", "sopa caliente", "es")
    before, after = text.splitlines(), new.splitlines()
    assert row in after
    after.remove(row)
    assert after == before
    found = {term.source: term.targets for term in read_terms(new, "es").terms}
    assert found["hot soup"] == ("sopa caliente",)


def test_line_ends_are_those_of_the_glossary() -> None:
    assert "\n" not in with_term(NOTATIONS["windows"][0], "hot soup", "sopa", "es").replace("\r\n", "")


@pytest.mark.parametrize(
    ("term", "translation"),
    [("Tea", "otro"), ("[x](y)", "z"), ("soup", ""), ("<!-- x", "y"), ("soup\nice | x", "y")],
)
def test_what_would_not_be_read_as_it_is_meant_is_refused(term: str, translation: str) -> None:
    with pytest.raises(UsageError):
        with_term(f"{TABLE}\n<!-- no more -->\n", term, translation, "es")


@pytest.mark.parametrize("text", ["", "# Glosario\n", "Nobody wrote a word about tea.\n"])
def test_a_glossary_without_a_row_takes_none(text: str) -> None:
    with pytest.raises(UsageError):
        with_term(text, "tea", "té", "es")
