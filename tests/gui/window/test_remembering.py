"""The window remembers folders and columns, and opens the folder of what was saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from tests.gui.finding import child
from tests.gui.mouse import click
from ui.file_dialogs import destination_dialog
from ui.messages import GOOD, Message
from ui.remembering import remembering
from ui.views.ledger.ledger_panel import LedgerPanel

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QUrl

    from tests.gui.counter_window import CounterWindow


def test_a_file_is_offered_where_the_last_of_its_kind_was(
    window: CounterWindow, tmp_path: Path
) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    other = tmp_path / "other"
    other.mkdir()
    for name, folder in (("save_pdf_files", usb), ("export_files", other)):
        dialog = destination_dialog(window.window, name, "存", "a.pdf")
        dialog.fileSelected.emit(str(folder / "a.pdf"))
    again = destination_dialog(window.window, "save_pdf_files", "存", "b.pdf")
    assert again.directory().absolutePath() == str(usb)
    usb.rmdir()
    gone = destination_dialog(window.window, "save_pdf_files", "存", "d.pdf")
    assert gone.directory().absolutePath() != str(usb)


def test_chosen_columns_stay_for_the_next_time(window: CounterWindow) -> None:
    click(window, "view_ledger_tab")
    panel = child(window.window, LedgerPanel, "ledger_panel")
    panel.columns_chosen.emit(("number", "clerk"))
    memory = remembering()
    assert memory is not None
    assert memory.ledger_columns == ("number", "clerk")
    window.counter.close()
    assert remembering() is None


def test_what_was_saved_has_a_button_that_opens_its_folder(
    window: CounterWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    # The desktop would open a window of its own.
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    window.counter.window.show_message(Message(GOOD, "已存", folder=str(tmp_path)))
    click(window, "message_folder")
    assert [one.toLocalFile() for one in opened] == [str(tmp_path)]
    window.counter.window.show_message(Message(GOOD, "别的"))
    assert not child(window.window, QWidget, "message_folder").isVisible()
