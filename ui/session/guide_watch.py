"""Whether the guide of the first day has something left, told when that changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medcounter.desk.counter.first_day import guide_steps, is_over

if TYPE_CHECKING:
    from .session import Session


class GuideWatch(QObject):
    """The guide of the open desk.

    Signals:
        changed: The GuideSteps while something is left, else none.
    """

    changed = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._seen: object = None
        session.updated.connect(self.look)

    def look(self) -> None:
        """Tell how the guide stands, if that is different."""
        desk = self._session.desk
        if desk is None or (desk, desk.settings) == self._seen:
            return
        self._seen = (desk, desk.settings)
        signs_in = desk.access.who is not None
        over = desk.practice or is_over(desk.settings, signs_in=signs_in)
        self.changed.emit(() if over else guide_steps(desk.settings, signs_in=signs_in))

    def look_again(self) -> None:
        """Tell it to a line made anew, or after something was kept."""
        self._seen = None
        self.look()
