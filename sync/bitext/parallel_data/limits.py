"""What Amazon Translate takes as parallel data: its rules for a field, its names for languages. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alignment.locales import load
from sync.bitext.parallel_data.model import Reason
from sync.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST: Final = 1_000
"""Bytes of a field in UTF-8."""
SIGNS: Final = ("+", "-", "=", "@")
"""No field begins with one of them, quoted or not."""
CODES: Final = (
    "af sq am ar hy az bn bs bg ca zh zh-TW hr cs da fa-AF nl en et fa tl fi fr fr-CA ka de el gu ht ha he hi hu is id "
    "ga it ja kn kk ko lv lt mk ms ml mt mr mn no ps pl pt pt-PT pa ro ru sr si sk sl so es es-MX sw sv ta te th tr uk "
    "ur uz vi cy"
)
"""Every language that Amazon Translate has, as it is called there."""
ALIASES: Final = {"nb": "no", "nn": "no", "fil": "tl", "iw": "he", "in": "id", "prs": "fa-AF"}


def is_long(text: str) -> bool:
    return len(text.encode("utf-8")) > MOST


def fault(text: str) -> Reason | None:
    """Why a line of text cannot be a field, or nothing."""
    if is_long(text):
        return Reason.LONG
    return Reason.SIGN if text.startswith(SIGNS) else None


def amazon_code(tag: str) -> str:
    """What Amazon Translate calls the language of a BCP-47 tag.

    Raises:
        UsageError: it does not have that language.
    """
    language = tag.replace("_", "-").split("-")[0].casefold()
    code = load(tag).amazon.code or ALIASES.get(language, language)
    if code in CODES.split():
        return code
    message = (
        f"{tag}: Amazon Translate has no such language, so there can be no parallel data for it. Check the tag "
        f"(Japanese is ja, Vietnamese vi). amts memory export writes pairs for other programs in any language."
    )
    raise UsageError(message)


def amazon_codes(tags: Sequence[str]) -> list[str]:
    """The same for all columns of a file.

    Raises:
        UsageError: it does not have a language, or two languages are one for it.
    """
    codes = [amazon_code(tag) for tag in tags]
    if len(set(codes)) == len(codes):
        return codes
    message = f"{', '.join(tags)}: Amazon calls two of these {max(codes, key=codes.count)}. Give each language once."
    raise UsageError(message)
