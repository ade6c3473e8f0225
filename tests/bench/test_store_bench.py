"""What the ledger's promises cost: a commit that survives a power cut, a chain that is walked.

Prints what was measured beside the budget; a slow machine fails no test.
Where ``TMPDIR`` lies is the disk that is measured; a memory disk tells nothing.
"""

from __future__ import annotations

import os
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from medcounter.desk.desk import Desk
from medcounter.desk.draft.draft import Draft
from medcounter.store.journal import sealed_rows
from medcounter.store.ledger import ledger_search
from medcounter.store.opening.open_store import open_store
from medcounter.trust import chain
from tests.bench.report import spread, tell
from tests.faults.secrets.forging import without_guards
from tests.support.desk.counter_samples import issue_seen, ledger_page
from tests.support.store.store_samples import AT, notice, paper

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from medcounter.store.opening.store import Store

NOTICES = int(os.environ.get("MEDCOUNTER_BENCH_NOTICES", "100000"))
ISSUED = 200
RESIDENT = Draft(region="360000", benefit_year=2025, name="张三丰", id_number="11010519491231002X")
ISSUE_BUDGET = 20
WALK_BUDGET = 3.0


def test_issuing_a_notice_with_every_sync(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    desk = Desk.open(tmp_path / "data", AT)
    outcome = desk.outcome(RESIDENT, AT.date())
    taken = []
    for click in range(ISSUED):
        began = perf_counter()
        issue_seen(desk, outcome, AT, f"bench-{click}")
        taken.append((perf_counter() - began) * 1000)
    assert ledger_page(desk).total == ISSUED
    desk.close()
    tell(request, f"one notice issued: {spread(taken, 'ms')}; budget {ISSUE_BUDGET} ms (median)")


def multiply(store: Store) -> None:
    """Copy the one notice there is under other numbers, with a chain as it must be."""
    with store.ledger._connection.transaction() as database:  # noqa: SLF001 - no desk issues so many
        guards = without_guards(database)
        (like,) = database.query("SELECT * FROM notice")
        (person,) = database.query("SELECT * FROM party")
        (event,) = database.query("SELECT * FROM event")
        (signature,) = database.query("SELECT * FROM event_signature")
        mac, key = str(event["mac"]), store.chain_key
        openings = sealed_rows.seal_party(person["salt"], person["name"], person["id_number"])
        party = sealed_rows.leaves(openings)
        for number in range(2, NOTICES + 1):
            row = like | {
                "id": number,
                "number": f"2025-03-{number:06d}",
                "sequence": number,
                "request_id": f"bulk-{number}",
            }
            sealed = sealed_rows.seal_row(key.salts, list(row.values())).row
            detail = sealed_rows.detail(sealed_rows.sealed_digest(sealed), (), party)
            said = event | {"id": number, "notice": number, "detail": detail}
            mac = chain.link(key.codes, mac, (*list(said.values())[:-1], key.desk.public))
            for table, copied in (
                ("notice", row),
                ("party", person | {"notice": number}),
                ("event", said | {"mac": mac}),
                ("event_signature", signature | {"event": number, "signature": key.desk.sign(mac)}),
            ):
                marks = ", ".join("?" * len(copied))
                database.conn.execute(
                    f"INSERT INTO {table} VALUES ({marks})",  # noqa: S608 - question marks
                    tuple(copied.values()),
                )
            ledger_search.index_name(database, number, str(person["name"]))
        for guard in guards:
            database.conn.execute(guard)


def test_walking_the_whole_chain(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    store = open_store(tmp_path / "data")
    store.ledger.issue(notice(1), paper)
    multiply(store)
    slices = []
    began, work = perf_counter(), process_time()
    previous = began
    for fault in store.ledger.verify():
        assert fault is None
        slices.append((perf_counter() - previous) * 1000)
        previous = perf_counter()
    whole, busy = perf_counter() - began, process_time() - work
    assert store.ledger.search(limit=0).total == NOTICES
    store.close(with_backup=False)
    tell(
        request,
        f"{NOTICES:,} notices walked in {whole:.1f} s ({busy:.1f} s of work), "
        f"a slice {median(slices):.0f} ms, longest {max(slices):.0f}; budget {WALK_BUDGET:.0f} s",
    )
