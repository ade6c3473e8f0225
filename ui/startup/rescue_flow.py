"""The ways out while the ledger cannot be opened.

Shows the trouble and runs what is chosen: restore, drill, look, an emergency
ledger, another folder, a recovered key file. Opens no desk itself.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medcounter.desk.access import sign_in
from medcounter.desk.access.first_choice import keep_here
from medcounter.desk.access.sign_in import Credential
from medcounter.desk.folder_kinds import emergency_folder
from medcounter.desk.recovery import emergency
from medcounter.desk.recovery.rescue import (
    Drilled,
    Restored,
    restore_backup,
    take_key_file,
    try_backup,
)
from medcounter.desk.recovery.rescue_keys import locked_for
from medcounter.errors import MedCounterError

from ..dialogs.backup_key_dialog import BackupKeyDialog
from ..dialogs.emergency_dialog import EmergencyDialog
from ..dialogs.restore_dialog import RestoreDialog
from ..file_dialogs import file_dialog, folder_dialog
from ..frame import start_error
from ..messages import GOOD, PLAIN, PROBLEM, Message, told_problem
from ..work.background import Background

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from medcounter.desk.recovery.startup_trouble import Trouble

    from ..main_window import MainWindow

_BACKUPS = "备份 (*.db)"
_KEYS = "密钥文件 (*.json)"


class RescueFlow(QObject):
    """The ways out of one trouble.

    Attributes:
        credentials: Who signed in, whose keys may open backups.
        acts: The ways out, by the names of the page that shows them.

    Signals:
        restored: A sentence on what was restored; the desk can be opened.
        looking_wanted: Path of the backup to look into.
        folder_chosen: Path of another data folder to open.
        emergency_chosen: Path of the emergency ledger's folder.
    """

    restored = Signal(str)
    looking_wanted = Signal(object)
    folder_chosen = Signal(object)
    emergency_chosen = Signal(object)

    def __init__(
        self, window: MainWindow, folder: Path, clock: Callable[[], datetime], parent: QObject
    ) -> None:
        """Offer what helps.

        Args:
            window: Shows the page; the dialogs lie over it.
            folder: The data folder whose ledger fails.
            clock: Gives the present time with its zone.
            parent: Its owner.
        """
        super().__init__(parent)
        self._window = window
        self._folder = folder
        self._clock = clock
        self._trouble: Trouble | None = None
        self.credentials: tuple[Credential, ...] = ()
        self._asking: BackupKeyDialog | None = None
        self._go_on_with: Callable[[], None] = window.setFocus
        self._background = Background(self)
        self._background.done.connect(self._on_background_done)
        self._background.failed.connect(self._on_background_failed)
        self.acts: dict[str, Callable[[], None]] = {
            start_error.RESTORE: self._ask_to_restore,
            start_error.DRILL: self._drill,
            start_error.LOOK: self._look,
            start_error.GO_ON: self._ask_for_number,
            start_error.CHOOSE_BACKUP: self._choose_backup,
            start_error.FIND_KEY: self._find_key,
            start_error.CHOOSE_FOLDER: self._choose_folder,
            start_error.STAY: self._stay,
        }

    def show(self, trouble: Trouble) -> None:
        """Show what is wrong in place of the desk."""
        self._trouble = trouble
        self._window.show_trouble(trouble)

    def wait(self) -> None:
        """Wait for what was begun: a restore is never cut off by leaving."""
        self._background.wait()

    def _ask_to_restore(self) -> None:
        offer = self._trouble.offer if self._trouble else None
        if offer is not None:
            self._confirm(offer.name, offer.text)

    def _confirm(self, chosen: str, held: str) -> None:
        dialog = RestoreDialog(chosen, held, self._window)
        dialog.confirmed.connect(self._restore)
        dialog.open()

    def _restore(self, chosen: str, reason: str) -> None:
        def restore() -> Restored:
            at = self._clock()
            return restore_backup(self._folder, chosen, at, reason, credentials=self.credentials)

        self._with_keys(chosen, restore, "正在逐条核对并恢复，请稍候，不要关机。")

    def _drill(self) -> None:
        offer = self._trouble.offer if self._trouble else None
        if offer is not None:
            name = offer.name
            self._with_keys(
                name, lambda: try_backup(self._folder, name, self.credentials), "正在演练，请稍候。"
            )

    def _with_keys(self, chosen: str, work: Callable[[], object], sentence: str) -> None:
        """Do what needs a backup once each key it lies under was opened."""
        try:
            locked = locked_for(self._folder, chosen, self.credentials)
        except MedCounterError as err:
            self._on_background_failed(err.text)
            return
        if locked is None:
            self._begin(work, sentence)
            return
        names = tuple(clerk.name for clerk in sign_in.state(locked).clerks)
        self._asking = BackupKeyDialog(str(locked), names, self._window)
        self._asking.given.connect(partial(self._open_key, locked))
        self._asking.finished.connect(self._on_asking_finished)
        self._go_on_with = partial(self._with_keys, chosen, work, sentence)
        self._asking.open()

    def _open_key(self, locked: Path, name: str, secret: str, recovery: str) -> None:
        beside = None if locked == self._folder else locked
        if recovery.strip():
            self._background.start(partial(sign_in.recover, self._folder, recovery, beside=beside))
        else:
            self._background.start(
                partial(sign_in.sign_in, self._folder, name, secret, beside=beside)
            )

    def _on_asking_finished(self) -> None:
        self._background.drop()
        self._asking = None

    def _look(self) -> None:
        offer = self._trouble.offer if self._trouble else None
        if offer is not None:
            self.looking_wanted.emit(offer.path)

    def _ask_for_number(self) -> None:
        place = emergency_folder(self._folder)
        number, left_out = emergency.spare_desk(self._folder), emergency.left_out(self._folder)
        dialog = EmergencyDialog(number, place, left_out, self._window)
        dialog.confirmed.connect(self._go_on)
        dialog.open()

    def _go_on(self, number: str) -> None:
        try:
            place = emergency.prepare(self._folder, number)
        except MedCounterError as err:
            self._window.show_trouble_message(told_problem(err))
        else:
            self.emergency_chosen.emit(place)

    def _choose_backup(self) -> None:
        self._ask_path("rescue_backup", "从哪个备份恢复", _BACKUPS, self._on_backup_chosen)

    def _on_backup_chosen(self, path: str) -> None:
        held = f"备份文件：{path}\n它的密钥文件（keyslots.json）要放在它旁边。"
        self._confirm(path, held)

    def _find_key(self) -> None:
        self._ask_path("rescue_key", "密钥文件在哪里", _KEYS, self._on_key_chosen)

    def _on_key_chosen(self, path: str) -> None:
        try:
            take_key_file(self._folder, Path(path))
        except MedCounterError as err:
            self._window.show_trouble_message(told_problem(err))
        else:
            self.restored.emit("已用找回的密钥文件打开台账")

    def _choose_folder(self) -> None:
        above = str(self._folder.parent)
        files = folder_dialog(self._window, "rescue_folder", "数据文件夹在哪里", above)
        files.fileSelected.connect(self._on_folder_chosen)
        files.open()

    def _stay(self) -> None:
        try:
            keep_here(self._folder)
        except MedCounterError as err:
            self._window.show_trouble_message(told_problem(err))
        else:
            self.folder_chosen.emit(self._folder)

    def _on_folder_chosen(self, path: str) -> None:
        self.folder_chosen.emit(Path(path))

    def _ask_path(self, name: str, title: str, kinds: str, chosen: Callable[[str], None]) -> None:
        files = file_dialog(self._window, name, title, kinds)
        files.fileSelected.connect(chosen)
        files.open()

    def _begin(self, work: Callable[[], object], sentence: str) -> None:
        self._window.show_trouble_message(Message(PLAIN, sentence), busy=True)
        self._background.start(work)

    def _on_background_done(self, result: object) -> None:
        if isinstance(result, Credential):
            self.credentials = (*self.credentials, result)
            if self._asking is not None:
                self._asking.accept()
                self._go_on_with()
        elif isinstance(result, Drilled):
            text = (
                f"演练成功：{result.notices} 张通知单、{result.events} 条记录逐条核对无误，"
                "可以恢复；现有台账没有改动。"
            )
            self._window.show_trouble_message(Message(GOOD, text))
        elif isinstance(result, Restored):
            self.restored.emit(_restored_text(result))

    def _on_background_failed(self, text: str) -> None:
        if self._asking is not None:
            self._asking.show_refused(text)
            return
        self._window.show_trouble_message(Message(PROBLEM, text))


def _restored_text(done: Restored) -> str:
    lost = f"已知还有 {done.lost} 条记录不在其中，请对照纸质存根核对。" if done.lost else ""
    used = "、".join(done.numbers_used)
    above = f"编号 {used} 及以前的已经用过，下一张从它之后编号。" if used else ""
    return (
        f"已恢复备份，{done.events} 条记录逐条核对无误。{lost}{above}{done.said_of_numbers}"
        f"{done.said_of_voids}"
        f"{done.said_of_drafts}{done.said_of_disk}"
        f"原来的台账和密钥保存在“{done.aside}”。"
    )
