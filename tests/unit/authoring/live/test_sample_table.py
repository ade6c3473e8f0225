"""The table of sample residents: rows that stay themselves while the rules change."""

from datetime import date

import pytest

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.authoring.live.draft_rules import DraftRules
from medcounter.authoring.live.limit_rows import limit_rows
from medcounter.authoring.live.sample_table import (
    BesideRules,
    RowKind,
    SampleTable,
    example_id,
    examples_of,
    retouched,
    table_slices,
    with_limits,
)
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
    draft,
    figures,
    finished,
    read_draft,
    row_of,
    whole_table,
)
from tests.support.rules.rule_samples import PROVINCE, Json, programme, rule, standard, window

PERIOD = "2025-09-01 至 2025-12-31"
POOR = rule("poor", "concession", {"pays": "80.00"}, grounds=["low-income"])
CHILD = {
    **standard("300.00", when={"test": "age", "to": 17}, exception_to=["standard"]),
    "id": "child",
}
OLD_YEAR = programme(
    [
        window("main", "2024-09-01", "2024-12-31"),
        window("late", "2025-01-01", "2025-12-31"),
        standard("380.00"),
        SUBSIDY,
    ],
    id="old",
    benefit_years={"from": 2025, "to": 2025},
)


def book(rules: DraftRules) -> RuleBook:
    assert rules.book is not None
    return rules.book


def test_every_identity_and_band_pays_in_every_period() -> None:
    rows = whole_table(draft(*WHOLE, POOR, CHILD)).rows
    for period in (PERIOD, "2026-01-01 至 2026-12-31"):
        paid = {row.now.pays for row in rows if period in row.now.period}
        assert {"¥400.00", "¥80.00", "¥300.00"} <= paid


def test_a_row_keeps_its_name_when_its_figures_change() -> None:
    table = whole_table(draft(*WHOLE, POOR))
    dearer = whole_table(draft(MAIN, LATE, standard("410.00"), SUBSIDY, POOR))
    assert [row.id for row in dearer.rows] == [row.id for row in table.rows]
    assert len({row.id for row in table.rows}) == len(table.rows)


def test_what_changed_stands_beside_what_was_before() -> None:
    before = draft(*WHOLE, POOR)
    now = draft(MAIN, LATE, standard("410.00"), SUBSIDY, POOR)
    table = whole_table(now, BesideRules(before=book(before)))
    plain = row_of(table, "普通居民", PERIOD)
    assert plain.before is not None
    assert (plain.before.pays, plain.now.pays) == ("¥400.00", "¥410.00")
    assert plain.changed == {"pays"}
    poor = row_of(table, "低保", PERIOD)
    assert poor.changed == {"pays"}, "the standard that the aid is taken from is another"


def test_last_year_s_figures_stand_beside_for_the_same_person_a_year_younger() -> None:
    last = read_bundle(base(OLD_YEAR))
    beside = BesideRules(last_year=RuleBook.open(last, "", signed=False))
    row = row_of(whole_table(draft(*WHOLE), beside), "普通居民", PERIOD)
    assert row.last_year is not None
    assert row.last_year.pays == "¥380.00"
    assert row.last_year.covered == "2025-01-01 至 2025-12-31"
    assert row.moved == {"pays"}, "the period and the cover only moved by the year"


def test_a_place_that_had_no_rules_last_year_is_compared_with_nothing() -> None:
    nothing = RuleBook.open(read_bundle(base()), "", signed=False)
    table = whole_table(draft(*WHOLE), BesideRules(last_year=nothing))
    assert {row.last_year for row in table.rows} == {None}
    assert {row.moved for row in table.rows} == {frozenset()}


def test_the_rows_that_are_seen_are_worked_out_first() -> None:
    table = whole_table(draft(*WHOLE, POOR))
    dearer = draft(MAIN, LATE, standard("410.00"), SUBSIDY, POOR)
    seen = [row.id for row in table.rows if row.now.pays == "¥400.00"][:2]
    touched = retouched(table, dearer, BesideRules(), seen)
    assert {row.now.pays for row in touched.rows if row.id in seen} == {"¥410.00"}
    assert touched.stale == {row.id for row in table.rows} - set(seen)
    assert not touched.complete
    whole = finished(touched, dearer)
    assert (whole.stale, whole.complete) == (frozenset(), True)
    assert "¥400.00" not in {row.now.pays for row in whole.rows}
    assert whole.rows == whole_table(dearer).rows


def test_a_draft_that_cannot_be_read_leaves_every_row_stale() -> None:
    table = whole_table(draft(*WHOLE))
    broken = read_draft(draft(*WHOLE).document.replaced(("regions",), 5))
    touched = retouched(table, broken, BesideRules(), [table.rows[0].id])
    assert touched.stale == {row.id for row in table.rows}
    assert list(table_slices(touched, broken, BesideRules())) == []
    assert with_limits(touched, [], broken, BesideRules()) == touched
    assert examples_of(broken) == ()


def test_slices_that_nobody_asks_for_any_more_do_nothing_further() -> None:
    slices = table_slices(SampleTable(YEAR), draft(*WHOLE), BesideRules())
    assert next(slices) is None
    slices.close()  # type: ignore[attr-defined]  # a generator behind the iterator
    assert next(slices, "ended") == "ended"


def test_a_ticked_row_stays_though_the_period_has_another_middle() -> None:
    rules = draft(*WHOLE)
    table = whole_table(rules)
    row = row_of(table, "普通居民", "2025-09-01")
    written = ticked(rules, [row])
    shorter = read_draft(
        written.replaced(
            ("programmes", 0, "rules", 0),
            {**MAIN, "when": {"test": "paid", "from": "2025-09-21", "to": "2025-12-31"}},
        )
    )
    moved = whole_table(shorter)
    assert moved.row(row.id) is not None
    days = {
        one.facts.payment_date
        for one in moved.rows
        if one.now.rules == row.now.rules and one.facts.insured_years is None
    }
    assert row.facts.payment_date in days
    assert date(2025, 11, 10) not in days, "the new middle would say the same once more"


def test_the_author_s_own_examples_have_rows() -> None:
    example: Json = {
        "id": "by-hand",
        "facts": {"region": PROVINCE, "benefit_year": YEAR, "payment_date": "2025-09-01"},
        "expect": {"fee.total": "400.00"},
        "basis": "stated",
        "source": "order",
    }
    elsewhere = {**example, "id": "city", "facts": {**example["facts"], "region": "990100"}}
    rules = draft(*WHOLE, examples=[example, elsewhere, {"id": "no facts"}])
    assert [one.id for one in examples_of(rules)] == ["by-hand"]
    assert examples_of(rules, YEAR + 1) == ()
    kinds = [row.kind for row in whole_table(rules).rows if row.facts.payment_date.day == 1]
    assert RowKind.EXAMPLE in kinds


def test_limits_have_rows_that_stay_until_they_are_chosen_anew() -> None:
    rules = draft(*WHOLE, CHILD)
    table = whole_table(rules)
    shown = [row.facts for row in table.rows]
    limits = [one.facts for one in limit_rows(figures(rules), table) if one]
    more = with_limits(table, [*limits, shown[0]], rules, BesideRules())
    added = [row for row in more.rows if row.kind is RowKind.LIMIT]
    assert [row.facts for row in added] == limits
    assert {row.id for row in finished(more, rules).rows} == {row.id for row in more.rows}
    assert with_limits(more, [], rules, BesideRules()).rows == table.rows


@pytest.mark.parametrize("kind", [RowKind.SAMPLE, RowKind.LIMIT])
def test_a_ticked_row_is_the_kind_of_row_that_it_was(kind: RowKind) -> None:
    rules = draft(*WHOLE)
    facts = whole_table(rules).rows[0].facts
    again = {
        "id": example_id(kind, facts),
        "facts": {
            "region": PROVINCE,
            "benefit_year": YEAR,
            "payment_date": str(facts.payment_date),
            "birth_date": str(facts.birth_date),
        },
        "expect": {"fee.total": "400.00"},
        "basis": "derived",
        "source": "order",
    }
    assert [one.kind for one in examples_of(draft(*WHOLE, examples=[again]))] == [kind]


def test_a_row_is_found_by_its_name() -> None:
    table = whole_table(draft(*WHOLE, FEE | {"id": "second", "exception_to": ["standard"]}))
    assert table.row(table.rows[3].id) == table.rows[3]
    assert table.row("nobody") is None
