"""Read the answer to a question as typed, and work out the new values.

``430`` is a new amount, ``430 410`` one for each place, ``10-08 01-31`` two new days,
``=`` the same as last year, ``>`` a year later, ``+`` the sum; ``#二`` at the end is
where the announcement says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from medcounter.authoring.rolling.roll_errors import (
    AnswerNotMeantError,
    RollAnswerUnreadableError,
)
from medcounter.authoring.rolling.roll_records import (
    AnswerChoice,
    AskedKind,
    QuestionPart,
    RollAnswer,
    RollQuestion,
)
from medcounter.dates import DateUnreadableError, read_iso
from medcounter.money import read_yuan, show_yuan

_CHOICES = {
    "=": AnswerChoice.KEEP,
    "照旧": AnswerChoice.KEEP,
    ">": AnswerChoice.SHIFT,
    "推后": AnswerChoice.SHIFT,
    "+": AnswerChoice.SUM,
    "合计": AnswerChoice.SUM,
}
# Chinese and punctuation stand apart in these, where spaces mean nothing.
_BETWEEN = re.compile(r"\s* (?: 至 | 到 | \.\. | ~ | — | , | ， | ; | ； ) \s* | \s+", re.VERBOSE)
_WHOLE_DAY = re.compile(
    r"(20\d\d) (?: [-./] | 年 )? (\d{1,2}) (?: [-./] | 月 )? (\d{1,2}) 日 ?", re.VERBOSE
)
_MONTH_DAY = re.compile(r"(\d{1,2}) (?: [-./] | 月 ) (\d{1,2}) 日 ? | (\d\d)(\d\d)", re.VERBOSE)
_AMOUNT = re.compile(r"\d{1,10} (?:\.\d{1,2})? 元 ?", re.VERBOSE)
_YEAR = re.compile(r"20\d\d")
_FAR = timedelta(days=366)
_LEAP_WORDS = {"28": "02-28", "最后一天": "02-last"}


def typed_answer(question: RollQuestion, text: str) -> RollAnswer:
    """Read an answer.

    Args:
        question: What was asked.
        text: What was typed.

    Raises:
        RollAnswerUnreadableError: It is no answer of the kind asked for.
        AnswerNotMeantError: It is one that this question does not take.
    """
    typed, _, clause = text.strip().replace("＃", "#").partition("#")
    typed = typed.strip()
    choice = _CHOICES.get(typed)
    if choice is not None:
        answer = RollAnswer(choice, clause=clause.strip())
    else:
        words = [word for word in _BETWEEN.split(typed) if word]
        if question.kind is AskedKind.AMOUNT and len(words) == 1:
            words *= len(question.parts)
        if len(words) != len(question.parts):
            raise RollAnswerUnreadableError(
                f"“{typed}”看不懂：{_wanted(question)}；没有采用，请重写，没有变的写 =。"
            )
        values = tuple(
            _value(question, part, word) for part, word in zip(question.parts, words, strict=True)
        )
        answer = RollAnswer(AnswerChoice.VALUES, values, clause.strip())
    refuse_unfit(question, answer)
    return answer


def refuse_unfit(question: RollQuestion, answer: RollAnswer) -> None:
    """Refuse an answer that would let a figure pass unseen.

    Raises:
        AnswerNotMeantError: A shift of an amount, of a day that may be the 28th or
            the last of February; last year's days for a period; a sum of nothing.
    """
    choice = answer.choice
    name = _said_parts(question)
    if choice is AnswerChoice.KEEP and question.kind is AskedKind.PERIOD:
        raise AnswerNotMeantError(
            f"缴费时段不能照旧用上一年度的日子（{name}），没有采用；"
            "请写新通知的起止日，或写 > 推后一年。"
        )
    if choice is AnswerChoice.SHIFT and question.kind is AskedKind.AMOUNT:
        raise AnswerNotMeantError(
            f"金额 {name} 不能推后，没有采用；请写新通知的金额，没有变的写 =。"
        )
    if choice is AnswerChoice.SHIFT and question.fixed:
        raise AnswerNotMeantError(
            f"{name} 可能是规则的意思，不能随年度推后，没有采用；"
            "没有变的写 =，变了的请写出新的年份或日子。"
        )
    if choice is AnswerChoice.SHIFT and any(part.leap for part in question.parts):
        raise AnswerNotMeantError(
            f"{name} 推后以后，是 2 月 28 日还是二月的最后一天不明，没有采用；请写明是哪一天。"
        )
    if choice is AnswerChoice.SUM and not question.sum_of:
        raise AnswerNotMeantError(f"{name} 不是两个金额的合计，没有采用；请写新通知的数。")
    if choice is AnswerChoice.VALUES and question.kind is AskedKind.PERIOD:
        _refuse_inverted(question, answer)


def _refuse_inverted(question: RollQuestion, answer: RollAnswer) -> None:
    days = [read_iso(value) for value in answer.values]
    for part, day in zip(question.parts, days, strict=True):
        near = read_iso(part.shifted or part.old)
        if abs(day - near) > _FAR:
            raise AnswerNotMeantError(
                f"{day} 离推后一年的 {near} 太远，像是别的年度的日子，没有采用；请核对年份后重写。"
            )
    if days != sorted(days):
        raise AnswerNotMeantError(
            f"起止日 {answer.values[0]} 至 {answer.values[-1]} 前后颠倒，没有采用；请照新通知重写。"
        )


def new_values(
    question: RollQuestion,
    answers: Mapping[str, RollAnswer],
    questions: Mapping[str, RollQuestion],
) -> tuple[str, ...] | None:
    """Return the value of each part; None where all stays as it is.

    Raises:
        AnswerNotMeantError: A sum of amounts that are not answered.
    """
    answer = answers[question.key]
    refuse_unfit(question, answer)
    if answer.choice is AnswerChoice.KEEP:
        return None
    if answer.choice is AnswerChoice.VALUES:
        return answer.values
    if answer.choice is AnswerChoice.SHIFT:
        return tuple(part.shifted or part.old for part in question.parts)
    total = 0
    for key in question.sum_of:
        if key not in answers:
            raise AnswerNotMeantError(
                f"{_said_parts(question)} 写了合计，但 {questions[key].parts[0].old} 元那一项"
                "还没有回答；没有采用，请先回答那一项，或直接写金额。"
            )
        values = new_values(questions[key], answers, questions)
        amounts = set(values or (questions[key].parts[0].old,))
        if len(amounts) > 1:
            raise AnswerNotMeantError(
                f"{_said_parts(question)} 写了合计，但其中 {questions[key].parts[0].old} 元那一项"
                "各处的新数不同；没有采用，请直接写金额。"
            )
        total += read_yuan(amounts.pop())
    return (show_yuan(total),) * len(question.parts)


def answer_words(question: RollQuestion, answer: RollAnswer) -> str:
    """Describe an answer in Chinese: old and new value."""
    old = _said_parts(question)
    where = f"（新通知{answer.clause}）" if answer.clause else ""
    if answer.choice is AnswerChoice.VALUES:
        return f"{old} → {'、'.join(dict.fromkeys(answer.values))}{where}"
    if answer.choice is AnswerChoice.SHIFT:
        return f"{old} → {'、'.join(part.shifted or part.old for part in question.parts)}{where}"
    return f"{old}{'：照旧' if answer.choice is AnswerChoice.KEEP else '：按合计'}{where}"


def _said_parts(question: RollQuestion) -> str:
    return "、".join(dict.fromkeys(part.old for part in question.parts))


def _wanted(question: RollQuestion) -> str:
    kinds = {
        AskedKind.PERIOD: "日子，如 10-08 或 2026-10-08",
        AskedKind.DAY: "日子，如 2026-10-08",
        AskedKind.YEAR: "年份，如 2025",
        AskedKind.AMOUNT: "金额，如 430 或 430.00",
        AskedKind.LEAP_DAY: "28 或 最后一天",
    }
    several = len(question.parts) > 1
    alike = " 1 个或" if several and question.kind is AskedKind.AMOUNT else ""
    count = f"{alike} {len(question.parts)} 个" if several else ""
    return f"这里要{count}{kinds[question.kind]}"


def _value(question: RollQuestion, part: QuestionPart, word: str) -> str:
    unreadable = RollAnswerUnreadableError(
        f"“{word}”看不懂：{_wanted(question)}；没有采用，请重写，没有变的写 =。"
    )
    if question.kind is AskedKind.AMOUNT and _AMOUNT.fullmatch(word):
        whole, _, rest = word.removesuffix("元").partition(".")
        return f"{int(whole)}.{rest.ljust(2, '0')}"
    if question.kind is AskedKind.YEAR and _YEAR.fullmatch(word):
        return word
    if question.kind is AskedKind.LEAP_DAY and word in _LEAP_WORDS:
        return part.old[: part.old.index(":") + 1] + _LEAP_WORDS[word]
    if question.kind in {AskedKind.PERIOD, AskedKind.DAY}:
        day = _day(part, word)
        if day is not None:
            return day.isoformat()
    raise unreadable


def _day(part: QuestionPart, word: str) -> date | None:
    """Read a day; without a year it is the one nearest to last year's moved."""
    if match := _WHOLE_DAY.fullmatch(word):
        return _made(*map(int, match.groups()))
    match = _MONTH_DAY.fullmatch(word)
    if match is None or part.shifted is None:
        return None
    month, number = (int(one) for one in match.groups() if one is not None)
    near = read_iso(part.shifted)
    years = (near.year - 1, near.year, near.year + 1)
    days = [day for year in years if (day := _made(year, month, number)) is not None]
    return min(days, key=lambda day: abs(day - near), default=None)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return read_iso(f"{year:04d}-{month:02d}-{day:02d}")
    except DateUnreadableError:
        return None
