"""Make the ledger of the newest schema that is kept for ever; once before each release.

Run as ``python -m tests.faults.freezing``; an older schema's ledger is never made again.
"""

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from medcounter.store.db.ledger_schema import LEDGER
from medcounter.store.ledger.ledger_days import whole_day
from medcounter.store.opening.open_store import open_store
from tests.support.store.store_samples import AT, counted, erase_party, notice, paper

LEDGERS = Path(__file__).with_name("ledgers")
# The anchor of version 1 was added later: no released program wrote a ledger without one.
_KEPT = ("keyslots.json", "ledger.db", "anchor.json")


def freeze() -> Path:
    """Issue, void, print again, close and erase; then keep ledger and key."""
    destination = LEDGERS / f"version-{LEDGER.version}"
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "data"
        store = open_store(folder)
        store.ledger.issue_household(((notice(1), paper), (notice(2, name="单于红"), paper)))
        store.ledger.issue(notice(3, name="吕乐"), paper)
        store.ledger.void("2025-03-000002", "姓名填错", AT + timedelta(minutes=1), "王")
        store.ledger.add_print("2025-03-000001", AT + timedelta(minutes=2), "王")
        store.days.close(whole_day(AT.date(), AT), "03", AT + timedelta(hours=1), "王", counted)
        erase_party(store, "2025-03-000003", AT + timedelta(hours=2), "王")
        store.close(with_backup=False)
        destination.mkdir(exist_ok=True)
        for name in _KEPT:
            shutil.copyfile(folder / name, destination / name)
    return destination


if __name__ == "__main__":
    print(freeze())  # noqa: T201 - where it lies
