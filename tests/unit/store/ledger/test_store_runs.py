"""Runs of a list: named with each notice, voided as a whole or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from medcounter.store import store_errors
from medcounter.store.audit import audit_reading
from medcounter.store.db.sqlite import Database
from medcounter.store.journal.journal import NewEvent
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.trust.signer import Signer
from tests.support.store.store_samples import AT, notice, paper, raw

FIRST, OTHER = "2025-03-000001", "2025-03-000003"
RUN = (FIRST, "2025-03-000002", "2025-03-000004")
LATER = AT + timedelta(minutes=5)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "data")
    for request, run in ((1, "a1"), (2, "a1"), (3, ""), (4, "a1"), (5, "b2")):
        opened.ledger.issue(notice(request, run=run), paper)
    yield opened
    opened.close(with_backup=False)


def sound(store: Store) -> bool:
    return [fault for fault in store.ledger.verify() if fault] == []


def void_details(tmp_path: Path) -> list[str]:
    with raw(tmp_path / "data") as database:
        return details(database)


def details(database: Database) -> list[str]:
    sql = "SELECT detail FROM event WHERE kind = 'void' ORDER BY id"
    return [detail for (detail,) in database.conn.execute(sql)]


def test_any_notice_of_a_run_names_all_of_it_and_nobody_elses(store: Store) -> None:
    for number in RUN:
        run = store.runs.of(number)
        assert (run.run, run.numbers, run.valid, run.entered) == ("a1", RUN, RUN, 0)
        assert store.runs.holds(number)
    assert store.runs.of("2025-03-000005").numbers == ("2025-03-000005",)


def test_a_notice_of_no_list_belongs_to_no_run(store: Store) -> None:
    assert not store.runs.holds(OTHER)
    for call in (store.runs.of, lambda number: store.runs.void(number, "名单有误", AT, "王丽")):
        with pytest.raises(store_errors.RunUnknownError, match=OTHER):
            call(OTHER)
    with pytest.raises(store_errors.NoticeUnknownError):
        store.runs.of("2025-03-000009")


def test_a_run_is_voided_as_a_whole_with_an_event_for_each_notice(
    store: Store, tmp_path: Path
) -> None:
    voided = store.runs.void(RUN[1], " 名单拿错了 ", LATER, "王丽")
    assert voided.valid == RUN
    states = {row.number: row.state for row in store.ledger.search().rows}
    assert [number for number, state in sorted(states.items()) if state == "void"] == list(RUN)
    assert store.ledger.find(FIRST).void_reason == "名单拿错了"
    assert store.runs.of(FIRST).valid == ()
    assert sound(store)
    store.close(with_backup=False)
    assert void_details(tmp_path) == [
        f'{{"number":"{number}","reason":"名单拿错了","run":"a1"}}' for number in RUN
    ]


def test_what_is_void_already_keeps_its_own_reason(store: Store) -> None:
    store.ledger.void(RUN[1], "重复出单", AT, "王丽")
    store.corrections.mark_entered([FIRST], AT, "王丽", entered=True)
    run = store.runs.void(FIRST, "名单拿错了", LATER, "王丽")
    assert (run.valid, run.entered) == ((RUN[0], RUN[2]), 1)
    assert store.ledger.find(RUN[1]).void_reason == "重复出单"
    with pytest.raises(store_errors.RunVoidError):
        store.runs.void(FIRST, "名单拿错了", LATER, "王丽")


def test_a_run_is_not_voided_without_a_reason_or_by_a_clock_set_back(store: Store) -> None:
    with pytest.raises(store_errors.ReasonMissingError):
        store.runs.void(FIRST, "  ", LATER, "王丽")
    with pytest.raises(store_errors.ClockBackError):
        store.runs.void(FIRST, "名单拿错了", AT - timedelta(hours=1), "王丽")
    assert store.runs.of(FIRST).valid == RUN


@dataclass
class FailingSigner:
    """Signs for a counter, and at the third event the disk fails."""

    desk: Signer
    signed: int = 0

    @property
    def public(self) -> str:
        return self.desk.public

    def sign(self, mac: str) -> str:
        self.signed += 1
        if self.signed > 2:
            raise store_errors.DiskFaultError
        return self.desk.sign(mac)


def test_what_fails_within_a_run_leaves_none_of_it_void(store: Store) -> None:
    failing = FailingSigner(store.chain_key.desk)
    lent = store.chain_key.lent(failing, "void")  # type: ignore[arg-type]  # signs as one does
    with lent, pytest.raises(store_errors.DiskFaultError):
        store.runs.void(FIRST, "名单拿错了", LATER, "王丽")
    assert failing.signed == 3
    assert store.runs.of(FIRST).valid == RUN
    assert sound(store)
    assert store.runs.void(FIRST, "名单拿错了", LATER, "王丽").valid == RUN


def test_a_run_whose_void_cannot_be_read_back_at_first_is_void(store: Store) -> None:
    connection = store._ledger  # noqa: SLF001 - nothing else comes between commit and answer
    follow = connection.committed

    def fail(_database: object) -> None:
        connection.committed = follow
        raise store_errors.DiskFaultError

    connection.committed = fail
    assert store.runs.void(FIRST, "名单拿错了", LATER, "王丽").valid == RUN
    assert store.runs.of(FIRST).valid == ()


def test_an_auditors_file_of_a_ledger_with_a_run_holds(store: Store) -> None:
    store.runs.void(FIRST, "名单拿错了", LATER, "王丽")
    report = audit_reading.read(store.export(LATER, "王丽", masked=True))
    assert report.faults == ()


def test_a_ledger_of_before_has_no_run_and_takes_the_first(tmp_path: Path) -> None:
    opened = open_store(tmp_path / "data")
    opened.ledger.issue(notice(1), paper)
    opened.close(with_backup=False)
    with raw(tmp_path / "data") as database:
        kinds = [kind for (kind,) in database.conn.execute("SELECT kind FROM event_kind")]
    assert "listed" not in kinds
    opened = open_store(tmp_path / "data")
    opened.ledger.issue(notice(2, run="a1"), paper)
    assert opened.runs.of("2025-03-000002").numbers == ("2025-03-000002",)
    assert sound(opened)
    opened.close(with_backup=False)


@pytest.mark.parametrize("own", [False, True], ids=["another's notice", "the own notice"])
def test_a_notice_listed_later_belongs_to_no_run_and_is_told(store: Store, own: bool) -> None:  # noqa: FBT001 - a case
    """Whoever signs in can write the line; voiding the run would void a stranger's notice."""
    clerk = notice(3).clerk if own else "钱进"
    store.note(NewEvent("listed", LATER, clerk, detail={"run": "a1"}), OTHER)
    assert not store.runs.holds(OTHER)
    assert store.runs.of(FIRST).numbers == RUN
    (told,) = [fault.text for fault in store.ledger.verify() if fault]
    assert "不是出单时写的" in told
    assert f"“{clerk}”" in told


def test_nobody_lists_the_notice_that_another_has_just_issued(store: Store) -> None:
    store.ledger.issue(notice(6), paper)
    store.note(NewEvent("listed", AT, "钱进", detail={"run": "a1"}), "2025-03-000006")
    assert not store.runs.holds("2025-03-000006")
    (told,) = [fault.text for fault in store.ledger.verify() if fault]
    assert "“钱进”" in told


def test_what_was_doubtful_and_the_run_are_both_said_with_an_issue(store: Store) -> None:
    seen = (("clock", ""),)
    store.ledger.issue(notice(6, run="a1", acknowledged=seen), paper)
    assert store.runs.of("2025-03-000006").numbers == (*RUN, "2025-03-000006")
    assert sound(store)


def test_what_was_doubtful_is_said_with_the_issue_or_told(store: Store) -> None:
    detail = {"reasons": [{"code": "clock"}]}
    store.note(NewEvent("acknowledged", LATER, "李晓", detail=detail), FIRST)
    (told,) = [fault.text for fault in store.ledger.verify() if fault]
    assert "不是出单时写的" in told
