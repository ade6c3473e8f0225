"""Chinese labels for the codes of the rule language, to offer the right one.

Authors think in the words of an announcement; where they write such a word for a code,
the code is named. Decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from medcounter.rules.questions import QUESTIONS
from medcounter.rules.vocabulary import ANSWERS, EVENTS, IDENTITIES, NEWBORN
from medcounter.wording.terms import SCHEMES

# Two codes are near each other where most letters agree in order: from and form are.
_NEAR = 0.65
_MOST_NAMES = 20

_WORDS = {
    # conditions
    "all": "各项都成立", "any": "至少一项成立", "not": "这一项不成立", "paid": "缴费日在起止之间",
    "day-of-month": "每月几号到几号", "lapsed": "连续断保年数", "outcome": "有免除或等待期",
    "identity": "人员类别", "event": "特殊情形", "elapsed": "出生或情形之后多久",
    "born": "出生日在起止之间", "years-since-birth-year": "出生第几个自然年度", "age": "周岁",
    "insured": "往年是否参保", "answer": "补充问题的回答",
    # windows, statuses, schemes, grades
    "main": "集中征缴期", "extended": "视同期内的第二时段", "late": "集中征缴期外",
    "closed": "不能缴费", "confirmed": "已确认", "assumed": "推定", "unsettled": "未定",
    **SCHEMES, "stated": "来源自己的例子",
    "derived": "按条文推出",
    # units, month ends, anchors
    "month": "月", "day": "日", "whole-month": "整月", "last-day": "该月最后一天",
    "first-of-next": "次月 1 日", "year-start": "1 月 1 日", "payment": "缴费当日，缴费日",
    "day-after-payment": "缴费次日", "month-of-payment": "缴费当月 1 日",
    "month-after-payment": "缴费次月 1 日", "birth": "出生之日",
    "day-after-event": "情形发生次日", "month-of-event": "情形发生当月 1 日",
    "date": "写明的一天",
    # waits, outcomes, levels, advice, formulas, answers
    "fixed": "固定等待期", "variable": "变动等待期", "exempt": "有免除情形", "waits": "有等待期",
    "info": "提示", "warning": "警示", "channel": "渠道", "document": "材料", "effect": "断保影响",
    "payer": "代缴人", "enrolment": "参保登记", "rated": "基数乘费率", "monthly": "每月一个数",
    "counted": "按回答计数", "late-fee": "滞纳金", "bool": "是或否", "text": "文字",
    "number": "数字", "years": "年度", NEWBORN: "新生儿",
}  # fmt: skip

LABELS: dict[str, str] = {
    **_WORDS,
    **{question.code: question.label for question in QUESTIONS},
    **{term.code: term.label for term in (*IDENTITIES, *EVENTS, *ANSWERS)},
}


def with_label(code: str) -> str:
    """Write a code with what it means, in quotation marks: “late”（集中征缴期外）."""
    return f"“{code}”（{LABELS[code]}）" if code in LABELS else f"“{code}”"


def nearest(name: object, known: Iterable[str]) -> str:
    """Say which known name was meant, by meaning or letters, or list them all."""
    names = sorted(set(known))
    given = str(name)
    if meant := _by_label(given, names):
        return f"应写{with_label(meant)}。"
    # Of numbers that differ in a digit neither is a slip of the other.
    close = [] if given.isdecimal() else get_close_matches(given, names, n=1, cutoff=_NEAR)
    if close:
        return f"最接近的是{with_label(close[0])}。"
    shown = "、".join(_listed(code) for code in names[:_MOST_NAMES])
    more = "……" if len(names) > _MOST_NAMES else ""
    return f"可用的有：{shown}{more}。" if names else "这里没有可用的名称。"


def code_meant(name: str) -> str | None:
    """Return the code of the language that a Chinese word stands for, if any."""
    return _by_label(name, list(LABELS))


def _listed(code: str) -> str:
    return f"{code}（{LABELS[code]}）" if code in LABELS else code


def _by_label(name: str, codes: list[str]) -> str | None:
    """Find the code whose label is the word, or the only one whose label holds it."""
    if name.isascii() or not name:
        return None
    plain = name.replace(" ", "")
    labels = {code: LABELS[code].replace(" ", "") for code in codes if code in LABELS}
    same = [code for code, label in labels.items() if plain in label.split("，")]
    if same:
        return same[0]
    holding = [code for code, label in labels.items() if plain in label or label in plain]
    return holding[0] if len(holding) == 1 else None
