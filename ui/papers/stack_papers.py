"""Print many notices, or save them as one PDF.

Draws a few notices at a time, so that the window stays responsive. Numbers and
counts nothing; reports to the desk what came out.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from medcounter.errors import MedCounterError

from ..file_dialogs import destination_dialog
from ..messages import GOOD, PLAIN, PROBLEM, Message, told_problem
from ..printing.lacking import CharacterUndrawableError
from ..printing.layout import lay_out
from ..printing.pdf_stack import PdfStack
from ..printing.print_system import PrintSystemSilentError
from ..printing.text_shelf import TextShelf
from ..work.slices import Slices
from .counted_papers import CountedPapers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from medcounter.desk.desk import Desk
    from medcounter.desk.desk_records import IssuedNotice
    from medcounter.destinations import Destination

Stack = tuple["IssuedNotice", ...]
_NAMED = 5
# What came out, kept in one transaction: so few that the window does not stand still.
_MARKED_AT_ONCE = 40


class StackPapers(CountedPapers):
    """Puts many notices on paper.

    Attributes:
        prints_again: Whether they were handed out before, so that each print
            is counted as a further one.

    Signals:
        worked: What is done, how many so far and how many in all; an empty
            text when it is over.
    """

    worked = Signal(str, int, int)

    def __init__(
        self,
        desk: Desk,
        clock: Callable[[], datetime],
        window: QWidget,
        printer: Callable[[], str] | None = None,
    ) -> None:
        """Override DeskPapers.__init__: begin with nothing to print."""
        super().__init__(desk, clock, window, printer)
        self.prints_again = False
        self._left = ""
        self._slices = Slices(self)
        self._slices.failed.connect(self._on_slices_failed)

    @property
    def held(self) -> str:
        """What is not out yet, in one clause; empty while nothing is printed or saved."""
        if not self._slices.is_on:
            return ""
        return f"一批通知单还没有打完（{self._left}）" if self._left else "一批通知单还没有打完"

    def stop(self) -> None:
        """Override DeskPapers.stop: print no further, but what is under way."""
        self._slices.stop()
        super().stop()

    def stop_by_clerk(self) -> None:
        """Print no further, and tell where the clerk stopped it."""
        if self._slices.is_on:
            self._slices.stop()
            self.worked.emit("", 0, 0)
            self.reported.emit(Message(PLAIN, f"已停下：{self._left}"))

    def offer(self, stack: Stack) -> None:
        """Ask whether the notices go to the printer or into one PDF."""
        self.with_printer(lambda name, _why: self._open(partial(self._offer, stack, name)))

    def _offer(self, stack: Stack, name: str) -> None:
        box = QMessageBox(self._window)
        box.setObjectName("roster_papers")
        box.setWindowTitle("名单的通知单")
        box.setText(f"{len(stack)} 张通知单已编号、已入台账。")
        again = "单上注明第几次打印。" if self.prints_again else "以后也可以在台账里补打。"
        box.setInformativeText(f"怎样交给居民？{again}")
        if name:
            printing = box.addButton(f"打印到“{name}”(&P)", QMessageBox.ButtonRole.AcceptRole)
            printing.clicked.connect(partial(self.print_all, stack, name))
        saving = box.addButton("存为一个 PDF(&S)", QMessageBox.ButtonRole.ActionRole)
        saving.clicked.connect(partial(self._ask_path, stack))
        # It opens by itself: an Enter that was meant for something else prints nothing.
        box.setDefaultButton(box.addButton("以后再说", QMessageBox.ButtonRole.RejectRole))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def print_all(self, stack: Stack, name: str) -> None:
        """Send each notice to a printer, a few at a time."""
        self._begin(self._print_each(stack, name))

    def save_all(self, stack: Stack, path: str) -> None:
        """Draw all notices into one PDF, a few at a time."""
        try:
            destination = self.named_destination(path, people=True)
        except MedCounterError as err:
            self.reported.emit(told_problem(err))
            return
        self._begin(self._draw_each(stack, destination))

    def _begin(self, steps: Iterator[None]) -> None:
        if self._slices.is_on:
            self.reported.emit(Message(PLAIN, "上一批通知单还没有打完，请等一会儿"))
            return
        self._left = ""
        self._slices.begin(steps)

    def _on_slices_failed(self, error: MedCounterError) -> None:
        self.worked.emit("", 0, 0)
        self.reported.emit(told_problem(error))

    def _print_each(self, stack: Stack, name: str) -> Iterator[None]:
        lacking: list[str] = []
        shelf = TextShelf()
        for done, issued in enumerate(map(self._to_hand_out, stack), 1):
            left = f"已打印 {done - 1} 张，{issued.notice.number} 起没有打印"
            self._tell_work("正在打印", done, stack, left)
            layout = lay_out(self._sheet(issued), self._paper, shelf)
            answered: list[MedCounterError | None] = []
            self._slices.pause()
            self.send(layout, name, partial(self._on_sent, issued, answered))
            yield
            error = answered[0]
            if isinstance(error, CharacterUndrawableError):
                lacking.append(issued.notice.number or "")
                continue
            if error is not None:
                left = f"已送 {done - 1} 张，{issued.notice.number} 起没有打印；"
                raise MedCounterError(left + error.text) from error
            self._left = f"已打印 {done} 张，还有 {len(stack) - done} 张没有打印"
        self._tell_done(f"{len(stack) - len(lacking)} 张已送到打印机“{name}”", lacking)

    def _on_sent(
        self,
        issued: IssuedNotice,
        answered: list[MedCounterError | None],
        error: MedCounterError | None,
    ) -> None:
        """Record whether it came out, though the others may have been stopped."""
        answered.append(error)
        try:
            # Whether paper came out is for the clerk to say where nobody knows.
            if not isinstance(error, PrintSystemSilentError):
                self._mark(issued, ok=error is None)
        except MedCounterError as err:
            answered[0] = err
        self._slices.resume()

    def _draw_each(self, stack: Stack, destination: Destination) -> Iterator[None]:
        shelf = TextShelf()
        drawn: list[IssuedNotice] = []
        lacking: list[str] = []
        try:
            with PdfStack() as pdf:
                for done, issued in enumerate(map(self._to_hand_out, stack), 1):
                    self._tell_work("正在生成 PDF", done, stack, "PDF 没有存，这些都没有算作打印")
                    try:
                        pdf.add(lay_out(self._sheet(issued), self._paper, shelf))
                        drawn.append(issued)
                    except CharacterUndrawableError:
                        lacking.append(self._left_out(issued))
                    yield
                if drawn:
                    pdf.save(destination)
        except BaseException:
            # It was stopped, or could not be drawn or saved: nothing of it was handed out.
            self._mark_all(drawn, ok=False)
            raise
        self._left = "PDF 已存好"
        for begin in range(0, len(drawn), _MARKED_AT_ONCE):
            self._mark_all(drawn[begin : begin + _MARKED_AT_ONCE], ok=True)
            yield
        saved = f"{len(drawn)} 张已存为“{destination.path.name}”" if drawn else ""
        self._tell_done(saved, lacking, f"{destination.path.parent}" if drawn else "")

    def _left_out(self, issued: IssuedNotice) -> str:
        """Keep a notice whose name would be a box from paper, and give its number."""
        self._mark(issued, ok=False)
        return issued.notice.number or ""

    def _to_hand_out(self, issued: IssuedNotice) -> IssuedNotice:
        """Count a further print of what was handed out before."""
        number = issued.notice.number
        if not self.prints_again or number is None or issued.standing.failed:
            return issued
        return self._desk.notices.reprint(number, self._clock())

    def _tell_work(self, verb: str, done: int, stack: Stack, left: str) -> None:
        """Tell how far the work is, and keep what is said if it is stopped now."""
        self.worked.emit(f"{verb} {done} / {len(stack)}", done, len(stack))
        self._left = left

    def _tell_done(self, done: str, lacking: list[str], folder: str = "") -> None:
        self.worked.emit("", 0, 0)
        if not lacking:
            self.reported.emit(Message(GOOD, done, folder=folder))
            return
        named = "、".join(lacking[:_NAMED]) + (" 等" if len(lacking) > _NAMED else "")
        text = (
            f"{len(lacking)} 张没有打印，也没有存进 PDF：{named}，这台电脑的字库缺字；"
            "请在台账里逐张打开，按提示办理"
        )
        sentence = "；".join(filter(None, (done, text)))
        self.reported.emit(Message(PROBLEM, sentence, folder=folder))

    def _mark(self, issued: IssuedNotice, *, ok: bool) -> None:
        """Override CountedPapers._mark: what is known of a print already stays."""
        if issued.standing.unconfirmed:
            super()._mark(issued, ok=ok)

    def _mark_all(self, stack: Sequence[IssuedNotice], *, ok: bool) -> None:
        """Record of several in one transaction whether they came out."""
        printed = [
            (one.notice.number, one.print_no)
            for one in stack
            if one.notice.number is not None and one.standing.unconfirmed
        ]
        if printed:
            self._desk.notices.mark_all_printed(printed, self._clock(), ok=ok)

    def _ask_path(self, stack: Stack) -> None:
        files = destination_dialog(
            self._window, "roster_pdf_files", "存为一个 PDF", "缴费通知单.pdf"
        )
        files.fileSelected.connect(partial(self.save_all, stack))
        files.open()
