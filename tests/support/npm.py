"""Files of packages of npm that tests are checked against: fetched once into an ignored folder, never committed.

Where a package cannot be had, the test that asks for it is skipped, in one line that says why.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

CACHE = Path(__file__).parents[2] / ".cache" / "npm"
SECONDS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One version of a package, and what it must be byte for byte."""

    name: str
    version: str
    sha512: str
    """In base64: the ``integrity`` of ``npm view NAME@VERSION dist``, without its prefix."""

    @property
    def file_name(self) -> str:
        return f"{self.name.lstrip('@').replace('/', '-')}-{self.version}"


WEBHOOKS_EXAMPLES = Package(
    name="@octokit/webhooks-examples",
    version="7.6.1",
    sha512="De6U3XB6O3DtCa7bKgCMzTHdeopqqZ6SNivMYJnK65ierKL1AnNIA0tkRYCRS7lwGT792d+Ps1WbfHlso6MynQ==",
)


def file_of(package: Package, member: str) -> Path:
    """The path of one file of a package, as in ``api.github.com/index.json``; skips the test where it cannot be had."""
    path = CACHE / package.file_name / member
    if not path.is_file():
        reason = _fetch(package, member)
        if reason:
            pytest.skip(f"{package.name} {package.version} cannot be had from npm: {reason}")
    return path


@functools.cache
def _fetch(package: Package, member: str) -> str:
    """Puts the file into the cache; why not, if it cannot. Asks only once."""
    if not shutil.which("npm"):
        return "there is no npm"
    CACHE.mkdir(parents=True, exist_ok=True)
    (CACHE / ".gitignore").write_text("*\n")
    with FileLock(CACHE / f"{package.file_name}.lock", timeout=SECONDS):
        try:
            _unpack(_packed(package), member, CACHE / package.file_name / member)
        except (OSError, subprocess.SubprocessError) as error:
            return str(error).splitlines()[0]
    return ""


def _packed(package: Package) -> Path:
    """The package as npm keeps it, which is what its digest says."""
    packed = CACHE / f"{package.file_name}.tgz"
    if not packed.is_file():
        with tempfile.TemporaryDirectory(dir=CACHE) as folder:
            wanted = f"{package.name}@{package.version}"
            command = ["npm", "pack", wanted, "--silent", "--ignore-scripts", "--fetch-retries=1"]
            subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=SECONDS)
            (fetched,) = Path(folder).glob("*.tgz")
            fetched.replace(packed)
    digest = base64.b64encode(hashlib.sha512(packed.read_bytes()).digest()).decode()
    if digest != package.sha512:
        packed.unlink()
        message = f"its digest is {digest}"
        raise OSError(message)
    return packed


def _unpack(packed: Path, member: str, path: Path) -> None:
    if path.is_file():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(packed) as archive:
        content = archive.extractfile(f"package/{member}")
        assert content, f"{member} is no file of {packed.name}"
        unfinished = path.with_name(f"{path.name}.unfinished")
        with unfinished.open("wb") as copy:
            shutil.copyfileobj(content, copy)
        unfinished.replace(path)
