"""Reasons why a place is not rolled forward, or an answer is refused."""

from __future__ import annotations

from medcounter.errors import MedCounterError


class RollYearMissingError(MedCounterError):
    """上级没有新年度的规则，不能沿用到新年度；请先把上级的规则续写到这个年度。"""


class NotALaterYearError(MedCounterError):
    """要沿用到的年度不在原来的年度之后，没有沿用；请写以后的年度。"""


class UnknownQuestionError(MedCounterError):
    """没有这个问题，没有沿用；请照列出的问题回答。"""


class RollAnswerUnreadableError(MedCounterError):
    """回答看不懂，没有采用；请写新通知的日子、年份或金额，或者 = 照旧、> 推后一年。"""


class AnswerNotMeantError(MedCounterError):
    """这个问题不能这样回答，没有采用；请写新通知的日子、年份或金额。"""


class SourceTakenError(MedCounterError):
    """新通知的来源代码与上一年度的来源相同，没有沿用；请给新通知另取一个代码。"""


class NotCarriedError(MedCounterError):
    """这一条没有沿用的标记，不用确认；请刷新后查看还有哪些没有核对。"""


class StillAskedError(MedCounterError):
    """这一条还有没有回答的问题，不能确认；请先照新通知回答。"""


class NoClauseError(MedCounterError):
    """没有写新通知的第几条，不能确认；请写明在新通知的什么地方。"""


class UnknownExampleError(MedCounterError):
    """没有这个算例建议，没有采用；请刷新后重试。"""
