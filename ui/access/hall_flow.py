"""The hall's own key of an open desk: the dialog and what is done in it.

Asks the desk for each act and shows its refusals. Keeps no key.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from medcounter.desk.rules.hall_office import Heard
from medcounter.destinations import destination
from medcounter.errors import MedCounterError

from ..dialogs.hall_dialog import HallDialog
from ..file_dialogs import destination_dialog, file_dialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from medcounter.desk.desk import Desk

_KINDS = "主管证明、本厅规则 (*.json);;所有文件 (*)"
_UNWRITTEN = "密钥文件无法写入，没有更改；请检查磁盘空间和权限后重试。"


class HallFlow(QObject):
    """The hall's key at one desk, as long as its dialog is open."""

    def __init__(self, window: QWidget, desk: Desk, clock: Callable[[], datetime]) -> None:
        """Open the dialog over a window.

        Args:
            window: Lies below.
            desk: Is asked for each act.
            clock: Gives the present time with its zone.
        """
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._clock = clock
        self._dialog = HallDialog(desk.hall_office.shown, window)
        self._dialog.make_wanted.connect(self._make)
        self._dialog.certify_wanted.connect(self._certify)
        self._dialog.file_wanted.connect(self._ask_where)
        self._dialog.confirm_wanted.connect(self._ask_for_file)
        self._dialog.finished.connect(self.deleteLater)
        self._dialog.open()

    def _make(self, recovery: str) -> None:
        self._do(
            lambda: self._desk.hall_office.make_key(recovery, self._clock()),
            "已生成本厅密钥；请把六个词念给其他窗口的主管确认。",
        )

    def _certify(self, recovery: str) -> None:
        self._do(
            lambda: self._desk.hall_office.certify(recovery, self._clock()),
            "主管证明已是现在的主管；请存成文件带到其他窗口。",
        )

    def _ask_where(self) -> None:
        files = destination_dialog(
            self._dialog, "hall_destination", "主管证明存到哪里", "本厅主管证明.json", _KINDS
        )
        files.fileSelected.connect(self._write)
        files.open()

    def _write(self, path: str) -> None:
        self._do(lambda: self._save(Path(path)), f"已存到“{Path(path).name}”，带到其他窗口确认。")

    def _save(self, path: Path) -> None:
        place = destination(path, self._desk.folder, people=False, replace=True)
        place.write(self._desk.hall_office.certificate_file())

    def _ask_for_file(self, words: str, person: str, recovery: str) -> None:
        files = file_dialog(self._dialog, "hall_file_chosen", "别的窗口带来的文件", _KINDS)
        files.fileSelected.connect(partial(self._confirm, Heard(words, person.strip()), recovery))
        files.open()

    def _confirm(self, heard: Heard, recovery: str, path: str) -> None:
        office = self._desk.hall_office
        who = heard.person or "本厅的密钥"
        self._do(
            lambda: office.confirm_file(Path(path), heard, self._clock(), recovery),
            f"已确认：{who}。",
        )

    def _do(self, act: Callable[[], object], sentence: str) -> None:
        try:
            act()
        except MedCounterError as err:
            self._dialog.show_refused(err.text)
        except OSError:
            self._dialog.show_refused(_UNWRITTEN)
        else:
            self._dialog.show_hall(self._desk.hall_office.shown)
            self._dialog.show_done(sentence)
