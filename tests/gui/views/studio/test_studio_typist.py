"""A small place made from an empty draft by keys alone, straight down, and the keys counted."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtWidgets import QApplication

from medcounter.desk.authoring.draft_rolling import DraftRolling
from tests.gui.finding import child
from tests.gui.signed_in import desk_of
from tests.support.authoring.trial_answers import (
    DOUBTED_BY_HAND,
    document_by_hand,
    doubted_by_hand,
    people_of,
)
from tests.support.desk.counter_samples import BEIJING
from ui.views.studio.studio_session import StudioSession

if TYPE_CHECKING:
    from medcounter.desk.authoring.open_draft import OpenDraft
    from tests.gui.counter_window import CounterWindow

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

# What a typist may need for a source, two periods, the standard and the subsidy. The title, the
# publisher and the clauses alone are 34 characters.
MOST_KEYS = 90
# Jiangxi 2026 to 2027: eight questions, and some ten sections whose clauses are looked through.
MOST_KEYS_OF_A_YEAR = 70
SEASON = datetime(2026, 11, 29, 10, 5, tzinfo=BEIJING)


def open_draft(window: CounterWindow) -> OpenDraft:
    """The draft that is open in the window."""
    session = child(window.window, StudioSession, "studio_session")
    assert session.draft is not None
    return session.draft


def fill(window: CounterWindow, *texts: str) -> None:
    """Type what the next fields ask for, one after the other."""
    for number, text in enumerate(texts):
        if number:
            window.press("Return")
        window.type(text)


def write_notice(window: CounterWindow) -> None:
    """Type an announcement of Wuxi for 2026, made up, from an empty draft."""
    window.press("Ctrl+7", "Ctrl+N")
    window.type("wx")
    window.press("Return")
    window.type("2026")
    # The year's rules are offered first, last year's next, and a blank as the last.
    window.press("Tab", "Tab", "End", "Return")
    window.press("Ctrl+PgDown", "Alt+1")
    fill(window, "无锡市2026年度居民医保参保缴费通知", "无锡市医疗保障局", "2025-8-20")
    window.press("Ctrl+PgDown", "Alt+1")
    fill(window, "9.1", "12.31", "缴费时间")
    window.press("Alt+2")
    # The clause of the period before stands there already.
    window.type("6.30")
    window.press("Ctrl+PgDown", "Alt+1")
    fill(window, "400", "缴费标准")
    window.press("Alt+6")
    window.type("670")
    window.press("Return")


def rules_by_question(draft: OpenDraft) -> dict[str, list[dict[str, Any]]]:
    """The rules of a draft by the question they answer."""
    found: dict[str, list[dict[str, Any]]] = {}
    for rule in draft.document.own["rules"]:
        found.setdefault(rule["question"], []).append(rule)
    return found


def test_a_notice_typed_straight_down_becomes_rules_in_few_keys(window: CounterWindow) -> None:
    window.pressed = 0
    write_notice(window)
    assert window.pressed <= MOST_KEYS
    draft = open_draft(window)
    assert draft.document.content["sources"][0]["published"] == "2025-08-20"
    rules = rules_by_question(draft)
    periods = [(rule["when"]["from"], rule["when"]["to"]) for rule in rules["window"]]
    assert periods == [("2025-09-01", "2025-12-31"), ("2026-01-01", "2026-06-30")]
    assert [rule["answer"]["kind"] for rule in rules["window"]] == ["main", "late"]
    (standard,) = rules["standard"]
    assert [item["amount"] for item in standard["answer"]["items"]] == ["400.00"]
    (subsidy,) = rules["subsidy"]
    assert subsidy["answer"]["amount"] == "670.00"


def test_what_was_typed_is_what_residents_pay_on_the_right(window: CounterWindow) -> None:
    write_notice(window)
    window.qtbot.waitUntil(
        lambda: any(row[2].endswith("¥400.00") for row in window.rows("studio_samples")),
        timeout=30_000,
    )
    assert "集中征缴期" in window.text("studio_day_said")


def test_taking_back_undoes_what_was_typed_and_the_draft_says_so(window: CounterWindow) -> None:
    write_notice(window)
    before = len(open_draft(window).document.own["rules"])
    while len(open_draft(window).document.own["rules"]) == before:
        window.press("Ctrl+Z")
    assert len(open_draft(window).document.own["rules"]) == before - 1
    window.press("Ctrl+Y")
    assert len(open_draft(window).document.own["rules"]) == before


def test_last_years_rules_are_rolled_forward_in_few_keys_and_nothing_stays_unasked(
    unopened: CounterWindow,
) -> None:
    unopened.clock.now = SEASON
    unopened.open()
    window = unopened
    window.pressed = 0
    window.press("Ctrl+7", "Ctrl+N")
    window.type("jx")
    window.press("Return")
    window.type("2027")
    window.press("Return")
    roll = DraftRolling(open_draft(window))
    window.press("Return")
    for answer in ("10.8 1.31", "12.31", "430", "724", "=", "=", "=", "="):
        window.type(answer)
        window.press("Return")
    assert roll.questions == ()
    carried = len(roll.carried)
    assert carried > 30
    while roll.carried:
        before = len(roll.carried)
        window.press("Ctrl+Shift+K")
        if QApplication.activeModalWidget() is not None:
            # Last year's clauses are never taken over unseen: they are asked, all at once.
            assert len(roll.carried) == before
            window.press("Return")
    assert window.pressed <= MOST_KEYS_OF_A_YEAR
    rules = rules_by_question(open_draft(window))
    main = next(one for one in rules["window"] if one["answer"]["kind"] == "main")
    assert (main["when"]["from"], main["when"]["to"]) == ("2026-10-08", "2027-01-31")
    amounts = {item["amount"] for rule in rules["standard"] for item in rule["answer"]["items"]}
    assert "430.00" in amounts
    assert "400.00" not in amounts
    assert [rule["answer"]["amount"] for rule in rules["subsidy"]] == ["724.00"]
    # Counted from 2025 on is a part of the rule's meaning: nobody said that it moved.
    assert rules["incentive"][0]["answer"]["counted_from"] == 2025
    # Who wrote the other rules knew the announcement alone.
    cells = people_of(document_by_hand("jiangxi-2027"), desk_of(window).rule_book)
    book = open_draft(window).live.rules.book
    assert book is not None
    assert doubted_by_hand(book, cells, "jiangxi-2027").keys() <= DOUBTED_BY_HAND.keys()
