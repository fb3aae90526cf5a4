"""Sentences that left one passage and came to another take their translation along."""

from __future__ import annotations

import pytest

from tests.support.chapters import remarks, update

LONG = "Lids keep the steam inside for {} minutes in all."
LARGO = "Las tapas guardan el vapor dentro durante {} minutos en total."
CUPS, TAZAS = "Cups come in many colours.", "Las tazas son de muchos colores."
POTS, OLLAS = "A pot holds $x$ cups of water for us.", "Una olla guarda $x$ tazas de agua para nosotros."


def chapter(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs) + "\n"


OLD, TARGET = chapter(f"{POTS} {LONG.format(5)}", CUPS), chapter(f"{OLLAS} {LARGO.format(5)}", TAZAS)


@pytest.mark.parametrize(
    ("new", "expected", "told"),
    [
        pytest.param(
            chapter(POTS, f"{CUPS} {LONG.format(5)}"),
            chapter(OLLAS, f"{TAZAS} {LARGO.format(5)}"),
            "carried moved: " + CUPS,
            id="as it was",
        ),
        pytest.param(
            chapter(POTS, f"{CUPS} {LONG.format(6)}"),
            chapter(OLLAS, f"{TAZAS} {LARGO.format(6)}"),
            "carried edited: " + LONG.format(6),
            id="with a number edited",
        ),
        pytest.param(
            chapter(POTS, f"{CUPS} {LONG.format(5).replace('steam', 'hot steam')}"),
            chapter(OLLAS, f"{TAZAS} {LARGO.format(5)}"),
            "pending edited: " + LONG.format(5).replace("steam", "hot steam"),
            id="with a word that waits",
        ),
        pytest.param(
            chapter(POTS, CUPS, f"* {LONG.format(5)}"),
            chapter(OLLAS, TAZAS, f"* {LARGO.format(5)}"),
            "carried moved: " + LONG.format(5),
            id="into an item of its own",
        ),
    ],
)
def test_a_sentence_moves(new: str, expected: str, told: str) -> None:
    result = update(OLD, new, TARGET, "es")
    assert result.text == expected
    assert told in remarks(result).splitlines()


def test_a_short_sentence_is_not_known_again() -> None:
    result = update(
        chapter(f"{POTS} Wait!", CUPS), chapter(POTS, f"{CUPS} Wait!"), chapter(f"{OLLAS} ¡Espera!", TAZAS), "es"
    )
    assert "¡Espera!" not in result.text
    assert remarks(result).splitlines() == ["carried removed: Wait!", "pending added: Wait!"]
