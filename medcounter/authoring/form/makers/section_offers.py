"""What each section of the form offers to add, in the words of an announcement."""

from __future__ import annotations

from medcounter.authoring.form import form_sections as sections
from medcounter.authoring.form.form_records import CardOffer

_OFFERS: dict[str, dict[str, str]] = {
    sections.SOURCES: {"source": "来源"},
    sections.PERIODS: {
        "main-period": "集中征缴期",
        "late-period": "集中征缴期外",
        "full-price-period": "集中征缴期外，按全额缴费",
        "extended-period": "延长征缴期",
        "closed-days": "中间不能缴费的日子",
    },
    sections.FEES: {
        "standard": "个人缴费标准",
        "standard-from-age": "多少周岁以上的标准",
        "standard-to-age": "多少周岁以下的标准",
        "standard-of-identity": "某类人的标准",
        "standard-of-tier": "某一档的标准",
        "subsidy": "财政补助",
        "other-year": "一并缴的其他年度",
    },
    sections.AID: {
        "aid-full": "全额资助",
        "aid-amount": "资助多少元",
        "aid-pays": "资助后个人缴多少元",
        "aid-share": "资助几成",
        "aid-standard": "按另一个标准缴",
        "aid-unknown": "另有规定，没有金额",
        "aid-not-stated": "来源没有列出资助",
    },
    sections.WAIT: {
        "fixed-wait": "固定等待期",
        "late-wait": "集中征缴期外的固定等待期",
        "variable-wait": "变动等待期",
        "wait-start": "等待期从哪天起算",
        "wait-start-in-window": "期内缴费的等待期从哪天起算",
        "after-wait": "等待期满后从哪天起享受",
        "carry-over": "等待期跨年",
        "lapse": "断保从哪年算起",
    },
    sections.REPAIR: {"repair": "缴费修复", "repair-price": "修复一年的价钱"},
    sections.NEWBORNS: {"newborn": "新生儿多久以内", "newborn-later": "新生儿过了期限"},
    sections.EXEMPT: {
        "exempt-events": "有某些情形、多久以内的人",
        "exempt-identities": "某些类别的人",
    },
    sections.COVER: {
        "cover-main": "期内缴费从哪天起",
        "cover-late": "进入待遇年度后缴费从哪天起",
        "cover-end": "待遇到哪天为止",
        "cover-earlier": "某类人的待遇早于 1 月 1 日",
    },
    sections.INCENTIVE: {"incentive": "大病保险激励"},
    sections.TELL: {"remark": "一句要告诉的话", "advice": "渠道、材料等"},
    sections.ASKS: {
        "asked": "一个补充问题",
        "own-identity": "自己的人员类别",
        "own-event": "自己的情形",
        "own-answer": "自己的补充问题",
    },
    sections.CONFLICTS: {"conflict": "别处的不同说法"},
    sections.EXAMPLES: {"example": "算例"},
    sections.PROOF: {"accepted": "对提醒的答复"},
}


def offers_of(section: str) -> tuple[CardOffer, ...]:
    """List what may be added to a section."""
    return tuple(CardOffer(maker, label) for maker, label in _OFFERS.get(section, {}).items())


def offered() -> tuple[str, ...]:
    """Name every maker that some section offers."""
    return tuple(maker for makers in _OFFERS.values() for maker in makers)
