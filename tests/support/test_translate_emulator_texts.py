"""The emulator of Amazon Translate through boto3: texts, documents, terminologies, tags and languages."""

from __future__ import annotations

import urllib.request
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.conftest import CATS
from tests.support.translate_emulator.content.translator import Translator

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.conftest import Cloud

PAGE = '<html><body><p id="s1">The cat sleeps on the mat.</p></body></html>'
TERMS = "en,zh\nmat,毯\n"


def bring(cloud: Cloud, terms: str, **more: Any) -> Any:
    data = {"File": terms.encode(), "Format": "CSV", **more}
    return cloud.translate.import_terminology(Name="home", MergeStrategy="OVERWRITE", TerminologyData=data)


def translated(cloud: Cloud, text: str = "The mat.", **more: Any) -> Any:
    return cloud.translate.translate_text(Text=text, SourceLanguageCode="en", TargetLanguageCode="zh", **more)


def test_a_text_is_translated_with_what_the_service_knows(make_cloud: Callable[..., Cloud]) -> None:
    pairs = [tuple(line.split(",")) for line in CATS.splitlines()[1:]] * 5
    cloud = make_cloud(translator=Translator({("en", "zh"): pairs}))  # type: ignore[dict-item]
    answer = translated(cloud, "The cat sleeps on the mat.")
    assert (answer["SourceLanguageCode"], answer["TargetLanguageCode"]) == ("en", "zh")
    assert "猫" in answer["TranslatedText"]
    assert [bill.characters for bill in cloud.emulator.bills] == [26]


def test_the_language_of_a_text_may_be_left_to_the_service(cloud: Cloud) -> None:
    answer = cloud.translate.translate_text(Text="猫", SourceLanguageCode="auto", TargetLanguageCode="en")
    assert answer["SourceLanguageCode"] == "zh"


def test_what_is_marked_stays_as_it_is(cloud: Cloud) -> None:
    bring(cloud, TERMS)
    text = 'A mat and a <span translate="no">mat</span>'
    answer = translated(cloud, text, TerminologyNames=["home"])
    assert '<span translate="no">mat</span>' in answer["TranslatedText"]
    assert answer["TranslatedText"].count("mat") == 1


def test_a_document_comes_back_as_a_document(cloud: Cloud) -> None:
    bring(cloud, TERMS)
    answer = cloud.translate.translate_document(
        Document={"Content": PAGE.encode(), "ContentType": "text/html"},
        SourceLanguageCode="en",
        TargetLanguageCode="zh",
        TerminologyNames=["home"],
    )
    content = answer["TranslatedDocument"]["Content"].decode()
    assert content.startswith('<html><body><p id="s1">')
    assert "毯" in content
    assert answer["AppliedTerminologies"] == [{"Name": "home", "Terms": [{"SourceText": "mat", "TargetText": "毯"}]}]


@pytest.mark.parametrize(("target", "applied"), [("ja", {"Formality": "FORMAL"}), ("zh", None)])
def test_settings_that_a_language_has_not_are_left_out(target: str, applied: Any, cloud: Cloud) -> None:
    answer = cloud.translate.translate_text(
        Text="A cat.", SourceLanguageCode="en", TargetLanguageCode=target, Settings={"Formality": "FORMAL"}
    )
    assert answer.get("AppliedSettings") == applied


# Terminologies


def test_a_terminology_is_used_and_told(cloud: Cloud) -> None:
    properties = bring(cloud, TERMS)["TerminologyProperties"]
    assert (properties["TermCount"], properties["TargetLanguageCodes"]) == (1, ["zh"])
    answer = translated(cloud, TerminologyNames=["home"])
    assert "毯" in answer["TranslatedText"]
    found = cloud.translate.get_terminology(Name="home")
    with urllib.request.urlopen(found["TerminologyDataLocation"]["Location"]) as file:
        assert file.read().decode() == TERMS


def test_a_new_version_is_used_after_ten_minutes(cloud: Cloud) -> None:
    bring(cloud, TERMS)
    bring(cloud, "en,zh\nmat,席\n")
    assert "毯" in translated(cloud, TerminologyNames=["home"])["TranslatedText"]
    cloud.emulator.advance(600)
    assert "席" in translated(cloud, TerminologyNames=["home"])["TranslatedText"]


def test_a_terminology_of_all_directions_works_in_both(cloud: Cloud) -> None:
    bring(cloud, TERMS, Directionality="MULTI")
    answer = cloud.translate.translate_text(
        Text="毯", SourceLanguageCode="zh", TargetLanguageCode="en", TerminologyNames=["home"]
    )
    assert answer["TranslatedText"] == "mat"


def test_a_job_uses_a_terminology_and_tells_which_terms(cloud: Cloud) -> None:
    cloud.put("in/a.html", PAGE)
    bring(cloud, TERMS)
    job = cloud.finished(TerminologyNames=["home"])
    assert "毯" in cloud.output(job, "zh.a.html")
    applied = cloud.details(job)["details"][0]["auxiliaryData"]["appliedTerminologies"]
    assert applied == [{"name": "home", "terms": [{"sourceText": "mat", "targetText": "毯"}]}]


def test_terminologies_are_listed_and_deleted(cloud: Cloud) -> None:
    bring(cloud, TERMS)
    pages = cloud.translate.get_paginator("list_terminologies").paginate()
    assert [one["Name"] for page in pages for one in page["TerminologyPropertiesList"]] == ["home"]
    cloud.translate.delete_terminology(Name="home")
    assert cloud.translate.list_terminologies()["TerminologyPropertiesList"] == []


# Lists


def test_parallel_data_is_listed_by_pages(cloud: Cloud) -> None:
    for name in ("a", "b"):
        cloud.create(name)
        cloud.emulator.advance(160)
    first = cloud.translate.list_parallel_data(MaxResults=1)
    second = cloud.translate.list_parallel_data(MaxResults=1, NextToken=first["NextToken"])
    assert [one["Name"] for page in (first, second) for one in page["ParallelDataPropertiesList"]] == ["a", "b"]
    assert "NextToken" not in second


def test_tags_are_kept_changed_and_gone_with_what_they_were_on(cloud: Cloud) -> None:
    cloud.create(Tags=[{"Key": "digest", "Value": "1"}, {"Key": "fork", "Value": "zh"}])
    arn = cloud.parallel_data()["Arn"]

    def tags() -> dict[str, str]:
        found = cloud.translate.list_tags_for_resource(ResourceArn=arn)["Tags"]
        return {tag["Key"]: tag["Value"] for tag in found}

    cloud.translate.tag_resource(ResourceArn=arn, Tags=[{"Key": "digest", "Value": "2"}])
    cloud.translate.untag_resource(ResourceArn=arn, TagKeys=["fork"])
    assert tags() == {"digest": "2"}
    cloud.emulator.advance(160)
    cloud.translate.delete_parallel_data(Name="cats")
    cloud.emulator.advance(20)
    with pytest.raises(cloud.translate.exceptions.ResourceNotFoundException):
        tags()


def test_the_languages_are_named(cloud: Cloud) -> None:
    found = {one["LanguageCode"]: one["LanguageName"] for one in cloud.translate.list_languages()["Languages"]}
    assert len(found) == 75
    assert found["zh-TW"] == "Chinese (Traditional)"
