"""A glossary goes to the service when it has changed, and counts once translations have its words."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from sync.bitext.terminology.amazon import MOST_FILE_BYTES
from sync.engines.amazon.resources.glossaries import SPREAD, ensure_terminology, find_terminology
from sync.engines.amazon.service.patience import Time
from sync.errors import EngineError, Waiting
from tests.support.translate_emulator import faults

if TYPE_CHECKING:
    from tests.support.service import Service

NAME = "amts-book-zh"
OLD = "en,zh\nkettle,水壶\n".encode()
NEW = "en,zh\nkettle,烧水壶\n".encode()


def bring(service: Service, data: bytes, *, patience: float = 3600, said: list[str] | None = None) -> str:
    return ensure_terminology(
        service.clients,
        NAME,
        data,
        "csv",
        hashlib.sha256(data).hexdigest(),
        deadline=service.now() + patience,
        report=(said if said is not None else list[str]()).append,
        time=Time(now=service.now, sleep=service.advance, random=lambda: 0.5),
    )


def translated(service: Service) -> str:
    """How the service says kettle."""
    answer = service.clients.call(
        "translate",
        "translate_text",
        Text="kettle",
        SourceLanguageCode="en",
        TargetLanguageCode="zh",
        TerminologyNames=[NAME],
    )
    return str(answer["AppliedTerminologies"][0]["Terms"][0]["TargetText"])


def imports(service: Service) -> int:
    return service.requests().count("ImportTerminology")


def test_a_new_glossary_is_used_at_once(service: Service) -> None:
    began, said = service.now(), list[str]()
    assert bring(service, OLD, said=said) == NAME
    assert translated(service) == "水壶"
    assert service.now() == began
    assert said == [f"{NAME}: a glossary of 1 terms was sent, and 0 of them not taken."]


def test_the_same_glossary_is_not_sent_again(service: Service) -> None:
    bring(service, OLD)
    service.advance(1000)
    bring(service, OLD)
    assert imports(service) == 1


def test_a_changed_glossary_is_returned_once_translations_have_its_words(service: Service) -> None:
    bring(service, OLD)
    service.advance(1000)
    bring(service, NEW)
    assert translated(service) == "烧水壶"
    assert imports(service) == 2


def test_a_run_that_cannot_wait_for_a_changed_glossary_leaves_that_to_the_next(service: Service) -> None:
    bring(service, OLD)
    service.advance(1000)
    with pytest.raises(Waiting, match=NAME):
        bring(service, NEW, patience=SPREAD / 2)
    assert translated(service) == "水壶"
    bring(service, NEW)
    assert translated(service) == "烧水壶"
    assert imports(service) == 2


def test_somebody_elses_glossary_of_that_name_is_replaced(service: Service) -> None:
    data = {"File": OLD, "Format": "CSV"}
    service.clients.call("translate", "import_terminology", Name=NAME, MergeStrategy="OVERWRITE", TerminologyData=data)
    bring(service, NEW)
    found = find_terminology(service.clients, NAME)
    assert found
    assert found.digest == hashlib.sha256(NEW).hexdigest()


def test_who_changes_it_at_the_same_time_as_another_comes_next(service: Service) -> None:
    service.fault("ImportTerminology", faults.error("ConcurrentModificationException"))
    assert bring(service, OLD) == NAME
    assert translated(service) == "水壶"


def test_who_never_comes_next_is_waiting(service: Service) -> None:
    service.emulator.faults.add("ImportTerminology", faults.error("ConcurrentModificationException"), count=None)
    with pytest.raises(Waiting, match="somebody else"):
        bring(service, OLD)


def test_a_glossary_that_the_service_refuses_is_an_error_in_its_words(service: Service) -> None:
    service.fault("ImportTerminology", faults.error("InvalidParameterValueException", "The header is not a language."))
    with pytest.raises(EngineError, match="The header is not a language"):
        bring(service, OLD)


def test_a_glossary_that_is_too_large_is_not_sent(service: Service) -> None:
    with pytest.raises(EngineError, match="Leave terms out"):
        bring(service, b"x" * (MOST_FILE_BYTES + 1))
    assert service.requests() == []
