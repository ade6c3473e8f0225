"""Long work in a view: what its bar says of Esc is what Esc does there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.gui.finding import child
from tests.gui.views.studio.test_studio_view import begin
from ui.views.studio.live.base_flow import BaseFlow
from ui.views.studio.release.release_flow import ReleaseFlow
from ui.widgets.work_bar import WorkBar

if TYPE_CHECKING:
    from tests.gui.counter_window import CounterWindow


def at_work(window: CounterWindow, name: str) -> list[str]:
    """Let a bar show work, and keep what stops it."""
    bar = child(window.window, WorkBar, name)
    stopped: list[str] = []

    def stop() -> None:
        stopped.append(name)
        bar.show_work("", 0, 0)

    bar.stopped.connect(stop)
    bar.show_work("正在打印 3 / 200", 3, 200)
    return stopped


@pytest.mark.parametrize(
    ("opens", "panel", "bar"),
    [
        ("Ctrl+2", "ledger_panel", "ledger_work"),
        ("Ctrl+3", "roster_panel", "papers_work"),
        ("Ctrl+3", "roster_panel", "roster_work"),
    ],
)
def test_esc_stops_the_work_that_says_so_and_only_then_leaves_the_view(
    window: CounterWindow, opens: str, panel: str, bar: str
) -> None:
    window.press(opens)
    stopped = at_work(window, bar)
    window.press("Esc")
    assert stopped == [bar]
    assert window.is_shown(panel)
    window.press("Esc")
    assert stopped == [bar]
    assert not window.is_shown(panel)


def test_esc_stops_printing_though_something_stands_in_the_search(window: CounterWindow) -> None:
    window.press("Ctrl+2")
    window.type("吴")
    stopped = at_work(window, "ledger_work")
    window.press("Esc")
    assert stopped == ["ledger_work"]
    assert window.typed("ledger_search") == "吴"


def test_two_comparisons_of_a_draft_are_seen_and_stopped_one_by_one(window: CounterWindow) -> None:
    begin(window)
    release, base = child(window.window, ReleaseFlow, ""), child(window.window, BaseFlow, "")
    release.worked.emit("正在验证要签的规则，已 4 秒", 0, 0)
    base.worked.emit("正在与原来的规则比较，已 2 秒", 0, 0)
    assert window.text("studio_work_text") == "正在验证要签的规则，已 4 秒"
    assert window.text("studio_base_work_text") == "正在与原来的规则比较，已 2 秒"
    base.worked.emit("", 0, 0)
    assert window.is_shown("studio_work")
    assert not window.is_shown("studio_base_work")


def test_of_two_works_each_esc_stops_one(window: CounterWindow) -> None:
    window.press("Ctrl+3")
    stopped = at_work(window, "papers_work")
    also = at_work(window, "roster_work")
    window.press("Esc", "Esc")
    assert (stopped, also) == (["papers_work"], ["roster_work"])
    assert window.is_shown("roster_panel")
