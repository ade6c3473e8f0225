"""Facts of the contract: what is read, what is refused, under which name."""

from datetime import date

import pytest

from medcounter.assess import Facts, read_facts
from medcounter.assess.contract import facts_hash
from medcounter.assess.facts import Event, Problem
from tests.support.rules.rule_samples import Json, good_book

LEAST = {"region": "990000", "benefit_year": 2026, "payment_date": "2026-03-05"}
NEEDED = ("region", "benefit_year", "payment_date")


def read(**more: object) -> Facts:
    facts = read_facts({**LEAST, **more}, good_book())
    assert isinstance(facts, Facts), facts
    return facts


def problems(raw: object) -> tuple[Problem, ...]:
    found = read_facts(raw, good_book())
    assert not isinstance(found, Facts)
    for problem in found:
        assert problem.text.endswith("。")
    return found


def named(raw: object) -> list[tuple[str, str]]:
    return [(problem.field, problem.code) for problem in problems(raw)]


def refused(**more: object) -> list[tuple[str, str]]:
    return named({**LEAST, **more})


def test_the_least_that_is_needed_makes_facts_with_the_contracts_defaults() -> None:
    assert read() == Facts("990000", 2026, date(2026, 3, 5))
    assert read().scheme == "resident"
    assert read().insured_years is None
    assert read().repair_years == 0


def test_a_day_of_a_column_is_the_day_it_is() -> None:
    paid, born, out = date(2026, 3, 5), date(1990, 3, 7), date(2026, 1, 10)
    columns = read(payment_date=paid, birth_date=born, events=[{"kind": "graduated", "date": out}])
    assert (columns.payment_date, columns.birth_date) == (paid, born)
    assert columns.events == (Event("graduated", out),)
    later = [{"kind": "graduated", "date": date(2026, 3, 6)}]
    assert refused(payment_date=paid, events=later) == [("events.0.date", "contradiction")]


def test_every_key_is_read() -> None:
    facts = read(
        scheme="flexible",
        birth_date="1990-03-07",
        categories=["student", "low-income"],
        events=[{"kind": "graduated", "date": "2026-01-10"}],
        insured_years=[2025, 2023, 2025],
        repair_years=1,
        answers={"plan": "4.5", "gap_months": 2, "retired": True, "zero_claim_years": [2025, 2024]},
    )
    assert facts == Facts(
        "990000",
        2026,
        date(2026, 3, 5),
        "flexible",
        date(1990, 3, 7),
        ("low-income", "student"),
        (Event("graduated", date(2026, 1, 10)),),
        (2023, 2025),
        1,
        (("gap_months", 2), ("plan", "4.5"), ("retired", True), ("zero_claim_years", (2024, 2025))),
    )


def test_identities_are_kept_in_the_contracts_order_and_ordinary_is_none() -> None:
    assert read(categories=["ordinary"]).categories == ()
    assert read(categories=["village-cadre", "orphan"]).categories == ("orphan", "village-cadre")
    assert read(categories=["orphan", "orphan"]).categories == ("orphan",)


@pytest.mark.parametrize("raw", [None, [], "x", 3, True])
def test_an_item_that_is_no_object_is_refused(raw: object) -> None:
    assert named(raw) == [("", "wrong-type")]


@pytest.mark.parametrize("key", NEEDED)
def test_what_is_needed_and_not_there_is_missing(key: str) -> None:
    assert named({name: value for name, value in LEAST.items() if name != key}) == [
        (key, "missing")
    ]


@pytest.mark.parametrize("key", NEEDED)
def test_what_is_needed_is_not_null(key: str) -> None:
    assert refused(**{key: None}) == [(key, "wrong-type")]


WRONG: list[tuple[str, object, str]] = [
    ("region", 990000, "wrong-type"),
    ("region", "9900", "unknown-code"),
    ("region", "99000x", "unknown-code"),
    ("region", "９９００００", "unknown-code"),
    ("scheme", "employee", "unknown-code"),
    ("scheme", 1, "wrong-type"),
    ("scheme", None, "wrong-type"),
    ("benefit_year", "2026", "not-a-number"),
    ("benefit_year", 2026.0, "wrong-type"),
    ("benefit_year", True, "wrong-type"),
    ("benefit_year", 1899, "out-of-range"),
    ("benefit_year", 2201, "out-of-range"),
    ("payment_date", "2026-02-30", "not-a-date"),
    ("payment_date", "2026/03/05", "not-a-date"),
    ("payment_date", 20260305, "wrong-type"),
    ("birth_date", "1990-02-29", "not-a-date"),
    ("birth_date", [], "wrong-type"),
    ("birth_date", "2026-03-06", "contradiction"),
    ("categories", "orphan", "wrong-type"),
    ("categories", None, "wrong-type"),
    ("categories", [1], "wrong-type"),
    ("categories", [[]], "wrong-type"),
    ("categories", ["orfan"], "unknown-code"),
    ("events", {}, "wrong-type"),
    ("insured_years", 2025, "wrong-type"),
    ("repair_years", None, "wrong-type"),
    ("repair_years", "1", "not-a-number"),
    ("repair_years", -1, "out-of-range"),
    ("repair_years", 100, "out-of-range"),
    ("answers", [], "wrong-type"),
    ("answers", None, "wrong-type"),
]


@pytest.mark.parametrize(("key", "value", "code"), WRONG)
def test_a_wrong_value_is_refused_under_its_key(key: str, value: object, code: str) -> None:
    assert refused(**{key: value}) == [(key, code)]


@pytest.mark.parametrize(
    ("event", "field", "code"),
    [
        ("graduated", "events.0", "wrong-type"),
        ({"date": "2026-01-01"}, "events.0.kind", "missing"),
        ({"kind": "graduated"}, "events.0.date", "missing"),
        ({"kind": "graduated", "date": None}, "events.0.date", "missing"),
        ({"kind": 7, "date": "2026-01-01"}, "events.0.kind", "wrong-type"),
        ({"kind": "graduation", "date": "2026-01-01"}, "events.0.kind", "unknown-code"),
        ({"kind": "graduated", "date": 7}, "events.0.date", "wrong-type"),
        ({"kind": "graduated", "date": "2026-1-1"}, "events.0.date", "not-a-date"),
        ({"kind": "graduated", "date": "2026-03-06"}, "events.0.date", "contradiction"),
        ({"kind": "graduated", "date": "2026-01-01", "day": 1}, "events.0.day", "unknown-key"),
    ],
)
def test_a_wrong_event_is_refused_at_its_place(event: object, field: str, code: str) -> None:
    assert refused(events=[event]) == [(field, code)]


def test_an_event_of_the_bundles_own_is_known() -> None:
    event = {"kind": "household-registered", "date": "2026-03-05"}
    assert read(events=[event]).events == (Event("household-registered", date(2026, 3, 5)),)


@pytest.mark.parametrize(
    ("year", "code"),
    [
        (2026, "contradiction"),
        (2030, "contradiction"),
        (1989, "contradiction"),
        (1899, "out-of-range"),
        (2300, "out-of-range"),
        ("2025", "wrong-type"),
        (True, "wrong-type"),
        (None, "wrong-type"),
    ],
)
def test_an_insured_year_that_cannot_be_is_named(year: object, code: str) -> None:
    found = refused(birth_date="1990-05-05", insured_years=[2025, year])
    assert found == [("insured_years.1", code)]


def test_the_birth_year_may_be_an_insured_year_and_none_means_in_none() -> None:
    assert read(birth_date="1990-05-05", insured_years=[1990]).insured_years == (1990,)
    assert read(insured_years=[]).insured_years == ()
    assert read(insured_years=None).insured_years is None


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("plan", 4.5),
        ("plan", True),
        ("retired", "yes"),
        ("retired", 1),
        ("gap_months", "2"),
        ("gap_months", True),
        ("gap_months", 2.5),
        ("gap_months", float("inf")),
        ("gap_months", float("nan")),
        ("zero_claim_years", 2025),
        ("zero_claim_years", ["2025"]),
        ("zero_claim_years", [True]),
        ("zero_claim_years", [10**20]),
        ("supplementary", {}),
        ("supplementary", [None]),
        ("supplementary", float("inf")),
    ],
)
def test_an_answer_of_another_kind_is_refused(code: str, value: object) -> None:
    assert refused(answers={code: value}) == [(f"answers.{code}", "wrong-type")]


@pytest.mark.parametrize("months", [-1, 10000, 1e9, 10**400])
def test_a_number_of_months_below_nought_or_beyond_a_life_is_out_of_range(months: float) -> None:
    assert refused(answers={"gap_months": months}) == [("answers.gap_months", "out-of-range")]


@pytest.mark.parametrize(
    ("value", "taken"),
    [
        (True, True),
        ("text", "text"),
        (2, 2),
        (2.0, 2),
        (2.5, "2.5"),
        (10**20, "100000000000000000000"),
        (1e20, "1e+20"),
        ([2025], (2025,)),
    ],
)
def test_an_answer_to_a_question_of_a_later_format_is_taken_and_unused(
    value: object, taken: object
) -> None:
    known = read(answers={"supplementary": value})
    assert known.answers == (("supplementary", taken),)
    assert facts_hash(known)


@pytest.mark.parametrize("value", [True, "text", 2, None, {}])
def test_an_answer_to_a_question_that_nobody_knows_is_refused(value: object) -> None:
    found = problems({**LEAST, "answers": {"retierd": value}})
    assert [(one.field, one.code) for one in found] == [("answers.retierd", "unknown-code")]
    assert "“retierd”" in found[0].text
    assert "最接近的是“retired”" in found[0].text


def test_what_was_stored_before_strays_were_refused_is_read_as_it_was() -> None:
    raw = {**LEAST, "answers": {"some_other": 2.5}}
    known = read_facts(raw, good_book(), strays_pass=True)
    assert isinstance(known, Facts)
    assert known.answers == (("some_other", "2.5"),)


def test_a_whole_number_may_be_written_with_a_point() -> None:
    assert read(answers={"gap_months": 2.0}).answers == (("gap_months", 2),)


def test_an_answer_of_null_is_no_answer() -> None:
    assert read(answers={"plan": None}).answers == ()


def test_an_unknown_key_is_refused_under_its_own_name_with_the_nearest() -> None:
    found = problems({**LEAST, "catagories": []})
    assert [(problem.field, problem.code) for problem in found] == [("catagories", "unknown-key")]
    assert "最接近的是“categories”" in found[0].text


def test_all_problems_are_told_in_the_order_of_the_facts_table() -> None:
    raw: Json = {
        "shoe_size": 43,
        "answers": 1,
        "repair_years": -1,
        "insured_years": [2026],
        "events": 1,
        "categories": ["orfan", 1],
        "birth_date": "2030-01-01",
        "payment_date": "2026-03-05",
        "benefit_year": 2026,
        "scheme": "x",
        "region": "1",
    }
    assert [field for field, _ in named(raw)] == [
        "region",
        "scheme",
        "birth_date",
        "categories",
        "categories",
        "events",
        "insured_years.0",
        "repair_years",
        "answers",
        "shoe_size",
    ]


def test_a_long_value_is_cut_in_its_sentence() -> None:
    found = problems({**LEAST, "scheme": ["x" * 500]})
    assert len(found[0].text) < 150
