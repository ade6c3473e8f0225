"""Derive the grade of a source from its publisher.

Source: docs/rules.md, section 3: A the authority's own text, B a report that names
its source, C a page that gathers what others wrote.
"""

from __future__ import annotations

from medcounter.rules.checking.blanks import is_blank

AUTHORITY, REPORT, PAGE = "A", "B", "C"
_GATHERED = ("网", "聚合", "本地宝", "自媒体", "公众号转")
_REPORTED = ("报", "电视", "广播", "新闻", "融媒")
_AUTHORITIES = (
    "医疗保障",
    "医保局",
    "医保中心",
    "政府",
    "国务院",
    "办公厅",
    "税务",
    "财政",
    "卫生健康",
    "人力资源",
    "人社",
)


def derived_grade(publisher: object) -> str:
    """Derive the grade of a source from its publisher; A while none is named."""
    if not isinstance(publisher, str) or is_blank(publisher):
        return AUTHORITY
    for marks, grade in ((_GATHERED, PAGE), (_REPORTED, REPORT), (_AUTHORITIES, AUTHORITY)):
        if any(mark in publisher for mark in marks):
            return grade
    return PAGE
