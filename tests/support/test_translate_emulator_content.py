"""What the emulator of Amazon Translate knows of texts: its rules for files, its translations, its HTML, its damage."""

from __future__ import annotations

import json
import re

import pytest

from tests.support.bitext import BOOKS
from tests.support.toybitext import toy_pairs
from tests.support.translate_emulator.content.damage import PROFILES, Damage
from tests.support.translate_emulator.content.glossaries import read_terminology
from tests.support.translate_emulator.content.html import translate_html
from tests.support.translate_emulator.content.masked import MaskedText, Piece, sentinel
from tests.support.translate_emulator.content.records import BadFile, Examples, read_examples
from tests.support.translate_emulator.content.translator import Translator

ENGLISH_TO_CHINESE = ("en", "zh")
TOY = tuple(toy_pairs())
FIRST, SECOND, THIRD = map(sentinel, range(3))


def examples(*lines: str, form: str = "CSV") -> Examples:
    return read_examples("\n".join(lines).encode(), form)


def tmx(*units: str, srclang: str = "en") -> Examples:
    body = "".join(units)
    text = f'<tmx version="1.4"><header srclang="{srclang}"/><body>{body}</body></tmx>'
    return read_examples(text.encode(), "TMX")


def unit(*texts: tuple[str, str], changed: str = "") -> str:
    stamp = f' changedate="{changed}"' if changed else ""
    body = "".join(f'<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>' for lang, text in texts)
    return f"<tu{stamp}>{body}</tu>"


def counts(found: Examples) -> tuple[int, int, int]:
    return found.imported, found.skipped, found.failed


# Parallel data


def test_a_header_names_the_source_and_any_number_of_targets() -> None:
    found = examples("en,es,pt", "A cup,Una taza,Um copo", "A spoon,,Uma colher")
    assert (found.source_language, found.target_languages) == ("en", ("es", "pt"))
    assert found.pairs["es"] == (("A cup", "Una taza"),)
    assert found.pairs["pt"] == (("A cup", "Um copo"), ("A spoon", "Uma colher"))
    assert counts(found) == (2, 0, 0)


@pytest.mark.parametrize(("form", "separator"), [("CSV", ","), ("TSV", "\t")])
def test_a_quoted_field_may_hold_the_separator_and_doubled_quotation_marks(form: str, separator: str) -> None:
    line = separator.join((f'"a{separator}b"', '"say ""tea"""'))
    found = examples(f"en{separator}es", line, form=form)
    assert found.pairs["es"] == ((f"a{separator}b", 'say "tea"'),)


def test_line_ends_may_be_those_of_windows() -> None:
    assert examples("en,es\r", "tea,té\r", "").pairs["es"] == (("tea", "té"),)


@pytest.mark.parametrize("line", ["", ",té", "  ,té", "tea,", "tea, ", f"{'x' * 1001},té", f"tea,{'é' * 501}"])
def test_a_record_with_a_blank_or_a_long_field_is_skipped(line: str) -> None:
    found = examples("en,es", line, "cup,taza")
    assert counts(found) == (1, 1, 0)
    assert found.pairs["es"] == (("cup", "taza"),)


def test_a_thousand_bytes_are_not_too_long() -> None:
    assert counts(examples("en,zh", f"{'x' * 1000},{'茶' * 333}")) == (1, 0, 0)


def test_of_many_targets_only_the_long_one_is_left_out_and_said() -> None:
    found = examples("en,es,pt", f"tea,{'é' * 501},chá")
    assert (counts(found), found.pairs["es"], found.pairs["pt"]) == ((1, 0, 0), (), (("tea", "chá"),))
    assert found.messages == (("Number 2 line", "The target segment of es is longer than 1000 bytes."),)


@pytest.mark.parametrize("field", ["+tea", "-tea", "=tea", "@tea", '"- tea, hot"'])
def test_a_field_that_begins_with_a_sign_fails_its_record_or_the_file(field: str) -> None:
    for line in (f"{field},té", f"tea,{field}"):
        assert counts(examples("en,es", line, "cup,taza")) == (1, 0, 1)
        with pytest.raises(BadFile, match="Number 2 line"):
            read_examples(f"en,es\n{line}\n".encode(), "CSV", bad_first_sign="file")


@pytest.mark.parametrize("line", ['"two\nlines",té', '5" cup,taza', '"open,té', "tea,té,chá", "tea"])
def test_what_is_malformed_fails_and_spoils_nothing_else(line: str) -> None:
    found = examples("en,es", line, "cup,taza")
    assert found.failed >= 1
    assert found.pairs["es"] == (("cup", "taza"),)


def test_of_the_same_source_the_last_one_in_the_file_wins() -> None:
    found = examples("en,es", "cup,vaso", "tea,té", "cup,taza")
    assert dict(found.pairs["es"]) == {"tea": "té", "cup": "taza"}


@pytest.mark.parametrize("text", ["", "en\ntea\n", "en,en\n", "en,xx\n", "tea,té\n", "\n"])
def test_a_file_without_a_good_header_is_refused(text: str) -> None:
    with pytest.raises(BadFile):
        read_examples(text.encode(), "CSV")


def test_a_byte_order_mark_is_refused_unless_it_is_allowed() -> None:
    data = b"\xef\xbb\xbfen,es\ntea,t\xc3\xa9\n"
    with pytest.raises(BadFile, match="byte order mark"):
        read_examples(data, "CSV")
    assert read_examples(data, "CSV", bom="accept").imported == 1


def test_what_is_not_utf_8_or_in_an_unknown_form_is_refused() -> None:
    with pytest.raises(BadFile, match="UTF-8 at byte 11"):
        read_examples("en,es\ntea,té\n".encode("latin-1"), "CSV")
    with pytest.raises(BadFile, match="XLSX"):
        read_examples(b"en,es\n", "XLSX")


def test_the_size_is_that_of_the_examples_in_characters() -> None:
    assert examples("en,es,pt", "tea,té,chá", ",x,y").size == len("tea" + "té" + "chá")


def test_the_auxiliary_file_says_which_records_failed_and_why() -> None:
    found = tmx(unit(("es", "té"), ("pt", "chá")), unit(("en", " "), ("es", "té")), unit(("en", "cup"), ("es", "taza")))
    said = json.loads(found.auxiliary())
    assert said["summary"] == {"record_error_count": 1, "record_skipped_count": 1}
    assert said["messages"][0] == {
        "content": "Number 1 TU element",
        "message": "Invalid TMX format. One tu element should contain exactly one tuv element with the source language "
        "code: en",
    }


def test_tmx_may_hold_several_targets_markup_and_first_signs() -> None:
    cup = unit(("en", "- a <ph>x</ph>cup &amp; tea"), ("es", "taza"), ("pt", "copo"))
    found = tmx(cup, unit(("en", "b"), ("es", "c")))
    assert found.pairs == {"es": (("- a cup & tea", "taza"), ("b", "c")), "pt": (("- a cup & tea", "copo"),)}


def test_in_tmx_the_latest_change_wins_else_the_last() -> None:
    late, early = "20260102T000000Z", "20250102T000000Z"
    cup = [unit(("en", "cup"), ("es", text), changed=when) for text, when in (("taza", late), ("vaso", early))]
    tea = [unit(("en", "tea"), ("es", text)) for text in ("infusión", "té")]
    assert dict(tmx(*cup, *tea).pairs["es"]) == {"cup": "taza", "tea": "té"}


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE tmx [<!ENTITY a "b">]><tmx version="1.4"><header srclang="en"/><body/></tmx>',
        '<tmx version="1.4"><header srclang="en"/><body>',
        "<xliff/>",
        '<tmx version="1.4"><header/><body/></tmx>',
        '<tmx version="1.4"><header srclang="*all*"/><body/></tmx>',
        '<tmx version="1.4"><header srclang="en"/><body/></tmx>',
        '<?xml version="1.0" encoding="latin-1"?><tmx version="1.4"><header srclang="en"/><body/></tmx>',
    ],
)
def test_tmx_that_declares_entities_is_broken_or_lacks_languages_is_refused(text: str) -> None:
    with pytest.raises(BadFile):
        read_examples(text.encode(), "TMX")


# Terminologies


def test_terms_go_from_the_first_column_to_the_others() -> None:
    found = read_terminology("en,es,pt\ncup,taza,copo\ntea,,chá\n".encode(), "CSV", "UNI")
    assert found.terms == {"es": (("cup", "taza"),), "pt": (("cup", "copo"), ("tea", "chá"))}
    assert (found.count, found.skipped, found.pairs("es", "pt")) == (2, 0, ())


def test_terms_of_many_directions_go_from_any_column_to_any_other() -> None:
    found = read_terminology("en\tes\tpt\ncup\ttaza\tcopo\n\tté\tchá\n".encode(), "TSV", "MULTI")
    assert found.pairs("es", "pt") == (("taza", "copo"), ("té", "chá"))
    assert found.pairs("pt", "en") == (("copo", "cup"),)


def test_a_term_of_more_than_200_bytes_is_skipped_and_said() -> None:
    found = read_terminology(f"en,zh\ncup,{'杯' * 67}\ntea,茶\nleaf,\n".encode(), "CSV")
    assert (found.terms["zh"], found.skipped) == ((("tea", "茶"),), 2)
    assert json.loads(found.auxiliary())["messages"][0]["message"] == "A term is longer than 200 bytes."


def test_terms_can_come_as_tmx() -> None:
    text = f'<tmx version="1.4"><header srclang="en"/><body>{unit(("en", "cup"), ("es", "taza"))}</body></tmx>'
    assert read_terminology(text.encode(), "TMX", "UNI").terms == {"es": (("cup", "taza"),)}


@pytest.mark.parametrize(
    "text", ["en,es\n", "en,af,sq,am,ar,hy,az,bn,bs,bg,ca,hr\nx,a,b,c,d,e,f,g,h,i,j,k\n", "en,es\n,\n"]
)
def test_terminologies_without_terms_or_with_eleven_targets_are_refused(text: str) -> None:
    with pytest.raises(BadFile):
        read_terminology(text.encode(), "CSV", "UNI")


# Translation


def translate(text: str, *pairs: tuple[str, str]) -> str:
    return Translator().translate(text, ("en", "pt"), examples=pairs).text


def test_an_example_is_translated_as_it_says_and_keeps_the_white_space_round_it() -> None:
    assert translate("\n The layer  returns a number. ", *TOY) == "\n A camada retorna um número. "


def test_without_examples_the_base_speaks_and_with_them_they_do() -> None:
    translator = Translator({("en", "zh"): BOOKS["zh"]})
    pair = "We buy the tray.", "买盘。"
    alone = translator.translate(pair[0], ENGLISH_TO_CHINESE).text
    taught = translator.translate(pair[0], ENGLISH_TO_CHINESE, examples=(pair,)).text
    assert (alone, taught) == ("我们购买托盘。", "买盘。")


def test_the_base_serves_both_directions() -> None:
    translator = Translator({("en", "es"): BOOKS["es"]})
    assert translator.translate("La tetera está vacía.", ("es", "en")).text == "The kettle is empty."


def test_examples_teach_how_a_sentence_is_translated_that_is_none_of_them() -> None:
    wanted = dict(TOY)["The model computes the loss."]
    others = [pair for pair in TOY if pair[1] != wanted]
    assert translate("The model computes the loss.", *others) == wanted


def test_with_a_single_example_a_text_that_is_close_to_it_takes_its_style() -> None:
    assert translate("Hi, how are you today?", ("Hi, how are you?", "Oi, tudo bem?")) == "Oi, tudo bem?"


def test_of_what_nothing_is_known_the_text_itself_comes_back_with_the_terms_in_it() -> None:
    translator = Translator()
    terms = ("cup", "fincan"), ("pot", "demlik")
    found = translator.translate("A cup of tea, no Cup, no cupboard.", ("en", "tr"), terms=terms)
    assert (found.text, found.applied) == ("A fincan of tea, no Cup, no cupboard.", (("cup", "fincan"),))
    assert translator.translate(" \n", ("en", "tr")).text == " \n"


def test_a_term_is_obeyed_against_what_the_model_has_learned() -> None:
    term = "layer", "lâmina"
    found = Translator().translate("The layer stores a big number.", ("en", "pt"), examples=TOY, terms=(term,))
    assert "lâmina" in found.text
    assert "camada" not in found.text
    assert found.applied == (term,)


def test_a_term_between_chinese_characters_is_found() -> None:
    assert Translator().translate("我的茶杯很热", ("zh", "en"), terms=(("茶杯", "cup"),)).text == "我的cup很热"


@pytest.mark.parametrize(
    "text",
    [
        f"The layer stores {FIRST} and {SECOND}.",
        f"{FIRST}The layer{SECOND} returns {THIRD} now.",
        f"We call {FIRST}. Does {SECOND}the layer have 12 units?{THIRD}",
        f"Odd [signs `here {FIRST} and ** there](x {SECOND} `",
        f"{FIRST}{SECOND}{THIRD}",
        f"A $ before {FIRST}$ and after.",
    ],
)
def test_every_private_character_comes_back_once(text: str) -> None:
    for made in (translate(text, *TOY), translate(text), translate(text, ("Hi.", "Oi."))):
        assert sorted(re.findall(f"[{FIRST}-{THIRD}]", made)) == sorted(re.findall(f"[{FIRST}-{THIRD}]", text))


def test_what_is_not_translated_is_found_where_an_example_has_it() -> None:
    text = MaskedText.of(f"The layer stores {FIRST} and {SECOND}.", (Piece("<code>", "$x$"), Piece("<code>", "`y`")))
    assert translate(text, ("The layer stores $x$ and `y`.", "`y` e $x$, a camada guarda.")) == (
        f"{SECOND} e {FIRST}, a camada guarda."
    )


def test_tags_round_a_whole_text_stay_round_it() -> None:
    text = MaskedText.of(f"{FIRST}A cup.{SECOND}", (Piece("<em>", partner=1), Piece("</em>", partner=0)))
    assert translate(text, ("A cup.", "Um copo.")) == f"{FIRST}Um copo.{SECOND}"


def test_the_same_question_has_the_same_answer() -> None:
    text = f"The dataset returns {FIRST} and the network computes."
    assert len({translate(text, *TOY) for _ in range(2)}) == 1


# HTML


def shout(text: str) -> str:
    return text.upper()


def page(body: str) -> str:
    return f"<html><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p id='s1'>a cup</p>", "<p id='s1'>A CUP</p>"),
        ('<P Class="x"  id=s1>a <B>big</B> cup</P >', '<P Class="x"  id=s1>A <B>BIG</B> CUP</P >'),
        ('<p>a <code translate="no" id="p1">b &lt; c</code> d</p>',
         '<p>A <code translate="no" id="p1">b &lt; c</code> D</p>'),
        ("<p>a <code translate=no>b</code></p>", "<p>A <code translate=no>b</code></p>"),
        ("<p>a <span translate='no'>b <i>c</i> <span>d</span></span> e</p>",
         "<p>A <span translate='no'>b <i>c</i> <span>d</span></span> E</p>"),
        ('<div translate="no"><p>a</p><div>b</div></div><p>c</p>',
         '<div translate="no"><p>a</p><div>b</div></div><p>C</p>'),
        ("<p translate=no>a<p>b", "<p translate=no>a<p>B"),
        ("<p>a &amp; b &lt; &#99; &quot;d&quot;&nbsp;e</p>", '<p>A &amp; B &lt; C "D"\xa0E</p>'),
        ("<script>if (a < b) c()</script><style>p {}</style>", "<script>if (a < b) c()</script><style>p {}</style>"),
        ("<p>a<!-- b --> c<br>d<br/>e</p>", "<p>A<!-- b --> C<br>D<br/>E</p>"),
        ("  <p> a </p>\n\t<p>\n</p>", "  <p> A </p>\n\t<p>\n</p>"),
    ],
)  # fmt: skip
def test_the_text_of_a_document_is_translated_and_its_tags_stay(before: str, after: str) -> None:
    assert translate_html(page(before), shout).text == page(after)


def test_nothing_outside_the_html_element_is_translated_or_billed() -> None:
    assert translate_html("<p>a cup</p>", shout).text == "<p>a cup</p>"
    made = translate_html(f"<!DOCTYPE html>a{page('<p>b</p>')}c", shout)
    assert (made.text, made.characters) == (f"<!DOCTYPE html>a{page('<p>B</p>')}c", 1)


def test_each_block_is_translated_by_itself() -> None:
    seen: list[str] = []

    def note(text: str) -> str:
        seen.append(text)
        return text

    body = "<h1>One</h1><ul><li>two <b>three</b></li><li>four</li></ul><table><tr><td>five</td></tr></table>"
    translate_html(page(body), note)
    assert seen == ["One", f"two {FIRST}three{SECOND}", "four", "five"]


def test_billed_are_code_points_of_text_with_or_without_what_is_not_translated() -> None:
    document = page("<p>\n 茶 &amp; 𝒙 <code translate='no'>abc</code></p> <p translate=no>de</p><style>f</style>")
    assert translate_html(document, shout).characters == len("茶 & 𝒙 abc" + "de")
    assert translate_html(document, shout, bill_untranslated=False).characters == len("茶 & 𝒙")


def test_tags_are_nested_and_there_once_whatever_the_translation_did() -> None:
    bold, end_of_bold, italic, end_of_italic = map(sentinel, range(4))
    body = "<p><b>a</b> <i>b</i></p>"

    def made_of(text: str) -> str:
        return translate_html(page(body), lambda _: text).text

    assert made_of(f"{bold}{italic}x{end_of_bold}y{end_of_italic}") == page("<p><b><i>x</i>y</b></p>")
    assert made_of(f"{end_of_bold}x{bold} {italic}y") == page("<p><b>x</b> <i>y</i></p>")
    assert made_of(f"{bold}x{bold}{end_of_bold}{italic}{end_of_italic}") == page("<p><b>x</b><i></i></p>")


def test_private_characters_of_the_document_itself_are_kept() -> None:
    body = f"<p>a {SECOND} <b>c</b> {FIRST}</p>"
    assert translate_html(page(body), lambda text: text).text == page(body)


# Damage

BODY = (
    '<p id="s1">a &lt; b <code translate="no" id="p1">x</code> and <code translate="no" id="p2">y</code></p>\n'
    '<p id="s2">so <b>it</b> is</p>'
)


def harmed(profile: str, body: str = BODY, share: float = 1.0, seed: int = 0) -> str:
    return translate_html(page(body), lambda text: text, damage=Damage(profile, share, seed)).text


def test_no_damage_is_none() -> None:
    assert harmed("none") == harmed("practice", share=0) == page(BODY)


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("body", ["", "<p></p>", "a", "<p>a", "<b>a</i>"])
def test_where_there_is_nothing_to_harm_nothing_is(profile: str, body: str) -> None:
    assert harmed(profile, body) == page(body)


def test_entities_are_escaped_twice() -> None:
    assert harmed("entities") == page(BODY.replace("&lt;", "&amp;lt;"))


def test_spaces_come_round_tags_and_into_elements() -> None:
    assert "so  <b> it </b>  is" in harmed("spaces")


def test_an_element_is_dropped_doubled_or_exchanged_with_another() -> None:
    kept = [harmed(profile).count('translate="no"') for profile in ("dropped", "doubled", "swapped")]
    assert kept == [1, 3, 2]
    assert re.findall('id="(p.)"', harmed("swapped")) == ["p2", "p1"]


def test_a_paragraph_takes_in_the_next_or_loses_its_id() -> None:
    assert harmed("merged") == page(BODY.replace('</p>\n<p id="s2">', " ").replace("is</p>", "is</p>\n"))
    assert "<p>so <b>it</b> is</p>" in harmed("lost_id")


def test_the_same_segments_are_harmed_again_and_others_with_another_seed() -> None:
    body = "".join(f'<p id="s{number}">a <code translate="no">x</code></p>' for number in range(200))
    made = [harmed("dropped", body, share=0.3, seed=seed) for seed in (1, 1, 2)]
    assert made[0] == made[1] != made[2]
    assert 0.2 < sum('translate="no"' not in line for line in made[0].split("</p>")[:-1]) / 200 < 0.4


def test_practice_is_a_mixture_of_all() -> None:
    body = "".join(
        f'<p id="s{number}">a &amp; <b>c</b> <code translate="no">x</code> <code translate="no">y</code></p>'
        for number in range(1000)
    )
    made = harmed("practice", body).split("<p ")[1:]
    spaced = sum("<b> c </b>" in paragraph for paragraph in made)
    other_literals = sum(re.findall(">([xy])<", paragraph) != ["x", "y"] for paragraph in made)
    assert 180 < spaced < 270
    assert 15 < other_literals < 60
    assert 980 <= len(made) < 1000


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(ValueError, match="practice"):
        Damage("chaos")
    assert "none" in PROFILES
