"""Reasons for refusing what was typed in a field of the form.

Each keeps the text, so that the field can go on showing it.
"""

from __future__ import annotations

from medcounter.errors import MedCounterError
from medcounter.typed.typed_text import quote


class FieldRefusedError(MedCounterError):
    """填写的内容没有读懂，没有改动草稿；请按栏目的提示重填。"""

    advice = "没有改动；请按栏目的提示重填"

    def __init__(self, label: str, typed: str, advice: str = "") -> None:
        """Build the sentence from what was typed.

        Args:
            label: Chinese name of the field.
            typed: What was typed; kept as it is.
            advice: What was not done, and how to write it; the class's own when empty.
        """
        self.typed = typed
        super().__init__(f"“{label}”填的{quote(typed)}{advice or self.advice}。")


class DayNotReadError(FieldRefusedError):
    """日子没有读懂，没有改动草稿；可写成 0901、2026-09-01、上年9月1日 或 二月底。"""

    advice = "不是一个日子，没有改动；可写成 0901、2026-09-01、上年9月1日 或 二月底"


class DayFarAwayError(FieldRefusedError):
    """日子离待遇年度太远，没有改动草稿；请核对年份。"""


class AmountNotReadError(FieldRefusedError):
    """金额没有读懂，没有改动草稿；请写以元为单位的数，如 400 或 400.50。"""

    advice = "不是金额，没有改动；请写以元为单位、最多两位小数的数，如 400 或 1070.50"


class RateNotReadError(FieldRefusedError):
    """比例没有读懂，没有改动草稿；请写 50% 或 0.5。"""

    advice = (
        "不是比例，没有改动；请写 0 到 100% 之间的数，如 50%、0.5 或 万分之五；"
        "除不尽的分数只能是基数的费率，如 1/12"
    )


class NumberNotReadError(FieldRefusedError):
    """数字没有读懂，没有改动草稿；请写一个整数。"""

    advice = "不是整数，没有改动；请写一个不小于 0 的整数"


class BenefitYearNotReadError(FieldRefusedError):
    """年度没有读懂，没有改动草稿；请写四位数的年度，如 2026。"""

    advice = "不是年度，没有改动；请写四位数，如 2026"


class SpanNotReadError(FieldRefusedError):
    """时长没有读懂，没有改动草稿；请连单位一起写，如 28天、3个月、1年。"""

    advice = "不是时长，没有改动；请连单位一起写，如 28天、3个月、1年"


class ChoiceNotKnownError(FieldRefusedError):
    """不是可选的一项，没有改动草稿；请从列出的里选。"""


class FlagNotReadError(FieldRefusedError):
    """没有读懂是还是否，没有改动草稿；请写 是 或 否。"""

    advice = "没有读懂，没有改动；请写 是 或 否"


class TextTooLongError(FieldRefusedError):
    """文字太长，没有改动草稿；请写得短一些。"""

    advice = "超过 600 个字，没有改动；请写得短一些"


class SentenceBlankUnknownError(FieldRefusedError):
    """句子里的空位不认识，没有改动草稿；请改用列出的空位，或去掉花括号。"""


class CodeNotReadError(FieldRefusedError):
    """代码写法不对，没有改动草稿；只用小写字母、数字和连字符。"""

    advice = "不能作代码，没有改动；只用小写字母、数字，中间可用连字符，如 main-2026"


class FieldNeededError(FieldRefusedError):
    """这一栏不能空着，没有改动草稿；请填上，或选“来源没有写”。"""

    def __init__(self, label: str) -> None:
        """Name the field that was emptied."""
        self.typed = ""
        MedCounterError.__init__(self, f"“{label}”不能空着，没有改动；请填上。")


class MayNotBeUnstatedError(FieldRefusedError):
    """这一栏不能写“来源没有写”，没有改动草稿；请填一个值，没有规定的删去这一条。"""

    advice = "在这里不行，没有改动；请填一个值，来源没有规定的就删去这一条"
