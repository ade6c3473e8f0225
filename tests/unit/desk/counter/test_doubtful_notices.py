"""What is doubtful is asked about before a number is used, whoever asks for the number.

The right values are of the rules of Jiangxi as they ship: who pays for 2026 on
2026-03-02, after the window, waits from that day to 06-01; on 2026-11-29 the wait
crosses the year's end, so that there is no cover; 2027 has no rules.
"""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from medcounter.desk.counter.issue_reasons import DoubtfulError, Reason
from medcounter.desk.desk import Desk
from medcounter.desk.evaluate.outcome import Outcome
from medcounter.settings import Settings
from tests.support.desk.counter_samples import BEIJING, HALL, ID_NUMBER, faults_of, ledger_page
from tests.support.store.store_samples import demo_roots

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=BEIJING)
IN_WINDOW = datetime(2025, 12, 3, 9, 0, tzinfo=BEIJING)
LATE = datetime(2026, 11, 29, 9, 0, tzinfo=BEIJING)
MOTHER = "360103196001150021"
NEWBORN = {"id_number": "", "birth_date": "2026-01-05", "name": "吴小小"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    desk = Desk.open(folder, IN_WINDOW, roots=demo_roots())
    desk.save_settings(HALL, IN_WINDOW)
    yield desk
    desk.close(with_backup=False)


def answered(desk: Desk, at: datetime, **typed: Any) -> Outcome:  # noqa: ANN401 -- any field
    """What the desk answers for an ordinary resident, with some fields typed otherwise."""
    draft = replace(desk.new_draft(at.date()), benefit_year=2026, name="吴建国")
    draft = replace(draft, **{"region": "360000", "id_number": ID_NUMBER, **typed})
    outcome = desk.outcome(draft, at.date())
    assert outcome.can_issue, outcome.blocked_by
    return outcome


def asked(desk: Desk, at: datetime, *outcomes: Outcome) -> tuple[Reason, ...]:
    """The reasons an issue is refused for; nothing is numbered."""
    before = ledger_page(desk).total
    requests = tuple(f"asked-{number}" for number in range(len(outcomes)))
    with pytest.raises(DoubtfulError) as refused:
        desk.households.issue(outcomes, at, requests)
    assert ledger_page(desk).total == before
    assert refused.value.reasons == desk.households.doubts(outcomes, at)
    return refused.value.reasons


def codes(reasons: tuple[Reason, ...]) -> list[str]:
    return [reason.code for reason in reasons]


def test_what_has_no_reason_is_issued_without_a_word(desk: Desk) -> None:
    (issued,) = desk.households.issue((answered(desk, MONDAY),), MONDAY, ("click",))
    assert issued.standing.acknowledged == ()


def test_the_same_person_and_year_again_is_asked_about_with_the_notice_there_is(
    desk: Desk,
) -> None:
    desk.households.issue((answered(desk, IN_WINDOW),), IN_WINDOW, ("click",))
    (reason,) = asked(desk, MONDAY, answered(desk, MONDAY))
    assert (reason.code, reason.about) == ("already-issued", "2025-03-000001")
    assert "2025-03-000001（2025-12-03，同样是 400.00 元）" in reason.text
    (again,) = desk.households.issue(
        (answered(desk, MONDAY),), MONDAY, ("again",), {"already-issued"}
    )
    assert again.notice.number == "2026-03-000001"
    assert again.standing.acknowledged == ("already-issued",)


def test_another_amount_for_the_same_year_is_asked_about_too(desk: Desk) -> None:
    poor = answered(desk, IN_WINDOW, categories=("destitute",))
    desk.households.issue((poor,), IN_WINDOW, ("click",))
    (reason,) = asked(desk, IN_WINDOW, answered(desk, IN_WINDOW))
    assert "2025-03-000001（2025-12-03，0.00 元）" in reason.text


def test_another_year_a_void_notice_and_another_person_are_no_repetition(desk: Desk) -> None:
    (first,) = desk.households.issue((answered(desk, IN_WINDOW),), IN_WINDOW, ("click",))
    desk.households.issue(
        (answered(desk, IN_WINDOW, benefit_year=2025),), IN_WINDOW, ("year",), {"no-cover"}
    )
    desk.households.issue((answered(desk, IN_WINDOW, id_number=MOTHER),), IN_WINDOW, ("mother",))
    desk.notices.void(first.notice.number or "", "写错", IN_WINDOW)
    assert desk.households.doubts((answered(desk, IN_WINDOW),), IN_WINDOW) == ()


def test_the_number_of_fifteen_digits_is_the_same_person(desk: Desk) -> None:
    desk.households.issue((answered(desk, IN_WINDOW),), IN_WINDOW, ("click",))
    short = ID_NUMBER[:6] + ID_NUMBER[8:17]
    assert codes(asked(desk, MONDAY, answered(desk, MONDAY, id_number=short))) == ["already-issued"]


def test_a_newborn_without_a_number_is_known_by_name_and_day_of_birth(desk: Desk) -> None:
    at = datetime(2026, 2, 3, 9, 0, tzinfo=BEIJING)
    seen = {reason.code for reason in desk.households.doubts((answered(desk, at, **NEWBORN),), at)}
    assert "already-issued" not in seen
    desk.households.issue((answered(desk, at, **NEWBORN),), at, ("click",), seen)
    again = desk.households.doubts((answered(desk, at, **NEWBORN),), at)
    assert "already-issued" in codes(again)
    twin = answered(desk, at, **{**NEWBORN, "birth_date": "2026-01-06"})
    assert "already-issued" not in codes(desk.households.doubts((twin,), at))


def test_the_same_click_again_is_not_asked_about(desk: Desk) -> None:
    outcome = answered(desk, MONDAY)
    (first,) = desk.households.issue((outcome,), MONDAY, ("click",))
    assert desk.households.issue((outcome,), MONDAY, ("click",))[0] == first


def test_a_payment_that_brings_no_cover_is_asked_about(desk: Desk) -> None:
    told = {reason.code: reason.text for reason in asked(desk, LATE, answered(desk, LATE))}
    assert "2026-11-29 缴费，2026 年度没有待遇" in told["no-cover"]


def test_a_year_whose_season_is_over_is_asked_about_while_the_next_has_no_rules(
    desk: Desk,
) -> None:
    told = {reason.code: reason.text for reason in asked(desk, LATE, answered(desk, LATE))}
    assert "2027 年度的规则这台电脑上还没有" in told["season-over"]


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 3, 2), 2026),  # the next season is not near
        (date(2026, 2, 20), 2026),  # in the window itself
        (date(2025, 12, 3), 2025),  # the next year's rules are here
    ],
)
def test_a_year_is_not_asked_about_out_of_the_next_season_or_with_its_rules(
    desk: Desk, day: date, year: int
) -> None:
    at = datetime(day.year, day.month, day.day, 9, 0, tzinfo=BEIJING)
    outcome = answered(desk, at, benefit_year=year)
    assert "season-over" not in codes(desk.households.doubts((outcome,), at))


def test_a_payment_day_in_the_past_is_asked_about(desk: Desk) -> None:
    (reason,) = asked(desk, MONDAY, answered(desk, MONDAY, payment_date="2026-02-20"))
    assert reason.code == "past-day"
    assert "缴费日期 2026-02-20 已经过去（今天 2026-03-02）" in reason.text
    assert not desk.households.doubts((answered(desk, MONDAY, payment_date="2026-03-02"),), MONDAY)


def test_a_place_in_another_province_is_asked_about(desk: Desk) -> None:
    desk.save_settings(replace(HALL, region="350000"), IN_WINDOW)
    (reason,) = asked(desk, IN_WINDOW, answered(desk, IN_WINDOW, region="361000"))
    assert reason.code == "other-province"
    assert "参保地在江西省，本窗口在福建省" in reason.text
    for region in ("", "361000", "360000"):
        desk.save_settings(replace(HALL, region=region), IN_WINDOW)
        assert not desk.households.doubts((answered(desk, IN_WINDOW, region="360000"),), IN_WINDOW)


def test_an_age_over_120_is_asked_about(desk: Desk) -> None:
    old = {"id_number": "360103190501150029!", "name": "李桂英"}
    told = {
        reason.code: reason.text for reason in asked(desk, MONDAY, answered(desk, MONDAY, **old))
    }
    assert "按出生日期已有 121 岁" in told["over-age"]


@pytest.mark.parametrize("field", ["name", "agent"])
def test_a_name_that_cannot_be_printed_is_asked_about_before_the_number(
    desk: Desk, field: str
) -> None:
    desk.households.undrawable = lambda text: "".join(c for c in text if c == "\U0002b7b5")
    typed = {"agent": "吴梅", "agent_relation": "女儿", field: "吴\U0002b7b5"}
    (reason,) = asked(desk, MONDAY, answered(desk, MONDAY, **typed))
    assert reason.code == "undrawable-name"
    assert "“\U0002b7b5”（U+2B7B5）" in reason.text


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        (replace(HALL, hall=""), "还没有填大厅名称，"),
        (replace(HALL, clerk=" "), "还没有填经办人，"),
        (Settings(region="360000"), "还没有填大厅名称和经办人，"),
    ],
)
def test_who_issues_is_asked_once_a_day_before_the_first_number(
    desk: Desk, settings: Settings, named: str
) -> None:
    desk.save_settings(settings, IN_WINDOW)
    (reason,) = asked(desk, MONDAY, answered(desk, MONDAY))
    assert reason.code == "no-office"
    assert named in reason.text
    desk.households.issue((answered(desk, MONDAY),), MONDAY, ("click",), {"no-office"})
    mother = {"id_number": MOTHER, "name": "李桂英"}
    desk.households.issue((answered(desk, MONDAY, **mother),), MONDAY, ("click-2",))
    tuesday = MONDAY.replace(day=3)
    wife = {"id_number": "360103199003071232", "name": "吴梅"}
    assert codes(asked(desk, tuesday, answered(desk, tuesday, **wife))) == ["no-office"]


def test_of_a_household_each_reason_names_the_member_and_nobody_is_issued(desk: Desk) -> None:
    mother = answered(desk, MONDAY, id_number=MOTHER, name="李桂英", payment_date="2026-02-20")
    family = (answered(desk, MONDAY), mother)
    (reason,) = asked(desk, MONDAY, *family)
    assert (reason.code, reason.place) == ("past-day", 1)
    assert reason.text.startswith("李桂英：缴费日期")
    issued = desk.households.issue(family, MONDAY, ("a", "b"), {"past-day"})
    assert [each.standing.acknowledged for each in issued] == [(), ("past-day",)]


def test_only_what_was_acknowledged_by_its_code_is_let_through(desk: Desk) -> None:
    outcome = answered(desk, LATE)
    with pytest.raises(DoubtfulError) as refused:
        desk.households.issue((outcome,), LATE, ("click",), {"no-cover", "past-day"})
    assert codes(refused.value.reasons) == ["season-over"]
    assert ledger_page(desk).total == 0
    (issued,) = desk.households.issue(
        (outcome,), LATE, ("click",), {"no-cover", "past-day", "season-over"}
    )
    assert issued.standing.acknowledged == ("no-cover", "season-over")


def test_what_was_acknowledged_is_an_event_of_the_chain_with_nothing_of_the_person(
    desk: Desk,
) -> None:
    desk.households.issue((answered(desk, IN_WINDOW),), IN_WINDOW, ("click",))
    desk.households.issue((answered(desk, IN_WINDOW),), IN_WINDOW, ("again",), {"already-issued"})
    assert faults_of(desk) == ()
    rows = [json.loads(line) for line in desk.register.export_audit(IN_WINDOW)]
    events = [row["event"] for row in rows if "event" in row]
    (said,) = [event for event in events if event[1] == "acknowledged"]
    assert said[3] == 2
    assert json.loads(said[6]) == {
        "reasons": [{"about": "2025-03-000001", "code": "already-issued"}]
    }
    assert [event[1] for event in events if event[3] == 2] == ["issue", "acknowledged"]


_ASK_AND_DIE = """
import os, signal, sys
from pathlib import Path
from medcounter.desk.desk import Desk
from medcounter.desk.counter.issue_reasons import DoubtfulError
from tests.support.store.store_samples import demo_roots
from tests.unit.desk.counter.test_doubtful_notices import LATE, answered
desk = Desk.open(Path(sys.argv[1]), LATE, roots=demo_roots())
try:
    desk.households.issue((answered(desk, LATE),), LATE, ("click",))
except DoubtfulError:
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_crash_between_question_and_answer_leaves_nothing_issued(folder: Path) -> None:
    desk = Desk.open(folder, LATE, roots=demo_roots())
    desk.save_settings(HALL, LATE)
    desk.close()
    died = subprocess.run([sys.executable, "-c", _ASK_AND_DIE, str(folder)], check=False)
    assert died.returncode == -signal.SIGKILL
    desk = Desk.open(folder, LATE, roots=demo_roots())
    assert ledger_page(desk).total == 0
    assert len(asked(desk, LATE, answered(desk, LATE))) == 2
    (issued,) = desk.households.issue(
        (answered(desk, LATE),), LATE, ("click",), {"no-cover", "season-over"}
    )
    assert issued.notice.number == "2026-03-000001"
    desk.close()
