"""A comment gives commands only where its author wrote them as text, and all of them or none."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.commands import SPECS
from bot.commands.grammar import ARGUMENTS, COMMANDS, COMMENT, LINE, parse
from bot.commands.model import Command, CommandError, CommandSpec, Option, help_text, refusal

ANYTHING = tuple(
    CommandSpec(verb=verb, summary="", options=(Option(name="force", summary=""),), most=99)
    for verb in ("help", "keep")
)


def lines(comment: str) -> list[str]:
    return [command.line for command in parse(comment, ANYTHING)]


def problem(comment: str) -> CommandError:
    with pytest.raises(CommandError) as caught:
        parse(comment)
    return caught.value


def answer(comment: str) -> str:
    """What is said if the comment cannot be carried out."""
    try:
        parse(comment)
    except CommandError as error:
        return refusal(error, SPECS)
    return ""


def test_a_comment_without_a_command_gives_none() -> None:
    assert parse("") == ()
    assert parse("Thank you! I like /amts help, and /amtsx, and amts.") == ()


def test_commands_are_lines_among_others_and_keep_their_order() -> None:
    comment = "This is stale.\r\n/amts refresh\r\n\r\nAnd then:\r\n/amts status  \r\nThanks"
    assert [command.verb for command in parse(comment)] == ["refresh", "status"]


def test_options_paths_and_quoted_words_are_told_apart() -> None:
    (command,) = parse('/amts Retranslate a/*b*_c_.md "two words.md" --segment=3f --segment="4 g" --all')
    assert command == Command(
        verb="retranslate",
        options=(("segment", "3f"), ("segment", "4 g"), ("all", "")),
        arguments=("a/*b*_c_.md", "two words.md"),
        line='/amts Retranslate a/*b*_c_.md "two words.md" --segment=3f --segment="4 g" --all',
    )
    assert command.values("segment") == ("3f", "4 g")
    assert command.has("all")
    assert not command.has("force")


def test_a_term_and_its_translation_may_have_spaces() -> None:
    (command,) = parse('/amts glossary add "weight decay" = "权重 衰减"')
    assert command.arguments == ("add", "weight decay", "=", "权重 衰减")


@pytest.mark.parametrize(
    ("comment", "said", "nearest"),
    [
        ("/amts retrnslate a.md", "There is no command retrnslate", "/amts retranslate"),
        ("/amts merge", "There is no command merge", ""),
        ("/amts", "does not say what is to be done", ""),
        ("/amts recreate --frce", "recreate has no option --frce", "--force"),
        ("/amts recreate --force=yes", "--force takes no value", ""),
        ("/amts retranslate --segment", "--segment needs a value: --segment=ID", ""),
        ("/amts pause until Friday", "pause takes no arguments, and not 2", ""),
        ("/amts keep", "keep takes 1 to 20 arguments, and not 0", ""),
        ("/amts recreate -f", "-f is no option: options are written --name", ""),
        ("/amts recreate —force", "—force does not begin with a plain -", ""),
        ("/amts glossary add “decay” = “衰减”", "“decay” does not begin with a plain -", ""),
        ('/amts keep "a', "are not in pairs", ""),
        ('/amts keep "a"b', "are not in pairs", ""),
        ("/amts keep a\x1b[31m", "control characters", ""),
        ("/amts keep a\u202eb", "control characters", ""),
    ],
)
def test_a_mistake_is_named_with_the_nearest_that_there_is(comment: str, said: str, nearest: str) -> None:
    error = problem(comment)
    assert said in error.problem
    assert error.nearest == nearest
    assert error.line == comment


def test_one_mistake_stops_the_whole_comment() -> None:
    assert problem("/amts refresh\n/amts scroe\n/amts status").line == "/amts scroe"


def test_the_answer_to_a_mistake_has_help_and_nothing_live() -> None:
    said = refusal(problem("/amts pause @ada #1 <b> `x` https://x.y |"), SPECS)
    assert "@ada" not in said
    assert "<b>" not in said
    assert parse(said) == ()
    assert "`/amts retranslate" in refusal(problem("/amts retrnslate"), SPECS)
    assert "`/amts recreate [--force]`" in refusal(problem("/amts recreate --frce"), SPECS)
    assert "`/amts refresh`" not in refusal(problem("/amts recreate --frce"), SPECS)


def test_the_help_has_every_command_and_is_none_itself() -> None:
    text = help_text(SPECS)
    assert all(f"`{spec.line}`" in text for spec in SPECS)
    assert parse(text) == ()


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.verb)
def test_the_examples_of_the_help_are_commands(spec: CommandSpec) -> None:
    assert [command.verb for example in spec.examples for command in parse(example)] == [spec.verb] * len(spec.examples)


@pytest.mark.parametrize("text", ["<![x", "<details><![the</details>", "<div><![</div>", "a <![CDATA[ b", "<!x"])
def test_half_a_declaration_of_html_breaks_nothing(text: str) -> None:
    assert len(parse(f"{text}\n\n/amts help")) <= 1


def test_there_is_a_limit_to_everything() -> None:
    assert len(parse("/amts status\n" * COMMANDS)) == COMMANDS
    assert "10 commands, and this one has 11" in problem("/amts status\n" * (COMMANDS + 1)).problem
    assert parse("/amts keep" + " a" * ARGUMENTS)
    assert "20 arguments, and this one has 21" in problem("/amts retranslate --all" + " a" * ARGUMENTS).problem
    assert parse("/amts keep " + "a" * (LINE - 11))
    assert "500 characters" in problem("/amts keep " + "a" * (LINE - 10)).problem
    assert "10,000 characters" in problem("/amts status\n" + "a" * COMMENT).problem
    assert parse("a" * 10 * COMMENT) == ()


HIDDEN = {
    "fence": "```\n{}\n```",
    "longer fence": "````\n```\n{}\n```\n````",
    "tildes": "~~~ text\n{}\n~~~",
    "unclosed fence": "```\n\n{}",
    "indented code": "x\n\n    {}",
    "quote": "> {}",
    "lazy quote": "> x\n{}",
    "alert": "> [!NOTE]\n> {}",
    "list": "- {}",
    "lazy list": "1. x\n{}",
    "item after a gap": "- x\n\n  {}",
    "heading": "# {}",
    "underlined heading": "{}\n===",
    "second line of a heading": "x\n{}\n---",
    "table": "| {} |\n|---|\n| {} |",
    "table without edges": "{} | a\n---|---\n{} | b",
    "comment": "<!--\n{}\n-->",
    "unclosed comment": "<!--\n\n{}",
    "comment in text": "x <!-- y\n{}\n-->",
    "code in text": "x `y\n{}\nz` w",
    "code of two marks": "x ``y ` \n{}\n`` w",
    "block of HTML": "<div>\n{}\n</div>",
    "folded": "<details><summary>x</summary>\n\n{}\n\n</details>",
    "ended by another": '<details>\n\n</p><br title="</details>">\n\n{}',
    "script": "<script>\n\n{}\n\n</script>",
    "element in text": "x <sub>\n{}\n</sub>",
    "attribute": 'x <a title="\n{}\n">y</a>',
    "link": "[x\n{}\n](y)",
    "title of a link": "[x](y '\n{}\n')",
    "picture": "![x\n{}\n](y)",
    "definition": "[x]: y '\n{}\n'",
    "footnote": "x[^1]\n\n[^1]: y\n{}",
    "not in the first column": "x\n {}",
    "first line not in the first column": " {}",
    "behind a space of another kind": "\u00a0\n{}",
    "mid-line": "please {}",
    "other word": "x/{}",
}


@pytest.mark.parametrize("shape", HIDDEN.values(), ids=HIDDEN)
def test_what_is_not_plain_text_is_no_command(shape: str) -> None:
    assert parse(shape.replace("{}", "/amts help")) == ()


class Paragraphs(HTMLParser):
    """The lines of a rendered comment that are text of a paragraph, in nothing else than stress."""

    def __init__(self, comment: str) -> None:
        super().__init__()
        self._open: list[str] = []
        self.text = ""
        self.feed(MarkdownIt("commonmark").enable("table").render(comment))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "p":  # ends the one before it
            self.handle_endtag("p")
        if tag not in {"br", "hr", "img"}:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            del self._open[len(self._open) - 1 - self._open[::-1].index(tag) :]
        self.text += "\n"

    def handle_data(self, data: str) -> None:
        if [tag for tag in self._open if tag not in {"em", "strong"}] == ["p"]:
            self.text += data
        else:
            self.text += "\ufffc" * len(data)


# fmt: off
PIECES = [
    "/amts help", "/amts keep a", "/amts help *a*", "/amts keep `a", "`", " ``", "```", "~~~", "> ", "- ", "1. ", "# ",
    "===", "---", "    ", "<!--", "-->", "<div>", "</div>", "<details>", "</details>", "x <b>", "</b>", "<p>", "<br>",
    "[", "](y)", "[x]: y", "'", '"', "*", "**", "\\", "&lt;", "x", "\t", "\u00a0",
]
# fmt: on


@settings(deadline=None, max_examples=400)
@given(st.lists(st.sampled_from(["\n", "\n", "\n", "\n\n", " ", *PIECES]), max_size=25).map("".join))
@example("x\n/amts help")
@example("/amts keep a<p>\n\n/amts help")
def test_every_command_is_text_of_a_paragraph_to_whoever_reads_the_page(comment: str) -> None:
    try:
        found = lines(comment)
    except CommandError:
        return
    shown = Paragraphs(comment).text.replace("\ufffc", "")
    for line in found:
        assert re.search(rf"^{re.escape(' '.join(line.split()[:2]))}", shown, re.MULTILINE)


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet='/amtshelp keep-=" “—\n\r\t`>*_<!-[]()|#\x00\u2028\u00a0猫', max_size=200))
def test_no_text_does_more_than_be_refused(text: str) -> None:
    for comment in (text, f"/amts keep {text}", f"{text}\n/amts help"):
        assert parse(answer(comment)) == ()


@pytest.mark.parametrize(
    "unit",
    ["`", "` ``", "*a ", "**a _b ", "[", "[a](", "![", "<", "<a ", "<!--", "<b>", "> ", "- ", "\\", "&", "|a", "[^a]: ",
     "/amts keep a ", "/amts \n", '"', "--a ", "/amts help\n\n", "\n", "*_", "[]: ", "<?", "a@"],
)  # fmt: skip
def test_no_comment_takes_long(unit: str) -> None:
    began = time.process_time()
    for comment in (unit * (COMMENT // len(unit)), f"/amts help\n\n{unit * ((COMMENT - 20) // len(unit))}"):
        answer(comment)
    assert time.process_time() - began < 2
