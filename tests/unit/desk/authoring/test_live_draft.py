"""What a draft means follows each change; what is not on screen comes in slices."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.live.ticks import OwnExampleError, TickState
from medcounter.desk.authoring import open_draft
from medcounter.desk.authoring.draft_ticks import (
    DraftTicks,
    RowUnknownError,
    WarningNotAnsweredError,
    WarningReasonError,
)
from medcounter.desk.authoring.live_draft import LiveDraft
from medcounter.desk.authoring.open_draft import OpenDraft
from medcounter.desk.desk import Desk
from tests.support.desk.desk_samples import newer_rules
from tests.support.store.store_samples import AT, demo_roots

FEE = ("programmes", 0, "rules", 3, "answer", "items", 0, "amount")


@pytest.fixture
def draft(own_data_dir: Path) -> Iterator[OpenDraft]:
    desk = Desk.open(own_data_dir, AT)
    yield desk.authoring.begin_from("guangxi-2025", AT)
    desk.close(with_backup=False)


def finish(draft: OpenDraft) -> None:
    for _ in draft.live.slices():
        pass


def test_work_of_an_older_state_takes_no_step_more(draft: OpenDraft) -> None:
    live = draft.live
    slices = live.slices()
    for _ in slices:
        if live.table.rows and not live.table.stale:
            break
    years = {"from": 2031, "to": 2031}
    live.edited(draft.document.replaced((*draft.document.base, "benefit_years"), years))
    assert list(slices) == []
    assert live.years == (2031,)
    assert not live.is_checked


def test_the_strip_of_guangxi_has_the_periods_of_its_notice(draft: OpenDraft) -> None:
    strip = draft.live.strip
    # policy/south-west.md: paid from 2024-09-01 to 12-31, then until 30 June at the same price.
    found = [(one.first, one.last) for one in strip.stretches if one.kind in {"main", "late"}]
    assert found[:2] == [
        (date(2024, 9, 1), date(2024, 12, 31)),
        (date(2025, 1, 1), date(2025, 6, 30)),
    ]


def test_rows_on_screen_follow_a_change_at_once_and_say_what_changed(
    draft: OpenDraft,
) -> None:
    finish(draft)
    live = draft.live
    payers = [row for row in live.table.rows if row.now.pays == "¥400.00"]
    assert payers
    live.seen = frozenset({payers[0].id})
    assert draft.document.at(FEE) == "400.00"
    draft.change(FEE, "410", AT)
    row = live.table.row(payers[0].id)
    assert row is not None
    assert row.now.pays == "¥410.00"
    assert "pays" in row.changed
    assert payers[1].id in live.table.stale
    assert not live.is_checked


def test_each_change_is_compared_with_the_state_before_it_on_screen_or_not(
    draft: OpenDraft,
) -> None:
    finish(draft)
    live = draft.live
    seen, unseen = [row.id for row in live.table.rows if row.now.pays == "¥400.00"][:2]
    live.seen = frozenset({seen})
    draft.change(FEE, "410", AT)
    draft.change(FEE, "411", AT)
    finish(draft)
    for name in (seen, unseen):
        row = live.table.row(name)
        assert row is not None
        assert row.before is not None
        assert (row.before.pays, row.now.pays) == ("¥410.00", "¥411.00")


def test_a_check_ends_by_itself_when_the_draft_changes(draft: OpenDraft) -> None:
    slices = draft.live.slices()
    for _ in range(5):
        next(slices)
    draft.change(FEE, "410", AT)
    assert list(slices) == []
    assert not draft.live.is_checked
    finish(draft)
    assert draft.live.is_checked


def test_undo_is_followed_too(draft: OpenDraft) -> None:
    finish(draft)
    live = draft.live
    draft.change(FEE, "410", AT)
    draft.undo(AT)
    finish(draft)
    assert any(row.now.pays == "¥400.00" for row in live.table.rows)
    assert not any(row.now.pays == "¥410.00" for row in live.table.rows)


def test_a_tick_becomes_an_example_and_is_marked_when_the_rules_change(
    draft: OpenDraft,
) -> None:
    finish(draft)
    live, checks = draft.live, DraftTicks(draft)
    marked = live.marks()
    row = next(
        row
        for row in live.table.rows
        if row.now.pays == "¥400.00" and marked[row.id].state is TickState.OPEN
    )
    before = len(draft.document.content["examples"])
    checks.tick([row.id], AT)
    assert len(draft.document.content["examples"]) == before + 1
    assert live.marks()[row.id].state is TickState.TICKED
    draft.change(FEE, "410", AT + timedelta(minutes=1))
    finish(draft)
    assert live.marks()[row.id].state is TickState.CHANGED
    checks.untick([row.id], AT)
    assert len(draft.document.content["examples"]) == before
    day = row.facts.payment_date
    assert draft.history()[0].words == f"取消核对：{row.person}，{day} 缴"
    with pytest.raises(RowUnknownError):
        checks.untick([row.id], AT)
    with pytest.raises(RowUnknownError):
        checks.tick(["nobody"], AT)


def test_an_example_by_hand_is_neither_ticked_nor_taken_away_and_the_refusal_says_where_to_edit(
    draft: OpenDraft,
) -> None:
    finish(draft)
    marked = draft.live.marks()
    own = next(name for name, mark in marked.items() if mark.state is TickState.OWN)
    checks, before = DraftTicks(draft), draft.document
    for turn in (checks.tick, checks.untick):
        with pytest.raises(OwnExampleError, match="请到“算例”一节"):
            turn([own], AT)
    assert draft.document == before


def test_the_history_names_the_first_of_several_whose_ticks_were_taken_away(
    draft: OpenDraft,
) -> None:
    finish(draft)
    live, checks = draft.live, DraftTicks(draft)
    marks = live.marks()
    rows = [row for row in live.table.rows if marks[row.id].state is TickState.OPEN][:2]
    names = [row.id for row in rows]
    checks.tick(names, AT)
    checks.untick([*names, "nobody"], AT)
    first = f"{rows[0].person}，{rows[0].facts.payment_date} 缴"
    assert draft.history()[0].words == f"取消核对：{first}，等 3 行"


def test_a_failing_example_has_to_be_put_right_and_no_reason_answers_it(
    draft: OpenDraft,
) -> None:
    draft.change(FEE, "410", AT)
    finish(draft)
    blocking = [one for one in draft.live.warnings if one.blocks]
    assert blocking
    with pytest.raises(WarningNotAnsweredError):
        DraftTicks(draft).answer(blocking[0], "就是这样", AT)


def test_a_warning_is_answered_with_a_reason_that_stands_in_the_rules(
    own_data_dir: Path,
) -> None:
    desk = Desk.open(own_data_dir, AT)
    draft = desk.authoring.begin_from("wuxi-2026", AT)
    finish(draft)
    warning = next(one for one in draft.live.warnings if one.is_open)
    with pytest.raises(WarningReasonError):
        DraftTicks(draft).answer(warning, " ", AT)
    DraftTicks(draft).answer(warning, "通知第四条", AT)
    (said,) = draft.document.own["accepted"]
    assert said == {"warning": warning.kind, "where": warning.where, "reason": "通知第四条"}
    finish(draft)
    answered = [one for one in draft.live.warnings if one.where == warning.where]
    assert [one.is_open for one in answered if one.kind == warning.kind] == [False]
    desk.close(with_backup=False)


def test_what_was_built_over_older_rules_while_newer_came_is_built_anew(
    own_data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk.open(own_data_dir, AT, roots=demo_roots())
    draft = desk.authoring.begin_from("guangxi-2025", AT)
    over: list[bytes] = []

    def built(document: PlaceDocument, payload: bytes, in_use: RuleBook) -> LiveDraft:
        if not over:
            # A thread builds; meanwhile somebody takes newer rules in.
            desk.rules.install(desk.rules.planner(newer_rules(revision=2))(), AT)
            draft.lie_over_new()
        over.append(payload)
        return LiveDraft(document, payload, in_use)

    monkeypatch.setattr(open_draft, "LiveDraft", built)
    draft.build_live()
    live = draft.live
    assert [payload == draft.context.opened.payload for payload in over] == [False, True]
    assert draft.live is live, "and then it is kept"
    desk.close(with_backup=False)
