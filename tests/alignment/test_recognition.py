"""The language of a text is recognised by its words."""

from __future__ import annotations

import pytest

from alignment.locales import known, load
from alignment.recognition import recognise

TEXTS = {
    "en": "The tide comes in twice a day, and with it the boats that we saw from the wall. It is the moon that pulls.",
    "zh": "潮水每天来两次，我们在墙上看到的船也随着它回来了。这是月亮在拉动海水，对渔民来说时间很重要。",
    "zh-TW": "潮水每天來兩次，我們在牆上看到的船也隨著它回來了。這是月亮在拉動海水，對漁民來說時間很重要。",
    "ja": "潮は一日に二回満ちて、壁から見えた船もそれと一緒に戻ってくる。海を引いているのは月である。",
    "ko": "밀물은 하루에 두 번 들어오고 우리가 벽에서 본 배도 그와 함께 돌아온다. 바다를 끌어당기는 것은 달이다.",
    "tr": "Deniz günde iki kez yükselir ve duvardan gördüğümüz tekneler de onunla gelir. Bu bir çekimdir, "
    "balıkçılar için çok önemlidir; daha az bilinen ise rüzgârın payıdır.",
    "vi": "Thủy triều lên hai lần trong một ngày, và những chiếc thuyền mà chúng ta thấy từ bức tường cũng về với nó. "
    "Mặt trăng là thứ kéo biển.",
    "de": "Die Flut kommt zweimal am Tag, und mit ihr die Boote, die wir von der Mauer sahen. Es ist der Mond.",
    "es": "La marea sube dos veces al día, y con ella los barcos que vimos desde la muralla. Es la luna la que tira de "
    "las aguas.",
    "fr": "La marée monte deux fois par jour, et avec elle les bateaux que nous avons vus sur le mur. La lune est ce "
    "qui tire les eaux.",
    "pt": "A maré sobe duas vezes por dia, e com ela os barcos que vimos da muralha. Não é o vento, é a lua que puxa "
    "as águas do mar.",
}


@pytest.mark.parametrize("tag", TEXTS)
def test_a_language_is_recognised_by_what_is_written_in_it(tag: str) -> None:
    assert recognise(TEXTS[tag]) == tag


def test_there_is_an_example_of_every_language_and_each_has_its_common_words() -> None:
    languages = {tag.partition("-")[0] for tag in known()}
    assert languages == {tag.partition("-")[0] for tag in TEXTS}
    assert all(len(load(tag).common) > 9 for tag in known())


@pytest.mark.parametrize("text", ["", "La marea.", "Bahari hupanda mara mbili kwa siku " * 5, "x = 1\n" * 50])
def test_nothing_is_said_of_what_is_short_or_not_known(text: str) -> None:
    assert recognise(text) == ""


def test_a_text_half_and_half_is_neither() -> None:
    assert recognise(f"{TEXTS['en']} {TEXTS['es']}") == ""
