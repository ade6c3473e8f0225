"""What somebody writes past the program, with the key and a secret of their own, is found."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest

from medcounter.desk.access import sign_in
from medcounter.desk.access.sign_in import SUPERVISOR, NewClerk
from medcounter.desk.desk import Desk
from medcounter.store import store_errors
from medcounter.store.db.sqlite import Database
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.journal import journal
from medcounter.store.journal.journal import NewEvent
from medcounter.store.journal.signatories import SignedEvent
from medcounter.store.ledger import notice_rows
from medcounter.store.ledger.ledger_days import whole_day
from medcounter.store.ledger_records import Restorer
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.store.restoring.carried_voids import everywhere
from medcounter.store.restoring.restore import restore
from medcounter.strict_json import canonical
from medcounter.trust.chain import link
from medcounter.trust.chain_key import chain_key
from medcounter.trust.signer import make_seed, signer_of
from tests.faults.secrets.forging import without_guards
from tests.support.store.access_samples import LI, ZHAO, locked_folder, pass_of
from tests.support.store.store_samples import AT, notice, paper, raw

LATER = AT + timedelta(minutes=5)
QIAN = NewClerk("钱进", SUPERVISOR, "dong nan xi bei")


def faults(store: Store) -> list[str]:
    return [fault.text for fault in store.verify() if fault is not None]


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """Six notices at a counter where people sign in, and a backup of five."""
    folder = tmp_path / "data"
    locked_folder(folder)
    desk = Desk.open(folder, AT, who=pass_of(folder))
    for number in range(1, 6):
        desk._store.ledger.issue(notice(number, clerk=LI), paper)  # noqa: SLF001 - no day is needed
    desk.close()
    store = open_store(folder, pass_of(folder).key)
    store.ledger.issue(notice(6, clerk=LI), paper)
    store.close(with_backup=False)
    return folder


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """Three notices at a counter without sign-in, with a backup."""
    folder = tmp_path / "data"
    store = open_store(folder)
    for number in range(1, 4):
        store.ledger.issue(notice(number), paper)
    store.close()
    return folder


def test_nobody_ends_a_supervisors_key_by_the_desks_and_comes_in_that_name(locked: Path) -> None:
    """A clerk's program holds the desk's key, which once gave away whose key counts."""
    key = pass_of(locked).key
    evil = replace(chain_key(key), signer=signer_of(make_seed()))
    ended = {"act": "secret-changed", "name": ZHAO, "key": evil.signer.public}
    come = {"act": "signed-in", "key": evil.signer.public}
    desk = replace(chain_key(key), signer=chain_key(key).desk)
    store = open_store(locked, key)
    with store._ledger.transaction() as database:  # noqa: SLF001 - past the program
        journal.append(database, desk, NewEvent("sign-in", LATER, ZHAO, detail=ended))
        journal.append(database, evil, NewEvent("sign-in", LATER, ZHAO, detail=come))
        journal.append(database, evil, NewEvent("void", LATER, ZHAO, 1, detail={"reason": "x"}))
    assert len(faults(store)) == 3
    assert store.signatories().has_key(ZHAO)
    store.close(with_backup=False)


def test_the_desks_key_says_of_nobody_that_they_were_here(locked: Path) -> None:
    key = pass_of(locked).key
    desk = replace(chain_key(key), signer=chain_key(key).desk)
    store = open_store(locked, key)
    database = store._ledger.database  # noqa: SLF001 - past the program
    for kind, name in product(("sign-in", "export", "failure"), (ZHAO, LI, QIAN.name)):
        said = NewEvent(kind, LATER, name, detail={"act": "signed-in", "masked": True})
        database.conn.execute("BEGIN")
        journal.append(database, desk, said)
        found = faults(store)
        database.conn.execute("ROLLBACK")
        assert any("只有窗口的签名" in text for text in found), (kind, name)
    store.close(with_backup=False)


def test_a_removed_supervisors_key_lets_no_void_through_as_if_carried(locked: Path) -> None:
    desk = Desk.open(locked, LATER, who=pass_of(locked, ZHAO))
    desk.access.clerks.add(QIAN, LATER)
    desk.close()
    gone = sign_in.sign_in(locked, QIAN.name, QIAN.secret).key.signer
    assert gone is not None
    desk = Desk.open(locked, LATER, who=pass_of(locked, ZHAO))
    desk.access.clerks.remove(QIAN.name, LATER)
    desk.close()
    store = open_store(locked, pass_of(locked).key)
    row = [9, "void", LATER.isoformat(), 3, None, QIAN.name, '{"reason":"x"}']
    code = link(store.chain_key.codes, "any", (*row, gone.public))
    proof = {"before": "any", "row": row, "public": gone.public, "signature": gone.sign(code)}
    detail = {"reason": "x", "carried": proof}
    with store._ledger.transaction() as database:  # noqa: SLF001 - past the program
        journal.append(database, store.chain_key, NewEvent("void", LATER, LI, 3, detail=detail))
    assert any("要主管签名" in text for text in faults(store))
    store.close(with_backup=False)


@pytest.mark.parametrize("voided_by", ["this program", "one of before"])
def test_a_supervisors_void_of_one_notice_proves_none_of_another(
    locked: Path, monkeypatch: pytest.MonkeyPatch, voided_by: str
) -> None:
    """After a restore the next notice has the row that the voided one had."""
    if voided_by == "one of before":  # when a void named no number
        monkeypatch.setattr(notice_rows, "void", journal.append)
    supervisor, clerk = pass_of(locked, ZHAO).key, pass_of(locked).key
    store = open_store(locked, supervisor)
    store.ledger.void("2025-03-000006", "填错", LATER, ZHAO)
    store.close(with_backup=False)
    (voided,) = everywhere(DataFolder(locked), [clerk])
    kept = max((locked / "backups").glob("ledger-*.db"))
    restore(locked, kept.name, LATER + timedelta(minutes=1), Restorer(LI, (clerk,)))
    store = open_store(locked, clerk)
    last = LATER + timedelta(minutes=2)
    assert store.ledger.issue(notice(7, clerk=LI, issued_at=last), paper).number[-1] == "7"
    assert faults(store) == []
    detail = {"reason": voided.reason, "carried": voided.proof}
    with store._ledger.transaction() as database:  # noqa: SLF001 - past the program
        journal.append(database, store.chain_key, NewEvent("void", last, LI, 6, detail=detail))
    assert any("作废的凭据不是这一张的" in text for text in faults(store))
    store.close(with_backup=False)


def test_nobody_says_in_a_supervisors_name_why_a_carried_notice_is_void(locked: Path) -> None:
    supervisor, clerk = pass_of(locked, ZHAO).key, pass_of(locked).key
    store = open_store(locked, supervisor)
    store.ledger.void("2025-03-000003", "填错", LATER, ZHAO)
    store.close(with_backup=False)
    (voided,) = everywhere(DataFolder(locked), [clerk])
    store = open_store(locked, clerk)
    found = {}
    for reason in ("填错", "钱已退", None):
        said = {} if reason is None else {"reason": reason}
        detail = canonical({**said, "carried": voided.proof}).decode()
        act = SignedEvent("void", LI, detail, "", store.chain_key.signer.public, "", 3)
        found[reason] = store.signatories().refuses(act)
    store.close(with_backup=False)
    refused = f"要主管签名，签名的是“{LI}”"
    assert found == {"填错": "", "钱已退": refused, None: refused}


def skipped(row: dict[str, object]) -> None:
    row |= {"sequence": 500, "number": "2025-03-000500"}


def looking_alike(row: dict[str, object]) -> None:
    row["number"] = "2025-03-00000１"


def of_another_year(row: dict[str, object]) -> None:
    row |= {"issue_year": 2024, "sequence": 1, "number": "2024-03-000001"}


NUMBERS: dict[Callable[[dict[str, object]], None], str] = {
    skipped: "之前的编号有缺或重复",
    looking_alike: "与年份、窗口和流水号不符",
    of_another_year: "与年份、窗口和流水号不符",
}


@pytest.mark.parametrize("change", NUMBERS)
def test_a_notice_under_a_number_that_is_not_the_next_is_found(
    plain: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[dict[str, object]], None]
) -> None:
    store = open_store(plain)
    counted = notice_rows._next  # noqa: SLF001 - what the writer leaves out

    def changed(*given: object) -> dict[str, object]:
        row = counted(*given)  # type: ignore[arg-type] # passed on
        change(row)
        return row

    monkeypatch.setattr(notice_rows, "_next", changed)
    with store._ledger.transaction() as database:  # noqa: SLF001 - past the program
        guards = without_guards(database)
        notice_rows.insert(database, store.chain_key, notice(9), paper)
        for guard in guards:
            database.conn.execute(guard)
    found = faults(store)
    assert any(NUMBERS[change] in text for text in found), found
    store.close(with_backup=False)


def test_a_notice_dated_back_is_found(plain: Path) -> None:
    store = open_store(plain)
    with store._ledger.transaction() as database:  # noqa: SLF001 - past the program's clock
        early = notice(9, issued_at=AT - timedelta(days=60))
        notice_rows.insert(database, store.chain_key, early, paper)
    assert any("写的出单时间与出单记录的时间不符" in text for text in faults(store))
    store.close(with_backup=False)


def test_an_event_dated_back_is_found_and_an_accepted_clock_is_none(
    plain: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(plain)
    store.ledger.accept_clock(AT - timedelta(days=1), "时钟快了一天", "李晓")
    store.ledger.add_print("2025-03-000001", AT - timedelta(hours=23), "李晓")
    assert faults(store) == []
    monkeypatch.setattr(journal, "last_time", lambda _database: None)
    with store._ledger.transaction() as database:  # noqa: SLF001 - past the program's clock
        early = NewEvent("reprint", AT - timedelta(days=400), "李晓", 1, 3)
        journal.append(database, store.chain_key, early)
    assert any("早于它之前的记录" in text for text in faults(store))
    store.close(with_backup=False)


SWALLOWED = """
    CREATE TRIGGER {name} BEFORE INSERT ON event WHEN NEW.kind = 'void'
    BEGIN SELECT RAISE(IGNORE); END
"""


@pytest.mark.parametrize("name", ["name_index_x", "sound_index_data", "NAME_INDEX_y"])
def test_no_trigger_hides_behind_the_name_of_an_index(plain: Path, name: str) -> None:
    """It let a void be acknowledged and not written, and nothing said so."""
    with raw(plain) as database:
        if name == "sound_index_data":
            name = '"sound_index_data "'
        database.conn.execute(SWALLOWED.format(name=name))
    with pytest.raises(store_errors.SchemaUnexpectedError):
        open_store(plain)


def _smuggled(database: Database) -> None:
    database.conn.execute(SWALLOWED.format(name="here"))
    database.conn.execute("PRAGMA writable_schema = ON")
    database.conn.execute(
        "UPDATE sqlite_schema SET name = 'sqlite_here', sql = replace(sql, 'here', 'sqlite_here')"
        " WHERE name = 'here'"
    )


@pytest.mark.parametrize(
    "make",
    [
        _smuggled,
        lambda database: database.conn.execute("CREATE TABLE name_index_more (x)"),
        lambda database: database.conn.execute(
            "CREATE VIEW sound_index_v AS SELECT * FROM notice WHERE id > 1"
        ),
    ],
)
def test_nor_anything_else(plain: Path, make: Callable[[Database], object]) -> None:
    with raw(plain) as database:
        make(database)
    with pytest.raises(store_errors.SchemaUnexpectedError):
        open_store(plain)


def test_verifying_an_old_file_put_back_says_so(plain: Path, tmp_path: Path) -> None:
    """Its chain is whole, and so nothing was said of it."""
    shutil.copy(plain / "ledger.db", tmp_path / "old.db")
    store = open_store(plain)
    store.ledger.issue(notice(4), paper)
    store.close()
    shutil.copy(tmp_path / "old.db", plain / "ledger.db")
    store = open_store(plain)
    assert any("被换回了旧文件" in text for text in faults(store))
    store.close()


def test_verifying_says_that_the_file_is_gone_from_under_the_program(plain: Path) -> None:
    store = open_store(plain)
    store.ledger.issue(notice(4), paper)
    (plain / "ledger.db").unlink()
    assert any("台账文件" in text for text in faults(store))
    store.close()


@pytest.mark.parametrize("what", ["an old copy", "noise"])
def test_no_file_under_a_newer_name_hides_the_newest_backup(
    plain: Path, tmp_path: Path, what: str
) -> None:
    """No key is needed to lay one there; a number on paper was given again."""
    shutil.copy(plain / "ledger.db", tmp_path / "old.db")
    store = open_store(plain)
    assert store.ledger.issue(notice(4), paper).number == "2025-03-000004"
    store.close()
    shutil.copy(tmp_path / "old.db", plain / "ledger.db")
    DataFolder(plain).anchor.unlink()
    false = plain / "backups" / "ledger-20991231-999999999.db"
    if what == "noise":
        false.write_bytes(b"x" * 8192)
    else:
        shutil.copy(tmp_path / "old.db", false)
    store = open_store(plain)
    assert "被换回了旧文件" in store.read_only
    assert "ledger-20250305-000000004.db" in store.read_only
    store.close()
    (plain / "ledger.db").unlink()
    with pytest.raises(store_errors.LedgerMissingError) as caught:
        open_store(plain)
    assert "（4 条记录）" in caught.value.text
    old = next((plain / "backups").glob("ledger-*-000000004.db"))
    restored = restore(plain, old.name, LATER)
    assert restored.numbers_used == ()


@pytest.mark.parametrize("what", ["noise", "a folder", "another line"])
def test_what_only_bears_a_backups_name_is_no_backup(
    plain: Path, tmp_path: Path, what: str
) -> None:
    """It was said to be backed up and checked, onto seven bytes of noise."""
    stick = tmp_path / "stick"
    store = open_store(plain)
    made = store.backups.make_in(stick)
    assert made is not None
    whole = made.read_bytes()
    made.unlink()
    if what == "a folder":
        made.mkdir()
    else:
        made.write_bytes(b"garbage" if what == "noise" else _of_another_line(tmp_path))
    assert store.backups.make_in(stick) == made
    assert len(made.read_bytes()) == len(whole)
    assert made.with_name(f"{made.name}.set-aside").exists()
    (kept,) = (plain / "backups").glob("ledger-*.db")
    kept.write_bytes(b"garbage")
    assert store.backups.make() == kept
    store.close(with_backup=False)
    assert open_store(plain).read_only == ""


def _of_another_line(room: Path) -> bytes:
    other = open_store(room / "other")
    for number in range(1, 4):
        other.ledger.issue(notice(number), paper)
    other.close()
    (made,) = (room / "other" / "backups").glob("ledger-*.db")
    return made.read_bytes()


@pytest.mark.parametrize("kind", ["day-close", "reprint"])
def test_who_signs_in_does_nothing_without_a_name(locked: Path, kind: str) -> None:
    """A close by nobody was taken for the program's own."""
    store = open_store(locked, pass_of(locked, LI).key)
    if kind == "day-close":
        number = {"number": "2025-03-D0001", "desk": "03", "sequence": 1}
        close = {"day": "2025-03-05", "figures": {}, "ranges": [], **number}
        store.note(NewEvent("day-close", LATER, "", detail=close))
    else:
        store.ledger.add_print("2025-03-000001", LATER, "")
    assert any(f"没有写经办人，签名的是“{LI}”" in text for text in faults(store))
    store.close(with_backup=False)


def test_where_people_sign_in_no_close_is_without_figures(locked: Path) -> None:
    store = open_store(locked, pass_of(locked, LI).key)
    store.days.close(whole_day(AT.date(), AT), "03", LATER, LI, lambda _: {})
    assert any("2025-03-D0001 的数目与那一天的记录不符" in text for text in faults(store))
    store.close(with_backup=False)
