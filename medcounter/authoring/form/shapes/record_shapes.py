"""Whatever is no rule as fields: places, sources, examples, advice, codes."""

from __future__ import annotations

from medcounter.authoring.form.form_records import FieldKind
from medcounter.authoring.form.shapes.condition_shapes import CONDITION
from medcounter.authoring.form.shapes.form_shapes import Leaf, Mapped, Nested, Shape
from medcounter.authoring.form.shapes.rule_shapes import SOURCE_LEAVES, STATUS

K = FieldKind
_ID = Leaf("id", "编号", K.CODE)
_CODE = Leaf("code", "代码", K.CODE)
_LABEL = Leaf("label", "名称", K.TEXT)

REGION: Shape = (Leaf("code", "地区代码", K.CODE), Leaf("name", "地区名称", K.TEXT))
SOURCE: Shape = (
    Leaf("title", "标题", K.TEXT),
    Leaf("publisher", "发布单位", K.TEXT),
    Leaf("grade", "级别", K.CHOICE, "grades"),
    Leaf("published", "发布日", K.DATE, nullable=True),
    Leaf("checked", "核对日", K.DATE),
    Leaf(
        "address",
        "网址",
        K.TEXT,
        optional=True,
        shown=False,
        hint="发布单位自己网站上的那一页；转载的不写",
    ),
    Nested("files", "原件", "source-file", many=True),
    _ID,
)
PROGRAMME: Shape = (
    Leaf("region", "地区代码", K.CODE),
    Leaf("scheme", "险种", K.CHOICE, "schemes"),
    Nested("benefit_years", "待遇年度", "years", optional=False),
    Nested("payment_days", "来源说得到的缴费日", "payment-days", optional=False),
    _ID,
)
ASKED: Shape = (
    Leaf("code", "哪个问题", K.CHOICE, "answers"),
    Nested("choices", "选项", "choice", many=True),
)
TERM: Shape = (_LABEL, Leaf("hint", "给窗口的提示", K.TEXT, optional=True), _CODE)
ANSWER_TERM: Shape = (
    Leaf("label", "问法", K.TEXT),
    Leaf("kind", "回答的种类", K.CHOICE, "answer-kinds"),
    Leaf("default", "没有回答时当作", K.VALUE, optional=True, nullable=True),
    Leaf("optional", "可以不答", K.FLAG, optional=True, shown=False),
    _CODE,
)
DROP: Shape = (
    Leaf("rule", "上级的哪条规则", K.CHOICE, "inherited"),
    *SOURCE_LEAVES,
    Leaf("reason", "为什么", K.SENTENCE),
)
ADVICE: Shape = (
    Leaf("kind", "种类", K.CHOICE, "advice-kinds"),
    _LABEL,
    Leaf("text", "怎样办", K.SENTENCE, optional=True),
    Nested("when", "对谁说", CONDITION),
    *SOURCE_LEAVES,
    Leaf("status", STATUS.label, K.CHOICE, "statuses", optional=True, shown=False),
    Leaf("replaces", "取代上级的", K.CODE, optional=True, shown=False),
    _CODE,
)
CONFLICT: Shape = (
    Leaf("about", "说的是什么", K.CHOICE, "abouts"),
    Leaf("says", "别处怎么说", K.SENTENCE),
    Leaf("used", "这里用什么，为什么", K.SENTENCE),
    *SOURCE_LEAVES,
    _ID,
)
ACCEPTED: Shape = (
    Leaf("warning", "哪种提醒", K.CHOICE, "warnings"),
    Leaf("where", "说的是哪里", K.TEXT),
    Leaf("reason", "为什么这样是对的", K.SENTENCE),
)
EXAMPLE: Shape = (
    Nested("facts", "参保人", "facts", optional=False),
    Mapped("expect", "应得的结果", "fields"),
    Leaf("doubts", "应存疑的项目", K.CHOICES, "fields", optional=True),
    Leaf("settled", "不应存疑的项目", K.CHOICES, "fields", optional=True),
    Leaf("basis", "依据", K.CHOICE, "bases"),
    Leaf("source", "来源", K.CHOICE, "sources"),
    _ID,
)

RECORDS: dict[str, Shape] = {
    "source-file": (
        Leaf("name", "文件名", K.TEXT),
        Leaf("kind", "种类", K.CHOICE, "file-kinds"),
        Leaf("sha256", "指纹", K.CODE),
    ),
    "years": (Leaf("from", "从", K.YEAR), Leaf("to", "到", K.YEAR)),
    "payment-days": (Leaf("from", "从", K.YEAR_DAY), Leaf("to", "到", K.YEAR_DAY)),
    "choice": (Leaf("value", "代码", K.CODE), _LABEL),
    "facts": (
        Leaf("region", "地区代码", K.CODE),
        Leaf("scheme", "险种", K.CHOICE, "schemes", optional=True, shown=False),
        Leaf("benefit_year", "待遇年度", K.YEAR),
        Leaf("payment_date", "缴费日", K.DATE),
        Leaf("birth_date", "出生日期", K.DATE, optional=True),
        Leaf("categories", "人员类别", K.CHOICES, "identities", optional=True),
        Leaf("insured_years", "参保过的年度", K.NUMBERS, optional=True),
        Leaf("repair_years", "修复年数", K.NUMBER, optional=True, shown=False),
        Nested("events", "特殊情形", "fact-event", many=True),
        Mapped("answers", "补充问题", "answers"),
    ),
    "fact-event": (
        Leaf("kind", "情形", K.CHOICE, "events"),
        Leaf("date", "日期", K.DATE),
    ),
}
