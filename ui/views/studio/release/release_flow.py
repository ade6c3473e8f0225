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

from ....file_dialogs import destination_dialog
from ....messages import GOOD, PLAIN, PROBLEM, Message, told_problem
from ....shortcuts import key_of
from ..reason_line_dialog import ReasonLineDialog
from .hand_over_dialog import HandOverDialog
from .office_flow import OfficeFlow
from .release_work import ReleaseWork
from .review_dialog import ReviewDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from medcounter.desk.access.access_records import SigningWord
    from medcounter.desk.authoring.open_draft import OpenDraft
    from medcounter.desk.authoring.release_signing import Reviewing
    from medcounter.desk.desk import Desk
    from medcounter.desk.rules.hall_rules import HallPlan

    from ....dialogs.waiting_dialogs import DialogGate

_WRITING, _HANDED_OVER, _RELEASED = "writing", "handed-over", "released"
_NOBODY = (
    "没有可以复核的另一位主管：须在启用登录的窗口、由本厅证明上的主管编制，另一位主管复核。"
    "签发单位可以在这里用私钥签名；没有私钥的，存成规则文件交签发单位。"
)
_SAVE_IT = (
    f"两人都已签名，本窗口已采用；按 {key_of('studio_export')} 存成签了名的文件，带到其他窗口"
)
_SIGNED = "签了名的规则 (*.json)"
_CHECKING_WHO = "正在核对口令"
_CHECKING, _PROVING = "正在核对整份草稿", "正在验证要签的规则"
_DAY = "“从哪天起用”要写成 2026-12-01 这样的日子，没有交复核；请改好再交。"


class ReleaseFlow(QObject):
    """The release of one draft at a time.

    Signals:
        reported: A Message on what became of it.
        settled: The draft is with the reviewer, or back, or released.
        taken: The rules are in force at this desk.
        worked: What is worked out before the next step, how much of it is done, and of how
            much; an empty text when that is over.
        busy: Whether something is worked out.
    """

    reported = Signal(object)
    settled = Signal()
    taken = Signal()
    worked = Signal(str, int, int)
    busy = Signal(bool)

    def __init__(
        self,
        window: QWidget,
        desk: Desk,
        clock: Callable[[], datetime],
        gate: DialogGate,
    ) -> None:
        """Work over a window.

        Args:
            window: Lies below the dialogs.
            desk: Signs, and takes rules in.
            clock: Gives the present time with its zone.
            gate: Opens once the view is seen what opens by itself.
        """
        super().__init__(window)
        self._window = window
        self._desk = desk
        self._clock = clock
        self._gate = gate
        self._work = ReleaseWork(self)
        self._work.busy.connect(self.busy)
        self._work.failed.connect(self._on_work_failed)
        self._refuse: Callable[[str], None] = self._report_refused
        self._office = OfficeFlow(window, desk, clock, gate.another())
        self._office.reported.connect(self.reported)

    @property
    def is_on(self) -> bool:
        """Whether something is worked out."""
        return self._work.is_on

    @property
    def held(self) -> str:
        """What would be lost by closing now, in one clause; empty for nothing."""
        return "规则草稿正在核对，还没有签名" if self._work.is_on else self._office.held

    def leave(self) -> None:
        """Stop the work and drop what waits to be shown; nothing is signed."""
        self._work.leave()
        self._gate.drop()

    def stop(self) -> None:
        """Stop the work, and wait for threads that are still running."""
        self._gate.drop()
        self._work.stop()
        self._office.stop()

    def open(self, draft: OpenDraft) -> None:
        """Start the next step of a draft's release."""
        if self._work.is_on:
            return
        self._work.show_at(self.worked.emit)
        self._refuse = self._report_refused
        release = DraftRelease(draft, self._desk.release)
        state = draft.stored.state
        try:
            if state == _WRITING:
                self._hand_over(release, draft)
            elif state == _HANDED_OVER:
                self._review(release)
            else:
                self._plan(release)
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
        files = destination_dialog(self._window, "studio_signed_files", title, name, _SIGNED)
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
        dialog.stopped.connect(self.leave)
        dialog.finished.connect(self.leave)
        dialog.office_wanted.connect(partial(self._office.open, draft))
        dialog.open()

    def _on_given(
        self, release: DraftRelease, dialog: HandOverDialog, reviewer: str, day: str, secret: str
    ) -> None:
        """Check the secret, then the draft to its end, then sign."""
        try:
            begins = read_iso(day)
        except DateUnreadableError:
            dialog.show_refused(_DAY)
            return

        def check(word: SigningWord) -> None:
            after = partial(prove, word)
            self._work.do_slices(release.checking(), _CHECKING, after, release.usual_steps)

        def prove(word: SigningWord, _: object) -> None:
            work = release.proof(reviewer, begins, self._clock())
            self._work.do_beside(work, _PROVING, partial(sign, word))

        def sign(word: SigningWord, _: object) -> None:
            release.hand_over(reviewer, begins, word, self._clock())
            dialog.accept()
            self.reported.emit(
                Message(GOOD, f"已签名，交“{reviewer}”复核；请复核人登录后打开这份草稿")
            )
            self.settled.emit()

        self._check_secret(release, dialog, secret, check)

    def _check_secret(
        self,
        release: DraftRelease,
        dialog: HandOverDialog | ReviewDialog,
        secret: str,
        then: Callable[[SigningWord], None],
    ) -> None:
        """Check the own secret beside the window; a signature follows."""
        self._work.show_at(dialog.show_work)
        self._refuse = dialog.show_refused

        def go_on(tell: Callable[[datetime], SigningWord]) -> None:
            then(tell(self._clock()))

        try:
            self._work.do_beside(release.secret_checking(secret), _CHECKING_WHO, go_on)
        except MedCounterError as err:
            dialog.show_refused(err.text)

    def _review(self, release: DraftRelease) -> None:
        work = release.reviewing(self._clock())

        who = self._desk.access.who

        def work_out(reviewing: Reviewing) -> None:
            def show() -> None:
                # Whoever came meanwhile did not ask for it, and may send nothing back.
                if self._desk.access.who == who:
                    self._show_review(release, reviewing)

            # The table is worked out first: it names the residents of the examples.
            self._work.do_slices(
                release.working_out(), "正在测算参保人样本", lambda _: self._gate.open(show)
            )

        self._work.do_beside(work, _PROVING, work_out)

    def _show_review(self, release: DraftRelease, reviewing: Reviewing) -> None:
        lines = release.lines(reviewing)
        dialog = ReviewDialog(reviewing, lines, release.residents(), self._window)
        dialog.signed.connect(partial(self._on_signed, release, dialog))
        dialog.stopped.connect(self.leave)
        dialog.finished.connect(self.leave)
        dialog.returned.connect(partial(self._ask_why, release, dialog))
        dialog.open()

    def _on_signed(self, release: DraftRelease, dialog: ReviewDialog, secret: str) -> None:
        def sign(word: SigningWord) -> None:
            self._work.do_beside(release.signing(word, self._clock()), _PROVING, keep)

        def keep(keep_signed: Callable[[datetime], object]) -> None:
            keep_signed(self._clock())
            self.settled.emit()
            self._plan(release, dialog)

        self._check_secret(release, dialog, secret, sign)

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

    def _plan(self, release: DraftRelease, dialog: ReviewDialog | None = None) -> None:
        """Install signed rules at this desk, once they are proven here."""
        rules = self._desk.hall_rules

        def take(plan: HallPlan) -> None:
            rules.take(plan, self._clock())
            if dialog is not None:
                dialog.accept()
            self.reported.emit(Message(GOOD, _SAVE_IT))
            self.taken.emit()

        self._work.do_beside(rules.planner(release.data, self._clock().date()), _PROVING, take)

    def _report_refused(self, text: str) -> None:
        self.reported.emit(Message(PROBLEM, text))

    def _on_work_failed(self, error: MedCounterError) -> None:
        self._refuse(error.text)
