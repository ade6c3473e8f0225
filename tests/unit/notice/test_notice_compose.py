"""The notice as a whole: what it carries over, masks, marks and refuses."""

from dataclasses import replace
from datetime import date

import pytest

from medcounter.assess.assessment import Doubt, Region, Remark
from medcounter.notice.content.composing import NothingToPayError, compose
from medcounter.notice.content.notice import Entry, Issue, Party, PrintedDoubt
from tests.support.paper.notice_samples import (
    ADMISSION,
    AT,
    FLEXIBLE,
    IN_WINDOW,
    LATE_0305,
    LOW_INCOME,
    NEWBORN_DAY_59,
    NO_COVER,
    NUMBER,
    OFFICE,
    PARTY,
    fee,
    notice,
    option,
)


def test_a_resident_s_notice_has_the_resident_title() -> None:
    assert notice().title == "城乡居民基本医疗保险缴费通知单（测算）"


def test_a_flexible_payer_s_notice_has_a_title_of_its_own() -> None:
    assert notice(FLEXIBLE).title == "灵活就业人员基本医疗保险缴费通知单（测算）"


@pytest.mark.parametrize("assessment", [LATE_0305, FLEXIBLE])
def test_no_title_looks_like_a_tax_voucher(assessment: object) -> None:
    title = notice(FLEXIBLE if assessment is FLEXIBLE else LATE_0305).title
    assert "凭证" not in title
    assert "完税" not in title


def test_the_id_number_is_masked_but_for_four_figures_at_each_end() -> None:
    assert notice().person.id_shown == "3601**********1234"


def test_a_place_that_needs_the_whole_number_gets_it() -> None:
    whole = replace(PARTY, whole_id=True)
    assert notice(party=whole).person.id_shown == "360102199003071234"


def test_a_newborn_without_a_number_shows_none() -> None:
    assert notice(party=Party("吴小宝")).person.id_shown == ""


def test_agent_relation_and_household_are_carried_over() -> None:
    party = replace(PARTY, agent="吴建", relation="父亲", household="吴建户")
    someone = notice(party=party).person
    assert (someone.agent, someone.relation, someone.household) == ("吴建", "父亲", "吴建户")


def test_total_words_and_subsidy_are_those_of_the_fee() -> None:
    made = notice(LOW_INCOME)
    assert (made.total, made.words, made.subsidy) == (8000, "捌拾元整", 67000)


def test_an_unknown_fee_is_called_unsettled_and_never_a_figure() -> None:
    made = notice(NEWBORN_DAY_59)
    assert (made.total, made.words) == (None, "待核定")
    assert made.doubtful == ("fee",)


def test_a_place_without_a_name_is_shown_by_its_code() -> None:
    nameless = replace(LATE_0305, region=Region("361002", None))
    assert notice(nameless).place == "361002"


def test_a_year_without_cover_has_none_on_the_notice() -> None:
    assert notice(NO_COVER).benefits.cover is None


def test_warnings_come_before_other_remarks_and_none_comes_twice() -> None:
    warning = Remark("no-cover-this-year", "warning", "本年度没有待遇。")
    remarks = (ADMISSION, warning, ADMISSION)
    assert notice(replace(LATE_0305, remarks=remarks)).remarks == (warning.text, ADMISSION.text)


def test_channels_documents_and_payers_stand_under_their_headings() -> None:
    guides = {guide.kind: guide for guide in notice().guides}
    assert [guide.heading for guide in guides.values()] == [
        "缴费渠道",
        "可由家人职工医保个人账户代缴",
        "请携带",
    ]
    assert guides["document"].entries == (Entry("身份证或社保卡", ""),)
    assert guides["channel"].entries[4].label == "云闪付"


def test_advice_from_a_weak_source_marks_its_guide() -> None:
    weak = LATE_0305.advice[0]._replace(grade="C")
    guides = notice(replace(LATE_0305, advice=(weak, LATE_0305.advice[-1]))).guides
    assert [guide.doubtful for guide in guides] == [True, False]


def doubt(field: str, text: str, status: str = "assumed") -> Doubt:
    return Doubt(field, status, text, None, None, "rule")


def test_each_doubt_is_told_once_and_marks_the_figures_it_touches() -> None:
    doubts = (doubt("wait.from", "起算日没有来源。"), doubt("coverage.from", "起算日没有来源。"))
    made = notice(replace(LATE_0305, doubts=doubts))
    assert made.doubts == (PrintedDoubt("起算日没有来源。", assumed=True),)
    assert made.doubtful == ("wait", "coverage")


def test_a_sentence_that_is_unsettled_anywhere_is_told_as_unsettled() -> None:
    doubts = (doubt("wait.from", "两种读法。"), doubt("wait.to", "两种读法。", "unsettled"))
    assert notice(replace(LATE_0305, doubts=doubts)).doubts == (
        PrintedDoubt("两种读法。", assumed=False),
    )


def test_a_doubt_about_a_limit_that_is_not_printed_is_left_out() -> None:
    doubts = (doubt("window.to", "没有写最后一天。"),)
    assert notice(replace(LATE_0305, doubts=doubts)).doubts == ()


def test_a_doubt_about_the_day_to_pay_by_is_told() -> None:
    doubts = (doubt("window.from", "没有写第一天。"), doubt("window.to", "没有写最后一天。"))
    made = notice(replace(IN_WINDOW, doubts=doubts), date(2025, 2, 28))
    assert made.doubts == (PrintedDoubt("没有写最后一天。", assumed=True),)


def test_a_doubt_about_the_window_itself_is_told() -> None:
    doubts = (doubt("window", "两页说的时段不同。"),)
    assert notice(replace(LATE_0305, doubts=doubts)).doubts != ()


def test_a_numbered_notice_has_a_check_code_and_a_specimen_has_none() -> None:
    assert notice().check_code is not None
    assert notice(number=None).check_code is None


@pytest.mark.parametrize(
    "other",
    [
        replace(LATE_0305, fee=fee(40100)),
        replace(LATE_0305, wait=None),
        replace(LATE_0305, coverage=None),
    ],
)
def test_another_amount_or_day_gives_another_check_code(other: object) -> None:
    changed = replace(LATE_0305, **{n: getattr(other, n) for n in ("fee", "wait", "coverage")})
    assert notice(changed).check_code != notice().check_code


def test_the_stamp_of_the_rules_goes_with_the_notice() -> None:
    assert notice().stamp == LATE_0305.stamp


def test_the_same_arguments_give_the_same_notice() -> None:
    assert notice() == notice()


def closed(next_window: date | None) -> None:
    shut = replace(LATE_0305, payable=False, fee=None, coverage=None, next_window=next_window)
    chosen = option(shut, date(2024, 10, 26))
    compose(chosen, (chosen,), PARTY, OFFICE, Issue(AT, NUMBER))


def test_a_day_on_which_nothing_can_be_paid_gives_no_notice_but_the_next_day() -> None:
    with pytest.raises(NothingToPayError, match=r"2024-10-26 不能缴费.*最早可在 2024-11-01"):
        closed(date(2024, 11, 1))


def test_a_year_that_is_over_gives_no_notice() -> None:
    with pytest.raises(NothingToPayError, match="没有已知的缴费时段"):
        closed(None)
