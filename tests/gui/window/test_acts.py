"""One registry of acts: what the table of keys names, somebody does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcounter.desk.safety import alerts
from ui.acts import Acts
from ui.shortcuts import SHORTCUTS

if TYPE_CHECKING:
    from tests.gui.counter_window import CounterWindow


def test_an_act_that_nobody_offers_is_asked_of_the_rest_once_and_then_done() -> None:
    done: list[str] = []
    acts = Acts(lambda: acts.offer({"late": lambda: done.append("late")}))
    acts.do("late")
    acts.do("late")
    assert done == ["late", "late"]


def test_what_was_withdrawn_is_not_done_and_breaks_nothing() -> None:
    done: list[str] = []
    acts = Acts(lambda: None)
    acts.offer({"once": lambda: done.append("once")})
    acts.withdraw(["once", "never offered"])
    acts.do("once")
    assert done == []


def test_every_key_of_the_window_and_every_way_on_of_an_alert_has_somebody(
    window: CounterWindow,
) -> None:
    keys = {entry.action for entry in SHORTCUTS if entry.bound}
    ways = {
        alerts.BACK_UP, alerts.SETTLE, alerts.ACCEPT_CLOCK, alerts.CONFIRM_PRINT,
        alerts.PRINT_AGAIN, alerts.RETRY, alerts.OPEN_RESCUE, alerts.SHOW_RETENTION,
    }  # fmt: skip
    window.press("Ctrl+2")
    offered = window.counter._acts.offered  # noqa: SLF001 - who does what is what is asked
    assert keys | ways <= offered
