"""What a notice asks of the database does not grow with the ledger; told in its own steps."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from tests.support.store.store_samples import notice, paper

FEW, MANY = 20, 320
# SQLite says when so many steps of its machine were done.
STEPS = 10


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "data")
    yield opened
    opened.close(with_backup=False)


def issue(store: Store, start: int, stop: int) -> None:
    for request in range(start, stop):
        store.ledger.issue(notice(request), paper)


def steps_of_one(store: Store, request: int) -> int:
    told: list[None] = []
    connection = store._ledger.database.conn  # noqa: SLF001 - only the connection counts steps
    connection.set_progress_handler(lambda: told.append(None), STEPS)
    issue(store, request, request + 1)
    connection.set_progress_handler(None, STEPS)
    return len(told)


def test_one_more_notice_takes_as_many_steps_in_a_large_ledger_as_in_a_small_one(
    store: Store,
) -> None:
    issue(store, 0, FEW)
    few = steps_of_one(store, FEW)
    issue(store, FEW + 1, MANY)
    many = steps_of_one(store, MANY)
    assert few > 0, "steps are counted"
    # Each notice counted through would be two steps at least; a page split is some.
    assert (many - few) * STEPS < (MANY - FEW) / 2
