"""The keys of the window in one table, read by window, help page and tests.

Says which key does what, where, and what must be in front for it. Knows no widget
and does nothing: who does an act stands in ``acts``.
"""

from __future__ import annotations

from typing import NamedTuple


class Shortcut(NamedTuple):
    """One act and its keys.

    Attributes:
        action: Object name of the action in the window.
        keys: Key sequences in Qt's portable notation; the first is shown.
        label: What it does, in a few Chinese words.
        where: Part of the work it belongs to, a heading of the help page.
        front: What must be in front for it: whom it means must be seen.
        bound: False where the focused widget itself reads the key, so that
            the window makes no action of it.
    """

    action: str
    keys: tuple[str, ...]
    label: str
    where: str
    front: str = ""
    bound: bool = True


# What must be in front: the counter; the counter, to which it leads by itself; or the counter
# or the page of reasons, which shows whom these mean.
COUNTER = "counter"
LEADS = "leads"
COUNTER_OR_WHY = "counter_or_why"

FILLING = "填写"
ANSWER = "看结果"
NOTICE = "出单"
LEDGER = "台账"
ROSTER = "名单"
STUDIO = "编制"
VIEWS = "切换"

SHORTCUTS: tuple[Shortcut, ...] = (
    Shortcut("new_person", ("F2",), "下一位：清空并回到证件号码", FILLING),
    Shortcut("next_field", ("Enter",), "到下一个还要填的地方", FILLING, bound=False),
    Shortcut("step_back", ("Esc",), "退一步；再按一次清空", FILLING, bound=False),
    Shortcut("undo", ("Ctrl+Z",), "撤销上一步，出单之前都可以", FILLING, COUNTER),
    Shortcut("redo", ("Ctrl+Shift+Z",), "重做撤销的一步", FILLING, COUNTER),
    Shortcut("choose_match", ("↑↓",), "在找到的人里选，Enter 或数字采用", FILLING, bound=False),
    Shortcut("new_member", ("Ctrl+N",), "同一户再加一人", FILLING, COUNTER),
    Shortcut("next_member", ("F6",), "本户下一人", FILLING, COUNTER),
    Shortcut("previous_member", ("Shift+F6",), "本户上一人", FILLING, COUNTER),
    Shortcut("remove_member", ("Ctrl+W",), "把这个人移出本户", FILLING, COUNTER),
    Shortcut("park", ("Ctrl+H",), "暂放，先办下一位；空着时取回", FILLING, COUNTER),
    Shortcut("take_as_shown", ("Alt+Z",), "证件号码照证件办理：护照、通行证等", FILLING, COUNTER),
    Shortcut("phrases", ("Alt+M",), "附言：选一句常用语", FILLING, LEADS),
    Shortcut("call_next", ("Alt+N",), "叫下一号，居民屏上显示", FILLING),
    Shortcut("next_problem", ("F8",), "到下一处错误", FILLING),
    Shortcut("focus_region", ("Alt+R",), "选参保地", FILLING, LEADS),
    Shortcut("focus_year", ("Alt+Y",), "选待遇年度", FILLING, LEADS),
    Shortcut("turn_scheme", ("Alt+X",), "换险种：城乡居民、灵活就业", FILLING, COUNTER),
    Shortcut("focus_categories", ("Alt+S",), "选身份（←→移动，空格勾选）", FILLING, LEADS),
    Shortcut("focus_events", ("Alt+T",), "选特殊情形", FILLING, LEADS),
    Shortcut("focus_insured_years", ("Alt+H",), "选已参保年度", FILLING, LEADS),
    Shortcut("focus_unpaid", ("Alt+G",), "最近几年没缴：再按一个数字", FILLING, LEADS),
    Shortcut("focus_options", ("Alt+O",), "到方案列表", ANSWER, LEADS),
    Shortcut("choose_option", ("1…9",), "在方案列表里选第几个方案", ANSWER, bound=False),
    Shortcut("what_if", ("Alt+D",), "换一天缴费会怎样", ANSWER, LEADS),
    Shortcut("why", ("F4",), "为什么：条款、来源、怎样会不同", ANSWER),
    Shortcut(
        "issue", ("F9", "Ctrl+Return", "Ctrl+Enter"), "出具通知单并打印", NOTICE, COUNTER_OR_WHY
    ),
    Shortcut("agree", ("Ctrl+F9",), "问过的看清了，仍要出单", NOTICE, COUNTER_OR_WHY),
    Shortcut("preview", ("Ctrl+P",), "预览通知单", NOTICE, COUNTER_OR_WHY),
    Shortcut("reprint_last", ("Ctrl+R",), "补打上一张，在办理页", NOTICE, bound=False),
    Shortcut("ledger_show", ("Enter",), "查看选中的通知单", LEDGER, bound=False),
    Shortcut("ledger_reprint", ("Ctrl+R",), "补打，单上注明第几次打印", LEDGER, bound=False),
    Shortcut("ledger_save", ("Ctrl+S",), "存为 PDF", LEDGER, bound=False),
    Shortcut("ledger_void", ("Ctrl+Delete",), "作废，要写原因", LEDGER, bound=False),
    Shortcut("ledger_void_run", ("Ctrl+Shift+Delete",), "按名单出的整批作废", LEDGER, bound=False),
    Shortcut("ledger_correct", ("Ctrl+G",), "更正：作废原单，内容回到办理", LEDGER, bound=False),
    Shortcut("history", ("F7",), "这个人的全部通知单", LEDGER),
    Shortcut("ledger_came_out", ("Ctrl+K",), "打印待核对：已出纸", LEDGER, bound=False),
    Shortcut("ledger_not_out", ("Ctrl+Shift+K",), "打印待核对：没有出纸", LEDGER, bound=False),
    Shortcut("ledger_entered", ("Ctrl+M",), "已录入正式系统；再按改回", LEDGER, bound=False),
    Shortcut("ledger_entered_all", ("Ctrl+Shift+M",), "列出的全部已录入", LEDGER, bound=False),
    Shortcut("ledger_export", ("Ctrl+E",), "导出列出的为表格", LEDGER, bound=False),
    Shortcut("ledger_reveal", ("Ctrl+I",), "看完整证件号码，记入台账", LEDGER, bound=False),
    Shortcut("ledger_days", ("Alt+Q",), "台账里按日期筛选", LEDGER, bound=False),
    Shortcut("ledger_state", ("Alt+W",), "台账里按状态筛选", LEDGER, bound=False),
    Shortcut("ledger_clerk", ("Alt+J",), "台账里按经办人筛选", LEDGER, bound=False),
    Shortcut("view_day", ("F11",), "看今天；再按日结", LEDGER),
    Shortcut("day_print", ("Ctrl+R",), "在日结里打印日结单", LEDGER, bound=False),
    Shortcut("day_save", ("Ctrl+S",), "在日结里存为 PDF", LEDGER, bound=False),
    Shortcut("day_before", ("PgUp",), "在日结里看前一天", LEDGER, bound=False),
    Shortcut("day_after", ("PgDown",), "在日结里看后一天", LEDGER, bound=False),
    Shortcut("view_season", ("Ctrl+8",), "今日和本季：份数、金额的图和表", LEDGER),
    Shortcut("season_print", ("Ctrl+R",), "在今日和本季里打印图", LEDGER, bound=False),
    Shortcut("season_save", ("Ctrl+S",), "在今日和本季里存为 PDF", LEDGER, bound=False),
    Shortcut("roster_open", ("Ctrl+I",), "打开名单", ROSTER, bound=False),
    Shortcut("roster_stop", ("Esc",), "停下正在读的名单或正在出的单", ROSTER, bound=False),
    Shortcut("roster_agree", ("Ctrl+Y",), "采用名单里没有问题的人", ROSTER, bound=False),
    Shortcut("roster_show", ("Enter",), "把这个人带到办理页看依据", ROSTER, bound=False),
    Shortcut("roster_issue", ("F10",), "给列出的人出单：先核对人数和金额", ROSTER, bound=False),
    Shortcut("roster_confirm", ("Ctrl+F10",), "核对之后，确定给名单出单", ROSTER, bound=False),
    Shortcut("roster_decline", ("Esc",), "核对之后，先不出", ROSTER, bound=False),
    Shortcut("roster_export", ("Ctrl+E",), "导出列出的人", ROSTER, bound=False),
    Shortcut("roster_marked", ("Ctrl+M",), "退回标好问题的名单", ROSTER, bound=False),
    Shortcut("roster_template", ("Ctrl+T",), "下载名单模板", ROSTER, bound=False),
    Shortcut("studio_new", ("Ctrl+N",), "新编一个地区、一个年度", STUDIO, bound=False),
    Shortcut("studio_open", ("Enter",), "打开选中的草稿", STUDIO, bound=False),
    Shortcut("studio_import", ("Ctrl+I",), "导入规则文件", STUDIO, bound=False),
    Shortcut("studio_next", ("Enter",), "到下一个要填的地方", STUDIO, bound=False),
    Shortcut("studio_add", ("Alt+1…9",), "照第几个按钮加一项", STUDIO, bound=False),
    Shortcut("studio_confirm", ("Ctrl+K",), "这一项与通知核对无误", STUDIO, bound=False),
    Shortcut("studio_confirm_all", ("Ctrl+Shift+K",), "本节都核对无误", STUDIO, bound=False),
    Shortcut("studio_drop", ("Ctrl+Delete",), "删去这一项，或本地不适用", STUDIO, bound=False),
    Shortcut("studio_acts", ("Ctrl+J",), "这一项还可以做什么", STUDIO, bound=False),
    Shortcut("studio_undo", ("Ctrl+Z",), "撤销编制的上一步", STUDIO, bound=False),
    Shortcut("studio_redo", ("Ctrl+Y", "Ctrl+Shift+Z"), "重做编制的一步", STUDIO, bound=False),
    Shortcut("studio_after", ("Ctrl+PgDown",), "下一节", STUDIO, bound=False),
    Shortcut("studio_before", ("Ctrl+PgUp",), "上一节", STUDIO, bound=False),
    Shortcut("studio_unanswered", ("F8",), "到下一处没有答完的地方", STUDIO, bound=False),
    Shortcut("studio_pane", ("F6",), "依次到条目、样本、提醒", STUDIO, bound=False),
    Shortcut("studio_tick", ("Space",), "样本与通知核对过；在提醒里答复", STUDIO, bound=False),
    Shortcut("studio_history", ("F7",), "看改过什么，回到以前", STUDIO, bound=False),
    Shortcut("studio_export", ("Ctrl+E",), "存成规则文件", STUDIO, bound=False),
    Shortcut("studio_source_files", ("Ctrl+O",), "公告文件：放进来，对照着看", STUDIO, bound=False),
    Shortcut("studio_sheet", ("Ctrl+P",), "审签单：先看再打印", STUDIO, bound=False),
    Shortcut("studio_hand_on", ("F9",), "交给下一位：复核、签发", STUDIO, bound=False),
    Shortcut("studio_leave", ("Esc",), "回到草稿一览，改的都已存好", STUDIO, bound=False),
    Shortcut("view_counter", ("Ctrl+1",), "办理", VIEWS),
    Shortcut("view_ledger", ("Ctrl+2", "F3"), "台账", VIEWS),
    Shortcut("practice", ("Ctrl+F12",), "去练习；再按回到正式办理", VIEWS),
    Shortcut("practice_cases", ("Shift+F12",), "练习时选一个练习题", VIEWS),
    Shortcut("view_roster", ("Ctrl+3",), "名单", VIEWS),
    Shortcut("view_rules", ("Ctrl+4",), "规则", VIEWS),
    Shortcut("rules_sync", ("Ctrl+U",), "在规则里更新规则", VIEWS, bound=False),
    Shortcut("view_studio", ("Ctrl+7",), "编制：把一份通知编成规则", VIEWS),
    Shortcut("view_settings", ("Ctrl+5",), "设置", VIEWS),
    Shortcut("settings_save", ("Ctrl+S",), "在设置里保存设置", VIEWS, bound=False),
    Shortcut("back_up", ("Ctrl+B",), "备份到 U 盘或别的磁盘", VIEWS),
    Shortcut("lock", ("Ctrl+L",), "锁屏，或换一位经办人", VIEWS),
    Shortcut("view_check", ("Ctrl+6",), "自检：这台电脑和台账好不好", VIEWS),
    Shortcut("check_again", ("F5",), "在自检里再查一遍", VIEWS, bound=False),
    Shortcut("check_copy", ("Ctrl+Shift+C",), "在自检里复制报告", VIEWS, bound=False),
    Shortcut("resident_screen", ("F12",), "给居民看的窗口：打开或收起", VIEWS),
    Shortcut("view_guide", ("Ctrl+F1",), "第一天的指引：做到哪里，接着做", VIEWS),
    Shortcut("glossary", ("Shift+F1",), "名词：推定、未定、存疑、A 级是什么意思", VIEWS),
    Shortcut("help", ("F1",), "本项说明与按键表", VIEWS),
)


def shortcut(action: str) -> Shortcut:
    """Find an act by its name.

    Raises:
        KeyError: No act has this name.
    """
    for entry in SHORTCUTS:
        if entry.action == action:
            return entry
    raise KeyError(action)


def key_of(action: str) -> str:
    """Return the key that is shown for an act."""
    return shortcut(action).keys[0]
