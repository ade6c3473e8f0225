"""The self-check page: found slice by slice, read out, taken along as a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication

from medcounter.store.store_errors import DiskFullError
from tests.gui.counter_window import RESIDENT
from ui.qt_environment import input_method, machine

if TYPE_CHECKING:
    from tests.gui.counter_window import CounterWindow


def await_end(window: CounterWindow) -> None:
    """Wait for a check, which starts the print process: slow on a loaded machine."""
    window.qtbot.waitUntil(
        lambda: not window.text("check_summary").startswith("正在"), timeout=60_000
    )


def check(window: CounterWindow) -> list[list[str]]:
    window.press("Ctrl+6")
    window.qtbot.waitUntil(
        lambda: not window.text("check_summary").startswith("正在"), timeout=60_000
    )
    return window.rows("check_list")


def test_the_check_walks_the_ledger_while_the_window_stays_awake(window: CounterWindow) -> None:
    rows = check(window)
    assert [row[1] for row in rows][-1] == "台账核对"
    assert {row[0] for row in rows} <= {"✓ 正常", "⚠ 留意"}
    assert window.text("check_summary").startswith(("可以出单", "一切正常"))


def test_the_arrow_keys_walk_the_findings(window: CounterWindow) -> None:
    check(window)
    assert window.focus() == "check_list"


def test_the_report_is_taken_along_without_what_was_typed(window: CounterWindow) -> None:
    window.type(RESIDENT)
    check(window)
    window.press("Ctrl+Shift+C")
    report = QGuiApplication.clipboard().text()
    assert "台账核对" in report
    assert RESIDENT not in report


def test_a_check_can_be_made_again(window: CounterWindow) -> None:
    before = check(window)
    window.press("F5")
    window.qtbot.waitUntil(
        lambda: not window.text("check_summary").startswith("正在"), timeout=60_000
    )
    assert [row[1] for row in window.rows("check_list")] == [row[1] for row in before]


def test_a_check_that_breaks_off_is_not_called_a_good_one(
    window: CounterWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_given: object) -> None:
        raise DiskFullError

    monkeypatch.setattr("ui.views.check.check_session.ledger_findings", fails)
    check(window)
    assert window.text("check_summary") == DiskFullError().text


@pytest.mark.usefixtures("qapp")
def test_the_fonts_that_ship_draw_every_common_character() -> None:
    common = machine((), "", "").characters[0]
    assert (common.total, common.printed) == (20_902, 20_902)


@pytest.mark.parametrize(
    ("system", "environment", "plugins", "said"),
    [
        ("win32", {}, (), "系统自带的输入法"),
        ("linux", {}, (), ""),
        ("linux", {"QT_IM_MODULE": "ibus"}, ("libibusplatforminputcontextplugin.so",), "ibus"),
        ("linux", {"QT_IM_MODULE": "fcitx5"}, ("libfcitxplatforminputcontext.so",), "fcitx5"),
        ("linux", {"XMODIFIERS": "@im=fcitx"}, (), "fcitx（经由系统）"),
        ("linux", {"QT_IM_MODULE": "compose"}, (), ""),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, (), "桌面自带的输入法"),
    ],
)
def test_the_input_method_is_named(
    system: str, environment: dict[str, str], plugins: tuple[str, ...], said: str
) -> None:
    assert input_method(system, environment, plugins) == said
