"""The checked values a rule is written with: money, days, shares, codes.

Each type rejects invalid input on loading, with a Chinese sentence; later code
does not check again. No I/O.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from medcounter.dates import DateUnreadableError, month_end, read_iso
from medcounter.money import AmountUnreadableError, read_yuan
from medcounter.wording.terms import MONTHS

_YEAR_DAY = re.compile(r"B(?P<offset>[+-]\d)?:(?P<month>\d{2})-(?P<day>\d{2}|last)")
_YEAR_DAY_SHAPE = r"^(B([+-]\d)?:\d{2}-(\d{2}|last)|\d{4}-\d{2}-\d{2})$"
_LAST_DAY = "last"
_SHARE = re.compile(r"0|1|0\.\d{1,6}")
_FRACTION = re.compile(r"([1-9]\d{0,3})/([1-9]\d{0,3})")
# A year of 365 days: 29 February of a relative year would be missing in three years of four.
_COMMON_YEAR = 2025


class Record(BaseModel):
    """Base of every record of a bundle: frozen, and refuses unknown keys.

    Attributes:
        SINCE: First bundle format that has this record.
        SINCE_KEYS: Fields that came later, with the first format that has them.
    """

    SINCE: ClassVar[int] = 1
    SINCE_KEYS: ClassVar[Mapping[str, int]] = {}

    def later_keys(self) -> Mapping[str, int]:
        """Name the fields of this record, as written, that came after format 1."""
        return self.SINCE_KEYS

    # Most stand in others only; those that are read by themselves are built when first read.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


def _money(value: object) -> int:
    if not isinstance(value, str):
        raise ValueError(f'金额 {value!r} 要写成带引号的两位小数，例如 "400.00"。')  # noqa: TRY004 -- pydantic gathers ValueErrors
    try:
        fen = read_yuan(value)
    except AmountUnreadableError as err:
        raise ValueError(err.text) from err
    if fen < 0:
        raise ValueError(f"金额“{value}”是负数，规则里的金额都不小于 0。")
    return fen


def _day(value: object) -> date:
    if not isinstance(value, str):
        raise ValueError(f'日期 {value!r} 要写成带引号的年-月-日，例如 "2025-03-05"。')  # noqa: TRY004 -- pydantic gathers ValueErrors
    try:
        return read_iso(value)
    except DateUnreadableError as err:
        raise ValueError(err.text) from err


def _year_day(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f'日期 {value!r} 要写成 "2025-03-05" 或 "B:12-31"（B 为待遇年度）。')  # noqa: TRY004 -- pydantic gathers ValueErrors
    match = _YEAR_DAY.fullmatch(value)
    if match is None:
        _day(value)
        return value
    try:
        date(_COMMON_YEAR, int(match["month"]), 1 if _is_last(match) else int(match["day"]))
    except ValueError as err:
        end = "，二月的最后一天写 B:02-last" if match["month"] == "02" else ""
        raise ValueError(f"日期“{value}”中没有这一月日（每年都要有{end}）。") from err
    return value


def _is_last(match: re.Match[str]) -> bool:
    return match["day"] == _LAST_DAY


def hangs_on_month(value: object) -> bool:
    """Return whether a day is written as the last of a month, new with format 2."""
    match = _YEAR_DAY.fullmatch(value) if isinstance(value, str) else None
    return match is not None and _is_last(match)


def _share(value: object) -> Decimal:
    if not isinstance(value, str) or not _SHARE.fullmatch(value):
        raise ValueError(
            f"比例 {value!r} 要写成 0 到 1 之间、最多六位的小数并带引号，"
            '例如 "0.045"；除不尽的分数只有基数的费率能写，例如 "1/12"。'
        )
    return Decimal(value)


def _rate(value: object) -> Decimal | Fraction:
    match = _FRACTION.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return _share(value)
    if int(match[1]) > int(match[2]):
        raise ValueError(f"费率“{value}”大于 1；分数写成不大于 1 的，例如十二分之一写 1/12。")
    return Fraction(int(match[1]), int(match[2]))


@lru_cache(maxsize=4096)
def resolve_day(text: str, benefit_year: int) -> date:
    """Turn a day of a rule into a date.

    Args:
        text: ISO date, or ``B:12-31``, ``B-1:10-20`` relative to the benefit
            year, or ``B:02-last``, the last day of a month as the year has
            it; already checked at load.
        benefit_year: The year insured.
    """
    match = _YEAR_DAY.fullmatch(text)
    if match is None:
        return date.fromisoformat(text)
    year = benefit_year + int(match["offset"] or 0)
    if _is_last(match):
        return month_end(date(year, int(match["month"]), 1))
    return date(year, int(match["month"]), int(match["day"]))


Money = Annotated[
    int,
    BeforeValidator(_money),
    WithJsonSchema({"type": "string", "pattern": r"^(0|[1-9]\d{0,11})\.\d{2}$"}),
]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
YearDay = Annotated[
    str,
    BeforeValidator(_year_day),
    WithJsonSchema({"type": "string", "pattern": _YEAR_DAY_SHAPE}),
]
Share = Annotated[
    Decimal,
    BeforeValidator(_share),
    WithJsonSchema({"type": "string", "pattern": r"^(0|1|0\.\d{1,6})$"}),
]
# A twelfth has no end as a decimal: what is worked out with one may round the other way.
Rate = Annotated[
    Decimal | Fraction,
    BeforeValidator(_rate),
    WithJsonSchema({"type": "string", "pattern": r"^(0|1|0\.\d{1,6}|[1-9]\d{0,3}/[1-9]\d{0,3})$"}),
]
Whole = Annotated[int, Field(strict=True, ge=0, le=9999)]
Year = Annotated[int, Field(strict=True, ge=2000, le=2099)]
Flag = Annotated[bool, Field(strict=True)]
_CODE = r"^[a-z0-9]+([.-][a-z0-9]+)*$"
_ANSWER_CODE = r"^[a-z][a-z0-9_]*$"
_REGION_CODE = r"^\d{6}$"
_FILE_NAME = r"^[a-z0-9]+([.-][a-z0-9]+)*\.(jpg|pdf|png|txt)$"
_SHA256 = r"^[0-9a-f]{64}$"
# Of a page that its publisher holds; no spaces, nobody's name and password.
_ADDRESS = r"^https?://[a-z0-9]+([.-][a-z0-9]+)+(:\d+)?/[!-~]*$"
_DAY_NAME = r"^(answers\.[a-z][a-z0-9_]*|[a-z0-9]+([.-][a-z0-9]+)*)$"
# What a pattern asks for, in words for the author who missed it.
PATTERN_SENTENCES = {
    _CODE: "代码只用小写字母和数字，中间可用连字符或点，例如 main-2026",
    _ANSWER_CODE: "补充问题的代码以小写字母开头，只用小写字母、数字和下划线，例如 gap_months",
    _DAY_NAME: "写情形的代码、birth，或 answers. 加问题代码，例如 graduated、answers.left_on",
    _FILE_NAME: "文件名只用小写字母、数字和连字符，以 .jpg、.png、.pdf 或 .txt 结尾，不带文件夹",
    _SHA256: "写文件的 SHA-256，64 位小写十六进制",
    _ADDRESS: "网址以 http:// 或 https:// 开头，写到发布单位自己网站上的那一页，不带空格",
    _REGION_CODE: '地区代码是带引号的六位数字，例如 "360000"',
}
Code = Annotated[str, Field(strict=True, pattern=_CODE, max_length=60)]
AnswerCode = Annotated[str, Field(strict=True, pattern=_ANSWER_CODE, max_length=60)]
# The day of something: an event kind, ``birth``, or a dated answer as ``answers.<code>``.
DayName = Annotated[str, Field(strict=True, pattern=_DAY_NAME, max_length=80)]
RegionCode = Annotated[str, Field(strict=True, pattern=_REGION_CODE)]
# Names no folder, and is one and the same on every system.
FileName = Annotated[str, Field(strict=True, pattern=_FILE_NAME, max_length=100)]
Sha256 = Annotated[str, Field(strict=True, pattern=_SHA256)]
Address = Annotated[str, Field(strict=True, pattern=_ADDRESS, max_length=300)]
Text = Annotated[str, Field(strict=True, min_length=1, max_length=600)]


ANSWER_PREFIX = "answers."


def answer_in(name: str) -> str | None:
    """Name the dated answer that a day is named by; None for birth and events."""
    return name.removeprefix(ANSWER_PREFIX) if name.startswith(ANSWER_PREFIX) else None


class Span(Record):
    """A stretch of time: exactly one of days, months and years."""

    days: Whole | None = None
    months: Whole | None = None
    years: Whole | None = None

    def model_post_init(self, _context: object) -> None:
        """Override BaseModel.model_post_init: refuse none or two units.

        Raises:
            ValueError: Not exactly one unit is given.
        """
        if sum(part is not None for part in (self.days, self.months, self.years)) != 1:
            raise ValueError("时长要写且只写 days、months、years 中的一个。")

    @property
    def length(self) -> tuple[str, int]:
        """The unit and how many of it."""
        if self.days is not None:
            return "days", self.days
        return ("months", self.months) if self.months is not None else ("years", self.years or 0)

    @property
    def label(self) -> str:
        """Say the span in Chinese: 90 天, 3 个月, 1 年."""
        if self.days is not None:
            return f"{self.days} 天"
        if self.months is not None:
            return f"{self.months} {MONTHS}"
        return f"{self.years} 年"
