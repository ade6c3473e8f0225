"""Manage the clerks of an open ledger: the dialog and its actions.

Asks the desk for each change and shows its refusals. Keeps no secret.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from medcounter.desk.access.clerk_administration import NewRecovery
from medcounter.errors import MedCounterError

from ..dialogs.clerks_dialog import ClerksDialog
from ..work.background import Background
from .hall_flow import HallFlow
from .set_up_page import RecoveryPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from medcounter.desk.access.access_records import Clerk, NewClerk
    from medcounter.desk.access.clerk_administration import SlotKeeping, SlotWork
    from medcounter.desk.desk import Desk

    from ..main_window import MainWindow


class KeyFilesUnwrittenError(MedCounterError):
    """密钥文件无法写入，没有更改，原来的口令照旧；请检查磁盘空间和权限后重试。"""


class SecretUnchangedError(MedCounterError):
    """口令没有加密完，没有更改，原来的口令照旧；请再试一次，仍不行请联系技术支持。"""


class ClerksFlow(QObject):
    """The clerks of one open desk, as long as its dialog or its page is open."""

    def __init__(
        self, window: MainWindow, desk: Desk, clock: Callable[[], datetime], who: Clerk
    ) -> None:
        """Open the dialog over a window.

        Args:
            window: Lies below.
            desk: Is asked for each change.
            clock: Gives the present time with its zone.
            who: Who signed in.
        """
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._clock = clock
        self._recovery: NewRecovery | None = None
        self._page: RecoveryPage | None = None
        self._dialog = ClerksDialog(who, window)
        self._dialog.show_clerks(desk.access.clerks.listed())
        self._dialog.add_wanted.connect(self._add)
        self._dialog.remove_wanted.connect(self._remove)
        self._dialog.secret_wanted.connect(self._change_secret)
        self._dialog.recovery_wanted.connect(self._renew_recovery)
        self._dialog.hall_wanted.connect(self._see_to_hall)
        self._dialog.finished.connect(self._on_dialog_finished)
        self._done = ""
        self._stretching = Background(self, unforeseen=SecretUnchangedError)
        self._stretching.done.connect(self._on_stretching_done)
        self._stretching.failed.connect(self._on_stretching_failed)
        # What is still worked out when it closes comes to nothing, and nothing was changed.
        self._dialog.finished.connect(self._stretching.drop)
        self._dialog.open()

    def _add(self, clerk: NewClerk) -> None:
        self._do_beside(
            lambda: self._desk.access.clerks.adding(clerk),
            "正在用新口令加密，请稍候；现在关闭就不加入。",
            f"已加入 {clerk.name}。",
        )

    def _change_secret(self, name: str, present: str, new: str) -> None:
        self._do_beside(
            lambda: self._desk.access.clerks.changing(name, new, secret=present),
            "正在用新口令加密，请稍候；现在关闭就不更改。",
            f"{name} 的口令已改，下次登录用新口令。",
        )

    def _remove(self, name: str) -> None:
        self._do(
            lambda: self._desk.access.clerks.remove(name, self._clock()),
            f"已删除 {name}，不能再登录；出过的通知单不变。",
        )

    def _do_beside(self, begin: Callable[[], SlotWork], busy: str, done: str) -> None:
        """Stretch a secret beside the window, then keep at the desk what came of it."""
        try:
            work = begin()
        except MedCounterError as err:
            self._dialog.show_refused(err.text)
            return
        self._done = done
        self._dialog.show_busy(busy)
        self._stretching.start(partial(_writing, work))

    def _on_stretching_done(self, keep: SlotKeeping) -> None:
        self._dialog.show_rest()
        self._do(lambda: keep(self._clock()), self._done)

    def _on_stretching_failed(self, text: str) -> None:
        self._dialog.show_rest()
        self._dialog.show_refused(text)

    def _do(self, work: Callable[[], None], sentence: str) -> None:
        try:
            work()
        except MedCounterError as err:
            self._dialog.show_refused(err.text)
        except OSError:
            self._dialog.show_refused(KeyFilesUnwrittenError().text)
        else:
            self._dialog.show_clerks(self._desk.access.clerks.listed())
            self._dialog.show_done(sentence)

    def _see_to_hall(self) -> None:
        self._dialog.reject()
        HallFlow(self._window, self._desk, self._clock)

    def _renew_recovery(self) -> None:
        try:
            self._recovery = self._desk.access.clerks.begin_recovery()
        except MedCounterError as err:
            self._dialog.show_refused(err.text)
            return
        self._page = RecoveryPage(self._recovery.recovery_text, self._window)
        self._dialog.reject()
        self._page.print_wanted.connect(self._print)
        self._page.typed_back.connect(self._finish_recovery)
        self._page.went_back.connect(self._leave)
        self._window.cover(self._page)

    def _print(self) -> None:
        from .recovery_print import print_recovery  # noqa: PLC0415 - rarely needed

        if self._recovery is not None and self._page is not None:
            print_recovery(self._recovery.recovery_text, self._page)

    def _finish_recovery(self, typed: str) -> None:
        if self._recovery is None or self._page is None:
            return
        try:
            self._recovery.finish(typed, self._clock())
        except MedCounterError as err:
            self._page.show_refused(err.text)
        except OSError:
            self._page.show_refused(KeyFilesUnwrittenError().text)
        else:
            self._leave()

    def _leave(self) -> None:
        self._recovery = self._page = None
        self._window.uncover()
        self.deleteLater()

    def _on_dialog_finished(self) -> None:
        if self._page is None:
            self.deleteLater()


def _writing(work: SlotWork) -> SlotKeeping:
    """Do the work; where a file of it cannot be written, say it as of the key files.

    Raises:
        KeyFilesUnwrittenError: The tries could not be counted.
    """
    try:
        return work()
    except OSError as err:
        raise KeyFilesUnwrittenError from err
