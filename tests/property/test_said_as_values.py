"""Facts said as values are judged as the same facts written as JSON are."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from medcounter.assess import read_facts
from medcounter.assess.check_facts import check_facts
from medcounter.assess.facts import Event, UncheckedFacts
from tests.support.rules.rule_samples import Json, good_book

BOOK = good_book()
DAYS = st.dates(date(2020, 1, 1), date(2027, 12, 31))
IDENTITIES = [term.code for term in BOOK.identities()]
EVENTS = [term.code for term in BOOK.events()]
YEARS = st.integers(1890, 2030)
SAID = st.builds(
    UncheckedFacts,
    region=st.sampled_from([None, "990000", "99", "三", "999999"]),
    benefit_year=st.none() | YEARS,
    payment_date=st.none() | DAYS,
    scheme=st.sampled_from(["resident", "flexible", "residents"]),
    birth_date=st.none() | DAYS,
    categories=st.lists(st.sampled_from([*IDENTITIES, "nobody"]), max_size=3).map(tuple),
    events=st.lists(st.builds(Event, st.sampled_from([*EVENTS, "nothing"]), DAYS), max_size=3).map(
        tuple
    ),
    insured_years=st.none() | st.lists(YEARS, max_size=4).map(tuple),
    repair_years=st.integers(0, 120),
    answers=st.dictionaries(
        st.sampled_from(["plan", "retired", "one", "two"]),
        st.booleans() | st.integers(0, 20000) | st.text(max_size=3) | st.tuples(YEARS),
        max_size=2,
    ).map(lambda said: tuple(said.items())),
)


def written(said: UncheckedFacts) -> Json:
    """The same as a file would have it; what nobody said is left out."""
    raw: Json = {
        "scheme": said.scheme,
        "categories": list(said.categories),
        "events": [{"kind": one.kind, "date": str(one.date)} for one in said.events],
        "repair_years": said.repair_years,
        "answers": {
            code: list(value) if isinstance(value, tuple) else value for code, value in said.answers
        },
    }
    named = {
        "region": said.region,
        "benefit_year": said.benefit_year,
        "payment_date": said.payment_date and str(said.payment_date),
        "birth_date": said.birth_date and str(said.birth_date),
        "insured_years": None if said.insured_years is None else list(said.insured_years),
    }
    return raw | {key: value for key, value in named.items() if value is not None}


@given(SAID)
def test_values_and_their_json_give_the_same_facts_or_the_same_problems(
    said: UncheckedFacts,
) -> None:
    assert check_facts(said, BOOK) == read_facts(written(said), BOOK)


@given(SAID)
def test_a_place_that_is_empty_text_is_no_place(said: UncheckedFacts) -> None:
    problems = check_facts(replace(said, region=""), BOOK)
    assert isinstance(problems, tuple)
    assert problems[0].field == "region"
