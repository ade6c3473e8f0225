"""An office's signature under a draft: asked for, made in a thread, saved.

Decides nothing: the desk refuses, and its sentence is shown.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medcounter.dates import DateUnreadableError, read_iso
from medcounter.desk.authoring.draft_release import DraftRelease, OfficeHead
from medcounter.errors import MedCounterError

from ....file_dialogs import destination_dialog
from ....messages import GOOD, PROBLEM, Message
from ....work.background import Background
from .office_dialog import OfficeDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from medcounter.desk.authoring.open_draft import OpenDraft
    from medcounter.desk.desk import Desk

    from ....dialogs.waiting_dialogs import DialogGate

_SIGNED = "签了名的规则包 (*.json)"
_NO_NUMBER = "修订号要写成一个整数，如 12，没有签名；请改好再签。"
_NO_DAY = "“哪天以后再核对”要写成 2027-12-31 这样的日子，没有签名；请改好再签。"
_NO_KEY = (
    "没有选私钥文件，没有签名；请插上 U 盘选一个，没有私钥的按 Ctrl+E 存成规则文件交签发单位。"
)
_NOT_SAVED = "没有存；再签一次可以重选存到哪里。"
_CHECKING = "草稿还在核对，没有开始签名；等标题旁写着核对完了再按一次。"


class OfficeSigningFailedError(MedCounterError):
    """规则包没有签完，没有存，草稿不变；请再试一次，仍不行请联系技术支持。"""


class OfficeFlow(QObject):
    """The signature of an office under one draft at a time.

    Signals:
        reported: A Message on what became of it.
    """

    reported = Signal(object)

    def __init__(
        self, window: QWidget, desk: Desk, clock: Callable[[], datetime], gate: DialogGate
    ) -> None:
        """Work over a window.

        Args:
            window: Lies below the dialogs.
            desk: Lays rules over those in use.
            clock: Gives the present time with its zone.
            gate: Opens once its dialog is seen what opens by itself.
        """
        super().__init__(window)
        self._gate = gate
        self._window = window
        self._desk = desk
        self._clock = clock
        self._waiting: tuple[DraftRelease, OfficeDialog, str] | None = None
        self._work = Background(self, unforeseen=OfficeSigningFailedError)
        self._work.done.connect(self._on_work_done)
        self._work.failed.connect(self._on_work_failed)

    def open(self, draft: OpenDraft, why: str = "") -> None:
        """Ask for the keys.

        Args:
            draft: To be signed.
            why: Why it is not two supervisors who sign; empty where they could.
        """
        if not draft.live.is_checked:
            self.reported.emit(Message(PROBLEM, f"{why}{_CHECKING}"))
            return
        release = DraftRelease(draft, self._desk.release)
        dialog = OfficeDialog(release.office_head(), why, self._window)
        place = draft.stored.place
        name = f"{place.region}-{place.year}-office.json"
        dialog.given.connect(partial(self._on_given, release, dialog, name))
        dialog.finished.connect(self._forget)
        dialog.open()

    @property
    def held(self) -> str:
        """What would be lost by closing now, in one clause; empty for nothing."""
        return "" if self._waiting is None else "规则包正在签名，还没有存"

    def stop(self) -> None:
        """Wait for a signature that is being made; nobody saves it any more."""
        self._forget()
        self._work.wait()

    def _on_given(
        self,
        release: DraftRelease,
        dialog: OfficeDialog,
        name: str,
        *typed: str | tuple[str, ...],
    ) -> None:
        revision, day, keys = typed
        try:
            head = OfficeHead(int(str(revision)), read_iso(str(day)))
            work = release.office_work(head, tuple(Path(one) for one in keys), self._clock())
        except DateUnreadableError:
            dialog.show_refused(_NO_DAY)
        except ValueError:
            dialog.show_refused(_NO_NUMBER)
        except MedCounterError as err:
            dialog.show_refused(err.text)
        else:
            if not keys:
                dialog.show_refused(_NO_KEY)
                return
            self._waiting = release, dialog, name
            dialog.show_working()
            self._work.start(work)

    def _on_work_done(self, data: bytes) -> None:
        if self._waiting is None:
            return
        release, dialog, name = self._waiting
        self._gate.open(partial(self._ask_where, release, dialog, name, data), over=dialog)

    def _ask_where(
        self, release: DraftRelease, dialog: OfficeDialog, name: str, data: bytes
    ) -> None:
        files = destination_dialog(
            dialog, "studio_office_destination", "签了名的规则包存到哪里", name, _SIGNED
        )
        files.fileSelected.connect(partial(self._save, release, dialog, data))
        files.rejected.connect(partial(self._on_work_failed, _NOT_SAVED))
        files.open()

    def _save(self, release: DraftRelease, dialog: OfficeDialog, data: bytes, path: str) -> None:
        try:
            release.save_office(Path(path), data)
        except MedCounterError as err:
            dialog.show_refused(err.text)
        else:
            dialog.accept()
            self.reported.emit(
                Message(GOOD, f"签了名的规则包已存为“{path}”；各窗口按“更新规则”采用")
            )

    def _on_work_failed(self, text: str) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting[1].show_refused(text)

    def _forget(self) -> None:
        """Keep what is signed for a dialog that was closed out of the next one."""
        self._work.drop()
        self._gate.drop()
        self._waiting = None
