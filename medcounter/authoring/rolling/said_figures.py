"""Find dates, years and amounts written in Chinese sentences.

A document number such as 〔2024〕38 号 is found as a year as well; whether it
moves is not decided here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from medcounter.authoring.rolling.roll_records import ValueForm
from medcounter.money import FEN_IN_YUAN

# Chinese and punctuation stand apart in these, where spaces mean nothing.
_FIGURE = re.compile(
    r"""
    (?P<iso_day> (?<!\d) 20\d\d-\d\d-\d\d (?!\d) )
    | (?P<said_day>
        (?<!\d) 20\d\d
        (?: \s* 年 \s* \d{1,2} \s* 月 \s* \d{1,2} \s* 日
            | (?P<mark>[./]) \d{1,2} (?P=mark) \d{1,2} (?!\d) )
      )
    | (?P<said_months>
        (?<!\d) 20\d\d \s* 年 \s*
        (?: \d{1,2} \s* 月 ? \s* (?: 至 | 到 | 、 ) \s* )?
        \d{1,2} \s* 月 (?! \s* \d )
      )
    | (?P<said_month_day>
        (?<![\d-]) (?: \d{1,2} \s* 月 \s* \d{1,2} \s* 日 | \d\d-\d\d (?![\d-]) )
      )
    | (?P<said_amount> (?<![\d.]) \d+ (?:\.\d{1,4})? (?: \s* 万 )? (?= \s* 元 ) )
    | (?P<said_year>
        (?<![\d.]) 20\d\d (?! \d | \s* 万 )
        | 二 (?: 〇 | 零 | ○ | O )
          (?: 〇 | 零 | ○ | O | 一 | 二 | 三 | 四 | 五 | 六 | 七 | 八 | 九 ){2} (?= \s* 年 )
      )
    """,
    re.VERBOSE,
)
_NUMBER = re.compile(r"\d+")
_DECIMAL = re.compile(r"\d+(?:\.\d+)?")
_TEN_THOUSAND = 10_000
TEN_THOUSANDS = "万"
_SINCE_BEFORE = re.compile(r"(?: 自 | 从 ) \s* $", re.VERBOSE)
_SINCE_AFTER = re.compile(
    r"""
    \s* (?: 年度 | 学年 | 年 )? \s* (?: 及 | 或 )?
    (?: 起 | 以后 | 之后 | 以来 | 后出生 | 以前 | 之前 )
    """,
    re.VERBOSE,
)
_COVER_AFTER = re.compile(r"\s*起享受")
_ONWARD_AFTER = re.compile(r"\s* (?: 年度 | 学年 | 年 )? \s* 起 (?! 享受 )", re.VERBOSE)
_UNIT = re.compile(r"\s* ( 年度 | 学年 | 年 )", re.VERBOSE)


_FORMS = ("iso_day", "said_day", "said_months", "said_month_day", "said_amount", "said_year")
# Years are written 二〇二六 digit by digit, with one of four signs for nought.
FROM_CHINESE = str.maketrans("〇零○O一二三四五六七八九", "0000123456789")
TO_CHINESE = str.maketrans("0123456789", "〇一二三四五六七八九")


@dataclass(frozen=True, slots=True)
class SaidFigure:
    """A figure in a sentence.

    Attributes:
        form: How it is written.
        start: Its first character.
        end: The one after its last.
        text: As written.
        day: The day it names; of months the last day named is the 1st of the
            last month, of a month and day without a year None.
        year: The year it names; None without one.
        month_day: Month and day where both are named.
        fen: The amount it names.
        unit: 年度, 学年 or 年 that follows a year; empty otherwise.
        since: Whether it is said of what holds from or until then (自…起, 以前).
        cover: Whether 起享受 follows.
        onward: Whether 起 follows, but not 起享受.
    """

    form: ValueForm
    start: int
    end: int
    text: str
    day: date | None = None
    year: int | None = None
    month_day: tuple[int, int] | None = None
    fen: int | None = None
    unit: str = ""
    since: bool = False
    cover: bool = False
    onward: bool = False

    @property
    def months(self) -> tuple[int, ...]:
        """The months it names beside a year."""
        return tuple(int(one) for one in _NUMBER.findall(self.text)[1:])


def said_fen(word: str) -> int:
    """Read an amount as sentences write it, in ten thousands where 万 follows."""
    number = _DECIMAL.search(word)
    times = _TEN_THOUSAND if word.endswith(TEN_THOUSANDS) else 1
    return int(Decimal(number[0]) * times * FEN_IN_YUAN) if number else 0


def said_figures(text: str) -> tuple[SaidFigure, ...]:
    """List the figures of a text, from left to right."""
    return tuple(_figure(text, match) for match in _FIGURE.finditer(text))


def _figure(text: str, match: re.Match[str]) -> SaidFigure:
    name = next(name for name in _FORMS if match[name] is not None)
    form = ValueForm(name.replace("_", "-"))
    start, end, word = match.start(), match.end(), match[0]
    if form is ValueForm.SAID_AMOUNT:
        return SaidFigure(form, start, end, word, fen=said_fen(word))
    numbers = [int(one) for one in _NUMBER.findall(word.translate(FROM_CHINESE))]
    after = text[end:]
    since = bool(_SINCE_AFTER.match(after) or _SINCE_BEFORE.search(text[:start]))
    cover = bool(_COVER_AFTER.match(after))
    if form is ValueForm.SAID_MONTH_DAY:
        return SaidFigure(form, start, end, word, month_day=(numbers[0], numbers[1]), cover=cover)
    unit = _UNIT.match(after)
    return SaidFigure(
        form,
        start,
        end,
        word,
        day=_day(numbers) if form in {ValueForm.ISO_DAY, ValueForm.SAID_DAY} else None,
        year=numbers[0],
        unit=unit[1] if unit and form is ValueForm.SAID_YEAR else "",
        since=since,
        cover=cover,
        onward=_ONWARD_AFTER.match(after) is not None,
    )


def _day(numbers: list[int]) -> date | None:
    try:
        return date(*numbers)
    except ValueError:
        return None
