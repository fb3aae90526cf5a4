"""The pictures that a chapter needs, as paths in the repository."""

from __future__ import annotations

import pytest

from alignment.markdown import MYST
from sync.shared_files.images import images_to_add, needed_images

POT = "![A pot.](../img/pot.svg)\n:label:`img_pot`\n"


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        (POT, ("img/pot.svg",)),
        ('See ![a](a.png) and ![b](<b c.png> "b") here.\n', ("tea/a.png", "tea/b c.png")),
        ('<img src="../img/a.png" width=3>\n\n<img src=b.png>\n', ("img/a.png", "tea/b.png")),
        ("![a](/img/a.svg)\n\n![a](a%20b.svg)\n", ("img/a.svg", "tea/a b.svg")),
        (POT + "\n" + POT, ("img/pot.svg",)),
        ("![a](https://tea.example/a.svg)\n\n![b](//tea.example/b.svg)\n\n![c](data:image/png;base64,AA)\n", ()),
        ("![a](../../etc/passwd)\n\n![a](../.git/config)\n", ()),
        ("```\n![a](a.svg)\n```\n\n<!-- ![b](b.svg) -->\n", ()),
        ("A link to [a picture](a.svg).\n", ()),
    ],
)
def test_needed_images(text: str, paths: tuple[str, ...]) -> None:
    assert needed_images(text, "tea/pots.md") == paths


def test_figures_of_myst_are_images() -> None:
    assert needed_images("```{figure} img/a.svg\nA pot.\n```\n", "tea/pots.md", MYST) == ("tea/img/a.svg",)


def test_a_chapter_at_the_root() -> None:
    assert needed_images("![a](img/a.svg)\n", "index.md") == ("img/a.svg",)


def test_only_new_pictures_that_the_fork_lacks_are_added() -> None:
    before = "![La tapa.](../img/lid.svg)\n"
    after = before + "\n" + POT + "\n![Una taza.](../img/cup.svg)\n"
    there = {"img/cup.svg"}
    assert images_to_add(before, after, "tea/pots.md", there.__contains__) == ("img/pot.svg",)


def test_what_waits_for_its_translation_needs_no_picture_yet() -> None:
    waiting = "<!-- amts:pending 0123456789abcdef\n![A pot.](../img/pot.svg)\n-->\n"
    assert images_to_add("", waiting, "tea/pots.md", lambda path: False) == ()
