"""Look at a day at the counter, close it once, and print its sheet again.

Reads no clock. The ledger numbers a close and keeps it permanently.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from medcounter.desk.day.day_records import DayClose, DayLook
from medcounter.desk.day.tally import SeasonTally, tally
from medcounter.desk.desk_context import DeskContext
from medcounter.desk.draft.season import season
from medcounter.store.ledger.day_acts import StoredClose, TallyRow
from medcounter.store.ledger.day_figures import dump_figures, figures, load_figures
from medcounter.store.ledger.ledger_days import whole_day
from medcounter.store.store_errors import CloseUnknownError

if TYPE_CHECKING:
    from medcounter.notice.sheet.day_sheet import DaySheet
    from medcounter.store.journal.event_ranges import Range

_log = logging.getLogger(__name__)
LOOKED_BACK_DAYS = 62
MOST_USUAL = 4
_LEAPT = "编号有意跳过一段"


class Days:
    """The days of one counter."""

    def __init__(self, context: DeskContext) -> None:
        """Work on an open counter."""
        self._context = context
        self._store = context.store
        self._access = context.access
        self._counted: tuple[tuple[int, date, int] | None, tuple[TallyRow, ...]] = (None, ())

    def look(self, day: date, at: datetime) -> DayLook:
        """Show a day as it stands; nothing is kept.

        Args:
            day: In the zone of ``at``.
            at: The present time, with its zone.
        """
        span = whole_day(day, at)
        acts = self._store.days.acts(span)
        closes = self.closes(day)
        earlier = (at.date() - timedelta(days=n) for n in range(LOOKED_BACK_DAYS, 0, -1))
        return DayLook(
            day=day,
            open=figures(acts),
            closes=closes,
            can_close=bool(acts.acts) or (not closes and span.start <= at < span.end),
            forgotten=self._store.days.unclosed([whole_day(each, at) for each in earlier]),
            head=str(self._store.ledger.head()),
        )

    def close(self, day: date, at: datetime) -> DayClose:
        """Close a day under the next number; what is done later needs a further close.

        Raises:
            ClockBackError: The clock was set back.
            DayClosedError: It is closed and nothing was done since.
            DayEmptyError: It is over and nothing was done on it.
            DayNotComeError: It lies in the future.
            AuditorLooksOnlyError: An auditor only looks.
            LedgerBrokenError: What was done since the day began does not fit
                the ledger's codes.
            StoreError: It was not closed; one subclass per cause.
        """
        self._access.require_clerk()
        settings = self._context.settings
        span = whole_day(day, at)
        self._store.watch.require_since(span.start)
        stored = self._store.days.close(
            span,
            settings.desk,
            at,
            settings.clerk,
            lambda acts: dump_figures(figures(acts)),
        )
        _log.info("day closed under %s", stored.number)
        return next(each for each in self.closes(day) if each.number == stored.number)

    def closes(self, day: date | None = None) -> tuple[DayClose, ...]:
        """List the closes of a day, or all, oldest first."""
        seen: set[date] = set()
        listed = []
        for stored in self._store.days.closes(day):
            listed.append(_read(stored, further=stored.day in seen))
            seen.add(stored.day)
        return tuple(listed)

    def tally(self, on: date) -> SeasonTally:
        """Count the notices of a day, and of the season it lies in.

        The season is the benefit year collected at the hall's place, else the
        calendar year, for which people pay late.

        Args:
            on: Today.

        Raises:
            StoreError: The ledger failed.
        """
        book, settings = self._context.rule_book, self._context.settings
        found = season(settings.region, settings.scheme, book, on)
        year = on.year if found.year is None else found.year
        end = None if found.year is None else found.end

        today = self._store.days.tally_of_day(on)
        of_year = [row for row in today if row.benefit_year == year]

        def place_name(code: str) -> str:
            return book.name(code) or code

        return SeasonTally(
            year=year,
            collected=found.year is not None,
            end=end,
            days_left=None if end is None else (end - on).days,
            today=tally(today, place_name),
            season=tally((*self._before(year, on), *of_year), place_name),
        )

    def _before(self, year: int, on: date) -> tuple[TallyRow, ...]:
        """Count a season's other days once: of them only a void changes anything."""
        known = (year, on, self._store.days.voids())
        if self._counted[0] != known:
            self._counted = (known, self._store.days.tally_of_year(year, on))
        return self._counted[1]

    def usual_places(self) -> tuple[str, ...]:
        """Name the hall's own place, then those it served most of late.

        Raises:
            StoreError: The ledger failed.
        """
        own = self._context.settings.region
        served = self._store.days.places_served(MOST_USUAL)
        return tuple(dict.fromkeys(filter(None, (own, *served))))[:MOST_USUAL]

    def sheet(self, number: str, at: datetime) -> DaySheet:
        """Return the sheet of a close, to be drawn as often as wanted.

        Args:
            number: Of the close.
            at: When it is drawn, printed at its foot.

        Raises:
            CloseUnknownError: No close has this number.
        """
        # Here and below: a sheet is drawn once a day.
        from medcounter.desk.day.day_lines import sheet_of_close  # noqa: PLC0415 - see above

        for stored, read in zip(self._store.days.closes(), self.closes(), strict=True):
            if stored.number == number:
                acts = self._store.days.acts_of(stored)
                sheet = sheet_of_close(read, acts, self._context.settings, at)
                return self._whole(sheet, stored.ranges)
        raise CloseUnknownError(f"台账中没有日结单“{number}”；请核对编号后重新查找。")

    def draft_sheet(self, day: date, at: datetime) -> DaySheet:
        """Return the sheet of a day as it stands, marked as not closed."""
        from medcounter.desk.day.day_lines import sheet_of_look  # noqa: PLC0415 - see above

        acts = self._store.days.acts(whole_day(day, at))
        sheet = sheet_of_look(self.look(day, at), acts.acts, self._context.settings, at)
        return self._whole(sheet, acts.ranges)

    def _whole(self, sheet: DaySheet, ranges: tuple[Range, ...]) -> DaySheet:
        """Say on a sheet what is no act of a clerk's."""
        leaps = self._store.days.leaps(ranges)
        told = ((_LEAPT, f"{leaps} 次（anchor.json 丢失）"),) if leaps else ()
        return replace(sheet, facts=(*sheet.facts, *told), practice=self._context.practice)


def _read(stored: StoredClose, *, further: bool) -> DayClose:
    return DayClose(
        number=stored.number,
        day=stored.day,
        at=stored.at,
        clerk=stored.clerk,
        further=further,
        figures=load_figures(stored.figures),
        head=str(stored.head),
    )
