"""Which column of a list is which: by its usual headings, or by hand.

Answers with a place for each kind of column. Reads no person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, NoReturn

from medcounter.assess.rule_book import RuleBook
from medcounter.identity.typed_text import plain
from medcounter.roster.book_process import Cell
from medcounter.roster.errors import HeadingsDoubledError, HeadingsMissingError
from medcounter.roster.table import Row, cell_name

NAME, ID_NUMBER, BIRTH, VILLAGE, REGION = ("name", "id_number", "birth_date", "village", "region")
CATEGORIES, INSURED, UNPAID = "categories", "insured_years", "unpaid_years"
REPAIR, PAID, YEAR = "repair_years", "payment_date", "benefit_year"
EVENT, ANSWER = "event:", "answers."
LOOKED_AT = 30
_ENOUGH = 2
_LEFT_OUT = str.maketrans("", "", " *＊:：()（）[]【】/、_-\n")


@dataclass(frozen=True, slots=True)
class Column:
    """One kind of column.

    Attributes:
        code: A fact's key, ``event:KIND``, ``answers.CODE``, or a word of
            its own: ``name``, ``id_number``, ``village``, ``unpaid_years``.
        heading: As the template writes it.
        others: Other headings it is known by.
        hint: How its cells are written.
    """

    code: str
    heading: str
    others: tuple[str, ...] = ()
    hint: str = ""


_PERSON = (
    Column(NAME, "姓名", ("参保人姓名", "参保人", "名字", "人员姓名", "学生姓名"), "与证件一致"),
    Column(
        ID_NUMBER,
        "证件号码",
        ("身份证号", "身份证号码", "公民身份号码", "身份证", "证件号", "身份证件号码"),
        "文本格式，18 位；没有时填出生日期",
    ),
    Column(BIRTH, "出生日期", ("出生年月日", "生日", "出生年月"), "2016-05-01；不填时取自证件号码"),
    Column(
        VILLAGE, "村（社区）", ("村", "社区", "村居", "村委会", "行政村", "班级", "学校", "单位")
    ),
    Column(REGION, "参保地", ("参保地代码", "行政区划", "行政区划代码", "地区"), "地名或六位代码"),
    Column(
        CATEGORIES,
        "人员类别",
        ("身份", "人员身份", "参保身份", "困难类别", "救助身份", "特殊身份", "人员属性"),
        "不填即普通居民；有几种时用顿号隔开",
    ),
    Column(INSURED, "已参保年度", ("参保年度", "历年参保", "已缴年度"), "2023、2024 或 2019-2024"),
    Column(UNPAID, "断保年数", ("连续断保年数", "未缴年数", "断缴年数"), "最近连续几年没有参保"),
    Column(REPAIR, "修复年数", ("缴费修复年数", "补缴年数"), "愿意补缴的断保年数"),
    Column(PAID, "缴费日期", ("缴款日期", "拟缴费日期", "到账日期"), "不填即统一的缴费日期"),
    Column(YEAR, "待遇年度", ("年度", "参保缴费年度"), "不填即统一的待遇年度"),
)


def columns(book: RuleBook) -> tuple[Column, ...]:
    """List every kind of column that a book of rules can use."""
    events = [
        Column(f"{EVENT}{term.code}", f"{term.label}日期", (term.label,), term.hint)
        for term in book.events()
    ]
    questions = {
        question.code: question
        for choice in book.regions()
        for pair in choice.covered
        for question in book.questions_for(choice.code, pair.scheme, pair.benefit_year)
    }
    answers = [Column(f"{ANSWER}{code}", one.label) for code, one in questions.items()]
    return (*_PERSON, *events, *answers)


@dataclass(frozen=True, slots=True)
class Layout:
    """What stands where in one sheet.

    Attributes:
        heading_row: Number of the row of headings, from 1.
        places: Column code to its place, from 0.
        unused: Headings nobody asked for; their cells are not read.
        doubled: Headings of villages beyond the first, which is read.
    """

    heading_row: int
    places: Mapping[str, int]
    headings: tuple[str, ...]
    unused: tuple[str, ...]
    doubled: tuple[str, ...]


def find_layout(
    rows: Iterable[Row], known: Iterable[Column], chosen: Mapping[str, str] | None = None
) -> Layout:
    """Find the row of headings and what each column is.

    Args:
        rows: The first rows of a sheet.
        known: The kinds of column.
        chosen: Heading to column code, where somebody chose by hand; an
            empty code leaves the column out.

    Raises:
        HeadingsMissingError: No row looks like headings, or none names who
            the people are.
        HeadingsDoubledError: Two columns mean the same, and it matters which
            is read.
    """
    words = _Words(known, chosen or {})
    best: tuple[int, Row] | None = None
    for row in rows:
        count = sum(words.code(cell) != "" for cell in row.cells)
        if count >= _ENOUGH and (best is None or count > best[0]):
            best = (count, row)
    if best is None:
        raise HeadingsMissingError
    layout = _layout(best[1], words)
    if not {NAME, ID_NUMBER} <= set(layout.places):
        missing = "、".join(
            label for code, label in ((NAME, "姓名"), (ID_NUMBER, "证件号码"))
            if code not in layout.places
        )  # fmt: skip
        raise HeadingsMissingError(
            f"第 {layout.heading_row} 行的表头里没有“{missing}”，没有导入任何人；"
            "请改正表头，或指定哪一列是它后重试。"
        )
    return layout


def likely_headings(rows: Iterable[Row]) -> tuple[str, ...]:
    """Give the row that looks most like headings, for somebody to say what is what.

    That is the first one with the most different words in it.
    """
    best: tuple[str, ...] = ()
    for row in rows:
        words = tuple(dict.fromkeys(plain(str(cell)) for cell in row.cells if str(cell).strip()))
        if len(words) > len(best) and not any(word.isdecimal() for word in words):
            best = words
    return best


def first_rows(rows: Iterator[Row]) -> Iterator[Row]:
    """Give the rows among which headings are looked for."""
    for _, row in zip(range(LOOKED_AT), rows, strict=False):
        yield row


class _Words:
    """Which heading means which column."""

    def __init__(self, known: Iterable[Column], chosen: Mapping[str, str]) -> None:
        self._codes: dict[str, str] = {}
        for column in known:
            for heading in (column.heading, *column.others):
                self._codes.setdefault(_folded(heading), column.code)
        self._chosen = {_folded(heading): code for heading, code in chosen.items()}

    def code(self, cell: Cell) -> str:
        """Give the column's code; empty for a heading that means none."""
        heading = _folded(cell)
        return self._chosen.get(heading, self._codes.get(heading, ""))


class _Placed(NamedTuple):
    places: dict[str, int]
    unused: list[str]
    doubled: list[str]


def _layout(row: Row, words: _Words) -> Layout:
    placed = _Placed({}, [], [])
    for place, cell in enumerate(row.cells):
        heading, code = plain(str(cell)), words.code(cell)
        if code and code not in placed.places:
            placed.places[code] = place
        elif code == VILLAGE:
            placed.doubled.append(heading)
        elif code:
            _refuse_second(row, placed.places[code], place)
        elif heading:
            placed.unused.append(heading)
    headings = tuple(plain(str(cell)) for cell in row.cells)
    return Layout(row.number, placed.places, headings, tuple(placed.unused), tuple(placed.doubled))


def _refuse_second(row: Row, first: int, second: int) -> NoReturn:
    one, other = (
        f"{cell_name(row.number, place)}“{plain(str(row.cells[place]))}”"
        for place in (first, second)
    )
    raise HeadingsDoubledError(
        f"{one}和 {other}像是同一项，不知以哪一列为准，没有导入任何人；"
        "请把不用的一列删去，或改成别的表头后重试。"
    )


def _folded(cell: object) -> str:
    return plain(str(cell)).translate(_LEFT_OUT).casefold()
