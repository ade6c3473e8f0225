"""A counter with its own ledger to test windows with; every person is invented."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from medcounter.desk.counter.register import EVERYTHING
from medcounter.desk.desk import Desk
from medcounter.paths import resource
from medcounter.settings import Settings
from medcounter.strict_json import canonical
from medcounter.trust.roots import read_roots
from tests.support.desk.desk_samples import jiangxi_alone
from tests.support.store.store_samples import KEYS

if TYPE_CHECKING:
    from pathlib import Path

    from medcounter.desk.desk_records import IssuedNotice, LedgerPage
    from medcounter.desk.draft.draft import Draft
    from medcounter.desk.evaluate.outcome import Outcome

BEIJING = timezone(timedelta(hours=8))
OPENED_AT = datetime(2025, 3, 5, 9, 0, tzinfo=BEIJING)
ID_NUMBER = "360103198807121237"
NEW_CHANNEL = "税务大厅新窗口"
HALL = Settings(hall="临川区政务服务中心", desk="03", clerk="王丽", region="360000")


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = OPENED_AT

    def __call__(self) -> datetime:
        """Give the time it shows."""
        return self.now

    def move(self, minutes: int) -> None:
        """Let minutes pass."""
        self.now += timedelta(minutes=minutes)


def issue_seen(desk: Desk, outcome: Outcome, at: datetime, request: str) -> IssuedNotice:
    """Issue with every reason to doubt acknowledged, for tests that are about something else."""
    seen = {doubt.code for doubt in desk.households.doubts((outcome,), at)}
    return desk.households.issue((outcome,), at, (request,), seen)[0]


def ledger_page(desk: Desk, query: str = "", limit: int = 100, offset: int = 0) -> LedgerPage:
    """Search all notices of a ledger, newest first."""
    return desk.register.page(query, limit, offset, EVERYTHING, OPENED_AT.date())


def faults_of(desk: Desk) -> tuple[str, ...]:
    """Walk the ledger's chain; one sentence for each place that fails."""
    return tuple(filter(None, desk.health.verify()))


def last_draft(desk: Desk) -> Draft | None:
    """Give what was being typed, as it was kept last; None when there is nothing."""
    kept = desk.households.last()
    return None if kept is None else kept.current


@dataclass
class Counter:
    """An open desk and its clock."""

    desk: Desk
    clock: Clock = field(default_factory=Clock)
    issued: int = 0

    def issue(self, name: str, **typed: object) -> IssuedNotice:
        """Issue a notice of the year 2025."""
        self.clock.move(1)
        self.issued += 1
        on = self.clock().date()
        draft = replace(self.desk.new_draft(on), benefit_year=2025, name=name)
        for key, value in {"id_number": ID_NUMBER, **typed}.items():
            draft = draft.with_(key, value)  # type: ignore[arg-type]  # typed as the field is
        outcome = self.desk.outcome(draft, on)
        assert outcome.can_issue, outcome.blocked_by
        return issue_seen(self.desk, outcome, self.clock(), f"request-{self.issued}")


def open_counter(folder: Path) -> Counter:
    """Open a counter of its own, which trusts the demo keys."""
    roots = read_roots((KEYS / "demo-roots.json").read_bytes())
    desk = Desk.open(folder, OPENED_AT, roots=roots)
    desk.save_settings(HALL, OPENED_AT)
    return Counter(desk)


def newer_bundle(revision: int = 2) -> bytes:
    """The shipped bundle of a later revision with one channel named otherwise."""
    return canonical(_renamed(revision))


def newer_jiangxi(revision: int = 2) -> bytes:
    """The same with Jiangxi alone: proven in a tenth of the time."""
    return canonical(jiangxi_alone(_renamed(revision)))


def _renamed(revision: int) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(resource("bundle.json").read_bytes())
    document["revision"] = revision
    entry = next(
        entry
        for programme in document["programmes"]
        if programme["region"] == "361000"
        for entry in programme.get("advice", ())
        if entry["kind"] == "channel"
    )
    entry["label"] = NEW_CHANNEL
    return document
