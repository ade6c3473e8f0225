"""A damaged ledger where clerks sign in: restored here, and from another machine's backup."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QLineEdit, QPushButton

from medcounter.desk.access import sign_in
from medcounter.desk.access.access_records import LOCKED, RECOVERED
from medcounter.desk.desk import Desk
from tests.gui.counter_window import SETTINGS, CounterWindow, dress
from tests.gui.finding import child, shown
from tests.gui.signed_in import open_as, type_secret, wait_for_sign_in
from tests.support.desk.counter_samples import OPENED_AT, Clock, Counter, faults_of, ledger_page
from tests.support.store.access_samples import LI, SECRETS, WANG, ZHAO, locked_folder, pass_of
from tests.support.store.store_samples import AT
from ui.dialogs.backup_key_dialog import BackupKeyDialog
from ui.dialogs.restore_dialog import RestoreDialog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

SPOILT = b"spoilt" * 10_000


@pytest.fixture
def recovery_text(tmp_path: Path) -> str:
    return locked_folder(tmp_path / "signed")


@pytest.fixture
def signed(tmp_path: Path, recovery_text: str) -> Path:
    """A ledger with one notice, where clerks sign in."""
    assert recovery_text
    folder = tmp_path / "signed"
    (folder / "settings.json").write_text(SETTINGS, encoding="utf-8")
    counter = Counter(Desk.open(folder, AT, who=pass_of(folder)), Clock(AT))
    counter.issue("张三")
    counter.desk.backups.back_up(tmp_path / "stick")
    counter.desk.close()
    return folder


@pytest.fixture
def backup(signed: Path, tmp_path: Path) -> Path:
    """Its backup on a stick, with the key file beside it, far from its own machine."""
    (found,) = (tmp_path / "stick").rglob("*.db")
    shutil.rmtree(signed)
    return found


@pytest.fixture
def machine(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[CounterWindow]:
    """Another machine, without sign-in, whose ledger is damaged."""
    dress(qapp)
    folder = tmp_path / "machine"
    sign_in.choose_open(folder, OPENED_AT)
    (folder / "settings.json").write_text(SETTINGS, encoding="utf-8")
    Desk.open(folder, OPENED_AT).close()
    (folder / "ledger.db").write_bytes(SPOILT)
    window = CounterWindow(qtbot, folder, Clock(AT))
    with qtbot.waitSignal(window.counter.refused):
        window.counter.begin()
    yield window
    window.counter.close()


def press(window: CounterWindow, name: str) -> None:
    child(window.window, QPushButton, name).click()


def confirm_restore(window: CounterWindow) -> None:
    dialog = shown(window.window, RestoreDialog, "restore_dialog")
    assert dialog is not None
    child(dialog, QPushButton, "restore_confirm").click()


def choose(window: CounterWindow, backup: Path) -> BackupKeyDialog:
    """Choose a backup from elsewhere, and come as far as its key is asked for."""
    press(window, "choose_backup_button")
    files = child(window.window, QFileDialog, "rescue_backup")
    files.close()
    files.fileSelected.emit(str(backup))
    confirm_restore(window)
    dialog = shown(window.window, BackupKeyDialog, "backup_key_dialog")
    assert dialog is not None
    return dialog


def said(dialog: BackupKeyDialog) -> str:
    return child(dialog, QLabel, "backup_key_said").text()


def give(dialog: BackupKeyDialog, name: str, secret: str) -> None:
    child(dialog, QComboBox, "backup_key_name").setCurrentText(name)
    child(dialog, QLineEdit, "backup_key_secret").setText(secret)
    child(dialog, QPushButton, "backup_key_open").click()


def total(window: CounterWindow) -> int:
    desk = window.counter.session.desk
    assert desk is not None
    assert faults_of(desk) == ()
    return ledger_page(desk).total


def who(window: CounterWindow) -> str:
    desk = window.counter.session.desk
    assert desk is not None
    assert desk.access.who is not None
    return desk.access.who.name


def test_who_signed_in_restores_a_damaged_ledger_without_being_asked_again(
    qtbot: QtBot, qapp: QApplication, signed: Path
) -> None:
    dress(qapp)
    (signed / "ledger.db").write_bytes(SPOILT)
    window = CounterWindow(qtbot, signed, Clock(AT))
    window.counter.begin()
    qtbot.waitUntil(lambda: window.counter.window.covered_by == "sign_in_page", timeout=10_000)
    child(window.window, QComboBox, "sign_in_name").setCurrentText(LI)
    child(window.window, QLineEdit, "sign_in_secret").setText(SECRETS[LI])
    with qtbot.waitSignal(window.counter.refused, timeout=15_000):
        press(window, "sign_in_button")
    press(window, "restore_backup_button")
    with qtbot.waitSignal(window.counter.opened, timeout=15_000):
        confirm_restore(window)
    assert (total(window), who(window)) == (1, LI)
    window.counter.close()


def test_a_backup_of_another_machine_is_restored_by_its_own_sign_in(
    machine: CounterWindow, backup: Path
) -> None:
    dialog = choose(machine, backup)
    assert not child(dialog, QPushButton, "backup_key_open").isEnabled()
    give(dialog, ZHAO, "wrong")
    machine.qtbot.waitUntil(lambda: "没有登录" in said(dialog), timeout=10_000)
    assert (machine.folder / "ledger.db").read_bytes() == SPOILT
    with machine.qtbot.waitSignal(machine.counter.opened, timeout=15_000):
        give(dialog, ZHAO, SECRETS[ZHAO])
    assert sign_in.state(machine.folder).kind == LOCKED
    assert (total(machine), who(machine)) == (1, ZHAO)


def test_it_is_restored_by_the_recovery_key_as_well(
    machine: CounterWindow, backup: Path, recovery_text: str
) -> None:
    dialog = choose(machine, backup)
    typed, pressed = (
        child(dialog, QLineEdit, "backup_key_recovery"),
        child(dialog, QPushButton, "backup_key_open"),
    )
    typed.setText(recovery_text[:-1])
    pressed.click()
    machine.qtbot.waitUntil(lambda: "组" in said(dialog), timeout=10_000)
    assert pressed.isEnabled()
    typed.setText(recovery_text)
    with machine.qtbot.waitSignal(machine.counter.opened, timeout=15_000):
        pressed.click()
    assert (total(machine), who(machine)) == (1, RECOVERED)


def test_who_gives_up_the_sign_in_changes_nothing(machine: CounterWindow, backup: Path) -> None:
    choose(machine, backup).reject()
    assert machine.can("choose_backup_button")
    assert (machine.folder / "ledger.db").read_bytes() == SPOILT


def test_an_auditor_restores_nothing(machine: CounterWindow, backup: Path) -> None:
    dialog = choose(machine, backup)
    give(dialog, WANG, SECRETS[WANG])
    machine.qtbot.waitUntil(
        lambda: "审计人员只能查看" in machine.text("start_error_said"), timeout=15_000
    )
    assert machine.can("choose_backup_button")
    assert (machine.folder / "ledger.db").read_bytes() == SPOILT


def test_a_key_file_that_cannot_be_opened_is_told_with_the_ways_out(
    qtbot: QtBot, qapp: QApplication, signed: Path
) -> None:
    dress(qapp)
    key_file = signed / "keyslots.json"
    found = key_file.rename(signed.parent / "found.json")
    key_file.mkdir()
    window = CounterWindow(qtbot, signed, Clock(AT))
    with qtbot.waitSignal(window.counter.refused):
        window.counter.begin()
    assert str(key_file) in window.text("start_error_text")
    assert window.is_shown("go_on_button")
    press(window, "find_key_button")
    child(window.window, QFileDialog, "rescue_key").fileSelected.emit(str(found))
    qtbot.waitUntil(lambda: window.counter.window.covered_by == "sign_in_page", timeout=10_000)
    window.counter.close()


def test_a_locked_screen_says_that_the_key_file_cannot_be_opened(
    qtbot: QtBot, qapp: QApplication, signed: Path
) -> None:
    dress(qapp)
    window = CounterWindow(qtbot, signed, Clock(AT))
    open_as(window, WANG)
    window.press("Return")
    window.type("张")
    window.press("Ctrl+L")
    wait_for_sign_in(window)
    key_file = signed / "keyslots.json"
    key_file.rename(signed.parent / "found.json")
    key_file.mkdir()
    type_secret(window, WANG)
    qtbot.waitUntil(lambda: str(key_file) in window.text("sign_in_page_said"), timeout=15_000)
    window.counter.close()
