"""Chinese names for the parts of a bundle, for lists of differences.

A key that is not listed here is shown as it is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from medcounter.rules.questions import QUESTION
from medcounter.rules.vocabulary import EVENTS, IDENTITIES
from medcounter.wording.terms import SHORT_SCHEMES

_WORDS = {
    "address": "网址",
    "advice": "办理提示", "aid": "资助金额", "aid_share": "资助比例", "amount": "金额",
    "answer": "结果", "answers": "补充问题", "any_of": "其中之一", "applies": "适用说明",
    "asks": "要问的问题", "base": "基数", "basis": "依据", "becomes": "改为",
    "benefit_years": "待遇年度", "cap_amount": "封顶金额", "cap_share": "封顶比例",
    "ceiling": "封顶线", "channel": "渠道", "checked": "核对日期", "choices": "选项",
    "clause": "条款", "concerns": "涉及项目", "conflicts": "不同说法", "cover": "待遇开始",
    "days": "天数", "default": "默认值", "doubt": "疑点", "drops": "不沿用的规则",
    "events": "事件", "examples": "算例", "exception_to": "优先于", "expect": "应得结果",
    "facts": "情况", "fails": "不适用说明", "files": "原件",
    "fixed": "固定等待期", "free_years": "不计的年数",
    "from": "起", "grade": "来源等级", "grounds": "对象", "hint": "提示", "identities": "人员类别",
    "items": "费用项目", "kind": "类型", "label": "名称", "length": "长度", "level": "级别",
    "months": "月数", "name": "名称", "of": "各项", "pays": "个人缴费", "payment_days": "缴费日期",
    "per_year": "每年", "programmes": "方案", "published": "发布日期", "publisher": "发布单位",
    "question": "问题", "rate": "费率", "readings": "另一种理解", "reason": "原因",
    "region": "地区", "regions": "地区", "replaces": "取代", "rule": "规则", "rules": "规则",
    "scheme": "险种", "settled": "不应存疑", "doubts": "应存疑", "sha256": "文件哈希",
    "source": "来源", "sources": "来源", "standard": "缴费标准", "status": "确定程度",
    "subsidy": "财政补助",
    "test": "条件", "text": "说明", "title": "标题", "to": "止", "unit": "单位",
    "unknown": "来源未给出", "used": "本程序采用", "says": "该页面的说法", "about": "所指",
    "valid": "有效的缴费日", "value": "取值", "vocabulary": "用词", "waives": "免除",
    "when": "适用条件", "where_missing": "没有当地规则时",
}  # fmt: skip
_VALUES = {
    **{term.code: term.label for term in (*IDENTITIES, *EVENTS)},
    "assumed": "推定", "confirmed": "已确认", "unsettled": "待核实",
    "main": "集中征缴期", "extended": "延长期", "late": "集中征缴期外", "closed": "不受理",
    "month": "月", "day": "日", "whole-month": "自然月",
    "all": "全部满足", "any": "满足其一", "not": "不满足",
}  # fmt: skip
_RECORDS = {
    "advice": "办理提示", "answers": "补充问题", "asks": "要问的问题", "choices": "选项",
    "conflicts": "不同说法", "drops": "不沿用的规则", "events": "事件", "examples": "算例",
    "identities": "人员类别", "items": "费用项目", "regions": "地区", "sources": "来源",
}  # fmt: skip

_FIELDS = {
    "refused": "不能测算", "window": "缴费时段", "window.kind": "缴费时段", "window.from": "时段起",
    "window.to": "时段止", "category": "人员类别", "exemption": "免除等待期",
    "lapsed_years": "断保年数", "fee": "费用", "fee.total": "应缴合计", "fee.standard": "缴费标准",
    "fee.aid": "资助", "fee.contribution": "个人缴费", "fee.repair": "修复费用",
    "fee.subsidy": "财政补助", "wait": "等待期", "wait.from": "等待期起", "wait.to": "等待期止",
    "wait.fixed": "固定等待期", "wait.variable": "变动等待期", "wait.repaired": "修复减少",
    "wait.total": "等待期合计", "wait.unit": "等待期单位",
    "coverage": "待遇期", "coverage.from": "待遇开始",
    "coverage.to": "待遇结束", "coverage.days": "待遇天数", "payable": "能否缴费",
    "remarks": "须告知事项", "incentive": "大病保险激励", "incentive.cap": "激励封顶额",
    "incentive.change": "激励增减", "incentive.continuous": "连续参保激励",
    "incentive.zero_claim": "零报销激励", "incentive.penalty": "断保扣减",
    "incentive.continuous_years": "连续参保年数",
    "fee.lines": "费用明细", "incentive.rate": "报销比例激励", "next_window": "下一缴费时段",
}  # fmt: skip

_OUTCOMES = {
    "window.kind": {
        "main": "集中征缴期", "extended": "延长期", "late": "集中征缴期外", "closed": "不能缴费",
        "unknown": "没有规则",
    },
    "refused": {
        "missing": "缺少须填的情况", "rules-not-covered": "没有规则",
        "rules-incomplete": "没有唯一的规则", "unknown-code": "不认识的代码",
        "out-of-range": "超出范围", "contradiction": "前后矛盾", "wrong-type": "类型不对",
    },
}  # fmt: skip


def outcome_word(field: str, value: str | None) -> str:
    """Say what a case came out as, in Chinese; nothing there is 无.

    Args:
        field: Dotted name in the contract; ``refused`` for an error code.
        value: As the contract writes it.
    """
    if value is None:
        return "能测算" if field == "refused" else "无"
    if field in {"category", "exemption"}:
        return "新生儿" if value == "newborn" else _VALUES.get(value, value)
    return _OUTCOMES.get(field, {}).get(value, value)


def field_word(field: str) -> str:
    """Say a field of the contract in Chinese, or as it is written."""
    return _FIELDS.get(field, field)


def scheme_word(scheme: str) -> str:
    """Say a scheme in Chinese, or as it is written."""
    return f"{SHORT_SCHEMES[scheme]}医保" if scheme in SHORT_SCHEMES else scheme


def key_word(key: str) -> str:
    """Say a key in Chinese, or as it is written."""
    return _WORDS.get(key, key)


def title(kind: str, name: str, record: Mapping[str, Any], regions: Mapping[str, str]) -> str:
    """Return which record this is.

    Args:
        kind: Key of the list it lies in, such as ``rules``.
        name: Its id, code or value.
        record: The record as its author wrote it.
        regions: Names of regions by code.
    """
    if kind == "programmes":
        years = record["benefit_years"]
        span = sorted({years["from"], years["to"]})
        region = regions.get(record["region"], record["region"])
        scheme = scheme_word(record["scheme"])
        return f"{region} {'至'.join(str(year) for year in span)} 年度{scheme}"
    if kind == "rules":
        question = QUESTION.get(record["question"])
        return f"{question.label if question else record['question']}规则 {name}"
    name_of_record = record.get("label") or record.get("name") or record.get("title") or name
    return f"{_RECORDS.get(kind, key_word(kind))}“{name_of_record}”"


def is_nothing(value: object) -> bool:
    """Return whether a part says nothing: left out, null or empty."""
    return value is None or value in ("", [], {})


def value_text(value: object) -> str:
    """Write any part of a bundle in one line; empty for nothing."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if is_nothing(value):
        return ""
    if isinstance(value, list):
        return "、".join(value_text(part) for part in value)
    if isinstance(value, dict):
        if "applies" in value:
            return str(value["applies"])
        pairs = ((key_word(key), value_text(part)) for key, part in value.items())
        return "；".join(f"{word}：{text}" for word, text in pairs if text)
    return _VALUES.get(str(value), str(value))
