"""Figures that no example pins: moved by one, none of them fails."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from medcounter.authoring.live.draft_rules import DraftRules
from medcounter.authoring.live.sample_table import SampleRow
from medcounter.authoring.live.ticks import ticked
from medcounter.authoring.live.unpinned import UnpinnedFigure, unpinned_figures
from tests.support.authoring.draft_samples import (
    WHOLE,
    document,
    draft,
    figures,
    read_draft,
    whole_table,
)
from tests.support.rules.rule_samples import Json, rule

AMOUNT = ("programmes", 0, "rules", 2, "answer", "items", 0, "amount")
LIMIT = timedelta(days=28)
NEWBORN = rule(
    "newborn",
    "exemption",
    {"waives": ["fixed", "variable"], "cover": {"anchor": "birth"}},
    when={"test": "elapsed", "since": "birth", "within": {"days": 28}, "day_one": 0},
    grounds=["newborn"],
)


def unpinned(rules: DraftRules, shown: tuple[SampleRow, ...] | None = None) -> list[UnpinnedFigure]:
    rows = whole_table(rules).rows if shown is None else shown
    found = unpinned_figures(figures(rules), [row.facts for row in rows])
    return [one for one in found if one is not None]


def example(**expect: Any) -> Json:  # noqa: ANN401 -- any expected value
    facts = {"region": "990000", "benefit_year": 2026, "payment_date": "2025-10-01"}
    told = {key.replace("_", "."): value for key, value in expect.items()}
    return {"id": "one", "facts": facts, "expect": told, "basis": "stated", "source": "order"}


def test_a_draft_without_examples_pins_no_figure_that_shows() -> None:
    figures = {one.path: one for one in unpinned(draft(*WHOLE))}
    amount = figures[AMOUNT]
    assert (amount.value, amount.unnoticed) == ("400.00", ("401.00", "399.00"))
    assert amount.where == "standard.answer.items[0].amount"
    assert amount.shown_by is not None


def test_an_example_pins_the_figure_that_it_shows_and_no_other() -> None:
    rules = draft(*WHOLE, examples=[example(fee_total="400.00")])
    paths = {one.path for one in unpinned(rules)}
    assert AMOUNT not in paths
    assert ("programmes", 0, "rules", 3, "answer", "amount") in paths, "the subsidy is not shown"


def test_an_example_that_fails_pins_nothing() -> None:
    rules = draft(*WHOLE, examples=[example(fee_total="390.00")])
    assert AMOUNT in {one.path for one in unpinned(rules)}


def test_a_tick_on_the_resident_that_is_named_pins_the_figure() -> None:
    rules = draft(*WHOLE)
    table = whole_table(rules)
    (named,) = [one.shown_by for one in unpinned(rules) if one.path == AMOUNT]
    rows = [row for row in table.rows if row.facts == named]
    assert AMOUNT not in {one.path for one in unpinned(read_draft(ticked(rules, rows)))}


def test_a_figure_that_nobody_at_any_limit_shows_names_nobody() -> None:
    """A period for 2030, which no day that the programme speaks of reaches."""
    never = {**NEWBORN, "when": {"test": "born", "from": "2030-01-01"}, "id": "never"}
    rules = draft(*WHOLE, never)
    (figure,) = [one for one in unpinned(rules) if one.path[:4] == ("programmes", 0, "rules", 4)]
    assert figure.shown_by is None
    assert figure.where == "never.when.from"


def test_what_the_proof_refuses_at_once_needs_no_example() -> None:
    """A day too many is an overlap of two periods, a day too few one that is closed."""
    rules = draft(*WHOLE)
    found = {one.path[3:]: one.unnoticed for one in unpinned(rules, ())}
    assert (0, "when", "to") not in found or "2026-01-01" not in found[0, "when", "to"]


def test_the_days_and_years_a_programme_speaks_of_need_no_example() -> None:
    assert {one.path[2] for one in unpinned(draft(*WHOLE))} == {"rules"}


def test_a_draft_of_which_nothing_can_be_read_has_no_figures() -> None:
    rules = read_draft(document(*WHOLE).replaced(("regions",), 5))
    assert list(unpinned_figures(figures(rules), [])) == []


def test_a_row_at_a_limit_is_named_where_only_it_would_notice() -> None:
    rules = draft(*WHOLE, NEWBORN)
    table = whole_table(rules)
    row = next(one for one in table.rows if one.now.values.get("exemption") == "newborn")
    figures = {one.path: one for one in unpinned(rules, (row,))}
    days = figures["programmes", 0, "rules", 4, "when", "within", "days"]
    assert days.shown_by is None
    at_limit = replace(row, facts=replace(row.facts, birth_date=row.facts.payment_date - LIMIT))
    figures = {one.path: one for one in unpinned(rules, (row, at_limit))}
    days = figures["programmes", 0, "rules", 4, "when", "within", "days"]
    assert days.shown_by == at_limit.facts
