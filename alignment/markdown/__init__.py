"""Text → Document and back, byte for byte; the dialects of the book; inline markup as placeholders; pending English."""

from alignment.markdown.masking import MaskError, mask, spans, unmask
from alignment.markdown.parser import parse
from alignment.markdown.pending import digest, read_pending, write_pending
from alignment.markdown.profiles import COMMONMARK, D2L, MYST, PROFILES, Profile

__all__ = [
    "COMMONMARK",
    "D2L",
    "MYST",
    "PROFILES",
    "MaskError",
    "Profile",
    "digest",
    "mask",
    "parse",
    "read_pending",
    "spans",
    "unmask",
    "write_pending",
]
