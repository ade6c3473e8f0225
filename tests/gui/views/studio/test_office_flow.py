"""An office's signature: what was signed for one draft is never saved as another's."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QDialog, QFileDialog, QStackedWidget, QWidget

from medcounter.desk.authoring.draft_release import OfficeHead
from tests.support.store.store_samples import AT
from ui.dialogs.waiting_dialogs import DialogGate, WaitingDialogs
from ui.views.studio.release import office_flow
from ui.views.studio.release.office_dialog import OfficeDialog
from ui.views.studio.release.office_flow import OfficeFlow

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from medcounter.desk.authoring.open_draft import OpenDraft
    from medcounter.desk.desk import Desk


class Signing:
    """Stands in for DraftRelease: signs with the name of the draft's place."""

    saved: list[tuple[str, str]]

    def __init__(self, draft: SimpleNamespace, _signing: object) -> None:
        self._region: str = draft.stored.place.region

    def office_head(self) -> OfficeHead:
        return OfficeHead(1, date(2027, 12, 31))

    def office_work(self, *_: object) -> Callable[[], bytes]:
        return self._region.encode

    def save_office(self, path: Path, data: bytes) -> None:
        self.saved.append((path.name, data.decode()))


def draft_of(region: str) -> OpenDraft:
    """As much of a draft as an office signs."""
    place = SimpleNamespace(region=region, year=2027)
    live, stored = SimpleNamespace(is_checked=True), SimpleNamespace(place=place)
    return cast("OpenDraft", SimpleNamespace(live=live, stored=stored))


def gate_over(window: QWidget) -> DialogGate:
    """The gate of a view that is always seen."""
    views = QStackedWidget(window)
    dialogs = WaitingDialogs(window, views, lambda _act: True, lambda _message: None)
    return DialogGate(dialogs, "view_studio")


def sign(window: QWidget) -> OfficeDialog:
    """Name a key in the dialog that is open."""
    dialogs: list[OfficeDialog] = list(window.findChildren(OfficeDialog))
    (dialog,) = (one for one in dialogs if one.isVisible())
    dialog.given.emit("1", "2027-12-31", ("a.key",))
    return dialog


def test_what_was_signed_for_a_draft_that_was_left_is_not_saved_as_the_next_one(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Signing.saved = []
    monkeypatch.setattr(office_flow, "DraftRelease", Signing)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    desk = cast("Desk", SimpleNamespace(release=None))
    flow = OfficeFlow(window, desk, lambda: AT, gate_over(window))
    flow.open(draft_of("450000"))
    dialog = sign(window)
    assert flow.held == "规则包正在签名，还没有存"
    # It is signed, and the window has not heard of it yet.
    flow._work.wait()  # noqa: SLF001 - nobody else may look at the window meanwhile
    dialog.reject()
    assert flow.held == ""
    flow.open(draft_of("320200"))
    sign(window)
    qtbot.waitUntil(lambda: bool(window.findChildren(QFileDialog)))
    qtbot.wait(50)
    asked: list[QFileDialog] = list(window.findChildren(QFileDialog))
    for files in asked:
        files.fileSelected.emit(str(tmp_path / files.selectedFiles()[0]))
    assert Signing.saved == [("320200-2027-office.json", "320200")]
    assert flow.held == ""


def test_where_to_save_is_asked_once_nothing_lies_over_the_keys(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    Signing.saved = []
    monkeypatch.setattr(office_flow, "DraftRelease", Signing)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    desk = cast("Desk", SimpleNamespace(release=None))
    flow = OfficeFlow(window, desk, lambda: AT, gate_over(window))
    flow.open(draft_of("450000"))
    dialog = sign(window)
    above = QDialog(dialog)
    above.setModal(True)
    above.open()
    flow._work.wait()  # noqa: SLF001 - nobody else may look at the window meanwhile
    qtbot.wait(50)
    assert dialog.findChildren(QFileDialog) == []
    above.reject()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: bool(dialog.findChildren(QFileDialog)))
    dialog.reject()
