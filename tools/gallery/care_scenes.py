"""The scenes of trust and trouble: who opens the ledger, and what stands."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QLineEdit

from medcounter.desk.safety.alerts import Observations
from tools.gallery.halls import (
    ANCHORLESS,
    BROKEN,
    CLERK,
    DOUBTFUL,
    KEYLESS,
    NEW,
    NOW,
    OLD,
    SIGNED,
    SUPERVISOR,
    SYNCED,
    USED,
    WAITING,
    Signing,
)
from tools.gallery.steps import (
    Scene,
    Step,
    chosen,
    into,
    keys,
    pressed,
    seen,
    standing,
    typed,
)

if TYPE_CHECKING:
    from tools.gallery.stage import Stage

_LATER = NOW.replace(year=NOW.year + 6)
_BEFORE = NOW - timedelta(days=2)
_FULL = Observations(free_space=640_000_000)
_FATE = Observations(fate_unknown=True, free_space=640_000_000)
_LOST = Observations(second_place="第二备份位置“E:\\备份”不在，3 天没有备份到那里；请插上 U 盘。")


def signed_in(who: Signing) -> tuple[Step, ...]:
    """Sign in and wait for the desk."""
    return (
        chosen("sign_in_name", who.name),
        into("sign_in_secret", who.words),
        lambda stage: stage.sign_in(),
    )


def refused_often(stage: Stage) -> None:
    """Sign in wrongly until there is something to wait for."""
    stage.sign_in_wrongly()


def chosen_elsewhere(stage: Stage) -> None:
    """Choose the backup on the stick as the file dialog would."""
    stage.choose_file("rescue_backup", next((stage.folder / "stick").rglob("*.db")))


_NAMED = (
    pressed("choice_locked_button"),
    typed(SUPERVISOR.name),
    into("clerk_secret_1", SUPERVISOR.words),
    into("clerk_again_1", SUPERVISOR.words),
    into("clerk_name_2", CLERK.name),
    into("clerk_secret_2", CLERK.words),
)
_SET_UP = (*_NAMED, into("clerk_again_2", CLERK.words), pressed("clerks_go_on"))
_CLERK = signed_in(CLERK)


def recovery_typed(stage: Stage) -> None:
    """Type the recovery key that is shown, and wait for the desk."""
    key = stage.part(QLabel, "recovery_key").text()
    stage.part(QLineEdit, "recovery_typed").setText(key)
    stage.tab_to("recovery_typed")
    stage.sign_in()


def to_hall(stage: Stage) -> None:
    """Open the hall's own key from the clerks."""
    stage.click("access_mark")
    stage.click("clerks_hall")


CARE_SCENES: tuple[Scene, ...] = (
    Scene("choice", "第一次使用：怎样打开台账", hall=NEW),
    Scene("choice-open", "第一次使用：不登录，读过后果", (pressed("choice_read"),), NEW),
    Scene("clerks", "设置登录：两遍口令不一样", (*_NAMED, pressed("clerks_go_on")), NEW),
    Scene("recovery-key", "设置登录：恢复密钥", _SET_UP, NEW),
    Scene("sign-in", "登录", hall=SIGNED),
    Scene("sign-in-wait", "登录：输错太多，要等", (refused_often,), SIGNED),
    Scene("sign-in-recovery", "登录：用恢复密钥", (pressed("sign_in_by_recovery"),), SIGNED),
    Scene("lock", "锁屏：要口令才能继续", (*_CLERK, keys("Ctrl+L")), SIGNED),
    Scene("covered", "锁屏：没有设登录", (keys("Ctrl+L"),), USED),
    Scene(
        "clerks-dialog",
        "经办人和口令",
        (*signed_in(SUPERVISOR), lambda stage: stage.click("access_mark")),
        SIGNED,
    ),
    Scene("hall-key-none", "本厅密钥：还没有", (*signed_in(SUPERVISOR), to_hall), SIGNED),
    Scene("hall-key-told", "设置登录以后：六个词", (*_SET_UP, recovery_typed), NEW),
    Scene("hall-key", "本厅密钥：六个词和主管", (*_SET_UP, recovery_typed, to_hall), NEW),
    Scene(
        "approval",
        "作废：请主管同意",
        (*_CLERK, keys("F3", "Ctrl+Delete", "Alt+1", "Return")),
        SIGNED,
    ),
    Scene("bar-space", "上方提示：磁盘快满", (standing(_FULL),)),
    Scene("bar-fate", "上方提示：此笔待核对，还有一项", (standing(_FATE),)),
    Scene("bar-second", "上方提示：第二备份位置不在", (standing(_LOST),)),
    Scene("bar-print", "上方提示：上一张打出来没有", hall=DOUBTFUL),
    Scene("bar-clock", "上方提示：时间倒退", hall=USED, at=_BEFORE),
    Scene("clock", "主管确认时间", (pressed("alert_way_0"),), USED, at=_BEFORE),
    Scene("bar-anchor", "上方提示：anchor.json 不见了", (seen("alert_bar"),), ANCHORLESS),
    Scene("bar-retention", "上方提示：保存期满", (seen("alert_bar"),), OLD, at=_LATER),
    Scene(
        "retention",
        "清除到期的个人信息",
        (seen("alert_bar"), pressed("alert_way_0")),
        OLD,
        at=_LATER,
    ),
    Scene("broken", "打不开：台账损坏，有备份", hall=BROKEN),
    Scene(
        "drill",
        "打不开：演练恢复",
        (pressed("drill_backup_button"), seen("start_error_said")),
        BROKEN,
    ),
    Scene("restore", "恢复备份", (pressed("restore_backup_button"),), BROKEN),
    Scene("bar-looking", "只看备份", (pressed("look_at_backup_button"), seen("alert_bar")), BROKEN),
    Scene("emergency", "应急台账", (pressed("go_on_button"),), BROKEN),
    Scene(
        "bar-emergency",
        "上方提示：正在用应急台账",
        (pressed("go_on_button"), keys("Return"), seen("alert_bar")),
        BROKEN,
    ),
    Scene(
        "backup-key",
        "打开备份的密钥：再登录一次",
        (pressed("choose_backup_button"), chosen_elsewhere, keys("Alt+R")),
        BROKEN,
    ),
    Scene("restored-unknown", "打不开：旁边的台账不是恢复时留下的", hall=WAITING),
    Scene("keyless", "打不开：密钥文件不见了", hall=KEYLESS),
    Scene("synced", "打不开：文件夹会被同步", hall=SYNCED),
)
