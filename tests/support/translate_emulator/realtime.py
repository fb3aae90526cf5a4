"""TranslateText and TranslateDocument. They know no parallel data, and cost even where the answer is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from tests.support.translate_emulator.account import Bill
from tests.support.translate_emulator.admission import CONTENT_TYPES
from tests.support.translate_emulator.errors import invalid, refuse
from tests.support.translate_emulator.languages import FORMAL, detect
from tests.support.translate_emulator.rendering import Rendered, Wording, applied_settings, damage_of, render

if TYPE_CHECKING:
    from tests.support.translate_emulator.account import Account, Call
    from tests.support.translate_emulator.terminologies import Terminologies

MOST_TERMS: Final = 250
WRAPPED: Final = ("<html><body>", "</body></html>")


def translate_text(account: Account, terminologies: Terminologies, call: Call) -> dict[str, Any]:
    """TranslateText."""
    text, limit = call["Text"], account.limits.text
    if (size := len(text.encode())) > limit:
        reason = f"Input text size exceeds limit. Max length of request text allowed is {limit} bytes"
        refuse(account.switches.long_text, f"{reason} while in this request the text size is {size} bytes")
    _check_source(account, call, text)
    marked = "translate=" in text and "<" in text
    content = "".join((WRAPPED[0], text, WRAPPED[1])) if marked else text
    made = _render(account, terminologies, call, content.encode(), "text/html" if marked else "text/plain")
    found = made.data.decode()
    if marked:
        found = found.removeprefix(WRAPPED[0]).removesuffix(WRAPPED[1])
    return {"TranslatedText": found, **_answer(call, made)}


def translate_document(account: Account, terminologies: Terminologies, call: Call) -> dict[str, Any]:
    """TranslateDocument. Of the formats, HTML and plain text are translated."""
    content, content_type = call["Document"]["Content"], call["Document"]["ContentType"]
    if len(content) > account.limits.document:
        refuse("LimitExceededException", f"A document has at most {account.limits.document} bytes.")
    if content_type not in CONTENT_TYPES[:3]:
        invalid(f"The content type must be one of {', '.join(CONTENT_TYPES[:3])}.")
    _check_document(account, call)
    try:
        made = _render(account, terminologies, call, content, content_type)
    except ValueError as error:
        invalid("Invalid utf-8 encoded texts detected" if isinstance(error, UnicodeDecodeError) else str(error))
    return {"TranslatedDocument": {"Content": made.data}, **_answer(call, made)}


def _check_source(account: Account, call: Call, text: str) -> None:
    account.check_pair(call["SourceLanguageCode"], call["TargetLanguageCode"])
    if call["SourceLanguageCode"] == "auto" and not detect(text):
        refuse("DetectedLanguageLowConfidenceException", "The language could not be detected with confidence.")


def _check_document(account: Account, call: Call) -> None:
    source, target = call["SourceLanguageCode"], call["TargetLanguageCode"]
    account.check_pair(source, target)
    if "en" not in (source, target) and source != "auto":
        refuse(
            "UnsupportedLanguagePairException",
            f"Unsupported language pair: {source} to {target}. One of them must be English",
            SourceLanguageCode=source,
            TargetLanguageCode=target,
        )
    settings = call.get("Settings", {})
    if "Brevity" in settings or ("Formality" in settings and target not in FORMAL):
        invalid(f"A setting is not supported for documents in {target}.")


def _render(
    account: Account,
    terminologies: Terminologies,
    call: Call,
    content: bytes,
    content_type: str,
) -> Rendered:
    target, names = call["TargetLanguageCode"], call.get("TerminologyNames", ())
    with account.lock:
        _check_names(terminologies, names)
        terms = terminologies.terms(names, call["SourceLanguageCode"], target, call.now)
    wording = Wording(
        translator=account.translator,
        source=call["SourceLanguageCode"],
        target=target,
        terms=terms,
        settings=call.get("Settings", {}),
        damage=next((damage_of(effect) for effect in call.effects if effect.kind == "damaged"), None),
    )
    made = render(content, content_type, wording)
    with account.lock:
        account.bills.append(
            Bill(
                origin=call.operation,
                source=made.source,
                target=target,
                characters=made.characters,
                with_examples=False,
            )
        )
    return made


def _check_names(terminologies: Terminologies, names: list[str]) -> None:
    """The two operations have no InvalidParameterValueException."""
    if len(names) > 1:
        invalid("A request may name one terminology.")
    terminologies.check(names)


def _answer(call: Call, made: Rendered) -> dict[str, Any]:
    found: dict[str, Any] = {
        "SourceLanguageCode": made.source,
        "TargetLanguageCode": call["TargetLanguageCode"],
        "AppliedTerminologies": [],
    }
    if made.applied:
        terms = [{"SourceText": source, "TargetText": target} for source, target in made.applied[:MOST_TERMS]]
        found["AppliedTerminologies"] = [{"Name": call["TerminologyNames"][0], "Terms": terms}]
    if settings := applied_settings(call.get("Settings", {}), call["TargetLanguageCode"]):
        found["AppliedSettings"] = settings
    return found
