"""Whether a job may start: what the model cannot say about a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.support.translate_emulator.errors import invalid, refuse, wrong_value
from tests.support.translate_emulator.storage import Place, Unreadable

if TYPE_CHECKING:
    from tests.support.translate_emulator.account import Account, Call

OFFICE: Final = "application/vnd.openxmlformats-officedocument"
CONTENT_TYPES: Final = (
    "text/plain",
    "text/html",
    f"{OFFICE}.wordprocessingml.document",
    f"{OFFICE}.presentationml.presentation",
    f"{OFFICE}.spreadsheetml.sheet",
    "application/x-xliff+xml",
)


def admit(account: Account, call: Call) -> int:
    """The number of documents, or a guess where they cannot be seen. Raises the refusals of a start."""
    _check_languages(account, call)
    _check_numbers(call)
    _check_role(account, call["DataAccessRoleArn"])
    if call["InputDataConfig"]["ContentType"] not in CONTENT_TYPES:
        invalid(f"The content type must be one of {', '.join(CONTENT_TYPES)}.")
    output = Place.folder(call["OutputDataConfig"]["S3Uri"])
    try:
        account.check_bucket(output)
    except Unreadable as error:
        account.unreadable(error)
    return _check_input(account, Place.folder(call["InputDataConfig"]["S3Uri"]))


def _check_languages(account: Account, call: Call) -> None:
    targets = call["TargetLanguageCodes"]
    if len(targets) > account.limits.targets:
        invalid(f"A job may have {account.limits.targets} target languages.")
    if len(set(targets)) < len(targets):
        invalid("A target language is named more than once.")
    for target in targets:
        account.check_pair(call["SourceLanguageCode"], target)
    if "Brevity" in call.get("Settings", {}):
        invalid("Brevity is not supported in batch translation.")


def _check_numbers(call: Call) -> None:
    for name in ("ParallelDataNames", "TerminologyNames"):
        if len(call.get(name, ())) > 1:
            wrong_value(f"{name} may have one name.")


def _check_role(account: Account, arn: str) -> None:
    if arn.split(":")[4] != account.number:
        refuse("AccessDeniedException", "Cross-account pass role is not allowed.")
    if account.roles is not None and arn not in account.roles:
        who = f"arn:aws:sts::{account.number}:assumed-role/client/emulator"
        refuse("AccessDeniedException", f"User: {who} is not authorized to perform: iam:PassRole on resource: {arn}")


def _check_input(account: Account, folder: Place) -> int:
    if not folder.key:
        invalid("The input documents must be in a folder, not at the top level of the bucket.")
    try:
        account.check_bucket(folder)
        found = account.storage.listed(folder)
    except Unreadable as error:
        account.unreadable(error)
        return 1
    if any("details" in path.split("/")[:-1] for path, _ in found):
        invalid("The input folder must not have a folder of the name 'details'.")
    if account.switches.unreadable == "at once" and not found:
        invalid(f"There are no documents in {folder}.")
    return len(found)
