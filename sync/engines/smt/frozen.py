"""A model as bytes and back: one line of JSON, then the arrays. Nothing in them is run. Pure."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION: Final = 2
"""Of what is written. Bytes of another version are refused, and the model is trained anew."""
KINDS: Final = frozenset({"int32", "int64", "float32", "float64"})

Array = NDArray[Any]


def freeze(facts: Mapping[str, Any], arrays: Mapping[str, Array]) -> bytes:
    """Facts that JSON can hold, and arrays of numbers, as bytes. The same values always give the same bytes."""
    head = {name: [array.dtype.name, list(array.shape)] for name, array in arrays.items()}
    line = json.dumps({"version": VERSION, "arrays": head, "facts": facts}, ensure_ascii=False, separators=(",", ":"))
    body = b"".join(np.ascontiguousarray(array).tobytes() for array in arrays.values())
    return zlib.compress(line.encode() + b"\n" + body, 6)


def thaw(data: bytes) -> tuple[dict[str, Any], dict[str, Array]]:
    """What ``freeze`` was given.

    Raises:
        ValueError: the bytes are not of this version, or damaged.
    """
    try:
        line, _, body = zlib.decompress(data).partition(b"\n")
        head = json.loads(line)
        if head["version"] != VERSION:
            message = f"written by version {head['version']}, not {VERSION}"
            raise ValueError(message)
        return head["facts"], _arrays(head["arrays"], body)
    except (zlib.error, KeyError, TypeError, AttributeError) as error:
        message = f"not a translation model, or a damaged one ({error})"
        raise ValueError(message) from error


def _arrays(head: Mapping[str, Any], body: bytes) -> dict[str, Array]:
    found: dict[str, Array] = {}
    at = 0
    for name, (kind, shape) in head.items():
        if kind not in KINDS:
            message = f"array {name} of unknown kind {kind}"
            raise ValueError(message)
        count = int(np.prod(shape))
        found[name] = np.frombuffer(body, np.dtype(kind), count, at).reshape(shape)
        at += found[name].nbytes
    return found
