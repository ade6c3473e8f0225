"""A list answered at once: everyone gets the answer they would get alone."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medcounter.assess import Assessment, Facts, assess
from medcounter.assess.assessing import Decided, decide_facts
from medcounter.assess.engine.decision import Decision
from medcounter.assess.facts import Event, Problem
from medcounter.roster.answering.answer_line import Line
from medcounter.roster.answering.assessor import Assessor, Remembered
from tests.support.desk.desk_samples import shipped_book
from tests.support.rules.peer_task import (
    Answer,
    Resident,
    every_resident,
    facts_of,
    oracle,
    peer_book,
)

BOOK = shipped_book()
PROGRAMMES = [
    (choice.code, pair.scheme, pair.benefit_year)
    for choice in BOOK.regions()
    for pair in BOOK.covered(choice.code)
]
IDENTITIES = [term.code for term in BOOK.identities()][:13]
KINDS = [term.code for term in BOOK.events()]
patient = settings(max_examples=60, suppress_health_check=list(HealthCheck))


@st.composite
def lists(draw: st.DrawFn) -> tuple[Facts, ...]:
    """People of one place, alike in most: many births and days, few else."""
    region, scheme, year = draw(st.sampled_from(PROGRAMMES))
    compiled = BOOK.programme(region, scheme, year)
    assert compiled is not None
    turns = [*compiled.turning_days, compiled.resolved.last_day]
    near = st.builds(
        lambda day, shift: day + timedelta(shift), st.sampled_from(turns), st.integers(-3, 3)
    )
    first, last = compiled.resolved.first_day, compiled.resolved.last_day
    inside = near.filter(lambda day: first <= day <= last)
    days = draw(st.lists(inside | st.dates(first, last), min_size=1, max_size=4))
    kind, identity = draw(st.sampled_from(KINDS)), draw(st.sampled_from(IDENTITIES))
    lapsed = draw(st.integers(0, 3))

    def person() -> Facts:
        paid = draw(st.sampled_from(days))
        birth = draw(
            st.none()
            | st.dates(date(1925, 1, 1), date(2026, 12, 31))
            | st.dates(paid - timedelta(500), paid)
            | st.sampled_from([date(1990, 2, 28), date(2008, 2, 29), date(2019, 12, 31)])
        )
        happened = draw(st.booleans())
        known = draw(st.booleans())
        return Facts(
            region=region,
            scheme=scheme,
            benefit_year=year,
            payment_date=paid,
            birth_date=birth,
            categories=(identity,) if draw(st.booleans()) else (),
            events=(Event(kind, paid - timedelta(draw(st.integers(0, 95)))),) if happened else (),
            insured_years=tuple(range(2010, year - lapsed)) if known else None,
            answers=(("newborn_confirmed", True), ("parent_insured", True), ("plan", "一档")),
        )

    return tuple(person() for _ in range(draw(st.integers(2, 12))))


Told = Decision | tuple[Problem, ...]


def alone(facts: Facts) -> Told:
    """What one resident gets without a list."""
    found = decide_facts(facts, BOOK)
    return found.decision if isinstance(found, Decided) else found


def fields_of(told: Told) -> list[str]:
    """The fields that problems name."""
    assert not isinstance(told, Decision)
    return [problem.field for problem in told]


@patient
@given(lists())
def test_everyone_in_a_list_is_decided_as_they_would_be_alone(people: tuple[Facts, ...]) -> None:
    assessor = Assessor(BOOK)
    for facts in people:
        together, single = assessor.decision(facts), alone(facts)
        if not (isinstance(together, Decision) and isinstance(single, Decision)):
            assert fields_of(together) == fields_of(single)
            continue
        for part in ("window", "category", "exemption", "lapsed", "fee", "wait", "coverage"):
            assert getattr(together, part) == getattr(single, part), (part, facts)
        assert [one.rule.id for one in together.verdicts] == [
            one.rule.id for one in single.verdicts
        ]


@patient
@given(lists())
def test_a_line_has_the_figures_of_the_whole_assessment(people: tuple[Facts, ...]) -> None:
    assessor = Assessor(BOOK)
    for facts in people:
        line, whole = assessor.line(facts), assess(facts, BOOK)
        if not isinstance(whole, Assessment):
            assert isinstance(line, tuple)
            continue
        assert isinstance(line, Line)
        assert (line.fee, line.wait, line.coverage) == (whole.fee, whole.wait, whole.coverage)
        assert (line.category, line.exemption) == (whole.category, whole.exemption)
        assert {*line.assumed, *line.unsettled} == {doubt.field for doubt in whole.doubts}


def test_every_combination_of_the_peers_task_agrees_with_the_oracle() -> None:
    assessor = Assessor(peer_book())

    def answer(resident: Resident) -> Answer:
        decided = assessor.decision(facts_of(resident))
        assert isinstance(decided, Decision)
        fee, wait, cover = decided.fee, decided.wait, decided.coverage
        assert fee is not None
        assert fee.total is not None
        assert cover is not None
        return Answer(fee.total // 100, wait.total if wait else 0, cover.start)

    residents = list(every_resident()) * 2
    answers = map(Remembered(answer).__getitem__, residents)
    assert [one for one, told in zip(residents, answers, strict=True) if told != oracle(one)] == []
