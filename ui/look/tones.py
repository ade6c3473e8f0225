"""The one table of what colours mean, for the form, the ledger and the day.

Contains names of tones; the palette and the style sheet define their colours.
A tone is never the only sign: words or marks accompany it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from medcounter.wording.terms import CORRECTED, ISSUED, UNCONFIRMED, VOID

if TYPE_CHECKING:
    from .theme import Palette

PLAIN: Final = "plain"
QUIET: Final = "quiet"
# Days without benefits, and whatever is still open.
WAIT: Final = "wait"
# Days with benefits, and whatever is done.
COVER: Final = "cover"
# No benefits, nothing to pay into, not valid.
DANGER: Final = "danger"
# A figure that rests on something nobody has said.
DOUBT: Final = "doubt"

UNSETTLED: Final = "unsettled"
ASSUMED: Final = "assumed"
WRONG: Final = "wrong"
# No rules of the place or the year, so that nothing can be issued.
NO_RULES: Final = "no-rules"

_OF_KIND = {
    UNSETTLED: WAIT,
    ASSUMED: DOUBT,
    WRONG: DANGER,
    NO_RULES: DANGER,
    "warning": DANGER,
    "info": PLAIN,
}
_OF_STATE = {ISSUED: COVER, UNCONFIRMED: WAIT, VOID: DANGER, CORRECTED: QUIET}
# What a tone is written in, and the ground of a badge in it.
_COLORS = {
    PLAIN: ("text", "accent_soft"),
    QUIET: ("muted", "quiet_fill"),
    WAIT: ("wait", "wait_soft"),
    COVER: ("cover", "cover_soft"),
    DANGER: ("danger", "danger_soft"),
    DOUBT: ("doubt", "doubt_soft"),
}


def kind_tone(kind: str) -> str:
    """Return the tone of a sentence or of how sure a figure is."""
    return _OF_KIND.get(kind, PLAIN)


def state_tone(mark: str) -> str:
    """Return the tone of what became of a notice."""
    return _OF_STATE.get(mark, PLAIN)


def wait_tone(*, waits: bool) -> str:
    """Return the tone of a wait, or of having none."""
    return WAIT if waits else COVER


def cover_tone(*, covered: bool) -> str:
    """Return the tone of benefits, or of having none."""
    return COVER if covered else DANGER


def ink_of(palette: Palette, tone: str) -> str:
    """Return the colour in which a tone is written."""
    return str(getattr(palette, _COLORS[tone][0]))


def ground_of(palette: Palette, tone: str) -> str:
    """Return the colour of the badge upon which a tone is written."""
    return str(getattr(palette, _COLORS[tone][1]))
