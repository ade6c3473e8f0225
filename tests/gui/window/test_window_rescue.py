"""A ledger that does not open: what the clerk reads, what is offered, how service goes on."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QPushButton

from medcounter.desk.access import sign_in
from medcounter.desk.desk import Desk
from medcounter.desk.folder_kinds import emergency_folder
from tests.gui.counter_window import LARGE, RESIDENT, SETTINGS, CounterWindow, dress
from tests.gui.finding import child, shown
from tests.support.desk.counter_samples import HALL, OPENED_AT, Clock, Counter, ledger_page
from tests.support.store.store_samples import demo_roots
from ui.dialogs.emergency_dialog import EmergencyDialog
from ui.dialogs.restore_dialog import RestoreDialog

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

SPOILT = b"spoilt" * 10_000


def serve_morning(folder: Path) -> None:
    """Issue two notices that are backed up and one that is not."""
    counter = Counter(Desk.open(folder, OPENED_AT, roots=demo_roots()))
    counter.desk.save_settings(HALL, counter.clock())
    for name in ("张三", "李四"):
        issued = counter.issue(name)
        counter.desk.notices.mark_printed(issued.notice.number or "", 1, counter.clock(), ok=True)
    counter.desk.backups.back_up()
    counter.issue("王五")
    counter.desk._store.close(with_backup=False)  # noqa: SLF001 - as a power cut leaves it


@pytest.fixture
def failing(unopened: CounterWindow, hall_folder: Path) -> CounterWindow:
    """A window whose ledger is damaged."""
    serve_morning(hall_folder)
    (hall_folder / "ledger.db").write_bytes(SPOILT)
    unopened.clock.move(30)
    with unopened.qtbot.waitSignal(unopened.counter.refused):
        unopened.counter.begin()
    return unopened


def press(window: CounterWindow, name: str) -> None:
    child(window.window, QPushButton, name).click()


def confirm(window: CounterWindow, kind: type[QDialog], name: str, button: str) -> None:
    dialog = shown(window.window, kind, name)
    assert dialog is not None
    child(dialog, QPushButton, button).click()


def numbers(window: CounterWindow) -> list[str]:
    desk = window.counter.session.desk
    assert desk is not None
    return [row.number for row in ledger_page(desk).rows]


def test_a_damaged_ledger_is_said_with_what_the_backup_lacks(failing: CounterWindow) -> None:
    assert "没有改动任何数据" in failing.text("start_error_text")
    assert "medcounter restore" not in failing.text("start_error_text")
    assert "之后的 2 条记录不在其中" in failing.text("start_error_offer")
    for name in ("restore_backup", "drill_backup", "look_at_backup", "go_on", "choose_backup"):
        assert failing.is_shown(f"{name}_button")
    for name in ("find_key", "choose_folder"):
        assert not failing.is_shown(f"{name}_button")


def test_a_drill_tells_that_the_backup_can_be_restored(
    failing: CounterWindow, hall_folder: Path
) -> None:
    press(failing, "drill_backup_button")
    assert not failing.can("restore_backup_button")
    failing.qtbot.waitUntil(lambda: "演练成功" in failing.text("start_error_said"))
    assert failing.can("restore_backup_button")
    assert (hall_folder / "ledger.db").read_bytes() == SPOILT


def test_restoring_opens_the_counter_again_and_gives_no_number_twice(
    failing: CounterWindow, hall_folder: Path
) -> None:
    press(failing, "restore_backup_button")
    with failing.qtbot.waitSignal(failing.counter.opened):
        confirm(failing, RestoreDialog, "restore_dialog", "restore_confirm")
    assert "已恢复备份" in failing.text("alert_text")
    assert "编号 2025-03-000003 及以前的已经用过" in failing.text("alert_text")
    assert numbers(failing) == ["2025-03-000002", "2025-03-000001"]
    (aside,) = (hall_folder / "replaced").iterdir()
    assert (aside / "ledger.db").read_bytes() == SPOILT
    press(failing, "alert_later")
    failing.shell.activateWindow()
    failing.type(RESIDENT)
    failing.press("Return")
    failing.type("吴建国")
    failing.press("F9", "Ctrl+F9")
    assert numbers(failing)[0] == "2025-03-000004"


def test_a_backup_can_be_looked_at_and_nothing_is_issued_from_it(
    failing: CounterWindow, hall_folder: Path
) -> None:
    with failing.qtbot.waitSignal(failing.counter.opened):
        press(failing, "look_at_backup_button")
    assert "现在看的是备份" in failing.text("alert_text")
    assert numbers(failing) == ["2025-03-000002", "2025-03-000001"]
    failing.type(RESIDENT)
    failing.press("Return")
    failing.type("吴建国")
    failing.press("F9")
    assert "只能查看" in failing.text("message_strip")
    with failing.qtbot.waitSignal(failing.counter.refused):
        press(failing, "alert_way_0")
    assert failing.is_shown("restore_backup_button")
    assert (hall_folder / "ledger.db").read_bytes() == SPOILT


def test_service_goes_on_in_an_emergency_ledger_and_comes_back(
    failing: CounterWindow, hall_folder: Path
) -> None:
    press(failing, "go_on_button")
    with failing.qtbot.waitSignal(failing.counter.opened):
        confirm(failing, EmergencyDialog, "emergency_dialog", "emergency_confirm")
    assert "正在用应急台账，编号用 93 号窗口" in failing.text("alert_text")
    failing.shell.activateWindow()
    failing.type(RESIDENT)
    failing.press("Return")
    failing.type("吴建国")
    failing.press("F9")
    (number,) = numbers(failing)
    # One made before and taken away may have given the first ones.
    assert re.fullmatch(r"2025-93-0[1-9]\d{4}", number)
    assert (hall_folder / "ledger.db").read_bytes() == SPOILT
    assert emergency_folder(hall_folder).is_dir()
    with failing.qtbot.waitSignal(failing.counter.refused):
        press(failing, "alert_way_0")
    assert failing.is_shown("restore_backup_button")


def test_the_emergency_ledger_is_refused_under_the_own_desk_number(
    failing: CounterWindow, hall_folder: Path
) -> None:
    press(failing, "go_on_button")
    dialog = shown(failing.window, EmergencyDialog, "emergency_dialog")
    assert dialog is not None
    failing.press("Ctrl+A")
    failing.type("03")
    failing.press("Return")
    assert "编号会重复" in failing.text("start_error_said")
    assert not emergency_folder(hall_folder).exists()


def test_a_missing_ledger_is_not_replaced_by_an_empty_one(
    unopened: CounterWindow, hall_folder: Path
) -> None:
    serve_morning(hall_folder)
    (hall_folder / "ledger.db").unlink()
    with unopened.qtbot.waitSignal(unopened.counter.refused):
        unopened.counter.begin()
    assert "不会新建空台账" in unopened.text("start_error_text")
    assert not (hall_folder / "ledger.db").exists()


def test_a_missing_key_is_found_again_on_a_stick(
    unopened: CounterWindow, hall_folder: Path, tmp_path: Path
) -> None:
    serve_morning(hall_folder)
    stick = tmp_path / "keyslots.json"
    shutil.move(hall_folder / "keyslots.json", stick)
    (hall_folder / "backups" / "keyslots.json").unlink()
    with unopened.qtbot.waitSignal(unopened.counter.refused):
        unopened.counter.begin()
    assert "keyslots.json" in unopened.text("start_error_text")
    press(unopened, "find_key_button")
    files = child(unopened.window, QFileDialog, "rescue_key")
    files.close()
    with unopened.qtbot.waitSignal(unopened.counter.opened):
        files.fileSelected.emit(str(stick))
    assert len(numbers(unopened)) == 3


def test_a_ledger_of_a_newer_program_is_left_alone(
    unopened: CounterWindow, hall_folder: Path
) -> None:
    serve_morning(hall_folder)
    data = b'{"cipher":"new","format":99}'
    for place in (hall_folder, hall_folder / "backups"):
        (place / "keyslots.json").write_bytes(data)
    with unopened.qtbot.waitSignal(unopened.counter.refused):
        unopened.counter.begin()
    assert not unopened.is_shown("restore_backup_button")
    assert (hall_folder / "keyslots.json").read_bytes() == data


def test_an_old_ledger_put_back_is_only_looked_into_and_can_be_restored(
    unopened: CounterWindow, hall_folder: Path
) -> None:
    counter = Counter(Desk.open(hall_folder, OPENED_AT))
    counter.issue("张三")
    counter.desk.close()
    old = (hall_folder / "ledger.db").read_bytes()
    counter = Counter(Desk.open(hall_folder, OPENED_AT), issued=1)
    counter.clock.move(5)
    counter.issue("李四")
    counter.desk.close()
    (hall_folder / "ledger.db").write_bytes(old)
    unopened.clock.move(60)
    unopened.open()
    assert "只能查看" in unopened.text("alert_text")
    assert "medcounter" not in unopened.text("alert_text")
    with unopened.qtbot.waitSignal(unopened.counter.refused):
        press(unopened, "alert_way_0")
    press(unopened, "restore_backup_button")
    with unopened.qtbot.waitSignal(unopened.counter.opened):
        confirm(unopened, RestoreDialog, "restore_dialog", "restore_confirm")
    assert len(numbers(unopened)) == 2


def test_a_folder_that_is_synced_is_refused_and_another_can_be_chosen(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    dress(qapp)
    window = CounterWindow(qtbot, tmp_path / "OneDrive" / "data", Clock(), LARGE)
    with qtbot.waitSignal(window.counter.refused):
        window.counter.begin()
    assert "自动同步" in window.text("start_error_text")
    press(window, "choose_folder_button")
    files = child(window.window, QFileDialog, "rescue_folder")
    files.close()
    sign_in.choose_open(tmp_path / "plain", OPENED_AT)
    with qtbot.waitSignal(window.counter.opened):
        files.fileSelected.emit(str(tmp_path / "plain"))
    window.counter.close()


def test_who_knows_that_a_folder_is_synced_goes_on_and_is_warned_for_as_long(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    dress(qapp)
    folder = tmp_path / "坚果云" / "data"
    window = CounterWindow(qtbot, folder, Clock(), LARGE)
    with qtbot.waitSignal(window.counter.refused):
        window.counter.begin()
    press(window, "stay_here_button")
    qtbot.waitUntil(lambda: window.counter.window.covered_by == "choice_page", timeout=10_000)
    sign_in.choose_open(folder, OPENED_AT)
    window.counter.close()
    again = CounterWindow(qtbot, folder, Clock(), LARGE)
    with qtbot.waitSignal(again.counter.opened):
        again.counter.begin()
    assert "“坚果云”自动同步的文件夹里" in " ".join(all_texts(again))
    again.counter.close()


def all_texts(window: CounterWindow) -> list[str]:
    labels: list[QLabel] = list(window.shell.findChildren(QLabel))
    return [label.text() for label in labels]


def test_an_emergency_ledger_that_fails_offers_no_way_out_of_the_other_folder(
    failing: CounterWindow, hall_folder: Path
) -> None:
    emergency = emergency_folder(hall_folder)
    emergency.mkdir(parents=True)
    (emergency / "settings.json").write_text(SETTINGS, encoding="utf-8")
    serve_morning(emergency)
    (emergency / "ledger.db").write_bytes(SPOILT)
    press(failing, "go_on_button")
    with failing.qtbot.waitSignal(failing.counter.refused):
        confirm(failing, EmergencyDialog, "emergency_dialog", "emergency_confirm")
    press(failing, "restore_backup_button")
    with failing.qtbot.waitSignal(failing.counter.opened):
        confirm(failing, RestoreDialog, "restore_dialog", "restore_confirm")
    assert (hall_folder / "ledger.db").read_bytes() == SPOILT
    assert (emergency / "ledger.db").read_bytes() != SPOILT


def test_once_the_ledger_is_open_no_way_out_is_left(failing: CounterWindow) -> None:
    press(failing, "restore_backup_button")
    with failing.qtbot.waitSignal(failing.counter.opened):
        confirm(failing, RestoreDialog, "restore_dialog", "restore_confirm")
    failing.counter.window.act("restore_backup")
    assert shown(failing.window, RestoreDialog, "restore_dialog") is None
