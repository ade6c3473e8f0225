"""The codes every bundle may use, in the contract's order, with labels.

A bundle may add codes of its own; it may not change these.
Source: docs/contract.md, "Facts".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from medcounter.rules.values import AnswerCode, Code, Flag, Record, Text

ORDINARY = "ordinary"
NEWBORN = "newborn"
# In place of an answer that may be left open: equals no value, lies in no range, names no day.
UNSAID = ""


class Term(Record):
    """A code with its Chinese label and a hint for the clerk."""

    code: Code
    label: Text
    hint: str = ""


class AnswerTerm(Record):
    """A free question: its code, label, kind of answer and default.

    Attributes:
        code: Key in the facts' ``answers``.
        label: The question in Chinese.
        kind: ``bool``, ``text``, ``number``, ``years`` or ``date``.
        default: Used when the clerk says nothing; None = must be asked where
            the outcome depends on it.
        optional: Nothing said is an answer too: no condition on it holds, and
            nobody is asked.
    """

    SINCE_KEYS: ClassVar[Mapping[str, int]] = {"optional": 2}

    code: AnswerCode
    label: Text
    kind: Literal["bool", "text", "number", "years", "date"]
    default: Flag | Annotated[int, Field(strict=True)] | None = None
    optional: Flag = False

    def later_keys(self) -> Mapping[str, int]:
        """Override Record.later_keys: format 1 had no dated answers."""
        return {**self.SINCE_KEYS, "kind": 2} if self.kind == "date" else self.SINCE_KEYS

    def model_post_init(self, _context: object) -> None:
        """Override BaseModel.model_post_init: nothing said means one thing only.

        Raises:
            ValueError: A default is given as well.
        """
        if self.optional and self.default is not None:
            raise ValueError("可以不答（optional）的问题不写 default：不答就是没有。")

    @property
    def unsaid(self) -> Flag | int | str | None:
        """What stands when the clerk says nothing; None must be asked."""
        return UNSAID if self.optional else self.default

    @model_validator(mode="before")
    @classmethod
    def _no_words_by_default(cls, written: object) -> object:
        """Refuse a default in words, with what to do instead.

        Raises:
            ValueError: A default is text.
        """
        if isinstance(written, dict) and isinstance(written.get("default"), str):
            raise ValueError(  # noqa: TRY004 -- pydantic gathers ValueErrors
                "默认值（default）只能是 true、false 或整数；文字（text）的回答不能有默认值，"
                "不写 default，程序在结果取决于它时才问。"
            )
        return written


class Vocabulary(Record):
    """Codes that a bundle adds to the built-in ones."""

    identities: tuple[Term, ...] = ()
    events: tuple[Term, ...] = ()
    answers: tuple[AnswerTerm, ...] = ()


# Taken as they stand here: what would check them at every start is run by a test instead.
_term, _answer = Term.model_construct, AnswerTerm.model_construct

IDENTITIES = (
    _term(code="destitute", label="特困供养人员", hint="特困"),
    _term(code="orphan", label="孤儿"),
    _term(code="unsupported-child", label="事实无人抚养儿童"),
    _term(code="low-income", label="城乡低保对象", hint="低保"),
    _term(code="back-into-poverty", label="返贫致贫人口"),
    _term(code="unstable-out-of-poverty", label="脱贫不稳定人口"),
    _term(code="poverty-edge", label="边缘易致贫人口"),
    _term(code="hardship-monitored", label="纳入监测的困难群众"),
    _term(code="low-income-margin", label="低保边缘家庭成员", hint="低保边缘"),
    _term(code="severely-disabled", label="重度残疾人"),
    _term(code="out-of-poverty", label="其他(稳定)脱贫人口"),
    _term(code="student", label="大学生"),
    _term(code="religious", label="宗教教职人员"),
    _term(code=ORDINARY, label="普通居民"),
)

EVENTS = (
    _term(code="military-discharge", label="退出现役"),
    _term(code="dependant-of-discharged", label="退役军人的未就业配偶、子女", hint="填军人退役日"),
    _term(code="employee-insurance-ended", label="职工医保中断"),
    _term(code="household-moved-in", label="户口迁入"),
    _term(code="returned-from-abroad", label="出国人员回国"),
    _term(code="released-from-prison", label="服刑期满释放"),
    _term(code="graduated", label="大学生毕业返乡"),
    _term(code="aid-recognised", label="认定为救助对象"),
)

ANSWERS = (
    _answer(code="plan", label="缴费档次或比例", kind="text"),
    _answer(code="tier", label="缴费档次", kind="text"),
    _answer(code="retired", label="是否退休人员", kind="bool", default=False),
    _answer(code="gap_months", label="中断的月数", kind="number", default=0),
    _answer(code="gap_made_up", label="中断期间保费是否补足", kind="bool", default=False),
    _answer(code="newborn_confirmed", label="新生儿资助是否已在本年度确认", kind="bool"),
    _answer(code="parent_insured", label="父母一方是否已参保", kind="bool"),
    _answer(code="prior_continuous_years", label="此前连续参保年数", kind="number"),
    _answer(code="zero_claim_years", label="未报销的年度", kind="years"),
    _answer(code="claim_used_years", label="使用过奖励额度的年度", kind="years"),
)

# Known to every bundle of format 2; one of format 1 may have used the codes for its own.
_ANSWERS_OF_FORMAT_2 = (
    _answer(code="supplementary", label="是否加缴补充保险", kind="bool", default=False),
    _answer(code="long_term_care", label="是否加缴长期护理保险", kind="bool", default=False),
    _answer(code="large_amount", label="是否加缴大额医疗补助", kind="bool", default=False),
    _answer(code="previous_year_paid_on", label="上一年度的缴费日期", kind="date", optional=True),
)
EVERY_ANSWER = (*ANSWERS, *_ANSWERS_OF_FORMAT_2)


def answers_of_format(bundle_format: int) -> tuple[AnswerTerm, ...]:
    """List the free questions that a bundle of a format knows without adding them."""
    return ANSWERS if bundle_format == 1 else EVERY_ANSWER
