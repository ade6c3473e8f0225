"""The fields every rule has, whatever question it answers."""

from __future__ import annotations

import re
from typing import Any, Generic, Literal, TypeVar

from pydantic import Field, field_validator

from medcounter.rules.conditions import Condition
from medcounter.rules.values import Code, Flag, Record, Text, YearDay

Status = Literal["confirmed", "assumed", "unsettled"]

PLACEHOLDERS = frozenset(
    {
        "payment_date",
        "birth_date",
        "benefit_year",
        "previous_year",
        "window_from",
        "window_to",
        "lapsed_years",
        "repair_years",
        "event_date",
        "identity",
        "amount",
        "standard",
        "wait_from",
        "wait_to",
        "wait_fixed",
        "wait_variable",
        "wait_repaired",
        "cover_from",
        "cover_to",
    }
)
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_BRACE = re.compile(r"[{}]")


class Validity(Record):
    """The payment days for which a figure holds, both inclusive."""

    start: YearDay = Field(alias="from")
    end: YearDay = Field(alias="to")


class RuleBase(Record):
    """What all rules have, whatever they answer.

    Attributes:
        id: Unique within the programme and what it inherits.
        when: The condition; left out, the rule always holds.
        grounds: For *best* questions: identities, events or ``newborn``; the
            rule holds for those of them that the resident has.
        exception_to: Ids of the rules this one defeats where it holds.
        replaces: Id of the inherited rule whose place this one takes.
        source: Id of the source document; its grade is the rule's grade.
        clause: Where in the document.
        status: ``confirmed``, ``assumed`` or ``unsettled``.
        doubt: One sentence on what is in doubt; needed unless confirmed.
        concerns: Contract fields that rest on the doubt, where narrower than
            the question's own.
        valid: Payment days for which it holds; left out, all of them.
        applies: One sentence for "applies", with placeholders in braces.
        fails: One sentence for "does not"; the compared values are added.
    """

    id: Code
    when: Condition | None = None
    grounds: tuple[Code, ...] = ()
    exception_to: tuple[Code, ...] = ()
    replaces: Code | None = None
    source: Code
    clause: Text
    status: Status
    doubt: Text | None = None
    concerns: tuple[Text, ...] = ()
    valid: Validity | None = None
    applies: Text
    fails: Text | None = None

    @field_validator("applies", "fails")
    @classmethod
    def _known_placeholders(cls, text: str | None) -> str | None:
        unknown = set(_PLACEHOLDER.findall(text or "")) - PLACEHOLDERS
        if unknown:
            known = "、".join(sorted(PLACEHOLDERS))
            raise ValueError(f"句子里有不认识的占位符 {sorted(unknown)}，可用的有：{known}。")
        if _BRACE.search(_PLACEHOLDER.sub("", text or "")):
            raise ValueError("句子里有不成对的花括号，占位符要写成 {payment_date} 这样。")
        return text


A = TypeVar("A")


class Reading(Record, Generic[A]):
    """Another way to read the source: what it answers, or when it holds.

    Attributes:
        answer: What the rule would answer; left out, the rule's own answer.
        when: When it would hold; left out, as the rule itself does.
        stands: False where the rule would not hold at all.
        text: The reading in half a sentence.
    """

    answer: A | None = None
    when: Condition | None = None
    stands: Flag = True
    text: Text

    def model_post_init(self, _context: object) -> None:
        """Override BaseModel.model_post_init: refuse one that differs in nothing.

        Raises:
            ValueError: Nothing differs; or one that never holds says more.
        """
        differs = self.answer is not None or self.when is not None
        if self.stands and not differs:
            raise ValueError("另一种读法要写 answer（另一种答案）、when（另一种条件）或 stands。")
        if not self.stands and differs:
            raise ValueError("不成立（stands 为 false）的读法不写 answer、when。")

    @classmethod
    def model_rebuild(cls, **given: Any) -> bool | None:  # noqa: ANN401 - as pydantic has them
        """Override BaseModel.model_rebuild: nothing is built while the answer is open.

        Pydantic asks for it where a kind of answer is named, which cost a start 30 ms.
        """
        is_open = cls.__pydantic_generic_metadata__["parameters"]
        return None if is_open else super().model_rebuild(**given)

    @property
    def sways(self) -> bool:
        """Whether the rule would hold at other times than by its own condition."""
        return not self.stands or self.when is not None


class Answering(RuleBase):
    """A rule with its typed answer and the other readings of its source.

    For an ``unsettled`` rule the engine uses the reading with the later
    cover; for an ``assumed`` one always ``answer``. Each question says again of what
    kind both are; that pydantic makes such a kind by itself costs a start 20 ms.
    """

    answer: Any
    readings: tuple[Reading[Any], ...] = ()

    def answer_in(self, reading: int) -> Any:  # noqa: ANN401 - as the question has it
        """Return the answer in a reading: 0 is its own, n the n-th other."""
        other = self.readings[reading - 1].answer if reading else None
        return self.answer if other is None else other

    def when_in(self, reading: int) -> Condition | None:
        """Return the condition in a reading that stands; None always holds."""
        other = self.readings[reading - 1].when if reading else None
        return self.when if other is None else other
