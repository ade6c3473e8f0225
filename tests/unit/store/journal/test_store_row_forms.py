"""A notice or a print written past the program is told, and the program writes no such row."""

import zlib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from medcounter.store.db.ledger_schema import KINDS
from medcounter.store.journal import event_forms, journal
from medcounter.store.journal.journal import NewEvent
from medcounter.store.ledger import notice_rows
from medcounter.store.ledger_records import NewNotice
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.store.packing import NotUnpackedError, unpack
from medcounter.store.store_errors import InvalidEntryError
from medcounter.trust import chain
from tests.support.store.store_samples import AT, notice, paper

LATER = AT + timedelta(minutes=3)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "data")
    opened.ledger.issue(notice(1), paper)
    yield opened
    opened.close(with_backup=False)


def said(store: Store) -> list[str]:
    return [fault.text for fault in store.verify() if fault is not None]


def write(store: Store, kind: str, about: tuple[int | None, int | None], detail: str) -> None:
    """Write a row past the program, under its right code, as who holds the key can."""
    key = store.chain_key
    with store._ledger.transaction() as database:  # noqa: SLF001 - past the program
        before = database.conn.execute("SELECT id, mac FROM event ORDER BY id DESC").fetchone()
        row = (before[0] + 1, kind, journal.stamp(LATER), *about, "", detail)
        mac = chain.link(key.codes, before[1], (*row, key.signer.public))
        database.conn.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*row, mac))
        signature = (row[0], key.signer.public, key.signer.sign(mac))
        database.conn.execute("INSERT INTO event_signature VALUES (?, ?, ?)", signature)


@pytest.mark.parametrize(
    "change",
    [
        {"facts": '{"a":1.5}'},
        {"facts": "[]"},
        {"breakdown": "5"},
        {"breakdown": '"lines"'},
        {"coverage_start": "x", "coverage_end": "y"},
        {"issued_at": "2025-03-05T06:35:00"},
        {"issued_at": "2025-03-05 14:35:00+08:00"},
        {"revision": -5},
        {"total": 2**62},
    ],
)
def test_a_notice_of_a_form_no_reader_expects_is_told(
    store: Store, monkeypatch: pytest.MonkeyPatch, change: dict[str, object]
) -> None:
    real: Callable[[NewNotice], dict[str, object]] = notice_rows._content  # type: ignore[assignment]  # noqa: SLF001 - a program of somebody's own
    monkeypatch.setattr(notice_rows, "_content", lambda new: {**real(new), **change})
    store.ledger.issue(notice(2), paper)
    assert said(store)[:1] == ["通知单 2025-03-000002 的内容不是程序的写法，可能不是程序写的。"]


@pytest.mark.parametrize(
    ("kind", "about"),
    [
        ("reprint", (1, None)),
        ("printed", (1, None)),
        ("printed", (None, None)),
        ("erase", (None, None)),
        ("settings", (1, None)),
        ("restore", (1, None)),
        ("void", (1, 1)),
    ],
)
def test_an_event_about_what_its_kind_is_not_about_is_told(
    store: Store, kind: str, about: tuple[int | None, int | None]
) -> None:
    with store._ledger.transaction() as database:  # noqa: SLF001 - a kind comes with its first row
        database.conn.execute("INSERT OR IGNORE INTO event_kind VALUES (?)", (kind,))
    write(store, kind, about, '{"reason":"写错"}')
    assert said(store)[:1] == [
        f"第 2 条记录（{kind}）的通知单或打印次数不是程序的写法，可能不是程序写的。"
    ]


def test_a_void_that_gives_no_reason_is_told(store: Store) -> None:
    write(store, "void", (1, None), "{}")
    assert said(store)[:1] == ["第 2 条记录（void）的内容不是程序的写法，可能不是程序写的。"]


@pytest.mark.parametrize(
    ("kind", "print_no"), [("printed", 99), ("print-failed", 2), ("reprint", 3)]
)
def test_a_word_on_a_print_that_never_was_is_told(store: Store, kind: str, print_no: int) -> None:
    write(store, kind, (1, print_no), "{}")
    assert "有 1 条打印记录所说的那一次打印不在台账里，可能是被加进去的。" in said(store)


def test_prints_that_were_are_believed(store: Store) -> None:
    number = "2025-03-000001"
    store.ledger.mark_prints([(number, 1)], LATER, "李晓", ok=False)
    store.ledger.add_print(number, LATER, "李晓")
    store.ledger.mark_prints([(number, 2)], LATER, "李晓", ok=True)
    assert said(store) == []


def test_the_program_writes_no_event_that_would_shut_its_ledger(store: Store) -> None:
    wrong = NewEvent("failure", LATER, "", detail={"what": "sign-in", "tries": {"李晓": True}})
    with pytest.raises(InvalidEntryError, match="没有写"):
        store.note(wrong)
    assert said(store) == []
    assert store.read_only == ""


def test_an_export_may_reach_to_the_last_day_there_is(store: Store) -> None:
    ends = {"first_day": "2025-01-01", "last_day": date.max.isoformat(), "masked": True}
    store.note(NewEvent("export", LATER, "李晓", detail=ends))
    assert said(store) == []


def test_every_kind_has_what_it_is_about() -> None:
    at = journal.stamp(AT)
    for kind in KINDS:
        fitting = [
            about
            for about in ((None, None), (1, None), (1, 1), (None, 1))
            if "打印次数" not in str(event_forms.fault(1, kind, at, about, "{}"))
        ]
        assert len(fitting) == 1


def test_what_unpacks_to_more_than_its_bound_is_left_packed() -> None:
    packed = zlib.compress(bytes(1_000_000))
    assert unpack(packed, 1_000_000) == bytes(1_000_000)
    with pytest.raises(NotUnpackedError):
        unpack(packed, 999_999)
    with pytest.raises(NotUnpackedError):
        unpack(packed[:-1], 1_000_000)
