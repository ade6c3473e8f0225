"""Parse an ID number as typed, pasted or sent by a card reader.

Returns the number, what it encodes and notes for the clerk, or what is wrong
and which check digit would fit. Looks nobody up; an unknown area code is only
a note, since codes change and numbers stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from stdnum.iso7064 import mod_11_2

from medcounter.identity.areas import TAIWAN_PERMIT, province
from medcounter.typed.typed_text import plain, quote

IdKind = Literal["resident", "permit", "foreigner", "old", "other"]

KIND_LABELS: dict[IdKind, str] = {
    "resident": "居民身份证",
    "permit": "港澳台居民居住证",
    "foreigner": "外国人永久居留身份证",
    "old": "15 位旧身份证",
    "other": "其他证件",
}

FULL_LENGTH = 18
OLD_LENGTH = 15
# An earlier year is a slip of a digit.
FIRST_BIRTH_YEAR = 1800
OVERRIDE_MARK = "!"
PERMITS = frozenset({"81", "82", TAIWAN_PERMIT})
_FOREIGNER = "9"
_FULL = re.compile(r"[0-9]{17}[0-9X]")
_OLD = re.compile(r"[0-9]{15}")
_UNFINISHED = re.compile(r"[0-9]{1,17}")
_OTHER = re.compile(r"[0-9A-Z()]{4,30}")
# NFKC leaves these alone; all of them are typed where the card shows X.
_CROSSES = str.maketrans(dict.fromkeys("\u00d7\u2715\u2716\u2573\u2a09\u0445\u0425\u4e42", "X"))
_DASHES = re.compile("[\\s.·_/\\-\u2010-\u2015\u2212\ufe58\u30fb]+")
_LONG_ENDS = 4
_SHORT_ENDS = 2
# With two at each end a shorter one would leave a hundred numbers to choose from.
_SHORTEST_SHOWN = 7
# Rules by age reach children born three years before.
_TOLD_YEARS = 3
# What lists and clerks write where somebody has no number; dashes alone say it too.
_NO_NUMBER = frozenset({"无", "一", "没有", "暂无", "未办", "未办理", "空", "无证件", "N/A", "NA"})


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A number that can be used.

    Attributes:
        text: Cleaned, capital X.
        kind: Which document it is from.
        birth_date: None when the number does not tell.
        sex: ``男``, ``女`` or empty.
        area: The province's name; empty if unknown.
        overridden: Whether the clerk insisted on a number that fails.
        notes: Sentences the clerk should see; none of them blocks.
    """

    text: str
    kind: IdKind
    birth_date: date | None
    sex: str
    area: str
    overridden: bool
    notes: tuple[str, ...]

    @property
    def key(self) -> str:
        """The one key of this person: an old number is raised to 18 digits."""
        return _raised(self.text) if self.kind == "old" else self.text


@dataclass(frozen=True, slots=True)
class IdFault:
    """Why a text is not yet a usable number.

    Attributes:
        code: ``id-incomplete``, ``id-too-long``, ``id-unreadable``,
            ``id-birth-date`` or ``id-check-digit``.
        text: One Chinese sentence.
    """

    code: str
    text: str


def read_id(text: str) -> IdNumber | IdFault | None:
    """Read a typed ID number.

    A trailing ``!`` says that the document really shows this number: then a
    number that fails is taken with a mark instead of being refused.

    Returns:
        The number, or what is wrong with it; None when nothing was typed, or
        only dashes, or a word that says there is no number.
    """
    cleaned = plain(text)
    insisted = cleaned.endswith(OVERRIDE_MARK)
    shown = cleaned.rstrip(OVERRIDE_MARK).upper()
    number = plain_number(shown)
    if not number or shown.strip() in _NO_NUMBER:
        return None
    read = _read(number)
    if isinstance(read, IdFault) and insisted and _OTHER.fullmatch(number):
        return _taken_as_shown(number)
    return read


def plain_number(text: str) -> str:
    """Write a number without what people put between its digits, X as a capital."""
    return _DASHES.sub("", plain(text).upper()).translate(_CROSSES)


def insisted(text: str) -> str:
    """Return a refused number marked as the one the document shows.

    Passports, permits and certificates have numbers of their own.

    Returns:
        The text with :data:`OVERRIDE_MARK`; empty where the number needs no
        mark or could not be taken with one.
    """
    marked = f"{text.strip()}{OVERRIDE_MARK}"
    refused = isinstance(read_id(text), IdFault)
    return marked if refused and isinstance(read_id(marked), IdNumber) else ""


def mask(number: str, on: date) -> str:
    """Star all but the ends: ``3601**********1234``.

    Four characters stay at each end; two in a number shorter than 15, none
    in one shorter than seven. Of a child born in this year or the three
    before only the first four stay: rules by age, and cover that begins at
    birth, tell the birth date on the same paper, and with it the last four
    would leave nine numbers to choose from.

    Args:
        number: Whole; empty for none.
        on: The day of what it stands on.
    """
    if _FULL.fullmatch(number) and int(number[6:10]) >= on.year - _TOLD_YEARS:
        return number[:_LONG_ENDS] + "*" * (FULL_LENGTH - _LONG_ENDS)
    if len(number) >= OLD_LENGTH:
        ends = _LONG_ENDS
    elif len(number) >= _SHORTEST_SHOWN:
        ends = _SHORT_ENDS
    else:
        return "*" * len(number)
    return number[:ends] + "*" * (len(number) - 2 * ends) + number[-ends:]


def mask_all(numbers: Sequence[str], on: Sequence[date]) -> list[str]:
    """Star many numbers, each of 18 digits, as ``mask`` does each."""
    years = {day: f"{day.year - _TOLD_YEARS:04}" for day in {*on}}
    stars, all_stars = "*" * (FULL_LENGTH - 2 * _LONG_ENDS), "*" * (FULL_LENGTH - _LONG_ENDS)
    return [
        number[:_LONG_ENDS]
        + (all_stars if number[6:10] >= years[day] else stars + number[-_LONG_ENDS:])
        for number, day in zip(numbers, on, strict=True)
    ]


def mask_to_year(number: str) -> str:
    """Star all but first four digits and birth year: ``3601**1988********``.

    Of a number that does not tell a year only the first two characters
    stay; none in one shorter than seven.
    """
    if _FULL.fullmatch(number):
        return f"{number[:_LONG_ENDS]}**{number[6:10]}{'*' * 8}"
    if _OLD.fullmatch(number):
        return f"{number[:_LONG_ENDS]}**{number[6:8]}{'*' * 7}"
    shown = _SHORT_ENDS if len(number) >= _SHORTEST_SHOWN else 0
    return number[:shown] + "*" * (len(number) - shown)


def _read(number: str) -> IdNumber | IdFault:
    if _FULL.fullmatch(number):
        return _read_full(number)
    if _OLD.fullmatch(number):
        return _read_old(number)
    if _UNFINISHED.fullmatch(number):
        missing = FULL_LENGTH - len(number)
        return IdFault("id-incomplete", f"证件号码还差 {missing} 位，补全后才能出单。")
    if len(number) > FULL_LENGTH and re.fullmatch(r"[0-9X]+", number):
        extra = len(number) - FULL_LENGTH
        return IdFault("id-too-long", f"证件号码多了 {extra} 位，应为 18 位，请核对证件。")
    return IdFault(
        "id-unreadable",
        f"证件号码{quote(number)}不是身份证或居住证号码，请核对；"
        f"护照等其他证件请在末尾加“{OVERRIDE_MARK}”。",
    )


def _read_full(number: str) -> IdNumber | IdFault:
    birth = _birth_date(number[6:14])
    if birth is None:
        return _impossible_birth(number[6:14])
    fits = mod_11_2.calc_check_digit(number[:17])
    if number[17] != fits:
        return IdFault(
            "id-check-digit",
            f"证件号码末位“{number[17]}”与前 17 位对不上，按前 17 位应为“{fits}”；"
            f"请核对每一位，证件上确是如此时，在末尾加“{OVERRIDE_MARK}”。",
        )
    return _full(number, birth)


def _full(number: str, birth: date) -> IdNumber:
    kind: IdKind = "resident"
    area_code = number[:2]
    if area_code in PERMITS:
        kind = "permit"
    elif number.startswith(_FOREIGNER):
        kind, area_code = "foreigner", number[1:3]
    area = province(area_code)
    notes = [] if kind == "resident" else [f"{KIND_LABELS[kind]}号码。"]
    if not area:
        notes.append(f"号码开头的地区代码 {area_code} 不在省级代码表中，不影响出单，请核对证件。")
    sex = _sex(number[16])
    return IdNumber(number, kind, birth, sex, area, overridden=False, notes=tuple(notes))


def _read_old(number: str) -> IdNumber | IdFault:
    birth = _birth_date(f"19{number[6:12]}")
    if birth is None:
        return _impossible_birth(f"19{number[6:12]}")
    notes = (f"15 位旧号码，升位后应为 {_raised(number)}，请与现行证件核对。",)
    area = province(number[:2])
    return IdNumber(number, "old", birth, _sex(number[14]), area, overridden=False, notes=notes)


def _raised(old: str) -> str:
    """Raise 15 digits to 18: the century, and the check digit of GB 11643."""
    body = f"{old[:6]}19{old[6:]}"
    return body + mod_11_2.calc_check_digit(body)


def _taken_as_shown(number: str) -> IdNumber:
    if _FULL.fullmatch(number) and (birth := _birth_date(number[6:14])) is not None:
        read = _full(number, birth)
        notes = ("校验位不符，已由经办人确认与证件一致。", *read.notes)
        return IdNumber(number, read.kind, birth, read.sex, read.area, overridden=True, notes=notes)
    notes = ("未按身份证规则核对，已由经办人确认与证件一致。",)
    return IdNumber(number, "other", None, "", "", overridden=True, notes=notes)


def _birth_date(digits: str) -> date | None:
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    if year < FIRST_BIRTH_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _impossible_birth(digits: str) -> IdFault:
    shown = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    return IdFault(
        "id-birth-date",
        f"证件号码中的出生日期 {shown} 不对，请核对第 7 位起的数字；"
        f"证件上确是如此时，在末尾加“{OVERRIDE_MARK}”。",
    )


def _sex(digit: str) -> str:
    return "男" if int(digit) % 2 else "女"
