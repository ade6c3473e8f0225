"""Workbooks as offices might make them, whose shapes the reader was not told of.

Headings, layouts and what stands between the people are drawn by chance from
words of registers, schools and villages; nothing here is read from the reader's
own lists. What is true of each row is kept beside it. Everybody is invented.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import xlsxwriter

from medcounter.roster.tables.table import ListRow, ListSheet
from tests.support.roster.roster_samples import GIVEN, SURNAMES, id_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = (
    "姓名", "姓 名", "姓名 ", "名字", "幼儿姓名", "村民", "学员", "被保人", "申请人", "人员名称",
    "Name", "儿童", "家庭成员", "参保居民姓名", "XM", "姓名*",
)  # fmt: skip
NUMBERS = (
    "身份证", "身份证号", "居民身份证", "证号", "ID", "身份证号（18位）", "身份证号码/学籍号",
    "号码", "公民身份证编号", "证件号码", "SFZH", "身份证明", "有效证件号", "身份号码",
)  # fmt: skip
BIRTHS = ("出生日期", "出生", "生日", "出生年月", "出生年月日", "何时出生")
IDENTITIES = (
    "人员类别", "类别", "享受政策", "困难类型", "资助类型", "属性", "低保", "是否低保", "户别",
    "政策", "救助", "保障类型",
)  # fmt: skip
OTHERS = (
    "序号", "手机", "备注", "家长", "家长身份证", "户主", "户主身份证号", "监护人身份证号",
    "与户主关系", "民族", "家庭住址", "银行卡号", "缴费金额", "低保证号", "残疾证号", "致贫原因",
    "班级", "组", "村", "年龄", "性别", "登记日期", "签字", "是否参保", "编号", "参保年度",
    "健康状况", "", "",
)  # fmt: skip
WORDS = ("低保", "特困", "重残", "普通", "无", "脱贫户", "五保", "√", "否", "是", "一般农户", "")
TITLES = (
    "2026年度参保花名册", "附件2", "填报单位：东风村", "单位（盖章）", "填表日期：2025年11月1日",
    "说明：请如实填写", "共 3 页", "联系人：王主任  电话：0791-88881234",
)  # fmt: skip
BETWEEN = ("合计", "小计：", "填表人：李四", "以下空白", "见附件", "备注：以上人员均已核实", "审核")


@dataclass
class WildSheet:
    """One sheet and what is true of it.

    Attributes:
        cells: Row from 1, column from 0, to what stands there.
        people: Row to the name and number of who stands in it.
        columns: What stands where: ``name``, ``number`` … to its columns.
        heads: The headings of each of these.
        tables: How many tables it has.
    """

    name: str
    hidden: bool
    cells: dict[tuple[int, int], Any] = field(default_factory=dict)
    people: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    columns: dict[str, list[int]] = field(default_factory=dict)
    heads: dict[str, list[str]] = field(default_factory=dict)
    tables: int = 0

    @property
    def rows(self) -> set[int]:
        """The rows that are not empty."""
        return {row for row, _ in self.cells}

    def listed(self) -> Iterator[ListRow]:
        """The rows as a table gives them."""
        for row in sorted(self.rows):
            held = {column: cell for (at, column), cell in self.cells.items() if at == row}
            yield ListRow(row, tuple(held.get(column, "") for column in range(max(held) + 1)))


class Maker:
    """Makes workbooks; each seed gives one."""

    def __init__(self, seed: int) -> None:
        """Begin with the chance of one seed."""
        self._chance = random.Random(seed)  # noqa: S311 -- invented people, the same each time
        self._made = 0

    def book(self) -> list[WildSheet]:
        """A workbook of one to four sheets."""
        count = self._chance.choice((1, 1, 1, 2, 3, 4))
        sheets = [
            WildSheet(f"表{place + 1}", self._once(8) and place > 0) for place in range(count)
        ]
        for sheet in sheets:
            self._fill(sheet)
        return sheets

    def _once(self, of: int) -> bool:
        return self._chance.randrange(of) == 0

    def _fill(self, sheet: WildSheet) -> None:
        row = 1
        for _ in range(self._chance.choice((0, 0, 1, 2, 3))):
            self._put(sheet, row, self._chance.randrange(4), self._chance.choice(TITLES))
            row += self._chance.choice((1, 1, 2))
        if self._once(15):
            row += 33
        row = self._table(sheet, row, self._chance.choice((0, 0, 0, 1, 2)))
        if self._once(6):
            self._table(sheet, row + self._chance.choice((0, 1, 3)), self._chance.choice((0, 0, 1)))
        elif self._once(12):
            width = 2 + max(column for _, column in sheet.cells)
            self._table(sheet, max(1, row - 5), width)

    def _table(self, sheet: WildSheet, row: int, left: int) -> int:
        """Write a heading and people below it; give the row behind them."""
        sheet.tables += 1
        kinds = self._kinds()
        heads = [self._heading(kind) for kind in kinds]
        if not self._once(9):
            for column, (kind, heading) in enumerate(zip(kinds, heads, strict=True), left):
                self._put(sheet, row, column, heading)
                sheet.heads.setdefault(kind, []).append(heading)
            row += 1
            if self._once(10):
                self._put(
                    sheet, row, left + len(heads) - 1, self._chance.choice(("年", "元", "(1)"))
                )
                row += 1
        for _ in range(self._chance.randrange(1, 8)):
            row = self._between(sheet, row, left, (heads, kinds))
            self._person(sheet, row, left, kinds)
            row += 1
        return self._between(sheet, row, left, (heads, kinds))

    def _kinds(self) -> list[str]:
        kinds = ["name", "number"]
        kinds += [
            kind for kind, of in (("birth", 3), ("identity", 2), ("identity", 6)) if self._once(of)
        ]
        kinds += ["number"] if self._once(12) else []
        kinds += ["other"] * self._chance.randrange(5)
        kinds.remove("number") if self._once(14) else None
        self._chance.shuffle(kinds)
        return kinds

    def _heading(self, kind: str) -> str:
        words = {"name": NAMES, "number": NUMBERS, "birth": BIRTHS, "identity": IDENTITIES}
        return self._chance.choice(words.get(kind, OTHERS))

    def _between(
        self, sheet: WildSheet, row: int, left: int, table: tuple[list[str], list[str]]
    ) -> int:
        """Perhaps write what is no person; give the next row."""
        heads, kinds = table
        if self._once(8):
            self._put(sheet, row, left + self._chance.randrange(3), self._chance.choice(BETWEEN))
            return row + 1
        if self._once(14):
            if self._once(2):
                # Another table: its columns stand in another order, and so do the people below.
                order = list(range(len(heads)))
                self._chance.shuffle(order)
                heads[:], kinds[:] = [heads[at] for at in order], [kinds[at] for at in order]
                sheet.tables += 1
            for column, heading in enumerate(heads, left):
                self._put(sheet, row, column, heading)
            return row + 1
        return row + self._once(10)

    def _person(self, sheet: WildSheet, row: int, left: int, kinds: list[str]) -> None:
        self._made += 1
        birth = date(1940, 1, 1) + timedelta(days=self._chance.randrange(29_000))
        name = self._chance.choice(SURNAMES) + "".join(self._chance.sample(GIVEN, 2))
        number = id_number(birth, self._made % 1000)
        sheet.people.setdefault(row, []).append((name, number))
        numbers = 0
        for column, kind in enumerate(kinds, left):
            sheet.columns.setdefault(kind, []).append(column)
            if kind == "name":
                self._put(sheet, row, column, "" if self._once(25) else name)
            elif kind == "number":
                # The first column of numbers is the person's own, the others are a parent's.
                own = number if not numbers else id_number(date(1970, 2, 3), self._made % 1000)
                numbers += 1
                # Of two, the person's own is there: else nobody could tell them apart.
                several = kinds.count("number") > 1
                self._put(sheet, row, column, own if several else self._spoilt(own))
            elif kind == "birth":
                self._put(sheet, row, column, self._chance.choice((birth, birth.isoformat(), "")))
            elif kind == "identity":
                self._put(sheet, row, column, self._chance.choice(WORDS))
            else:
                shown = (self._made, "13800138000", "王大", "东风村", "", "", "02", "2025")
                self._put(sheet, row, column, self._chance.choice(shown))
        if self._once(20):
            self._put(sheet, row, left + len(kinds) + self._chance.randrange(3), "已补缴")

    def _spoilt(self, number: str) -> str | float:
        kinds: tuple[str | float, ...] = ("", number[:17], float(int(number[:17]) * 10), "见附件")
        return self._chance.choice(kinds) if self._once(9) else number

    def _put(self, sheet: WildSheet, row: int, column: int, cell: object) -> None:
        if cell != "":
            sheet.cells[row, column] = cell


def in_memory(sheets: list[WildSheet]) -> tuple[ListSheet, ...]:
    """A workbook as it is once it was opened."""
    return tuple(ListSheet(one.name, one.listed, one.hidden) for one in sheets)


def written(sheets: list[WildSheet], path: Path) -> Path:
    """A workbook as a file."""
    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"})
    for one in sheets:
        sheet = book.add_worksheet(one.name)
        if one.hidden:
            sheet.hide()
        for (row, column), cell in one.cells.items():
            if isinstance(cell, date):
                sheet.write_datetime(row - 1, column, cell)
            elif isinstance(cell, str):
                sheet.write_string(row - 1, column, cell)
            else:
                sheet.write_number(row - 1, column, cell)
    book.close()
    return path
