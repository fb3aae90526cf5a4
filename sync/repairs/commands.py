r"""``\ frac``: a command of TeX with a space behind its backslash."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from alignment.markdown import spans
from alignment.model import Kind, Mark
from alignment.tokens import formula
from sync.repairs.model import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sync.repairs.model import Place

NAME: Final = "torn-command"
TORN: Final = re.compile(r"\\[ \t]+(?=[A-Za-z]{2})")


def find(place: Place) -> Iterator[Edit]:
    """Formulas that are the English one when their commands are whole again."""
    english = {formula(text.strip("$")) for _, _, text in _formulas(place.source, place)}
    english |= {formula(one.text.replace("$", "")) for one in place.english if one.kind is Kind.MATH}
    for start, end, text in _formulas(place.block.text, place):
        whole = TORN.sub(r"\\", text)
        if whole != text and formula(whole.replace("$", "")) in english:
            yield Edit(start=start, end=end, text=whole, message="commands of a formula torn apart")


def _formulas(text: str, place: Place) -> Iterator[tuple[int, int, str]]:
    if place.block.kind is Kind.MATH and text == place.block.text:
        yield 0, len(text), text
        return
    for start, end, placeholder in spans(text, place.profile):
        if placeholder.mark is Mark.MATH:
            yield start, end, text[start:end]
