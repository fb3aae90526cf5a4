from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sync.merge.cell.code import adopt_code, comments_differ, merge_code
from sync.merge.cell.fill import fill
from sync.merge.cell.model import CellMerge, Form
from sync.merge.cell.syntax import Shape, code_of_cell, parse
from tests.support.cell_cases import CellCase, read_cases, remarks

EVENTS = Path(__file__).parents[3] / "shared" / "data" / "events"


def merge(old: str, new: str, target: str) -> CellMerge:
    return merge_code(old, new, target, translates_comments=True)


@pytest.mark.parametrize("case", read_cases("comments", "strings", "adapted"), ids=str)
def test_a_golden_cell_becomes_what_it_should(case: CellCase) -> None:
    merged = merge(case.old, case.new, case.target)
    assert (merged.text, remarks(merged)) == (case.result, case.remarks)


# Cells that hypothesis makes: a few statements, comments, strings, brackets over lines, and what is no Python at all.

LINES = (
    "x = 1",
    "net = nn.Sequential(nn.Flatten(), nn.Linear(4, 2))",
    "y = net(x)  # Forward once",
    "# Set up the things that we need",
    "# Look at the result\n# from all sides",
    "def f(x):  #@save\n    return x + 1",
    'class Net:\n    """A net of some kind."""\n    size = 3',
    "for batch in data:\n    loss = f(batch)\n    # Step back\n    step(loss)",
    "draw(x, y, xlabel='time of day',\n     legend=['train loss'])",
    "print(f'loss {x:.3f}, time {y}')",
    "%matplotlib inline",
    "!pip install tea  # it's here",
    "text = '''never closed",
    "broken = (1, [2",
    "",
    "    ",
    "x = 1  ",
    "s = 'one' \\\n    'two'",
)
bodies = st.lists(st.sampled_from(LINES), min_size=1, max_size=7)
fences = st.sampled_from(["```{.python .input}\n#@tab all", "```python", "```sql", "```"])
texts = st.text(alphabet=st.sampled_from("ab #'\"\\\n()[]{}%!@`=.,译é\t\r "), max_size=60)


def cell(fence: str, body: list[str]) -> str:
    return "\n".join([fence, *body, "```"])


@st.composite
def cells(draw: st.DrawFn) -> str:
    return cell(draw(fences), draw(bodies))


def translated(text: str) -> str:
    """A cell with its comments and docstrings in another language, and nothing else."""
    lines = []
    for unit in parse(text):
        if unit.shape is Shape.COMMENT:
            lines.append(f"{unit.indent}# 译{len(unit.text)}")
        else:
            lines.append(unit.text.replace("# Forward once", "# 前向一次").replace("A net of some kind", "某种网络"))
    return "\n".join(lines)


@given(st.one_of(cells(), texts))
def test_parsing_loses_nothing(text: str) -> None:
    assert "\n".join(unit.text for unit in parse(text)) == text


@given(cells(), st.one_of(cells(), texts))
def test_unchanged_english_leaves_the_translation_as_it_is(english: str, target: str) -> None:
    assert merge(english, english, target) == CellMerge(text=target)


@given(cells(), cells())
def test_a_cell_that_was_left_in_english_becomes_the_new_english(old: str, new: str) -> None:
    merged = merge(old, new, old)
    assert (merged.text, merged.conflicts) == (new, ())


@given(st.one_of(cells(), texts), st.one_of(cells(), texts), st.one_of(cells(), texts))
def test_any_three_texts_can_be_merged_and_the_result_is_stable(old: str, new: str, target: str) -> None:
    merged = merge(old, new, target)
    assert merge(new, new, merged.text).text == merged.text
    assert all(0 <= slot.start < slot.end <= len(merged.text) for slot in merged.slots)


@given(st.sampled_from(["```{.python .input}\n#@tab all", "```"]), bodies, bodies)
def test_a_cell_with_translated_comments_gets_the_code_of_the_new_english(
    fence: str, before: list[str], after: list[str]
) -> None:
    old, new = cell(fence, before), cell(fence, after)
    merged = merge(old, new, translated(old))
    assume(not merged.conflicts)
    assert code_of_cell(merged.text) == code_of_cell(new)


@given(fences, bodies, st.integers(0, 7), st.integers(0, 7), st.sampled_from(LINES))
def test_a_line_of_the_translations_own_stays_when_english_only_adds(
    fence: str, body: list[str], here: int, there: int, added: str
) -> None:
    assume("'''" not in "".join(body) + added)  # or the line may be part of a string
    own = "paddle.set_device('gpu')"
    new = cell(fence, [*body[:there], added, *body[there:]])
    target = cell(fence, [*body[:here], own, *body[here:]])
    assert own in merge(cell(fence, body), new, target).text


@given(cells(), cells(), st.lists(st.one_of(texts, st.just("Hasta luego"), st.just("量" * 90)), max_size=8))
def test_no_draft_changes_what_a_cell_does(old: str, new: str, words: list[str]) -> None:
    merged = merge(old, new, translated(old))
    drafts = dict(list(enumerate(words))[: len(merged.slots)])
    filled, refused = fill(merged, drafts)
    assert code_of_cell(filled.text) == code_of_cell(merged.text)
    assert set(refused) <= set(drafts)
    assert len(filled.slots) == len(merged.slots)


@given(cells(), st.booleans())
def test_a_new_cell_is_taken_as_it_is(text: str, translates: bool) -> None:
    adopted = adopt_code(text, translates_comments=translates)
    assert adopted.text == text
    assert translates or not adopted.slots


NEW = """\
```python
def f(x):
    \"\"\"Say what f does.\"\"\"
    # Take the square of it
    return x**2  # Back
```"""


def test_slots_of_a_new_cell_are_its_words() -> None:
    adopted = adopt_code(NEW, translates_comments=True)
    assert [(slot.context, slot.source) for slot in adopted.slots] == [
        ("string", "Say what f does."),
        ("comment", "Take the square of it"),
        ("comment", "Back"),
    ]
    assert [adopted.text[slot.start : slot.end] for slot in adopted.slots] == [
        "Say what f does.",
        "# Take the square of it",
        "# Back",
    ]


def test_drafts_are_laid_out_as_what_they_replace() -> None:
    adopted = adopt_code(NEW, translates_comments=True)
    long = "Toma el cuadrado de lo que sea que nos hayan dado, que casi siempre es un número bastante pequeño"
    filled, refused = fill(adopted, {0: 'Dice lo que hace "f"', 1: long, 2: "Vuelta\natrás"})
    assert refused == ()
    assert filled.text.split("\n") == [
        "```python",
        "def f(x):",
        '    """Dice lo que hace "f\\""""',
        "    # Toma el cuadrado de lo que sea que nos hayan dado, que casi siempre es un",
        "    # número bastante pequeño",
        "    return x**2  # Vuelta atrás",
        "```",
    ]
    assert [filled.text[slot.start : slot.end] for slot in filled.slots][2] == "# Vuelta atrás"


def test_a_draft_without_spaces_is_wrapped_between_its_characters() -> None:
    filled, _ = fill(adopt_code(NEW, translates_comments=True), {1: "把我们得到的数字取平方，" * 5})
    assert all(len(line) < 60 for line in filled.text.split("\n"))
    assert "".join(filled.text.split("\n")[3:5]).count("平方") == 5


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param("   ", id="empty"),
        pytest.param("hora {minuto}", id="a-field-that-english-does-not-have"),
        pytest.param("hora", id="without-the-field"),
        pytest.param("hora {t} \\", id="a-backslash-before-the-quote"),
    ],
)
def test_a_draft_that_would_break_a_string_is_refused(draft: str) -> None:
    old = "```python\nprint(f'the time {t}')\n```"
    merged = merge(old, old.replace("the time", "the time is"), old.replace("the time", "la hora"))
    assert [slot.form for slot in merged.slots] == [Form.LITERAL]
    assert fill(merged, {0: draft}) == (merged, (0,))


def test_an_apostrophe_in_a_draft_is_escaped() -> None:
    old = "```python\nprint(f'the time {t}')\n```"
    merged = merge(old, old.replace("the time", "the time is"), old.replace("the time", "la hora"))
    assert fill(merged, {0: "l'hora {t}"})[0].text == "```python\nprint(f'l\\'hora {t}')\n```"


def test_a_fork_that_leaves_comments_in_english_has_no_slots() -> None:
    old = "```python\nx = 1\n```"
    new = "```python\n# Set it up\nx = 1\n```"
    assert merge_code(old, new, old, translates_comments=False) == CellMerge(text=new)


def test_line_ends_and_indentation_are_those_of_the_translation() -> None:
    old, new = "```python\n# One\nx = 1\n\ny = 1\n```", "```python\n# One\nx = 2\n\n# Two\ny = 1\n```"
    target = "  ```python\r\n  # 一\r\n  x = 1\r\n\r\n  y = 1\r\n  ```"
    merged = merge(old, new, target)
    assert merged.text == "  ```python\r\n  # 一\r\n  x = 2\r\n\r\n  # Two\r\n  y = 1\r\n  ```"
    assert [merged.text[slot.start : slot.end] for slot in merged.slots] == ["# Two"]


def test_a_merge_that_would_not_be_python_any_more_is_not_made() -> None:
    old = "```python\nif a:\n    b()\nc()\n```"
    target = "```python\nif a:\n    b()\n    d()\nc()\n```"
    merged = merge(old, "```python\nc()\n```", target)
    assert merged.text == target
    assert "left as it was" in merged.conflicts[-1]


@pytest.mark.parametrize(
    ("target", "differ"),
    [
        pytest.param("# 加起来\nx = a + b", True, id="comment"),
        pytest.param("# Suma las dos\n# cosas\nx = a + b", True, id="comment-in-the-same-script"),
        pytest.param("# Add them all up\nx = a + b", False, id="other-english"),
        pytest.param("# 加起来\nx = a - b", False, id="other-code"),
        pytest.param("# Add them up\nx = a + b", False, id="the-same"),
    ],
)
def test_translated_comments_are_told_from_other_changes(target: str, differ: bool) -> None:
    old = "```python\n# Add them up\nx = a + b\n```"
    assert comments_differ(old, f"```python\n{target}\n```") is differ


@pytest.mark.skipif(not EVENTS.is_dir(), reason="needs the recorded events beside the project")
def test_every_recorded_cell_is_parsed_without_loss() -> None:
    for path in sorted(EVENTS.glob("*/*.md"))[:80]:
        text = path.read_bytes().decode().replace("\r\n", "\n")
        for block in text.split("\n```{")[1:]:
            recorded = "```{" + block.split("\n```\n")[0] + "\n```"
            assert "\n".join(unit.text for unit in parse(recorded)) == recorded
