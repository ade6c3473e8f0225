"""What a masked file hides is proven by commitments, and cannot be tried out."""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from medcounter.store.audit import audit_reading
from medcounter.store.journal import sealed_rows
from medcounter.store.journal.journal import NewEvent
from medcounter.store.opening.open_store import open_store
from medcounter.strict_json import canonical, read_strict
from tests.faults.inputs.strange_ledgers import sealed
from tests.faults.secrets.forging import without_guards
from tests.support.desk.counter_samples import ID_NUMBER, open_counter
from tests.support.store.store_samples import AT, NOTICE, erase_party, notice, paper, raw

OF_BEFORE = Path(__file__).parents[3] / "data" / "ledgers" / "exported-version-1"
BIRTH = "1990-03-07"
FACTS = canonical(
    {"answers": {"moved": True}, "benefit_year": 2025, "birth_date": BIRTH, "events": []}
)
SEED = b"s" * 32


def facts_of(line: dict[str, Any]) -> dict[str, Any]:
    said = read_strict(line["notice"][sealed_rows.COLUMNS.index("facts")].encode())
    assert isinstance(said, dict)
    return said


def said(lines: list[bytes]) -> list[dict[str, Any]]:
    return [dict(read_strict(line)) for line in lines]  # type: ignore[call-overload] # they are objects


def issues(lines: list[bytes]) -> list[dict[str, Any]]:
    return [line for line in said(lines) if line.get("event", ["", ""])[1] == "issue"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two notices alone and two of a household, one person erased."""
    path = tmp_path / "data"
    store = open_store(path)
    ruling = replace(NOTICE.ruling, facts=FACTS)
    store.ledger.issue(notice(1, ruling=ruling), paper)
    store.ledger.issue(notice(2, ruling=ruling), paper)
    store.ledger.issue_household([(notice(n, ruling=ruling), paper) for n in (3, 4)])
    erase_party(store, "2025-03-000002", AT, "李晓")
    store.close(with_backup=False)
    return path


def exported(folder: Path, *, masked: bool = True) -> list[bytes]:
    store = open_store(folder)
    lines = list(store.export(AT, "李晓", masked=masked))
    store.close(with_backup=False)
    return lines


def test_a_masked_file_tells_no_birth_date_no_request_and_no_last_digits(folder: Path) -> None:
    lines = exported(folder)
    text = b"".join(lines).decode()
    assert audit_reading.read(lines).faults == ()
    for hidden in (BIRTH, BIRTH.replace("-", ""), "request-", NOTICE.id_number[10:], "moved"):
        assert hidden not in text, hidden
    assert "3601**1990********" in text
    assert [line["party"]["opened"].keys() for line in issues(lines)] == [
        {"shown"}, set(), {"shown"}, {"shown"},
    ]  # fmt: skip


def test_the_same_field_is_sealed_differently_in_each_notice(folder: Path) -> None:
    sealed = [facts_of(line)["birth_date"] for line in issues(exported(folder))]
    assert len(set(sealed)) == len(sealed) == 4
    # The seal is the same in every export: the ledger can prove it later.
    assert sealed == [facts_of(line)["birth_date"] for line in issues(exported(folder))]


def test_a_file_with_everything_opens_the_very_seals_of_the_masked_one(folder: Path) -> None:
    masked, whole = issues(exported(folder)), issues(exported(folder, masked=False))
    for hidden, opened in zip(masked, whole, strict=True):
        assert hidden["event"][6] == opened["event"][6]
        assert hidden["notice"] == opened["notice"]
        salt, value = opened["opened"]["facts.birth_date"]
        assert value == BIRTH
        assert facts_of(hidden)["birth_date"] == code(salt, "facts.birth_date", value)
    party = dict(read_strict(masked[0]["event"][6].encode()))["party"]  # type: ignore[call-overload] # an object
    salt, value = whole[0]["party"]["opened"]["id_number"]
    assert (value, party[1]) == (NOTICE.id_number, code(salt, "id_number", value))
    rows = [row for row in audit_reading.rows(exported(folder, masked=False)) if row.notice]
    assert [row.notice[20] for row in rows] == [FACTS.decode()] * 4


def code(salt: str, name: str, value: str) -> str:
    """Compute a commitment on our own: HMAC-SHA256 by its definition (RFC 2104)."""
    key = bytes.fromhex(salt).ljust(64, b"\0")
    text = f'["{name}","{value}"]'.encode()
    inner = hashlib.sha256(bytes(b ^ 0x36 for b in key) + text).digest()
    return f"hmac-sha256:{hashlib.sha256(bytes(b ^ 0x5C for b in key) + inner).hexdigest()}"


def resealed(lines: list[bytes]) -> list[bytes]:
    """Seal a changed file anew under another key, as somebody can who has no ledger."""
    return sealed(lines[:-1]).splitlines(keepends=True)


CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "the name's beginning": lambda line: line.replace("张**".encode(), "王**".encode()),
    "the year of birth": lambda line: line.replace(b"3601**1990", b"3601**1991"),
    "the first day": lambda line: line.replace(b'"2025-06-05"', b'"2025-06-06"'),
    "a sealed field": lambda line: line.replace(b'birth_date\\":\\"hmac', b'birth_date\\":\\"hmbc'),
    "the sum": lambda line: line.replace(b",40000,", b",10000,"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_found_even_under_a_seal_that_fits(
    folder: Path, change: Callable[[bytes], bytes]
) -> None:
    lines = exported(folder)
    assert audit_reading.read(resealed(lines)).faults == ()
    changed = [change(line) for line in lines]
    assert changed != lines
    faults = audit_reading.read(resealed(changed)).faults
    assert any("与它的通知单不符" in text for text in faults), faults


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE notice SET facts = replace(facts, '1990', '1991') WHERE id = 1", "出单记录不符"),
        ("UPDATE notice SET request_id = 'another' WHERE id = 1", "出单记录不符"),
        ("UPDATE party SET name = '王五' WHERE notice = 1", "与出单时不同"),
    ],
)
def test_the_ledger_still_holds_sealed_fields_to_the_chain(
    folder: Path, sql: str, said: str
) -> None:
    with raw(folder) as database:
        guards = without_guards(database)
        database.conn.execute(sql)
        for guard in guards:
            database.conn.execute(guard)
    store = open_store(folder)
    faults = [fault.text for fault in store.ledger.verify() if fault is not None]
    store.close(with_backup=False)
    assert any(said in text for text in faults), faults


def test_cover_that_begins_in_the_year_of_birth_tells_no_day(tmp_path: Path) -> None:
    store = open_store(tmp_path / "data")
    born = canonical({"birth_date": "2025-06-05"})
    baby = notice(1, ruling=replace(NOTICE.ruling, facts=born), id_number="360102202506051234")
    store.ledger.issue(baby, paper)
    lines = list(store.export(AT, "李晓", masked=True))
    store.close(with_backup=False)
    assert b"2025-06-05" not in b"".join(lines)
    (row,) = (row for row in audit_reading.rows(lines) if row.notice)
    assert row.notice[14] is None
    assert row.id_number == "3601**2025********"


def test_a_number_typed_as_a_reason_is_sealed_and_what_a_restore_carries_too(folder: Path) -> None:
    store = open_store(folder)
    # Today such a reason is refused; in a ledger of before it may stand.
    typed: dict[str, object] = {"reason": f"号码 {NOTICE.id_number} 填错"}
    store.note(NewEvent("void", AT, "李晓", detail=typed), "2025-03-000001")
    store.close(with_backup=False)
    assert "填错" not in b"".join(exported(folder)).decode()
    store = open_store(folder)
    carried = {"before": "1234567890", "row": [], "public": "", "signature": ""}
    detail: dict[str, object] = {"reason": NOTICE.id_number, "carried": carried}
    store.note(NewEvent("void", AT, "李晓", detail=detail), "2025-03-000003")
    store.close(with_backup=False)
    lines = exported(folder)
    assert "1234567890" not in b"".join(lines).decode()
    assert NOTICE.id_number not in b"".join(lines).decode()
    assert audit_reading.read(lines).faults == ()


def test_what_was_issued_before_is_hidden_too_and_the_export_vouches_for_it(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(OF_BEFORE, folder)
    lines = exported(folder)
    text = b"".join(lines).decode()
    assert audit_reading.read(lines).faults == ()
    assert "1988-07-12" not in text
    assert ID_NUMBER[-4:] not in text
    # Who knows all of a row but one field could try that one out against its plain hash.
    with raw(folder) as database:
        stored = database.conn.execute("SELECT * FROM notice").fetchall()
    plain = [sealed_rows.plain_digest(row) for row in stored]
    assert len(plain) == 3
    assert not any(digest in text for digest in plain)
    whole = exported(folder, masked=False)
    assert audit_reading.read(whole).faults == ()
    assert all(digest in b"".join(whole).decode() for digest in plain)
    for own in (lines, whole):
        changed = [line.replace(b",40000,", b",10000,") for line in own]
        assert audit_reading.read(resealed(changed)).faults != ()


def test_the_day_after_an_upgrade_both_forms_stand_in_one_chain(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(OF_BEFORE, folder)
    store = open_store(folder)
    store.ledger.issue(notice(9, issued_at=AT + timedelta(days=1)), paper)
    assert [fault for fault in store.ledger.verify() if fault is not None] == []
    store.close(with_backup=False)
    lines = exported(folder)
    assert audit_reading.read(lines).faults == ()
    forms = [sealed_rows.is_sealed(line["event"][6]) for line in issues(lines)]
    assert forms == [False, False, False, True]


@pytest.mark.parametrize("name", ["masked", "whole"])
def test_a_file_of_version_1_is_still_read(name: str) -> None:
    lines = (OF_BEFORE / f"{name}.audit").read_bytes().splitlines(keepends=True)
    report = audit_reading.read(lines)
    assert (report.notices, report.masked, report.faults) == (3, name == "masked", ())
    changed = [line.replace(b",40000,", b",10000,") for line in lines]
    assert len(audit_reading.read(changed).faults) >= 2
    people = [(row.name, row.id_number) for row in audit_reading.rows(lines) if row.notice]
    assert people[0] == (
        ("吴**", "3601**********1237") if name == "masked" else ("吴建国", ID_NUMBER)
    )


@pytest.mark.parametrize("name", ["masked", "whole"])
@pytest.mark.parametrize("version", [2, 3])
def test_a_file_of_a_later_version_is_read_as_it_was_kept(version: int, name: str) -> None:
    lines = (OF_BEFORE.with_name(f"exported-version-{version}") / f"{name}.audit").read_bytes()
    report = audit_reading.read(lines.splitlines(keepends=True))
    assert (report.notices, report.masked, report.faults) == (5, name == "masked", ())


def test_a_lists_request_cannot_be_tried_out_from_a_masked_file(tmp_path: Path) -> None:
    counter = open_counter(tmp_path / "data")
    counter.issue("吴建国")
    lines = list(counter.desk.register.export_audit(counter.clock()))
    counter.desk.close()
    (line,) = issues(lines)
    assert line["notice"][5].startswith("hmac-sha256:")
    assert "request_id" not in line["opened"]
    assert date(1988, 7, 12).isoformat() not in b"".join(lines).decode()
