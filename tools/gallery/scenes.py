"""The table of scenes: what is seen, and how to get there by keys.

A new view needs one line here, or in the tables that are joined to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.gallery.care_scenes import CARE_SCENES
from tools.gallery.halls import DAMAGED, FRESH, USED
from tools.gallery.list_scenes import LIST_SCENES
from tools.gallery.release_scenes import RELEASE_SCENES
from tools.gallery.season_scenes import SEASON_SCENES
from tools.gallery.steps import Scene, chosen, into, keys, settled, typed
from tools.gallery.studio_scenes import STUDIO_SCENES
from ui.messages import PROBLEM, Message

if TYPE_CHECKING:
    from tools.gallery.stage import Stage

RESIDENT = "360103198807121237"
SECOND = "360103199002175224"
WRONG_DIGIT = "360103198807121238"

# The pictures of the manual: each a scene by its name.
MANUAL = (
    "desk-lapsed",
    "why",
    "issued",
    "household",
    "ledger-row",
    "void",
    "day",
    "rules",
    "studio-periods",
    "studio-sheet",
    "studio-hand-over",
    "studio-review",
    "settings",
    "check",
    "resident",
    "roster-found",
    "roster-asked",
    "sign-in",
)


_YEAR = (chosen("benefit_year", "2025"), keys("F2"))
_SERVED = (*_YEAR, typed(RESIDENT), into("name", "吴建国"))
_PHRASES = (
    keys("Ctrl+5"),
    into("setting_phrases", "请带户口簿原件。"),
    keys("Return"),
    typed("缴费后不必再来，凭手机短信即可。"),
    keys("Ctrl+S", "Ctrl+1"),
)
_MUCH = (
    "已出单 2025-03-000001；没有找到打印机，可存为 PDF，或接好打印机后在台账里补打。"
    "磁盘只剩 640 MB，低于 200 MB 就不能出单，请找技术支持清理；第二处“E:\\备份”已有 9 天没有备份，"
    "请插上 U 盘或接好磁盘，程序会自动备份过去。"
)


def _tell_much(stage: Stage) -> None:
    """Show a message longer than its place."""
    if stage.counter is not None:
        stage.counter.window.show_message(Message(PROBLEM, _MUCH))


_LAPSED = (*_SERVED, keys("Alt+G", "2"))

SCENES: tuple[Scene, ...] = (
    Scene("start", "第一帧：装入之前已能输入", opened=False),
    Scene("start-error", "打不开：台账文件损坏", hall=DAMAGED),
    Scene("desk-fresh", "办理：没有设置过的窗口", hall=FRESH),
    Scene("desk-empty", "办理：等下一位"),
    Scene("desk-half", "办理：号码还没输完", (*_YEAR, typed("36010319880712"))),
    Scene("desk-wrong", "办理：校验位不对", (*_YEAR, typed(WRONG_DIGIT), keys("Return"))),
    Scene("desk-answer", "办理：有结果", _SERVED),
    Scene("desk-lapsed", "办理：断保两年", _LAPSED),
    Scene("desk-option", "办理：选了第二个方案", (*_LAPSED, keys("Alt+O", "2"))),
    Scene("desk-other-day", "办理：换一天缴费", (*_LAPSED, keys("Alt+D"), typed("2025-4-1"))),
    Scene("desk-destitute", "办理：特困，等待期免除", (*_SERVED, keys("Alt+S", "Space"))),
    Scene("desk-event", "办理：特殊情形要填日期", (*_SERVED, keys("Alt+T", "Space"))),
    Scene("desk-closed", "办理：这一天不能缴", (*_SERVED, into("payment_date", "2025-12-31"))),
    Scene(
        "desk-problems",
        "办理：几处要改正",
        (*_YEAR, typed(WRONG_DIGIT), into("payment_date", "13月1日"), keys("F8")),
    ),
    Scene("desk-parked", "办理：一户暂放，按钮写明几户在等", (*_SERVED, keys("Ctrl+H"))),
    Scene("desk-cleared", "办理：清空后可以撤销", (*_SERVED, keys("F2"))),
    Scene("desk-asked", "办理：出单前先问，同一年度已出过单", (*_SERVED, keys("F9")), USED),
    Scene(
        "desk-asked-office",
        "办理：出单前先问，大厅和经办人没有填",
        (chosen("region", "江西省"), *_SERVED, keys("F9")),
        FRESH,
    ),
    Scene("phrases", "办理：附言，常用语", (*_PHRASES, *_SERVED, keys("Alt+M"))),
    Scene("why", "为什么：条款、来源、算式", (*_LAPSED, keys("F4"))),
    Scene("preview", "预览样张", (*_LAPSED, keys("Ctrl+P"))),
    Scene("issued", "出单：没有打印机时的通知单", (*_SERVED, keys("F9"))),
    Scene("issued-done", "出单之后", (*_SERVED, keys("F9", "Esc"))),
    Scene("message-cut", "办理：一句提示长过两行", (*_SERVED, _tell_much)),
    Scene("message-cut-below", "规则：一句提示长过一行", (keys("Ctrl+4"), _tell_much)),
    Scene("ledger", "台账", (keys("F3"),), USED),
    Scene("ledger-row", "台账：选中一张", (keys("F3", "Down", "Down"),), USED),
    Scene("ledger-empty", "台账：还没有通知单", (keys("F3"),)),
    Scene("ledger-none", "台账：没有找到", (keys("F3"), typed("没有这个人")), USED),
    Scene("void", "作废：写明原因", (keys("F3", "Ctrl+Delete"),), USED),
    Scene("rules", "规则", (keys("Ctrl+4"),)),
    Scene("sync", "更新规则", (keys("Ctrl+4", "Ctrl+U"),)),
    Scene("settings", "设置", (keys("Ctrl+5"),)),
    Scene(
        "settings-wrong",
        "设置：有一项不能用",
        (keys("Ctrl+5"), into("setting_desk", "3号"), keys("Ctrl+S")),
    ),
    Scene(
        "household",
        "办理：一户两人",
        (*_SERVED, keys("Ctrl+N"), typed(SECOND), into("name", "吴梅")),
    ),
    Scene("history", "一个人的全部通知单", (keys("F3", "F7"),), USED),
    Scene("day", "看今天", (keys("F11"),), USED),
    Scene("day-close", "日结", (keys("F11", "F11"),), USED),
    Scene("practice", "练习", (keys("Ctrl+F12"),)),
    Scene("manual", "使用手册", (keys("F1", "F1"),)),
    Scene("resident", "居民看的窗口：有结果", (*_SERVED, keys("F12"))),
    Scene("resident-waiting", "居民看的窗口：两位居民之间", (keys("F12"),)),
    Scene("check", "自检", (keys("Ctrl+6"), settled), USED),
    Scene("help", "帮助：本项说明与按键表", (keys("F1"),)),
    *LIST_SCENES,
    *CARE_SCENES,
    *SEASON_SCENES,
    *STUDIO_SCENES,
    *RELEASE_SCENES,
)
