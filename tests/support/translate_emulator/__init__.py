"""Amazon Translate, emulated for tests: faithful to botocore's model of it and to what its documents say.

    python -m tests.support.translate_emulator --help

Nothing here was compared with the live service. What AWS does not document is a switch (settings.py).
"""

from tests.support.translate_emulator.clock import Clock
from tests.support.translate_emulator.emulator import Emulator
from tests.support.translate_emulator.settings import RATES, Limits, Pace, Switches
from tests.support.translate_emulator.signature import Keys

__all__ = ["RATES", "Clock", "Emulator", "Keys", "Limits", "Pace", "Switches"]
