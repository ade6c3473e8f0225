"""Distinguish a reader's burst from typing by the time between keys alone.

Pure; knows no event and no widget. Times are in milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

# Readers type a key every 1 to 20 ms; the fastest fingers need 50 and more.
LONGEST_GAP = 35
# No card gives fewer signs than an old number has.
SHORTEST = 15
LONGEST = 400


class KeyVerdict(Enum):
    """What to do with a key.

    Attributes:
        PASS: It is typing; let it through.
        HOLD: It may be a reader's; keep it back until that is known.
        RELEASE: Those kept back were typing after all; let them go first.
    """

    PASS = "pass"  # noqa: S105 - not a password
    HOLD = "hold"
    RELEASE = "release"


@dataclass(frozen=True, slots=True)
class Burst:
    """Keys that followed each other quickly.

    Attributes:
        text: What they typed, the first one with them.
        last: Time of the last one.
    """

    text: str = ""
    last: int = 0

    @property
    def held(self) -> int:
        """How many keys are kept back: all but the first."""
        return max(0, len(self.text) - 1)

    @property
    def is_long_enough(self) -> bool:
        """Whether this can be all that a reader gives."""
        return len(self.text) >= SHORTEST

    def key(self, text: str, at: int) -> tuple[Burst, KeyVerdict]:
        """Take a key.

        Args:
            text: What it types; empty for a key that types nothing.
            at: When it was pressed; 0 when nobody knows.
        """
        fast = bool(self.text) and at > 0 and 0 <= at - self.last <= LONGEST_GAP
        if fast and text and len(self.text) < LONGEST:
            return replace(self, text=self.text + text, last=at), KeyVerdict.HOLD
        verdict = KeyVerdict.RELEASE if self.held else KeyVerdict.PASS
        started = Burst(text, at) if text and at > 0 else Burst()
        return started, verdict
