"""The emulator as a process of its own, and what it does about clients and programmers that behave badly."""

from __future__ import annotations

import json
import os
import socket
import struct
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from sync.bitext.tmx import Unit, render_tmx
from tests.support.conftest import Cloud
from tests.support.s3 import S3Server
from tests.support.translate_emulator import Clock, Emulator, Pace
from tests.support.translate_emulator.__main__ import read_base
from tests.support.translate_emulator.content.translator import Translated, Translator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
CLIENT = """
import boto3
boto3.client("s3").put_object(Bucket="books", Key="in/a.html", Body=b"<html><body><p>A cat.</p></body></html>")
translate = boto3.client("translate")
job = translate.start_text_translation_job(
    InputDataConfig={"S3Uri": "s3://books/in/", "ContentType": "text/html"},
    OutputDataConfig={"S3Uri": "s3://books/out/"},
    DataAccessRoleArn="arn:aws:iam::123456789012:role/translate-data",
    SourceLanguageCode="en",
    TargetLanguageCodes=["zh"],
)
print(job["JobId"])
"""


@contextmanager
def process() -> Iterator[dict[str, str]]:
    """The variables that it prints, while it runs."""
    command = [sys.executable, "-m", "tests.support.translate_emulator", "--time-scale", "0", "--bucket", "books"]
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    found = {}
    for line in running.stdout:
        if line.startswith("#"):
            break
        name, _, value = line.removeprefix("export ").strip().partition("=")
        found[name] = value
    yield found
    running.terminate()
    running.communicate()
    assert running.returncode == 0


def ask(endpoint: str, path: str, value: dict[str, Any] | None = None) -> Any:
    data = None if value is None else json.dumps(value).encode()
    with urllib.request.urlopen(f"{endpoint}/_emu/{path}", data) as answer:
        return json.loads(answer.read())


def test_it_serves_any_boto3_that_has_its_variables() -> None:
    with process() as variables:
        endpoint = variables["AWS_ENDPOINT_URL_TRANSLATE"]
        fault = {"operation": "Start*", "effect": {"kind": "output_extra", "names": ["zh.b.html"]}}
        ask(endpoint, "faults", fault)
        environment = {**os.environ, **variables}
        done = subprocess.run(
            [sys.executable, "-c", CLIENT], env=environment, check=True, capture_output=True, text=True
        )
        before = ask(endpoint, "state")
        ask(endpoint, "clock", {"advance": 5_000})
        state = ask(endpoint, "state")
        assert [job["JobStatus"] for job in before["jobs"]] == ["SUBMITTED"]
        assert [(job["JobId"], job["JobStatus"]) for job in state["jobs"]] == [(done.stdout.strip(), "COMPLETED")]
        assert [request[0] for request in state["requests"]] == ["StartTextTranslationJob"]
        assert [bill["characters"] for bill in state["bills"]] == [6]
        assert [order["met"] for order in ask(endpoint, "faults")] == [1]
        ask(endpoint, "reset", {})
        assert ask(endpoint, "state")["jobs"] == []


def test_a_control_address_that_is_none_is_not_found(cloud: Cloud) -> None:
    for path, value, status in (("nowhere", None, 404), ("faults", {"effect": {}}, 400)):
        with pytest.raises(urllib.error.HTTPError, match=str(status)) as refused:
            ask(cloud.emulator.endpoint, path, value)
        refused.value.close()


def test_a_client_that_vanishes_does_no_harm(cloud: Cloud) -> None:
    address = cloud.emulator.endpoint.removeprefix("http://").split(":")
    for sent in (
        b"",
        b"POST / HT",
        b"POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\n{",
        b"POST /_emu/reset HTTP/1.1\r\n\r\n",
    ):
        with socket.create_connection((address[0], int(address[1]))) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.sendall(sent)
    assert cloud.translate.list_parallel_data()["ParallelDataPropertiesList"] == []
    assert cloud.emulator.complaints == []


def test_it_never_leaves_this_machine() -> None:
    with pytest.raises(ValueError, match="must be on this machine"):
        Emulator("https://s3.amazonaws.com")


def test_an_answer_that_the_model_does_not_allow_is_noticed(s3: S3Server) -> None:
    class Talkative(Translator):
        def translate(self, text: str, *_: Any, **__: Any) -> Translated:
            return Translated(text * 20_001, ())

    emulator = Emulator(s3.endpoint, translator=Talkative()).start()
    client = emulator.client(config=Cloud.config(1))
    with pytest.raises(ClientError, match="InternalServerException"):
        client.translate_text(Text="a", SourceLanguageCode="en", TargetLanguageCode="zh")
    with pytest.raises(AssertionError, match="20000"):
        emulator.__exit__(None, None, None)


def test_the_s3_server_ends_with_the_one_who_started_it() -> None:
    script = (
        "import os; from tests.support.s3 import S3Server; print(S3Server().start().endpoint, flush=True); os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60)
    address = done.stdout.strip().removeprefix("http://").split(":")
    for _ in range(100):
        with socket.socket() as connection:
            connection.settimeout(0.2)
            if connection.connect_ex((address[0], int(address[1]))) != 0:
                return
    pytest.fail("The server still answers.")


def test_what_was_put_is_gone_after_a_reset() -> None:
    with S3Server() as server:
        server.bucket("books")
        client = server.client()
        assert [one["Name"] for one in client.list_buckets()["Buckets"]] == ["books"]
        server.reset()
        assert client.list_buckets()["Buckets"] == []
        client.close()


# Time


def test_with_a_clock_that_runs_things_happen_though_nobody_asks(make_cloud: Callable[..., Cloud]) -> None:
    cloud = make_cloud(clock=Clock(scale=20_000))
    cloud.put("in/a.html", "<html><body><p>A cat.</p></body></html>")
    identity = cloud.start()
    waiter = cloud.s3.get_waiter("object_exists")
    key = f"out/123456789012-TranslateText-{identity}/zh.a.html"
    waiter.wait(Bucket=cloud.bucket, Key=key, WaiterConfig={"Delay": 0.1, "MaxAttempts": 100})
    while cloud.described(identity)["JobStatus"] == "IN_PROGRESS":
        pass
    assert cloud.described(identity)["JobStatus"] == "COMPLETED"


def test_a_clock_may_move_with_each_request(make_cloud: Callable[..., Cloud]) -> None:
    cloud = make_cloud(clock=Clock(step=100), pace=Pace(queue=100, job=200, document=0))
    cloud.put("in/a.html", "<html><body><p>A cat.</p></body></html>")
    identity = cloud.start()
    states = [cloud.described(identity)["JobStatus"] for _ in range(4)]
    assert states == ["IN_PROGRESS", "IN_PROGRESS", "COMPLETED", "COMPLETED"]


def test_translation_memories_are_read_from_files_and_folders(tmp_path: Path) -> None:
    units = [Unit((("en", "A cat."), ("zh-CN", "猫。"))), Unit((("en", "A dog."), ("pt-BR", "Um cão.")))]
    (tmp_path / "deep").mkdir()
    for name, unit in zip(("a.tmx", "deep/b.tmx"), units, strict=True):
        (tmp_path / name).write_text(render_tmx([unit], source="en"), encoding="utf-8")
    zh, pt = ("en", "zh"), ("en", "pt")
    assert read_base([tmp_path]) == {zh: [("A cat.", "猫。")], pt: [("A dog.", "Um cão.")]}
    assert read_base([tmp_path / "a.tmx"]) == {zh: [("A cat.", "猫。")]}
