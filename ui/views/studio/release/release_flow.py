"""The way of a draft into force: handed over, reviewed, signed, used.

Decides nothing: the desk refuses, and its sentence is shown.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from medcounter.dates import DateUnreadableError, read_iso
from medcounter.desk.authoring.draft_release import DraftRelease
from medcounter.errors import MedCounterError

from ....file_dialogs import goal_dialog
from ....messages import GOOD, PLAIN, Message, told_problem
from ....shortcuts import key_of
from ....work.slices import Slices
from ..reason_line_dialog import ReasonLineDialog
from .hand_over_dialog import HandOverDialog
from .office_flow import OfficeFlow
from .review_dialog import ReviewDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime

    from PySide6.QtWidgets import QWidget

    from medcounter.desk.authoring.open_draft import OpenDraft
    from medcounter.desk.authoring.release_signing import Reviewing
    from medcounter.desk.desk import Desk

_WRITING, _HANDED_OVER, _RELEASED = "writing", "handed-over", "released"
_NOBODY = (
    "没有可以复核的另一位主管：须在启用登录的窗口、由本厅证明上的主管编制，另一位主管复核。"
    "签发单位可以在这里用私钥签名；没有私钥的，存成规则文件交签发单位。"
)
_SAVE_IT = (
    f"两人都已签名，本窗口已采用；按 {key_of('studio_export')} 存成签了名的文件，带到其他窗口"
)
_SIGNED = "签了名的规则 (*.json)"
_DAY = "“从哪天起用”要写成 2026-12-01 这样的日子，没有交复核；请改好再交。"


class ReleaseFlow(QObject):
    """The release of one draft at a time.

    Signals:
        reported: A Message on what became of it.
        settled: The draft is with the reviewer, or back, or released.
        taken: The rules are in force at this desk.
        worked: What is worked out before the next step; empty when that is over.
        busy: Whether something is worked out.
    """

    reported = Signal(object)
    settled = Signal()
    taken = Signal()
    worked = Signal(str)
    busy = Signal(bool)

    def __init__(self, window: QWidget, desk: Desk, clock: Callable[[], datetime]) -> None:
        """Work over a window.

        Args:
            window: Lies below the dialogs.
            desk: Signs, and takes rules in.
            clock: Gives the present time with its zone.
        """
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._clock = clock
        self._then: Callable[[], None] | None = None
        self._show_work: Callable[[str], None] = self.worked.emit
        self._slices = Slices(self)
        self._slices.ended.connect(self._on_slices_ended)
        self._slices.failed.connect(self._on_slices_failed)
        self._office = OfficeFlow(window, desk, clock)
        self._office.reported.connect(self.reported)

    @property
    def is_working(self) -> bool:
        """Whether something is worked out before the next step."""
        return self._slices.is_on

    def stop(self) -> None:
        """Leave what is worked out; nothing was signed. A thread is waited for."""
        self._office.end()
        if self._slices.is_on:
            self._slices.stop()
            self._tell_work("")

    def open(self, draft: OpenDraft) -> None:
        """Start the next step of a draft's release."""
        if self._slices.is_on:
            return
        release = DraftRelease(draft, self._desk.release)
        state = draft.stored.state
        try:
            if state == _WRITING:
                self._hand_over(release, draft)
            elif state == _HANDED_OVER:
                self._review(release)
            else:
                self._use(release)
        except MedCounterError as err:
            self.reported.emit(told_problem(err))

    @staticmethod
    def has_file(draft: OpenDraft) -> bool:
        """Return whether both have signed, so that there is a file for the other desks."""
        return draft.stored.state == _RELEASED

    def ask_for_file(self, draft: OpenDraft) -> None:
        """Ask where the file that both have signed is to be saved."""
        place = draft.stored.place
        name = f"{place.region}-{place.year}-signed.json"
        title = "签了名的规则存到哪里"
        files = goal_dialog(self._window, "studio_signed_files", title, name, _SIGNED)
        files.fileSelected.connect(partial(self._on_file_chosen, draft))
        files.open()

    def _on_file_chosen(self, draft: OpenDraft, path: str) -> None:
        try:
            DraftRelease(draft, self._desk.release).save(Path(path))
        except MedCounterError as err:
            self.reported.emit(told_problem(err))
        else:
            sentence = f"签了名的规则已存为“{path}”；在其他窗口的“规则”里按“更新规则”采用"
            self.reported.emit(Message(GOOD, sentence))

    def _hand_over(self, release: DraftRelease, draft: OpenDraft) -> None:
        reviewers = tuple(one.name for one in release.reviewers)
        if not reviewers:
            self._office.open(draft, _NOBODY)
            return
        dialog = HandOverDialog(reviewers, self._clock().date(), self._window)
        dialog.given.connect(partial(self._on_given, release, dialog))
        dialog.finished.connect(self.stop)
        dialog.office_wanted.connect(partial(self._office.open, draft))
        dialog.open()

    def _on_given(
        self, release: DraftRelease, dialog: HandOverDialog, reviewer: str, day: str
    ) -> None:
        """Check the draft to its end, then sign."""
        try:
            begins = read_iso(day)
        except DateUnreadableError:
            dialog.show_refused(_DAY)
            return
        self._show_work = dialog.show_work
        then = partial(self._sign_over, release, dialog, reviewer, begins)
        self._begin(release.checking(), "正在核对整份草稿", then)

    def _sign_over(
        self, release: DraftRelease, dialog: HandOverDialog, reviewer: str, begins: date
    ) -> None:
        try:
            release.hand_over(reviewer, begins, self._clock())
        except MedCounterError as err:
            dialog.show_refused(err.text)
        else:
            dialog.accept()
            self.reported.emit(
                Message(GOOD, f"已签名，交“{reviewer}”复核；请复核人登录后打开这份草稿")
            )
            self.settled.emit()

    def _review(self, release: DraftRelease) -> None:
        reviewing = release.review(self._clock())
        # The table is worked out first: it names the residents of the examples.
        self._show_work = self.worked.emit
        then = partial(self._show_review, release, reviewing)
        self._begin(release.working_out(), "正在测算参保人样本", then)

    def _show_review(self, release: DraftRelease, reviewing: Reviewing) -> None:
        lines = release.lines(reviewing)
        dialog = ReviewDialog(reviewing, lines, release.residents(), self._window)
        dialog.signed.connect(partial(self._on_signed, release, dialog))
        dialog.returned.connect(partial(self._ask_why, release, dialog))
        dialog.open()

    def _on_signed(self, release: DraftRelease, dialog: ReviewDialog) -> None:
        try:
            release.sign(self._clock())
            self._use(release)
        except MedCounterError as err:
            dialog.show_refused(err.text)
        else:
            dialog.accept()
        self.settled.emit()

    def _ask_why(self, release: DraftRelease, dialog: ReviewDialog) -> None:
        asked = ReasonLineDialog("退回编制", "写明要改什么，编制的人看得到。", "退回", dialog)
        asked.given.connect(partial(self._on_returned, release, dialog))
        asked.open()

    def _on_returned(self, release: DraftRelease, dialog: ReviewDialog, reason: str) -> None:
        try:
            release.take_back(reason, self._clock())
        except MedCounterError as err:
            dialog.show_refused(err.text)
        else:
            dialog.accept()
            self.reported.emit(Message(PLAIN, "已退回编制，原来的签名作废"))
            self.settled.emit()

    def _use(self, release: DraftRelease) -> None:
        """Install signed rules at this desk."""
        at = self._clock()
        plan = self._desk.hall_rules.plan(release.data, at.date())
        self._desk.hall_rules.take(plan, at)
        self.reported.emit(Message(GOOD, _SAVE_IT))
        self.taken.emit()

    def _begin(self, steps: Iterator[None], text: str, then: Callable[[], None]) -> None:
        self._then = then
        self._tell_work(text)
        self._slices.begin(steps)

    def _on_slices_ended(self) -> None:
        then, self._then = self._then, None
        self._tell_work("")
        try:
            if then is not None:
                then()
        except MedCounterError as err:
            self.reported.emit(told_problem(err))

    def _on_slices_failed(self, error: MedCounterError) -> None:
        self._tell_work("")
        self.reported.emit(told_problem(error))

    def _tell_work(self, text: str) -> None:
        self._show_work(text)
        self.busy.emit(bool(text))
