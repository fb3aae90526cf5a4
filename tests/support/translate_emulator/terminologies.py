"""Custom terminologies: there at once, and a new version takes the old one's place some time later."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from tests.support.translate_emulator.content.glossaries import BadFile, Glossary, read_terminology
from tests.support.translate_emulator.errors import not_found, refuse, wrong_value
from tests.support.translate_emulator.limits import page
from tests.support.translate_emulator.model import as_datetime

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.support.translate_emulator.account import Account, Call

KIND: Final = "terminology"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What one import brought."""

    glossary: Glossary
    data: bytes
    form: str
    directionality: str | None
    used_from: float


@dataclass(slots=True, kw_only=True)
class Terminology:
    """A terminology of a name."""

    name: str
    arn: str
    created: float
    updated: float
    description: str | None
    key: dict[str, str] | None
    versions: list[Version]

    @property
    def newest(self) -> Version:
        """The latest import."""
        return self.versions[-1]

    def used(self, now: float) -> Glossary:
        """The terms that translations have by now."""
        return [version for version in self.versions if version.used_from <= now][-1].glossary

    def properties(self) -> dict[str, Any]:
        """As the service tells them."""
        newest = self.newest
        found = {
            "Name": self.name,
            "Description": self.description,
            "Arn": self.arn,
            "SourceLanguageCode": newest.glossary.source_language,
            "TargetLanguageCodes": list(newest.glossary.target_languages),
            "EncryptionKey": self.key,
            "SizeBytes": len(newest.data),
            "TermCount": newest.glossary.count,
            "CreatedAt": as_datetime(self.created),
            "LastUpdatedAt": as_datetime(self.updated),
            "Directionality": newest.directionality,
            "SkippedTermCount": newest.glossary.skipped,
            "Format": newest.form,
        }
        return {name: value for name, value in found.items() if value is not None}


@dataclass(slots=True)
class Terminologies:
    """All terminologies of an account in a region. Its methods are called with the account's lock held."""

    account: Account
    known: dict[str, Terminology] = field(default_factory=dict)

    def bring(self, call: Call) -> dict[str, Any]:
        """ImportTerminology."""
        before = self.known.get(call["Name"])
        if before is None and len(self.known) >= self.account.limits.terminologies:
            refuse("LimitExceededException", f"There may be {self.account.limits.terminologies} terminologies.")
        version = self._version(call, spread=before is not None)
        arn = self.account.arn("terminology", f"{call['Name']}/LATEST")
        self.account.set_tags(arn, call.get("Tags", ()))
        found = Terminology(
            name=call["Name"],
            arn=arn,
            created=before.created if before else call.now,
            updated=call.now,
            description=call.get("Description"),
            key=call.get("EncryptionKey"),
            versions=[*(before.versions if before else ()), version],
        )
        self.known[found.name] = found
        auxiliary = self.account.files.share(version.glossary.auxiliary().encode())
        return {"TerminologyProperties": found.properties(), "AuxiliaryDataLocation": auxiliary}

    def _version(self, call: Call, *, spread: bool) -> Version:
        data = call["TerminologyData"]
        directionality = data.get("Directionality")
        try:
            glossary = read_terminology(data["File"], data["Format"], directionality or "UNI")
        except BadFile as error:
            wrong_value(str(error))
        if len(glossary.target_languages) > self.account.limits.terminology_targets:
            wrong_value(f"A terminology has at most {self.account.limits.terminology_targets} target languages.")
        used_from = call.now + (self.account.pace.terminology if spread else 0)
        return Version(
            glossary=glossary,
            data=data["File"],
            form=data["Format"],
            directionality=directionality,
            used_from=used_from,
        )

    def get(self, call: Call) -> dict[str, Any]:
        """GetTerminology. The emulator gives files back only in the format that they came in."""
        found = self._found(call["Name"])
        if call.get("TerminologyDataFormat", found.newest.form) != found.newest.form:
            wrong_value(f"The terminology {found.name} was imported as {found.newest.form}.")
        share = self.account.files.share
        return {
            "TerminologyProperties": found.properties(),
            "TerminologyDataLocation": share(found.newest.data),
            "AuxiliaryDataLocation": share(found.newest.glossary.auxiliary().encode()),
        }

    def list(self, call: Call) -> dict[str, Any]:
        """ListTerminologies."""
        every = [self.known[name].properties() for name in sorted(self.known)]
        found, more = page(every, call.get("NextToken"), call.get("MaxResults"), "InvalidParameterValueException")
        return {"TerminologyPropertiesList": found, **more}

    def delete(self, call: Call) -> dict[str, Any]:
        """DeleteTerminology."""
        found = self._found(call["Name"])
        del self.known[found.name]
        self.account.tags.pop(found.arn, None)
        return {}

    def terms(self, names: Sequence[str], source: str, target: str, now: float) -> tuple[tuple[str, str], ...]:
        """The terms of the terminology that a request names, for a pair; none where it has not that pair."""
        return self._found(names[0]).used(now).pairs(source, target) if names else ()

    def check(self, names: Sequence[str]) -> None:
        """Raises a refusal for more than one, and for one that is not there."""
        if len(names) > 1:
            wrong_value("A request may name one terminology.")
        for name in names:
            self._found(name)

    def _found(self, name: str) -> Terminology:
        if name not in self.known:
            not_found(KIND, name)
        return self.known[name]
