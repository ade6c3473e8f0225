"""The day and rules an answer was computed with, to detect an outdated one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from medcounter.errors import MedCounterError


class RulesChangedError(MedCounterError):
    """测算之后规则已经更新，没有出单；请核对按新规则测算的结果后再出单。"""


class AnswerOutdatedError(MedCounterError):
    """测算之后日期已经变了，没有出单，也没有编号；请核对按今天重新测算的结果后再出单。"""


@dataclass(frozen=True, slots=True)
class Basis:
    """The day and the rules behind an answer.

    Attributes:
        on: The day at the counter.
        rules: Hash of the rule book; empty for an answer without rules.
    """

    on: date
    rules: str

    def require(self, now: Basis) -> None:
        """See that an answer with this basis still holds.

        Args:
            now: What an answer would be reckoned with now.

        Raises:
            AnswerOutdatedError: It is of another day.
            RulesChangedError: It is by other rules.
        """
        if self.on != now.on:
            raise AnswerOutdatedError(
                f"结果是按 {self.on} 测算的，今天已是 {now.on}，没有出单，也没有编号；"
                "请核对按今天重新测算的结果后再出单。"
            )
        if self.rules and self.rules != now.rules:
            raise RulesChangedError
