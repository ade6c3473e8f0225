"""Rows numbered below the first, which no walk upwards meets, are found and not believed."""

from pathlib import Path

import pytest

from medcounter.store import store_errors
from medcounter.store.db.sqlite import Database
from medcounter.store.journal import beside_notices, journal
from medcounter.store.opening.open_store import open_store
from medcounter.strict_json import canonical
from medcounter.trust import chain
from medcounter.trust.chain_key import chain_key
from medcounter.trust.data_key import DataKey
from medcounter.trust.signer import Signer, make_seed, signer_of
from tests.faults.secrets.forging import without_guards
from tests.support.store.access_samples import LI, ZHAO, locked_folder, pass_of
from tests.support.store.store_samples import AT, notice, paper

SAID = {
    "void": {"reason": "重复"},
    "settings": {"whole_id": True},
    "override": {},
}
NOTICE_BELOW = """
    INSERT INTO notice SELECT {number}, '2025-03-999999', issue_year, desk, 999999, 'other',
        issued_at, clerk, region, scheme, benefit_year, category, category_label, total,
        coverage_start, coverage_end, bundle, revision, bundle_sha256, engine, facts, breakdown,
        replaces, commitment FROM notice WHERE id = 1
"""


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """One notice at a counter where people sign in."""
    folder = tmp_path / "data"
    locked_folder(folder)
    store = open_store(folder, pass_of(folder).key)
    store.ledger.issue(notice(1, clerk=LI), paper)
    store.close(with_backup=False)
    return folder


def put_in(
    database: Database, key: DataKey, position: int, row: tuple[str, str, object], by: Signer | None
) -> None:
    """Write an event by hand; its code fits what stands before it."""
    kind, clerk, detail = row
    found = database.conn.execute("SELECT mac FROM event WHERE id + 1 = ?", (position,)).fetchone()
    event = (
        position,
        kind,
        journal.stamp(AT),
        1 if kind == "void" else None,
        None,
        clerk,
        canonical(detail).decode(),
    )
    said = (*event, by.public) if by else event
    mac = chain.link(chain_key(key).codes, found[0] if found else chain.GENESIS, said)
    database.conn.execute("INSERT OR IGNORE INTO event_kind VALUES (?)", (kind,))
    database.conn.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*event, mac))
    if by is not None:
        database.conn.execute(
            "INSERT INTO event_signature VALUES (?, ?, ?)", (position, by.public, by.sign(mac))
        )


@pytest.mark.parametrize("position", [0, -1, -(2**63)])
@pytest.mark.parametrize("kind", SAID)
def test_an_event_below_the_first_ends_all_writing(locked: Path, kind: str, position: int) -> None:
    """It voided a notice in the supervisor's name, and everything was called whole."""
    key = pass_of(locked).key
    store = open_store(locked, key)
    with store._ledger.transaction() as database:  # noqa: SLF001 - past the program
        guards = without_guards(database)
        put_in(database, key, position, (kind, ZHAO, SAID[kind]), None)
        for guard in guards:
            database.conn.execute(guard)
    assert any(fault and "编号小于 1" in fault.text for fault in store.verify())
    assert store.last_detail("settings") == {}
    with pytest.raises(store_errors.BackupBrokenError, match="编号小于 1"):
        store.backups.make()
    store.close(with_backup=False)
    store = open_store(locked, key)
    assert "编号小于 1" in store.read_only
    store.close(with_backup=False)


@pytest.mark.parametrize("number", [0, -7])
def test_so_does_a_notice(locked: Path, number: int) -> None:
    key = pass_of(locked).key
    store = open_store(locked, key)
    with store._ledger.transaction() as database:  # noqa: SLF001 - past the program
        guards = without_guards(database)
        database.conn.execute(NOTICE_BELOW.format(number=number))
        for guard in guards:
            database.conn.execute(guard)
    store.close(with_backup=False)
    store = open_store(locked, key)
    assert "notice 表里有编号小于 1" in store.read_only
    store.close(with_backup=False)


def test_nobody_becomes_a_supervisor_before_the_first_event(locked: Path) -> None:
    """A set-up below the true one named whom it liked, and a hall's rules came into force."""
    key = pass_of(locked).key
    made, root = signer_of(make_seed()), signer_of(make_seed())
    store = open_store(locked, key)
    true = store.signatories()
    hall = next(iter(true.recovery_keys))
    said = {
        "act": "set-up",
        "clerks": [["假", "supervisor"]],
        "keys": {"假": made.public},
        "hall": root.public,
    }
    back = {"act": "recovery-begun", "hall": hall}
    with store._ledger.transaction() as database:  # noqa: SLF001 - past the program
        guards = without_guards(database)
        put_in(database, key, -5, ("sign-in", "", said), root)
        put_in(database, key, -4, ("hall", "假", {"act": "confirmed"}), made)
        put_in(database, key, -3, ("sign-in", "", back), root)
        for guard in guards:
            database.conn.execute(guard)
        seen = [
            event.position
            for event in beside_notices.vouched(database, chain_key(key), ("hall", "import"))
        ]
    assert [position for position in seen if position < 1] == []
    assert store.signatories().people == true.people
    assert not store.signatories().knew(made.public, "假", "supervisor")
    store.close(with_backup=False)
