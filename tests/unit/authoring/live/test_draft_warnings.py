"""Everything to put right or to answer before release, each at its field."""

import re
from dataclasses import replace
from typing import Any

import pytest

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.authoring.live.draft_rules import DraftRules
from medcounter.authoring.live.draft_warnings import (
    DraftWarning,
    WarningSources,
    draft_warnings,
)
from medcounter.authoring.live.far_figures import NeighbourFigure
from medcounter.authoring.live.sample_table import BesideRules, RowKind
from medcounter.authoring.live.ticks import ticked
from medcounter.rules.load import read_bundle
from tests.support.authoring.draft_samples import (
    FEE,
    LATE,
    MAIN,
    SUBSIDY,
    WHOLE,
    YEAR,
    base,
    document,
    draft,
    figures,
    read_draft,
    shipped_document,
    shipped_payload,
    whole_table,
)
from tests.support.rules.rule_samples import PROVINCE, Json, programme, rule, standard, window

BASE = ("programmes", 0)
RULES = (*BASE, "rules")
LAST_YEAR = programme(
    [
        window("main", "2024-09-01", "2024-12-31"),
        window("late", "2025-01-01", "2025-12-31"),
        standard("40.00"),
        SUBSIDY,
    ],
    id="old",
    benefit_years={"from": 2025, "to": 2025},
)


def warnings(rules: DraftRules, payload: bytes | None = None, **more: Any) -> list[DraftWarning]:  # noqa: ANN401 -- any source of warnings
    beside = WarningSources(figures(rules, payload), **more)
    return [one for one in draft_warnings(rules, beside) if one is not None]


def of_kind(kind: str, found: list[DraftWarning]) -> list[DraftWarning]:
    return [one for one in found if one.kind == kind]


def pinned(*rules: Json, **more: object) -> DraftRules:
    """A draft whose whole table was ticked once."""
    first = draft(*rules, **more)
    return read_draft(ticked(first, whole_table(first).rows))


def test_a_whole_draft_ticked_once_has_nothing_to_answer_but_what_no_row_shows() -> None:
    assert {one.kind for one in warnings(pinned(*WHOLE))} <= {"figure-unpinned"}


def test_a_fault_blocks_and_is_told_at_its_field_and_alone() -> None:
    wrong = standard("四百元")
    (one,) = warnings(draft(MAIN, LATE, wrong, SUBSIDY))
    assert (one.kind, one.blocks, one.is_open) == ("fault", True, True)
    assert one.path == (*RULES, 2, "answer", "items", 0, "amount")


def test_two_rules_for_one_case_block_at_the_first_of_them() -> None:
    found = warnings(draft(*WHOLE, {**standard("300.00"), "id": "again"}))
    (hole,) = of_kind("hole", found)
    assert hole.blocks
    assert hole.path == (*RULES, 2)
    assert "“缴费标准：¥400.00”与“缴费标准：¥300.00”同时成立" in hole.text


def test_nobody_s_rule_blocks_at_the_rules() -> None:
    only_late = {**FEE, "when": {"test": "window", "kinds": ["late"]}}
    holes = of_kind("hole", warnings(draft(MAIN, LATE, only_late, SUBSIDY)))
    assert [(one.path, one.where) for one in holes] == [(RULES, "standard")]


def test_an_example_that_fails_blocks_at_the_example() -> None:
    example = {
        "id": "one",
        "facts": {"region": "990000", "benefit_year": 2026, "payment_date": "2025-10-01"},
        "expect": {"fee.total": "390.00"},
        "basis": "stated",
        "source": "order",
    }
    (one,) = of_kind("example-fails", warnings(draft(*WHOLE, examples=[example])))
    assert one.path == ("examples", 0, "expect")
    assert "390.00" in one.text
    assert one.blocks


def test_an_example_for_which_rules_meet_says_that_there_is_no_single_rule() -> None:
    ticks = pinned(*WHOLE)
    again = {**standard("300.00"), "id": "again"}
    broken = read_draft(ticks.document.inserted((*RULES, 4), again))
    failing = of_kind("example-fails", warnings(broken))
    assert failing
    assert any("还没有唯一的规则" in one.text for one in failing)


NEVER = {
    **standard("1.00", when={"test": "paid", "from": "2030-01-01"}, exception_to=["standard"]),
    "id": "never",
}
LOW: Json = {"test": "answer", "code": "tier", "is": "low"}
BY_TIER = (
    {**FEE, "when": {"test": "not", "of": LOW}},
    {**standard("300.00", when=LOW), "id": "low"},
)
EARLY_END = window("main", "2025-09-01", "2025-12-20")
OPEN = {
    **rule("ends", "cover-end", {"to": "B:12-31"}, replaces="cover-end", doubt="两处不一。"),
    "status": "unsettled",
}
GAP = "2025-12-21..2025-12-31"


@pytest.mark.parametrize(
    ("kind", "where", "path", "rules", "more"),
    [
        ("never-stands", "never", (*RULES, 4), (*WHOLE, NEVER), {}),
        ("closed-between", GAP, (*RULES, 1), (EARLY_END, LATE, FEE, SUBSIDY), {}),
        ("unused-answer", "tier", (*BASE, "asks", 0), WHOLE, {"asks": [{"code": "tier"}]}),
        ("no-choices", "tier", (*BASE, "asks"), (MAIN, LATE, *BY_TIER, SUBSIDY), {}),
        ("no-example", "2026", ("examples",), WHOLE, {}),
        ("no-readings", "ends", (*RULES, 4, "status"), (*WHOLE, OPEN), {}),
        (
            "other-figure",
            "standard",
            (*RULES, 2, "applies"),
            (MAIN, LATE, {**FEE, "applies": "缴 410 元。"}, SUBSIDY),
            {},
        ),
    ],
)
def test_what_a_check_tells_is_told_at_its_field_until_it_is_answered(
    kind: str, where: str, path: tuple[str | int, ...], rules: tuple[Json, ...], more: Json
) -> None:
    (one,) = of_kind(kind, warnings(draft(*rules, **more)))
    assert (one.where, one.path, one.blocks, one.is_open) == (where, path, False, True)
    answer = {"warning": kind, "where": where, "reason": "公告就是这样写的。"}
    (again,) = of_kind(kind, warnings(draft(*rules, **more, accepted=[answer])))
    assert (again.answer, again.is_open) == ("公告就是这样写的。", False)


def test_a_rule_that_stands_in_a_place_below_is_no_dead_rule() -> None:
    """Nobody pays after the year at the province's own; in its city one does."""
    after = {"test": "paid", "from": "B+1:01-01"}
    early = {**FEE, "id": "early", "exception_to": ["standard"], "when": after}
    city = programme(
        [{**window("late", "2026-01-01", "2027-06-30"), "id": "city-late", "replaces": "late"}],
        id="city",
        region="990100",
    )
    payload = base(programme([*WHOLE, early]), city)
    rules = read_draft(document(*WHOLE, early), payload)
    assert of_kind("never-stands", warnings(rules, payload)) == []
    alone = draft(*WHOLE, early)
    assert [one.where for one in of_kind("never-stands", warnings(alone))] == ["early"]


def test_one_jump_of_one_rule_is_told_once_at_the_rule_and_answered_once() -> None:
    last = RuleBook.open(read_bundle(base(LAST_YEAR)), "", signed=False)
    plain = draft(*WHOLE)
    told = warnings(plain, rows=whole_table(plain, BesideRules(last_year=last)).rows)
    (once,) = of_kind("far-from-last-year", told)
    assert once.where.startswith("普通居民，集中征缴期、集中征缴期外缴费：")
    late = {**standard("60.00", when={"test": "window", "kinds": ["late"]}), "id": "dear"}
    rules = draft(*WHOLE, {**late, "exception_to": ["standard"]})
    rows = whole_table(rules, BesideRules(last_year=last)).rows
    found = of_kind("far-from-last-year", warnings(rules, rows=rows))
    assert [one.path for one in found] == [("programmes", 0, "rules", n) for n in (2, 4)]
    main, dear = found
    assert "¥400.00，上一年度是 ¥40.00" in main.text
    assert "¥60.00，上一年度是 ¥40.00" in dear.text
    said = {"warning": main.kind, "where": main.where, "reason": "去年的公告写错了。"}
    answered = draft(*rules.document.own["rules"], accepted=[said])
    again = of_kind("far-from-last-year", warnings(answered, rows=rows))
    assert [one.is_open for one in again] == [False, True]


def test_a_jump_by_aid_is_told_at_the_aid() -> None:
    last = RuleBook.open(read_bundle(base(LAST_YEAR)), "", signed=False)
    aid = rule("aid", "concession", {"pays": "9.00"}, grounds=["orphan"])
    rules = draft(*WHOLE, aid)
    rows = whole_table(rules, BesideRules(last_year=last)).rows
    paths = {
        who: one.path
        for one in of_kind("far-from-last-year", warnings(rules, rows=rows))
        for who in re.split("[，、（]", one.where)
    }
    assert (paths["孤儿"], paths["普通居民"]) == ((*RULES, 4), (*RULES, 2))


def test_an_amount_far_from_the_places_around_is_told_at_the_rule() -> None:
    around = tuple(NeighbourFigure(f"99{n}000", f"{n} 省", 4000) for n in range(3))
    (one,) = of_kind("far-from-neighbours", warnings(draft(*WHOLE), neighbours=((YEAR, around),)))
    assert (one.path, one.where) == ((*RULES, 2), "standard")
    closed = draft(LATE, FEE, SUBSIDY)
    assert of_kind("far-from-neighbours", warnings(closed, neighbours=((YEAR, around),))) == []


def test_bands_that_do_not_meet_are_told_at_the_later_one_s_condition() -> None:
    child = {
        **standard("300.00", when={"test": "age", "to": 17}, exception_to=["standard"]),
        "id": "child",
    }
    youth = {**child, "id": "youth", "when": {"test": "age", "from": 19, "to": 25}}
    student = {"test": "identity", "any_of": ["student"]}
    (one,) = of_kind("age-bands-apart", warnings(draft(*WHOLE, child, youth)))
    assert (one.path, one.where) == ((*RULES, 5, "when"), "child..youth")
    several = [
        {**band, "when": {"test": "all", "of": [student, band["when"]]}} for band in (child, youth)
    ]
    (one,) = of_kind("age-bands-apart", warnings(draft(*WHOLE, *several)))
    assert one.path == (*RULES, 5, "when", "of", 1)


def test_cover_before_the_payment_is_told_of_all_but_newborns() -> None:
    retroactive = rule(
        "from-new-year", "cover-start", {"anchor": "year-start"}, replaces="cover-start"
    )
    spared = rule(
        "discharged",
        "exemption",
        {"waives": ["fixed", "variable"], "cover": {"anchor": "event"}},
        grounds=["military-discharge"],
    )
    newborn = rule(
        "newborn",
        "exemption",
        {"waives": ["fixed", "variable"], "cover": {"anchor": "birth"}},
        when={"test": "elapsed", "since": "birth", "within": {"days": 90}},
        grounds=["newborn"],
    )
    rules = draft(*WHOLE, retroactive, spared, newborn)
    found = of_kind("covered-before-payment", warnings(rules, rows=whole_table(rules).rows))
    assert {one.where for one in found} == {"discharged"}
    assert found[0].path == (*RULES, 5)
    assert "才缴费，待遇却从" in found[0].text


def test_a_figure_that_no_example_pins_is_told_with_the_row_to_tick() -> None:
    rules = draft(*WHOLE)
    found = of_kind("figure-unpinned", warnings(rules, rows=whole_table(rules).rows))
    amount = next(one for one in found if one.path[-1] == "amount")
    assert "400.00 若写成 401.00 或 399.00" in amount.text
    assert "请核对这一行并打勾" in amount.text
    assert amount.shown_by is not None
    without = of_kind("figure-unpinned", warnings(rules))
    amount = next(one for one in without if one.path[-1] == "amount")
    assert "样本里也没有人因此不同" in amount.text


def test_whom_only_an_example_by_hand_shows_is_named_for_that_example_and_for_no_tick() -> None:
    example = {
        "id": "by-hand",
        "facts": {"region": PROVINCE, "benefit_year": 2026, "payment_date": "2025-09-01"},
        "expect": {"wait.total": None},
        "basis": "stated",
        "source": "order",
    }
    rules = draft(*WHOLE, examples=[example])
    rows = whole_table(rules).rows
    own = tuple(row for row in rows if row.kind is RowKind.EXAMPLE)
    found = of_kind("figure-unpinned", warnings(rules, rows=own))
    amount = next(one for one in found if one.path[-1] == "amount")
    assert "请把它也写进这个算例的应得结果" in amount.text
    first_by_hand = (*own, *(row for row in rows if row not in own))
    found = of_kind("figure-unpinned", warnings(rules, rows=first_by_hand))
    amount = next(one for one in found if one.path[-1] == "amount")
    assert "请核对这一行并打勾" in amount.text
    assert amount.shown_by != own[0].facts


def test_a_draft_of_which_nothing_can_be_read_has_faults_alone() -> None:
    rules = read_draft(document(*WHOLE).replaced(("regions",), 5))
    found = warnings(rules)
    assert {one.kind for one in found} == {"fault"}
    assert list(draft_warnings(replace(rules, faults=()), WarningSources(figures(rules)))) == []


def test_who_asks_no_further_has_cancelled_it() -> None:
    rules = draft(*WHOLE)
    slices = draft_warnings(rules, WarningSources(figures(rules)))
    assert next(slices) is None
    slices.close()  # type: ignore[attr-defined]  # a generator behind the iterator
    assert next(slices, "ended") == "ended"


@pytest.mark.parametrize("name", ["wuxi-2026.json", "fuzhou-jiangxi-2025.json"])
def test_a_shipped_place_has_nothing_that_blocks_and_every_check_answered(name: str) -> None:
    payload = shipped_payload()
    rules = read_draft(shipped_document(name), payload)
    found = warnings(rules, payload)
    assert [one.text for one in found if one.blocks] == []
    told_by_a_check = {"never-stands", "closed-between", "unused-answer", "no-readings"}
    assert [one for one in found if one.kind in told_by_a_check and one.is_open] == []


def from_above(rules: DraftRules) -> list[DraftWarning]:
    """Tell of whom a rule from above decides; what it leaves in doubt is asked by its id alone."""
    found = of_kind("answered-from-above", warnings(rules, rows=whole_table(rules).rows))
    return [one for one in found if "@" in one.where]


def test_who_waits_by_a_rule_from_above_that_no_own_card_mentions_is_told_and_answered() -> None:
    late = {"test": "window", "kinds": ["late"]}
    own = rule("late-wait", "fixed-wait", {"length": 2, "unit": "month"}, when=late)
    own["exception_to"] = ["fixed-wait", "no-fixed-wait"]
    (one,) = from_above(draft(*WHOLE, own))
    assert (one.path[:2], one.where) == (("base", "programmes"), "fixed-wait@main")
    assert "从未参保" in one.text
    assert "2025-" in one.text
    assert (one.blocks, one.is_open) == (False, True)
    answer = {"warning": one.kind, "where": one.where, "reason": "公告没有另外写。"}
    (answered,) = from_above(draft(*WHOLE, own, accepted=[answer]))
    assert not answered.is_open


def test_an_answer_about_one_period_does_not_stand_once_more_people_fall_to_the_rule() -> None:
    late = {"test": "window", "kinds": ["late"]}
    own = rule("late-wait", "fixed-wait", {"length": 2, "unit": "month"}, when=late)
    own["exception_to"] = ["fixed-wait", "no-fixed-wait"]
    answer = {
        "warning": "answered-from-above",
        "where": "fixed-wait@main",
        "reason": "公告没有另外写。",
    }
    (open_again,) = from_above(draft(*WHOLE, accepted=[answer]))
    assert (open_again.where, open_again.is_open) == ("fixed-wait@main,late", True)


def test_a_place_that_says_itself_who_waits_and_who_does_not_is_asked_nothing() -> None:
    lapsed = {"test": "lapsed", "from": 1}
    own = rule("own-wait", "fixed-wait", {"length": 0, "unit": "month"}, replaces="fixed-wait")
    own["exception_to"] = ["no-fixed-wait"]
    variable = rule(
        "own-variable",
        "variable-wait",
        {"per_year": 1, "free_years": 1, "unit": "month"},
        when=lapsed,
        replaces="variable-wait",
    )
    assert from_above(draft(*WHOLE, own, variable)) == []
