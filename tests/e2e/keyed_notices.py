"""Three announcements as an author keys them in, section by section.

The figures are those of the real announcements, as the policy notes beside this project
tell them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from medcounter.desk.authoring.draft_rolling import DraftRolling

if TYPE_CHECKING:
    from tests.e2e.rule_trial import RuleTrial

_MOST_SECTIONS = 20


def write_guangxi(trial: RuleTrial) -> None:
    """Key the announcement of Guangxi for 2025 in."""
    keys = trial.hands.press
    keys("Ctrl+7", "Ctrl+N")
    trial.hands.type("gx")
    trial.see("begin")
    keys("Return", "Return")
    trial.next_section()
    trial.add(1, "广西2025年度居民医保致居民的一封信", "广西医疗保障局", "20241222")
    trial.see("sources")
    trial.next_section()
    trial.add(1, "0901", "1231", "二")
    trial.add(2, "0630")
    trial.see("periods")
    trial.next_section()
    trial.add(1, "400", "三")
    trial.add(6, "670")
    trial.back_section()
    trial.add(3, "1231")
    trial.see("full-price")
    trial.next_section()
    trial.see("fees")
    trial.next_section()
    trial.add(7, "六")
    trial.see("aid")
    trial.next_section()
    trial.add(4, "2")
    keys("Return")
    trial.fill("五")
    trial.see("wait")
    trial.next_section(2)
    trial.add(1, "3个月", "四")
    trial.add(2, "5")
    trial.see("newborns")
    trial.back_section(4)
    trial.tab_to_card("缴费标准：¥1,070.00")
    keys("Ctrl+J")
    trial.see("card-menu")
    keys("1")
    trial.see("newborns-excepted")


def write_wuxi(trial: RuleTrial) -> None:
    """Key the announcement of Wuxi for 2026 in."""
    keys = trial.hands.press
    keys("Ctrl+7", "Ctrl+N")
    trial.hands.type("wx")
    keys("Return")
    trial.hands.type("2026")
    trial.see("begin")
    keys("Return")
    trial.next_section()
    trial.add(1, "无锡市2026年度居民医保缴费通知", "无锡市医疗保障局", "？")
    trial.see("sources")
    trial.next_section()
    trial.add(1, "0901", "1231", "一")
    trial.add(2, "1231")
    trial.see("periods")
    trial.next_section()
    trial.add(1, "780")
    keys("Ctrl+J")
    trial.see("field-menu")
    keys("2")
    trial.fill("长期护理保险", "30", "二")
    trial.add(2, "0101", "60", "540")
    keys("Ctrl+J", "2")
    trial.fill("长期护理保险", "30")
    trial.add(3, "0101", "17", "380")
    keys("Alt+4")
    trial.letter_to("d", "大学生")
    keys("Return")
    trial.fill("290")
    trial.add(6, "？")
    trial.see("fees")
    _write_waits_of_wuxi(trial)


def _write_waits_of_wuxi(trial: RuleTrial) -> None:
    """Key in what the announcement says of aid, waits, newborns, exempt people and cover."""
    keys = trial.hands.press
    trial.next_section()
    trial.add(7, "六")
    trial.next_section()
    trial.add(1, "2")
    keys("Tab", "3", "Return")
    trial.fill("三")
    trial.add(4, "2")
    trial.see("wait")
    trial.tab_to_card("固定等待期：3")
    keys("Ctrl+Delete")
    trial.fill("四", "通知写明了不设等待期的情形。")
    trial.see("dropped")
    trial.back_section(7)
    trial.see("newborn-section")
    trial.add(1, "90天", "四")
    trial.next_section()
    trial.add(1)
    trial.letter_to("t", "退出现役")
    trial.letter_to("z", "职工医保中断")
    trial.letter_to("h", "户口迁入")
    trial.letter_to("f", "服刑期满释放")
    trial.letter_to("d", "大学生毕业返乡")
    keys("Return")
    trial.fill("90天")
    keys("Return", "7", "Return")
    trial.fill("四")
    trial.see("exempt")
    trial.next_section()
    trial.add(1, "1")
    keys("Return")
    trial.fill("五")
    trial.see("cover")


def roll_jiangxi(trial: RuleTrial) -> None:
    """Take Jiangxi's rules of 2026 to 2027 with what the new announcement says."""
    keys = trial.hands.press
    keys("Ctrl+7", "Ctrl+N")
    trial.hands.type("jx")
    keys("Return")
    trial.hands.type("2027")
    trial.see("begin")
    keys("Return")
    trial.see("season")
    keys("Return")
    for answer in ("10.8 1.31", "12.31", "430", "724", "=", "=", "=", "="):
        trial.hands.type(answer)
        keys("Return")
    trial.see("season-answered")
    season = DraftRolling(trial.draft)
    for _ in range(_MOST_SECTIONS):
        if not season.carried:
            break
        keys("Ctrl+Shift+K")
        if QApplication.activeModalWidget() is not None:
            trial.until(trial.is_covered, "clauses")
            # The clause and last year's sentences were read against the new announcement.
            keys("Return")
            trial.back()
    assert not season.questions
    trial.see("season-confirmed")
