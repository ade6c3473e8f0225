"""Every date, year and amount of last year's rules is kept, shifted or asked, with a reason."""

import pytest

from medcounter.authoring.rolling.occurrences import occurrences, roll_questions
from medcounter.authoring.rolling.roll_records import AskedKind, RollOffer, RollQuestion
from tests.support.authoring.rolling_samples import at, last_year, shipped_document, yunxi_document
from tests.support.rules.rule_samples import Json, rule, standard, window

MAIN = window("main", "2025-10-15", "2026-02-28")
LATE = window("late", "2026-03-01", "2026-12-31")


def keys(*rules: Json, **more: object) -> list[str]:
    return [one.key for one in roll_questions(last_year(*rules, **more))]


def asked(key: str, *rules: Json, **more: object) -> RollQuestion:
    questions = roll_questions(last_year(*rules, **more))
    return next(one for one in questions if one.key == key)


def offers(*rules: Json, **more: object) -> dict[tuple[str | int, ...], list[str]]:
    """What is offered at each path of the first rule."""
    found: dict[tuple[str | int, ...], list[str]] = {}
    for one in occurrences(last_year(*rules, **more)):
        if one.path[2:4] == ("rules", 0):
            found.setdefault(one.path[4:], []).append(one.offer.value)
    return found


def test_the_two_days_of_a_period_are_one_question_with_all_their_copies() -> None:
    told = {**MAIN, "applies": "缴费期 2025-10-15 至 2026 年 2 月 28 日。"}
    question = asked("period-2025-10-15", told)
    assert question.kind is AskedKind.PERIOD
    assert [part.old for part in question.parts] == ["2025-10-15", "2026-02-28"]
    assert [part.shifted for part in question.parts] == ["2026-10-15", "2027-02-28"]
    assert [one.path[4:] for one in question.occurrences] == [
        ("when", "from"),
        ("when", "to"),
        ("answer", "from"),
        ("answer", "to"),
        ("applies",),
        ("applies",),
    ]


def test_the_day_after_a_period_is_not_asked_again() -> None:
    assert keys(MAIN, LATE) == ["period-2025-10-15", "period-2026-12-31"]
    late = asked("period-2025-10-15", MAIN, LATE).occurrences[-1]
    assert (late.old, late.part, late.days) == ("2026-03-01", 1, 1)


def test_days_that_move_with_the_benefit_year_need_no_answer() -> None:
    moving = {"test": "paid", "from": "B-1:09-01", "to": "B:02-last"}
    found = rule("main", "window", {"kind": "main", "label": "缴费期"}, when=moving)
    assert keys(found) == []
    assert offers(found)["when", "from"] == ["keep"]


def test_a_28_february_of_every_year_is_asked_where_the_new_year_has_a_29th() -> None:
    moving = {"test": "paid", "from": "B-1:09-01", "to": "B:02-28"}
    found = last_year(rule("main", "window", {"kind": "main", "label": "缴费期"}, when=moving))
    assert roll_questions(found, 2027) == ()
    (question,) = roll_questions(found, 2028)
    assert (question.key, question.kind) == ("leap-B:02-28", AskedKind.LEAP_DAY)


def test_a_period_that_ends_with_february_leaves_open_which_day_that_is_in_a_leap_year() -> None:
    (question,) = roll_questions(last_year(MAIN), 2028)
    assert [part.leap for part in question.parts] == [False, True]
    (question,) = roll_questions(last_year(MAIN), 2027)
    assert [part.leap for part in question.parts] == [False, False]


@pytest.mark.parametrize(
    ("question", "answer", "key"),
    [
        ("incentive", {"counted_from": 2025, "after_years": 4}, "counted-from-2025"),
        ("lapse", {"from_year": 2025}, "from-year-2025"),
    ],
)
def test_the_year_from_which_years_count_is_asked_with_the_sentence_that_says_it(
    question: str, answer: Json, key: str
) -> None:
    found = asked(key, rule("count", question, answer, applies="从 2025 年度起算。"))
    assert [one.path[4:][0] for one in found.occurrences] == ["answer", "applies"]


def test_a_limit_of_birth_is_asked_once_from_either_side() -> None:
    young = {"test": "born", "from": "2024-01-01"}
    old = {"test": "born", "to": "2023-12-31"}
    rules = [
        rule(
            "young",
            "remark",
            {"code": "a", "level": "info"},
            when=young,
            applies="2024 年及以后出生。",
        ),
        rule(
            "old", "remark", {"code": "b", "level": "info"}, when=old, applies="2024 年以前出生。"
        ),
    ]
    assert keys(*rules) == ["born-2024-01-01"]
    assert [one.days for one in asked("born-2024-01-01", *rules).occurrences] == [0, -1, 0, 0]


def test_the_ends_of_the_benefit_year_move_with_it() -> None:
    before = {"test": "paid", "to": "2025-12-31"}
    found = rule(
        "early",
        "cover-start",
        {"anchor": "year-start"},
        when=before,
        applies="2025 年 12 月 31 日以前缴费，从 2026-01-01 起享受待遇。",
        fails="2026 年以后才缴费",
    )
    assert keys(found) == []
    assert offers(found) == {
        ("when", "to"): ["shift"],
        ("applies",): ["shift", "shift"],
        ("fails",): ["shift"],
        ("source",): ["keep"],
    }


def test_the_new_year_from_which_something_holds_is_asked_though_it_begins_the_benefit_year() -> (
    None
):
    since = {"test": "paid", "from": "2026-01-01"}
    answer = {"anchor": "payment"}
    found = rule(
        "new", "cover-start", answer, when=since, applies="自 2026 年 1 月 1 日起按本办法。"
    )
    assert keys(found) == ["day-2026-01-01"]


@pytest.mark.parametrize(
    ("text", "offered", "key"),
    [
        ("2026 年度个人缴费。", "shift", None),
        ("进入 2026 年缴费。", "shift", None),
        ("2026 年度起不看户籍。", "ask", "said-year-2026"),
        ("自 2025.10.16 起代缴。", "ask", "said-day-2025-10-16"),
        ("自 2025/7/1 起代缴。", "ask", "said-day-2025-07-01"),
        ("二〇二六年度个人缴费。", "shift", None),
        ("自二〇二五年起执行。", "ask", "said-year-2025"),
        ("2000.00 元以上的部分。", "keep", None),
        ("自 2025 年起执行。", "ask", "said-year-2025"),
        ("2025 年度没有缴费的。", "ask", "said-year-2025"),
        ("2027 年度会更高。", "ask", "said-year-2027"),
        ("从 2026-04-01 起享受待遇。", "ask", "said-day-2026-04-01"),
        ("2025 年 10 月中断的。", "ask", "said-year-2025"),
        ("依据医保发〔2025〕7 号。", "keep", None),
        ("每年 6 月 30 日前。", "keep", None),
    ],
)
def test_a_year_in_a_sentence_moves_only_where_it_is_plainly_the_benefit_year(
    text: str, offered: str, key: str | None
) -> None:
    found = rule("told", "remark", {"code": "told", "level": "info"}, applies=text)
    assert offers(found)["applies",] == [offered]
    assert keys(found) == ([] if key is None else [key])


def test_beside_a_year_from_which_something_holds_the_benefit_year_is_asked_too() -> None:
    text = "2026 年度还没有人达到，从 2027 年起计算。"
    found = rule("told", "remark", {"code": "told", "level": "info"}, applies=text)
    assert offers(found)["applies",] == ["ask", "ask"]


def test_what_tells_of_last_years_source_stays_as_it_is() -> None:
    doubt = "2026 年度沿用 2025 年度的范围，按 2025-12-31 算，400 元。"
    found = {**standard("400.00"), "status": "assumed", "doubt": doubt}
    assert offers(found)["doubt",] == ["keep", "keep", "keep", "keep"]


def test_an_amount_that_occurs_in_several_places_is_one_question() -> None:
    fee = {**standard("400.00"), "applies": "个人缴费标准 400 元。"}
    newborn = rule("newborn", "concession", {"standard": "400.00"}, grounds=["newborn"])
    page = {"id": "page", "about": "standard", "says": "网页说 2026 年 380 元。"}
    conflict = {**page, "used": "按 400 元。", "source": "order", "clause": "一"}
    question = asked("amount-400.00", fee, newborn, conflicts=[conflict])
    assert [one.path[2:4] for one in question.occurrences] == [
        ("rules", 0),
        ("rules", 1),
        ("rules", 0),
        ("conflicts", 0),
    ]


def test_what_somebody_aided_pays_is_not_taken_for_a_standard_of_the_same_amount() -> None:
    aid = rule("aid", "concession", {"pays": "200.00"}, grounds=["orphan"])
    student = rule("student", "concession", {"standard": "200.00"}, grounds=["student"])
    assert keys(aid, student) == ["aid-200.00", "amount-200.00"]


def test_an_amount_that_is_standard_and_subsidy_together_says_so() -> None:
    full = {**standard("1100.00"), "id": "full"}
    subsidy = rule("subsidy", "subsidy", {"amount": "700.00"})
    question = asked("amount-1100.00", standard("400.00"), subsidy, full)
    assert question.sum_of == ("amount-400.00", "amount-700.00")


def test_lengths_rates_and_what_raises_the_ceiling_stay_until_compared() -> None:
    incentive = {
        "counted_from": 2025,
        "after_years": 4,
        "continuous_step": "3000.00",
        "cap_share": "0.2",
    }
    found = offers(rule("steps", "incentive", incentive))
    assert found["answer", "after_years"] == ["keep"]
    assert found["answer", "continuous_step"] == ["keep"]
    assert found["answer", "cap_share"] == ["keep"]
    assert found["answer", "counted_from"] == ["ask"]


def test_nothing_paid_is_not_asked() -> None:
    assert keys(rule("aid", "concession", {"pays": "0.00"}, grounds=["orphan"])) == []


def test_the_code_of_a_fee_moves_with_the_year_wherever_it_is_named() -> None:
    items = [{"code": "standard-2026", "label": "2026 年度", "amount": None}]
    part = {"items": ["standard-2026"], "pays": "0.00"}
    document = last_year(
        rule("standard", "standard", {"items": items}),
        rule("aid", "concession", {"parts": [part]}, grounds=["orphan"]),
        rule("april-2026", "remark", {"code": "higher-2027", "level": "info"}),
    )
    moved = {one.path[2:]: one.shifted for one in occurrences(document) if one.kind.value == "id"}
    assert moved["rules", 0, "answer", "items", 0, "code"] == "standard-2027"
    assert moved["rules", 1, "answer", "parts", 0, "items", 0] == "standard-2027"
    assert moved["rules", 2, "id"] is None
    assert moved["id",] == "province-2027"


def test_sources_and_examples_are_listed_and_nothing_of_them_is_asked() -> None:
    found = occurrences(shipped_document("jiangxi-2026.json"))
    listed = [one for one in found if one.path[0] != "programmes"]
    assert {one.path[0] for one in listed} == {"sources", "examples"}
    assert RollOffer.ASK not in {one.offer for one in listed}
    assert {one.offer for one in listed if one.path[0] == "sources"} == {RollOffer.KEEP}


def test_each_has_a_reason_in_chinese() -> None:
    for one in occurrences(yunxi_document()):
        assert one.why.endswith("。")


def test_the_days_of_an_accepted_warning_follow_the_periods() -> None:
    found = occurrences(yunxi_document())
    first, last = at(found, "accepted", 0, "where")
    assert (first.old, first.days, last.old, last.days) == ("2026-12-26", 1, "2026-12-31", -1)


def test_the_days_that_sources_speak_about_move_or_follow_a_period() -> None:
    own = {"payment_days": {"from": "2025-10-15", "to": "2026-12-31"}}
    found = occurrences(last_year(MAIN, **own))
    assert [one.offer.value for one in at(found, "payment_days", "from")] == ["ask"]
    assert [one.offer.value for one in at(found, "payment_days", "to")] == ["shift"]
    alone = occurrences(last_year(payment_days={"from": "2025-08-20", "to": "2026-12-31"}))
    assert [one.question for one in at(alone, "payment_days", "from")] == ["day-2025-08-20"]


def test_a_period_seen_otherwise_by_another_reading_is_asked_as_well() -> None:
    reading = {"when": {"test": "paid", "from": "2025-09-01", "to": "2026-02-28"}, "text": "九月起"}
    told = {**MAIN, "status": "assumed", "doubt": "没有写。", "readings": [reading]}
    assert keys(told) == ["period-2025-10-15", "period-2025-09-01"]


def test_the_months_of_a_period_said_in_words_follow_it() -> None:
    text = "2026 年 1 至 2 月缴费，从缴费次日起。"
    cover = rule("cover", "cover-start", {"anchor": "day-after-payment"}, applies=text)
    said = asked("period-2025-10-15", MAIN, cover).occurrences[-1]
    assert (said.old, said.part) == ("2026 年 1 至 2 月", 1)


def test_the_end_of_a_period_that_is_the_years_end_as_well_is_asked_which_it_follows() -> None:
    main = window("main", "2025-10-01", "2025-12-31")
    after = {"test": "paid", "from": "2026-01-01"}
    price = {**standard("1100.00"), "when": after, "exception_to": ["standard"]}
    assert "day-2026-01-01" in keys(main, price)
    cover = rule("early", "cover-start", {"anchor": "payment"}, when=after)
    assert keys(main, cover) == ["period-2025-10-01"]


def test_the_sum_that_only_a_sentence_names_is_asked_as_one() -> None:
    full = standard("400.00")
    full["answer"]["items"].append({"code": "part", "label": "补助部分", "amount": "700.00"})
    subsidy = rule("subsidy", "subsidy", {"amount": "700.00"})
    question = asked("amount-1100.00", {**full, "applies": "按全额 1100 元缴。"}, subsidy)
    assert question.sum_of == ("amount-400.00", "amount-700.00")


def test_an_answer_to_choose_names_its_amount() -> None:
    choices = [{"value": "1", "label": "一档，3075 元"}]
    assert keys(asks=[{"code": "plan", "choices": choices}]) == ["amount-3075.00"]


def test_a_month_and_day_without_a_year_follow_a_period_only_where_that_is_meant() -> None:
    told = {**LATE, "answer": {**LATE["answer"], "label": "2 月 28 日后到 12 月 31 日"}}
    assert offers(told, MAIN)["answer", "label"] == ["ask", "ask"]
    text = "到 12 月 31 日为止，{benefit_year} 年 1 月 1 日起。"
    cover = rule("end", "cover-end", {"to": "B:12-31"}, applies=text)
    assert offers(cover, MAIN, LATE)["applies",] == ["keep", "keep"]


def test_a_day_that_begins_something_is_asked_though_it_ends_a_benefit_year() -> None:
    text = "自 2026-01-01 起执行；从 2026-01-01 起享受待遇。"
    found = rule("told", "remark", {"code": "told", "level": "info"}, applies=text)
    assert offers(found)["applies",] == ["ask", "shift"]


def test_a_day_between_periods_is_asked_by_itself() -> None:
    # A price that changes inside a period, on a day that no period begins or ends.
    july = {**standard("1100.00"), "id": "july", "when": {"test": "paid", "from": "2026-07-01"}}
    told = {**july, "applies": "{payment_date} 在 2026-07-01 以后。", "fails": "在 2026-06-30 以前"}
    question = asked("day-2026-07-01", MAIN, LATE, told)
    assert [one.days for one in question.occurrences] == [0, 0, -1]


def test_the_first_day_after_a_period_follows_it_in_other_rules_too() -> None:
    late = {"test": "paid", "from": "2026-03-01"}
    wait = rule("wait", "fixed-wait", {"length": 3}, when=late, fails="在 2026 年 2 月 28 日以前")
    found = asked("period-2025-10-15", MAIN, wait).occurrences
    assert [(one.old, one.days) for one in found[-2:]] == [
        ("2026-03-01", 1),
        ("2026 年 2 月 28 日", 0),
    ]


def test_a_question_says_whose_amount_it_is_and_in_which_sentence_a_year_stands() -> None:
    aid = rule("aid", "concession", {"pays": "80.00"}, grounds=["low-income", "orphan"])
    told = rule("told", "remark", {"code": "a", "level": "info"}, applies="2025 年度没有缴费的。")
    texts = {one.key: one.text for one in roll_questions(last_year(standard("400.00"), aid, told))}
    assert texts["amount-400.00"].endswith("用在：个人缴费：按本条。")
    assert texts["aid-80.00"].endswith("用在：城乡低保对象、孤儿。")
    assert texts["said-year-2025"].endswith("用在：“2025 年度没有缴费的。”。")


def test_a_question_names_a_rule_by_why_it_does_not_hold_where_it_has_no_label() -> None:
    since = {"test": "paid", "from": "2026-07-01"}
    found = rule("late", "repair-price", {"of": "main"}, when=since, fails="在七月以前")
    assert asked("day-2026-07-01", found).text.endswith("用在：在七月以前。")
    plain = rule("count", "lapse", {"from_year": 2025})
    assert asked("from-year-2025", plain).text.endswith("用在：按本条。")


def test_of_many_places_a_question_names_the_first() -> None:
    rules = [
        {**rule(f"aid-{code}", "concession", {"pays": "80.00"}, grounds=[code])}
        for code in ("destitute", "orphan", "low-income", "poverty-edge", "religious")
    ]
    assert asked("aid-80.00", *rules).text.endswith("边缘易致贫人口；……。")


def test_a_period_of_which_one_day_moves_with_the_year_asks_for_the_other() -> None:
    when = {"test": "paid", "from": "B-1:09-01", "to": "2025-12-31"}
    found = rule("main", "window", {"kind": "main", "label": "缴费期"}, when=when)
    question = asked("period-2025-12-31", found)
    assert [part.label for part in question.parts] == ["最后一天"]
    assert question.text.startswith("“缴费期”上一年度是 （随年度走） 至 2025-12-31，")
