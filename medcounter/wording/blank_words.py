"""The blanks of a rule's sentences, named for a reader without a case."""

from __future__ import annotations

import re

_BRACES = re.compile(r"\{(\w+)\}")
_BLANKS = {
    "payment_date": "缴费日",
    "birth_date": "出生日",
    "benefit_year": "待遇年度",
    "previous_year": "上一年度",
    "window_from": "时段首日",
    "window_to": "时段末日",
    "lapsed_years": "断保年数",
    "repair_years": "修复年数",
    "event_date": "发生日",
    "identity": "身份",
    "amount": "金额",
    "standard": "标准",
    "wait_from": "等待期首日",
    "wait_to": "等待期末日",
    "wait_fixed": "固定等待期",
    "wait_variable": "变动等待期",
    "wait_repaired": "修复减少",
    "cover_from": "待遇首日",
    "cover_to": "待遇末日",
}


def said_without_case(sentence: str) -> str:
    """Write a rule's sentence with each blank named: 缴费 〔金额〕 元."""
    return _BRACES.sub(lambda match: f"〔{_BLANKS.get(match[1], match[1])}〕", sentence)
