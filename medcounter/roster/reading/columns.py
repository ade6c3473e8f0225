"""Recognise the columns of a list by their usual headings, or as chosen.

Returns the position of each kind of column. Reads no person.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NoReturn

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.roster import list_words
from medcounter.roster.reading.inquiry import Inquiry, InquiryChoice, InquiryQuestion, ListAnswers
from medcounter.roster.roster_errors import HeadingsDoubledError, HeadingsMissingError
from medcounter.roster.tables.book_process import Cell
from medcounter.roster.tables.table import ListRow, cell_name
from medcounter.rules.vocabulary import ORDINARY, Term
from medcounter.typed.typed_text import plain

NAME, ID_NUMBER, BIRTH, VILLAGE, REGION = ("name", "id_number", "birth_date", "village", "region")
CATEGORIES, INSURED, UNPAID = "categories", "insured_years", "unpaid_years"
REPAIR, PAID, YEAR = "repair_years", "payment_date", "benefit_year"
ENROLLED, SEX, AGE, UNCLEAR = "enrolled_year", "sex", "age", "unclear"
EVENT, ANSWER, TICK = "event:", "answers.", "tick:"
# How a heading ends whose cells have no day.
YEAR_AND_MONTH = "年月"
LOOKED_AT = 30
_ENOUGH = 2
_SAMPLES = 3
_ALL = "all"
_LONG_NUMBER = re.compile(r"(?<![0-9])([0-9]{4})[0-9]{4,}([0-9]{3}[0-9Xx])(?![0-9Xx])")
_BRACKETS = re.compile(r"[(\[【][^)\]】]*[)\]】]")
# 姓名_real_name, 身份证号 / ID No.: the heading again for a program, or in another language.
_TRANSLATED = re.compile(r"(?<=[^\x00-\x7f])[ _/／|-]+[A-Za-z][A-Za-z0-9 _./'-]+$")
# Of a person or a telephone, as workbooks give them too: 13900000000.0.
_NUMBER = re.compile(r"[0-9]{11,17}(?:[0-9]|[Xx]|[0-9]?\.0)?")
_LEFT_OUT = str.maketrans("", "", " *＊:：()（）[]【】/、_-\n")


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One kind of column.

    Attributes:
        code: A fact's key, ``event:KIND``, ``answers.CODE``, or a word of
            its own: ``name``, ``id_number``, ``village``, ``unpaid_years``.
        heading: As the template writes it.
        others: Other headings it is known by.
        hint: How its cells are written.
        offered: Whether the template has it; the others are only understood.
    """

    code: str
    heading: str
    others: tuple[str, ...] = ()
    hint: str = ""
    offered: bool = True


_PERSON = (
    ListColumn(NAME, "姓名", list_words.NAME, "与证件一致"),
    ListColumn(
        ID_NUMBER,
        "证件号码",
        list_words.ID_NUMBER,
        "文本格式，18 位；没有时填出生日期",
    ),
    ListColumn(
        BIRTH,
        "出生日期",
        ("出生年月日", "生日", "出生年月", "出生时间"),
        "2016-05-01；不填时取自证件号码",
    ),
    ListColumn(VILLAGE, "村（社区）", list_words.PLACES),
    ListColumn(
        REGION, "参保地", ("参保地代码", "行政区划", "行政区划代码", "地区"), "地名或六位代码"
    ),
    ListColumn(
        CATEGORIES,
        "人员类别",
        list_words.CATEGORIES,
        "不填即普通居民；有几种时用顿号隔开",
    ),
    ListColumn(
        INSURED, "已参保年度", ("历年参保", "已缴年度", "历年参保年度"), "2023、2024 或 2019-2024"
    ),
    ListColumn(
        UNPAID, "断保年数", ("连续断保年数", "未缴年数", "断缴年数"), "最近连续几年没有参保"
    ),
    ListColumn(REPAIR, "修复年数", ("缴费修复年数", "补缴年数"), "愿意补缴的断保年数"),
    ListColumn(PAID, "缴费日期", ("缴款日期", "拟缴费日期", "到账日期"), "不填即统一的缴费日期"),
    ListColumn(ENROLLED, "参保年度", (), "这次缴费的年度，与待遇年度相同", offered=False),
    ListColumn(
        UNCLEAR, "脱贫", list_words.UNCLEAR, "可能关系到资助；请写进人员类别", offered=False
    ),
    ListColumn(SEX, "性别", ("性别代码",), "男或女；与证件号码核对", offered=False),
    ListColumn(AGE, "年龄", ("周岁", "实足年龄"), "与证件号码核对", offered=False),
    ListColumn(YEAR, "待遇年度", ("年度", "参保缴费年度"), "不填即统一的待遇年度"),
)


def columns(book: RuleBook) -> tuple[ListColumn, ...]:
    """List every kind of column that a book of rules can use; asked of it once."""
    # A book of thousands of rules is not compared: it is the same one or another.
    known, listed = _LAST[-1] if _LAST else (None, ())
    if known is not book:
        listed = _columns(book)
        _LAST.append((book, listed))
    return listed


def _columns(book: RuleBook) -> tuple[ListColumn, ...]:
    events = [
        ListColumn(f"{EVENT}{term.code}", f"{term.label}日期", (term.label,), term.hint)
        for term in book.events()
    ]
    questions = {
        question.code: question
        for choice in book.regions()
        for pair in choice.covered
        for question in book.questions_for(choice.code, pair.scheme, pair.benefit_year)
    }
    answers = [ListColumn(f"{ANSWER}{code}", one.label) for code, one in questions.items()]
    ticks = [
        ListColumn(
            f"{TICK}{term.code}",
            f"是否{term.label}",
            _tick_headings(term),
            "√ 或空着",
            offered=False,
        )
        for term in book.identities()
        if term.code != ORDINARY
    ]
    return (*_PERSON, *events, *answers, *ticks)


def _tick_headings(term: Term) -> tuple[str, ...]:
    names = (term.label, term.hint, *list_words.IDENTITIES.get(term.code, ()))
    asked = (f"是否{name}" for name in names[1:] if name)
    return (*filter(None, names), *asked)


# The columns of the book that was asked last.
_LAST: deque[tuple[RuleBook, tuple[ListColumn, ...]]] = deque(maxlen=1)


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """The position of each column in one sheet.

    Attributes:
        heading_row: Number of the row of headings, from 1.
        places: Column code to its place, from 0.
        unused: Headings nobody asked for; their cells are not read.
        villages: Places of what says where somebody lives or learns, the
            larger unit first.
        settled: Places that somebody has said are not used.
    """

    heading_row: int
    places: Mapping[str, int]
    headings: tuple[str, ...]
    unused: tuple[str, ...]
    villages: tuple[int, ...]
    settled: tuple[int, ...] = ()


def find_layout(
    sheet: str, rows: Iterable[ListRow], known: Iterable[ListColumn], inquiry: Inquiry | None = None
) -> ColumnLayout:
    """Find the row of headings and what each column is.

    Args:
        sheet: Its name, for what is asked.
        rows: The first rows of a sheet.
        known: The kinds of column.
        inquiry: What somebody said; told where two columns mean the same.

    Raises:
        HeadingsMissingError: No row looks like headings, or none names who
            the people are.
        HeadingsDoubledError: Two tables stand side by side.
    """
    inquiry = inquiry or Inquiry(ListAnswers())
    rows = tuple(rows)
    meanings = HeadingWords(known, inquiry.given.columns)
    best: tuple[tuple[int, int], ListRow] | None = None
    for row in rows:
        codes = [code for cell in row.cells if (code := meanings.code(cell))]
        # What stands below a heading may be another heading's word: 身份证, 低保.
        found = len({NAME, ID_NUMBER} & {*codes}), len(codes)
        if len(codes) >= _ENOUGH and (best is None or found > best[0]):
            best = (found, row)
    if best is None:
        raise HeadingsMissingError
    below = [row for row in rows if row.number > best[1].number]
    layout = _Headings(sheet, best[1], below).layout(meanings, inquiry)
    if not {NAME, ID_NUMBER} <= set(layout.places):
        missing = "、".join(
            label for code, label in ((NAME, "姓名"), (ID_NUMBER, "证件号码"))
            if code not in layout.places
        )  # fmt: skip
        by_birth = ID_NUMBER not in layout.places and {NAME, BIRTH} <= set(layout.places)
        empty = "没有证件号码的名单，也请加一列空的“证件号码”；" if by_birth else ""
        raise HeadingsMissingError(
            f"第 {layout.heading_row} 行的表头里没有“{missing}”，没有导入任何人；"
            f"{empty}请改正表头，或指定哪一列是它后重试。"
        )
    return layout


def likely_headings(rows: Iterable[ListRow]) -> tuple[str, ...]:
    """Return the row that looks most like headings, for the columns to be assigned.

    That is the first one with the most different words in it.
    """
    best: tuple[str, ...] = ()
    for row in rows:
        found = tuple(dict.fromkeys(plain(str(cell)) for cell in row.cells if str(cell).strip()))
        if len(found) > len(best) and not any(map(_is_value, found)):
            best = found
    return best


def _is_value(word: str) -> bool:
    """Return whether a word is a person's number and so nothing's heading."""
    return word.isdecimal() or _NUMBER.fullmatch(word) is not None


def first_rows(rows: Iterator[ListRow]) -> Iterator[ListRow]:
    """Yield the rows among which headings are looked for."""
    for _, row in zip(range(LOOKED_AT), rows, strict=False):
        yield row


class HeadingWords:
    """Which heading means which column."""

    def __init__(self, known: Iterable[ListColumn], chosen: Mapping[str, str]) -> None:
        """Take every heading.

        Args:
            known: The kinds of column.
            chosen: Heading to column code, where somebody chose by hand.
        """
        self._codes: dict[str, str] = {}
        for column in known:
            for heading in (column.heading, *column.others):
                self._codes.setdefault(folded(heading), column.code)
        self._chosen = {folded(heading): code for heading, code in chosen.items()}

    def code(self, cell: Cell) -> str:
        """Return the column's code; empty for a heading that means none."""
        heading = folded(cell)
        chosen = self._chosen.get(heading)
        if chosen is not None:
            return chosen
        # What stands in brackets explains the heading, and so does a field's name behind it.
        bare = folded(_TRANSLATED.sub("", _BRACKETS.sub("", plain(str(cell)))))
        return self._codes.get(heading, self._codes.get(bare.rstrip("0123456789"), ""))


class _Headings:
    """One row of headings, and the first rows below it as samples."""

    def __init__(self, sheet: str, row: ListRow, below: list[ListRow]) -> None:
        self._sheet = f"工作表“{sheet}”的 " if sheet else ""
        self._row = row
        self._below = below

    def layout(self, meanings: HeadingWords, inquiry: Inquiry) -> ColumnLayout:
        found: dict[str, list[int]] = {}
        headings = tuple(plain(str(cell)) for cell in self._row.cells)
        for place, cell in enumerate(self._row.cells):
            found.setdefault(meanings.code(cell), []).append(place)
        unnamed = found.pop("", [])
        villages = found.get(VILLAGE, [])
        doubled = [code for code, held in found.items() if len(held) > 1 and code != VILLAGE]
        if {NAME, ID_NUMBER} <= set(doubled):
            self._refuse_side_by_side(found[NAME])
        places = {code: held[0] for code, held in found.items()}
        for code in doubled:
            places.update(self._chosen(code, found[code], inquiry))
        left = {place for code in doubled for place in found[code]} - set(places.values())
        unused = tuple(headings[place] for place in sorted({*unnamed, *left}) if headings[place])
        villages = sorted(villages, key=lambda place: folded(headings[place]) in list_words.GROUPS)
        settled = tuple(sorted(left))
        return ColumnLayout(self._row.number, places, headings, unused, tuple(villages), settled)

    def _chosen(self, code: str, held: list[int], inquiry: Inquiry) -> dict[str, int]:
        """Ask which of several columns counts; the first till it is said."""
        shown = "和 ".join(f"{self._cell(place)}{self._heading(place)}" for place in held)
        choices = [
            InquiryChoice(self._cell(place), f"{self._cell(place)}：{self._samples(place)}")
            for place in held
        ]
        if code == CATEGORIES:
            choices.append(InquiryChoice(_ALL, "都算"))
        text = f"{self._sheet}{shown}像是同一项，以哪一列为准？"
        answer = inquiry.ask(InquiryQuestion(text, tuple(choices)))
        if answer == _ALL:
            return {f"{CATEGORIES}:{place}" if place != held[0] else code: place for place in held}
        return {code: next((one for one in held if self._cell(one) == answer), held[0])}

    def _cell(self, place: int) -> str:
        return cell_name(self._row.number, place)

    def _heading(self, place: int) -> str:
        return f"“{plain(str(self._row.cells[place]))}”"

    def _samples(self, place: int) -> str:
        """Return the first values of a column; of a long number only its ends."""
        cells = [row.cells[place] for row in self._below if place < len(row.cells)]
        shown = [word for cell in cells if (word := plain(str(cell)))][:_SAMPLES]
        return "、".join(_LONG_NUMBER.sub(r"\1****\2", word) for word in shown) or "空着"

    def _refuse_side_by_side(self, held: list[int]) -> NoReturn:
        one, other = (f"{self._cell(place)}{self._heading(place)}" for place in held[:2])
        raise HeadingsDoubledError(
            f"{self._sheet}{one}和 {other}是左右并排的两份名单，没有导入任何人；"
            "请把右边的移到左边下面后重试。"
        )


def folded(cell: object) -> str:
    """Return a heading without blanks and signs, to be compared."""
    return plain(str(cell)).translate(_LEFT_OUT).casefold()
