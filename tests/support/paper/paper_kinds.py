"""Every kind of paper the program draws, with invented people, and how each looks.

``tools.paper`` keeps the pictures of these in ``tests/data/paper``; the tests hold today's drawing
to them. A new kind of paper is one line here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage, QPainter, qRgb

from medcounter.assess.assessment import Remark
from medcounter.authoring.sign_sheet.sign_manuscript import SIGN_PAPER, sign_manuscript
from medcounter.notice.content.amount_in_words import amount_in_words
from medcounter.notice.content.household_sheet import household_sheet
from medcounter.notice.content.notice import Party, Sheet
from medcounter.notice.sheet.day_sheet import DaySheet, DayTable
from medcounter.notice.sheet.paper import (
    A4_PORTRAIT,
    A5_LANDSCAPE,
    LARGE_PRINT,
    PAPERS,
    ROLL_80,
    Paper,
)
from medcounter.settings import Offset
from tests.support.authoring.sign_samples import signed_samples
from tests.support.paper.notice_samples import (
    FLEXIBLE,
    IN_WINDOW,
    LATE_0305,
    LONG_PARTY,
    LOW_INCOME,
    NEWBORN_DAY_59,
    NO_COVER,
    PARTY,
    STAMP,
    notice,
    option,
    step,
)
from ui.access.recovery_print import recovery_layout
from ui.printing.draw import draw
from ui.printing.layout import lay_out, lay_out_written
from ui.printing.test_page import draw_test_page, size_mm
from ui.views.day.day_papers import laid_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcounter.assess.assessment import Assessment
    from medcounter.notice.content.household_sheet import HouseholdSheet
    from medcounter.notice.content.notice import Notice
    from ui.printing.layout import Layout

# As many as tell one letter from another, on A4 with its larger type and on the rest.
_A4_MM = 290
_DOTS_ON_A4, _DOTS = 3.0, 4.0
_SHADES = 16

_BEIJING = timezone(timedelta(hours=8))
_CLOSED_AT = datetime(2025, 3, 5, 17, 30, tzinfo=_BEIJING)
_CLERK_COLUMNS = (
    ("经办人", 34),
    ("出单", 14),
    ("其中作废", 14),
    ("补打", 14),
    ("有效金额（元）", 24),
)
_BY_HALL = "规则由本厅编制，编制 王敏，复核 李强，2026-11-29。"
_ADDED = "请带户口簿原件；缴费后凭手机短信到 3 号窗口登记，不必再排队。"
_BY_CLERK = (("王丽", "3", "1", "1", "800.00"), ("李建国", "1", "0", "0", "80.00"))
_ACT_COLUMNS = (
    ("时间", 9),
    ("编号", 20),
    ("事项", 9),
    ("身份", 26),
    ("年度", 8),
    ("经办人", 13),
    ("金额（元）", 15),
)
_ACTS = (
    ("09:01", "2025-03-000001", "出单", "普通居民", "2025", "王丽", "400.00"),
    ("09:20", "2025-03-000002", "出单", "城乡低保对象", "2025", "李建国", "80.00"),
    ("09:41", "2025-03-000001", "补打", "普通居民", "2025", "王丽", ""),
    ("10:05", "2025-03-000001", "作废", "普通居民", "2025", "王丽", "-400.00"),
    *(
        (f"1{place // 60}:{place % 60:02d}", f"2025-03-{place:06d}", "出单", "普通居民", "2025",
         "王丽", "400.00")
        for place in range(3, 60)
    ),
)  # fmt: skip
# Groups of nothing: no key was ever made of them.
_KEY = "-".join(f"ABCD{place}" for place in range(1, 10)) + "-EFGH1-EFGH2-EFGH3-EFGH4"
_TOLD = tuple(
    Remark(f"told-{place}", "info", f"第 {place} 条：" + "住院以入院日期为准。" * 12)
    for place in range(9)
)


@dataclass(frozen=True, slots=True)
class Kind:
    """One paper.

    Attributes:
        name: Of its pictures' files.
        pages: Draws its pages, in dots to the millimetre; given anew each
            time, so that what the application wears now would show.
        size_mm: Width and height of each page.
    """

    name: str
    pages: tuple[Callable[[QPainter, float], None], ...]
    size_mm: tuple[float, float]


def pictures(kind: Kind) -> tuple[QImage, ...]:
    """Draw each page on white, in sixteen shades of grey so that the files stay small.

    Raises:
        ValueError: Something on it is coloured.
    """
    return tuple(_picture(draw_page, kind.size_mm) for draw_page in kind.pages)


def kinds() -> dict[str, Callable[[], Kind]]:
    """Give every kind by its name; each is laid out when it is asked for."""
    made: dict[str, Callable[[], Kind]] = {}
    for name, layout in layouts().items():
        made[name] = partial(_of_layout, name, layout)
    for size in (A5_LANDSCAPE, A4_PORTRAIT, ROLL_80):
        made[f"test-page-{size.code}"] = partial(_test_page, size)
    return made


def layouts() -> dict[str, Callable[[], Layout]]:
    """Give what is laid out as text, by name: all but the test page."""
    made: dict[str, Callable[[], Layout]] = {}
    for size in PAPERS:
        made[f"notice-{size.code}"] = partial(_sheet, Sheet(notice()), size)
        made[f"household-{size.code}"] = partial(_sheet, _family(), size)
    for size in (A5_LANDSCAPE, ROLL_80, LARGE_PRINT):
        for name, sheet in _marked().items():
            made[f"{name}-{size.code}"] = partial(_sheet, sheet, size)
    for size in (A5_LANDSCAPE, ROLL_80):
        for name, written in _contents().items():
            made[f"{name}-{size.code}"] = partial(_sheet, Sheet(written), size)
    for size in (A4_PORTRAIT, ROLL_80):
        for name, household in _households().items():
            made[f"{name}-{size.code}"] = partial(_sheet, household, size)
    made["weak-sources-a4"] = partial(_sheet, Sheet(_of_weak_sources()), A4_PORTRAIT)
    for name, day in days().items():
        made[name] = partial(laid_out, day)
    for name, signed in signed_samples().items():
        made[name] = partial(lay_out_written, partial(sign_manuscript, signed), SIGN_PAPER)
    made["recovery-key"] = partial(recovery_layout, _KEY)
    return made


def _marked() -> dict[str, Sheet]:
    return {
        "specimen": Sheet(notice(number=None)),
        "void": Sheet(notice(), voided=True),
        "reprint": Sheet(notice(), 3),
        "practice": Sheet(notice(), practice=True),
        "no-cover": Sheet(notice(NO_COVER, date(2025, 10, 1))),
    }


def _contents() -> dict[str, Notice]:
    late = option(LATE_0305, date(2025, 3, 5))
    in_window = option(IN_WINDOW, date(2025, 2, 28), "wait-for-window", "集中征缴期内缴费")
    return {
        "in-window": notice(IN_WINDOW, date(2025, 2, 20)),
        "newborn": notice(NEWBORN_DAY_59, date(2025, 3, 5)),
        "low-income": notice(LOW_INCOME, date(2025, 3, 15)),
        "flexible": notice(FLEXIBLE, date(2024, 11, 20)),
        "long-names": notice(party=LONG_PARTY),
        "choices": notice(others=(late, in_window)),
        "two-pages": notice(_with_much_to_say()),
        "by-hall": replace(notice(), made_by=_BY_HALL),
        "clerk-words": replace(notice(), clerk_words=_ADDED),
    }


def _of_weak_sources() -> Notice:
    """A notice of unsigned rules that rest on a copied page, with one way to pay and no words."""
    repair = step("repair", "每年减 1 个月。", "断缴", "fuzhou-page")
    bare = LATE_0305.advice[1]._replace(label="银行柜台", text="")
    told = replace(
        LATE_0305,
        steps=(*LATE_0305.steps, repair),
        advice=(LATE_0305.advice[0]._replace(grade="C"), bare, *LATE_0305.advice[2:]),
    )
    chosen = ("缴费修复 1 年：多缴 ¥400.00，2025-04-05 至 2025-12-31 享受待遇（多 61 天）。",)
    return replace(notice(told), stamp=replace(STAMP, signed=False), choices=chosen)


def _with_much_to_say() -> Assessment:
    return replace(LATE_0305, remarks=_TOLD)


def _family(*void: str, practice: bool = False, size: int = 4) -> HouseholdSheet:
    cases = (LATE_0305, LOW_INCOME, NO_COVER, IN_WINDOW)
    names = ("吴建国", "吴梅", "阿卜杜热合曼·买买提依明", "吴小宝")
    members = tuple(
        notice(
            cases[place % 4],
            party=Party(names[place % 4], PARTY.id_number),
            number=f"2025-03-{place + 1:06d}",
        )
        for place in range(size)
    )
    return household_sheet(members, voided=frozenset(void), practice=practice)


def _households() -> dict[str, HouseholdSheet]:
    return {
        "household-void": _family("2025-03-000002"),
        "household-practice": _family(practice=True),
        "household-all-void": _family("2025-03-000001", "2025-03-000002", size=2),
        "household-specimen": household_sheet(
            [notice(case, number=None) for case in (LATE_0305, NEWBORN_DAY_59)]
        ),
        "household-pages": _family(size=14),
        "household-by-hall": household_sheet(
            [notice(), replace(notice(LOW_INCOME), made_by=_BY_HALL)]
        ),
    }


def days() -> dict[str, DaySheet]:
    """Give the sheets of days, by name."""
    clerks = DayTable("按经办人", _CLERK_COLUMNS, 1, _BY_CLERK)
    listed = DayTable("明细", _ACT_COLUMNS, 6, _ACTS[:4])
    closed = DaySheet(
        hall="抚州市临川区政务服务中心",
        desk="03",
        clerk="王丽",
        number="2025-03-D0012",
        day=date(2025, 3, 5),
        closed_at=_CLOSED_AT,
        further=False,
        facts=(("出单", "3 份"), ("其中作废", "0 份"), ("补打", "1 次")),
        total=88_000,
        words=amount_in_words(88_000),
        tables=(clerks, listed),
        unconfirmed=("2025-03-000002 第 1 次",),
        left_out="",
        head="133-ac44f07c",
        printed_at=_CLOSED_AT + timedelta(minutes=2),
    )
    return {
        "day-closed": closed,
        "day-open": replace(closed, number=None, closed_at=None),
        "day-practice": replace(closed, practice=True),
        "day-by-hall": replace(closed, facts=(*closed.facts, ("按本厅规则", "1 份"))),
        "day-left-out": replace(
            closed, left_out="逐份清单较长，请在台账中查看。", tables=(clerks,)
        ),
        "day-pages": replace(closed, tables=(clerks, replace(listed, rows=_ACTS)), further=True),
    }


def _sheet(sheet: Sheet | HouseholdSheet, paper: Paper) -> Layout:
    return lay_out(sheet, paper)


def _of_layout(name: str, make: Callable[[], Layout]) -> Kind:
    layout = make()

    def page(number: int) -> Callable[[QPainter, float], None]:
        return lambda painter, dots_per_mm: draw(painter, layout, number, dots_per_mm)

    size = (layout.paper.width_mm, layout.paper.sheet_height_mm)
    return Kind(name, tuple(map(page, range(len(layout.pages)))), size)


def _test_page(paper: Paper) -> Kind:
    def page(painter: QPainter, dots_per_mm: float) -> None:
        draw_test_page(painter, 0, dots_per_mm, paper=paper, offset=Offset("窗口 3", 12, -5))

    return Kind(f"test-page-{paper.code}", (page,), size_mm(paper))


def _picture(draw_page: Callable[[QPainter, float], None], page_mm: tuple[float, float]) -> QImage:
    dots_per_mm = _DOTS_ON_A4 if page_mm[1] > _A4_MM else _DOTS
    width, height = (round(length * dots_per_mm) for length in page_mm)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    draw_page(painter, dots_per_mm)
    painter.end()
    return _in_shades(image)


def _in_shades(image: QImage) -> QImage:
    if not image.isGrayscale():
        message = "paper is black on white"
        raise ValueError(message)
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    # Rounded, so that a light ground is not taken for white.
    table = bytes(round(value * (_SHADES - 1) / 255) for value in range(256))
    dots = bytes(grey.constBits()).translate(table)
    shaded = QImage(
        dots, grey.width(), grey.height(), grey.bytesPerLine(), QImage.Format.Format_Indexed8
    )
    shades = [shade * 255 // (_SHADES - 1) for shade in range(_SHADES)]
    shaded.setColorTable([qRgb(shade, shade, shade) for shade in shades])
    # The bytes are Python's and go away.
    return shaded.copy()
