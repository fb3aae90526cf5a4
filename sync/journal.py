"""What a run over a whole fork has done so far, so that one that was killed is taken up where it was."""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sync.errors import InputError
from sync.files import read_text, write_text
from sync.model import ChapterResult, Diagnostic, Fate, Origin, Outcome, Severity, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sync.model import RevisionPair

PROGRAM: Final = Path(__file__).parents[1]


class Journal:
    """The results of one run, one file for each chapter. A run is the same when all that it depends on is the same."""

    def __init__(self, folder: Path, pairs: Sequence[RevisionPair], depends: Iterable[str]) -> None:
        """Of the run over ``pairs``, in ``folder``. ``depends`` is what else the results depend on: engine, dialect."""
        texts = (text for pair in pairs for text in (pair.path, pair.lang, pair.en_old, pair.en_new, pair.tgt_old))
        self._folder = folder / _digest([program_digest(), *depends, *texts])

    def get(self, path: str) -> ChapterResult | None:
        """What became of a chapter, if this run knows it already. What cannot be read is done again."""
        try:
            return _read(json.loads(read_text(self._place(path))))
        except (InputError, ValueError, KeyError, TypeError):
            return None

    def put(self, result: ChapterResult) -> None:
        """Keep a result, whole or not at all. Where it cannot be kept, it is done again next time."""
        with suppress(InputError):
            write_text(self._place(result.path), json.dumps(asdict(result), ensure_ascii=False))

    def close(self) -> None:
        """Forget the run: it is complete. What other runs left there, which nobody took up, goes too."""
        shutil.rmtree(self._folder.parent, ignore_errors=True)

    def _place(self, path: str) -> Path:
        return self._folder / f"{_digest([path])}.json"


@cache
def program_digest() -> str:
    """Of the code that makes results: another program may make others of the same texts."""
    files = sorted(path for package in ("alignment", "sync") for path in (PROGRAM / package).rglob("*.[pt][yo]*"))
    return _digest(f"{path.name}\0{path.read_bytes()!r}" for path in files if path.suffix in {".py", ".toml"})


def _digest(texts: Iterable[str]) -> str:
    found = hashlib.sha256()
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        found.update(len(data).to_bytes(8, "big") + data)
    return found.hexdigest()[:32]


def _read(found: dict[str, Any]) -> ChapterResult:
    outcomes = (
        Outcome(**one | {"fate": Fate(one["fate"]), "origin": Origin(one["origin"])}) for one in found["outcomes"]
    )
    diagnostics = (Diagnostic(**one | {"severity": Severity(one["severity"])}) for one in found["diagnostics"])
    changed = {"status": Status(found["status"]), "outcomes": tuple(outcomes), "diagnostics": tuple(diagnostics)}
    return ChapterResult(**found | changed)
