"""A tick makes an example of a row; who comes out otherwise later is no longer ticked."""

from dataclasses import replace

import pytest

from medcounter.assess.prove.examples import run_examples
from medcounter.authoring.form.form_records import FieldState
from medcounter.authoring.form.place_form import form_of
from medcounter.authoring.live.draft_rules import DraftRules
from medcounter.authoring.live.sample_table import BesideRules, RowKind, SampleRow, sample_row
from medcounter.authoring.live.ticks import (
    RowWithoutAnswerError,
    TickState,
    example_of,
    own_rows,
    tick_marks,
    ticked,
    unticked,
)
from tests.support.authoring.draft_samples import (
    FEE,
    LATE,
    MAIN,
    SUBSIDY,
    WHOLE,
    document,
    draft,
    read_draft,
    row_of,
    shipped_document,
    shipped_payload,
    whole_table,
)
from tests.support.rules.rule_samples import PROVINCE, Json, rule, standard

POOR = rule("poor", "concession", {"pays": "80.00"}, grounds=["low-income"])
AMOUNT = ("programmes", 0, "rules", 2, "answer", "items", 0, "amount")


def all_ticked(rules: DraftRules) -> DraftRules:
    return read_draft(ticked(rules, whole_table(rules).rows))


def test_a_tick_writes_what_the_row_showed_as_a_derived_example() -> None:
    rules = draft(*WHOLE)
    example = example_of(row_of(whole_table(rules), "普通居民", "2025-09-01"), rules)
    assert example["basis"] == "derived"
    assert example["source"] == "order"
    assert example["facts"]["region"] == PROVINCE
    assert "scheme" not in example["facts"]
    assert example["expect"]["fee.total"] == "400.00"
    assert example["expect"]["wait"] is None
    assert example["expect"]["coverage.from"] == "2026-01-01"
    assert "coverage" in example["settled"]


def test_what_is_in_doubt_is_expected_to_be_and_not_settled() -> None:
    rules = draft(*WHOLE)
    example = example_of(row_of(whole_table(rules), "普通居民", "2026-01-01"), rules)
    assert "wait.from" in example["doubts"]
    assert "wait" not in example["settled"]
    assert {"fee", "wait.total", "coverage.to"} <= {*example["settled"]}


@pytest.mark.parametrize(
    "name", ["guangxi-2025.json", "wuxi-2026.json", "nanchang-flexible-2026.json"]
)
def test_the_whole_table_ticked_once_makes_examples_that_hold(name: str) -> None:
    """Whatever a row shows, the engine that runs examples finds it so."""
    rules = read_draft(shipped_document(name), shipped_payload())
    table = whole_table(rules)
    again = read_draft(ticked(rules, table.rows), shipped_payload())
    assert again.faults == ()
    assert again.book is not None
    assert run_examples(again.book) == ()
    marks = tick_marks(again, whole_table(again).rows)
    assert {mark.state for mark in marks.values()} == {TickState.TICKED, TickState.OWN}
    assert len(again.book.bundle.examples) >= len(table.rows)


def test_a_row_that_was_not_ticked_is_open() -> None:
    rules = draft(*WHOLE)
    rows = whole_table(rules).rows
    assert {mark.state for mark in tick_marks(rules, rows).values()} == {TickState.OPEN}


def test_ticks_survive_an_edit_that_does_not_touch_them() -> None:
    rules = all_ticked(draft(*WHOLE, POOR))
    path = ("programmes", 0, "rules", 4, "answer", "pays")
    edited = read_draft(rules.document.replaced(path, "90.00"))
    table = whole_table(edited)
    marks = tick_marks(edited, table.rows)
    for row in table.rows:
        poor = "低保" in row.person
        assert marks[row.id].state is (TickState.CHANGED if poor else TickState.TICKED)


def test_a_row_that_comes_out_otherwise_is_no_longer_ticked_and_says_how() -> None:
    rules = all_ticked(draft(*WHOLE))
    edited = read_draft(rules.document.replaced(AMOUNT, "410.00"))
    row = row_of(whole_table(edited), "普通居民", "2025-09-01")
    mark = tick_marks(edited, [row])[row.id]
    assert mark.state is TickState.CHANGED
    assert "应缴合计原来是“400.00”，现在是“410.00”。" in mark.differs
    assert edited.document.at(mark.path)["id"] == f"row-{row.id}"


def test_ticking_a_changed_row_again_keeps_its_example_and_tells_it_anew() -> None:
    rules = all_ticked(draft(*WHOLE))
    edited = read_draft(rules.document.replaced(AMOUNT, "410.00"))
    rows = whole_table(edited).rows
    again = read_draft(ticked(edited, rows))
    assert {mark.state for mark in tick_marks(again, rows).values()} == {TickState.TICKED}
    assert [one["id"] for one in again.document.content["examples"]] == [
        one["id"] for one in rules.document.content["examples"]
    ]


def test_taking_a_tick_away_takes_its_example_away() -> None:
    rules = all_ticked(draft(*WHOLE))
    row = whole_table(rules).rows[0]
    fewer = read_draft(unticked(rules, [row.id]))
    assert tick_marks(fewer, [row])[row.id].state is TickState.OPEN
    before = rules.document.content["examples"]
    assert len(fewer.document.content["examples"]) == len(before) - 1


def test_rules_that_contradict_themselves_cannot_be_ticked() -> None:
    rules = draft(*WHOLE, {**standard("300.00"), "id": "again"})
    with pytest.raises(RowWithoutAnswerError, match="先把规则补齐"):
        ticked(rules, whole_table(rules).rows)


def test_who_is_refused_is_ticked_as_refused() -> None:
    rules = draft(*WHOLE)
    assert rules.book is not None
    facts = whole_table(rules).rows[0].facts
    long_ago = replace(facts, payment_date=facts.payment_date.replace(year=2020))
    row = sample_row(long_ago, RowKind.LIMIT, rules.book, BesideRules())
    again = read_draft(ticked(rules, [row]))
    assert again.book is not None
    assert run_examples(again.book) == ()
    assert again.document.content["examples"][0]["id"] == f"edge-{row.id}"
    wider = read_draft(
        again.document.replaced(("programmes", 0, "payment_days", "from"), "2019-01-01")
    )
    assert wider.book is not None
    found = sample_row(long_ago, RowKind.LIMIT, wider.book, BesideRules())
    assert tick_marks(wider, [found])[row.id].differs == ("原来“没有规则”，现在有结果。",)


def test_a_doubt_that_came_or_went_changes_a_row() -> None:
    readings = [
        {
            "answer": {"items": [{"code": "standard", "label": "缴费", "amount": "390.00"}]},
            "text": "按 390 元",
        }
    ]
    doubtful: Json = {**FEE, "status": "assumed", "doubt": "没有写明。", "readings": readings}
    sure, unsure = all_ticked(draft(*WHOLE)), all_ticked(draft(MAIN, LATE, doubtful, SUBSIDY))
    rule_path = ("programmes", 0, "rules", 2)
    now_unsure = read_draft(sure.document.replaced(rule_path, doubtful))
    now_sure = read_draft(unsure.document.replaced(rule_path, FEE))
    row = row_of(whole_table(now_unsure), "普通居民", "2025-09-01")
    assert "费用原来不存疑，现在存疑。" in tick_marks(now_unsure, [row])[row.id].differs
    row = row_of(whole_table(now_sure), "普通居民", "2025-09-01")
    assert "应缴合计原来存疑，现在不存疑。" in tick_marks(now_sure, [row])[row.id].differs


def test_a_figure_that_comes_into_doubt_beside_others_changes_a_row() -> None:
    """The late payer's wait is in doubt already; now the subsidy is as well."""
    rules = all_ticked(draft(*WHOLE))
    readings = [{"answer": {"amount": "0.00"}, "text": "没有补助"}]
    doubtful: Json = {**SUBSIDY, "status": "assumed", "doubt": "没有写明。", "readings": readings}
    edited = read_draft(rules.document.replaced(("programmes", 0, "rules", 3), doubtful))
    row = row_of(whole_table(edited), "普通居民", "2026-01-01")
    assert tick_marks(edited, [row])[row.id].state is TickState.CHANGED
    assert edited.book is not None
    assert any("fee" in fault.text for fault in run_examples(edited.book))


BY_HAND = {
    "id": "by-hand",
    "facts": {"region": PROVINCE, "benefit_year": 2026, "payment_date": "2025-09-01"},
    "expect": {"fee.total": "400.00", "coverage.days": 365, "wait.total": None},
    "basis": "stated",
    "source": "order",
}


def row_by_hand(rules: DraftRules) -> SampleRow:
    return next(one for one in whole_table(rules).rows if one.kind is RowKind.EXAMPLE)


def test_an_example_by_hand_is_none_that_a_tick_made_and_holds_as_far_as_a_row_shows_it() -> None:
    rules = read_draft(document(*WHOLE, examples=[BY_HAND]))
    row = row_by_hand(rules)
    assert tick_marks(rules, [row])[row.id].state is TickState.OWN
    assert own_rows(rules) == {row.id}
    edited = read_draft(rules.document.replaced(AMOUNT, "410.00"))
    mark = tick_marks(edited, [row_by_hand(edited)])[row.id]
    assert mark.state is TickState.OWN_FAILS
    assert mark.differs == ("应缴合计原来是“400.00”，现在是“410.00”。",)


def test_neither_ticking_nor_taking_ticks_away_touches_an_example_by_hand() -> None:
    rules = all_ticked(read_draft(document(*WHOLE, examples=[BY_HAND])))
    names = [row.id for row in whole_table(rules).rows]
    assert rules.document.content["examples"][0] == BY_HAND
    assert unticked(rules, names).content["examples"] == [BY_HAND]


def test_a_tick_beside_an_example_by_hand_of_the_same_resident_is_taken_away_alone() -> None:
    alone = draft(*WHOLE)
    row = whole_table(alone).rows[0]
    by_tick = example_of(row, alone)
    by_hand = {**by_tick, "id": "by-hand"}
    rules = draft(*WHOLE, examples=[by_tick, by_hand])
    assert tick_marks(rules, [row])[row.id].state is TickState.TICKED
    assert own_rows(rules) == frozenset()
    assert unticked(rules, [row.id]).content["examples"] == [by_hand]


def test_what_nobody_wrote_yet_cites_the_first_source_there_is() -> None:
    rules = draft(MAIN)
    assert example_of(whole_table(rules).rows[0], rules)["source"] == "order"


def test_a_ticked_resident_who_was_never_insured_leaves_no_field_to_fill() -> None:
    rules = draft(*WHOLE)
    never = [row for row in whole_table(rules).rows if row.facts.insured_years == ()]
    assert never
    (card,) = [
        card for card in form_of(ticked(rules, never[:1])).cards if card.path[0] == "examples"
    ]
    field = next(one for one in card.fields if one.path[-1] == "insured_years")
    assert (field.text, field.state) == ("没有", FieldState.ENTERED)
