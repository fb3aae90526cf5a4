"""TMX is written so that strict programs read it, and read as loose programs write it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alignment.diff import fold
from sync.bitext.tmx import FORBIDDEN, Unit, parse_tmx, render_tmx
from sync.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
REQUIRED = {"creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"}
"""Attributes that the definition of TMX 1.4b asks of a header."""
UNITS = (
    Unit((("en", "Tea & <milk>"), ("zh", "茶“加”奶")), (("x-chapter", "tea/black.md"), ("x-note", 'a "b"\tc'))),
    Unit((("en", "Cup"), ("tr", "Fincan"), ("pt-BR", "Xícara")), changed="20260102T030405Z"),
)


def read(*units: str, head: str = "") -> tuple[Unit, ...]:
    return parse_tmx(f'<tmx version="1.4">{head}<body>{"".join(units)}</body></tmx>'.encode(), "a.tmx")


def tu(source: str, target: str = "x", attributes: str = "") -> str:
    return (
        f'<tu {attributes}><tuv xml:lang="en"><seg>{source}</seg></tuv>'
        f'<tuv xml:lang="tr"><seg>{target}</seg></tuv></tu>'
    )


def test_a_written_file_has_the_structure_that_tmx_asks_for() -> None:
    root = ElementTree.fromstring(render_tmx(UNITS, source="en").encode())
    assert (root.tag, root.get("version")) == ("tmx", "1.4")
    assert [child.tag for child in root] == ["header", "body"]
    head = root[0].attrib
    assert set(head) == REQUIRED
    assert all(head.values())
    assert (head["srclang"], head["segtype"]) == ("en", "sentence")
    for unit in root[1]:
        kinds = [child.tag for child in unit]
        assert unit.tag == "tu"
        assert kinds == sorted(kinds)  # every prop before every tuv
        assert all([part.tag for part in variant] == ["seg"] and variant.get(LANG) for variant in unit.iter("tuv"))


def test_another_program_reads_what_is_written(tmp_path: Path) -> None:
    """That of the Translate Toolkit, which is behind Weblate and Pootle."""
    tmx = pytest.importorskip("translate.storage.tmx", reason="the Translate Toolkit (translate-toolkit) is not here")
    path = tmp_path / "a.tmx"
    path.write_text(render_tmx(UNITS[:1], source="en"), "utf-8")
    store = tmx.tmxfile.parsefile(str(path))
    assert [(unit.source, unit.target) for unit in store.units] == [("Tea & <milk>", "茶“加”奶")]
    assert store.getsourcelanguage() == "en"


def test_what_is_written_is_read_back() -> None:
    found = parse_tmx(render_tmx(UNITS, source="en").encode(), "a.tmx")
    assert found == UNITS
    assert [unit.changed for unit in found] == ["", "20260102T030405Z"]


@given(st.text(st.characters(exclude_categories=()), max_size=30), st.text(max_size=10))
def test_any_text_can_be_written(text: str, value: str) -> None:
    written = render_tmx([Unit((("en", text), ("vi", "x")), ((value, text),))], source="en").encode("utf-8")
    seg = ElementTree.fromstring(written).find("body/tu/tuv/seg")
    assert seg is not None
    assert (seg.text or "") == FORBIDDEN.sub("", text)
    assert parse_tmx(written, "a.tmx")[0].texts[0] == ("en", fold(FORBIDDEN.sub("", text)))


def test_the_same_units_are_the_same_bytes_without_a_byte_order_mark() -> None:
    assert render_tmx(UNITS, source="en") == render_tmx(list(UNITS), source="en")
    assert render_tmx((), source="en").startswith("<?xml")
    assert parse_tmx(render_tmx((), source="en").encode(), "a.tmx") == ()


INLINE = {
    "tags of a web page": ('<bpt i="1">&lt;b&gt;</bpt>Hot<ept i="1">&lt;/b&gt;</ept> tea', "Hot tea"),
    "numbered holes": ("Hot <ph>{1}</ph>tea<ph>{}</ph>", "Hot tea"),
    "empty codes": ('Hot<ph x="1"/> tea<ut/>', "Hot tea"),
    "rich text": (r'<bpt i="1">{\b </bpt>Hot<ept i="1">}</ept> tea', "Hot tea"),
    "markup of Markdown": ('<bpt i="1">**</bpt>Hot<ept i="1">**</ept> <ph>`tea`</ph>', "**Hot** `tea`"),
    "highlighted words": ("<hi>Hot</hi> tea", "Hot tea"),
    "half of a pair": ('<it pos="begin">&lt;i&gt;</it>Hot tea', "Hot tea"),
    "words inside a code": ('Hot <ph>![<sub datatype="x">a pot</sub>](pot.png)</ph>', "Hot ![a pot](pot.png)"),
    "words inside a tag": ('Hot <ph>&lt;img alt="<sub>a pot</sub>"/&gt;</ph>tea', "Hot tea"),
    "a break of line": ("Hot<ph>&lt;br/&gt;</ph>tea", "Hot tea"),
    "a break by its type": ('Hot<ph type="lb"/>tea', "Hot tea"),
    "lines and spaces": ("Hot\n\t  tea", "Hot tea"),
    "characters by name and number": ("Hot &amp; &lt;b&gt; &#x8336;", "Hot & <b> 茶"),
}


@pytest.mark.parametrize(("seg", "expected"), INLINE.values(), ids=INLINE)
def test_inline_elements_count_as_what_they_say(seg: str, expected: str) -> None:
    assert read(tu(seg))[0].texts[0] == ("en", expected)


def test_the_last_change_of_a_unit_or_of_its_texts_counts() -> None:
    unit = (
        '<tu creationdate="20240101T000000Z"><tuv xml:lang="en" changedate="20250101T000000Z"><seg>a</seg></tuv>'
        '<tuv xml:lang="tr" changedate="20260101T000000Z"><seg>b</seg></tuv></tu>'
    )
    assert [one.changed for one in read(unit, tu("c"), tu("d", attributes='creationdate="20230101T000000Z"'))] == [
        "20260101T000000Z",
        "",
        "20230101T000000Z",
    ]


def test_properties_of_the_file_are_none_of_its_units() -> None:
    head = '<header srclang="*all*"><prop type="project">Book</prop><note>n</note></header>'
    unit = '<tu><note>n</note><prop type="x-chapter"> a.md </prop><tuv xml:lang="en"><prop type="p">q</prop></tuv></tu>'
    assert read(unit, head=head)[0].properties == (("x-chapter", "a.md"), ("p", "q"))


def test_a_namespace_in_front_of_the_names_does_not_matter() -> None:
    text = '<t:tmx xmlns:t="u"><t:body><t:tu><t:tuv xml:lang="en"><t:seg>a</t:seg></t:tuv></t:tu></t:body></t:tmx>'
    assert parse_tmx(text.encode(), "a.tmx") == (Unit((("en", "a"),)),)


ENCODINGS = {
    "UTF-16 with a mark": ("UTF-16", "utf-16"),
    "UTF-16 without a mark": ("UTF-16", "utf-16-le"),
    "UTF-16, the other way round": ("UTF-16", "utf-16-be"),
    "UTF-8 that says it is UTF-16": ("UTF-16", "utf-8"),
    "UTF-8 with a mark": ("UTF-8", "utf-8-sig"),
    "an encoding of old": ("GB2312", "gbk"),
    "an encoding of the west": ("windows-1254", "cp1254"),
}


@pytest.mark.parametrize(("said", "encoding"), ENCODINGS.values(), ids=ENCODINGS)
def test_a_file_may_come_in_any_encoding_it_declares(said: str, encoding: str) -> None:
    text = "Çay" if encoding == "cp1254" else "茶"
    whole = f'<?xml version="1.0" encoding="{said}"?>\n<tmx>{tu("tea", text)}</tmx>'
    assert parse_tmx(whole.encode(encoding), "a.tmx")[0].texts[1] == ("tr", text)


BAD = {
    "not closed": ("<tmx>\n<body>\n<tu></body></tmx>", r"a\.tmx, line 3: not a well-formed TMX file \(mismatched tag"),
    "no TMX": ('<?xml version="1.0"?>\n<xliff/>', r"a\.tmx, line 2: begins with <xliff>.*Export the memory as TMX"),
    "a name of HTML": ("<tmx>\n<tu>&nbsp;</tu></tmx>", r"line 2: not a well-formed TMX file \(undefined entity"),
    "the same with a definition elsewhere": (
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx>&nbsp;</tmx>',
        r"line 2: &nbsp; means nothing in TMX\. Write the character",
    ),
    "entities of its own": ('<!DOCTYPE tmx [\n<!ENTITY a "b">]><tmx>&a;</tmx>', "line 2: declares XML entities"),
    "entities from outside": ('<!DOCTYPE tmx [<!ENTITY a SYSTEM "file:///b">]><tmx/>', "declares XML entities"),
    "an encoding that is none": ('<?xml version="1.0" encoding="rot13"?><tmx/>', "the encoding rot13 is not known"),
    "a character that is none": ("<tmx>&#1;</tmx>", "not a well-formed TMX file"),
}


@pytest.mark.parametrize(("text", "message"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_said_with_the_line(text: str, message: str) -> None:
    with pytest.raises(InputError, match=re.compile(message, re.DOTALL)):
        parse_tmx(text.encode(), "a.tmx")


def said_of(data: bytes) -> str:
    """What is wrong with a file, or nothing."""
    try:
        parse_tmx(data, "a.tmx")
    except InputError as error:
        return str(error)
    return ""


@given(st.binary(max_size=60))
def test_any_bytes_are_units_or_an_error_that_can_be_read(data: bytes) -> None:
    for start in (b"", b"<tmx>", b'<?xml encoding="'):
        said = said_of(start + data)
        assert not said or said.startswith("a.tmx, line ")
