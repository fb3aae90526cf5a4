"""Two runs in one place do not meet, and a run that was killed leaves no lock behind."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sync.errors import RepositoryError
from sync.lock import lock_of_folder, lock_of_repository, only_run

if TYPE_CHECKING:
    from pathlib import Path

HOLD = """
import sys, time
from pathlib import Path
from sync.lock import only_run
with only_run(Path(sys.argv[1]), "fork"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_run_is_refused_by_name_and_a_killed_one_lets_go(tmp_path: Path) -> None:
    place = lock_of_repository(tmp_path)
    with subprocess.Popen([sys.executable, "-c", HOLD, str(place)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(RepositoryError, match="fork: another run"), only_run(place, "fork"):
            pass
        other.send_signal(signal.SIGKILL)
        other.wait()
    with only_run(place, "fork"):
        pass


def test_a_folder_for_results_gets_no_lock_inside(tmp_path: Path) -> None:
    assert tmp_path not in lock_of_folder(tmp_path).parents
    assert lock_of_folder(tmp_path / "a" / "..") == lock_of_folder(tmp_path)
