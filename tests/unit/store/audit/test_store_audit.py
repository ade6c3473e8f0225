"""An exported ledger is verified without the ledger, and no change in it goes unseen."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from medcounter.store import store_errors
from medcounter.store.audit import audit_reading
from medcounter.store.opening.open_store import open_store
from medcounter.store.restoring.restore import restore
from medcounter.trust import export_seal
from tests.support.store.store_samples import AT, NOTICE, erase_party, notice, paper

SEED = b"s" * 32


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three notices, one void, one erased."""
    path = tmp_path / "data"
    store = open_store(path)
    for request in (1, 2, 3):
        store.ledger.issue(notice(request), paper)
    store.ledger.void("2025-03-000002", "姓名填错", AT, "李晓")
    erase_party(store, "2025-03-000003", AT, "李晓")
    store.close()
    return path


def exported(folder: Path, *, masked: bool = True) -> list[bytes]:
    store = open_store(folder)
    lines = list(store.export(AT, "李晓", masked=masked))
    store.close(with_backup=False)
    return lines


def test_an_export_read_back_holds_every_row_and_names_its_ledger(folder: Path) -> None:
    first = audit_reading.read(exported(folder))
    assert (first.notices, first.events, first.masked, first.faults) == (3, 6, True, ())
    again = audit_reading.read(exported(folder))
    assert again.events == 7  # that it was exported is an event too
    assert again.fingerprint == first.fingerprint


def test_names_and_id_numbers_are_masked_unless_asked_for(folder: Path) -> None:
    masked = b"".join(exported(folder)).decode()
    assert NOTICE.name not in masked
    assert NOTICE.id_number not in masked
    assert "3601**1990********" in masked
    # Salts and codes may hold any four digits.
    assert "1234" not in re.sub(r"[0-9a-f]{16,}", "", masked.replace("-01T", ""))
    whole = b"".join(exported(folder, masked=False)).decode()
    assert whole.count(NOTICE.id_number) == 2  # the third person was erased
    assert audit_reading.read(whole.encode().splitlines(keepends=True)).masked is False


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("号码 360102199003071234 填错", "号码 ******* 填错"),
        ("号码 3601 0219 9003 0712 34 填错", "号码 ******* 填错"),
        ("号码360102-1990.03.07-123X填错", "号码*******填错"),
        ("号码３６０１０２１９９００３０７１２３４填错", "号码*******填错"),
        ("三六〇一〇二一九九〇〇三〇七", "*******"),
        ("1990年3月7日生", "*******生"),
        (f"{NOTICE.name}填错", "*******填错"),
        ("与 2025-03-000002 重复，多 400 元", "与 2025-03-000002 重复，多 400 元"),
    ],
)
def test_who_is_meant_by_a_typed_reason_is_masked_however_it_is_written(
    folder: Path, typed: str, shown: str
) -> None:
    store = open_store(folder)
    store.ledger.void("2025-03-000001", typed, AT, "李晓")
    store.close()
    told = [line for line in exported(folder) if b'"void"' in line][-1].decode()
    assert json.loads(json.loads(told)["event"][6])["reason"] == shown
    assert typed in b"".join(exported(folder, masked=False)).decode()


def test_no_key_is_in_the_file(folder: Path) -> None:
    text = b"".join(exported(folder, masked=False)).decode()
    key = (folder / "keyslots.json").read_text().split('"key":"')[1][:64]
    assert key not in text


CHANGES: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "a sum": lambda lines: [line.replace(b",40000,", b",10000,") for line in lines],
    "a void left out": lambda lines: [line for line in lines if b'"void"' not in line],
    "the tail left out": lambda lines: [*lines[:3], lines[-1]],
    "two rows swapped": lambda lines: [lines[0], lines[2], lines[1], *lines[3:]],
    "a clerk": lambda lines: [line.replace("李晓".encode(), "王五".encode()) for line in lines],
    "a masked name": lambda lines: [
        line.replace("张**".encode(), "王**".encode()) for line in lines
    ],
    "the head": lambda lines: [lines[0].replace(b'"head":"6-', b'"head":"7-'), *lines[1:]],
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_a_changed_file_is_found(
    folder: Path, change: Callable[[list[bytes]], list[bytes]]
) -> None:
    lines = exported(folder)
    changed = change(lines)
    assert changed != lines
    assert audit_reading.read(changed).faults != ()


def test_a_change_sealed_by_another_key_shows_another_fingerprint(folder: Path) -> None:
    public = export_seal.public_half(SEED)
    assert export_seal.fingerprint(public) != audit_reading.read(exported(folder)).fingerprint
    assert export_seal.holds(public, export_seal.seal(SEED, b"data"), b"data")
    assert not export_seal.holds(public, export_seal.seal(SEED, b"data"), b"date")
    assert not export_seal.holds("no key", "no seal", b"data")


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [b"not json\n"],
        [b"[]\n"],
        [b'{"format":"other"}\n'],
        [b'{"format":"medcounter-audit","version":1}\n'],
        [b'{"format":"medcounter-audit","version":1}\n', b'{"event":[]}\n', b'{"seal":""}\n'],
        [b'{"format":"medcounter-audit","version":1}\n', b'{"seal":""}\n', b'{"seal":""}\n'],
    ],
)
def test_what_is_no_whole_export_is_refused(lines: list[bytes]) -> None:
    with pytest.raises(store_errors.AuditFileUnreadableError):
        audit_reading.read(lines)


def test_numbers_that_a_restore_passed_over_are_no_gap(folder: Path) -> None:
    store = open_store(folder)
    store.ledger.issue(notice(4, issued_at=AT + timedelta(days=1)), paper)
    store.close(with_backup=False)
    restore(folder, "ledger-20250305-000000005", AT)
    store = open_store(folder)
    assert store.ledger.issue(notice(5), paper).number == "2025-03-000005"
    store.close(with_backup=False)
    assert audit_reading.read(exported(folder)).faults == ()
