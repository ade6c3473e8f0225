"""The kinds of paper a notice can be laid out for, in millimetres.

There are two layouts: a wide one, and a single column for rolls and large
type. A larger scale enlarges everything on the sheet. Knows no printer.
"""

from __future__ import annotations

from dataclasses import dataclass

from medcounter.errors import MedCounterError


class PaperUnknownError(MedCounterError):
    """没有这种纸张，通知单不能排版；请在设置里重新选择纸张。"""


# Room for the QR picture and its check code, before scaling.
SIDE_MM = 32.0
# A column below this has no room for the table of five columns.
_SLIM_MM = 110.0
_PADDING_MM, _SLIM_PADDING_MM = 4.0, 1.6


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper and how the notice is placed on it.

    Attributes:
        code: Its name in settings.
        label: Its name for the clerk.
        width_mm: Of the page as it is read.
        height_mm: Of the page as it is read; of a roll, the longest piece.
        margin_mm: Free on each side.
        scale: Size of everything against the A5 notice.
        air: Size of the free space between pieces against the A5 notice.
        full: Whether steps of payment, payers and effects are printed too.
        brief: Whether all but the obligatory fields is left out.
        roll: Whether it is cut where the content ends.
        copies: For whom each page is printed on the sheet, one below the
            other; empty where it is printed once.
    """

    code: str
    label: str
    width_mm: float
    height_mm: float
    margin_mm: float
    scale: float
    air: float
    full: bool = False
    brief: bool = False
    roll: bool = False
    copies: tuple[str, ...] = ()

    @property
    def single_column(self) -> bool:
        """Whether everything stands in one column, the QR picture too."""
        return self.column_mm < _SLIM_MM

    @property
    def sheet_height_mm(self) -> float:
        """Height of the sheet with all its copies."""
        return self.height_mm * max(1, len(self.copies))

    @property
    def narrow_mm(self) -> float:
        """Width of the text beside the QR picture."""
        return self.column_mm if self.single_column else self.column_mm - SIDE_MM

    @property
    def column_mm(self) -> float:
        """Width of the text before scaling."""
        return (self.width_mm - 2 * self.margin_mm) / self.scale

    @property
    def shaded_mm(self) -> float:
        """Width inside the shade behind the dates, which has its padding."""
        return self.column_mm - 2 * (_SLIM_PADDING_MM if self.single_column else _PADDING_MM)

    @property
    def room_mm(self) -> float:
        """Height inside the margins before scaling."""
        return (self.height_mm - 2 * self.margin_mm) / self.scale


A5_LANDSCAPE = Paper("a5", "A5 横向", 210, 148, 7.5, 1.0, 1.0)
A4_PORTRAIT = Paper("a4", "A4 纵向", 210, 297, 14, 1.15, 2.5, full=True)
# The second half is a copy: one for the resident, and one with the resident's
# signature for the office.
A4_TWO_UP = Paper(
    "a4x2", "A4 上下两联", 210, 148.5, 7.5, 1.0, 1.0, copies=("参保人留存", "经办机构留存")
)
ROLL_80 = Paper("80mm", "80 毫米卷纸", 80, 1000, 4, 1.0, 1.5, roll=True)
LARGE_PRINT = Paper("large", "A4 大字版", 210, 297, 12, 1.8, 1.0, brief=True)
PAPERS = (A5_LANDSCAPE, A4_PORTRAIT, A4_TWO_UP, ROLL_80, LARGE_PRINT)


def paper(code: str) -> Paper:
    """Find a paper by its name in settings, in letters of any size.

    Raises:
        PaperUnknownError: There is none of that name.
    """
    for candidate in PAPERS:
        if candidate.code == code.lower():
            return candidate
    raise PaperUnknownError(f"没有名为“{code}”的纸张，通知单不能排版；请在设置里重新选择纸张。")


def chosen_paper(code: str, *, large_print: bool) -> Paper:
    """Find the paper a desk prints on.

    Args:
        code: Its name in settings.
        large_print: Whether the resident reads large type better; a roll is
            too narrow for it and stays as it is.

    Raises:
        PaperUnknownError: There is none of that name.
    """
    found = paper(code)
    return LARGE_PRINT if large_print and not found.roll else found
