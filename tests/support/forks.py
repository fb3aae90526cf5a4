"""A book on clouds and its fork, in the shape of D2L: ``X_origin.md`` beside ``X.md``, and ``config.ini``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.repositories import git, make_repository

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS = "https://github.com/clouds/clouds-en"
NAME = "clouds/clouds-es"
RAIN = """\
# Rain
:label:`sec_rain`

The drops that we hear on the roof are the last part of a long way. They begin as vapour, and it is the cold that
makes them fall. This chapter is for all who want to know when it can rain.

```python
drops = 12
```
"""
RAIN_ES = """\
# Lluvia
:label:`sec_rain`

Las gotas que se oyen en el tejado son la última parte de un largo camino. Empiezan como vapor, y es el frío lo que
las hace caer. Este capítulo es para los que quieren saber cuándo puede llover.

```python
drops = 12
```
"""
SNOW = "# Snow\n\nSnow is rain that was too cold to be rain. It lies on the hills until spring, as $s > 0$ says.\n"
SNOW_ES = (
    "# Nieve\n\nLa nieve es lluvia demasiado fría para ser lluvia. Se queda en las colinas hasta la primavera, como "
    "una manta de la que nadie se acuerda en el verano: $s > 0$.\n"
)
WIND = "# Wind\n\nWind goes from where the air is heavy to where it is light.\n"
INI = "[project]\nname = clouds-es\nlang = es\n\n[translation]\norigin_repo = clouds/clouds-en\norigin_lang = en\n"
ENGLISH = {"sky/rain.md": RAIN, "sky/snow.md": SNOW, "sky/wind.md": WIND}
TRANSLATED = {"sky/rain.md": RAIN_ES, "sky/snow.md": SNOW_ES}
ORIGINS = {"sky/rain_origin.md": RAIN, "sky/snow_origin.md": SNOW}
GLOSSARY = "| English | Español |\n|---|---|\n| snow | nieve |\n"


def make_english(folder: Path, *later: dict[str, str | bytes | None]) -> Path:
    """The book, which says where it was cloned from."""
    made = make_repository(folder, dict(ENGLISH), *later)
    git(made, "remote", "add", "origin", f"{ADDRESS}.git")
    return made


def make_fork(folder: Path, **files: str | None) -> Path:
    """Two of three chapters are translated; ``files`` are others at its root, with underscores for dots."""
    others = {name.replace("__", "."): text for name, text in files.items() if text is not None}
    made = make_repository(folder, {**TRANSLATED, **ORIGINS, "config.ini": INI, "TERMINOLOGY.md": GLOSSARY, **others})
    git(made, "remote", "add", "origin", "git@github.com:clouds/clouds-es.git")
    return made


def make_bare_fork(folder: Path) -> Path:
    """Nothing but translated chapters."""
    return make_repository(folder, dict(TRANSLATED))


def merge(fork: Path, branch: str) -> str:
    """What people do with a branch that they like."""
    git(fork, "merge", "--quiet", "--ff-only", branch)
    return git(fork, "rev-parse", "HEAD")
