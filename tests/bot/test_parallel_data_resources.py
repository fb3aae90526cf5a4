"""``amts parallel-data list|show|download|delete`` against the emulated service: what is told, written, and refused."""

from __future__ import annotations

import hashlib
import io
import json
from argparse import ArgumentParser
from typing import TYPE_CHECKING, Any

import pytest

from bot.cli import parallel_data
from bot.cli.console import Console
from sync.engines.amazon.resources.standing import described, look
from sync.errors import EngineError, UsageError
from tests.support.s3 import S3Server
from tests.support.service import Accounts
from tests.support.translate_emulator import faults

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.service import Service

NAME = "amts-book-zh"
DATA = "en,zh\nTea is hot.,茶是热的。\nMilk is white.,牛奶是白的。\n".encode()
DIGEST = hashlib.sha256(DATA).hexdigest()


@pytest.fixture(scope="module")
def accounts() -> Iterator[Accounts]:
    with S3Server() as server, Accounts(server) as accounts:
        yield accounts


@pytest.fixture
def service(accounts: Accounts, monkeypatch: pytest.MonkeyPatch) -> Service:
    """An account, to which the environment leads."""
    found = accounts.open()
    for name, value in found.emulator.environment().items():
        monkeypatch.setenv(name, value)
    return found


def amts(service: Service | None, *arguments: object) -> str:
    """What the command prints."""
    parser = ArgumentParser()
    parallel_data.configure(parser)
    out = io.StringIO()
    env = service.emulator.environment() if service else {}
    assert parallel_data.run(parser.parse_args(list(map(str, arguments))), Console(out, io.StringIO(), env)) == 0
    return out.getvalue()


def create(service: Service, name: str = NAME, data: bytes = DATA) -> None:
    config = {"S3Uri": service.put(f"amts/data/{name}.csv", data), "Format": "CSV"}
    said = described(hashlib.sha256(data).hexdigest())
    service.clients.call("translate", "create_parallel_data", Name=name, ParallelDataConfig=config, Description=said)
    service.advance(600)


def update(service: Service, data: bytes) -> None:
    config = {"S3Uri": service.put("amts/data/new.csv", data), "Format": "CSV"}
    service.clients.call("translate", "update_parallel_data", Name=NAME, ParallelDataConfig=config)
    service.advance(600)


def as_json(text: str) -> Any:
    return json.loads(text)


def test_the_list_has_a_line_for_each(service: Service) -> None:
    create(service)
    create(service, "somebody-elses", DATA.replace(b"zh", b"ja"))
    lines = [" ".join(line.split()) for line in amts(service, "list").splitlines()]
    assert any(f"{NAME} en → zh ACTIVE 2" in line and DIGEST[:12] in line for line in lines)
    assert any("somebody-elses en → ja ACTIVE 2" in line for line in lines)


def test_the_list_for_programs_has_the_same(service: Service) -> None:
    create(service)
    [row] = as_json(amts(service, "list", "--json"))
    assert {key: row[key] for key in ("name", "languages", "status", "records", "skipped", "failed", "digest")} == {
        "name": NAME,
        "languages": ["en", "zh"],
        "status": "ACTIVE",
        "records": 2,
        "skipped": 0,
        "failed": 0,
        "digest": DIGEST,
    }
    assert row["characters"] > 0
    assert row["updated"] > row["created"]


def test_a_list_of_many_is_read_to_its_end(service: Service) -> None:
    config = {"S3Uri": service.put("all.csv", DATA), "Format": "CSV"}
    for number in range(101):
        service.clients.call("translate", "create_parallel_data", Name=f"amts-{number}", ParallelDataConfig=config)
        service.advance(600)
    assert len(as_json(amts(service, "list", "--json"))) == 101


def test_a_region_without_parallel_data_says_so(service: Service) -> None:
    assert amts(service, "list") == "There is no parallel data in us-east-1.\n"
    assert as_json(amts(service, "list", "--json")) == []


def test_all_that_is_known_is_shown_with_the_reasons_of_what_was_not_taken(service: Service) -> None:
    create(service, data=DATA + b"= no record,x\n")
    shown = as_json(amts(service, "show", NAME, "--json"))
    assert (shown["records"], shown["failed"], shown["format"]) == (2, 1, "CSV")
    assert shown["file"].endswith(f"/amts/data/{NAME}.csv")
    assert len(shown["reasons"]) == 1
    printed = amts(service, "show", NAME)
    assert f"not taken  {shown['reasons'][0]}" in printed
    assert "languages  en → zh" in printed


def test_an_update_that_failed_is_shown_with_its_reason(service: Service) -> None:
    create(service)
    service.fault("UpdateParallelData", faults.import_failed("Nobody was there to read it."))
    update(service, DATA)
    printed = amts(service, "show", NAME)
    assert "status  ACTIVE, update FAILED" in printed
    assert "Nobody was there to read it." in printed


def test_what_is_downloaded_is_what_is_in_use(service: Service, tmp_path: Path) -> None:
    create(service)
    service.fault("UpdateParallelData", faults.import_failed())
    update(service, DATA.replace(b"hot", b"cold"))
    printed = amts(service, "download", NAME, "-o", tmp_path / "zh.csv")
    assert (tmp_path / "zh.csv").read_bytes() == DATA
    assert printed == f"wrote {tmp_path / 'zh.csv'}: 2 examples, {len(DATA)} bytes\n"


def test_what_was_never_imported_has_no_file(service: Service, tmp_path: Path) -> None:
    service.fault("CreateParallelData", faults.import_failed())
    create(service)
    with pytest.raises(EngineError, match="FAILED"):
        amts(service, "download", NAME, "-o", tmp_path / "zh.csv")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_deleted_without_yes_and_what_would_be_lost_is_said(service: Service) -> None:
    create(service)
    with pytest.raises(UsageError, match=r"2 examples \(en → zh\).*--yes"):
        amts(service, "delete", NAME)
    assert look(service.clients, NAME)


def test_what_is_deleted_is_gone(service: Service) -> None:
    create(service)
    assert "2 examples (en → zh), ACTIVE: the service deletes it now (DELETING)" in amts(
        service, "delete", NAME, "--yes"
    )
    service.advance(600)
    assert look(service.clients, NAME) is None


def test_what_amts_has_not_made_is_deleted_only_with_any(service: Service) -> None:
    create(service, "somebody-elses")
    with pytest.raises(UsageError, match="--any"):
        amts(service, "delete", "somebody-elses", "--yes")
    assert look(service.clients, "somebody-elses")
    amts(service, "delete", "somebody-elses", "--yes", "--any")
    service.advance(600)
    assert look(service.clients, "somebody-elses") is None


@pytest.mark.parametrize("action", [("show",), ("delete", "--yes"), ("download", "-o", "never-written")])
def test_a_name_that_is_not_there_is_answered_with_those_that_are(action: tuple[str, ...], service: Service) -> None:
    create(service)
    with pytest.raises(UsageError, match=rf"amts-book-tr: .* us-east-1\. There is: {NAME}\."):
        amts(service, action[0], "amts-book-tr", *action[1:])


@pytest.mark.parametrize(("given", "said"), [((), "not known in which region"), (("--region", "mars"), "'mars'")])
def test_a_region_must_be_known(given: tuple[str, ...], said: str) -> None:
    with pytest.raises(UsageError, match=f"{said}.*AWS_REGION"):
        amts(None, "list", *given)
