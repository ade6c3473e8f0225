"""The household's sheet: every member's row, one total, nothing said twice."""

from dataclasses import replace
from datetime import date

import pytest

from medcounter.assess.assessment import Fee, FeeLine, Remark
from medcounter.notice.content.household_sheet import (
    HouseholdEmptyError,
    HouseholdSheet,
    household_sheet,
)
from medcounter.notice.content.merging import SharedSentence
from medcounter.notice.content.notice import BenefitSpan, Notice, Party
from tests.support.paper.notice_samples import (
    ADMISSION,
    LATE_0305,
    LOW_INCOME,
    NEWBORN_DAY_59,
    NO_COVER,
    notice,
    step,
)

FATHER = notice(number="2025-03-000127", party=Party("吴建国", "360102199003071234"))
MOTHER = notice(
    LOW_INCOME,
    date(2025, 3, 5),
    number="2025-03-000128",
    party=Party("王丽", "36010219910512432X", agent="吴建国", relation="丈夫"),
)
BABY = notice(
    NEWBORN_DAY_59,
    date(2025, 3, 1),
    number="2025-03-000129",
    party=Party("吴小宝", household="吴建国户"),
)
FAMILY = (FATHER, MOTHER, BABY)


def texts(told: tuple[SharedSentence, ...]) -> list[str]:
    return [one.text for one in told]


def test_every_member_has_a_row_with_the_figures_of_the_own_notice() -> None:
    sheet = household_sheet(FAMILY)
    assert [(m.number, m.name, m.id_shown, m.identity) for m in sheet.members] == [
        ("2025-03-000127", "吴建国", "3601**********1234", "普通居民"),
        ("2025-03-000128", "王丽", "3601**********432X", "城乡低保对象"),
        ("2025-03-000129", "吴小宝", "", "普通居民"),
    ]
    assert [(m.standard, m.aid, m.due) for m in sheet.members] == [
        (40000, 0, 40000),
        (40000, 32000, 8000),
        (None, None, None),
    ]
    assert [m.wait for m in sheet.members] == [
        BenefitSpan("wait", date(2025, 3, 5), date(2025, 6, 4)),
        None,
        None,
    ]
    assert [m.cover for m in sheet.members] == [
        BenefitSpan("cover", date(2025, 6, 5), date(2025, 12, 31)),
        BenefitSpan("cover", date(2025, 3, 16), date(2025, 12, 31)),
        BenefitSpan("cover", date(2025, 1, 1), date(2025, 12, 31)),
    ]


def test_the_total_sums_what_is_known_and_says_how_many_are_not() -> None:
    sheet = household_sheet(FAMILY)
    assert (sheet.total, sheet.unsettled) == (48000, 1)
    assert sheet.words == "肆佰捌拾元整"


def test_the_rows_of_several_years_are_summed_for_their_member() -> None:
    lines = (
        FeeLine("standard-2025", "2025 年度个人缴费", 40000),
        FeeLine("repair-2024", "补缴 2024 年度", 38000),
    )
    both = notice(replace(LATE_0305, fee=Fee(78000, 40000, 0, 40000, 38000, None, lines)))
    (member,) = household_sheet((both,)).members
    assert member.items == ("2025 年度个人缴费", "补缴 2024 年度")
    assert (member.standard, member.due) == (78000, 78000)


def test_a_void_member_is_named_and_counts_for_nothing() -> None:
    sheet = household_sheet(FAMILY, voided={"2025-03-000127"})
    assert [member.voided for member in sheet.members] == [True, False, False]
    assert (sheet.total, sheet.unsettled) == (8000, 1)
    assert sheet.numbers == ("2025-03-000128", "2025-03-000129")
    assert ADMISSION.text not in texts(sheet.remarks)


def test_a_sheet_of_void_notices_alone_still_names_them_all() -> None:
    sheet = household_sheet((FATHER,), voided={"2025-03-000127"})
    assert (sheet.total, sheet.words, sheet.check_code) == (0, "零元整", None)
    assert sheet.members[0].name == "吴建国"
    assert sheet.stamps[0].revision == 7


def test_what_is_for_everybody_is_said_once_and_without_names() -> None:
    same = (FATHER, replace(FATHER, number="2025-03-000130"))
    sheet = household_sheet(same)
    assert texts(sheet.later) == list(FATHER.later)
    assert {told.names for told in (*sheet.later, *sheet.remarks, *sheet.grounds)} == {()}


def test_what_is_for_some_names_them() -> None:
    sheet = household_sheet((FATHER, MOTHER, notice(NO_COVER, date(2025, 10, 1))))
    (admission,) = [told for told in sheet.remarks if told.text == ADMISSION.text]
    assert admission.names == ("吴建国", "吴建国")
    assert len(texts(sheet.remarks)) == len(set(texts(sheet.remarks)))


def test_a_sentence_said_twice_by_one_member_names_the_member_once() -> None:
    twice = replace(FATHER, remarks=("请注意。", "请注意。"))
    sheet = household_sheet((twice, MOTHER))
    assert sheet.remarks == (SharedSentence("请注意。", ("吴建国",)),)


def test_the_clauses_are_numbered_anew_and_the_grounds_follow() -> None:
    sheet = household_sheet((FATHER, MOTHER))
    assert [(clause.mark, clause.clause) for clause in sheet.clauses] == [
        ("①", "一·02"),
        ("②", "一·01"),
        ("③", "一·03"),
    ]
    marks = {clause.mark: clause.clause for clause in sheet.clauses}
    standard = next(told for told in sheet.grounds if told.text.startswith("普通居民个人缴费"))
    assert [marks[sign] for sign in standard.marks] == ["一·01"]


def test_clauses_of_one_source_stand_side_by_side() -> None:
    other = step("repair", "每年减 1 个月。", "断缴", "fuzhou-page")
    first = notice(replace(LATE_0305, steps=(other, *LATE_0305.steps)), number="2025-03-000001")
    sheet = household_sheet((MOTHER, first))
    titles = [clause.title for clause in sheet.clauses]
    assert titles == sorted(titles, key=titles.index)
    assert titles.count("抚州断缴补缴说明") == 1


def test_marks_beyond_the_circled_numbers_are_renumbered_too() -> None:
    steps = tuple(step("window", f"第 {n} 款。", f"款 {n}") for n in range(60))
    many = notice(replace(LATE_0305, steps=(*LATE_0305.steps, *steps)))
    last = replace(many, benefits=replace(many.benefits, marks="(51)(52)"))
    sheet = household_sheet((last,))
    assert sheet.grounds[-1].marks == "(51)(52)"


def test_guides_are_merged_under_their_headings() -> None:
    sheet = household_sheet(FAMILY)
    assert [guide.kind for guide in sheet.guides] == ["channel", "payer", "document"]
    assert len(sheet.guides[0].entries) == 6


def test_a_doubt_names_whom_it_is_about_and_how_it_stands() -> None:
    (doubt,) = household_sheet(FAMILY).doubts
    assert (doubt.names, doubt.marks) == (("吴小宝",), "尚无定论")


def test_an_assumed_doubt_is_told_as_assumed() -> None:
    settled = replace(NEWBORN_DAY_59, doubts=(NEWBORN_DAY_59.doubts[0]._replace(status="assumed"),))
    (doubt,) = household_sheet((notice(settled),)).doubts
    assert doubt.marks == "按较可能的理解"


def test_the_first_of_the_days_to_pay_by_counts_for_the_household() -> None:
    days = [FATHER.pay_by, replace(MOTHER, pay_by=date(2025, 3, 4)).pay_by]
    sheet = household_sheet((FATHER, replace(MOTHER, pay_by=date(2025, 3, 4))))
    assert sheet.pay_by == min(days) == date(2025, 3, 4)


def test_agents_household_and_places_are_gathered() -> None:
    sheet = household_sheet(FAMILY)
    assert sheet.agents == ("吴建国（丈夫）",)
    assert sheet.household == "吴建国户"
    assert sheet.places == ("江西省",)
    plain = household_sheet((notice(party=Party("吴小宝", agent="吴建国")),))
    assert plain.agents == ("吴建国",)


def _changed(**change: object) -> HouseholdSheet:
    return household_sheet((replace(FATHER, **change), MOTHER))  # type: ignore[arg-type] # any field


def test_the_check_code_shows_any_member_s_alteration() -> None:
    plain = household_sheet((FATHER, MOTHER)).check_code
    assert plain == household_sheet((FATHER, MOTHER), print_no=2).check_code
    assert plain != _changed(check_code="0000-0000").check_code
    assert plain != _changed(number="2025-03-000126").check_code
    assert plain != _changed(total=40001).check_code


def test_a_specimen_has_no_check_code_and_no_numbers() -> None:
    sheet = household_sheet((FATHER, replace(MOTHER, number=None, check_code=None)))
    assert sheet.check_code is None
    assert sheet.numbers == ("2025-03-000127",)


def test_the_rules_are_named_once_though_the_facts_differ() -> None:
    other = replace(MOTHER, stamp=replace(MOTHER.stamp, facts_sha256="1" * 64))
    assert len(household_sheet((FATHER, other)).stamps) == 1


def test_a_household_without_notices_has_no_sheet() -> None:
    with pytest.raises(HouseholdEmptyError):
        household_sheet(())


def test_the_same_notices_give_the_same_sheet() -> None:
    assert household_sheet(FAMILY) == household_sheet(FAMILY)


def _remarked(text: str) -> Notice:
    return notice(replace(LATE_0305, remarks=(Remark("r", "info", text),)))


def test_remarks_keep_the_order_in_which_they_are_first_said() -> None:
    sheet = household_sheet((_remarked("先。"), _remarked("后。"), _remarked("先。")))
    assert texts(sheet.remarks) == ["先。", "后。"]
