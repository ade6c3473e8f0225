"""What watching over a ledger costs at 100,000 notices where people sign in.

Opening with its end walked, a notice with the file looked at beside it, the
whole walk in slices, and a backup that is proven before it counts. Prints
what was measured beside the budget; a slow machine fails no test.
"""

from __future__ import annotations

import os
from datetime import timedelta
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

import pytest

from medcounter.desk import access
from medcounter.desk.desk import Desk
from medcounter.desk.draft import Draft
from tests.access_samples import LI, SECRETS, ZHAO, locked_folder
from tests.bench.big_ledger import A_DAY, fill
from tests.bench.report import spread, tell
from tests.counter_samples import issue_seen
from tests.store_samples import AT

if TYPE_CHECKING:
    from pathlib import Path

NOTICES = int(os.environ.get("MEDCOUNTER_BENCH_NOTICES", "100000"))
RESIDENT = Draft(region="360000", benefit_year=2025, name="张三丰", id_number="11010519491231002X")
# The folder was made at AT; what fills it comes after.
LAST = AT + timedelta(days=NOTICES // A_DAY + 3)
OPENINGS = 15
ISSUED = 200
OPENING_BUDGET = 400
ISSUE_BUDGET = 20
SLICE_BUDGET = 50


def _opened(folder: Path) -> Desk:
    return Desk.open(folder, LAST, who=access.sign_in(folder, LI, SECRETS[LI]))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed folder with sign-in and very many notices."""
    folder = tmp_path_factory.mktemp("large") / "data"
    locked_folder(folder)
    # Some are void, which only a supervisor may say.
    desk = Desk.open(folder, AT, who=access.sign_in(folder, ZHAO, SECRETS[ZHAO]))
    fill(desk._store, NOTICES, LAST, [ZHAO])  # noqa: SLF001 - no desk issues so many
    desk._store.close(with_backup=False)  # noqa: SLF001 - it is timed below
    return folder


def test_walking_it_in_slices(large: Path, request: pytest.FixtureRequest) -> None:
    desk = _opened(large)
    slices, previous = [], perf_counter()
    for fault in desk.keeping.walk():
        assert fault == ""
        slices.append((perf_counter() - previous) * 1000)
        previous = perf_counter()
    desk._store.close(with_backup=False)  # noqa: SLF001 - it is timed below
    tell(
        request,
        f"{NOTICES:,} notices walked in {sum(slices) / 1000:.1f} s, a slice {median(slices):.0f}, "
        f"longest {max(slices):.0f}; budget {SLICE_BUDGET} ms",
    )


def test_a_backup_that_is_proven(large: Path, request: pytest.FixtureRequest) -> None:
    for known in (False, True):
        if not known:
            (large / "walked.json").unlink(missing_ok=True)
        desk = _opened(large)
        issue_seen(desk, desk.outcome(RESIDENT, LAST.date()), LAST, f"backup {known}")
        began = perf_counter()
        assert desk.back_up() is not None
        took = perf_counter() - began
        desk.close()
        before = "walked before" if known else "never walked"
        tell(request, f"a backup of {NOTICES:,} notices, {before}: {took:.1f} s")


def test_opening_and_issuing(large: Path, request: pytest.FixtureRequest) -> None:
    opened = []
    for _ in range(OPENINGS):
        began = perf_counter()
        desk = _opened(large)
        opened.append((perf_counter() - began) * 1000)
        desk._store.close(with_backup=False)  # noqa: SLF001 - timed above
    desk = _opened(large)
    outcome = desk.outcome(RESIDENT, LAST.date())
    taken = []
    for click in range(ISSUED):
        began = perf_counter()
        issue_seen(desk, outcome, LAST, f"bench-{click}")
        taken.append((perf_counter() - began) * 1000)
    desk._store.close(with_backup=False)  # noqa: SLF001 - timed above
    assert min(taken) > 0
    tell(request, f"opening with sign-in: {spread(opened, 'ms')}; budget {OPENING_BUDGET} ms")
    tell(request, f"one notice issued: {spread(taken, 'ms')}; budget {ISSUE_BUDGET} ms (median)")
