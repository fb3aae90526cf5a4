"""``python -m bot``: what ``action.yml`` runs."""

from __future__ import annotations

import os
import secrets
import sys

from bot.action import run


def main() -> int:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    return run(os.environ, lambda line: print(line, flush=True), secrets.token_hex(16))


if __name__ == "__main__":
    sys.exit(main())
