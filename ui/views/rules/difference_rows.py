"""The difference of two bundles as table rows; compares nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from medcounter.desk.authoring.rule_files import told_ends
from medcounter.desk.desk_records import UpdatePlan

from ...widgets.record_model import Column

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medcounter.desk.authoring.rule_files import HallOffer

ABSENT = "—"
_HEADS = ("programmes", "regions", "vocabulary", "sources")


class Change(Protocol):
    """One line of a difference, as the desk's sync plan lists it."""

    @property
    def path(self) -> str:
        """Where in the bundle."""

    @property
    def old(self) -> str | None:
        """What stood there; None where there was nothing."""

    @property
    def new(self) -> str | None:
        """What stands there now; None where it was taken out."""

    @property
    def text(self) -> str:
        """What that means, in one Chinese sentence."""


@dataclass(frozen=True, slots=True)
class WordedChange:
    """A change that is told in words and has no place in a bundle."""

    text: str
    old: str
    new: str
    path: str = ""


def changes_of(offer: UpdatePlan | HallOffer) -> tuple[Change, ...]:
    """List what a file of rules changes; what of the hall it ends comes first."""
    if isinstance(offer, UpdatePlan):
        ended = tuple(WordedChange(one.text, one.old, one.new) for one in told_ends(offer))
        return (*ended, *weightiest_first(offer.difference))
    return tuple(WordedChange(one.text, one.old, one.new) for one in offer.lines)


def shown(value: str | None) -> str:
    """Write a value, or that there is none."""
    return value or ABSENT


def weightiest_first(lines: Iterable[Change]) -> tuple[Change, ...]:
    """Put what changes answers before sources, and examples last."""
    return tuple(sorted(lines, key=_weight))


def _weight(line: Change) -> int:
    head = line.path.partition("[")[0].partition(".")[0]
    return _HEADS.index(head) if head in _HEADS else len(_HEADS)


def change_text(line: Change) -> str:
    """Say a change in full: its place in the bundle, or else its values."""
    values = " → ".join(one for one in (line.old, line.new) if one not in {None, "", ABSENT})
    return "\n".join(filter(None, (line.text, line.path or values)))


DIFFERENCE_COLUMNS: tuple[Column[Change], ...] = (
    Column("text", "改了什么", lambda line: line.text, lambda line: line.path),
    Column("old", "现行", lambda line: shown(line.old), lambda line: line.old),
    Column("new", "新版", lambda line: shown(line.new), lambda line: line.new),
)
