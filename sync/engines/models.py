"""Translation models: trained once for the same sentence pairs, then kept on disk by the digest of these."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from sync.engines.smt import Model, train
from sync.engines.smt.frozen import VERSION
from sync.errors import InputError
from sync.files import read_bytes, write_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from alignment.locales import Locale
    from alignment.markdown import Profile

SUFFIX: Final = ".model"
MOST: Final = 20
"""Models kept in a folder; those that were not asked for longest go first."""

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """Where models come from: the folder, or training."""

    folder: Path | None = None
    """Nothing is kept without one."""
    say: Callable[[str], None] = field(default=lambda text: None)
    """Told when a model has to be trained, for that takes a while."""

    def get(self, pairs: Pairs, locales: tuple[Locale, Locale], profile: Profile) -> Model:
        """The model of these pairs. A folder that cannot be read or written costs time, not the translation."""
        source, target = locales
        path = self.folder and self.folder / f"{_digest(pairs, locales, profile)}{SUFFIX}"
        if path is not None and path.is_file():
            try:
                found = Model.from_bytes(read_bytes(path), source=source, target=target, profile=profile)
                path.touch()
            except (InputError, OSError, ValueError) as error:
                self.say(f"{path}: not used ({error}); training anew.")
            else:
                return found
        self.say(f"Learning to translate {source.name} into {target.name} from {len(pairs):,} sentence pairs …")
        model = train(pairs, source=source, target=target, profile=profile)
        if path is not None:
            self._keep(path, model.to_bytes())
        return model

    def _keep(self, path: Path, data: bytes) -> None:
        try:
            write_bytes(path, data)
            kept = sorted(path.parent.glob(f"*{SUFFIX}"), key=lambda one: one.stat().st_mtime, reverse=True)
            for old in kept[MOST:]:
                old.unlink(missing_ok=True)
        except (InputError, OSError) as error:
            self.say(f"The model is not kept for the next run: {error}")


def _digest(pairs: Sequence[tuple[str, str]], locales: tuple[Locale, Locale], profile: Profile) -> str:
    facts = [VERSION, *(locale.tag for locale in locales), str(profile.name), pairs]
    return sha256(json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
