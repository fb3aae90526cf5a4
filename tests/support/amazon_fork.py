"""A small fork and an emulated account, for the real command line. Both live by one clock; nothing else is replaced."""

from __future__ import annotations

import codecs
import io
import os
import threading
import time
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unittest import mock

from bot.cli.main import main
from tests.support.repositories import make_repository
from tests.support.translate_emulator.content.translator import Translated, Translator

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from tests.support.translate_emulator import Emulator

LANG = "pt"
STARS = """\
# Counting Stars
:label:`sec_stars`

A clear night shows about three thousand stars. Most of them have no name.

We keep what we counted in `counts`, one number for each hour.
"""
STARS_NEW = """
The glow of a town hides *nearly all* faint ones, as :numref:`fig_glow` makes plain. Nobody who lives there has
ever looked at the band that crosses the sky, and few of them miss it & its name.

Let $m$ be how bright a star seems and $d$ how far away it stands. Then `magnitude(m, d)` tells how bright it really is,
see [the almanac](https://almanac.example.org/bright).
"""
STARS_PT = """\
# Contar Estrelas
:label:`sec_stars`

Uma noite clara mostra cerca de três mil estrelas. A maioria delas não tem nome.

Guardamos o que contamos em `counts`, um número para cada hora.
"""
TIDES = """\
# Tides

The sea rises twice a day. Boats leave when the water is high.
"""
TIDES_NEW = """
Old harbours kept **a gauge** with `marks` cut into stone. Whoever read it at noon wrote $h$ into a book.
"""
TIDES_PT = """\
# Marés

O mar sobe duas vezes por dia. Os barcos partem quando a água está alta.
"""
MAPS = "# Maps\n\nA map leaves things out. That is its use.\n"
MAPS_PT = "# Mapas\n\nUm mapa deixa coisas de fora. É para isso que serve.\n"
GLOSSARY = "| English | Português |\n|---|---|\n| gauge | marégrafo |\n| harbour | porto |\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fork:
    """A fork of a small book, and the English that it has to follow."""

    source: Path
    target: Path

    @property
    def arguments(self) -> tuple[str, ...]:
        """Those that lead to it."""
        return "--source", str(self.source), "--target", str(self.target), "--lang", LANG


def make_fork(folder: Path, *, glossary: bool = False) -> Fork:
    """Two chapters have new paragraphs, one is as it was."""
    before = {"c/stars.md": STARS, "c/tides.md": TIDES, "c/maps.md": MAPS}
    after = {"c/stars.md": STARS + STARS_NEW, "c/tides.md": TIDES + TIDES_NEW}
    there = {"c/stars.md": STARS_PT, "c/tides.md": TIDES_PT, "c/maps.md": MAPS_PT}
    english = {f"{path.removesuffix('.md')}_origin.md": text for path, text in before.items()}
    terms = {"terminology.md": GLOSSARY} if glossary else {}
    return Fork(
        source=make_repository(folder / "english", before, after),
        target=make_repository(folder / "fork", {**there, **english, **terms}),
    )


class Turned(Translator):
    """Translates into a language that nobody speaks: with its letters turned by thirteen. Fast, and always the same."""

    def translate(
        self,
        text: str,
        languages: tuple[str, str],
        *,
        examples: Sequence[tuple[str, str]] = (),
        terms: Sequence[tuple[str, str]] = (),
        settings: Mapping[str, str] | None = None,
    ) -> Translated:
        return Translated(codecs.encode(text, "rot13"), ())


@dataclass(frozen=True, slots=True)
class Said:
    """How a command ended, and what it wrote."""

    code: int
    out: str
    err: str


def amts(emulator: Emulator, *arguments: str | Path, env: Mapping[str, str] | None = None) -> Said:
    """Runs ``amts`` in this process. Where it sleeps, the emulator's clock moves on, and that is its time.

    Of the environment it sees the path of programs, the account, and ``env``; an empty value takes a variable away.
    """
    given = {"PATH": os.environ["PATH"], "HOME": os.devnull, **emulator.environment(), **(env or {})}
    out, err = io.StringIO(), io.StringIO()
    known = {name: value for name, value in given.items() if value}
    with mock.patch.dict(os.environ, known, clear=True), clock_of(emulator), redirect_stdout(out), redirect_stderr(err):
        code = main([str(argument) for argument in arguments])
    return Said(code, out.getvalue(), err.getvalue())


@contextmanager
def clock_of(emulator: Emulator) -> Iterator[None]:
    """This thread lives by the emulator's clock; the others, like those of the emulator itself, by the real one."""
    real_sleep, real_time, mine = time.sleep, time.time, threading.get_ident()

    def sleep(seconds: float) -> None:
        if threading.get_ident() == mine:
            emulator.advance(seconds)
        else:
            real_sleep(seconds)

    def now() -> float:
        return emulator.clock.now() if threading.get_ident() == mine else real_time()

    with mock.patch.object(time, "sleep", sleep), mock.patch.object(time, "time", now):
        yield


def settings(bucket: object, role: object, **others: object) -> str:
    """A ``.amts.yml`` that says how the service is used; of ``others``, underscores stand for hyphens."""
    values = {"region": "us-east-1", "bucket": bucket, "role": role, "name": "book", **others}
    lines = (f"  {name.replace('_', '-')}: {value}\n" for name, value in values.items() if value is not None)
    return "amazon:\n" + "".join(lines)
