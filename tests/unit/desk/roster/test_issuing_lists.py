"""Notices for a list: numbered one after another, resumed after a kill, never twice."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from medcounter.assess.facts import Facts
from medcounter.desk.desk import Desk
from medcounter.desk.evaluate.basis import AnswerOutdatedError, Basis, RulesChangedError
from medcounter.desk.roster.roster_issue import ListRun, RosterNotice
from medcounter.roster.answering.results import Result
from medcounter.roster.reading.findings import Listed
from medcounter.store.store_errors import ReasonMissingError
from medcounter.wording.terms import VOID
from tests.support.desk.counter_samples import (
    OPENED_AT,
    Counter,
    faults_of,
    ledger_page,
    open_counter,
)
from tests.support.roster.roster_samples import id_number
from tests.support.store.store_samples import demo_roots


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    counter = open_counter(tmp_path / "data")
    yield counter
    counter.desk.close(with_backup=False)


def person(number: int, **facts: object) -> Listed:
    birth = date(1980, 1, 1 + number)
    known = Facts("360000", 2025, date(2025, 3, 5), birth_date=birth)
    return Listed(
        "名单", 4 + number, "东村", f"王{number}", id_number(birth, number), replace(known, **facts)  # type: ignore[arg-type]  # names are checked at run time
    )  # fmt: skip


PEOPLE = [person(number) for number in range(6)]


def issue(desk: Desk, one: Listed, at: datetime) -> RosterNotice:
    """As a list that was worked out just now."""
    return desk.rosters.issue(one, at, ListRun(desk.rosters.basis(at)))


def numbers(counter: Counter) -> list[str]:
    return [row.number for row in ledger_page(counter.desk).rows]


def test_a_list_is_numbered_in_its_order_without_gaps(counter: Counter) -> None:
    told = [issue(counter.desk, one, counter.clock()) for one in PEOPLE]
    assert [one.issued.notice.number for one in told if one.issued] == [
        f"2025-03-{number:06d}" for number in range(1, 7)
    ]
    assert all(one.new for one in told)


def test_the_same_list_again_changes_nothing(counter: Counter) -> None:
    first = [issue(counter.desk, one, counter.clock()).issued for one in PEOPLE]
    counter.clock.move(30)
    again = [issue(counter.desk, one, counter.clock()) for one in PEOPLE]
    assert [one.issued for one in again] == first
    assert not any(one.new for one in again)
    assert len(numbers(counter)) == 6


def test_a_list_cut_off_goes_on_where_it_was(tmp_path: Path) -> None:
    before = open_counter(tmp_path / "data")
    for one in PEOPLE[:3]:
        issue(before.desk, one, before.clock())
    before.desk.close()
    desk = Desk.open(tmp_path / "data", OPENED_AT, roots=demo_roots())
    told = [issue(desk, one, before.clock.now) for one in PEOPLE]
    assert [str(one.issued.notice.number)[-1] for one in told if one.issued] == list("123456")
    assert len(ledger_page(desk).rows) == 6
    desk.close()


def test_a_person_is_counted_with_what_is_issued_afterwards(counter: Counter) -> None:
    varied = [
        *PEOPLE[:2],
        person(2, categories=("destitute",)),
        person(3, insured_years=(2019,)),
        person(4, payment_date=date(2026, 2, 1)),
    ]
    counted = [counter.desk.rosters.look(one, counter.clock()) for one in varied]
    told = [issue(counter.desk, one, counter.clock()) for one in varied]
    assert [one.total for one in counted[:4]] == [
        one.issued.notice.total for one in told[:4] if one.issued
    ]
    assert [one.refused for one in counted] == [one.refused for one in told]
    assert counted[4].refused


def test_who_was_voided_gets_another_notice_and_only_one(counter: Counter) -> None:
    (first, *_) = PEOPLE
    issued = issue(counter.desk, first, counter.clock()).issued
    assert issued is not None
    counter.desk.notices.void(str(issued.notice.number), "姓名有误", counter.clock())
    counter.clock.move(1)
    second = issue(counter.desk, first, counter.clock())
    third = issue(counter.desk, first, counter.clock())
    assert second.issued is not None
    assert second.issued.state != VOID
    assert third.issued is not None
    assert third.issued.notice.number == second.issued.notice.number == "2025-03-000002"


def test_who_cannot_pay_is_told_why_and_takes_no_number(counter: Counter) -> None:
    closed = person(0, payment_date=date(2026, 2, 1))
    told = issue(counter.desk, closed, counter.clock())
    assert told.issued is None
    assert "不能出单" in told.refused
    assert numbers(counter) == []


def test_the_notice_has_the_facts_of_the_list(counter: Counter) -> None:
    one = person(1, categories=("destitute",))
    outcome = counter.desk.rosters.outcome(one, counter.clock())
    assert outcome.facts == one.facts
    assert outcome.person.id_number == one.id_number


def test_what_a_list_said_is_not_read_again_from_texts(counter: Counter) -> None:
    # At the counter an answer that this place does not ask for is not read.
    one = person(1, answers=(("asked-elsewhere", True),))
    assert counter.desk.rosters.outcome(one, counter.clock()).facts == one.facts


def test_a_list_of_another_day_or_by_other_rules_numbers_nobody(counter: Counter) -> None:
    now = counter.desk.rosters.basis(counter.clock())
    yesterday = Basis(now.on - timedelta(days=1), now.rules)
    with pytest.raises(AnswerOutdatedError):
        counter.desk.rosters.issue(PEOPLE[0], counter.clock(), ListRun(yesterday))
    with pytest.raises(RulesChangedError):
        counter.desk.rosters.issue(PEOPLE[0], counter.clock(), ListRun(Basis(now.on, "0" * 64)))
    assert numbers(counter) == []


def run_of_three(counter: Counter) -> tuple[str, ...]:
    """A run of three, with somebody else served at the counter in between."""
    run = ListRun(counter.desk.rosters.basis(counter.clock()))
    told = [counter.desk.rosters.issue(one, counter.clock(), run) for one in PEOPLE[:2]]
    counter.issue("赵四")
    told.append(counter.desk.rosters.issue(PEOPLE[2], counter.clock(), run))
    return tuple(str(one.issued.notice.number) for one in told if one.issued)


def test_what_one_list_numbered_is_voided_as_a_whole_and_nothing_else(counter: Counter) -> None:
    listed = run_of_three(counter)
    assert listed == ("2025-03-000001", "2025-03-000002", "2025-03-000004")
    assert counter.desk.register.run_of(listed[2]).numbers == listed
    assert not counter.desk.register.is_listed("2025-03-000003")
    voided = counter.desk.register.void_run(listed[0], "名单拿错了", counter.clock())
    assert voided.valid == listed
    states = {row.number: row.state for row in ledger_page(counter.desk).rows}
    assert states == {**dict.fromkeys(listed, VOID), "2025-03-000003": "issued"}
    assert faults_of(counter.desk) == ()


def test_a_run_is_not_voided_without_a_reason(counter: Counter) -> None:
    listed = run_of_three(counter)
    with pytest.raises(ReasonMissingError):
        counter.desk.register.void_run(listed[0], " ", counter.clock())
    assert counter.desk.register.run_of(listed[0]).valid == listed


def results(*people: Listed) -> list[Result]:
    return [Result(one.row, one, None, ()) for one in people]


def run_now(counter: Counter) -> ListRun:
    return ListRun(counter.desk.rosters.basis(counter.clock()))


def test_nobody_counts_as_done_before_it_is_in_the_ledger(counter: Counter) -> None:
    many = [person(number) for number in range(25)]
    steps = counter.desk.rosters.issue_each(results(*many), counter.clock, run_now(counter))
    for progress in steps:
        assert progress.done == len(progress.issued) == len(numbers(counter))
    assert [one.notice.number for one in progress.issued] == [
        f"2025-03-{number:06d}" for number in range(1, 26)
    ]
    assert faults_of(counter.desk) == ()


def test_a_list_stopped_in_between_leaves_no_gap_and_goes_on(counter: Counter) -> None:
    many = [person(number) for number in range(25)]
    run = run_now(counter)
    steps = counter.desk.rosters.issue_each(results(*many), counter.clock, run)
    stopped = next(progress for progress in steps if progress.done)
    del steps
    assert len(numbers(counter)) == len(stopped.issued) < 25
    *_, last = counter.desk.rosters.issue_each(
        results(*many), counter.clock, run, before=stopped.issued
    )
    assert len(last.issued) == len(numbers(counter)) == 25
    assert counter.desk.register.run_of("2025-03-000001").numbers == tuple(
        f"2025-03-{number:06d}" for number in range(1, 26)
    )
    assert last.refused == ()


def test_who_stands_in_a_list_twice_gets_one_notice(counter: Counter) -> None:
    twice = results(*PEOPLE[:2], PEOPLE[0], *PEOPLE[2:4])
    *_, last = counter.desk.rosters.issue_each(twice, counter.clock, run_now(counter))
    assert len(numbers(counter)) == 4
    assert last.done == 5


def test_people_of_one_list_are_no_household(counter: Counter) -> None:
    *_, last = counter.desk.rosters.issue_each(results(*PEOPLE), counter.clock, run_now(counter))
    found = [one.notice.number or "" for one in last.issued]
    assert [counter.desk.households.together_with(number) for number in found] == [()] * 6


def test_a_doubt_nobody_saw_refuses_its_person_alone(counter: Counter) -> None:
    # The first has no cover for what would be paid, which nobody acknowledged.
    doubtful = person(7, birth_date=date(1900, 1, 1))
    many = results(PEOPLE[0], doubtful, PEOPLE[1])
    *_, last = counter.desk.rosters.issue_each(many, counter.clock, run_now(counter))
    assert [row for row, _ in last.refused] == [doubtful.row]
    assert len(last.issued) == 2
