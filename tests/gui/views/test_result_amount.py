"""The amount beside the form, and what it is made of."""

from __future__ import annotations

from dataclasses import replace

from medcounter.assess.assessment import Fee, FeeLine
from tests.support.paper.notice_samples import LATE_0305
from ui.views.counter.result_text import amount_figure


def test_what_is_paid_for_other_years_is_told_beneath_the_amount() -> None:
    lines = (FeeLine("standard", "2025 年度", 24000), FeeLine("prepaid-2026", "2026 年度", 24000))
    shown = replace(LATE_0305, fee=Fee(48000, 24000, 0, 24000, 0, 67000, lines), doubts=())
    figure = amount_figure(shown)
    assert (figure.value, figure.detail) == ("¥480.00", "含其他年度 ¥240.00")


def test_repair_and_other_years_are_told_apart() -> None:
    lines = (
        FeeLine("standard", "2025 年度", 24000),
        FeeLine("repair", "缴费修复 1 年", 24000),
        FeeLine("prepaid-2026", "2026 年度", 10000),
    )
    shown = replace(LATE_0305, fee=Fee(58000, 24000, 0, 24000, 24000, 67000, lines), doubts=())
    assert amount_figure(shown).detail == "含修复 ¥240.00，含其他年度 ¥100.00"
