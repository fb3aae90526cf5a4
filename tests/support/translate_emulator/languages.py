"""The languages of the service, their names, and which of them know formality."""

from __future__ import annotations

import re
from typing import Final

NAMES: Final = {
    "af": "Afrikaans", "sq": "Albanian", "am": "Amharic", "ar": "Arabic", "hy": "Armenian", "az": "Azerbaijani",
    "bn": "Bengali", "bs": "Bosnian", "bg": "Bulgarian", "ca": "Catalan", "zh": "Chinese (Simplified)",
    "zh-TW": "Chinese (Traditional)", "hr": "Croatian", "cs": "Czech", "da": "Danish", "fa-AF": "Dari", "nl": "Dutch",
    "en": "English", "et": "Estonian", "fa": "Farsi (Persian)", "tl": "Filipino, Tagalog", "fi": "Finnish",
    "fr": "French", "fr-CA": "French (Canada)", "ka": "Georgian", "de": "German", "el": "Greek", "gu": "Gujarati",
    "ht": "Haitian Creole", "ha": "Hausa", "he": "Hebrew", "hi": "Hindi", "hu": "Hungarian", "is": "Icelandic",
    "id": "Indonesian", "ga": "Irish", "it": "Italian", "ja": "Japanese", "kn": "Kannada", "kk": "Kazakh",
    "ko": "Korean", "lv": "Latvian", "lt": "Lithuanian", "mk": "Macedonian", "ms": "Malay", "ml": "Malayalam",
    "mt": "Maltese", "mr": "Marathi", "mn": "Mongolian", "no": "Norwegian", "ps": "Pashto", "pl": "Polish",
    "pt": "Portuguese (Brazil)", "pt-PT": "Portuguese (Portugal)", "pa": "Punjabi", "ro": "Romanian", "ru": "Russian",
    "sr": "Serbian", "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian", "so": "Somali", "es": "Spanish",
    "es-MX": "Spanish (Mexico)", "sw": "Swahili", "sv": "Swedish", "ta": "Tamil", "te": "Telugu", "th": "Thai",
    "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese", "cy": "Welsh",
}  # fmt: skip
FORMAL: Final = frozenset({"nl", "fr", "de", "hi", "it", "ja", "ko", "es", "es-MX"})
UNMASKED: Final = frozenset({"vi"})
"""Targets whose profanities the service does not mask."""
SCRIPTS: Final = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("en", re.compile("[A-Za-z]{2}")),
)


def detect(text: str) -> str:
    """A language for ``auto``, by script alone; nothing where none is known."""
    return next((code for code, sign in SCRIPTS if sign.search(text)), "")
