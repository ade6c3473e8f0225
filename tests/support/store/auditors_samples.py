"""A ledger that auditors look into, and who opens it."""

from datetime import timedelta
from pathlib import Path

from medcounter.desk.desk import Desk
from tests.support.store.access_samples import LI, WANG, locked_folder, pass_of
from tests.support.store.store_samples import AT, notice, paper

LATER = AT + timedelta(minutes=5)
NAME, NUMBER = "欧阳无忌", "360102199003071234"
FIRST = "2025-03-000001"
REQUEST = "request-1"
FACTS = b'{"benefit_year":2025,"birth_date":"1990-03-07","region":"360000"}'


def audited_folder(folder: Path) -> Path:
    """Make a ledger with one notice, as the day left it."""
    locked_folder(folder)
    desk = Desk.open(folder, AT, who=pass_of(folder))
    ruling = notice().ruling.__class__("medcounter-rules", 1, "a" * 64, "0.1.0", FACTS, b"[]")
    new = notice(1, clerk=LI, name=NAME, id_number=NUMBER, ruling=ruling)
    desk._store.ledger.issue(new, paper)  # noqa: SLF001 - a notice, not a day
    desk.close()
    return folder


def auditors(folder: Path) -> Desk:
    """Open what an auditor sees."""
    return Desk.open(folder, LATER, who=pass_of(folder, WANG))


def clerks(folder: Path, name: str = LI) -> Desk:
    """Open the ledger."""
    return Desk.open(folder, LATER, who=pass_of(folder, name))
