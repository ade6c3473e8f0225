"""What is typed in a field as a value of the document.

Takes what is pasted from a word processor: full-width digits, blanks, units,
thousands marks. Refuses with a sentence, and never guesses a figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from medcounter.authoring.document.document_path import Json
from medcounter.authoring.form.field_texts import NO, NONE, NOT_STATED, PAYMENT, PAYMENT_DAY, YES
from medcounter.authoring.form.form_records import FieldChoice, FieldKind, FormField
from medcounter.authoring.form.reading.day_reading import DaySense, read_day, read_year_day
from medcounter.authoring.form.reading.refusals import (
    AmountNotReadError,
    BenefitYearNotReadError,
    ChoiceNotKnownError,
    CodeNotReadError,
    FieldNeededError,
    FlagNotReadError,
    MayNotBeUnstatedError,
    NumberNotReadError,
    RateNotReadError,
    SentenceBlankUnknownError,
    SpanNotReadError,
    TextTooLongError,
)
from medcounter.rules.rule import PLACEHOLDERS
from medcounter.typed.typed_text import plain
from medcounter.wording.terms import DAYS, MONTHS

LONGEST_TEXT = 600
_NOTHING = frozenset({"没有", "无"})
UNSTATED = frozenset({NOT_STATED, "?", "没有写", "未写", "没写", "不知道", "null"})
_CURRENCY = r"人民币|RMB|rmb|[¥￥$]"
# Units stand at the ends only: 2026年400元 and 3人400元 are no amounts.
_AMOUNT = re.compile(
    rf"(?:{_CURRENCY}|每?人|每?年)*"
    r"(?P<yuan>\d{1,3}(?:,\d{3})+|\d{1,10})(?:\.(?P<fen>\d{1,2}))?(?P<ten_thousands>万)?"
    rf"(?:元整?)?(?:{_CURRENCY})?(?:(?:[/每]|(?<=[元整人年]))每?[人年])*"
)
_NUMBER = re.compile(r"(\d{1,4})(?:个?月|天|日|周岁|岁|年|号|次|倍)?")
_SPAN = re.compile(r"(\d{1,4})(天|日|个?月|周年|年|周岁|岁)(?:以?内|之内)?")
_SPAN_KEYS = {DAYS: "days", "日": "days", "月": "months", MONTHS: "months"}
_YEAR = re.compile(r"(20\d{2})(?:年度?)?")
_YEARS = re.compile(r"(20\d{2})(?:年度?)?(?:[-~至到]|—+)(20\d{2})(?:年度?)?")
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,4})?)%")
_PARTS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_PART = re.compile(r"([十百千万])分之(\d+(?:\.\d+)?)")
_TENTHS = re.compile(r"(\d(?:\.\d)?)成")
_FINEST_SHARE = Decimal("0.000001")
_BETWEEN = re.compile(r"[、,;，；\s]+")
_CODE = re.compile(r"[a-z0-9]+([._-][a-z0-9]+)*")
_BLANK = re.compile(r"\{([^{}]*)\}")
_YES = frozenset({YES, "有", "对", "是的", "true", "1", "y", "yes"})
_NO = frozenset({NO, "没有", "无", "不", "不是", "false", "0", "n", "no"})
_NUMERALS = str.maketrans("〇零一二三四五六七八九两", "001234567892")


def read_field(field: FormField, text: str, sense: DaySense) -> Json:
    """Read what was typed in a field.

    Args:
        field: The field.
        text: What was typed or pasted.
        sense: What a day without a year is a day of.

    Returns:
        The value to be written; None for "来源没有写", and where an optional
        field was emptied.

    Raises:
        FieldRefusedError: One subclass per cause, which keeps the text.
    """
    folded = plain(text)
    if not folded:
        if field.optional:
            return None
        raise FieldNeededError(field.label)
    if folded in UNSTATED or (field.nullable and folded in _NOTHING):
        if field.nullable:
            return None
        if field.kind not in {FieldKind.TEXT, FieldKind.SENTENCE}:
            raise MayNotBeUnstatedError(field.label, text)
    if field.kind is FieldKind.DATE:
        return read_day(field.label, text, sense)
    if field.kind is FieldKind.YEAR_DAY:
        if folded in {PAYMENT_DAY, PAYMENT}:
            return PAYMENT
        return read_year_day(field.label, text, sense)
    return _READERS[field.kind](field, text)


def read_amount(label: str, text: str) -> str:
    """Read an amount in yuan.

    Returns:
        Two places, as rules write it: ``1070.00``.

    Raises:
        AmountNotReadError: It is none, has more than two places, a mark
            between digits that divides no thousands, or a year or a number
            of people in front of it.
    """
    folded = re.sub(r"\s+", "", plain(text)).replace("。", ".").replace("，", ",")
    match = _AMOUNT.fullmatch(folded)
    if match is None:
        raise AmountNotReadError(label, text)
    times = 10000 if match["ten_thousands"] else 1
    yuan = Decimal(f"{match['yuan'].replace(',', '')}.{match['fen'] or 0}") * times
    return f"{yuan:.2f}"


def _amount(field: FormField, text: str) -> str:
    return read_amount(field.label, text)


def _rate(field: FormField, text: str) -> str:
    folded = re.sub(r"\s+", "", plain(text)).replace("。", ".")
    share = _share(folded)
    if share is None and field.path[-1] == "rate" and (fraction := _fraction(folded)):
        return fraction
    if share is None or not 0 <= share <= 1 or share % _FINEST_SHARE:
        raise RateNotReadError(field.label, text)
    return f"{share.normalize():f}"


def _fraction(text: str) -> str:
    """Read a part that no decimal ends for: 1/12, 12分之1, 十二分之一; empty if none."""
    above, below = text, ""
    for mark in ("/", "分之"):
        if mark in text:
            first, _, second = text.partition(mark)
            above, below = (first, second) if mark == "/" else (second, first)
    above, below = _counted(above), _counted(below)
    found = re.fullmatch(r"[1-9]\d{0,3}/[1-9]\d{0,3}", f"{above}/{below}")
    return f"{above}/{below}" if found and int(above) <= int(below) else ""


def _share(text: str) -> Decimal | None:
    share = text.removeprefix("标准的").translate(_NUMERALS)
    if match := _PERCENT.fullmatch(share):
        return Decimal(match[1]) / 100
    if match := _PART.fullmatch(share):
        return Decimal(match[2]) / _PARTS[match[1]]
    if match := _TENTHS.fullmatch(share):
        return Decimal(match[1]) / 10
    if text in {"一半", "半"}:
        return Decimal("0.5")
    return Decimal(share) if re.fullmatch(r"[01](\.\d{1,6})?", share) else None


def _number(field: FormField, text: str) -> int:
    match = _NUMBER.fullmatch(_counted(text))
    if match is None:
        raise NumberNotReadError(field.label, text)
    return int(match[1])


def _counted(text: str) -> str:
    """Write a count in digits: 三个月, 十二, 二十八天."""
    folded = re.sub(r"\s+", "", plain(text))

    def tens(match: re.Match[str]) -> str:
        before, after = ((part or "").translate(_NUMERALS) for part in match.groups())
        return str(int(before or 1) * 10 + int(after or 0))

    digits = re.sub(r"([一二三四五六七八九])?十([一二三四五六七八九])?", tens, folded)
    return digits.translate(_NUMERALS)


def _numbers(field: FormField, text: str) -> list[int]:
    found: list[int] = []
    if plain(text) == NONE:
        return found
    for part in _BETWEEN.split(plain(text)):
        if span := _YEARS.fullmatch(part):
            found += range(int(span[1]), int(span[2]) + 1)
        elif match := _NUMBER.fullmatch(part.removesuffix("年度")):
            found.append(int(match[1]))
        else:
            raise NumberNotReadError(field.label, text)
    return found


def _year(field: FormField, text: str) -> int:
    match = _YEAR.fullmatch(re.sub(r"\s+", "", plain(text)))
    if match is None:
        raise BenefitYearNotReadError(field.label, text)
    return int(match[1])


def _span(field: FormField, text: str) -> dict[str, int]:
    match = _SPAN.fullmatch(_counted(text))
    if match is None or not int(match[1]):
        raise SpanNotReadError(field.label, text)
    return {_SPAN_KEYS.get(match[2], "years"): int(match[1])}


def _flag(field: FormField, text: str) -> bool:
    folded = plain(text).lower()
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise FlagNotReadError(field.label, text)


def _choice(field: FormField, text: str) -> str:
    folded = plain(text)
    found = _chosen(field.choices, folded)
    if found is None:
        raise _unknown_choice(field, text)
    return found


def _choices(field: FormField, text: str) -> Json:
    """Read several; one alone is written as itself where it may be written so."""
    folded = plain(text)
    whole = _chosen(field.choices, folded)
    parts = [whole] if whole else codes_in(field.choices, folded)
    if any(part is None for part in parts):
        raise _unknown_choice(field, text)
    found = list(dict.fromkeys(parts))
    alone = len(found) == 1 and field.path[-1] == "since"
    return found[0] if alone else found


def codes_in(choices: tuple[FieldChoice, ...], text: str) -> list[str | None]:
    """Split a list; whole labels first, since they may contain separators.

    Returns:
        The code of each part; None for what is no choice.
    """
    found: list[str | None] = []
    labels = sorted(
        ((plain(one.label), one.value) for one in choices), key=lambda one: -len(one[0])
    )
    rest = plain(text)
    while rest:
        whole = next((one for one in labels if one[0] and _begins(rest, one[0])), None)
        part, value = whole or (_BETWEEN.split(rest, maxsplit=1)[0], None)
        found.append(value if whole else _chosen(choices, part))
        rest = _BETWEEN.sub("", rest[len(part) :], count=1)
    return found


def _begins(text: str, label: str) -> bool:
    """Return whether a list goes on with a label, up to a mark or its end."""
    after = text[len(label) : len(label) + 1]
    return text.startswith(label) and (not after or bool(_BETWEEN.fullmatch(after)))


def _chosen(choices: tuple[FieldChoice, ...], text: str) -> str | None:
    """Find a choice by its code, its label, or the only label that holds the text."""
    squeezed = text.replace(" ", "")
    labels = {one.value: plain(one.label).replace(" ", "") for one in choices}
    for value, label in labels.items():
        if squeezed in {value, label}:
            return value
    holding = [value for value, label in labels.items() if squeezed and squeezed in label]
    return holding[0] if len(holding) == 1 else None


def _unknown_choice(field: FormField, text: str) -> ChoiceNotKnownError:
    few = 8
    labels = [one.label for one in field.choices]
    more = "……" if len(labels) > few else ""
    listed = f"可选的有：{'、'.join(labels[:few])}{more}" if labels else "现在没有可选的"
    return ChoiceNotKnownError(field.label, text, f"不在可选的里面，没有改动；{listed}")


def _text(field: FormField, text: str) -> str:
    line = " ".join(text.split()) if "\n" in text or "\t" in text else text.strip()
    if len(line) > LONGEST_TEXT:
        raise TextTooLongError(field.label, text)
    return line


def _sentence(field: FormField, text: str) -> str:
    line = _text(field, text)
    unknown = [name for name in _BLANK.findall(line) if name not in PLACEHOLDERS]
    if unknown or set("{}") & set(_BLANK.sub("", line)):
        named = "、".join(f"{{{name}}}" for name in unknown) or "花括号"
        advice = f"里的空位{named}不认识，没有改动；请从列出的空位里选，或去掉花括号"
        raise SentenceBlankUnknownError(field.label, text, advice)
    return line


def _code(field: FormField, text: str) -> str:
    folded = plain(text)
    if not _CODE.fullmatch(folded):
        raise CodeNotReadError(field.label, text)
    return folded


def _value(field: FormField, text: str) -> Json:
    """Read an answer to a free question: a choice, yes or no, a number, or words."""
    folded = plain(text)
    if field.choices:
        return _choice(field, text)
    if folded in {YES, NO}:
        return folded == YES
    return int(folded) if re.fullmatch(r"\d{1,4}", folded) else folded


_READERS: dict[FieldKind, Callable[[FormField, str], Json]] = {
    FieldKind.AMOUNT: _amount,
    FieldKind.RATE: _rate,
    FieldKind.NUMBER: _number,
    FieldKind.NUMBERS: _numbers,
    FieldKind.YEAR: _year,
    FieldKind.SPAN: _span,
    FieldKind.FLAG: _flag,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
    FieldKind.TEXT: _text,
    FieldKind.SENTENCE: _sentence,
    FieldKind.CODE: _code,
    FieldKind.VALUE: _value,
}
