"""An exported ledger is verified without the ledger, and no change in it goes unseen."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from medcounter.store import store_errors
from medcounter.store.audit import audit_reading, masked_details
from medcounter.store.db.ledger_schema import KINDS
from medcounter.store.journal import journal
from medcounter.store.journal.journal import NewEvent
from medcounter.store.ledger_records import Restorer
from medcounter.store.opening.open_store import open_store
from medcounter.store.restoring.restore import restore
from medcounter.strict_json import canonical
from medcounter.trust import chain, export_seal
from medcounter.wording.void_reasons import USUAL_REASONS
from tests.faults.secrets.forging import without_guards
from tests.support.store.store_samples import AT, NOTICE, erase_party, notice, paper, raw

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


TYPED = (
    "号码 360102199003071234 填错",
    "三六〇一〇二一九九〇〇三〇七",
    "与李小红那张重复",
    "1990年3月7日生",
    NOTICE.name,
    "x",
)


@pytest.mark.parametrize("typed", TYPED)
def test_what_somebody_typed_is_in_no_masked_file_whoever_it_names(
    folder: Path, typed: str
) -> None:
    """Starred were the notice's own person and what looked like a number: nobody else.

    What names the person is refused since, and stands in ledgers of before.
    """
    store = open_store(folder)
    with store._ledger.transaction() as database:  # noqa: SLF001 - written as before
        for kind, notice_row, reason in (("void", 1, typed), ("override", None, f"因{typed}")):
            number = {"number": "2025-03-000001"} if notice_row else {}
            detail = {"reason": reason, **number}
            event = NewEvent(kind, AT, "李晓", notice_row, detail=detail)
            journal.append(database, store.chain_key, event)
    store.close()
    masked = b"".join(acts := exported(folder)).decode()
    told = [json.loads(json.loads(line)["event"][6]) for line in acts[1:-1]]
    hidden = [detail["reason"] for detail in told if "reason" in detail]
    assert [set(each) for each in hidden if isinstance(each, dict)] == [{"sealed"}] * 3
    assert f'"{typed}' not in masked
    assert f"因{typed}" not in masked
    assert f"因{typed}" in b"".join(exported(folder, masked=False)).decode()


def test_the_unmasked_file_opens_what_a_masked_one_hides_of_a_reason(folder: Path) -> None:
    store = open_store(folder)
    store.ledger.void("2025-03-000001", "与李小红那张重复", AT, "李晓")
    store.close()
    masked, whole = exported(folder), exported(folder, masked=False)
    index = next(index for index, line in enumerate(whole) if "李小红".encode() in line)
    hidden, opened = json.loads(masked[index]), json.loads(whole[index])
    salt, value = opened["opened"]["reason"]
    commitment = json.loads(hidden["event"][6])["reason"]["sealed"]
    assert value == "与李小红那张重复"
    assert chain.sealed_field(bytes.fromhex(salt), "reason", value) == commitment
    assert "opened" not in hidden
    whole[index] = whole[index].replace(
        '"与李小红那张重复"]'.encode(), '"与别人那张重复"]'.encode()
    )
    assert "第 6 条记录与它公开的内容不符。" in audit_reading.read(whole).faults


def test_a_reason_that_was_chosen_stays_readable(folder: Path) -> None:
    store = open_store(folder)
    store.ledger.void("2025-03-000001", USUAL_REASONS[0], AT, "李晓")
    store.close()
    assert USUAL_REASONS[0] in b"".join(exported(folder)).decode()


def test_a_void_carried_over_by_a_restore_hides_the_reason_it_carries(folder: Path) -> None:
    """The event that was carried stands in it whole, its reason too: that one stood there."""
    store = open_store(folder)
    store.ledger.void("2025-03-000001", "与李小红那张重复", AT, "李晓")
    store.close(with_backup=False)
    restore(folder, "ledger-20250305-000000005", AT, Restorer("李晓", reason="李小红来问过"))
    whole = b"".join(exported(folder, masked=False)).decode()
    assert whole.count("李小红") > 2
    masked = exported(folder)
    assert "李小红" not in b"".join(masked).decode()
    assert audit_reading.read(masked).faults == ()


@pytest.mark.parametrize("kind", KINDS)
def test_of_every_kind_of_event_a_key_that_nobody_vouched_for_is_hidden(kind: str) -> None:
    event = (1, kind, "", None, None, "", '{"act":"signed-in","said_by_hand":["李小红"]}', "mac")
    assert "李小红" not in masked_details.masked(b"k" * 32, event)
    assert set(masked_details.openings(b"k" * 32, event)) >= {"said_by_hand"}
    assert set(masked_details.SHOWN) <= set(KINDS)


@pytest.mark.parametrize("said", ['["李小红"]', "李小红", '{"a":"李小红"', "null", "{}"])
def test_a_detail_that_is_none_of_ours_is_hidden_whole(said: str) -> None:
    event = (1, "void", "", None, None, "", said, "mac")
    assert "李小红" not in masked_details.masked(b"k" * 32, event)


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


def test_a_file_of_a_ledger_known_to_be_broken_says_so_under_its_seal(folder: Path) -> None:
    """It was sealed as any other, and whoever read it was told that it is good."""
    with raw(folder) as database:
        guards = without_guards(database)
        database.conn.execute("UPDATE event SET clerk = '王' WHERE kind = 'void'")
        for guard in guards:
            database.conn.execute(guard)
    lines = exported(folder)
    (said,) = audit_reading.read(lines).faults
    assert said.startswith("写出这份文件时，程序已知道台账核对不符：第 4 条记录与台账编码不符")
    silent = json.loads(lines[0])
    del silent["broken"]
    faults = audit_reading.read([canonical(silent) + b"\n", *lines[1:]]).faults
    assert any("校验值不符" in text for text in faults)
