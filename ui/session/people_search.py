"""Search for people the desk knows, during typing.

Asks the desk and emits what was found; changes no draft by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medcounter.desk.draft.draft import Draft
from medcounter.desk.draft.draft_edits import is_search
from medcounter.errors import MedCounterError

from ..messages import NOBODY_SERVED, told_problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from medcounter.desk.desk import Desk
    from medcounter.desk.desk_records import IssuedNotice


class PeopleSearch(QObject):
    """The search in the one search box.

    Signals:
        sought: The text of a search and the matches; empty ends it.
        recalled: Who was served last, the newest first.
        reported: A Message for the strip.
    """

    sought = Signal(str, object)
    recalled = Signal(object)
    reported = Signal(object)

    def __init__(self, clock: Callable[[], datetime], parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock
        self._searching = False
        self._recent: list[str] = []

    @property
    def is_on(self) -> bool:
        """Whether matches, or that there are none, are being shown."""
        return self._searching

    def seek(self, desk: Desk, text: str) -> bool:
        """Look for known people.

        Returns:
            Whether the text is nothing but a search, and no ID number.
        """
        only_search = is_search(text)
        try:
            found = desk.people.find(text)
        except MedCounterError as err:
            self.reported.emit(told_problem(err))
            found = ()
        was_on, self._searching = self._searching, only_search or bool(found)
        if was_on or self._searching:
            self.sought.emit(text if self._searching else "", found)
        return only_search

    def remember(self, notices: tuple[IssuedNotice, ...]) -> None:
        """Keep in memory who was served last; only the numbers of their notices."""
        self._recent.extend(one.notice.number or "" for one in notices)

    def forget(self) -> None:
        """Forget who was served last: somebody else may sit here now."""
        self._recent.clear()
        self.end()

    def show_recent(self, desk: Desk) -> None:
        """Show who was served last since somebody signed in here."""
        try:
            found = desk.people.served(self._recent)
        except MedCounterError as err:
            self.reported.emit(told_problem(err))
            return
        if not found:
            self.reported.emit(NOBODY_SERVED)
            return
        self._searching = True
        self.recalled.emit(found)

    def end(self) -> None:
        """Show matches no longer."""
        if self._searching:
            self._searching = False
            self.sought.emit("", ())

    def recognised(self, desk: Desk, draft: Draft) -> Draft:
        """Return a draft with what is known of the person of its number."""
        try:
            known = desk.people.recognise(draft)
        except MedCounterError as err:
            self.reported.emit(told_problem(err))
            return draft
        if known is not draft:
            self.end()
        return known

    def begun(self, desk: Desk, draft: Draft, number: str) -> Draft:
        """Return a draft with what is known of the person of a notice."""
        try:
            return desk.people.begin(draft, number, self._clock())
        except MedCounterError as err:
            self.reported.emit(told_problem(err))
            return draft
