"""What a rolled draft asks of the new announcement, as a section of its form."""

from __future__ import annotations

from medcounter.authoring.form.form_records import (
    FieldGroup,
    FieldKind,
    FieldState,
    FormField,
    FormSection,
    RuleCard,
)
from medcounter.authoring.rolling.roll_records import AskedKind, RollQuestion

SEASON = "season"
_TITLE = "新通知要答的"
_NOTE = (
    "上年的规则已经带过来。这里只问新通知才说得清的：照通知填，没有变的写 =，"
    "整个推后一年写 >；后面可以加 # 和第几条。"
)
_HINTS = {
    AskedKind.PERIOD: "起止两天，如 10.8 1.31",
    AskedKind.DAY: "一天，如 12.31",
    AskedKind.YEAR: "四位年份",
    AskedKind.AMOUNT: "元，如 430；是几项合计的写 +",
    AskedKind.LEAP_DAY: "28 或 最后一天",
}


def roll_section(questions: tuple[RollQuestion, ...]) -> FormSection:
    """Show open questions as cards of one field; a path names one by its key."""
    return FormSection(SEASON, _TITLE, tuple(_card(one) for one in questions), note=_NOTE)


def _card(question: RollQuestion) -> RuleCard:
    path = (SEASON, question.key)
    field = FormField(
        path,
        "新通知",
        FieldKind.TEXT,
        None,
        "",
        state=FieldState.EMPTY,
        hint=f"{_HINTS[question.kind]}。{question.why}",
    )
    return RuleCard(
        path, question.key, question.text, "", (FieldGroup(path, SEASON, "", (field,)),)
    )
