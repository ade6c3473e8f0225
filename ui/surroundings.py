"""What a counter takes from its machine; a test gives it otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcounter.trust.roots import Roots


def local_now() -> datetime:
    """Return the present time with the zone of this machine."""
    return datetime.now(UTC).astimezone()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a counter takes from its machine.

    Attributes:
        clock: Gives the present time with its zone.
        roots: Whose signatures count; those of the program when None.
        printer: Gives the name of the usual printer, empty when there is
            none; asks the system when None.
    """

    clock: Callable[[], datetime] = local_now
    roots: Roots | None = None
    printer: Callable[[], str] | None = None


THIS_MACHINE = Surroundings()
