"""The rows of the fee: aid beside its standard, sums that hold, nothing invented."""

from dataclasses import replace

import pytest

from medcounter.assess.assessment import Fee, FeeLine
from medcounter.notice.content.clauses import clause_list
from medcounter.notice.content.fee_rows import SumMismatchError, fee_rows
from medcounter.notice.content.notice import FeeRow
from tests.support.paper.notice_samples import (
    CONCESSION,
    FLEXIBLE,
    LATE_0305,
    LOW_INCOME,
    STANDARD,
    fee,
    step,
)


def rows_of(given: Fee, *, of: object = LATE_0305) -> tuple[FeeRow, ...]:
    assessment = LOW_INCOME if of is LOW_INCOME else LATE_0305
    return fee_rows(assessment, given, clause_list(assessment))


def test_an_ordinary_resident_has_one_row_without_aid() -> None:
    assert rows_of(fee(40000)) == (
        FeeRow("2025 年度个人缴费", 40000, 0, 40000, STANDARD.text, "②"),
    )


def test_an_aid_stands_in_the_row_of_the_standard_it_is_taken_off() -> None:
    assert rows_of(fee(40000, 32000), of=LOW_INCOME) == (
        FeeRow("2025 年度个人缴费", 40000, 32000, 8000, CONCESSION.text, "②"),
    )


def test_full_aid_leaves_nothing_to_pay() -> None:
    assert [row.due for row in rows_of(fee(40000, 40000))] == [0]


def test_a_repair_has_a_row_and_a_reason_of_its_own() -> None:
    repair = step("repair", "每修复一年减 1 个月。", "六", "state-council-2024-38")
    lapsed = replace(LATE_0305, steps=(STANDARD, repair))
    lines = (FeeLine("standard-2025", "2025 年度个人缴费", 40000), FeeLine("repair", "修复", 40000))
    given = Fee(80000, 40000, 0, 40000, 40000, 67000, lines)
    rows = fee_rows(lapsed, given, clause_list(lapsed))
    assert rows[1] == FeeRow("修复", 40000, 0, 40000, "每修复一年减 1 个月。", "②")


def test_the_price_of_a_repaired_year_is_marked_beside_what_repair_takes_off() -> None:
    price = step("repair-price", "按个人缴费标准。", "五", "state-council-2024-38")
    repair = step("repair", "每修复一年减 1 个月。", "六", "state-council-2024-38")
    lapsed = replace(LATE_0305, steps=(STANDARD, price, repair))
    lines = (FeeLine("standard-2025", "2025 年度个人缴费", 40000), FeeLine("repair", "修复", 40000))
    given = Fee(80000, 40000, 0, 40000, 40000, 67000, lines)
    rows = fee_rows(lapsed, given, clause_list(lapsed))
    assert (rows[1].reason, rows[1].marks) == ("每修复一年减 1 个月。", "②③")


def test_another_years_row_has_the_reason_of_its_own_rule() -> None:
    other = step("other-year", "一并缴纳下一年度。", "七", "state-council-2024-38")
    both = replace(LATE_0305, steps=(STANDARD, other))
    lines = (
        FeeLine("standard-2025", "2025 年度个人缴费", 40000),
        FeeLine("second-year-2026", "2026 年度全年", 40000),
    )
    given = Fee(80000, 40000, 0, 40000, 0, 67000, lines)
    first, second = fee_rows(both, given, clause_list(both))
    assert (first.reason, second.reason) == (STANDARD.text, "一并缴纳下一年度。")
    assert second == FeeRow("2026 年度全年", 40000, 0, 40000, "一并缴纳下一年度。", "②")


def test_components_stand_one_by_one_and_say_their_common_reason_once() -> None:
    assert FLEXIBLE.fee is not None
    rows = rows_of(FLEXIBLE.fee)
    assert [row.due for row in rows] == [345600, 17280, 4800]
    assert [row.reason for row in rows] == [STANDARD.text, "", ""]


def test_an_amount_no_source_gives_stays_open_in_every_column() -> None:
    given = fee(None)._replace(aid=None)
    assert [(row.standard, row.aid, row.due) for row in rows_of(given)] == [(None, None, None)]


def test_an_aid_no_source_gives_leaves_open_what_is_due() -> None:
    lines = (FeeLine("standard-2025", "缴费", 40000), FeeLine("aid-student", "大学生资助", None))
    given = Fee(None, 40000, None, None, 0, 67000, lines)
    assert [(row.standard, row.aid, row.due) for row in rows_of(given)] == [(40000, None, None)]


def test_an_aid_larger_than_the_last_component_gets_a_row_of_its_own() -> None:
    lines = (
        FeeLine("basic", "基本医疗保险", 345600),
        FeeLine("serious", "大病保险", 4800),
        FeeLine("aid-low-income", "城乡低保对象资助", -40000),
    )
    rows = rows_of(Fee(310400, 350400, 40000, 310400, 0, None, lines))
    assert [(row.standard, row.aid, row.due) for row in rows] == [
        (345600, 0, 345600),
        (4800, 0, 4800),
        (0, 40000, -40000),
    ]


def test_a_row_without_a_rule_behind_it_gives_no_reason() -> None:
    bare = replace(LATE_0305, steps=())
    assert fee_rows(bare, fee(40000), clause_list(bare))[0].reason == ""


@pytest.mark.parametrize(
    ("total", "said"), [(50000, "合计却是 500.00 元"), (None, "合计却是 待核定")]
)
def test_rows_that_do_not_add_up_are_never_printed(total: int | None, said: str) -> None:
    with pytest.raises(SumMismatchError, match=f"相加为 400.00 元，{said}"):
        rows_of(fee(40000)._replace(total=total))
