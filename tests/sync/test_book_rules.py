"""What a chapter defines for the rest of its book, what it uses of it, and what does not resolve after an update."""

from __future__ import annotations

import pytest

from sync.checks.book import BookText, unresolved_after
from sync.checks.book.facts import Thing, read_book_facts, read_facts


def cell(code: str) -> str:
    return f"```{{.python .input}}\n{code}\n```\n"


def defined(text: str, rule: str = "names") -> set[str]:
    return {thing.key for thing in read_facts(text).defines if thing.rule == rule}


def used(text: str, rule: str = "names") -> set[str]:
    return {thing.key for thing in read_facts(text).uses if thing.rule == rule}


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("def pour(tea):  #@save\n    cup = tea\n\ndef boil():\n    pass", {"pour"}),
        ("#@save\ndef pour(tea):\n    return tea\n\ndef boil():\n    pass", {"pour"}),
        ("class Pot:  # @save\n    def lid(self):\n        self.on = True", {"Pot"}),
        ("#@save\nsize = lambda a: a\nones, zeros = 1, 0\nlimit: int = 3", {"size", "ones", "zeros", "limit"}),
        ("#@save\nD2L['tea'] = (URL, '1x')", set()),
        ("#@save\nimport os\nfrom cups import pot as kettle, lid\nimport a.b", {"os", "kettle", "lid", "a"}),
        ("#@save\nfrom cups import (pot,\n    lid)", {"pot", "lid"}),
        ("@d2l.add_to_class(Pot)  #@save\ndef fill(self):\n    pass", set()),
        ("#@save\n@cache\ndef pour():\n    pass", {"pour"}),
        ("%%tab all\nif tab.selected('mxnet'):\n    def pour(): #@save\n        pass", {"pour"}),
        ("def pour():\n    pass", set()),
        ("#@save\nasync def pour():\n    '''x = 1'''", {"pour"}),
    ],
)
def test_names_come_from_what_d2lbook_saves_of_a_cell(code: str, names: set[str]) -> None:
    assert defined(cell(code)) == names


def test_only_cells_that_run_define_and_call() -> None:
    shown = "```python\ndef pour():  #@save\n    d2l.boil()\n```\n"
    assert not defined(shown)
    assert not used(shown + "We call `d2l.boil()` here, see d2l.ai.\n")


def test_calls_are_found_in_code_and_not_in_its_strings_and_comments() -> None:
    text = cell("d2l.pour(d2l.Pot.lid)  # d2l.no\nurl = 'd2l.neither'\n'''\nd2l.nor\n'''\nx.d2l.plot()")
    assert used(text) == {"pour", "Pot", "plot"}


@pytest.mark.parametrize("mark", ["#@tab mxnet, pytorch", "%%tab mxnet, pytorch", "# @tab mxnet,pytorch"])
def test_a_cell_speaks_for_its_tabs(mark: str) -> None:
    facts = read_facts(cell(f"{mark}\n#@save\ndef pour():\n    d2l.boil()"))
    assert facts.defines == {Thing("names", "pour", "mxnet"), Thing("names", "pour", "pytorch")}
    assert set(facts.uses) == {Thing("names", "boil", "mxnet"), Thing("names", "boil", "pytorch")}


def test_a_cell_without_a_tab_is_for_the_first_one_of_the_book() -> None:
    book = BookText(chapters={"a.md": cell("d2l.pour()")}, others={"config.ini": "[build]\ntabs = mxnet, pytorch\n"})
    assert set(read_book_facts(book)["a.md"].uses) == {Thing("names", "pour", "mxnet")}
    assert set(read_facts(cell("d2l.pour()")).uses) == {Thing("names", "pour", "all")}


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("# Pots\n:label:`sec_pots`\n", {"sec_pots"}),
        ("$$x$$ :eqlabel:`eq_x`\n", {"eq_x"}),
        (":label:`Forgotten\n", {"forgotten"}),
        ("(sec-pots)=\n# Pots\n", {"sec-pots"}),
        ("```{figure} pot.png\n:name: fig-pot\nA pot\n```\n", {"fig-pot"}),
        ("```{math}\n:label: eq-x\nx\n```\n", {"eq-x"}),
        ("$$\nx\n$$ (eq-x)\n", {"eq-x"}),
        ("```\n:label:`shown`\n```\n<!-- :label:`hidden` -->\n", set()),
    ],
)
def test_labels_are_set_by_the_directives_of_each_dialect(text: str, labels: set[str]) -> None:
    assert defined(text, "labels") == labels


def test_references_and_citations_are_read_in_each_dialect() -> None:
    text = "See :numref:`sec_A`, :eqref:`eq_b`, :ref:`c`, {ref}`words <d>`, {eq}`e`; :cite:`X.1, Y.2`, {cite:t}`Z.3`.\n"
    assert used(text, "labels") == {"sec_a", "eq_b", "c", "d", "e"}
    assert used(text, "citations") == {"x.1", "y.2", "z.3"}


def test_what_waits_in_a_comment_is_neither_used_nor_defined_yet() -> None:
    facts = read_facts("Text.\n\n<!-- amts:pending 0123456789abcdef\n## New :numref:`a`\n:label:`b`\n-->\n")
    assert not facts.uses
    assert not facts.defines
    assert facts.waiting == {Thing("labels", "b")}


def test_a_use_is_known_by_its_first_line() -> None:
    facts = read_facts(
        "# A\n\n```\ntext\n```\n\nSee :numref:`a`.\n\n" + cell("pass\nd2l.pour()") + "And :numref:`a`.\n"
    )
    assert facts.uses == {Thing("labels", "a"): 7, Thing("names", "pour"): 11}


def test_what_resolved_before_and_does_not_after_is_said() -> None:
    before = {"a.md": "# A\n:label:`sec_a`\n", "b.md": "B.\n\nSee :numref:`sec_a` and :numref:`sec_z`.\n"}
    [found] = unresolved_after(BookText(chapters=before), BookText(chapters=before | {"a.md": "# A\n"}))
    assert (found.path, found.line, found.rule) == ("b.md", 3, "labels")
    assert "`sec_a`" in found.message


def test_what_is_new_and_does_not_resolve_is_said_and_what_never_did_is_not() -> None:
    before = BookText(chapters={"a.md": cell("d2l.never()")})
    found = unresolved_after(before, BookText(chapters={"a.md": cell("d2l.never()\nd2l.pour()")}))
    assert [use.message for use in found] == ["would call `d2l.pour`, which the book does not have"]
    assert not unresolved_after(before, BookText(chapters={"a.md": cell("#@tab jax\nd2l.pour()")}))


def test_the_library_has_what_no_chapter_saves() -> None:
    library = {"d2l/torch.py": "def pour():\n    pass\n\nreshape = torch.reshape\n", "d2l.bib": "@article{A.1,\n}\n"}
    text = cell("d2l.pour()\nd2l.reshape()") + ":cite:`A.1`\n"
    before = BookText(chapters={"a.md": cell("#@save\ndef pour():\n    pass"), "b.md": text}, others=library)
    after = BookText(chapters={"a.md": "", "b.md": text}, others=library)
    assert [use.message for use in unresolved_after(before, after)] == [
        "would call `d2l.pour`, which the book does not have"
    ]


@pytest.mark.parametrize(
    "text",
    ["```{.python .input}\nd2l.", "<!-- amts:pending", ":numref:`", "$$ (", "~~~{.input}\r\n#@save\r\ndef (", "\x00"],
)
def test_any_text_is_read(text: str) -> None:
    read_facts(text)
