"""What an engine may learn from: TMX files, and folders of chapters with their English beside them."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from sync.bitext.sources import load_memory, read_chapters, read_tmx
from sync.errors import InputError
from sync.state import ChapterState, Machine, dump_state

SHARED = Path(__file__).parents[3] / "shared" / "data" / "pairs"

TMX = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header segtype="sentence"/><body>
<tu><prop type="x-chapter">chapter_tea/black.md</prop>
  <tuv xml:lang="en-US"><seg>Tea is
     hot.</seg></tuv><tuv xml:lang="zh-CN"><seg>茶是热的。</seg></tuv></tu>
<tu><tuv lang="EN"><seg>Call <ph x="1">`pour`</ph>.</seg></tuv>
  <tuv lang="zh"><seg>调用<ph>`pour`</ph>。</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Milk.</seg></tuv><tuv xml:lang="tr"><seg>Süt.</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Water.</seg></tuv><tuv xml:lang="zh-TW"><seg>水。</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Empty.</seg></tuv><tuv xml:lang="zh"><seg> </seg></tuv></tu>
<tu><tuv xml:lang="en"/><tuv xml:lang="zh"><seg>孤儿。</seg></tuv></tu>
<tu><tuv xml:lang="en"><seg>Salt.</seg></tuv><tuv xml:lang="pl"><seg>Sól.</seg></tuv>
  <tuv xml:lang="cs"><seg>Sůl.</seg></tuv></tu>
</body></tmx>
"""

LANGUAGES = {
    "zh": [("Tea is hot.", "茶是热的。"), ("Call `pour`.", "调用`pour`。")],
    "zh-CN": [("Tea is hot.", "茶是热的。"), ("Call `pour`.", "调用`pour`。")],
    "zh-TW": [("Water.", "水。")],
    "tr": [("Milk.", "Süt.")],
    "cs": [("Salt.", "Sůl.")],
    "fr": [],
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_tmx_file_gives_the_pairs_of_a_language(lang: str, tmp_path: Path) -> None:
    path = tmp_path / "memory.TMX"
    path.write_text(TMX, "utf-8")
    found = load_memory([path], lang).pairs
    assert [(pair.source, pair.target) for pair in found] == LANGUAGES[lang]


def test_a_tmx_file_says_which_chapter_a_pair_comes_from(tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    path.write_text(TMX, "utf-8")
    assert [pair.chapter for pair in read_tmx(path, "zh")] == ["chapter_tea/black.md", ""]
    assert len(load_memory([path], "zh").without(["tea"]).pairs) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_tmx_file_may_be_written_by_any_program(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    path.write_bytes(TMX.replace("UTF-8", encoding).encode(encoding))
    assert len(list(read_tmx(path, "zh"))) == 2


BOMB = '<!DOCTYPE tmx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><tmx><body><tu>&b;</tu></body></tmx>'

BAD_TMX = {
    "entities": (BOMB.encode(), "declares XML entities"),
    "entities in another encoding": (codecs.BOM_UTF16_LE + BOMB.encode("utf-16-le"), "declares XML entities"),
    "no XML": (b"source,target", "not a well-formed TMX file"),
    "cut off": (TMX.encode()[:400], "not a well-formed TMX file"),
    "no UTF-8": (TMX.encode("gb18030"), "not utf-8 at byte"),
    "empty": (b"", "not a well-formed TMX file"),
}


@pytest.mark.parametrize(("data", "message"), BAD_TMX.values(), ids=BAD_TMX)
def test_a_bad_tmx_file_is_refused_with_its_name(data: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "memory.tmx"
    path.write_bytes(data)
    with pytest.raises(InputError, match=message) as caught:
        load_memory([path], "zh")
    assert str(path) in str(caught.value)


def write(folder: Path, **files: str) -> Path:
    """A folder with some files; ``__`` in a name stands for the slash of a path, ``_dot_`` for a dot."""
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def test_a_folder_gives_the_chapters_that_have_their_english_beside_them(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        chapter_tea__black_dot_md="茶是热的。\n",
        chapter_tea__black_origin_dot_md="Tea is hot.\n",
        chapter_tea__green_dot_md="绿茶是苦的。\n",
        chapter_tea__green_dot_en_dot_md="Green tea is bitter.\n",
        chapter_tea__green_dot_en_best_dot_md="Green tea is very bitter.\n",
        chapter_tea__white_dot_md="没有英文。\n",
        _dot_git__old_dot_md="旧的。\n",
        _dot_git__old_origin_dot_md="Old.\n",
    )
    steps: list[str] = []
    found = load_memory([folder], "zh", advance=steps.append).pairs
    assert [(pair.source, pair.target, pair.chapter) for pair in found] == [
        ("Tea is hot.", "茶是热的。", "chapter_tea/black.md"),
        ("Green tea is bitter.", "绿茶是苦的。", "chapter_tea/green.md"),
    ]
    assert steps == ["chapter_tea/black.md", "chapter_tea/green.md"]


FOLDERS = {
    "its own folder": ("zh", "茶是热的。"),
    "the folder of its language": ("zh-CN", "茶是热的。"),
    "the folder of another variety": ("zh-TW", "茶是熱的。"),
    "another language": ("tr", "Çay sıcaktır."),
    "a language nothing is known of": ("cs", "Čaj je horký."),
}


def many(folder: Path) -> Path:
    return write(
        folder,
        zh__tea__black_dot_md="茶是热的。\n",
        zh__tea__black_dot_en_dot_md="Tea is hot.\n",
        zh_TW__tea__black_dot_md="茶是熱的。\n",
        zh_TW__tea__black_dot_en_dot_md="Tea is hot.\n",
        tr__tea__black_dot_md="Çay sıcaktır.\n",
        tr__tea__black_dot_en_dot_md="Tea is hot.\n",
        cs__tea__black_dot_md="Čaj je horký.\n",
        cs__tea__black_dot_en_dot_md="Tea is hot.\n",
    )


@pytest.mark.parametrize(("lang", "target"), FOLDERS.values(), ids=FOLDERS)
def test_of_several_languages_the_right_one_is_read(lang: str, target: str, tmp_path: Path) -> None:
    assert [pair.target for pair in load_memory([many(tmp_path)], lang).pairs] == [target]


def test_other_languages_are_not_taken_for_the_one_asked_for(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing for pt"):
        load_memory([many(tmp_path)], "pt")


def test_several_sources_are_one_memory(tmp_path: Path) -> None:
    (tmp_path / "memory.tmx").write_text(TMX, "utf-8")
    folder = write(tmp_path / "fork", tea__black_dot_md="茶。\n", tea__black_origin_dot_md="Tea.\n")
    assert len(load_memory([tmp_path / "memory.tmx", folder], "zh").pairs) == 3
    assert load_memory([], "zh").pairs == ()


BAD_PATHS = {
    "nothing there": ("missing", "there is no such file or folder"),
    "a file of another sort": ("memory.csv", "neither a TMX file"),
}


@pytest.mark.parametrize(("name", "message"), BAD_PATHS.values(), ids=BAD_PATHS)
def test_a_source_that_is_none_is_refused(name: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "memory.csv").write_text("a,b")
    with pytest.raises(InputError, match=message):
        load_memory([tmp_path / name], "zh")


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data is not here")
@pytest.mark.parametrize(("lang", "least"), [("pt", 500), ("tr", 1_500)])
def test_real_chapters_give_most_of_their_sentences(lang: str, least: int) -> None:
    pairs = load_memory([SHARED], lang).pairs
    assert len(pairs) >= least
    assert not any(".en_best" in pair.chapter for pair in pairs)


def test_chapters_of_two_folders_are_matched_by_path(tmp_path: Path) -> None:
    source = write(
        tmp_path / "en", tea__black_dot_md="Tea.\n", tea__green_dot_md="Green.\n", README_dot_md="English.\n"
    )
    target = write(tmp_path / "zh", tea__black_dot_md="茶。\n", tea__white_dot_md="白茶。\n", README_dot_md="中文。\n")
    seen: list[str] = []
    (found,) = read_chapters(source, target, advance=seen.append)
    assert (found.path, found.english, found.translation) == ("tea/black.md", "Tea.\n", "茶。\n")
    assert seen == ["tea/black.md"]


def test_of_several_english_texts_the_one_that_fits_is_read(tmp_path: Path) -> None:
    source = write(tmp_path / "en", tea_dot_md="Tea is $a$ or $d$.\n")
    target = write(
        tmp_path / "zh",
        tea_dot_md="茶是$a$、$b$或$c$。\n",
        tea_origin_dot_md="Tea is $a$.\n",
        tea_dot_en_dot_md="Tea is $a$, $b$ or $c$.\n",
    )
    assert read_chapters(source, target)[0].english == "Tea is $a$, $b$ or $c$.\n"
    assert read_chapters(target, target)[0].english == "Tea is $a$, $b$ or $c$.\n"


def test_a_chapter_comes_with_what_the_fork_remembers_of_it(tmp_path: Path) -> None:
    folder = write(tmp_path, tea_dot_md="茶。\n", tea_origin_dot_md="Tea.\n")
    state = ChapterState(machine=(Machine(source="Tea.", target="茶。", origin="machine"),))
    write(folder / ".amts" / "state", tea_dot_json=dump_state(state))
    assert read_chapters(folder, folder)[0].state == state


def test_links_are_not_followed_out_of_the_folder(tmp_path: Path) -> None:
    secret = write(tmp_path / "home", secret_dot_md="Secret.\n") / "secret.md"
    folder = write(tmp_path / "zh", tea_dot_md="茶。\n", tea_origin_dot_md="Tea.\n", milk_dot_md="奶。\n")
    (folder / "milk_origin.md").symlink_to(secret)
    assert [chapter.path for chapter in read_chapters(folder, folder)] == ["tea.md"]


def test_folders_without_a_common_chapter_are_refused(tmp_path: Path) -> None:
    source, target = write(tmp_path / "en", a_dot_md="A.\n"), write(tmp_path / "zh", b_dot_md="B。\n")
    with pytest.raises(InputError, match="no chapter in it has its English"):
        read_chapters(source, target)
    with pytest.raises(InputError, match="none: there is no such folder"):
        read_chapters(source, tmp_path / "none")
