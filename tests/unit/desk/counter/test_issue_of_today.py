"""An answer is issued on the day it was reckoned for, or not at all.

The right values are of the rules of Jiangxi for 2026: the window ends on
2026-02-28, a Saturday; who pays after it waits three months.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from medcounter.desk.desk import Desk
from medcounter.desk.evaluate.basis import AnswerOutdatedError
from medcounter.desk.evaluate.day_change import day_turned, since_kept
from medcounter.desk.evaluate.household import Household
from medcounter.desk.evaluate.outcome import Outcome
from tests.support.desk.counter_samples import BEIJING, HALL, ID_NUMBER, ledger_page
from tests.support.store.store_samples import demo_roots

SATURDAY = datetime(2026, 2, 28, 16, 50, tzinfo=BEIJING)
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk.open(tmp_path / "data", SATURDAY, roots=demo_roots())
    desk.save_settings(HALL, SATURDAY)
    yield desk
    desk.close(with_backup=False)


def answered(desk: Desk, at: datetime, number: str = ID_NUMBER, name: str = "吴建国") -> Outcome:
    draft = replace(desk.new_draft(at.date()), benefit_year=2026, name=name)
    return desk.outcome(draft.with_("id_number", number), at.date())


def test_an_answer_of_saturday_is_not_issued_on_monday(desk: Desk) -> None:
    with pytest.raises(AnswerOutdatedError, match=r"2026-02-28.*2026-03-02"):
        desk.households.issue((answered(desk, SATURDAY),), MONDAY, ("click-1",))
    assert ledger_page(desk).total == 0


def test_what_monday_issues_waits_three_months(desk: Desk) -> None:
    (issued,) = desk.households.issue((answered(desk, MONDAY),), MONDAY, ("click-1",))
    benefits = issued.notice.benefits
    assert benefits.payment_date == date(2026, 3, 2)
    assert benefits.wait is not None
    assert (benefits.wait.start, benefits.wait.end) == (date(2026, 3, 2), date(2026, 6, 1))
    assert benefits.cover is not None
    assert benefits.cover.start == date(2026, 6, 2)


def test_no_member_of_a_household_is_issued_with_another_days_answer(desk: Desk) -> None:
    fresh = answered(desk, MONDAY)
    stale = answered(desk, SATURDAY, "360103196001150021", "李桂英")
    with pytest.raises(AnswerOutdatedError):
        desk.households.issue((fresh, stale), MONDAY, ("click-1", "click-2"))
    assert ledger_page(desk).total == 0


def test_a_specimen_is_not_made_of_another_days_answer(desk: Desk) -> None:
    with pytest.raises(AnswerOutdatedError):
        desk.notices.preview(answered(desk, SATURDAY), MONDAY)


def test_the_same_click_across_midnight_is_the_same_notice(desk: Desk) -> None:
    before = SATURDAY.replace(hour=23, minute=59)
    outcome = answered(desk, before)
    (first,) = desk.households.issue((outcome,), before, ("click-1",))
    (again,) = desk.households.issue((outcome,), before + timedelta(minutes=2), ("click-1",))
    assert again == first
    assert ledger_page(desk).total == 1


def test_what_became_different_is_said_figure_by_figure(desk: Desk) -> None:
    told = day_turned((answered(desk, SATURDAY),), (answered(desk, MONDAY),))
    assert told == (
        "今天已是 2026-03-02，已重新测算："
        "等待期由无变为 2026-03-02 至 2026-06-01，"
        "待遇由 2026-03-01 起变为 2026-06-02 起。请核对。"
    )


def test_a_household_is_told_of_those_alone_whose_answer_is_different(desk: Desk) -> None:
    child = answered(desk, SATURDAY), answered(desk, MONDAY)
    unchanged = answered(desk, SATURDAY, name="")
    told = day_turned((child[0], unchanged), (child[1], unchanged))
    assert "吴建国：等待期由无变为" in told
    assert "未填姓名" not in told


def test_another_day_that_changes_nothing_is_said_too(desk: Desk) -> None:
    told = day_turned((answered(desk, SATURDAY),), (answered(desk, SATURDAY),))
    assert "结果没有变化" in told


def test_who_was_put_aside_on_saturday_is_told_on_monday_what_became_different(desk: Desk) -> None:
    asked = Household((answered(desk, SATURDAY).draft,))
    assert since_kept(asked, MONDAY.date(), desk.outcome) == ""
    desk.households.park(asked, SATURDAY)
    back = desk.households.unpark(MONDAY)
    assert back is not None
    assert since_kept(back, SATURDAY.date(), desk.outcome) == ""
    told = since_kept(back, MONDAY.date(), desk.outcome)
    assert told == day_turned((answered(desk, SATURDAY),), (answered(desk, MONDAY),))
    nobody = replace(back, members=(desk.new_draft(MONDAY.date()),))
    assert since_kept(nobody, MONDAY.date(), desk.outcome) == ""
