"""Files are read as they are, and written whole or not at all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from sync.errors import InputError
from sync.files import read_text, write_text

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = {
    "line endings of all sorts": "a\r\nb\rc\n",
    "a byte order mark": "\ufeffa\n",
    "no end of the last line": "a",
    "nothing": "",
    "characters of every length": "aß茶🍵\n",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_is_written_is_read(text: str, tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "chapter.md"
    write_text(path, text)
    assert path.read_bytes() == text.encode("utf-8")
    assert read_text(path) == text


def test_a_file_keeps_its_permissions_and_a_new_one_gets_the_usual_ones(tmp_path: Path) -> None:
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    old.write_text("a")
    old.chmod(0o600)
    mask = os.umask(0o022)
    try:
        write_text(old, "b")
        write_text(new, "b")
    finally:
        os.umask(mask)
    assert (old.stat().st_mode & 0o777, new.stat().st_mode & 0o777) == (0o600, 0o644)


def test_a_link_is_replaced_and_what_it_led_to_stays(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("a")
    (tmp_path / "link.md").symlink_to(tmp_path / "real.md")
    write_text(tmp_path / "link.md", "b")
    assert (read_text(tmp_path / "link.md"), read_text(tmp_path / "real.md")) == ("b", "a")


def test_a_long_name_is_no_trouble(tmp_path: Path) -> None:
    path = tmp_path / f"{'x' * 250}.md"
    write_text(path, "a")
    assert read_text(path) == "a"


UNREADABLE = {
    "not there": (lambda path: None, r"cannot be read \(No such file"),
    "a folder": (lambda path: path.mkdir(), r"cannot be read \(Is a directory"),
    "another encoding": (lambda path: path.write_bytes("chá".encode("latin-1")), "not UTF-8 at byte 2"),
}


@pytest.mark.parametrize(("make", "message"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read_is_named(make: object, message: str, tmp_path: Path) -> None:
    path = tmp_path / "chapter.md"
    make(path)  # type: ignore[operator]
    with pytest.raises(InputError, match=message) as caught:
        read_text(path)
    assert str(path) in str(caught.value)


UNWRITABLE = {
    "a folder in its place": ("folder", "a", "cannot be written"),
    "a file where its folder should be": ("file/chapter.md", "a", "cannot be written"),
    "a path that no system has": ("a\0b.md", "a", "null"),
    "half a character": ("chapter.md", "a\ud800", "surrogates"),
}


@pytest.mark.parametrize(("name", "text", "message"), UNWRITABLE.values(), ids=UNWRITABLE)
def test_a_file_that_cannot_be_written_leaves_nothing_behind(
    name: str, text: str, message: str, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("a")
    with pytest.raises(InputError, match=message):
        write_text(tmp_path / name, text)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "folder"]


def test_a_path_that_no_system_has_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="null"):
        read_text(tmp_path / "a\0b.md")
