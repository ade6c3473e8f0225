"""Print the pictures of a day or a season on A4, or save them as a PDF.

Draws the charts that the screen shows, and counts nothing.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from medcounter.errors import MedCounterError
from medcounter.notice.sheet.paper import A4_PORTRAIT

from ...file_dialogs import destination_dialog
from ...messages import GOOD, PROBLEM, Message, told_problem
from ...papers.desk_papers import DeskPapers
from ...printing.ink import BLACK, on_paper
from ...printing.pdf import drawn_pdf, save_bytes
from ...printing.print_jobs import PageJob
from ...printing.units import PER_MM
from ...printing.year_strip import SOFT, font
from .bar_chart import ChartInk, draw_chart
from .season_charts import TODAY, charts, figure_texts, title_text

if TYPE_CHECKING:
    from .season_charts import SeasonState

_MARGIN_MM = 18.0
_TITLE_MM, _TEXT_MM, _SMALL_MM = 6.0, 4.0, 3.2
_HEAD_MM, _FOOT_MM, _GAP_MM = 34.0, 8.0, 8.0
_PAPER_INK = ChartInk(BLACK, SOFT, SOFT, SOFT)


class SeasonPapers(DeskPapers):
    """Prints and saves the pictures."""

    def print_state(self, state: SeasonState) -> None:
        """Print on A4; without a printer say how else."""

        def found(name: str, why: str) -> None:
            def sent(error: MedCounterError | None) -> None:
                good = Message(GOOD, f"已送到打印机“{name}”")
                self.reported.emit(told_problem(error) if error else good)

            if name:
                draw_page = partial(draw_season, state=state, lines=self._lines())
                offset = self._desk.settings.offset_on(name)
                self.send_question(PageJob(draw_page, A4_PORTRAIT, _name(state), offset), sent)
            else:
                text = f"没有打印：{why}，可按 Ctrl+S 存为 PDF，或接好打印机后按 Ctrl+R"
                self.reported.emit(Message(PROBLEM, text))

        self.with_printer(found)

    def save_state(self, state: SeasonState) -> None:
        """Ask where the PDF is to be saved."""
        files = destination_dialog(
            self._window, "save_season_files", "存为 PDF", f"{_name(state)}.pdf"
        )
        files.fileSelected.connect(partial(self.save_to, state))
        files.open()

    def save_to(self, state: SeasonState, path: str) -> None:
        """Save a PDF under a path."""
        try:
            destination = self.named_destination(path, people=False)
            save_bytes(season_pdf(state, self._lines()), destination)
        except MedCounterError as err:
            self.reported.emit(told_problem(err))
            return
        self.reported.emit(Message(GOOD, f"已存为“{path}”", folder=f"{destination.path.parent}"))

    def _lines(self) -> str:
        """Describe whose pictures these are, and when they were drawn."""
        settings = self._desk.settings
        parts = (
            settings.hall,
            f"{settings.desk} 号窗口",
            f"{self._clock():%Y-%m-%d %H:%M} 制",
            "只有份数和金额，不含居民信息",
            "练习" if self._desk.practice else "",
        )
        return "　".join(filter(None, parts))


def season_pdf(state: SeasonState, lines: str) -> bytes:
    """Draw the pictures into a PDF in memory.

    Raises:
        PdfNotMadeError: What Qt made is no whole PDF.
    """
    return drawn_pdf(partial(draw_season, state=state, lines=lines), 1, A4_PORTRAIT, _name(state))


def draw_season(
    painter: QPainter, _page: int, dots_per_mm: float, *, state: SeasonState, lines: str
) -> None:
    """Draw the page with the paper's top left corner at the painter's origin.

    Args:
        painter: Active; put where it was when this returns.
        dots_per_mm: How many of the painter's units make a millimetre.
        state: What is drawn.
        lines: Whose pictures these are, and when they were drawn.
    """
    width = A4_PORTRAIT.width_mm - 2 * _MARGIN_MM
    height = A4_PORTRAIT.sheet_height_mm - 2 * _MARGIN_MM
    valid, total, facts = figure_texts(state.counted)
    texts = (
        (_TITLE_MM, "城乡居民医保缴费测算：办理情况"),
        (_TEXT_MM, title_text(state)),
        (_TEXT_MM, f"{valid}，{total}（{facts}）"),
        (_SMALL_MM, lines),
    )
    with on_paper(painter, dots_per_mm):
        top = _MARGIN_MM
        for size, text in texts:
            painter.setFont(font(size * PER_MM))
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(_box(_MARGIN_MM, top, width, size * 1.7), flags, text)
            top += size * 1.7
        shown = charts(state)
        room = (height - _HEAD_MM - _FOOT_MM) / len(shown)
        painter.setFont(font(_SMALL_MM * PER_MM))
        for number, chart in enumerate(shown):
            box = _box(_MARGIN_MM, _MARGIN_MM + _HEAD_MM + number * room, width, room - _GAP_MM)
            draw_chart(painter, box, chart, _PAPER_INK)


def _name(state: SeasonState) -> str:
    what = state.on.isoformat() if state.span == TODAY else f"{state.tally.year} 年度"
    return f"办理情况 {what}"


def _box(left: float, top: float, width: float, height: float) -> QRectF:
    return QRectF(left * PER_MM, top * PER_MM, width * PER_MM, height * PER_MM)
