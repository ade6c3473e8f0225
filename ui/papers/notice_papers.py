"""Print, save or preview a notice.

Draws through ``ui.printing`` and reports to the desk whether paper came out.
Numbers and counts nothing itself.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from medcounter.desk.counter.register import EVERYTHING
from medcounter.errors import MedCounterError
from medcounter.notice.content.household_sheet import HouseholdSheet, household_sheet
from medcounter.notice.content.notice import Sheet
from medcounter.notice.sheet.paper import Paper, chosen_paper
from medcounter.wording.terms import VOID

from ..dialogs.preview_dialog import PreviewDialog
from ..file_dialogs import destination_dialog
from ..messages import GOOD, PLAIN, PROBLEM, Message, told_problem
from ..printing.lacking import undrawn_text
from ..printing.layout import lay_out, manuscript
from ..printing.pdf import write_pdf
from ..printing.print_system import PrintSystemSilentError
from ..printing.test_page import test_page_job
from .counted_papers import CountedPapers
from .print_words import (
    ALL_VOID,
    NONE_YET,
    SPECIMEN_UNPRINTED,
    counted_numbers,
    done_text,
    is_void,
    span,
    without_printer,
    without_test_page,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medcounter.desk.desk_records import IssuedNotice
    from medcounter.notice.content.notice import Notice
    from medcounter.settings import Settings

    from ..printing.layout import Layout


class NoticePapers(CountedPapers):
    """Prints, saves and previews notices."""

    def print_issued(self, notices: tuple[IssuedNotice, ...]) -> None:
        """Print what was just issued: one notice, or a household's on one sheet."""
        if len(notices) == 1:
            self.print_counted(notices[0])
        else:
            self.print_together(notices)

    def print_counted(self, issued: IssuedNotice) -> None:
        """Print a notice whose print is counted.

        Without a printer, or when a character would be missing on paper, it
        is shown instead and nothing counts as printed.
        """
        layout = lay_out(self._sheet(issued), self._paper)
        if lacking := undrawn_text(layout):
            self._show_instead(issued, f"没有自动打印：{lacking}")
            return

        def found(name: str, why: str) -> None:
            if name:
                self._print(issued, layout, name)
            else:
                text = f"{why}，可存为 PDF，或接好打印机后在台账里补打。"
                self._show_instead(issued, text)

        self.with_printer(found)

    def _show_instead(self, issued: IssuedNotice, text: str) -> None:
        self._tell((issued,), Message(PROBLEM, f"{done_text(issued)}；{text}"), ok=False)
        self._open(partial(self.show_issued, issued))

    def _print(
        self, issued: IssuedNotice, layout: Layout, name: str, *, with_boxes: bool = False
    ) -> None:
        number = issued.notice.number or ""

        def sent(error: MedCounterError | None) -> None:
            if error is None:
                where = f"{number} 已送到打印机“{name}”，按 F2 办理下一位"
                self._tell((issued,), Message(GOOD, where), ok=True)
            else:
                self._tell_unsent((issued,), done_text(issued), number, error)

        self.reported.emit(Message(PLAIN, f"{number} 正在送到打印机“{name}”"))
        self.send(layout, name, sent, with_boxes=with_boxes)

    def _tell_unsent(
        self, notices: tuple[IssuedNotice, ...], done: str, whose: str, error: MedCounterError
    ) -> None:
        if isinstance(error, PrintSystemSilentError):
            # Whether paper came out is for the clerk to say, who is asked as after a power cut.
            self.reported.emit(Message(PROBLEM, f"{whose}：{error.text}"))
        else:
            self._tell(notices, Message(PROBLEM, f"{done}，但{error.text}"), ok=False)

    def print_together(self, household: tuple[IssuedNotice, ...]) -> None:
        """Print a household on one sheet, as :meth:`print_counted` does one notice."""
        layout = lay_out(self._household_sheet(household), self._paper)
        if lacking := undrawn_text(layout):
            self._show_together_instead(household, f"没有自动打印：{lacking}")
            return

        def found(name: str, why: str) -> None:
            if name:
                self._print_together(household, layout, name)
            else:
                text = f"{why}，可存为 PDF，或接好后在台账里打开全户单打印。"
                self._show_together_instead(household, text)

        self.with_printer(found)

    def _show_together_instead(self, household: tuple[IssuedNotice, ...], text: str) -> None:
        message = Message(PROBLEM, f"全户已出单 {span(household)}；{text}")
        self._tell(household, message, ok=False)
        self._open(partial(self._show, self._household_sheet(household)))

    def _print_together(
        self,
        household: tuple[IssuedNotice, ...],
        layout: Layout,
        name: str,
        *,
        with_boxes: bool = False,
    ) -> None:
        # The void are named on the sheet, and no print of theirs is counted.
        counted = tuple(issued for issued in household if issued.state != VOID)
        whose = span(counted)

        def sent(error: MedCounterError | None) -> None:
            if error is None:
                text = (
                    f"全户 {len(counted)} 人 {span(counted)} 已送到打印机“{name}”，按 F2 办理下一户"
                )
                self._tell(counted, Message(GOOD, text), ok=True)
            else:
                whose = span(counted)
                self._tell_unsent(counted, f"全户已出单 {whose}", whose, error)

        self.reported.emit(Message(PLAIN, f"全户 {whose} 正在送到打印机“{name}”"))
        self.send(layout, name, sent, with_boxes=with_boxes)

    def reprint_last(self) -> None:
        """Print the notice issued last once more; its further print is counted."""
        try:
            on = self._clock().date()
            rows = self._desk.register.page("", 1, 0, EVERYTHING, on).rows
        except MedCounterError as err:
            self.reported.emit(told_problem(err))
            return
        if rows:
            self.reprint(rows[0].number)
        else:
            self.reported.emit(NONE_YET)

    def reprint(self, number: str) -> None:
        """Print a notice once more; its further print is counted.

        The printer is found first: without one nothing can come out, nothing
        is counted, and the notice is shown.
        """

        def found(name: str, why: str) -> None:
            try:
                issued = self._desk.notices.find(number)
                if name:
                    issued = self._desk.notices.reprint(number, self._clock())
            except MedCounterError as err:
                self.reported.emit(told_problem(err))
                return
            if name:
                self.print_counted(issued)
            else:
                self.reported.emit(without_printer(why))
                self._open(partial(self.show_issued, issued))

        self.with_printer(found)

    def show_issued(self, issued: IssuedNotice) -> None:
        """Show a stored notice; looking is not printing."""
        self._show(self._sheet(issued), together=self._together(issued.notice.number))

    def show_household(self, sheet: Sheet) -> None:
        """Show the household's sheet of a notice that was issued with others."""
        try:
            household = tuple(map(self._desk.notices.find, self._together(sheet.notice.number)))
        except MedCounterError as err:
            self.reported.emit(told_problem(err))
            return
        self._show(self._household_sheet(household))

    def show_specimen(self, notice: Notice) -> PreviewDialog:
        """Show what the notice would be, without a number; give the preview of it."""
        return self._show(Sheet(notice, practice=self._desk.practice))

    def save_issued(self, issued: IssuedNotice) -> None:
        """Ask where a stored notice is to be saved as a PDF.

        When a character would be missing in it, it is shown instead.
        """
        sheet = self._sheet(issued)
        if lacking := undrawn_text(lay_out(sheet, self._paper)):
            self.reported.emit(Message(PROBLEM, f"没有存为 PDF：{lacking}"))
            self.show_issued(issued)
            return
        self._ask_path(self._window, sheet, self._paper)

    def print_test_page(self, settings: Settings) -> None:
        """Print the page that a printer's offset is measured by.

        Args:
            settings: As typed, kept or not.
        """
        sheet_paper = chosen_paper(settings.paper, large_print=settings.large_print)

        def found(name: str, why: str) -> None:
            def sent(error: MedCounterError | None) -> None:
                text = f"测试页已送到打印机“{name}”，请用尺量十字到纸边的距离"
                self.reported.emit(told_problem(error) if error else Message(GOOD, text))

            if name:
                self.send_question(test_page_job(sheet_paper, settings.offset_on(name)), sent)
            else:
                self.reported.emit(without_test_page(why))

        if settings.printer:
            found(settings.printer, "")
        else:
            self.with_usual(found)

    def _show(self, sheet: Sheet | HouseholdSheet, together: tuple[str, ...] = ()) -> PreviewDialog:
        preview = PreviewDialog(sheet, self._paper, self._window)
        preview.offer_household(len(together))
        preview.household_requested.connect(self.show_household)
        preview.print_requested.connect(self._on_preview_print_requested)
        # Over the preview, to which the keyboard goes back.
        preview.save_requested.connect(partial(self._ask_path, preview))
        preview.show()
        return preview

    def _on_preview_print_requested(
        self, sheet: Sheet | HouseholdSheet, sheet_paper: Paper
    ) -> None:
        numbers = counted_numbers(sheet)
        if not numbers:
            self.reported.emit(ALL_VOID if is_void(sheet) else SPECIMEN_UNPRINTED)
            return

        # Asked before anything counts: without one nothing can come out, and it is shown already.
        def found(name: str, why: str) -> None:
            if name:
                self._print_previewed(sheet, sheet_paper, numbers, name)
            else:
                self.reported.emit(without_printer(why))

        self.with_printer(found)

    def _print_previewed(
        self,
        sheet: Sheet | HouseholdSheet,
        sheet_paper: Paper,
        numbers: tuple[str, ...],
        name: str,
    ) -> None:
        try:
            issued = self._all_to_hand_out(numbers)
        except MedCounterError as err:
            self.reported.emit(told_problem(err))
            return
        try:
            household = isinstance(sheet, HouseholdSheet) and self._with_void(sheet, issued)
        except MedCounterError as err:
            self._tell(issued, told_problem(err), ok=False)
            return
        # The preview says what would be missing, and was answered by its button.
        if household:
            layout = lay_out(self._household_sheet(household), sheet_paper)
            self._print_together(household, layout, name, with_boxes=True)
        else:
            layout = lay_out(self._sheet(issued[0]), sheet_paper)
            self._print(issued[0], layout, name, with_boxes=True)

    def _ask_path(self, over: QWidget, sheet: Sheet | HouseholdSheet, sheet_paper: Paper) -> None:
        name = f"{manuscript(sheet, sheet_paper).name}.pdf"
        files = destination_dialog(over, "save_pdf_files", "存为 PDF", name)
        files.fileSelected.connect(partial(self.save_to, sheet, sheet_paper=sheet_paper))
        files.open()

    def save_to(
        self, sheet: Sheet | HouseholdSheet, path: str, sheet_paper: Paper | None = None
    ) -> None:
        """Save a sheet as a PDF under a path, on the usual paper or another.

        A PDF is handed out like paper, so a numbered one counts as a print:
        the last one where no paper came out of it, else a further one. What
        would be missing was shown before; it is said once more.
        """
        try:
            destination = self.named_destination(path, people=True)
            numbers = () if is_void(sheet) else counted_numbers(sheet)
            issued = self._all_to_hand_out(numbers)
        except MedCounterError as err:
            self.reported.emit(told_problem(err))
            return
        try:
            layout = lay_out(self._as_counted(sheet, issued), sheet_paper or self._paper)
            write_pdf(layout, destination, with_boxes=True)
        except MedCounterError as err:
            self._tell(issued, told_problem(err), ok=False)
            return
        count = max((one.print_no for one in issued), default=0)
        text = f"已存为“{path}”，记为第 {count} 次打印" if count else f"已存为“{path}”"
        lacking = undrawn_text(layout)
        tone, sentence = (PROBLEM, f"{text}；{lacking}") if lacking else (GOOD, text)
        message = Message(tone, sentence, folder=f"{destination.path.parent}")
        self._tell(issued, message, ok=True)

    def _as_counted(
        self, sheet: Sheet | HouseholdSheet, issued: tuple[IssuedNotice, ...]
    ) -> Sheet | HouseholdSheet:
        """Return a sheet with the prints that were just counted for it."""
        if not issued:
            return sheet
        if isinstance(sheet, HouseholdSheet):
            return self._household_sheet(self._with_void(sheet, issued))
        return self._sheet(issued[0])

    def _with_void(
        self, sheet: HouseholdSheet, issued: tuple[IssuedNotice, ...]
    ) -> tuple[IssuedNotice, ...]:
        """Put the void members, who are named and not counted, back in their rows."""
        counted = {one.notice.number: one for one in issued}
        return tuple(
            counted.get(member.number) or self._desk.notices.find(member.number or "")
            for member in sheet.members
        )

    def _household_sheet(self, household: tuple[IssuedNotice, ...]) -> HouseholdSheet:
        void = {one.notice.number or "" for one in household if one.state == VOID}
        prints = [one.print_no for one in household if one.state != VOID]
        return household_sheet(
            tuple(one.notice for one in household),
            print_no=max(prints, default=1),
            voided=void,
            practice=self._desk.practice,
        )

    def _together(self, number: str | None) -> tuple[str, ...]:
        try:
            return () if number is None else self._desk.households.together_with(number)
        except MedCounterError:
            # Only the button for the household is missing then.
            return ()

    def _all_to_hand_out(self, numbers: tuple[str, ...]) -> tuple[IssuedNotice, ...]:
        """Count a print of each; where one cannot be counted, none of them came out."""
        counted: list[IssuedNotice] = []
        try:
            for number in numbers:
                counted.append(self._to_hand_out(number))  # noqa: PERF401 - the first stay counted
        except MedCounterError:
            self._mark_each(counted, ok=False)
            raise
        return tuple(counted)

    def _to_hand_out(self, number: str) -> IssuedNotice:
        issued = self._desk.notices.find(number)
        return (
            issued if issued.standing.failed else self._desk.notices.reprint(number, self._clock())
        )

    def _tell(self, household: tuple[IssuedNotice, ...], message: Message, *, ok: bool) -> None:
        """Record what came out, and tell it with what could not be recorded."""
        if problem := self._mark_each(household, ok=ok):
            message = Message(PROBLEM, f"{message.text}；{problem}", folder=message.folder)
        self.reported.emit(message)

    def _mark_each(self, household: Iterable[IssuedNotice], *, ok: bool) -> str:
        """Record of each whether it came out; give why one was not recorded."""
        problem = ""
        for issued in household:
            try:
                self._mark(issued, ok=ok)
            except MedCounterError as err:
                problem = problem or err.text
        return problem
