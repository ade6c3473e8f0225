"""The mouse's way to each act: what is clicked, in order, beside the keys.

Read by the manual's table and by the tests, which click it; knows no widget.
"""

from __future__ import annotations

from typing import NamedTuple

from medcounter.wording.terms import ENTERED_WORD, TO_ENTER_WORD

from .shortcuts import SHORTCUTS

# How a thing is clicked: as it is named, or by what stands before its name.
RIGHT, DOUBLE, MENU, ROW = "right:", "double:", "menu:", "row:"


class MouseWay(NamedTuple):
    """How an act is done by the mouse alone.

    Attributes:
        text: What a clerk does, in a few Chinese words.
        clicks: Object names of what is clicked, in order, from where the act
            belongs; ``row:`` is the first row of a table, ``right:`` the right
            button, ``double:`` two clicks, ``menu:`` a row of an open menu.
        before: Clicks that lead there from the desk.
    """

    text: str
    clicks: tuple[str, ...]
    before: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """Clicks from the desk; a double click counts as two."""
        every = (*self.before, *self.clicks)
        return len(every) + sum(1 for one in every if one.startswith(DOUBLE))


def _at(text: str, *clicks: str) -> MouseWay:
    return MouseWay(text, clicks)


def _more(act: str, text: str) -> MouseWay:
    return MouseWay(f"上方“更多”，{text}", ("more_button", f"{MENU}more_{act}"))


_ROW = f"{ROW}ledger_table"


def _ledger(act: str, text: str) -> MouseWay:
    chosen = ("view_ledger_tab", _ROW)
    return MouseWay(f"选中一行，按“{text}”；或右键", (f"ledger_{act}_button",), chosen)


def _page(view: str, text: str, *clicks: str) -> MouseWay:
    return MouseWay(text, clicks, (f"{view}_tab",))


def _studio(text: str, *clicks: str) -> MouseWay:
    return _page("view_studio", text, *clicks)


_DRAFT = f"{DOUBLE}studio_drafts"
_CARD = "studio_card_act"
MOUSE_WAYS: dict[str, MouseWay] = {
    "new_person": _at("下方“下一位”", "new_person_button"),
    "next_field": _at("点要填的那一栏", "name"),
    "step_back": _at("上方“办理”；要清空按“下一位”", "view_counter_tab"),
    "undo": _at("下方 ↶", "undo_button"),
    "redo": _more("redo", "重做"),
    "choose_match": _at("点找到的人", f"{ROW}matches"),
    "new_member": _at("下方“加一人”", "new_member_button"),
    "next_member": _at("点他的名字", "member_1"),
    "previous_member": _at("点他的名字", "member_0"),
    "remove_member": _at(
        "名字上按右键，移出本户", f"{RIGHT}member_1", f"{MENU}member_menu_remove_member"
    ),
    "park": _at("下方“暂放”“取回”", "park_button"),
    "take_as_shown": MouseWay("号码下面“照此办理”", ("take_as_shown_button",), ("id_number",)),
    "phrases": _at("“附言”右边 +", "clerk_words_add"),
    "call_next": _at("左下“叫下一号”", "call_next_button"),
    "next_problem": _more("next_problem", "到下一处错误"),
    "focus_region": _at("上方参保地", "region"),
    "focus_year": _at("上方待遇年度", "benefit_year"),
    "turn_scheme": _at("点险种", "scheme_flexible"),
    "focus_categories": _at("点身份", "categories_destitute"),
    "focus_events": _at("点特殊情形", "events_military_discharge"),
    "focus_insured_years": _at("点年度", "insured_years_not_known"),
    "focus_unpaid": _at("点“最近断缴”", "unpaid_years"),
    "focus_options": _at("点方案", f"{ROW}options"),
    "choose_option": _at("点方案", f"{ROW}options"),
    "what_if": _at("点“换一天看”，再“改为这一天缴”", "other_day", "take_day_button"),
    "why": _at("下方“为什么”", "why_button"),
    "issue": _at("下方“出单并打印”", "issue_button"),
    "agree": _at("问题旁“仍要出单”", "question_yes"),
    "preview": _at("下方“预览”", "preview_button"),
    "reprint_last": _more("reprint_last", "补打上一张"),
    "ledger_show": MouseWay("双击一行", (f"{DOUBLE}ledger_table",), ("view_ledger_tab",)),
    "ledger_reprint": _ledger("reprint", "补打"),
    "ledger_save": _ledger("save", "存为 PDF"),
    "ledger_void": _ledger("void", "作废"),
    "ledger_void_run": _ledger("void_run", "整批作废"),
    "ledger_correct": _ledger("correct", "更正"),
    "history": _ledger("history", "历次"),
    "ledger_came_out": _ledger("came_out", "已出纸"),
    "ledger_not_out": _ledger("not_out", "没有出纸"),
    "ledger_entered": _ledger("entered", ENTERED_WORD),
    "ledger_entered_all": _page(
        "view_ledger",
        f"状态选“{TO_ENTER_WORD}”，按“全部{ENTERED_WORD}”",
        "ledger_entered_all_button",
    ),
    "ledger_export": _page("view_ledger", "右上“导出”", "ledger_export_button"),
    "ledger_reveal": _ledger("reveal", "完整号码"),
    "ledger_days": _page("view_ledger", "点日期框", "ledger_days_box"),
    "ledger_state": _page("view_ledger", "点状态框", "ledger_state_box"),
    "ledger_clerk": _page("view_ledger", "点经办框", "ledger_clerk_box"),
    "view_day": _at("上方“日结”；再按右边“日结”", "view_day_tab"),
    "view_season": _at("左下写着份数的一行", "season_line"),
    "season_print": MouseWay("右上“打印”", ("season_print_button",), ("season_line",)),
    "season_save": MouseWay("右上“存为 PDF”", ("season_save_button",), ("season_line",)),
    "day_print": _page("view_day", "右边“打印”", "day_print_button"),
    "day_save": _page("view_day", "右边“存为 PDF”", "day_save_button"),
    "day_before": _page("view_day", "右边“前一天”", "day_before_button"),
    "day_after": _page("view_day", "右边“后一天”", "day_after_button"),
    "roster_open": _page("view_roster", "右边“打开”；或把文件拖进来", "roster_open_button"),
    "roster_stop": _page("view_roster", "进度旁“停下”", "roster_stop_button"),
    "roster_agree": _page("view_roster", "右边“采用”", "roster_agree_button"),
    "roster_show": _page("view_roster", "双击一行；或右键", f"{DOUBLE}roster_table"),
    "roster_issue": _page("view_roster", "右边“出单”", "roster_issue_button"),
    "roster_confirm": _page("view_roster", "问题旁“出单”", "roster_confirm_button"),
    "roster_decline": _page("view_roster", "问题旁“先不出”", "roster_decline_button"),
    "roster_export": _page("view_roster", "右边“导出”", "roster_export_button"),
    "roster_marked": _page("view_roster", "右边“退回”", "roster_marked_button"),
    "roster_template": _page("view_roster", "右边“模板”", "roster_template_button"),
    "studio_new": _studio("“新编”", "studio_new_button"),
    "studio_open": _studio("双击草稿", _DRAFT),
    "studio_import": _studio("“导入”", "studio_import_button"),
    "studio_next": _studio("点要填的那一栏", _DRAFT, "studio_cards"),
    "studio_add": _studio("点“加”字开头的按钮", _DRAFT, "studio_add_1"),
    "studio_confirm": _studio("条目下“核对无误”", _DRAFT, _CARD),
    "studio_confirm_all": _studio("条目的菜单", _DRAFT, _CARD),
    "studio_drop": _studio("条目下“删去”", _DRAFT, _CARD),
    "studio_acts": _studio("条目下的按钮", _DRAFT, _CARD),
    "studio_undo": _studio("上方“更多”，撤销上一步", _DRAFT, "more_button", f"{MENU}more_undo"),
    "studio_redo": _studio("上方“更多”，重做", _DRAFT, "more_button", f"{MENU}more_redo"),
    "studio_after": _studio("点左边的节名", _DRAFT, "studio_sections"),
    "studio_before": _studio("点左边的节名", _DRAFT, "studio_sections"),
    "studio_unanswered": _studio("点左边没有答完的节", _DRAFT, "studio_sections"),
    "studio_pane": _studio("点那一处", _DRAFT, "studio_samples"),
    "studio_tick": _studio("点样本前的框；双击提醒", _DRAFT, "studio_samples"),
    "studio_history": _studio("“历史”", _DRAFT, "studio_history_button"),
    "studio_export": _studio("“存成文件”", _DRAFT, "studio_export_button"),
    "studio_source_files": _studio("“原件”", _DRAFT, "studio_source_files_button"),
    "studio_sheet": _studio("“审签单”", _DRAFT, "studio_sheet_button"),
    "studio_hand_on": _studio("“交复核”", _DRAFT, "studio_hand_on_button"),
    "studio_leave": _studio("上方“编制”", _DRAFT, "view_studio_tab"),
    "view_counter": _at("上方“办理”", "view_counter_tab"),
    "view_ledger": _at("上方“台账”", "view_ledger_tab"),
    "practice": _more("practice", "练习"),
    "practice_cases": _more("practice_cases", "练习题"),
    "view_roster": _at("上方“名单”", "view_roster_tab"),
    "view_rules": _at("上方“规则”", "view_rules_tab"),
    "rules_sync": _page("view_rules", "“更新规则”", "rules_sync_button"),
    "view_studio": _at("上方“编制”", "view_studio_tab"),
    "view_settings": _at("上方“设置”", "view_settings_tab"),
    "settings_save": _page("view_settings", "“保存”", "settings_save_button"),
    "back_up": _at("右上“备份”", "safety_mark"),
    "lock": _more("lock", "锁屏、换人"),
    "view_check": _at("上方“自检”", "view_check_tab"),
    "check_again": _page("view_check", "“再查一遍”", "check_again_button"),
    "check_copy": _page("view_check", "“复制报告”", "check_copy_button"),
    "resident_screen": _more("resident_screen", "居民屏"),
    "view_guide": _more("view_guide", "第一天的指引"),
    "glossary": _at("“依据”右边“名词”", "glossary_button"),
    "help": _at("上方“帮助”", "help_tab"),
}
# What is done many times a day, and so takes three clicks at most.
EVERY_DAY = (
    "new_person", "undo", "choose_match", "new_member", "next_member", "remove_member", "park",
    "choose_option", "what_if", "why", "issue", "agree", "preview", "reprint_last",
    "ledger_show", "ledger_reprint", "ledger_void", "ledger_correct", "ledger_entered",
    "history", "view_day", "day_print", "view_ledger", "view_counter", "back_up", "lock",
    "resident_screen", "roster_open", "roster_issue", "roster_confirm", "help",
)  # fmt: skip
MOST_CLICKS = 3


def acts_without_a_way() -> tuple[str, ...]:
    """Return the acts of the table of keys that have no way by the mouse."""
    return tuple(entry.action for entry in SHORTCUTS if entry.action not in MOUSE_WAYS)
