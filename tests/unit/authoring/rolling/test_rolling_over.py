"""Rolling puts answers in and moves nothing that was asked and not answered."""

import pytest

from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.rolling.occurrences import roll_questions
from medcounter.authoring.rolling.roll_answers import typed_answer
from medcounter.authoring.rolling.roll_errors import (
    AnswerNotMeantError,
    NotALaterYearError,
    SourceTakenError,
    UnknownQuestionError,
)
from medcounter.authoring.rolling.roll_file import RollRecordUnreadableError, read_roll, roll_bytes
from medcounter.authoring.rolling.roll_records import AnswerChoice, RollAnswer
from medcounter.authoring.rolling.rolling import answered, release_obstacles, rolled
from tests.support.authoring.rolling_samples import (
    NEW_SOURCE,
    TRIAL,
    last_year,
    rolled_jiangxi,
    rolled_with,
    rule_of,
    shipped_document,
)
from tests.support.rules.rule_samples import rule, standard, window

MAIN = window("main", "2025-10-15", "2026-02-28", applies="从 2025-10-15 到 2026 年 2 月 28 日。")
COUNT = rule("count", "lapse", {"from_year": 2025}, applies="从 2025 年度起算，2026 年度连续。")


def test_a_new_part_holds_the_notice_the_programme_and_no_example() -> None:
    place = rolled_with(shipped_document("jiangxi-2026.json"), TRIAL)
    content = place.document.content
    assert content["sources"] == [NEW_SOURCE.as_source()]
    assert [one["id"] for one in content["programmes"]] == ["jiangxi-2027"]
    assert content["programmes"][0]["benefit_years"] == {"from": 2027, "to": 2027}
    assert content["examples"] == []
    assert "regions" not in content


def test_last_years_document_is_not_changed() -> None:
    document = shipped_document("jiangxi-2026.json")
    before = document.written()
    rolled_with(document, TRIAL)
    assert document.written() == before


def test_an_answer_changes_every_copy_and_the_sentences_in_their_own_writing() -> None:
    place = rolled_with(last_year(MAIN), {"period-2025-10-15": "10-08 01-31"})
    main = rule_of(place, "main")
    assert main["when"] == {"test": "paid", "from": "2026-10-08", "to": "2027-01-31"}
    assert (main["answer"]["from"], main["answer"]["to"]) == ("2026-10-08", "2027-01-31")
    assert main["applies"] == "从 2026-10-08 到 2027 年 1 月 31 日。"


def test_what_was_not_answered_stays_as_it_was_and_blocks_the_release() -> None:
    place = rolled_with(last_year(MAIN, COUNT), {})
    assert rule_of(place, "main")["when"]["to"] == "2026-02-28"
    assert rule_of(place, "count")["answer"] == {"from_year": 2025}
    assert len(release_obstacles(place.roll)) == len(place.roll.open) == 3
    assert place.document.own["payment_days"] == {"from": "B-1:01-01", "to": "B+1:12-31"}
    assert all(one.endswith("请先回答。") for one in release_obstacles(place.roll))


def test_with_every_answer_given_nothing_blocks_the_release() -> None:
    place = rolled_with(last_year(MAIN, COUNT), {"period-2025-10-15": ">", "from-year-2025": "="})
    assert [one.question.key for one in place.roll.open] == ["said-year-2026"]
    place = rolled_with(last_year(MAIN), {"period-2025-10-15": ">"})
    assert release_obstacles(place.roll) == ()


def test_everything_a_year_later_is_refused_where_a_year_is_part_of_the_meaning() -> None:
    document = shipped_document("jiangxi-2026.json")
    blind = {one.key: RollAnswer(AnswerChoice.SHIFT) for one in roll_questions(document)}
    with pytest.raises(AnswerNotMeantError):
        rolled(document, blind, NEW_SOURCE)
    for key in ("counted-from-2025", "born-2024-01-01"):
        with pytest.raises(AnswerNotMeantError, match="规则的意思"):
            rolled(document, {key: blind[key]}, NEW_SOURCE)


def test_the_year_counted_from_stands_where_it_stood_until_somebody_writes_another() -> None:
    document = shipped_document("jiangxi-2026.json")
    assert rule_of(rolled_with(document, {}), "ceiling-steps")["answer"]["counted_from"] == 2025
    told = rolled_with(document, {"counted-from-2025": "2026"})
    assert rule_of(told, "ceiling-steps")["answer"]["counted_from"] == 2026


def test_a_question_left_open_is_answered_later() -> None:
    place = rolled_with(last_year(MAIN, standard("400.00")), {"amount-400.00": "430"})
    question = place.roll.open[0].question
    later = answered(*place, question.key, typed_answer(question, "10-08 01-31"))
    assert rule_of(later, "main")["answer"]["to"] == "2027-01-31"
    assert rule_of(later, "main")["applies"] == "从 2026-10-08 到 2027 年 1 月 31 日。"
    assert release_obstacles(later.roll) == ()
    with pytest.raises(UnknownQuestionError):
        answered(*later, question.key, RollAnswer(AnswerChoice.SHIFT))


def test_a_later_answer_finds_its_rule_though_others_came_before_it() -> None:
    place = rolled_with(last_year(standard("400.00")), {})
    moved = place.document.inserted(("programmes", 0, "rules", 0), rule("new", "repair", {}))
    question = place.roll.open[0].question
    later = answered(moved, place.roll, question.key, typed_answer(question, "430"))
    assert rule_of(later, "standard")["answer"]["items"][0]["amount"] == "430.00"


def test_a_later_answer_leaves_what_was_changed_by_hand() -> None:
    place = rolled_with(last_year(standard("400.00")), {})
    path = ("programmes", 0, "rules", 0, "answer", "items", 0, "amount")
    by_hand = place.document.replaced(path, "415.00")
    question = place.roll.open[0].question
    later = answered(by_hand, place.roll, question.key, typed_answer(question, "430"))
    assert rule_of(later, "standard")["answer"]["items"][0]["amount"] == "415.00"


def test_a_later_answer_of_the_same_changes_nothing_but_closes_the_question() -> None:
    place = rolled_with(last_year(COUNT), {"said-year-2026": "="})
    question = place.roll.open[0].question
    later = answered(*place, question.key, typed_answer(question, "="))
    assert rule_of(later, "count")["answer"] == {"from_year": 2025}
    assert later.roll.open == ()


def test_a_later_answer_reaches_whole_numbers_and_sentences() -> None:
    place = rolled_with(last_year(COUNT), {"said-year-2026": "="})
    question = place.roll.open[0].question
    later = answered(*place, question.key, typed_answer(question, "2026"))
    assert rule_of(later, "count")["answer"] == {"from_year": 2026}
    assert rule_of(later, "count")["applies"].startswith("从 2026 年度起算")


def test_a_later_answer_changes_its_own_figure_and_no_other() -> None:
    """40 yuan are no part of 400, and what was answered before is not asked again."""
    said = {**standard("40.00"), "applies": "个人缴费 40 元，财政补助 400 元，共 40 元以上。"}
    place = rolled_with(last_year(said), {"amount-400.00": "="})
    (question,) = (one.question for one in place.roll.open)
    later = answered(*place, question.key, typed_answer(question, "50"))
    assert (
        rule_of(later, "standard")["applies"] == "个人缴费 50 元，财政补助 400 元，共 50 元以上。"
    )


def test_a_later_answer_leaves_a_figure_that_an_earlier_one_made() -> None:
    """Counted from 2025 becomes 2026 first; the 2026 asked later is the other one."""
    place = rolled_with(last_year(COUNT), {"from-year-2025": "2026"})
    question = place.roll.open[0].question
    later = answered(*place, question.key, typed_answer(question, "2027"))
    assert rule_of(later, "count")["applies"] == "从 2026 年度起算，2027 年度连续。"


def test_the_days_sources_speak_about_are_widened_to_the_new_period() -> None:
    own = {"payment_days": {"from": "2025-10-15", "to": "B:12-31"}}
    moved = {**MAIN, "when": {**MAIN["when"], "from": "2025-10-20"}}
    narrow = last_year({**moved, "answer": {**MAIN["answer"], "from": "2025-10-20"}}, **own)
    typed = {"period-2025-10-20": "10-08 01-31", "day-2025-10-15": ">"}
    place = rolled_with(narrow, typed)
    assert place.document.own["payment_days"]["from"] == "2026-10-08"
    assert any("2026-10-08" in note and "范围" in note for note in place.roll.notes)


def test_an_earlier_year_an_unknown_question_and_last_years_notice_are_refused() -> None:
    document = shipped_document("jiangxi-2026.json")
    with pytest.raises(NotALaterYearError, match="2026"):
        rolled(document, {}, NEW_SOURCE, 2026)
    with pytest.raises(UnknownQuestionError, match="amount-400"):
        rolled(document, {"amount-1.00": RollAnswer(AnswerChoice.KEEP)}, NEW_SOURCE)
    old = document.content["sources"][0]["id"]
    with pytest.raises(SourceTakenError, match=old):
        rolled(document, {}, NEW_SOURCE.__class__(old, "t", "p", "A", None, "2026-11-30"))


def test_the_second_programme_of_a_file_is_rolled_by_itself() -> None:
    one, two = last_year(standard("400.00")).own, last_year(standard("380.00")).own
    content = {"programmes": [one, {**two, "id": "city", "region": "990100"}]}
    place = rolled_with(PlaceDocument(b"", content, 1), {"amount-380.00": "390"})
    assert place.document.own["region"] == "990100"
    assert rule_of(place, "standard")["answer"]["items"][0]["amount"] == "390.00"


def test_what_stands_beside_a_draft_is_stored_and_read_again_whole() -> None:
    roll = rolled_jiangxi().roll
    assert read_roll(roll_bytes(roll)) == roll
    open_ones = rolled_with(last_year(MAIN, COUNT), {}).roll
    assert read_roll(roll_bytes(open_ones)) == open_ones


def test_what_was_not_stored_so_is_refused() -> None:
    with pytest.raises(RollRecordUnreadableError):
        read_roll(b'{"from_year": 2026}')


def test_each_answer_is_noted_with_the_old_value_and_the_new() -> None:
    notes = rolled_jiangxi().roll.notes
    assert "400.00 → 430.00（新通知二）" in notes
    assert "2025：照旧" in notes


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("缴费期到 2026 年 2 月 28 日。", "10-08 01-31", "缴费期到 2027 年 1 月 31 日。"),
        ("缴费期到2026年2月28日。", "10-08 01-05", "缴费期到2027年1月5日。"),
        ("10 月 15 日至次年 2 月 28 日。", "10-08 01-31", "10 月 8 日至次年 1 月 31 日。"),
        ("从 10-15 起，到 2026-02-28。", "10-08 01-05", "从 10-08 起，到 2027-01-05。"),
        ("2026.2.28 截止。", "10-08 01-31", "2027.1.31 截止。"),
        ("2026 年 1 至 2 月缴费。", "10-08 03-31", "2027 年 1 至 3 月缴费。"),
        ("2026 年 1 至 2 月缴费。", "10-08 01-31", "2027 年 1 月缴费。"),
        ("二〇二六年度。", "10-08 01-31", "二〇二七年度。"),
    ],
)
def test_a_new_day_is_written_as_the_old_one_was(text: str, typed: str, expected: str) -> None:
    place = rolled_with(last_year({**MAIN, "applies": text}), {"period-2025-10-15": typed})
    assert rule_of(place, "main")["applies"] == expected


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("缴 400 元。", "430", "缴 430 元。"),
        ("缴 400.00 元。", "430", "缴 430.00 元。"),
        ("缴 400 元。", "430.5", "缴 430.50 元。"),
        ("缴 0.04 万元。", "430", "缴 0.043 万元。"),
    ],
)
def test_a_new_amount_is_written_as_the_old_one_was(text: str, typed: str, expected: str) -> None:
    place = rolled_with(
        last_year({**standard("400.00"), "applies": text}), {"amount-400.00": typed}
    )
    assert rule_of(place, "standard")["applies"] == expected


def test_only_the_year_of_months_that_no_period_ends_in_is_asked() -> None:
    told = rule("told", "remark", {"code": "a", "level": "info"}, applies="2025 年 10 月中断的。")
    place = rolled_with(last_year(told), {"said-year-2025": "2026"})
    assert rule_of(place, "told")["applies"] == "2026 年 10 月中断的。"


def test_an_amount_of_several_places_is_answered_once_or_for_each() -> None:
    student = rule(
        "student", "concession", {"standard": "400.00"}, grounds=["student"], applies="缴 400 元。"
    )
    place = last_year({**standard("400.00"), "applies": "缴 400 元。"}, student)
    same = rolled_with(place, {"amount-400.00": "430"})
    assert (
        rule_of(same, "standard")["applies"] == rule_of(same, "student")["applies"] == "缴 430 元。"
    )
    parted = rolled_with(place, {"amount-400.00": "430 410"})
    assert rule_of(parted, "standard")["answer"]["items"][0]["amount"] == "430.00"
    assert rule_of(parted, "student")["answer"] == {"standard": "410.00"}
    assert rule_of(parted, "student")["applies"] == "缴 410 元。"
    later = rolled_with(place, {})
    (asked,) = later.roll.open
    later = answered(*later, asked.question.key, typed_answer(asked.question, "430 410"))
    assert rule_of(later, "student")["answer"] == {"standard": "410.00"}
