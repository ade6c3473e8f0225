"""A row that the program would not have written so is told, and nobody trips over it."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from medcounter.store import store_errors
from medcounter.store.db.ledger_schema import KINDS
from medcounter.store.journal import event_forms, journal
from medcounter.store.journal.journal import NewEvent
from medcounter.store.ledger.ledger_days import whole_day
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.strict_json import canonical
from medcounter.trust import chain
from tests.support.store.store_samples import AT, counted, notice, paper

LATER = "2025-03-05T15:32:00+08:00"
CLOSE = {
    "day": "2025-03-05",
    "desk": "03",
    "figures": {},
    "number": "2025-03-D0001",
    "ranges": [],
    "sequence": 1,
}
RULES = {"bundle": "b", "origin": "o", "package_sha256": "p", "revision": 1, "sha256": "s"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    opened = open_store(folder)
    opened.ledger.issue(notice(1), paper)
    yield opened
    opened.close(with_backup=False)


def write(
    store: Store, kind: str, detail: str = "{}", at: str = LATER, about: int | None = None
) -> int:
    """Write a row past the program, under its right code, as who holds the key can."""
    key = store.chain_key
    with store._ledger.transaction() as database:  # noqa: SLF001 - past the program
        database.conn.execute("INSERT OR IGNORE INTO event_kind VALUES (?)", (kind,))
        before = database.conn.execute("SELECT id, mac FROM event ORDER BY id DESC").fetchone()
        row = (before[0] + 1, kind, at, about, None, "", detail)
        mac = chain.link(key.codes, before[1], (*row, key.signer.public))
        database.conn.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*row, mac))
        database.conn.execute(
            "INSERT INTO event_signature VALUES (?, ?, ?)",
            (row[0], key.signer.public, key.signer.sign(mac)),
        )
    return int(row[0])


def told_of(store: Store, folder: Path, position: int) -> list[str]:
    """Give what the walk, a backup and an opening say; no reader of an opening raises."""
    found = [fault for fault in store.verify() if fault is not None]
    assert [fault.position for fault in found] == [position]
    with pytest.raises(store_errors.BackupBrokenError) as refused:
        store.backups.make()
    store.close(with_backup=False)
    again = open_store(folder)
    try:
        again.ledger.search()
        again.last_leap()
        again.rules.floor()
        return [found[0].text, refused.value.text, again.read_only]
    finally:
        again.close(with_backup=False)


def named(position: int, kind: str) -> str:
    return f"第 {position} 条记录（{kind}）"


@pytest.mark.parametrize(
    "at",
    [
        "2025-03-05T15:32:00",
        "2460740.7",
        "2025-03-05 15:32:00+08:00",
        "2025-03-05T15:32:00.5+08:00",
        "2025-03-05T15:32+08:00",
        "9999-12-31T23:59:59+08:00",
        "",
    ],
)
def test_a_time_that_is_not_as_the_program_writes_it_is_told(
    store: Store, folder: Path, at: str
) -> None:
    position = write(store, "failure", at=at)
    assert all(named(position, "failure") in text for text in told_of(store, folder, position))


MALFORMED: tuple[tuple[str, dict[str, object]], ...] = (
    ("import", {**RULES, "revision": True}),
    ("import", {**RULES, "revision": -1}),
    ("import", {"roots": "x"}),
    ("anchor-lost", {"numbers_used": ["x"], "closes_used": []}),
    ("anchor-lost", {"numbers_used": ["a-b-c"], "closes_used": []}),
    ("restore", {"numbers_used": 5}),
    ("day-close", {**CLOSE, "ranges": [5]}),
    ("day-close", {**CLOSE, "ranges": [["1", "9"]]}),
    ("day-close", {**CLOSE, "number": "x"}),
    ("day-close", {**CLOSE, "desk": "x"}),
    ("day-close", {**CLOSE, "day": "9999-12-31"}),
    ("day-close", {**CLOSE, "sequence": True}),
    # A number that is not that of its desk and sequence: two closes bore one.
    ("day-close", {**CLOSE, "number": "2025-03-D0002"}),
    ("day-close", {**CLOSE, "number": "2025-07-D0001"}),
    ("day-close", {**CLOSE, "sequence": 7}),
    ("day-close", {**CLOSE, "sequence": 0, "number": "2025-03-D0000"}),
    ("day-close", {**CLOSE, "figures": {"issued": 0}}),
    ("day-close", {}),
    ("export", {"masked": 1, "sealed": 5}),
    ("rule-draft", {"position": "x", "code": "c"}),
    ("rule-draft", {"position": True, "code": "c"}),
    ("sign-in", {"act": "signed-in", "slots": "9"}),
    ("override", {"clock_before": 5}),
    ("hall", {"act": "confirmed", "people": [5]}),
    ("failure", {"what": "sign-in", "tries": {"x": "many"}}),
)


@pytest.mark.parametrize(("kind", "detail"), MALFORMED)
def test_words_no_reader_counts_on_are_told(
    store: Store, folder: Path, kind: str, detail: dict[str, object]
) -> None:
    position = write(store, kind, canonical(detail).decode())
    assert all(named(position, kind) in text for text in told_of(store, folder, position))


@pytest.mark.parametrize("detail", [{"reasons": 5}, {"reasons": [5]}, {}])
def test_words_about_a_notice_are_told(
    store: Store, folder: Path, detail: dict[str, object]
) -> None:
    position = write(store, "acknowledged", canonical(detail).decode(), about=1)
    assert all(named(position, "acknowledged") in text for text in told_of(store, folder, position))


@pytest.mark.parametrize(
    "text",
    [
        '{"act":"signed-in","act":"signed-in"}',
        '{"a":1.5}',
        '{"b":1, "a":2}',
        "[]",
        "5",
    ],
)
@pytest.mark.parametrize("kind", ["sign-in", "import", "reveal"])
def test_json_that_the_program_does_not_write_is_told(
    store: Store, folder: Path, kind: str, text: str
) -> None:
    position = write(store, kind, text)
    assert all(named(position, kind) in text for text in told_of(store, folder, position))


@pytest.mark.parametrize("print_", [None, ["2025-03-000001 第 1 次；应缴 0 元"], [5]])
def test_a_close_lists_prints_and_no_words(store: Store, folder: Path, print_: object) -> None:
    acts = store.days.acts(whole_day(AT.date(), AT))
    figures = {**counted(acts), "unconfirmed": print_}
    close = {**CLOSE, "figures": figures, "ranges": [list(one) for one in acts.ranges]}
    position = write(store, "day-close", canonical(close).decode())
    assert all(named(position, "day-close") in text for text in told_of(store, folder, position))


def test_what_lies_far_below_the_end_trips_nobody_who_opens(store: Store, folder: Path) -> None:
    """The end alone is walked at an opening; the rest is walked when nobody waits."""
    write(store, "anchor-lost", '{"closes_used":[],"numbers_used":["x"]}')
    write(store, "import", canonical({**RULES, "revision": True}).decode())
    for _ in range(60):
        store.note(NewEvent("failure", AT + timedelta(hours=1), ""))
    store.close(with_backup=False)
    again = open_store(folder)
    assert again.last_leap() is None
    assert again.rules.floor() is None
    assert [fault.position for fault in again.verify() if fault is not None] == [2, 3]
    again.close(with_backup=False)


def test_every_kind_is_written_and_read_in_one_form() -> None:
    for kind in KINDS:
        assert event_forms.read(kind, "{}") is None or event_forms.read(kind, "{}") == {}
        assert event_forms.read(kind, "[]") is None
        assert event_forms.fault(1, kind, journal.stamp(AT)[:-6], (None, None), "{}") is not None
