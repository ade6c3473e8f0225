"""Rules as fields: the answer of each question, and what every rule has."""

from __future__ import annotations

from medcounter.authoring.form.form_records import FieldKind
from medcounter.authoring.form.shapes.condition_shapes import (
    AMOUNT,
    CONDITION,
    CONDITIONS,
    FORMULA,
    FORMULAS,
    MONTHS_LEFT,
    START_DAY,
    START_DAY_SHAPE,
)
from medcounter.authoring.form.shapes.form_shapes import Leaf, Nested, Shape, Variants

K = FieldKind
_SUM = Nested("amount", "金额", FORMULA, optional=False, leaf=AMOUNT)
_UNIT = Leaf("unit", "单位", K.CHOICE, "units", optional=True)
_CODE = Leaf("code", "代码", K.CODE)
_FORMS: Shape = (
    Leaf("pays", "个人只缴", K.AMOUNT, optional=True),
    Leaf("aid", "资助（减免）", K.AMOUNT, optional=True),
    Leaf("aid_share", "资助标准的几成", K.RATE, optional=True, hint="如 50%"),
    Leaf("standard", "换成另一个标准", K.AMOUNT, optional=True),
    Leaf("unknown", "来源只说另有规定", K.FLAG, optional=True, shown=False),
)

# Answers by question.
ANSWERS: dict[str, Shape] = {
    "window": (
        Leaf("kind", "种类", K.CHOICE, "window-kinds"),
        Leaf("label", "名称", K.TEXT),
        Leaf("from", "从", K.YEAR_DAY, optional=True, shown=False),
        Leaf("to", "到", K.YEAR_DAY, optional=True, shown=False),
    ),
    "standard": (Nested("items", "费用项目", "item", optional=False, many=True),),
    "concession": (*_FORMS, Nested("parts", "只资助其中几项", "part", many=True)),
    "subsidy": (
        Nested("amount", "财政补助", FORMULA, leaf=AMOUNT),
        Nested(
            "remainder_of",
            "筹资总额（减个人缴费）",
            FORMULA,
            leaf=Leaf(
                "remainder_of", "筹资总额（减个人缴费）", K.AMOUNT, optional=True, shown=False
            ),
        ),
    ),
    "other-year": (
        _CODE,
        Leaf("label", "名称", K.TEXT),
        Leaf("first", "从后几年起", K.NUMBER, optional=True, shown=False),
        Nested(
            "years",
            "几年",
            "years-answered",
            leaf=Leaf("years", "几年", K.NUMBER, optional=True),
        ),
        Nested(
            "amount",
            "每年的价钱",
            FORMULA,
            leaf=Leaf("amount", "每年的价钱", K.AMOUNT, optional=True, nullable=True),
        ),
        Leaf("of", "按谁的价钱", K.CHOICE, "other-year-prices", optional=True),
    ),
    "lapse": (
        Leaf("from_year", "从哪个年度算起", K.YEAR),
        Leaf("also_insured", "往前数第几年视同参保", K.NUMBERS, optional=True, shown=False),
    ),
    "exemption": (
        Leaf("waives", "免去", K.CHOICES, "waits"),
        Nested("cover", "从哪天起享受待遇", START_DAY, optional=False),
    ),
    "fixed-wait": (Leaf("length", "等待多久", K.NUMBER, hint="没有等待写 0"), _UNIT),
    "variable-wait": (
        Leaf("per_year", "每多断保一年加", K.NUMBER),
        Leaf("free_years", "头几年不加", K.NUMBER, optional=True, hint="从断保第一年起就加写 0"),
        _UNIT,
    ),
    "repair": (
        Leaf("per_year", "每多缴一年减", K.NUMBER),
        Leaf("floor_from_lapsed", "断保满几年起有下限", K.NUMBER, optional=True, nullable=True),
        Leaf("floor_total", "合计不少于", K.NUMBER, optional=True),
        _UNIT,
    ),
    "repair-price": (
        Leaf("of", "按谁的标准", K.CHOICE, "repair-prices", optional=True),
        Leaf("items", "只算其中几项", K.CHOICES, "items", optional=True, shown=False),
        Leaf("amount", "另定的价钱", K.AMOUNT, optional=True),
        Leaf("unknown", "来源只说另有规定", K.FLAG, optional=True, shown=False),
    ),
    "wait-start": (
        *START_DAY_SHAPE,
        Leaf("months_end", "按月的等待期到哪天为止", K.CHOICE, "months-end", optional=True),
    ),
    "month-end": (Leaf("becomes", "到期月份没有这一天时", K.CHOICE, "month-ends"),),
    "after-wait": (
        Leaf("days", "等待期满后第几天", K.NUMBER),
        Leaf("month_start", "从下一个 1 日起", K.FLAG, optional=True),
    ),
    "cover-floor": START_DAY_SHAPE,
    "cover-start": START_DAY_SHAPE,
    "cover-end": (Leaf("to", "待遇到哪天为止", K.YEAR_DAY),),
    "carry-over": (
        Leaf("carries", "跨年后接着等", K.FLAG),
        Leaf("counts_as_lapsed", "本年度按断保算", K.FLAG, optional=True),
    ),
    "incentive": (
        Leaf("counted_from", "从哪个年度起算", K.YEAR),
        Leaf("after_years", "连续满几年之后", K.NUMBER),
        Leaf("continuous_step", "每多连续一年提高", K.AMOUNT, nullable=True),
        Leaf("zero_claim_step", "每个零报销年度提高", K.AMOUNT, nullable=True),
        Leaf("cap_share", "最多提高原限额的几成", K.RATE, optional=True, nullable=True),
        Leaf("cap_amount", "最多提高", K.AMOUNT, optional=True, nullable=True),
        Leaf("ceiling", "原封顶线", K.AMOUNT, optional=True, nullable=True),
        Leaf("lapse_keeps_bonus", "断保后保留已提高的", K.FLAG, optional=True),
        Leaf("lapse_penalty", "断保后减少", K.AMOUNT, optional=True),
        Leaf("lapse_penalty_per", "怎样减少", K.CHOICE, "penalties", optional=True),
        Leaf("lapse_penalty_cap", "合计最多减少", K.AMOUNT, optional=True, nullable=True),
        Nested("rate", "报销比例的激励", "rate-step"),
    ),
    "remark": (
        Leaf("level", "级别", K.CHOICE, "levels"),
        Leaf("code", "代码", K.CODE),
    ),
}

_READING_TEXT = Leaf("text", "读法", K.SENTENCE)
SOURCE_LEAVES: Shape = (
    Leaf("source", "来源", K.CHOICE, "sources"),
    Leaf("clause", "第几条", K.TEXT),
)
STATUS = Leaf("status", "确定程度", K.CHOICE, "statuses")
RULE_SOURCE: Shape = (
    *SOURCE_LEAVES,
    STATUS,
    Leaf("doubt", "疑点", K.SENTENCE, optional=True),
    Leaf("concerns", "疑点只涉及", K.CHOICES, "concerns", optional=True, shown=False),
    Nested("valid", "只对这些缴费日有效", "valid"),
)
RULE_SENTENCES: Shape = (
    Leaf("applies", "成立时的话", K.SENTENCE),
    Leaf("fails", "不成立时的话", K.SENTENCE, optional=True),
)
RULE_GROUNDS = Leaf("grounds", "对谁", K.CHOICES, "grounds", optional=True)
RULE_LINKS: Shape = (
    Leaf("id", "编号", K.CODE),
    Leaf("question", "回答的问题", K.CHOICE, "questions"),
    Leaf("exception_to", "优先于", K.CHOICES, "rules", optional=True),
    Leaf("replaces", "取代上级的", K.CHOICE, "inherited", optional=True),
)
READING: Shape = (_READING_TEXT, Leaf("stands", "成立", K.FLAG, optional=True, shown=False))

SHAPES: dict[str, Shape] = {
    START_DAY: START_DAY_SHAPE,
    "months-left": MONTHS_LEFT,
    "years-answered": (
        Leaf("by", "按哪个问题的回答", K.CHOICE, "answers"),
        Leaf("less", "减去几年", K.NUMBER, optional=True),
    ),
    "item": (
        Leaf("label", "名称", K.TEXT),
        _SUM,
        Leaf("code", "代码", K.CODE),
        Nested("when", "只向谁收", CONDITION),
    ),
    "part": (
        Leaf("items", "哪几项", K.CHOICES, "items"),
        Leaf("label", "这几项叫什么", K.TEXT, optional=True),
        *_FORMS,
    ),
    "rate-step": (
        Leaf("step", "每年提高", K.RATE),
        Leaf("cap", "最多提高", K.RATE, optional=True, nullable=True),
        Leaf("counted_from", "从哪个年度起算", K.YEAR),
        Leaf("after_years", "连续满几年之后", K.NUMBER, optional=True),
    ),
    "valid": (Leaf("from", "从", K.YEAR_DAY), Leaf("to", "到", K.YEAR_DAY)),
}
VARIANTS: dict[str, Variants] = {CONDITION: CONDITIONS, FORMULA: FORMULAS}
