"""The scenes of a season whose rules are missing, and of choosing a place."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from tools.gallery.halls import FRESH, USED
from tools.gallery.steps import Scene, chosen, into, keys, typed

SEASON = datetime(2026, 11, 29, 10, 5, tzinfo=timezone(timedelta(hours=8)))
RESIDENT = "360103198807121237"
_SERVED = (typed(RESIDENT), into("name", "吴建国"))

SEASON_SCENES: tuple[Scene, ...] = (
    Scene("season-empty", "办理：征缴的年度没有规则，等下一位", at=SEASON),
    Scene("season-answer", "办理：征缴的年度没有规则，有人来", _SERVED, at=SEASON),
    Scene("season-lapsed", "办理：没有规则，断保两年", (*_SERVED, keys("Alt+G", "2")), at=SEASON),
    Scene("season-why", "为什么：没有规则", (*_SERVED, keys("F4")), at=SEASON),
    Scene(
        "season-other-year",
        "办理：改选有规则的年度",
        (*_SERVED, chosen("benefit_year", "2026")),
        at=SEASON,
    ),
    Scene("season-resident", "居民看的窗口：没有规则", (*_SERVED, keys("F12")), at=SEASON),
    Scene("places", "找参保地：还没有输入", (keys("Alt+R"),)),
    Scene("places-found", "找参保地：按首字母", (keys("Alt+R"), typed("gz"))),
    Scene("places-none", "找参保地：没有找到", (keys("Alt+R"), typed("zzzz"))),
    Scene("season-today", "今日的图", (keys("Ctrl+8"),), USED),
    Scene("season-charts", "本季的图", (keys("Ctrl+8", "Right"),), USED),
    Scene("season-table", "本季的表格", (keys("Ctrl+8", "Right", "Tab", "Tab", "Right"),), USED),
    Scene("season-none", "今日的图：还没有通知单", (keys("Ctrl+8"),)),
    Scene("resident-called", "居民看的窗口：叫号", (keys("Alt+N"), typed("A012"), keys("F12"))),
    Scene("guide", "第一天的指引", (keys("Ctrl+F1"),), FRESH),
    Scene("glossary", "名词", (keys("Shift+F1"),)),
    Scene("scheme", "办理：灵活就业", (*_SERVED, keys("Alt+X"))),
)
