"""The numbered list of clauses and the marks that point into it."""

from dataclasses import replace

import pytest

from medcounter.notice.content.clauses import clause_list, mark
from medcounter.notice.content.notice import Clause
from tests.support.paper.notice_samples import AFTER, FIXED, LATE_0305, STANDARD, WINDOW_LATE, step


@pytest.mark.parametrize(
    ("number", "sign"),
    [(1, "①"), (20, "⑳"), (21, "㉑"), (35, "㉟"), (36, "㊱"), (50, "㊿"), (51, "(51)")],
)
def test_a_clause_is_numbered_with_a_circled_figure(number: int, sign: str) -> None:
    assert mark(number) == sign


def test_each_clause_stands_once_however_many_steps_rest_on_it() -> None:
    assert clause_list(LATE_0305).clauses == (
        Clause("①", "江西省2025年度城乡居民医保缴费公告", "一·02", "A"),
        Clause("②", "江西省2025年度城乡居民医保缴费公告", "一·01", "A"),
    )


def test_the_clauses_of_one_source_stand_side_by_side() -> None:
    national = step("after-wait", "次日起。", "六", "state-council-2024-38")
    mixed = replace(LATE_0305, steps=(WINDOW_LATE, national, STANDARD))
    found = [(clause.mark, clause.clause) for clause in clause_list(mixed).clauses]
    assert found == [("①", "一·02"), ("②", "一·01"), ("③", "六")]


def test_a_source_of_grade_c_keeps_its_grade() -> None:
    weak = replace(LATE_0305, steps=(step("repair", "每年减 1 个月。", "断缴", "fuzhou-page"),))
    assert [clause.grade for clause in clause_list(weak).clauses] == ["C"]


def test_a_source_that_is_not_described_is_named_by_its_id() -> None:
    bare = replace(LATE_0305, citations=(), steps=(STANDARD,))
    assert clause_list(bare).clauses[0].title == "jiangxi-2025"


def test_the_marks_of_questions_come_in_printing_order_without_repeats() -> None:
    clauses = clause_list(LATE_0305)
    assert clauses.marks_of(["standard", "wait-start", "fixed-wait"]) == "①②"
    assert clauses.marks_of(["standard"]) == "②"
    assert clauses.marks_of(["incentive"]) == ""


def test_a_derivation_without_steps_has_no_clauses() -> None:
    assert clause_list(replace(LATE_0305, steps=())).clauses == ()


def test_two_rules_that_answer_one_question_lend_it_both_their_clauses() -> None:
    two = replace(LATE_0305, steps=(FIXED, AFTER, step("fixed-wait", "也是。", "二·01")))
    assert clause_list(two).marks_of(["fixed-wait"]) == "①②"
