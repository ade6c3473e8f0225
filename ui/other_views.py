"""The views besides the desk, each made and wired when it is first opened.

Start-up must not wait for what may never be opened.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from .wiring.check_wiring import CheckWiring
from .wiring.day_wiring import DayWiring
from .wiring.guide_wiring import GuideWiring
from .wiring.ledger_wiring import LedgerWiring
from .wiring.roster_wiring import RosterWiring
from .wiring.rules_wiring import RulesWiring
from .wiring.season_wiring import SeasonWiring
from .wiring.settings_wiring import SettingsWiring
from .wiring.studio_wiring import StudioWiring
from .wiring.view_wiring import ViewContext, ViewWiring
from .work.ends import end_all

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


_Wiring = TypeVar("_Wiring", bound=ViewWiring)
# What connects each view, in no order: made when the act of the view is first done.
VIEWS: tuple[type[ViewWiring], ...] = (
    LedgerWiring,
    RulesWiring,
    StudioWiring,
    SettingsWiring,
    CheckWiring,
    DayWiring,
    GuideWiring,
    SeasonWiring,
    RosterWiring,
)


class OtherViews(QObject):
    """The views and dialogs besides the desk view.

    Signals:
        rules_taken: Newer rules are in use.
        settings_saved: Other settings are in use.
        draft_wanted: A Draft, to be served now.
        ledger_reported: A Message on what was done in the ledger.
    """

    rules_taken = Signal()
    settings_saved = Signal()
    draft_wanted = Signal(object)
    ledger_reported = Signal(object)

    def __init__(self, context: ViewContext) -> None:
        """Work over an open desk."""
        super().__init__(context.window)
        self._context = context
        self._made: dict[type[ViewWiring], ViewWiring] = {}

    @property
    def acts(self) -> Mapping[str, Callable[[], object]]:
        """What can be done here, by the names of the table of shortcuts."""
        return {
            **{kind.view: partial(self._open, kind) for kind in VIEWS},
            "history": lambda: self._view(LedgerWiring).open_history(),
            "write_phrases": lambda: self._view(SettingsWiring).open_phrases(),
            "reprint_last": self._context.papers.reprint_last,
        }

    @property
    def held(self) -> str:
        """What any view holds in memory only, in one clause; empty for nothing."""
        return "；".join(filter(None, (one.held for one in self._made.values())))

    @property
    def held_by_window(self) -> str:
        """What a window that is built anew would not go on with; empty for nothing."""
        lost = (one.held for one in self._made.values() if not one.outlives_window)
        return "；".join(filter(None, lost))

    def close(self) -> None:
        """End what goes on in any view: the desk is given back."""
        end_all(wiring.close for wiring in self._made.values())

    def take_over(self, before: OtherViews) -> None:
        """Go on with the list over a window built anew; close all else of the old."""
        roster = before._made.pop(RosterWiring, None)
        if isinstance(roster, RosterWiring):
            roster.serve(self._context)
            self._keep(roster)
        before.close()

    def _view(self, kind: type[_Wiring]) -> _Wiring:
        made = self._made.get(kind)
        if not isinstance(made, kind):
            made = kind(self._context)
            self._keep(made)
        return made

    def _open(self, kind: type[ViewWiring]) -> None:
        self._view(kind).open()

    def _keep(self, made: ViewWiring) -> None:
        self._made[type(made)] = made
        made.draft_wanted.connect(self.draft_wanted)
        made.reported.connect(self.ledger_reported)
        made.rules_taken.connect(self._on_rules_taken)
        made.settings_saved.connect(self.settings_saved)

    def _on_rules_taken(self) -> None:
        studio = self._made.get(StudioWiring)
        if isinstance(studio, StudioWiring):
            studio.follow_rules()
        self.rules_taken.emit()
