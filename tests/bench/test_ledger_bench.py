"""What the ledger costs when it is large: search, filters, the day, the view.

``MEDCOUNTER_BENCH_NOTICES`` says how large; a million takes minutes to make.
Prints what was measured beside the budget; the median must keep it.
"""

from __future__ import annotations

import os
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

import pytest

from medcounter.desk.counter.register import EVERYTHING, TO_ENTER, LedgerFilter
from medcounter.desk.desk import Desk
from medcounter.store.opening.open_store import open_store
from medcounter.wording.terms import CORRECTED, UNCONFIRMED, VOID
from tests.bench.big_ledger import A_DAY, fill, id_of, name_of
from tests.bench.report import spread, tell
from tests.gui.counter_window import LARGE, dress
from tests.support.desk.counter_samples import HALL, Clock, Counter
from tests.support.store.store_samples import AT, demo_roots
from ui.views.ledger.ledger_panel import LedgerPanel
from ui.views.ledger.ledger_session import LedgerSession
from ui.wiring.ledger_wiring import wire_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from PySide6.QtWidgets import QApplication

NOTICES = int(os.environ.get("MEDCOUNTER_BENCH_NOTICES", "100000"))
RUNS = 15


@pytest.fixture(scope="module")
def last(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, datetime]]:
    """A desk over the large ledger, and a time on its last day."""
    folder = tmp_path_factory.mktemp("large") / "data"
    store = open_store(folder)
    fill(store, NOTICES)
    store.close(with_backup=False)
    desk = Desk.open(folder, AT, roots=demo_roots())
    desk.save_settings(HALL, AT)
    # The newest one is whole, so that the view shows it.
    counter = Counter(desk, Clock(AT), issued=7)
    counter.issue("吴建国")
    yield desk, counter.clock()
    desk._store.close(with_backup=False)  # noqa: SLF001 - no copy of a large invented ledger


def times(work: object) -> list[float]:
    """Run something often; milliseconds."""
    taken = []
    for _ in range(RUNS):
        begun = perf_counter()
        work()  # type: ignore[operator]  # given as a lambda
        taken.append((perf_counter() - begun) * 1000)
    return taken


SEARCHES = {
    "everything": ("", EVERYTHING),
    "a name": (name_of(NOTICES // 2), EVERYTHING),
    "a surname and a tail": (f"{name_of(7)[0]} {id_of(9)[-4:]}", EVERYTHING),
    "a surname's pinyin": ("wang", EVERYTHING),
    "one letter": ("w", EVERYTHING),
    "initials": ("wjg", EVERYTHING),
    "an ID number": (id_of(NOTICES // 3), EVERYTHING),
    "void": ("", LedgerFilter(state=VOID)),
    "corrected": ("", LedgerFilter(state=CORRECTED)),
    "unconfirmed, 31 days": ("", LedgerFilter(state=UNCONFIRMED)),
    "to enter, 31 days": ("", LedgerFilter(state=TO_ENTER)),
    "a clerk, 31 days": ("", LedgerFilter(clerk="王丽")),
    "a person": ("", LedgerFilter(id_number=id_of(NOTICES // 4))),
}


@pytest.mark.parametrize("what", SEARCHES)
def test_a_search_of_a_large_ledger_gives_its_first_page_within_50_ms(
    request: pytest.FixtureRequest, last: tuple[Desk, datetime], what: str
) -> None:
    desk, at = last
    query, within = SEARCHES[what]
    found = desk.register.page(query, 100, 0, within, at.date())
    taken = times(lambda: desk.register.page(query, 100, 0, within, at.date()))
    tell(
        request,
        f"{NOTICES:,} notices, {what}: {found.total:,} found, {spread(taken, 'ms')} (budget 50)",
    )
    assert median(taken) <= 50


def test_a_day_of_a_large_ledger_is_looked_at_within_200_ms(
    request: pytest.FixtureRequest, last: tuple[Desk, datetime]
) -> None:
    desk, at = last
    look = desk.days.look(at.date(), at)
    assert 0 < look.open.issued <= A_DAY + 1
    taken = times(lambda: desk.days.look(at.date(), at))
    tell(request, f"a day of {look.open.issued} notices: {spread(taken, 'ms')} (budget 200)")
    assert median(taken) <= 200


def test_the_view_of_a_large_ledger_opens_within_200_ms(
    request: pytest.FixtureRequest,
    last: tuple[Desk, datetime],
    qapp: QApplication,
) -> None:
    dress(qapp)
    desk, at = last

    def open_view() -> None:
        panel = LedgerPanel()
        session = LedgerSession(desk, lambda: at, panel)
        wire_ledger(panel, session, panel)
        panel.resize(*LARGE)
        session.refresh()
        panel.show()
        panel.grab()
        panel.deleteLater()

    open_view()
    taken = times(open_view)
    tell(request, f"opening the view: {spread(taken, 'ms')} (budget 200)")
    assert median(taken) <= 200
