"""The choices that are the same for every place: code and Chinese label."""

from __future__ import annotations

from collections.abc import Mapping

from medcounter.authoring.form.form_records import FieldChoice
from medcounter.rules.payment_conditions import WINDOW_LABELS
from medcounter.rules.questions import FIELDS, QUESTIONS
from medcounter.wording.difference_words import field_word
from medcounter.wording.terms import INSURANCES

_LISTS: dict[str, Mapping[str, str]] = {
    "window-kinds": WINDOW_LABELS,
    "schemes": INSURANCES,
    "grades": {"A": "A 主管部门的原文", "B": "B 有出处的报道", "C": "C 网络聚合页面"},
    "statuses": {"confirmed": "已确认", "assumed": "推定", "unsettled": "未定"},
    "questions": {question.code: question.label for question in QUESTIONS},
    "outcomes": {"waits": "等待期", "exempt": "免除等待期的情形"},
    "day-one": {"0": "当天算第 0 天", "1": "当天算第 1 天"},
    "rounds": {"month": "每月", "year": "全年一次"},
    "round-to": {"fen": "分", "yuan": "元"},
    "anchors": {
        "year-start": "1 月 1 日",
        "payment": "缴费当日",
        "day-after-payment": "缴费次日",
        "month-of-payment": "缴费当月 1 日",
        "month-after-payment": "缴费次月 1 日",
        "birth": "出生之日",
        "event": "情形发生当日",
        "day-after-event": "情形发生次日",
        "month-of-event": "情形发生当月 1 日",
        "month-after-event": "情形发生次月 1 日",
        "date": "写明的一天",
    },
    "waits": {"fixed": "固定等待期", "variable": "变动等待期"},
    "units": {"month": "月", "day": "日", "whole-month": "整月（含缴费当月）"},
    "months-end": {"day-before": "同一日的前一天", "same-day": "同一日，含当日"},
    "month-ends": {"last-day": "该月最后一天", "first-of-next": "次月 1 日"},
    "penalties": {"return": "再参保时减一次", "year": "每断保一年减一次"},
    "levels": {"info": "告知", "warning": "郑重告知"},
    "repair-prices": {"main": "集中征缴期的个人缴费标准", "window": "缴费时段的标准"},
    "other-year-prices": {"standard": "本年度标准", "contribution": "本年度资助后的个人缴费"},
    "answer-kinds": {
        "bool": "是或否",
        "text": "文字",
        "number": "数字",
        "years": "年度",
        "date": "日期",
    },
    "advice-kinds": {
        "channel": "渠道",
        "document": "材料",
        "effect": "断保影响",
        "payer": "谁可以代缴",
        "enrolment": "参保登记",
    },
    "warnings": {
        "never-stands": "一条规则从不成立",
        "closed-between": "两个时段之间不能缴费",
        "unused-answer": "问了却没有用到",
        "no-choices": "要选的没有选项",
        "no-example": "没有算例",
        "no-readings": "未定却没有别的读法",
        "other-figure": "句子里的数字不是本条的",
        "higher-standard": "资助换掉了更高的标准",
        "far-from-last-year": "金额与上一年度相差很大",
        "far-from-neighbours": "金额与邻近地区相差很大",
        "age-bands-apart": "年龄段之间漏了几岁",
        "covered-before-payment": "待遇早于缴费",
        "answered-from-above": "上级规定管到本地没有写的人",
        "figure-unpinned": "数字没有算例核对",
    },
    "file-kinds": {"picture": "图片", "pdf": "PDF", "text": "文字"},
    "bases": {"stated": "来源自己的例子", "derived": "按条文推出"},
    "fields": {
        **{name: field_word(name) for name in sorted(FIELDS)},
        "error": "拒绝测算",
        "error.field": "要补填的",
        "region.code": "地区代码",
        "region.name": "地区名称",
        "steps.0.rule": "第 1 条依据",
    },
}
FIXED_CHOICES: dict[str, tuple[FieldChoice, ...]] = {
    name: tuple(FieldChoice(code, label) for code, label in entries.items())
    for name, entries in {**_LISTS, "concerns": _LISTS["fields"]}.items()
}
