"""The window's work for the ledger's safety, beside the clerk's work.

Watches backups, shows alerts, and runs the action an alert offers. Created
once the desk is open and painted.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from medcounter.desk.access.desk_access import CLOCK, ERASE
from medcounter.desk.evaluate.day_change import since_kept
from medcounter.desk.recovery.startup_trouble import without_command
from medcounter.desk.safety import alerts
from medcounter.desk.safety.alerts import Observations, current_alerts
from medcounter.errors import MedCounterError

from ..access.approval_flow import ApprovalFlow
from ..access.lock import Lock
from ..dialogs.before_leaving import before_leaving
from ..file_dialogs import folder_dialog
from ..messages import GOOD, PROBLEM, Message, told_problem
from .backup_scheduler import BackupScheduler
from .chain_watch import ChainWatch
from .erasing_job import ErasingJob

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from medcounter.desk.access.access_records import Approval
    from medcounter.desk.desk import Desk
    from medcounter.desk.safety.backup_schedule import BackupState

    from ..dialogs.retention_dialog import RetentionDialog
    from ..main_window import MainWindow
    from ..session.desk_session import AskedWork
    from ..session.session import Session


LOCK = "lock"
SET_UP = "set_up_access"

_RECOVERED = "这次是用恢复密钥打开的；请按窗口上方的“主管”重设口令。"
_UNVOUCHED = (
    "台账里没有主管登记过恢复密钥，凭它打开只能做经办人的事，主管忘了口令就没有人能重设；"
    "请主管现在就更换恢复密钥。"
)
_NO_RECOVERY = "密钥文件里没有恢复密钥，忘了口令就再也打不开；请主管在窗口上方更换恢复密钥。"


class LedgerSafety(QObject):
    """The safety work for one open desk.

    Signals:
        reported: A Message on what became of an act.
        reprint_wanted: Number of a notice that is to be printed once more.
        reopening_wanted: The desk is to be closed and opened again.
        rescue_wanted: The clerk wants to see how the ledger is restored.
        set_up_wanted: The clerk wants to turn sign-in on.
        covered: The screen is covered.
        left: It is, and the desk is to be closed; gives who left it.
        unlocked: Somebody goes on at a screen that was covered.

    Attributes:
        acts: What can be done here, by the names of alerts and shortcuts.
    """

    reported = Signal(object)
    reprint_wanted = Signal(str)
    reopening_wanted = Signal()
    rescue_wanted = Signal()
    set_up_wanted = Signal()
    covered = Signal()
    left = Signal(str)
    unlocked = Signal()

    def __init__(
        self,
        window: MainWindow,
        desk: Desk,
        session: Session,
        clock: Callable[[], datetime],
        held: Callable[[], str],
    ) -> None:
        """Start watching.

        Args:
            window: Shows the alerts; the dialogs lie over it.
            desk: The counter's desk.
            session: Says when somebody works and what became of a notice.
            clock: Gives the present time with its zone.
            held: Says what other views hold in memory only; empty for nothing.
        """
        super().__init__(session)
        self._window = window
        self._desk = desk
        self._session = session
        self._clock = clock
        self._held = held
        self._snoozed: set[str] = set()
        self._found = Observations(lost_anchor=desk.health.lost_anchor(clock()))
        self._erasing: ErasingJob | None = None
        self._watch = BackupScheduler(desk, clock, self)
        self._chain = ChainWatch(desk, self)
        self.acts: dict[str, Callable[[], None]] = {
            alerts.BACK_UP: self._back_up,
            alerts.SETTLE: session.settle,
            alerts.ACCEPT_CLOCK: self._ask_for_reason,
            alerts.CONFIRM_PRINT: self._confirm_print,
            alerts.PRINT_AGAIN: self._print_again,
            alerts.RETRY: partial(self._leave_by, self.reopening_wanted),
            alerts.OPEN_RESCUE: partial(self._leave_by, self.rescue_wanted),
            alerts.SHOW_RETENTION: self._show_retention,
            LOCK: self._cover,
            SET_UP: self._see_to_access,
        }
        self._lock = Lock(window, desk, clock, self._is_kept, self)
        self._lock.locked.connect(self.covered)
        self._lock.left.connect(self.left)
        self._lock.unlocked.connect(self._on_lock_unlocked)
        self._lock.touched.connect(self._on_lock_touched)
        session.updated.connect(self._watch.put_off)
        session.updated.connect(self._chain.put_off)
        session.reported.connect(self._on_session_reported)
        session.issuing.issued.connect(self._on_session_reported)
        self._watch.reported.connect(self.reported)
        self._watch.changed.connect(self._on_watch_changed)
        self._watch.rested.connect(self._on_watch_rested)
        self._chain.broken.connect(self.look)
        self._chain.failed.connect(self._on_chain_failed)
        self.serve(window)
        self._look_back()
        # Whoever comes may type first; a desk that is closed before is asked nothing any more.
        self._signatures = QTimer(self, singleShot=True, interval=0)
        self._signatures.timeout.connect(self.see_to_signatures)
        self._signatures.start()

    def serve(self, window: MainWindow) -> None:
        """Work for a window, perhaps one that was built anew."""
        self._window = window
        self._lock.serve(window)
        window.show_access(self._desk.access.who)
        window.snoozed.connect(self._on_window_snoozed)
        self.reported.connect(window.show_message)
        self._watch.changed.connect(window.show_backups)
        self._watch.tell()
        self.look()

    def tell_of_opening(self, sentence: str, emergency: str) -> None:
        """Describe what the opening of the desk came with.

        Args:
            sentence: What was restored or found before; empty for nothing.
            emergency: Number of the emergency desk; empty at an ordinary one.
        """
        if self._desk.access.recovery_unvouched:
            sentence = f"{sentence}{_UNVOUCHED}"
        elif self._desk.access.recovered:
            sentence = f"{sentence}{_RECOVERED}"
        elif self._desk.access.recovery_missing:
            sentence = f"{sentence}{_NO_RECOVERY}"
        self._found = replace(self._found, on_opening=sentence, emergency=emergency)
        self.look()
        kept, on = self._session.household, self._clock().date()
        if turned := since_kept(kept, on, self._desk.outcome):
            self.reported.emit(Message(PROBLEM, turned))

    def look(self) -> None:
        """Find out what stands now, and show it."""
        self._found = replace(
            self._found,
            read_only=without_command(self._desk.read_only),
            is_broken=self._desk.health.is_broken,
            is_copy=self._desk.access.only_looks,
            fate_unknown=self._session.issuing.is_fate_unknown,
            last_time=self._desk.health.last_time(),
            dropped=self._desk.hall_rules.dropped,
            free_space=self._desk.health.free_space(),
            synced_by=self._desk.synced_by,
        )
        stand = current_alerts(self._found, self._clock())
        self._window.show_alerts(tuple(one for one in stand if one.kind not in self._snoozed))

    def close(self, *, with_backup: bool = True) -> str:
        """End what goes on, and the watch with a last backup; say why none was made."""
        if self._erasing is not None:
            # Bit by bit it would go on in a ledger that was given back.
            self._erasing.stop()
        self._signatures.stop()
        self._lock.stop()
        self._chain.close()
        return self._watch.close(with_backup=with_backup)

    def _look_back(self) -> None:
        """Find the print that nobody confirmed before the last end."""
        try:
            self._found = replace(self._found, doubtful=self._desk.register.unconfirmed_print())
        except MedCounterError:
            return
        self.look()

    def see_to_the_print(self) -> None:
        """Withdraw the print question once the ledger knows."""
        doubtful = self._found.doubtful
        if doubtful is None:
            return
        try:
            is_open = self._desk.notices.find(doubtful.number).standing.unconfirmed
        except MedCounterError:
            return
        if not is_open:
            self._found = replace(self._found, doubtful=None)
            self.look()

    def see_to_signatures(self) -> None:
        """Tell who is here which drafts of rules wait for their signature."""
        self._found = replace(self._found, to_sign=self._desk.to_sign)
        self.look()

    def _back_up(self) -> None:
        place = self._desk.settings.second_place
        if place and Path(place).is_dir():
            self._copy_to(place)
            return
        files = folder_dialog(self._window, "backup_folder", "备份到哪里", place)
        files.fileSelected.connect(self._copy_to)
        files.open()

    def _copy_to(self, place: str) -> None:
        self.reported.emit(Message("plain", f"正在备份到“{place}”并核对，可以照常办理"))
        self._watch.copy_now(Path(place))

    def _see_to_access(self) -> None:
        who = self._desk.access.who
        if who is None:
            self._leave_by(self.set_up_wanted)
        else:
            # Here and below: what is opened once in many days is loaded when it is.
            from ..access.clerks_flow import ClerksFlow  # noqa: PLC0415 - see above

            ClerksFlow(self._window, self._desk, self._clock, who)

    def _leave_by(self, wanted: SignalInstance) -> None:
        before_leaving(self._window, self._held(), wanted.emit)

    def _on_lock_unlocked(self) -> None:
        self._window.show_access(self._desk.access.who)
        # Somebody else may have come, to whom nobody has said it yet.
        self._snoozed.discard(alerts.TO_SIGN)
        self.see_to_signatures()
        self.unlocked.emit()

    def _on_lock_touched(self) -> None:
        self._watch.rest()
        self._chain.put_off()

    def _cover(self) -> None:
        self._lock.lock()

    def _is_kept(self) -> bool:
        if self._held():
            return False
        self._session.save()
        now = self._session.household
        return now.is_blank or self._desk.households.last() == now

    def _ask_for_reason(self) -> None:
        last = self._desk.health.last_time()
        if last is None:
            return
        from ..dialogs.clock_dialog import ClockDialog  # noqa: PLC0415 - see above

        dialog = ClockDialog(self._clock(), last, self._window)
        dialog.confirmed.connect(self._accept_clock)
        dialog.open()

    def _accept_clock(self, reason: str) -> None:
        def accept(approval: Approval | None) -> None:
            self._desk.health.accept_clock(self._clock(), reason, approval)
            text = "已确认电脑时间，原因记入台账，可以继续出单"
            self.reported.emit(Message(GOOD, text))
            self.look()

        self._ask_first(CLOCK, accept)

    def _show_retention(self) -> None:
        from ..dialogs.retention_dialog import RetentionDialog  # noqa: PLC0415 - see above

        due = self._desk.retention.due(self._clock().date())
        dialog = RetentionDialog(due, self._window)
        dialog.confirmed.connect(partial(self._erase, dialog))
        dialog.open()

    def _erase(self, dialog: RetentionDialog) -> None:
        def begin(approval: Approval | None) -> None:
            try:
                slices = self._desk.retention.erase(self._clock(), approval)
            except MedCounterError as err:
                dialog.show_refused(err.text)
                raise
            self._erasing = ErasingJob(self._desk, slices, dialog, self)
            self._erasing.ended.connect(self._on_erasing_ended)

        self._ask_first(ERASE, begin)

    def _ask_first(self, act: str, work: AskedWork) -> None:
        try:
            ApprovalFlow(self._desk, self._clock, self._window).do(act, work)
        except MedCounterError as err:
            self.reported.emit(told_problem(err))
            self.look()

    def _confirm_print(self) -> None:
        doubtful = self._found.doubtful
        if doubtful is not None:
            self._found = replace(self._found, doubtful=None)
            self._do(
                lambda: self._desk.notices.mark_printed(
                    doubtful.number, doubtful.print_no, self._clock(), ok=True
                ),
                f"已记下 {doubtful.number} 打出来了",
            )

    def _print_again(self) -> None:
        doubtful = self._found.doubtful
        if doubtful is None:
            return
        self._found = replace(self._found, doubtful=None)
        try:
            now = self._clock()
            self._desk.notices.mark_printed(doubtful.number, doubtful.print_no, now, ok=False)
        except MedCounterError as err:
            self.reported.emit(told_problem(err))
        else:
            self.reprint_wanted.emit(doubtful.number)
        self.look()

    def _do(self, work: Callable[[], object], sentence: str) -> None:
        try:
            work()
        except MedCounterError as err:
            self.reported.emit(told_problem(err))
        else:
            self.reported.emit(Message(GOOD, sentence))
        self.look()

    def _on_session_reported(self, _message: object) -> None:
        self.look()
        self._watch.tell()

    def _on_chain_failed(self, error: MedCounterError) -> None:
        self.reported.emit(told_problem(error))
        self.look()

    def _on_watch_changed(self, state: BackupState) -> None:
        if state.second != self._found.second_place:
            self._found = replace(self._found, second_place=state.second)
            self.look()

    def _on_erasing_ended(self) -> None:
        erasing, self._erasing = self._erasing, None
        if erasing is not None:
            erasing.deleteLater()
        self._on_watch_rested()

    def _on_watch_rested(self) -> None:
        try:
            due = self._desk.retention.due(self._clock().date()).text
        except MedCounterError:
            return
        if due != self._found.due:
            self._found = replace(self._found, due=due)
            self.look()

    def _on_window_snoozed(self, kind: str) -> None:
        self._snoozed.add(kind)
        self.look()
