"""The choices the settings view offers, and its groups of settings.

Contains values and their texts; shows nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcounter.wording.terms import SCHEMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .settings_rows import OfferedValue
    from .settings_session import SettingsState

# Each group's caption, and its settings with the hint below each.
GROUPS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "这个窗口",
        (
            ("hall", "印在通知单最上方，如“抚州市临川区政务服务中心”"),
            ("desk", "两位数字，是编号的一部分；同一大厅的每个窗口要不同"),
            ("clerk", "印在通知单上，也记入台账"),
            ("clerks", "用顿号隔开，如“王丽、李敏”；填经办人时可以从中选"),
        ),
    ),
    (
        "新办一位时先填",
        (
            ("region", "每办理一位居民，参保地先填成这里；打拼音、首字母、地名或代码都找得到"),
            ("scheme", ""),
            ("benefit_year", ""),
        ),
    ),
    (
        "打印",
        (
            ("printer", "出单和补打时用；偏移按打印机分别保存"),
            ("paper", ""),
            ("large_print", "给老年人：字大、话少，项目不少；卷纸不变"),
            ("whole_id", "当地要求写全时才选完整；二维码里从不含证件号码"),
        ),
    ),
    (
        "屏幕",
        (
            ("theme", ""),
            ("scale", "界面文字的大小，保存后生效"),
            ("lock_minutes", "没有按键的分钟数；设了登录的要重新登录"),
        ),
    ),
    (
        "备份和读卡器",
        (
            ("second_place", "每次备份再存一份到这里，如 U 盘上的文件夹；不填就只存一处"),
            ("card_reader", ""),
            ("reader_port", "读卡服务在本机的端口号；不用就不填"),
        ),
    ),
    (
        "名单",
        (
            (
                "list_words",
                "当地名单的写法=含义，用顿号隔开，如“参合人=姓名、困难户=低保对象”；由主管填",
            ),
        ),
    ),
)
TYPED = ("hall", "desk", "clerk", "clerks", "second_place", "reader_port", "list_words")
# Figures and paths are typed as they are, without an input method.
PLAIN_KEYS = ("desk", "reader_port")

_PAPERS: tuple[OfferedValue, ...] = (
    ("A5", "A5 横向，A4 纸可裁两份"),
    ("A4", "A4 纵向，字大"),
    ("A4x2", "A4 上下两联：参保人一联，留存一联"),
    ("80mm", "80 毫米卷纸，内容多长裁多长"),
)
_THEMES: tuple[OfferedValue, ...] = (
    ("system", "跟随系统"),
    ("light", "浅色"),
    ("dark", "深色"),
    ("contrast", "高对比度"),
)
_SCALES: tuple[OfferedValue, ...] = tuple(
    (percent, f"{percent}%") for percent in (90, 100, 110, 125, 150, 175, 200)
)
_LARGE: tuple[OfferedValue, ...] = ((False, "平常的字"), (True, "大字版，用 A4 纸"))
_MASKS: tuple[OfferedValue, ...] = (
    (False, "遮盖中间：3601**********1234"),
    (True, "完整印出，当地要求时"),
)
_LOCKS: tuple[OfferedValue, ...] = (
    (0, "不自动锁屏"),
    *((minutes, f"{minutes} 分钟") for minutes in (3, 5, 10, 15, 30, 60)),
)
_READERS: tuple[OfferedValue, ...] = ((True, "接受读卡器输入"), (False, "不接读卡器"))


def offers(state: SettingsState) -> Mapping[str, tuple[OfferedValue, ...]]:
    """Return the values to choose from with their texts, by setting."""
    return {
        "region": _places(state),
        "scheme": tuple(SCHEMES.items()),
        "benefit_year": (
            (None, "当季的年度"),
            *((year, f"{year} 年度") for year in state.years),
        ),
        "printer": _printers(state),
        "paper": _PAPERS,
        "large_print": _LARGE,
        "whole_id": _MASKS,
        "theme": _THEMES,
        "scale": _SCALES,
        "lock_minutes": _LOCKS,
        "card_reader": _READERS,
    }


def _places(state: SettingsState) -> tuple[OfferedValue, ...]:
    """Return the places with rules, and the one that is set without any."""
    known = tuple((one.code, one.name) for one in state.regions)
    chosen = state.settings.region
    others = ((chosen, state.place),) if chosen and chosen not in dict(known) else ()
    return (("", "不预选"), *known, *others)


def _printers(state: SettingsState) -> tuple[OfferedValue, ...]:
    usual, silent = state.printers.usual, state.printers.silent
    system = f"系统常用的打印机（{usual or silent or '现在没有'}）"
    names = ((name, name) for name in state.printers.names)
    chosen = state.settings.printer
    gone = chosen and chosen not in state.printers.names
    away = ((chosen, chosen if silent else f"{chosen}（现在没有连接）"),) if gone else ()
    return (("", system), *names, *away)
