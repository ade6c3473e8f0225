"""The papers a notice may be laid out for, in millimetres.

One layout for all: a larger scale makes everything on the sheet larger.
Knows no printer.
"""

from __future__ import annotations

from dataclasses import dataclass

from medcounter.errors import MedCounterError


class PaperUnknownError(MedCounterError):
    """没有这种纸张，通知单不能排版；请在设置里重新选择纸张。"""


# Room for the QR picture and its check code, before scaling.
SIDE_MM = 32.0


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet and how the notice lies on it.

    Attributes:
        code: Its name in settings.
        label: Its name for the clerk.
        width_mm: Of the sheet as it is read.
        height_mm: Of the sheet as it is read.
        margin_mm: Free on each side.
        scale: Size of everything against the A5 notice.
        air: Size of the free space between pieces against the A5 notice.
        full: Whether steps of payment, payers and effects are printed too.
    """

    code: str
    label: str
    width_mm: float
    height_mm: float
    margin_mm: float
    scale: float
    air: float
    full: bool

    @property
    def narrow_mm(self) -> float:
        """Width of the text beside the QR picture."""
        return self.column_mm - SIDE_MM

    @property
    def column_mm(self) -> float:
        """Width of the text before scaling."""
        return (self.width_mm - 2 * self.margin_mm) / self.scale

    @property
    def room_mm(self) -> float:
        """Height inside the margins before scaling."""
        return (self.height_mm - 2 * self.margin_mm) / self.scale


A5_LANDSCAPE = Paper("a5", "A5 横向", 210, 148, 7.5, 1.0, 1.0, full=False)
A4_PORTRAIT = Paper("a4", "A4 纵向", 210, 297, 14, 1.15, 2.5, full=True)
PAPERS = (A5_LANDSCAPE, A4_PORTRAIT)


def paper(code: str) -> Paper:
    """Find a paper by its name in settings.

    Raises:
        PaperUnknownError: There is none of that name.
    """
    for candidate in PAPERS:
        if candidate.code == code:
            return candidate
    raise PaperUnknownError(f"没有名为“{code}”的纸张，通知单不能排版；请在设置里重新选择纸张。")
