"""A street office's list of 5,000 people, with every fault such lists have.

Everybody is invented. Each fault is put in by hand at a known row, so that
what must be found is known without asking the program.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

HEADINGS = (
    "序号", "村（社区）", "姓名", "公民身份号码", "出生日期", "人员类别", "断保年数", "缴费日期",
    "联系电话",
)  # fmt: skip
NAME, ID, BIRTH, IDENTITY, UNPAID, PAID = 2, 3, 4, 5, 6, 7
VILLAGES = ("东村", "西村", "南村", "北村", "前进社区")
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫", "安邦宁静志远慧敏建国秀英海燕文博"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
ON = date(2025, 11, 20)
FIRST_ROW = 4

Cells = list[Any]


def id_number(birth: date, order: int, area: str = "360103") -> str:
    """An invented number with its check digit, worked out as GB 11643 tells."""
    body = f"{area}{birth:%Y%m%d}{order:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + CHECKS[total % 11]


@dataclass(frozen=True)
class Messy:
    """A list and what is wrong with it.

    Attributes:
        rows: Cells under the headings.
        faults: Row number in the sheet to the word of its fault.
    """

    rows: tuple[Cells, ...]
    faults: dict[int, str]

    @property
    def good(self) -> int:
        """How many people nothing is wrong with."""
        return sum(any(row) for row in self.rows) - len(self.faults)


def people(count: int, seed: int = 7) -> list[Cells]:
    """Rows nothing is wrong with."""
    chance = random.Random(seed)  # noqa: S311 -- invented people, the same ones each time
    rows: list[Cells] = []
    for number in range(count):
        birth = date(1935, 1, 1) + timedelta(days=chance.randrange(30_000))
        name = chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, chance.choice((1, 2))))
        rows.append([
            number + 1,
            VILLAGES[number % len(VILLAGES)],
            name,
            id_number(birth, number % 1000, f"36{1 + number // 1000:02d}03"),
            "",
            chance.choice(("", "", "", "低保", "特困", "普通居民")),
            chance.choice(("", "0", "1", "")),
            "",
            "",
        ])  # fmt: skip
    return rows


def messy(count: int = 5_000) -> Messy:
    """A list with every fault, each at a row that is known."""
    rows = people(count)
    faults: dict[int, str] = {}

    def spoil(index: int, fault: str, **cells: Any) -> None:  # noqa: ANN401 -- a cell is anything
        for name, value in cells.items():
            rows[index][globals()[name]] = value
        faults[FIRST_ROW + index] = fault

    def flipped(index: int) -> str:
        number = str(rows[index][ID])
        return number[:-1] + ("0" if number[-1] != "0" else "1")

    spoil(10, "id-as-number", ID=float(str(rows[10][ID])[:17] + "0"))
    spoil(11, "id-as-number", ID="3.60103E+17")
    spoil(20, "id-check-digit", ID=flipped(20))
    spoil(30, "duplicate-person", ID=rows[29][ID], NAME=rows[29][NAME])
    spoil(40, "two-names", ID=rows[39][ID], NAME="欧阳某某")
    spoil(50, "contradiction", BIRTH="1999-12-31")
    spoil(60, "future-date", ID="", BIRTH="2026-01-01")
    spoil(70, "unknown-code", IDENTITY="贫困大户")
    spoil(80, "missing", NAME="")
    spoil(90, "missing", ID="")
    spoil(100, "id-incomplete", ID=str(rows[100][ID])[:17])
    spoil(110, "id-too-long", ID=f"{rows[110][ID]}1")
    spoil(120, "id-birth-date", ID="360103199013011234")
    spoil(130, "not-a-date", PAID="2025年13月40日")
    spoil(140, "unreadable", UNPAID="好几年")
    spoil(150, "id-unreadable", ID="见附件")
    spoil(160, "rules-not-covered", PAID="2030-01-01")
    rows[170] = [""] * len(HEADINGS)
    rows[180] = list(HEADINGS)
    return Messy(tuple(rows), faults)


def write_xlsx(
    path: Path, rows: Iterable[Sequence[Any]], headings: Sequence[str] = HEADINGS
) -> Path:
    """Write a list as offices do: a title over two rows, then the headings."""
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("城乡居民参保名单")
    sheet.merge_range(0, 0, 0, len(headings) - 1, "2026 年度城乡居民医保参保名单")
    sheet.write_string(1, 0, "填报单位：某街道办事处")
    for row, cells in enumerate((headings, *rows), FIRST_ROW - 2):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell)
            else:
                sheet.write(row, column, cell)
    book.close()
    return path


def write_csv(path: Path, rows: Iterable[Sequence[Any]], encoding: str = "utf-8-sig") -> Path:
    """Write a list as text."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(rows)
    return path
