"""The proof: rules that meet, cases without a rule, and rules that never stand.

Shapes that once passed are named after what was found with the author's guide
alone. Days are worked out by hand.
"""

from __future__ import annotations

from datetime import date

import pytest

from medcounter.assess.assessing import decide_facts
from medcounter.assess.engine.ask_rules import RulesIncompleteError
from medcounter.assess.prove.payment_days import PaymentDays
from medcounter.assess.prove.programme_proof import holes_of
from medcounter.assess.prove.proof import prove, prove_years
from medcounter.assess.prove.question_proof import QuestionProof
from medcounter.assess.prove.rule_formulas import ProgrammeAtoms
from tests.support.rules.rule_samples import (
    PROVINCE,
    Json,
    book_of,
    bundle_of,
    facts,
    nation,
    programme,
    province_book,
    read,
    rule,
    standard,
    window,
)

ALL_YEAR = window("late", "B-1:06-01", "B:12-31")
SUBSIDY = rule("subsidy", "subsidy", {"amount": "700.00"})
FEE = standard("400.00")
SPARED = {"waives": ["fixed", "variable"], "cover": {"anchor": "birth"}}


def after(key: str, **span: int) -> Json:
    """Within, or more than, a span since birth."""
    return {"test": "elapsed", "since": "birth", key: span}


def every(*parts: Json) -> Json:
    return {"test": "all", "of": list(parts)}


def faults(*rules: Json, **more: object) -> list[str]:
    """What the proof says of these rules in 甲省."""
    document = bundle_of(nation(), programme([ALL_YEAR, SUBSIDY, *rules], **more))
    return [fault.text for fault in prove(read(document))]


def fees(near: Json, far: Json) -> list[Json]:
    """A fee for everybody, and two for some, which may meet."""
    beaten = {"exception_to": ["standard"]}
    young = {**standard("100.00", when=near, **beaten), "id": "young"}
    older = {**standard("200.00", when=far, **beaten), "id": "older"}
    return [FEE, young, older]


BORN_THIS_YEAR = {"test": "years-since-birth-year", "from": 0, "to": 0}


def test_rules_that_meet_only_where_a_moving_limit_passes_a_fixed_one_are_refused() -> None:
    """Finding F1: by days since birth, and by the year of birth."""
    rules = fees(after("within", months=3), every(after("more_than", months=2), BORN_THIS_YEAR))
    assert ["“young”与“older”同时成立" in text for text in faults(*rules)] == [True]
    known = facts("2026-06-01", birth_date=date(2026, 3, 20))
    with pytest.raises(RulesIncompleteError, match="young、older"):
        decide_facts(known, province_book(ALL_YEAR, SUBSIDY, *rules))


def test_rules_that_follow_each_other_by_the_same_limit_are_sound() -> None:
    rules = fees(after("within", months=3), every(after("more_than", months=3), BORN_THIS_YEAR))
    assert faults(*rules) == []


def test_exemptions_of_one_ground_that_overlap_for_a_month_are_refused() -> None:
    """Finding F2: two newborn exemptions, by span and by span and year."""
    near = rule("near", "exemption", SPARED, grounds=["newborn"], when=after("within", months=3))
    far = {"when": every(after("more_than", months=2), BORN_THIS_YEAR), "grounds": ["newborn"]}
    [text] = faults(FEE, near, rule("far", "exemption", SPARED, **far))
    assert "“免除等待期”对 newborn 有“near”与“far”同时成立" in text


@pytest.mark.parametrize(
    ("days", "sound"),
    [(59, True), (60, False)],
    ids=["the shortest two months", "a day longer than the shortest"],
)
def test_days_and_months_are_compared_at_every_month_end(days: int, *, sound: bool) -> None:
    """Two months are 59 days from 31 December to the last of February 2026, else more."""
    rules = fees(after("within", days=days), after("more_than", months=2))
    assert (faults(*rules) == []) is sound


def test_somebody_born_on_29_february_has_the_birthday_a_day_early() -> None:
    """Paid on 28 February 2026, who was born on 29 February 2024 is 2, as is the 28th.

    Source: ``dates.add_years``, 29 February is clamped to the 28th.
    """
    aged = {"test": "age", "on": "B:02-28", "from": 2}
    born = {"test": "born", "from": "2024-02-29", "to": "2024-02-29"}
    assert len(faults(*fees(aged, born))) == 1
    assert faults(*fees(aged, {**born, "from": "2024-03-01", "to": "2024-03-01"})) == []


def test_nobody_lapsed_in_a_year_in_which_they_were_insured() -> None:
    insured = {"test": "insured", "years_back": 2, "is": True}
    assert faults(*fees(insured, {"test": "lapsed", "from": 2})) == []
    assert len(faults(*fees(insured, {"test": "lapsed", "from": 1}))) == 1


def test_nobody_lapsed_before_the_year_after_birth() -> None:
    """Born in 2024, only 2025 can have lapsed before 2026."""
    born = {"test": "born", "from": "2024-01-01", "to": "2024-12-31"}
    assert faults(*fees(born, {"test": "lapsed", "from": 2})) == []
    assert len(faults(*fees(born, {"test": "lapsed", "from": 1}))) == 1


def test_a_birth_date_that_is_not_given_is_a_case_of_its_own() -> None:
    near, far = after("within", years=1), after("more_than", years=1)
    rules = fees(near, far)[1:]
    [text] = faults(*[{**one, "exception_to": []} for one in rules])
    assert "“缴费标准”没有规则成立" in text
    assert "出生" not in text


def test_a_fee_by_age_asks_for_the_birth_date_and_leaves_no_gap() -> None:
    young, old = ({"test": "age", "to": 17}, {"test": "age", "from": 18})
    rules = [{**one, "exception_to": []} for one in fees(young, old)[1:]]
    assert faults(*rules) == []
    ends = [
        rule(name, "cover-end", {"to": "B:12-31"}, when=when, replaces=name)
        for name, when in (("cover-end", {"test": "any", "of": [young, old]}),)
    ]
    [text] = faults(FEE, *ends)
    assert "“待遇结束”没有规则成立" in text
    assert "出生" not in text


def test_two_open_questions_are_read_otherwise_together() -> None:
    """The counter tries every combination of readings of unsettled rules."""
    doubt = {"status": "unsettled", "doubt": "两处说法不一。"}
    either, neither = after("within", days=10), after("within", days=20)
    rules = [
        {**one, **doubt, "readings": [{"when": other, "text": "另一说"}]}
        for one, other in zip(
            fees({"test": "paid", "to": "B-1:01-31"}, {"test": "paid", "from": "B+1:12-01"})[1:],
            (either, neither),
            strict=True,
        )
    ]
    assert any(
        text.count("按另一种读法（另一说）") == 2 and "“young”与“older”同时成立" in text
        for text in faults(FEE, *rules)
    )


def test_assumed_rules_that_rest_on_one_doubt_are_read_otherwise_together() -> None:
    """Their reading is tried on both at once, not only on one of them."""
    doubt = {"status": "assumed", "doubt": "没有写到哪天为止。"}
    never = [
        {"test": "paid", key: day} for key, day in (("to", "2020-01-01"), ("from", "2030-01-01"))
    ]
    rules = [
        {**one, **doubt, "readings": [{"when": after("within", days=10), "text": "另一说"}]}
        for one in fees(*never)[1:]
    ]
    assert [text.count("按另一种读法（另一说）") for text in faults(FEE, *rules)] == [2]
    rules[1]["doubt"] = "另一处疑点。"
    assert faults(FEE, *rules) == []


def test_a_rule_that_may_not_stand_at_all_leaves_a_gap_in_that_reading() -> None:
    ends = rule(
        "cover-end",
        "cover-end",
        {"to": "B:12-31"},
        replaces="cover-end",
        status="assumed",
        doubt="公告没有写。",
        readings=[{"stands": False, "text": "不适用"}],
    )
    [text] = faults(FEE, ends)
    assert "“cover-end”按另一种读法（不适用）：“待遇结束”没有规则成立" in text


def test_whether_benefits_are_withheld_is_known_only_after_it_was_asked() -> None:
    """A fee is worked out before: there nobody waits yet, and nobody is exempt."""
    waits, exempt = ({"test": "outcome", "of": of, "is": True} for of in ("waits", "exempt"))
    assert faults(*fees(waits, exempt)) == []
    ends = [
        rule(name, "cover-end", {"to": "B:12-31"}, when=when, exception_to=["cover-end"])
        for name, when in (("waited", waits), ("spared", exempt))
    ]
    assert ["“waited”与“spared”同时成立" in text for text in faults(FEE, *ends)] == [True]


def test_an_age_that_nobody_reaches_leaves_the_other_rules_alone() -> None:
    aid = rule("aid", "concession", {"pays": "0.00"}, grounds=["student"])
    aged = {"test": "age", "from": 9999}
    assert faults(*fees(aged, after("within", days=10)), {**aid, "when": aged}) == []


GRADUATED, MOVED = "graduated", "household-moved-in"


def since(event: str, key: str) -> Json:
    return {"test": "elapsed", "since": event, key: {"months": 3}}


@pytest.mark.parametrize(("bundle_format", "sound"), [(1, False), (2, True)])
def test_one_event_does_not_lend_its_limit_to_another(bundle_format: int, *, sound: bool) -> None:
    """Finding F3: in format 2 each event of a rule stands by its own day alone."""
    near = {"test": "any", "of": [since(GRADUATED, "within"), since(MOVED, "within")]}
    paid = {"waives": ["fixed"], "cover": {"anchor": "payment"}}
    rules = [
        rule("near", "exemption", paid, grounds=[GRADUATED, MOVED], when=near),
        rule("far", "exemption", paid, grounds=[MOVED], when=since(MOVED, "more_than")),
    ]
    document = bundle_of(nation(), programme([ALL_YEAR, SUBSIDY, FEE, *rules]))
    [year] = [one for one in prove_years(read({**document, "format": bundle_format})) if one.at]
    assert (year.proof.findings == ()) is sound


@pytest.mark.parametrize("optional", [True, False])
def test_a_dated_answer_that_must_be_given_is_never_missing(*, optional: bool) -> None:
    term = {"code": "stopped_on", "label": "停保日", "kind": "date", "optional": optional}
    day = {"test": "event", "kind": "answers.stopped_on"}
    rules = fees({**day, "from": "2026-01-01"}, {**day, "to": "2025-12-31"})[1:]
    document = bundle_of(
        nation(),
        programme([ALL_YEAR, SUBSIDY, *({**one, "exception_to": []} for one in rules)]),
        format=2,
        vocabulary={"answers": [term]},
    )
    [year] = [one for one in prove_years(read(document)) if one.at]
    assert [finding.rules for finding in year.proof.findings] == ([()] if optional else [])


def test_rules_that_never_stand_are_told_from_those_that_do() -> None:
    late = {"test": "paid", "from": "2027-06-01"}
    rules = fees(after("within", days=10), late)
    book = book_of(bundle_of(nation(), programme([ALL_YEAR, SUBSIDY, *rules])))
    compiled = book.programme(PROVINCE, "resident", 2026)
    assert compiled is not None
    proof = QuestionProof(
        ProgrammeAtoms(compiled, book.names.events, {}), PaymentDays(compiled), "standard"
    )
    assert set(proof.standing()) == {"standard", "young", None}


def test_one_question_is_proven_alone_and_each_hole_has_its_day() -> None:
    """Two periods share the last ten days of December."""
    first = window("main", "2025-06-01", "2025-12-31")
    second = window("late", "2025-12-22", "2026-12-31")
    book = book_of(bundle_of(nation(), programme([first, second, SUBSIDY, FEE])))
    compiled = book.programme(PROVINCE, "resident", 2026)
    assert compiled is not None
    [found] = holes_of(compiled, book.names.events, "window")
    assert date(2025, 12, 22) <= found.day <= date(2025, 12, 31)
    assert set(found.hole.rules) == {"main", "late"}
    assert "“main”与“late”同时成立" in found.hole.text or "“late”与“main”" in found.hole.text
    assert holes_of(compiled, book.names.events, "standard") == ()
