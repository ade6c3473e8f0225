"""The facts of an old notice are read as they were stored, whatever today's rules know."""

from datetime import date

from medcounter.assess.contract import facts_json
from medcounter.assess.facts import Event, Facts, UncheckedFacts
from medcounter.assess.stored_facts import stored_facts
from medcounter.strict_json import canonical

FULL = Facts(
    region="361000",
    benefit_year=2026,
    payment_date=date(2026, 3, 5),
    birth_date=date(1962, 8, 1),
    categories=("given-up-since", "low-income"),
    events=(Event("moved-in", date(2026, 1, 7)),),
    insured_years=(2024, 2025),
    repair_years=2,
    answers=(("paid", True), ("years", (2021, 2022))),
)


def test_what_was_stored_is_read_back_value_by_value() -> None:
    read = stored_facts(canonical(facts_json(FULL)))
    assert [getattr(read, name) for name in Facts.__slots__] == [
        getattr(FULL, name) for name in Facts.__slots__
    ]


def test_what_an_older_version_did_not_store_is_nothing_said() -> None:
    assert stored_facts(b'{"region":"361000"}') == UncheckedFacts("361000", None, None)
    assert stored_facts(b"[]") == UncheckedFacts(None, None, None)
