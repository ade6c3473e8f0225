"""Whatever happens at a counter, its numbers follow each other without a gap."""

from __future__ import annotations

import itertools
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medcounter.store.journal.journal import NewEvent
from medcounter.store.ledger.day_acts import DaySpan
from medcounter.store.ledger.ledger_days import whole_day
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.store.store_errors import DayClosedError, NoticeVoidError
from medcounter.wording.terms import VOID
from tests.support.store.store_samples import AT, counted, notice, paper

DESKS = ("03", "04")
ACTS = st.sampled_from(
    (
        "issue",
        "issue",
        "issue",
        "again",
        "unwritable paper",
        "reprint",
        "no paper came out",
        "void",
        "correct",
        "next day",
        "close the day",
        "new year",
        "cut off",
    )
)


class PaperFailedError(Exception):
    """No paper could be composed."""


class AnyCounter:
    """A ledger under whatever a test thinks up."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store: Store = open_store(folder)
        self.now: datetime = AT
        self.requests = itertools.count(1)
        self.issued: list[tuple[int, str, str]] = []
        self.replaced: set[str] = set()

    def do(self, act: str, desk: str) -> None:
        """Do one act; each takes a minute."""
        self.now += timedelta(minutes=1)
        getattr(self, f"_{act.replace(' ', '_')}")(desk)

    def numbers(self) -> list[str]:
        """All numbers, oldest first."""
        found = self.store.ledger.search("", 1000).rows
        return [entry.number for entry in reversed(found)]

    def _issue(self, desk: str, replaces: str | None = None) -> None:
        request = next(self.requests)
        new = notice(request, desk=desk, issued_at=self.now, replaces=replaces)
        stored = self.store.ledger.issue(new, paper)
        self.issued.append((request, desk, stored.number))

    def _again(self, _desk: str) -> None:
        """A second click, or a retry after a fault nobody understood."""
        for request, desk, number in self.issued[-1:]:
            new = notice(request, desk=desk, issued_at=self.now)
            assert self.store.ledger.issue(new, paper).number == number

    def _unwritable_paper(self, desk: str) -> None:
        def failing(_number: str) -> bytes:
            raise PaperFailedError

        new = notice(next(self.requests), desk=desk, issued_at=self.now)
        with pytest.raises(PaperFailedError):
            self.store.ledger.issue(new, failing)

    def _reprint(self, _desk: str) -> None:
        for _, _, number in self.issued[-1:]:
            try:
                self.store.ledger.add_print(number, self.now, "王丽")
            except NoticeVoidError:
                assert self.store.ledger.find(number).state == VOID

    def _no_paper_came_out(self, _desk: str) -> None:
        for _, _, number in self.issued[-1:]:
            print_no = len(self.store.ledger.find(number).prints)
            self.store.ledger.mark_prints(((number, print_no),), self.now, "王丽", ok=False)

    def _void(self, _desk: str) -> None:
        for _, _, number in self.issued[-1:]:
            if self.store.ledger.find(number).state != VOID:
                self.store.ledger.void(number, "填错", self.now, "王丽")

    def _correct(self, desk: str) -> None:
        for _, _, number in self.issued[-1:]:
            if number not in self.replaced:
                self.replaced.add(number)
                void = NewEvent("void", self.now, "王丽", detail={"reason": "填错"})
                self.store.corrections.correct(number, b"{}", void)
                self._issue(desk, number)

    def _next_day(self, _desk: str) -> None:
        self.now += timedelta(days=1)

    def _new_year(self, _desk: str) -> None:
        self.now = self.now.replace(year=self.now.year + 1)

    def _close_the_day(self, desk: str) -> None:
        span: DaySpan = whole_day(self.now.date(), self.now)
        try:
            self.store.days.close(span, desk, self.now, "王丽", counted)
        except DayClosedError:
            assert self.store.days.closes(span.day)

    def _cut_off(self, _desk: str) -> None:
        """The program is gone without a word, and started again."""
        self.store.close(with_backup=False)
        self.store = open_store(self.folder)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(ACTS, st.sampled_from(DESKS)), max_size=30))
def test_numbers_and_closes_follow_each_other_for_each_year_and_desk(
    acts: list[tuple[str, str]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        counter = AnyCounter(Path(folder) / "data")
        for act, desk in acts:
            counter.do(act, desk)
        numbers = counter.numbers()
        assert numbers == [number for _, _, number in counter.issued]
        closes = [close.number for close in counter.store.days.closes()]
        faults = [fault for fault in counter.store.ledger.verify() if fault is not None]
        counter.store.close(with_backup=False)
    for given_out, width in ((numbers, 6), (closes, 4)):
        for place in {number[:7] for number in given_out}:
            counted = [int(number[-width:]) for number in given_out if number.startswith(place)]
            assert counted == list(range(1, len(counted) + 1))
    assert faults == []
