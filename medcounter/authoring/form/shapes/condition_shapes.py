"""Conditions and formulas as fields: what may be asked, and in which words."""

from __future__ import annotations

from medcounter.authoring.form.form_records import FieldKind
from medcounter.authoring.form.shapes.form_shapes import Leaf, Nested, Shape, Variants

K = FieldKind
CONDITION = "condition"
FORMULA = "formula"
START_DAY = "start-day"
_BY_YEAR = "如 2026-09-01、上年9月1日、二月底"


def _from_to(kind: FieldKind, hint: str = "") -> Shape:
    """Both ends of a range, inclusive; either may be left out."""
    return (
        Leaf("from", "从", kind, optional=True, hint=hint),
        Leaf("to", "到", kind, optional=True, hint=hint),
    )


_TITLES = {
    "all": "各项都成立",
    "any": "至少一项成立",
    "not": "不是下面这样",
    "paid": "缴费日",
    "day-of-month": "每月几号缴费",
    "window": "缴费时段",
    "lapsed": "连续断保年数",
    "repair": "修复年数",
    "outcome": "等待期的结果",
    "identity": "人员类别",
    "event": "有特殊情形",
    "elapsed": "出生或情形之后多久缴费",
    "born": "出生日",
    "years-since-birth-year": "待遇年度减出生年份",
    "age": "周岁",
    "insured": "往年是否参保",
    "answer": "补充问题的回答",
}
_SHAPES: dict[str, Shape] = {
    "all": (Nested("of", "", CONDITION, optional=False, many=True),),
    "any": (Nested("of", "", CONDITION, optional=False, many=True),),
    "not": (Nested("of", "", CONDITION, optional=False),),
    "paid": _from_to(K.YEAR_DAY, _BY_YEAR),
    "day-of-month": (Leaf("from", "从几号", K.NUMBER), Leaf("to", "到几号", K.NUMBER)),
    "window": (
        Leaf("kinds", "种类", K.CHOICES, "window-kinds", optional=True),
        Leaf("rules", "时段", K.CHOICES, "windows", optional=True),
    ),
    "lapsed": _from_to(K.NUMBER),
    "repair": _from_to(K.NUMBER),
    "outcome": (Leaf("of", "结果", K.CHOICE, "outcomes"), Leaf("is", "有没有", K.FLAG)),
    "identity": (Leaf("any_of", "属于其中一类", K.CHOICES, "identities"),),
    "event": (
        Leaf("kind", "情形", K.CHOICE, "dated"),
        Leaf("from", "从哪天起发生", K.YEAR_DAY, optional=True),
        Leaf("to", "到哪天为止发生", K.YEAR_DAY, optional=True),
        Leaf("in_benefit_year", "限在待遇年度内", K.FLAG, optional=True, shown=False),
    ),
    "elapsed": (
        Leaf("since", "从何时起", K.CHOICES, "since"),
        Leaf("within", "多久以内", K.SPAN, optional=True, hint="如 28天、3个月、1年"),
        Leaf("more_than", "超过多久", K.SPAN, optional=True),
        Leaf("day_one", "当天算第几天", K.CHOICE, "day-one", optional=True),
    ),
    "born": _from_to(K.DATE),
    "years-since-birth-year": _from_to(K.NUMBER),
    "age": (
        Leaf("on", "哪天的周岁", K.YEAR_DAY, optional=True, hint="不写就是缴费日"),
        *_from_to(K.NUMBER),
    ),
    "insured": (Leaf("years_back", "往前数第几年", K.NUMBER), Leaf("is", "参保没有", K.FLAG)),
    "answer": (
        Leaf("code", "哪个问题", K.CHOICE, "answers"),
        Leaf("is", "回答", K.VALUE, "answer-values", optional=True),
        Leaf("from", "从", K.NUMBER, optional=True),
        Leaf("to", "到", K.NUMBER, optional=True),
    ),
}
CONDITIONS = Variants("test", "条件", _SHAPES, _TITLES)

AMOUNT = Leaf("amount", "金额", K.AMOUNT, nullable=True, hint="元；来源没有写的打“？”")
_MONTHS = Nested(
    "months", "月数", "months-left", optional=False, leaf=Leaf("months", "月数", K.NUMBER)
)
FORMULAS = Variants(
    "kind",
    "算式",
    {
        "rated": (
            Leaf("base", "基数", K.AMOUNT),
            Leaf("rate", "费率", K.RATE),
            _MONTHS,
            Leaf("round", "何时四舍五入", K.CHOICE, "rounds"),
            Leaf("round_to", "四舍五入到", K.CHOICE, "round-to", optional=True),
            Leaf("at_least", "不少于", K.AMOUNT, optional=True, shown=False),
        ),
        "monthly": (Leaf("amount", "每月", K.AMOUNT), _MONTHS),
        "counted": (
            Leaf("amount", "每单位", K.AMOUNT),
            Leaf("by", "按哪个问题的回答", K.CHOICE, "answers"),
        ),
        "late-fee": (
            Leaf("rate", "每天的比例", K.RATE),
            Leaf("after", "这一天之后", K.YEAR_DAY, hint=_BY_YEAR),
        ),
    },
    {
        "rated": "基数 × 费率 × 月数",
        "monthly": "每月一个数 × 月数",
        "counted": "每单位一个数 × 所问的数",
        "late-fee": "滞纳金",
    },
)
START_DAY_SHAPE: Shape = (
    Leaf("anchor", "哪一天", K.CHOICE, "anchors"),
    Leaf("date", "日子", K.YEAR_DAY, optional=True, shown=False, hint=_BY_YEAR),
    Leaf("event", "哪种情形", K.CHOICE, "dated", optional=True, shown=False),
    Leaf("plus_days", "再往后推几天", K.NUMBER, optional=True, shown=False),
)
MONTHS_LEFT: Shape = (
    Nested("from", "从哪天所在的月", START_DAY, optional=False),
    Leaf("to", "到哪天所在的月", K.YEAR_DAY, hint=_BY_YEAR),
)
