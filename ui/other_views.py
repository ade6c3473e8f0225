"""The views besides the desk, each made and wired when it is first opened.

Start-up must not wait for what may never be opened.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from medcounter.desk.safety.alerts import OPEN_WAITING

from .work.ends import end_all

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

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

_Wiring = TypeVar("_Wiring", bound="ViewWiring")


# Each view is loaded when it is first opened: all of them together take a third of a second.
def _ledger() -> type[LedgerWiring]:
    from .wiring.ledger_wiring import LedgerWiring  # noqa: PLC0415 - see above

    return LedgerWiring


def _rules() -> type[RulesWiring]:
    from .wiring.rules_wiring import RulesWiring  # noqa: PLC0415 - see above

    return RulesWiring


def _studio() -> type[StudioWiring]:
    from .wiring.studio_wiring import StudioWiring  # noqa: PLC0415 - see above

    return StudioWiring


def _settings() -> type[SettingsWiring]:
    from .wiring.settings_wiring import SettingsWiring  # noqa: PLC0415 - see above

    return SettingsWiring


def _check() -> type[CheckWiring]:
    from .wiring.check_wiring import CheckWiring  # noqa: PLC0415 - see above

    return CheckWiring


def _day() -> type[DayWiring]:
    from .wiring.day_wiring import DayWiring  # noqa: PLC0415 - see above

    return DayWiring


def _guide() -> type[GuideWiring]:
    from .wiring.guide_wiring import GuideWiring  # noqa: PLC0415 - see above

    return GuideWiring


def _season() -> type[SeasonWiring]:
    from .wiring.season_wiring import SeasonWiring  # noqa: PLC0415 - see above

    return SeasonWiring


def _roster() -> type[RosterWiring]:
    from .wiring.roster_wiring import RosterWiring  # noqa: PLC0415 - see above

    return RosterWiring


_LEDGER, _STUDIO, _ROSTER = "view_ledger", "view_studio", "view_roster"
# What connects each view, by the act that opens it, in no order.
VIEWS: Mapping[str, Callable[[], type[ViewWiring]]] = {
    _LEDGER: _ledger,
    "view_rules": _rules,
    _STUDIO: _studio,
    "view_settings": _settings,
    "view_check": _check,
    "view_day": _day,
    "view_guide": _guide,
    "view_season": _season,
    _ROSTER: _roster,
}


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
        self._made: dict[str, ViewWiring] = {}

    @property
    def acts(self) -> Mapping[str, Callable[[], object]]:
        """What can be done here, by the names of the table of shortcuts."""
        return {
            **{act: partial(self._open, load) for act, load in VIEWS.items()},
            "history": lambda: self._view(_ledger).open_history(),
            "write_phrases": lambda: self._view(_settings).open_phrases(),
            OPEN_WAITING: lambda: self._view(_studio).open_waiting(),
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
        """Go on with what outlives a window over one built anew; close all else."""
        for made in [one for one in before._made.values() if one.outlives_window]:
            del before._made[made.view]
            made.serve(self._context)
            self._keep(made)
        before.close()

    def _view(self, load: Callable[[], type[_Wiring]]) -> _Wiring:
        kind = load()
        made = self._made.get(kind.view)
        if not isinstance(made, kind):
            made = kind(self._context)
            self._keep(made)
        return made

    def _open(self, load: Callable[[], type[ViewWiring]]) -> None:
        self._view(load).open()

    def _keep(self, made: ViewWiring) -> None:
        self._made[made.view] = made
        made.draft_wanted.connect(self.draft_wanted)
        made.reported.connect(self.ledger_reported)
        made.rules_taken.connect(self._on_rules_taken)
        made.settings_saved.connect(self.settings_saved)

    def _on_rules_taken(self) -> None:
        studio = self._made.get(_STUDIO)
        if studio is not None and isinstance(studio, _studio()):
            studio.follow_rules()
        self.rules_taken.emit()
