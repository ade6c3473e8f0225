"""What holds of every answer, whoever pays on whatever day."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medcounter.assess import Assessment, Facts, RuleBook, assess, options, read_facts
from medcounter.assess.contract import assessment_json, facts_json
from medcounter.assess.facts import Event, Problem
from medcounter.assess.replay import replay
from tests.oracle.jiangxi import ORDER
from tests.support.rules.rule_samples import assessed, good_book, shipped_book

PARTS = ("national.json", "jiangxi-2025.json", "jiangxi-2026.json", "fuzhou-jiangxi-2025.json")
CODES = {
    "wrong-type",
    "unknown-key",
    "missing",
    "not-a-date",
    "not-a-number",
    "out-of-range",
    "unknown-code",
    "contradiction",
    "rules-not-covered",
}
HAN = re.compile(r"[\u4e00-\u9fff]")
EVENTS = [term.code for term in good_book().events()]

json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
iso_dates = st.dates(date(2024, 6, 1), date(2027, 6, 30)).map(date.isoformat)
near_dates = iso_dates | st.sampled_from(["2025-02-30", "2026-1-1", "", "2026-13-01"])
near_events = st.fixed_dictionaries(
    {}, optional={"kind": st.sampled_from(EVENTS) | json_values, "date": near_dates | json_values}
)
near_answers = st.dictionaries(
    st.sampled_from(
        ["plan", "retired", "gap_months", "zero_claim_years", "newborn_confirmed", "x"]
    ),
    json_values | st.integers(0, 5) | st.booleans(),
)
near_facts = st.fixed_dictionaries(
    {},
    optional={
        "region": st.sampled_from(["990000", "990100", "880000", "9900"]) | json_values,
        "scheme": st.sampled_from(["resident", "flexible", "x"]) | json_values,
        "benefit_year": st.integers(2024, 2034) | json_values,
        "payment_date": near_dates | json_values,
        "birth_date": near_dates | json_values,
        "categories": st.lists(st.sampled_from(ORDER) | json_values, max_size=3) | json_values,
        "events": st.lists(near_events, max_size=2) | json_values,
        "insured_years": st.lists(st.integers(2019, 2027) | json_values, max_size=3) | json_values,
        "repair_years": st.integers(-1, 4) | json_values,
        "answers": near_answers | json_values,
        "extra": json_values,
    },
)

patient = settings(max_examples=60, suppress_health_check=list(HealthCheck))


def is_sentence(problem: Problem) -> bool:
    return problem.code in CODES and bool(HAN.search(problem.text)) and problem.text.endswith("。")


@patient
@given(json_values | near_facts)
def test_any_json_is_facts_or_problems_that_name_their_field(raw: object) -> None:
    known = read_facts(raw, good_book())
    if isinstance(known, Facts):
        assert read_facts(facts_json(known), good_book()) == known
    else:
        assert known
        assert all(is_sentence(problem) for problem in known)


@patient
@given(near_facts)
def test_any_facts_have_an_answer_or_problems(raw: object) -> None:
    known = read_facts(raw, good_book())
    answer = assess(known, good_book()) if isinstance(known, Facts) else known
    if not isinstance(answer, Assessment):
        assert all(is_sentence(problem) for problem in answer)


@st.composite
def residents(draw: st.DrawFn) -> Facts:
    """Facts of Jiangxi 2025 or 2026 that hang together."""
    year = draw(st.sampled_from([2025, 2026]))
    paid = draw(st.dates(date(year - 1, 7, 1), date(year, 12, 31)))
    birth = draw(
        st.none() | st.dates(date(1930, 1, 1), paid) | st.dates(paid - timedelta(400), paid)
    )
    kinds = draw(st.lists(st.sampled_from(EVENTS[:8]), max_size=2, unique=True))
    events = tuple(Event(kind, draw(st.dates(paid - timedelta(120), paid))) for kind in kinds)
    born = birth.year if birth else 2015
    insured = draw(
        st.none() | st.sets(st.integers(max(born, 2015), year - 1)) if born < year else st.none()
    )
    lapsed = insured is not None and year == 2026 and 2025 not in insured and born < 2025
    return Facts(
        draw(st.sampled_from(["360000", "361000"])),
        year,
        paid,
        birth_date=birth,
        categories=tuple(
            code for code in ORDER if code in draw(st.sets(st.sampled_from(ORDER), max_size=2))
        ),
        events=events,
        insured_years=None if insured is None else tuple(sorted(insured)),
        repair_years=draw(st.integers(0, 1)) if lapsed else 0,
        answers=(("newborn_confirmed", draw(st.booleans())),),
    )


def jiangxi() -> RuleBook:
    return shipped_book(*PARTS)


@patient
@given(residents())
def test_the_fee_adds_up(known: Facts) -> None:
    fee = assessed(known, jiangxi()).fee
    if fee is None:
        return
    amounts = [line.amount for line in fee.lines]
    if fee.total is None:
        assert None in amounts
        return
    assert fee.standard is not None
    assert fee.aid is not None
    assert fee.contribution == fee.standard - fee.aid >= 0
    assert fee.total == fee.contribution + (fee.repair or 0)
    assert fee.total == sum(amount or 0 for amount in amounts)


@patient
@given(residents())
def test_cover_lies_in_the_year_after_birth_and_after_the_wait(known: Facts) -> None:
    answer = assessed(known, jiangxi())
    if answer.coverage is None:
        assert not answer.payable or answer.wait is not None
        return
    assert date(known.benefit_year, 1, 1) <= answer.coverage.start <= answer.coverage.end
    assert answer.coverage.end == date(known.benefit_year, 12, 31)
    assert known.birth_date is None or answer.coverage.start >= known.birth_date
    assert answer.wait is None or answer.coverage.start > answer.wait.end


@patient
@given(residents())
def test_a_wait_is_its_parts_and_an_exemption_goes_without_one(known: Facts) -> None:
    answer = assessed(known, jiangxi())
    if answer.wait is not None:
        wait = answer.wait
        assert wait.total == wait.fixed + wait.variable - wait.repaired > 0
        assert wait.start <= wait.end
        assert wait.repaired <= wait.variable
    if answer.exemption is not None:
        assert answer.wait is None
    assert answer.payable or (answer.fee, answer.wait, answer.coverage) == (None, None, None)


@patient
@given(residents())
def test_the_same_facts_give_the_same_bytes(known: Facts) -> None:
    stored = assessment_json(assessed(known, jiangxi()))
    assert replay(stored, jiangxi()).same


@patient
@given(residents())
def test_the_other_value_of_a_doubt_is_another_one(known: Facts) -> None:
    for doubt in assessed(known, jiangxi()).doubts:
        assert doubt.status in {"assumed", "unsettled"}
        assert doubt.other is None or doubt.other != doubt.value
        assert doubt.text


@patient
@given(residents())
def test_every_step_names_a_source_of_the_bundle_and_rejects_only_others(known: Facts) -> None:
    book = jiangxi()
    answer = assessed(known, book)
    assert {step.source for step in answer.steps} <= set(book.sources)
    for step in answer.steps:
        assert step.rule not in {entry.rule for entry in step.rejected}
        assert "{" not in step.text
    cited = {citation.id for citation in answer.citations}
    assert {step.source for step in answer.steps} <= cited


def first_cover(known: Facts) -> date:
    """The first covered day; none at all is the latest."""
    coverage = assessed(known, jiangxi()).coverage
    return coverage.start if coverage else date.max


ordinary = residents().map(
    lambda known: replace(known, birth_date=None, categories=(), events=(), repair_years=0)
)


@patient
@given(ordinary, st.integers(1, 300))
def test_paying_later_never_brings_earlier_cover_to_an_ordinary_resident(
    known: Facts, later: int
) -> None:
    day = known.payment_date + timedelta(later)
    if day.year > known.benefit_year:
        return
    after = replace(known, payment_date=day)
    if assessed(known, jiangxi()).payable and assessed(after, jiangxi()).payable:
        assert first_cover(known) <= first_cover(after)


@patient
@given(st.integers(1, 6), st.data())
def test_repair_never_lengthens_and_costs_a_standard_a_year(
    lapsed: int, data: st.DataObject
) -> None:
    repair = data.draw(st.integers(1, lapsed))
    paid = data.draw(st.dates(date(2032, 3, 1), date(2032, 12, 31)))
    plain = Facts("990000", 2032, paid, insured_years=(2031 - lapsed,))
    repaired = replace(plain, repair_years=repair)
    before, after = assessed(plain), assessed(repaired)
    assert before.wait is not None
    assert after.wait is not None
    assert before.fee is not None
    assert after.fee is not None
    assert after.wait.fixed == before.wait.fixed <= after.wait.total <= before.wait.total
    assert after.wait.end <= before.wait.end
    assert (after.fee.total or 0) - (before.fee.total or 0) == repair * 30000


@patient
@given(st.integers(0, 5), st.dates(date(2032, 3, 1), date(2032, 12, 31)))
def test_a_longer_lapse_never_shortens_the_wait(lapsed: int, paid: date) -> None:
    def wait(years: int) -> int:
        found = assessed(Facts("990000", 2032, paid, insured_years=(2031 - years,))).wait
        assert found is not None
        return found.total

    assert wait(lapsed) <= wait(lapsed + 1)


@patient
@given(residents())
def test_every_choice_is_payable_later_and_counted_against_paying_now(known: Facts) -> None:
    found = options(known, jiangxi())
    codes = []
    for option in found:
        assert not isinstance(option, Problem)
        codes.append(option.code)
        if option.code != "pay-now":
            assert option.assessment.payable
            assert option.facts.payment_date >= known.payment_date
    assert codes[0] == "pay-now"
    assert len(codes) == len(set(codes))
