"""Parallel data change what the emulator of Amazon Translate answers, through boto3 over HTTP, and for the better."""

from __future__ import annotations

from statistics import mean
from typing import TYPE_CHECKING, Any

import pytest
from rapidfuzz.distance import Indel

from tests.support.s3 import S3Server
from tests.support.toybitext import toy_pairs
from tests.support.translate_emulator.content.translator import Translator
from tests.support.translate_emulator.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Iterator

BUCKET = "a-book"
OTHERWISE = {"camada": "lâmina", "rede": "malha", "conjunto": "banco", "retorna": "devolve", "Veja": "Confira"}
"""Words of our translators, and what the service says for them."""
HELD_OUT = slice(4, None, 9)
"""Sentences of which nothing is told."""
PAIRS = toy_pairs()


def as_the_service_says(text: str) -> str:
    for ours, its in OTHERWISE.items():
        text = text.replace(ours, its)
    return text


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    base = [(source, as_the_service_says(target)) for source, target in PAIRS]
    translator = Translator({("en", "pt"): base})
    with S3Server() as s3, Emulator(s3.endpoint, translator=translator) as running:
        s3.bucket(BUCKET)
        yield running


def put(emulator: Emulator, name: str, text: str) -> str:
    emulator.client("s3").put_object(Bucket=BUCKET, Key=name, Body=text.encode())
    return f"s3://{BUCKET}/{name}"


def give_examples(emulator: Emulator, name: str, pairs: list[tuple[str, str]]) -> dict[str, Any]:
    lines = ["en,pt", *(f'"{source}","{target}"' for source, target in pairs)]
    uri = put(emulator, f"{name}.csv", "\n".join(lines))
    client = emulator.client()
    client.create_parallel_data(Name=name, ParallelDataConfig={"S3Uri": uri, "Format": "CSV"})
    emulator.advance(600)
    properties: dict[str, Any] = client.get_parallel_data(Name=name)["ParallelDataProperties"]
    return properties


def translate(emulator: Emulator, run: str, texts: list[str], **more: list[str]) -> list[str]:
    """By a batch job; a paragraph of a text each."""
    body = "\n".join(f'<p id="s{number}">{text}</p>' for number, text in enumerate(texts))
    put(emulator, f"{run}/in/chapter.html", f"<html><body>\n{body}\n</body></html>")
    client, s3 = emulator.client(), emulator.client("s3")
    job = client.start_text_translation_job(
        InputDataConfig={"S3Uri": f"s3://{BUCKET}/{run}/in/", "ContentType": "text/html"},
        OutputDataConfig={"S3Uri": f"s3://{BUCKET}/{run}/out/"},
        DataAccessRoleArn=emulator.role,
        SourceLanguageCode="en",
        TargetLanguageCodes=["pt"],
        **more,
    )
    emulator.advance(3600)
    found = client.describe_text_translation_job(JobId=job["JobId"])["TextTranslationJobProperties"]
    assert found["JobStatus"] == "COMPLETED", found
    folder = found["OutputDataConfig"]["S3Uri"].removeprefix(f"s3://{BUCKET}/")
    text = s3.get_object(Bucket=BUCKET, Key=f"{folder}pt.chapter.html")["Body"].read().decode()
    return [line.partition(">")[2].removesuffix("</p>") for line in text.splitlines() if line.startswith("<p ")]


def nearness(made: list[str], human: list[str]) -> float:
    return mean(Indel.normalized_similarity(one, other) for one, other in zip(made, human, strict=True))


def test_sentences_that_are_no_examples_come_nearer_to_ours(emulator: Emulator) -> None:
    taught = [pair for pair in PAIRS if pair not in PAIRS[HELD_OUT]]
    sources, human = [list(side) for side in zip(*PAIRS[HELD_OUT], strict=True)]
    assert give_examples(emulator, "ours", taught)["ImportedRecordCount"] == len(taught)
    without = translate(emulator, "without", sources)
    taught_ones = translate(emulator, "with", sources, ParallelDataNames=["ours"])
    assert nearness(without, human) < 0.9 < 0.97 < nearness(taught_ones, human)
    same = [sum(one == other for one, other in zip(made, human, strict=True)) for made in (without, taught_ones)]
    assert same[1] > same[0]


def test_a_sentence_that_is_an_example_comes_back_as_it_says_with_its_markup(emulator: Emulator) -> None:
    give_examples(emulator, "one", [("The network stores $x$ and $y$.", "$y$ e $x$: a malha os guarda.")])
    text = 'The network stores <code translate="no" id="a">$x$</code> and <code translate="no" id="b">$y$</code>.'
    made = translate(emulator, "markup", [text], ParallelDataNames=["one"])
    assert made == [
        '<code translate="no" id="b">$y$</code> e <code translate="no" id="a">$x$</code>: a malha os guarda.'
    ]


def test_real_time_knows_no_parallel_data(emulator: Emulator) -> None:
    give_examples(emulator, "unused", [("The layer returns the output.", "Olá.")])
    answer = emulator.client().translate_text(
        Text="The layer returns the output.", SourceLanguageCode="en", TargetLanguageCode="pt"
    )
    assert answer["TranslatedText"] == "A lâmina devolve a saída."
