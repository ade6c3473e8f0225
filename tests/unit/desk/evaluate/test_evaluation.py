"""What a draft comes to: the answer, the problems at their fields, what may be issued."""

from dataclasses import replace
from datetime import date

import pytest

from medcounter.assess import Option, options
from medcounter.desk.draft.draft import FIELDS, Draft
from medcounter.desk.evaluate.evaluation import evaluate
from medcounter.desk.evaluate.missing_fields import needed_fields
from medcounter.desk.evaluate.outcome import Outcome
from tests.support.desk.desk_samples import shipped_book

ON = date(2025, 3, 5)
# The woman of the standard for ID numbers, born 1949-12-31.
RESIDENT = Draft(region="360000", benefit_year=2025, name="张三", id_number="11010519491231002X")


def computed(draft: Draft = RESIDENT, on: date = ON) -> Outcome:
    return evaluate(draft, shipped_book(), on)


def fields(result: Outcome) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in result.problems]


def test_a_resident_with_name_and_number_is_answered_and_may_be_issued() -> None:
    result = computed()
    assert result.problems == ()
    assert result.assessment is not None
    assert result.assessment.coverage is not None
    assert result.assessment.coverage.start == date(2025, 6, 5)
    assert (result.can_issue, result.blocked_by) == (True, "")


def test_no_payment_date_means_the_day_at_the_counter() -> None:
    facts = computed().facts
    assert facts is not None
    assert facts.payment_date == ON


def test_the_birth_date_comes_from_the_number_and_is_shown() -> None:
    result = computed()
    assert result.facts is not None
    assert result.facts.birth_date == date(1949, 12, 31)
    assert result.echo_at("birth_date") == "1949年12月31日 星期六，取自证件号码"
    assert result.echo_at("payment_date") == ""


def test_the_person_is_told_in_one_line() -> None:
    # 1949-12-31 to 2025-03-05 is 75 full years.
    assert computed().person.line == "女 · 75 岁 · 北京市"
    assert computed().person.id_masked == "1101**********002X"


def test_a_typed_date_is_read_back() -> None:
    result = computed(replace(RESIDENT, payment_date="3月15日"))
    assert result.echo_at("payment_date") == "2025年3月15日 星期六"
    assert result.facts is not None
    assert result.facts.payment_date == date(2025, 3, 15)


def test_a_birth_date_that_contradicts_the_number_is_a_problem() -> None:
    result = computed(replace(RESIDENT, birth_date="1950-12-31"))
    assert fields(result) == [("birth_date", "contradiction")]
    assert result.assessment is None


def test_the_same_birth_date_as_in_the_number_is_no_problem() -> None:
    assert computed(replace(RESIDENT, birth_date="19491231")).can_issue


def test_a_wrong_number_keeps_the_answer_and_stops_the_paper() -> None:
    result = computed(replace(RESIDENT, id_number="110105194912310021"))
    assert fields(result) == [("id_number", "id-check-digit")]
    assert result.assessment is not None
    assert not result.can_issue
    assert "应为“X”" in result.blocked_by


def test_a_wrong_number_the_clerk_insists_on_is_issued_with_a_note() -> None:
    result = computed(replace(RESIDENT, id_number="110105194912310021!"))
    assert result.can_issue
    assert "经办人确认" in result.person.notes[0]


def test_problems_stand_in_the_order_of_the_form_under_its_names() -> None:
    result = computed(
        Draft(
            region="999999",
            benefit_year=2025,
            id_number="12",
            birth_date="x",
            payment_date="2025-02-30",
            events=(("graduated", ""), ("graduated", "32日")),
            repair_years="many",
        )
    )
    assert fields(result) == [
        ("id_number", "id-incomplete"),
        ("birth_date", "not-a-date"),
        ("payment_date", "not-a-date"),
        ("events.0.date", "missing"),
        ("events.1.date", "not-a-date"),
        ("repair_years", "not-a-number"),
    ]
    assert result.facts is None
    assert result.blocked_by.startswith("还有 6 处要改正")
    heads = {field.partition(".")[0] for field, _ in fields(result)}
    assert heads <= {field.name for field in FIELDS}


def test_a_problem_of_the_second_event_names_the_second_row() -> None:
    result = computed(
        replace(RESIDENT, events=(("graduated", ""), ("household-moved-in", "2025-06-01")))
    )
    assert fields(result) == [("events.0.date", "missing"), ("events.1.date", "contradiction")]
    assert result.problem_at("events") == result.problems[0]
    assert result.problem_at("events.1") == result.problems[1]
    assert result.problem_at("name") is None


@pytest.mark.parametrize(
    ("draft", "field", "code"),
    [
        (Draft(), "region", "missing"),
        (Draft(region="360000"), "benefit_year", "missing"),
        (replace(RESIDENT, region="880000"), "region", "unknown-code"),
        (replace(RESIDENT, benefit_year=2031), "benefit_year", "rules-not-covered"),
        (replace(RESIDENT, categories=("king",)), "categories", "unknown-code"),
        (replace(RESIDENT, insured_years=(2025,)), "insured_years.0", "contradiction"),
        (
            replace(RESIDENT, repair_years="1", insured_years=(2024,)),
            "repair_years",
            "out-of-range",
        ),
        (replace(RESIDENT, birth_date="明天", id_number=""), "birth_date", "contradiction"),
        (replace(RESIDENT, name="张" * 51), "name", "out-of-range"),
    ],
)
def test_what_the_rules_refuse_is_said_at_its_field(draft: Draft, field: str, code: str) -> None:
    assert (field, code) in fields(computed(draft))
    assert not computed(draft).can_issue


def test_a_closed_window_may_not_be_issued_and_says_when_it_opens() -> None:
    result = computed(replace(RESIDENT, payment_date="2024-09-01"))
    assert result.assessment is not None
    assert not result.assessment.payable
    assert "2024年9月15日" in result.blocked_by


def test_a_window_that_never_opens_again_is_said() -> None:
    result = computed(replace(RESIDENT, payment_date="2026-01-05"))
    assert "请改选日期或待遇年度" in result.blocked_by


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ((("name", "  "),), "姓名"),
        ((("id_number", ""),), "证件号码"),
        ((("id_number", ""), ("birth_date", "1949-12-31")), "证件号码"),
        ((("agent", "李四"),), "关系"),
        ((("agent_relation", "父亲"),), "代办人姓名"),
    ],
)
def test_what_the_paper_lacks_is_asked_for_without_being_a_problem(
    typed: tuple[tuple[str, str], ...], wanted: str
) -> None:
    draft = RESIDENT
    for name, text in typed:
        draft = draft.with_(name, text)
    result = computed(draft)
    assert result.problems == ()
    assert wanted in result.blocked_by


def test_a_newborn_without_a_number_may_be_issued() -> None:
    result = computed(replace(RESIDENT, id_number="", birth_date="2025-01-05"))
    assert result.can_issue
    # 5 January to 5 March 2025: 26 + 28 + 5 days.
    assert result.person.line == "出生第 59 天"


def test_whichever_choice_is_shown_says_all_that_the_rules_say_of_it() -> None:
    known = computed().facts
    assert known is not None
    answered = options(known, shipped_book())
    assert len(answered) > 1
    for one in answered:
        assert isinstance(one, Option)
        assert computed(replace(RESIDENT, option=one.code)).shown == one.assessment


def test_the_chosen_option_is_the_one_shown() -> None:
    result = computed(replace(RESIDENT, option="last-day"))
    assert result.chosen is not None
    assert result.chosen.code == "last-day"
    assert result.shown == result.chosen.assessment
    assert result.assessment == result.options[0].assessment


def test_a_later_payment_date_is_named_and_today_s_plan_stands_beside_it() -> None:
    result = computed(replace(RESIDENT, payment_date="2025-07-01"))
    labels = [one.label for one in result.options]
    assert labels[:2] == ["2025-07-01 缴费", "今天（2025-03-05）缴费"]


def test_a_choice_that_is_no_longer_offered_falls_back_to_paying_now() -> None:
    result = computed(replace(RESIDENT, option="repair-9"))
    assert result.chosen is not None
    assert result.chosen.code == "pay-now"


def test_an_answer_the_place_does_not_ask_for_is_left_out() -> None:
    result = computed(replace(RESIDENT, answers=(("plan", "gold"),)))
    assert result.facts is not None
    assert result.facts.answers == ()


def test_a_typed_answer_becomes_a_fact() -> None:
    draft = replace(RESIDENT, answers=(("newborn_confirmed", "是"),))
    result = computed(draft)
    assert result.facts is not None
    assert result.facts.answers == (("newborn_confirmed", True),)


def test_an_answer_that_is_none_is_said_at_its_question() -> None:
    result = computed(replace(RESIDENT, answers=(("newborn_confirmed", "maybe"),)))
    assert fields(result) == [("answers.newborn_confirmed", "wrong-type")]


def test_the_banner_tells_where_the_day_lies_and_what_comes_after() -> None:
    told = computed(replace(RESIDENT, payment_date="2025-02-20")).banner
    # Source 000: window to 2025-02-28; paid on 2025-03-01 the wait ends 2025-05-31.
    assert "2月20日" in told
    assert "2024-09-15 至 2025-02-28" in told
    assert "还有 8 天" in told
    assert "3月1日起缴费" in told
    assert "3 个月" in told
    assert "6月1日起才有待遇" in told


def test_the_last_day_of_the_window_is_called_so() -> None:
    assert "到这一天为止" in computed(on=date(2025, 2, 28)).banner


def test_the_banner_stays_while_another_field_is_wrong() -> None:
    broken = computed(replace(RESIDENT, repair_years="x"))
    assert broken.facts is None
    assert "今天" in broken.banner


@pytest.mark.parametrize(
    "draft", [replace(RESIDENT, region="810000"), replace(RESIDENT, scheme="flexible")]
)
def test_missing_rules_are_no_fault_of_a_field_and_bring_the_nations_answer(
    draft: Draft,
) -> None:
    result = computed(draft)
    assert result.problems == ()
    assert (result.assessment, result.options, result.chosen) == (None, (), None)
    assert result.mechanism is not None
    assert result.mechanism.payable is None
    assert not result.can_issue
    assert "没有收录 2025 年度的规则" in result.blocked_by


def test_where_no_rules_are_the_banner_says_what_is_collected_today() -> None:
    result = computed(replace(RESIDENT, region="810000"), date(2025, 10, 20))
    # The nation's usual season: 1 September to the end of February.
    assert "2025-09-01 至 2026-02-28" in result.banner
    assert result.season == ""
    assert computed(Draft()).banner == ""


def test_the_banner_of_a_closed_day_names_the_next_one() -> None:
    told = computed(replace(RESIDENT, payment_date="2024-09-01")).banner
    assert "不在 2025 年度缴费期内，最早 2024年9月15日 可以缴费" in told


def test_the_banner_of_a_day_after_the_window_says_that_nothing_comes_after_the_year() -> None:
    told = computed().banner
    assert "2025-03-01 至 2025-12-31" in told
    assert "2026年1月1日起不能再缴" in told


def test_a_person_older_than_anybody_is_asked_about() -> None:
    # The other number printed in the standard, of somebody born in 1880.
    result = computed(replace(RESIDENT, id_number="440524188001010014"))
    assert "145 岁" in result.person.notes[-1]


def test_the_banner_tells_a_gap_between_two_windows() -> None:
    # Source 003: Xianyang 2025 to 2024-12-20, make-up from 2025-01-01.
    result = computed(replace(RESIDENT, region="610400"), date(2024, 12, 15))
    assert "12月21日起不能缴，最早 2025年1月1日 可以缴费" in result.banner


def test_the_banner_tells_a_higher_fee_and_a_wait_in_days() -> None:
    # Guizhou 2025: after 2025-02-28 1070 yuan and 90 days.
    result = computed(replace(RESIDENT, region="520000"), date(2025, 2, 20))
    assert "3月1日起缴费：应缴 ¥1,070.00，有等待期 90 天" in result.banner


def test_the_banner_of_a_window_without_known_days_says_so() -> None:
    # Source 001 gives no window for Zhangjiakou's flexible payers of 2024.
    draft = replace(
        RESIDENT,
        region="130700",
        scheme="flexible",
        benefit_year=2024,
        answers=(("plan", "4.5"),),
    )
    assert "起止日期没有可依据的来源" in computed(draft, date(2024, 3, 1)).banner


def test_a_fee_no_source_gives_is_not_issued() -> None:
    # Source 004 names Fujian's window for 2025 and no fee.
    result = computed(replace(RESIDENT, region="350000"), date(2024, 11, 1))
    assert result.assessment is not None
    assert "应缴金额没有可依据的来源" in result.blocked_by


@pytest.mark.parametrize("name", ["同上", "张?", "\u3164", "□明"])
def test_what_names_nobody_is_a_problem_of_the_paper_and_not_of_the_answer(name: str) -> None:
    result = computed(replace(RESIDENT, name=name))
    assert fields(result) == [("name", "not-a-name")]
    assert result.assessment is not None
    assert not result.can_issue


def test_an_agent_who_is_named_nobody_is_a_problem() -> None:
    result = computed(replace(RESIDENT, agent="无", agent_relation="父亲"))
    assert fields(result) == [("agent", "not-a-name")]


@pytest.mark.parametrize("sign", ["-", "/", "—", "无"])
def test_a_dash_for_a_number_is_no_number_and_is_said(sign: str) -> None:
    result = computed(replace(RESIDENT, id_number=sign))
    assert result.person.notes == (f"证件号码“{sign}”按没有号码办理。",)
    assert "请填写证件号码" in result.blocked_by
    assert needed_fields(result) == ("id_number",)
    newborn = computed(replace(RESIDENT, id_number=sign, birth_date="2025-03-01"))
    assert newborn.can_issue


NOBODY = Draft(region="360000", benefit_year=2025)


def test_nobody_is_told_no_amount_and_no_day() -> None:
    result = computed(NOBODY)
    assert (result.shown, result.options, result.chosen) == (None, (), None)
    assert result.problems == ()
    assert not result.can_issue
    assert result.blocked_by.startswith("还没有填是谁")
    assert "2025" in result.banner


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "张三"),
        ("id_number", "11010519491231002X"),
        ("birth_date", "1949-12-31"),
        ("categories", ("destitute",)),
        ("insured_years", ()),
        ("payment_date", "2025-04-01"),
    ],
)
def test_whatever_is_filled_in_is_answered(field: str, value: str | tuple[str, ...]) -> None:
    assert computed(NOBODY.with_(field, value)).shown is not None
