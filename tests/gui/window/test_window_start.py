"""The start: a first frame at once, nothing typed lost, errors told in the window."""

from __future__ import annotations

import gc
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QTableView

import medcounter
from medcounter.desk.desk import Desk
from medcounter.desk.safety.program_log import stop_log
from tests.gui.counter_window import RESIDENT
from tests.gui.finding import child
from tests.support.desk.counter_samples import OPENED_AT, last_draft
from ui import app
from ui.app import Start, TornApartError, check_side_by_side, named_folder
from ui.frame.shell import Shell
from ui.messages import GOOD, Message
from ui.other_views import VIEWS
from ui.qt_translations import install_translations

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.gui.counter_window import CounterWindow

ROOT = Path(__file__).resolve().parents[3]
FIRST_NOTICE = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ui.counter import Counter
from ui.surroundings import Surroundings
from ui.frame.shell import Shell
from tests.support.desk.counter_samples import Clock
from tests.support.store.store_samples import demo_roots

application = QApplication([])
shell = Shell()
counter = Counter(shell, Path(sys.argv[1]), Surroundings(clock=Clock(), roots=demo_roots()))

def issue_and_tell():
    session = counter.session
    for name, value in (("benefit_year", 2025), ("id_number", sys.argv[2]), ("name", "吴建国")):
        session.edit(name, value)
    session.issue()
    print(len(session.issuing.numbers), "ui.other_views" in sys.modules)
    counter.close()
    application.quit()

counter.opened.connect(lambda: QTimer.singleShot(0, issue_and_tell))
shell.show()
counter.begin()
application.exec()
"""
HEAVY = ("sqlcipher3", "sqlite_utils", "pydantic", "cryptography", "ui.main_window", "pypinyin")


def test_what_qt_itself_writes_is_chinese(qapp: QApplication) -> None:
    assert install_translations(qapp)
    said = qapp.translate("QFileDialog", "Look in:"), qapp.translate("QPlatformTheme", "Cancel")
    loaded: list[QTranslator] = list(qapp.findChildren(QTranslator))
    for translator in loaded:
        qapp.removeTranslator(translator)
    assert said == ("查找范围：", "取消")


def test_what_is_typed_into_the_first_frame_is_answered_later(unopened: CounterWindow) -> None:
    unopened.shell.activateWindow()
    unopened.type("360103198807")
    with unopened.qtbot.waitSignal(unopened.counter.opened):
        unopened.counter.begin()
        QTest.keyClicks(unopened.window.focusWidget(), "121237")
    assert unopened.typed("id_number") == RESIDENT
    assert unopened.text("id_number_note").startswith("男 · 36 岁")


def test_a_draft_is_back_after_a_crash(window: CounterWindow) -> None:
    window.type(RESIDENT)
    window.counter.session.save()
    assert window.counter.session.desk is not None
    kept = last_draft(window.counter.session.desk)
    assert kept is not None
    assert kept.id_number == RESIDENT


def test_a_change_is_saved_when_it_is_painted(window: CounterWindow) -> None:
    with window.qtbot.waitSignal(window.shell.frame_painted):
        QTest.keyClicks(window.focused(), "3601")
    desk = window.counter.session.desk
    assert desk is not None

    def kept() -> None:
        draft = last_draft(desk)
        assert draft is not None
        assert draft.id_number == "3601"

    window.qtbot.waitUntil(kept)


def test_a_ledger_in_use_is_told_in_the_window_and_tried_again(
    unopened: CounterWindow, hall_folder: Path
) -> None:
    other = Desk.open(hall_folder, OPENED_AT)
    with unopened.qtbot.waitSignal(unopened.counter.refused):
        unopened.counter.begin()
    assert "另一个已打开的本程序" in unopened.text("start_error_text")
    assert "不能测算" in unopened.text("start_error_blocked")
    other.close()
    with unopened.qtbot.waitSignal(unopened.counter.opened):
        unopened.press("Return")
    assert unopened.is_shown("counter_view")
    assert unopened.focus() == "id_number"


def test_a_file_that_is_no_ledger_is_told_in_the_window(
    unopened: CounterWindow, hall_folder: Path
) -> None:
    Desk.open(hall_folder, OPENED_AT).close()
    (hall_folder / "ledger.db").write_bytes(b"no database" * 1000)
    with unopened.qtbot.waitSignal(unopened.counter.refused):
        unopened.counter.begin()
    assert "不是本程序的台账" in unopened.text("start_error_text")


def test_the_first_frame_loads_neither_rules_nor_database() -> None:
    code = (
        "import sys; from ui import app; "
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_first_notice_waits_for_no_other_view(hall_folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FIRST_NOTICE, str(hall_folder), RESIDENT],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.split() == ["1", "False"]


def test_one_view_is_loaded_without_the_others() -> None:
    code = (
        "import sys; from ui import other_views; other_views.VIEWS['view_ledger'](); "
        "print(*sorted(name for name in sys.modules if name.startswith('ui.wiring.')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["ui.wiring.ledger_wiring", "ui.wiring.view_wiring"]


def test_each_view_is_opened_by_the_act_that_it_names() -> None:
    assert [load().view for load in VIEWS.values()] == list(VIEWS)


def test_the_window_is_built_after_the_first_frame_is_painted(
    qtbot: QtBot, qapp: QApplication, hall_folder: Path
) -> None:
    app.dress(qapp, hall_folder)
    shell = Shell()
    qtbot.addWidget(shell)
    start = Start(shell, hall_folder)
    with qtbot.waitSignal(shell.first_painted):
        shell.show()
    start.go_on()
    assert start.counter is not None
    with qtbot.waitSignal(start.counter.opened):
        shell.update()
    start.counter.close()
    gc.unfreeze()


def test_what_is_loaded_is_not_looked_through_again_and_what_a_desk_holds_is(
    qtbot: QtBot, hall_folder: Path
) -> None:
    shell = Shell()
    qtbot.addWidget(shell)
    start = Start(shell, hall_folder)
    gc.disable()
    start.go_on()
    assert start.counter is not None
    assert gc.isenabled()
    assert gc.get_freeze_count() > 0
    with qtbot.waitSignal(start.counter.opened):
        shell.show()
    # What is frozen is in no generation, and nobody would be told of it again.
    assert any(held is start.counter.session.desk for held in gc.get_objects())
    start.counter.close()
    gc.unfreeze()


def test_what_nobody_foresaw_is_told_calmly_and_logged_without_its_words(
    window: CounterWindow, caplog: pytest.LogCaptureFixture
) -> None:
    typed = "吴建国 360103198807121237"
    with pytest.raises(KeyError) as raised:
        dict[str, str]()[typed]
    start = Start(window.shell, window.folder)
    start.counter = window.counter
    with caplog.at_level(logging.ERROR):
        start.tell_calmly(KeyError, raised.value, raised.tb)
    assert "请再试一次" in window.text("message_strip")
    assert "故障报告在" in window.text("message_strip")
    (report,) = (window.folder / "logs").glob("report-*.txt")
    reported = report.read_text("utf-8")
    assert "KeyError" in reported
    assert "吴建国" not in reported
    assert RESIDENT not in reported
    assert "KeyError" not in window.text("message_strip")
    assert [record.getMessage() for record in caplog.records] == ["unforeseen"]
    logs = (window.folder / "logs").glob("*.log")
    written = "".join(log.read_text("utf-8") for log in logs)
    assert "KeyError" in written
    assert "吴建国" not in written
    assert typed not in written


def test_what_fails_while_the_window_is_built_is_told_and_logged_too(
    qtbot: QtBot, hall_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[int] = []
    monkeypatch.setattr(QApplication, "exit", ended.append)
    shell = Shell()
    qtbot.addWidget(shell)
    start = Start(shell, hall_folder)
    fault = KeyError(RESIDENT)
    start.tell_calmly(KeyError, fault, None)
    box = child(shell, QMessageBox, "unbuilt")
    assert "已有数据没有改动" in box.text()
    assert "故障报告在" in box.informativeText()
    stop_log()
    written = "".join(one.read_text("utf-8") for one in (hall_folder / "logs").iterdir())
    assert written.count("KeyError") > 1, "in the log and in the report"
    assert RESIDENT not in written
    box.buttons()[0].click()
    assert ended == [1]


def test_a_start_that_fails_while_it_builds_does_not_wait_without_a_word(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from ui import app, counter, unforeseen\n"
        "def broken(*_): raise KeyError\n"
        "def tell(*_): print('told'); app.QApplication.exit(1)\n"
        "counter.Counter.__init__, unforeseen.tell_unbuilt = broken, tell\n"
        "sys.exit(app.main(['--data-dir', sys.argv[1]]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert (done.stdout.split(), done.returncode) == (["told"], 1)


def test_a_core_from_another_installation_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    check_side_by_side()
    monkeypatch.setattr(medcounter, "__file__", str(tmp_path / "medcounter" / "__init__.py"))
    with pytest.raises(TornApartError, match="请重新安装"):
        check_side_by_side()


@pytest.mark.parametrize(
    ("words", "folder"),
    [([], None), (["--data-dir", "x"], Path("x")), (["--data-dir"], None)],
)
def test_the_data_folder_is_taken_from_the_words(words: list[str], folder: Path | None) -> None:
    assert folder == named_folder(words)


def test_a_larger_scale_rebuilds_the_window_with_what_was_typed(window: CounterWindow) -> None:
    window.type(RESIDENT)
    desk = window.counter.session.desk
    assert desk is not None
    narrow = child(window.window, QTableView, "options").verticalHeader().defaultSectionSize()
    window.press("Ctrl+5")
    window.tab_to("setting_scale")
    window.press(*["Down"] * 3, "Ctrl+S")
    assert desk.settings.scale == 150
    assert window.is_shown("settings_panel")
    window.press("Ctrl+1")
    assert window.typed("id_number") == RESIDENT
    wide = child(window.window, QTableView, "options").verticalHeader().defaultSectionSize()
    assert wide > narrow
    window.press("F2")
    assert window.focus() == "id_number"


def test_a_window_built_anew_hears_what_is_said_of_the_ledger(
    window: CounterWindow,
) -> None:
    window.type(RESIDENT)
    window.press("Ctrl+5")
    window.tab_to("setting_scale")
    window.press(*["Down"] * 3, "Ctrl+S")
    safety = window.counter._safety  # noqa: SLF001 - a backup takes its time
    assert safety is not None
    safety.reported.emit(Message(GOOD, "备份好了"))
    assert "备份好了" in window.text("message_strip")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows writes no core files")
def test_a_crash_leaves_no_memory_with_people_in_it_on_the_disk() -> None:
    asked = (
        "import resource; from ui.__main__ import leave_no_core; leave_no_core();"
        "print(resource.getrlimit(resource.RLIMIT_CORE)[0])"
    )
    words = ["sh", "-c", 'ulimit -S -c "$(ulimit -H -c)"; exec "$0" -c "$1"', sys.executable, asked]
    assert subprocess.run(words, capture_output=True, text=True, check=True).stdout == "0\n"
