"""The ledger as a register: filter, correct, mark as entered, export.

Every change is a chained event. A file is never half written, and none is
written without its event.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, datetime, timedelta

from medcounter.desk.access.access_records import Approval
from medcounter.desk.access.desk_access import EXPORT, VOID, VOID_RUN
from medcounter.desk.counter import issuing
from medcounter.desk.counter.export_kinds import CSV, Exported
from medcounter.desk.desk_context import DeskContext
from medcounter.desk.desk_records import LedgerPage, UnconfirmedPrint
from medcounter.desk.draft.draft import Draft
from medcounter.desk.draft.draft_codec import dump_draft
from medcounter.desk.draft.draft_from_facts import recalled_draft
from medcounter.destinations import Destination
from medcounter.errors import MedCounterError
from medcounter.identity.id_number import IdNumber, read_id
from medcounter.identity.names import read_name
from medcounter.store.journal.journal import NewEvent
from medcounter.store.ledger.ledger_filter import (
    ENTERED_ONES,
    EVERYTHING,
    TO_ENTER,
    LedgerFilter,
)
from medcounter.store.ledger_records import LedgerEntry, Run
from medcounter.store.store_errors import ReasonMissingError
from medcounter.wording.terms import UNCONFIRMED
from medcounter.wording.terms import VOID as VOIDED

__all__ = [
    "ENTERED_ONES",
    "EVERYTHING",
    "TO_ENTER",
    "LedgerFilter",
    "PersonUnknownError",
    "Register",
    "Run",
]

_log = logging.getLogger(__name__)
# What is looked through notice by notice goes back this far unless days are named.
USUAL_DAYS = 31
_SLICE = 500


class PersonUnknownError(MedCounterError):
    """还没有填写证件号码或姓名，不能查这个人的记录；请先填写证件号码。"""


class Register:
    """The ledger of one counter, as a register."""

    def __init__(self, context: DeskContext) -> None:
        """Work on an open counter."""
        self._context = context
        self._store = context.store
        self._access = context.access

    def page(
        self, query: str, limit: int, offset: int, within: LedgerFilter, on: date
    ) -> LedgerPage:
        """Search notices, newest first.

        Args:
            query: As typed.
            limit: At most so many rows.
            offset: How many to leave out first.
            within: Days, state, clerk or person wanted. What must be looked
                for notice by notice goes back 31 days unless days are named.
            on: Today.
        """
        found = self._store.ledger.search(query, limit, offset, bounded(within, on))
        return LedgerPage(tuple(issuing.ledger_row(entry) for entry in found.rows), found.total)

    def person_of(self, number: str) -> LedgerFilter:
        """Return the filter for all notices of a notice's person.

        Raises:
            NoticeUnknownError: No notice has the number.
            PartyErasedError: The person was erased.
        """
        stated = self._store.corrections.stated(number)
        if stated is None:
            raise issuing.PartyErasedError
        return LedgerFilter(id_number=stated.id_number, name=stated.name)

    def person_in(self, draft: Draft) -> LedgerFilter:
        """Return the filter for all notices of the person of a draft.

        Raises:
            PersonUnknownError: The draft names nobody yet.
        """
        number = read_id(draft.id_number)
        name = read_name(draft.name).text
        if isinstance(number, IdNumber):
            return LedgerFilter(id_number=number.text, name=name)
        if not name:
            raise PersonUnknownError
        return LedgerFilter(name=name)

    def correct(
        self, number: str, reason: str, at: datetime, approval: Approval | None = None
    ) -> Draft:
        """Void a notice and give the draft that is to replace it, kept already.

        Void and draft are one transaction. A notice that is void already and
        was not replaced is brought back again, without another void.

        Raises:
            ClockBackError: The clock was set back.
            NoticeReplacedError: It was corrected already.
            NoticeUnknownError: No notice has this number.
            PartyErasedError: Its person was erased.
            ReasonMissingError: The reason is blank.
            SupervisorNeededError: A supervisor must agree first.
            AuditorLooksOnlyError: An auditor only looks.
        """
        if not reason.strip():
            raise ReasonMissingError
        issued = issuing.from_ledger(self._store.ledger.find(number))
        stated = self._store.corrections.stated(number)
        if stated is None:
            raise issuing.PartyErasedError
        draft = recalled_draft(issued.notice, stated)
        permit = self._access.require(VOID, approval)
        detail = {"reason": reason.strip()}
        void = NewEvent("void", at, self._context.settings.clerk, detail=detail)
        with permit.during():
            self._store.corrections.correct(number, dump_draft(draft), void)
        _log.info("notice %s voided to be corrected", number)
        return draft

    def is_listed(self, number: str) -> bool:
        """Return whether a notice was issued for a list.

        Raises:
            NoticeUnknownError: No notice has the number.
        """
        return self._store.runs.holds(number)

    def run_of(self, number: str) -> Run:
        """Return what was issued for a list together with a notice.

        Raises:
            NoticeUnknownError: No notice has the number.
            RunUnknownError: It was not issued for a list.
        """
        return self._store.runs.of(number)

    def void_run(
        self, number: str, reason: str, at: datetime, approval: Approval | None = None
    ) -> Run:
        """Void all that was issued for a list together with a notice, in one transaction.

        Args:
            number: Of any notice of the run.
            reason: Why; kept with each notice.
            at: When, with its zone.
            approval: A supervisor's word, where somebody else signed in.

        Returns:
            The run as it was before; its ``valid`` ones were voided.

        Raises:
            ClockBackError: The clock was set back.
            NoticeUnknownError: No notice has the number.
            ReasonMissingError: The reason is blank.
            RunUnknownError: It was not issued for a list.
            RunVoidError: All of it is void already.
            SupervisorNeededError: A supervisor must agree first.
            AuditorLooksOnlyError: An auditor only looks.
        """
        if not reason.strip():
            raise ReasonMissingError
        self._store.runs.of(number)
        with self._access.require(VOID_RUN, approval).during():
            run = self._store.runs.void(number, reason, at, self._context.settings.clerk)
        _log.info("%d notices of a run voided", len(run.valid))
        return run

    def void_chosen(
        self, numbers: Sequence[str], reason: str, at: datetime, approval: Approval | None = None
    ) -> tuple[str, ...]:
        """Void several notices for one reason, in one transaction.

        Returns:
            The numbers of those voided; what was void already is left alone.

        Raises:
            ClockBackError: The clock was set back.
            NoticeUnknownError: A number is no notice's; none was voided.
            ReasonMissingError: The reason is blank.
            SupervisorNeededError: A supervisor must agree first.
            AuditorLooksOnlyError: An auditor only looks.
        """
        if not reason.strip():
            raise ReasonMissingError
        with self._access.require(VOID_RUN, approval).during():
            clerk = self._context.settings.clerk
            voided = self._store.runs.void_chosen(numbers, reason, at, clerk)
        _log.info("%d chosen notices voided", len(voided))
        return voided

    def mark_entered(self, numbers: Iterable[str], at: datetime, *, entered: bool = True) -> int:
        """Keep that notices were entered in the official system, or were not.

        Returns:
            How many of them that was news of.

        Raises:
            NoticeUnknownError: A number is no notice's; none was marked.
            NoticeVoidError: One is void; none was marked.
            AuditorLooksOnlyError: An auditor only looks.
        """
        self._access.require_clerk()
        clerk = self._context.settings.clerk
        return self._store.corrections.mark_entered(tuple(numbers), at, clerk, entered=entered)

    def export(  # noqa: PLR0913 - where, what, when, and whether it is allowed
        self,
        destination: Destination,
        query: str,
        within: LedgerFilter,
        at: datetime,
        *,
        masked: bool = True,
        approval: Approval | None = None,
    ) -> Exported:
        """Write what a search finds into a table, durably, and keep that it was.

        Args:
            destination: Ends with ``.xlsx`` or ``.csv``.
            query: As typed.
            within: As for :meth:`page`.
            at: When, with its zone.
            masked: Whether ID numbers are masked.
            approval: A supervisor's word, where they are not.

        Raises:
            SupervisorNeededError: A supervisor must agree first.
            TableUnsavedError: The disk does not let us; nothing was made.
            StoreError: The ledger failed; nothing was made.
        """
        permit = None if masked else self._access.require(EXPORT, approval)
        form = destination.path.suffix.lower()
        bound = bounded(within, at.date())
        detail: dict[str, object] = {
            "form": form.removeprefix("."),
            "masked": masked,
            "state": bound.state,
            "to_enter": within.state == TO_ENTER,
        }
        for name in ("first_day", "last_day"):
            day = getattr(bound, name)
            detail[name] = day.isoformat() if day else None

        def note(notices: int) -> None:
            detail["notices"] = notices
            event = NewEvent("export", at, self._context.settings.clerk, detail=detail)
            with nullcontext() if permit is None else permit.during():
                self._store.note(event)

        made = _writer(form)(destination, self._entries(query, bound), note, masked=masked)
        _log.info("%d notices exported", made.notices)
        return made

    def export_audit(
        self, at: datetime, *, masked: bool = True, approval: Approval | None = None
    ) -> Iterator[bytes]:
        """Return the lines of the file for an auditor; that it was made is kept.

        Raises:
            SupervisorNeededError: Unmasked, and a supervisor must agree first.
        """
        permit = None if masked else self._access.require(EXPORT, approval)
        lines = self._store.export(at, self._context.settings.clerk, masked=masked)
        return lines if permit is None else permit.each(lines)

    def unconfirmed_print(self) -> UnconfirmedPrint | None:
        """Return the last notice if nobody confirmed that its print came out.

        Raises:
            StoreError: The ledger failed.
        """
        stored = self._store.ledger.last()
        if stored is None or stored.state == VOIDED or stored.document is None:
            return None
        last = stored.prints[-1]
        if last.state != UNCONFIRMED:
            return None
        return UnconfirmedPrint(stored.number, stored.issued_at, last.print_no)

    def _entries(self, query: str, within: LedgerFilter) -> Iterable[LedgerEntry]:
        offset = 0
        while found := self._store.ledger.search(query, _SLICE, offset, within).rows:
            yield from found
            offset += len(found)


def _writer(form: str) -> Callable[..., Exported]:
    """Return what writes a table, loaded when one is wanted: no start waits."""
    if form == CSV:
        from medcounter.desk.counter.csv_table import write_csv  # noqa: PLC0415 - see above

        return write_csv
    from medcounter.desk.counter.spreadsheet import write_table  # noqa: PLC0415 - see above

    return write_table


def bounded(within: LedgerFilter, on: date) -> LedgerFilter:
    """Let what must be looked for notice by notice go back 31 days only."""
    if within.needs_days and within.first_day is None:
        return replace(within, first_day=on - timedelta(days=USUAL_DAYS))
    return within
