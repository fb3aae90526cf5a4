"""Where sentences end, and which ones a block has."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alignment.locales import known, load
from alignment.markdown import D2L, MYST, parse
from alignment.model import Kind
from alignment.segmentation import segments, split

OWN_CASES = Path(__file__).with_name("hard-cases.txt")
HARD_CASES = Path(__file__).parents[3] / "shared" / "data" / "segmentation" / "hard-cases.txt"
END = "‖"
"""Stands where a sentence ends. In languages that write no space there, none is put in its place."""

CASES = [
    # abbreviations
    ("en", "See Fig. 3 and Eq. (4) for details.‖They agree."),
    ("en", "It holds, cf. :numref:`sec_x`, i.e. always.‖We use it, e.g. Adam does."),
    ("en", "No. 5 is alive.‖The answer is no.‖We go on."),
    ("en", "Work by Parikh et al. :cite:`P.2016` helps.‖So does work by Lee et al.‖The rest does not."),
    ("en", "Cats, dogs, etc.‖All of them are animals."),
    ("en", "He lives in the U.S. and works for the U.S. Army.‖She left the U.S.‖The rest stayed."),
    ("en", "J. R. R. Tolkien wrote it.‖J. Smith did not.‖Neither did I.‖You know that."),
    ("en", "The samples are i.i.d. and the density is a p.d.f. $p(x)$ on it.‖Then we stop."),
    ("en", "Compare it w.r.t. $x$ at 5 p.m. on Monday.‖Good."),
    ("en", "Mr. and Mrs. Jones met Ms. Li and Prof. Wu.‖They talked for 10 ms.‖Then they left."),
    # numbers and names with full stops
    ("en", "Version 3.8.1 came first.‖Version 3.9 is better.‖10 others follow."),
    ("en", "Visit d2l.ai or https://d2l.ai/index.html.‖Load data.csv first."),
    ("en", "We use Node.js and ASP.NET here.‖Really."),
    # quotes, brackets, other signs
    ("en", 'He asked "why?" and left.‖"Because."‖That was all.'),
    ("en", "He said “Stop. Now.” and left.‖We stayed."),
    ("en", "It works (see A. It is good.) and it lasts.‖Fine."),
    ("en", "(This is one.‖This is two.)‖And three."),
    ("en", "What?!‖No way...‖Well... maybe not."),
    ("en", "Yahoo! is a company.‖Really!‖Yes."),
    # markup
    ("en", "We need *features. Labels* too.‖That is **all.**‖Done."),
    ("en", "Read [the docs. All of them](http://x.y/a.b).‖Then [come back.](z.md)‖Good."),
    ("en", "[**We train. **]‖We test (**it.**)‖Good."),
    ("en", "As in $a = b.$‖Here $x. y$ is a product and $c \\ldots$ is not.‖Then `a. B` runs."),
    ("en", "Known since long.[^1]‖Still true."),
    ("en", "This holds for `x`.‖`y` is next.‖![](a.png) shows it."),
    # hard wrapping
    ("en", "First line\ngoes on here.‖Second\nsentence."),
    # Chinese
    ("zh", "我们使用PyTorch。‖它很快！‖真的吗？‖是的。"),
    ("zh", "他说：“你好。我是小明。”‖然后他走了。"),
    ("zh", "“什么是学习？”这个问题很难。‖我们不知道。"),
    ("zh", "学习率为0.01。‖（这很小。）‖版本是3.8.‖好。"),
    ("zh", "令$a=b.$‖于是$b=a$。"),
    ("zh", "我们用GPU.‖它很快!‖对吗?‖对。"),
    ("zh", "参见Wood et al. :cite:`Wood.2011`。‖等等……我们继续。"),
    ("zh", "[**定义模型。**]‖然后(**训练模型**)。‖好。"),
    # Japanese
    ("ja", "彼は「はい。」と言った。‖私も行く。"),
    ("ja", "（付録を参照してください。）‖次に進みます。"),
    ("ja", "まあ……いいでしょう。‖$x$は1.5です。‖本当ですか！？‖はい。"),
    # Korean
    ("ko", "손실을 측정합니다.‖힌트: 함수를 보세요.‖`x`를 쓰세요."),
    ("ko", '그는 "안녕."이라고 말했다. ‖우리는 떠났다.'),
    ("ko", "파일.txt를 여세요. ‖버전은 3.8입니다. ‖끝났나요? ‖네."),
    # Vietnamese
    ("vi", "Ta có mèo, chó, v.v. và nhiều nữa.‖Chúng ở TP. Hồ Chí Minh."),
    ("vi", "Xem Phần 3.‖Tại sao vậy?‖Vì thế."),
    # Turkish
    ("tr", "Kedi, köpek vb.‖Hepsi hayvandır."),
    ("tr", "Doç. Dr. Kaya geldi.‖3. bölüme bakın.‖Bkz. Şekil 2."),
    ("tr", "Örn. bu kitap.‖M.Ö. 300 yılında yazıldı."),
    # Portuguese
    ("pt", "O Sr. Silva e a Dra. Souza vieram.‖Veja a pág. 12.‖E a pág. 13."),
    ("pt", "Usamos GPUs, CPUs, etc.‖Depois paramos, p.ex. aqui."),
    # Spanish
    ("es", "¿Por qué?‖¡Porque sí!‖Los Sres. lo saben."),
    ("es", "Vive en EE. UU.‖Trabaja allí.‖Véase p. ej. la pág. 3."),
    ("es", "Pero no.‖Luego sí."),
    # German, French
    ("de", "Am 3. Mai kam Hr. Meier, z. B. mit dem Zug.‖Er blieb."),
    ("fr", "Voir M. Dupont, p. ex. au chap. 3.‖Il arrive."),
    # a language nobody has described
    ("sw", "Habari ya asubuhi.‖Nzuri sana, Dr. Juma."),
]


def joined(lang: str, text: str) -> tuple[str, list[str]]:
    """The text without the signs, and its sentences."""
    glue = "" if lang in ("zh", "ja", "ko") else " "
    return text.replace(END, glue), [sentence.strip() for sentence in text.split(END)]


def read_cases(path: Path) -> list[tuple[str, str]]:
    """Language and text of each case in a file."""
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return [(lang, text) for lang, _, text in (line.partition("\t") for line in lines)]


ALL_CASES = [*CASES, *read_cases(OWN_CASES)]


@pytest.mark.parametrize(("lang", "text"), ALL_CASES, ids=[f"{lang}-{text[:40]}" for lang, text in ALL_CASES])
def test_split_finds_the_sentences(lang: str, text: str) -> None:
    whole, expected = joined(lang, text)
    assert [whole[start:end] for start, end in split(whole, load(lang), D2L)] == expected


def test_split_is_right_on_97_of_100_hard_cases() -> None:
    if not HARD_CASES.exists():
        pytest.skip(f"{HARD_CASES.name} is not there")
    cases = read_cases(HARD_CASES)
    wrong = []
    for lang, text in cases:
        whole, expected = joined(lang, text)
        if [whole[start:end] for start, end in split(whole, load(lang), D2L)] != expected:
            wrong.append(f"{lang} {text}")
    assert len(wrong) <= 0.03 * len(cases), "\n".join(wrong)


@pytest.mark.parametrize("text", ["", " ", "\n", ".", "。", "…", "$", "a", "?!", "(", "**"])
def test_split_takes_any_text(text: str) -> None:
    assert len(split(text, load("en"), D2L)) == (1 if text.strip() else 0)


SIGNS = (
    "word Word 3 2. e.g. Fig. U.S. : ; , . .. … ? ! 。 ？ 」 「 “ ” „ « » ( ) [ ] （ ） 《 》 — \" ' 中 文 か 습니다 "
    "$x$ $x.$ `y` *b* [a](b) :numref:`f` [^1] [** **] > - 1. | #"
)
prose = st.lists(st.sampled_from([*SIGNS.split(" "), " ", "\n"]), max_size=40).map("".join) | st.text()
languages = st.sampled_from([*known(), "und"])


@settings(max_examples=300, deadline=None)
@given(prose, languages)
def test_sentences_follow_one_another_and_leave_nothing_out_but_white_space(text: str, lang: str) -> None:
    found = split(text, load(lang), D2L)
    ends = [0, *(end for _, end in found), len(text)]
    starts = [*(start for start, _ in found), len(text)]
    assert all(text[start:end].strip() == text[start:end] != "" for start, end in found)
    assert all(not text[end:start].strip() for end, start in zip(ends, starts, strict=False))


@settings(max_examples=300, deadline=None)
@given(prose, languages)
def test_segments_of_a_paragraph_leave_nothing_out_but_its_leads(text: str, lang: str) -> None:
    for block in parse(text, D2L).blocks:
        at = len(block.lead)
        for segment in segments(block, load(lang), D2L):
            assert block.text[segment.start : segment.end] == segment.text != ""
            assert segment.start >= at
            if block.kind in (Kind.PARAGRAPH, Kind.ITEM):
                assert not block.text[at : segment.start].replace(">", "").strip()
            at = segment.end
        if block.kind in (Kind.PARAGRAPH, Kind.ITEM):
            assert not block.text[at:].replace(">", "").strip()


BLOCKS = [
    ("a heading is one segment", "## What? Why. ##", ["What? Why."]),
    ("a heading may be underlined", "What? Why.\n===", ["What? Why."]),
    ("an empty heading has none", "##", []),
    ("a paragraph has its sentences", "One. Two\nthree. Four", ["One.", "Two\nthree.", "Four"]),
    ("the marker of an item is not part of it", "1. One. Two.", ["One.", "Two."]),
    ("a quote's leads are white space", "> One. Two\n> three. Four.", ["One.", "Two\n> three.", "Four."]),
    ("an image has the sentences of its caption", "![One [a]. Two :cite:`X`.](x.svg)", ["One [a].", "Two :cite:`X`."]),
    ("an image without a caption has none", "![](../img/x.svg)", []),
    (
        "a table has its cells, without empty ones and the delimiters",
        "| A | B. C |\n|:--|:-:|\n| `x|y` | |\n| $|x|$ | d |",
        ["A", "B. C", "`x|y`", "$|x|$", "d"],
    ),
    ("code has none", "```python\nx = 1. # One. Two.\n```", []),
    ("a formula has none", "$$a. b.$$", []),
    ("a directive has none", ":label:`a. B`", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in BLOCKS], ids=[case[0] for case in BLOCKS])
def test_segments_of_a_block(text: str, expected: list[str]) -> None:
    (block,) = parse(text, D2L).blocks
    found = segments(block, load("en"), D2L)
    assert [segment.text for segment in found] == expected
    assert [block.text[segment.start : segment.end] for segment in found] == expected


def test_a_dialect_protects_its_own_markup() -> None:
    text = "See {cite}`a. B` first. Then go."
    assert [text[start:end] for start, end in split(text, load("en"), MYST)] == ["See {cite}`a. B` first.", "Then go."]
