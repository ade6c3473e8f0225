"""Alerts that block or endanger normal work, shown until resolved.

Returns sentences, the most serious first, each with the action that resolves
it. Pure: the observations are passed in. Reads no clock and opens nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from medcounter.desk.desk_records import UnconfirmedPrint

SPACE_WARNED = 1_000_000_000
CLOCK_SLACK = timedelta(minutes=5)

TO_SIGN = "to_sign"
PROBLEM = "problem"
LATE = "late"

OPEN_RESCUE = "open_rescue"
RETRY = "retry_opening"
SETTLE = "settle_fate"
ACCEPT_CLOCK = "accept_clock"
CONFIRM_PRINT = "confirm_print"
PRINT_AGAIN = "print_again"
BACK_UP = "back_up"
SHOW_RETENTION = "show_retention"
OPEN_WAITING = "open_waiting_draft"


@dataclass(frozen=True, slots=True)
class Act:
    """One action an alert offers.

    Attributes:
        name: One of the names above.
        label: What it says on its button.
    """

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Alert:
    """One condition that is shown until it is resolved.

    Attributes:
        kind: Its name; one condition of a kind stands at a time.
        tone: ``problem`` while something cannot be done, else ``late``.
        text: Sentences for the clerk.
        acts: Ways on, the best first.
        may_wait: Whether the clerk may put it aside until the next start.
    """

    kind: str
    tone: str
    text: str
    acts: tuple[Act, ...] = ()
    may_wait: bool = False


@dataclass(frozen=True, slots=True)
class Observations:
    """The measured state of this counter.

    Attributes:
        read_only: Why nothing can be issued; empty while everything can.
        is_broken: Whether the ledger itself is why.
        is_copy: Whether an auditor looks at a copy, as is meant to be.
        emergency: Number of the desk an emergency ledger issues under;
            empty at an ordinary one.
        fate_unknown: Whether a notice may or may not have been stored.
        lost_anchor: That the ledger was opened without its anchor, in sentences.
        last_time: Time of the ledger's last event.
        free_space: Bytes free on its disk; None when it won't say.
        doubtful: A print nobody confirmed.
        second_place: What is wrong with the second place.
        due: What is due to be erased, in one sentence.
        on_opening: What the opening came with, for example a restore.
        synced_by: The folder above that a program copies elsewhere.
        dropped: Sentences about rules of the hall that are used no more.
        to_sign: Drafts of rules that wait for the signature of who is here.
    """

    read_only: str = ""
    is_broken: bool = False
    is_copy: bool = False
    emergency: str = ""
    fate_unknown: bool = False
    lost_anchor: str = ""
    last_time: datetime | None = None
    free_space: int | None = None
    doubtful: UnconfirmedPrint | None = None
    second_place: str = ""
    due: str = ""
    on_opening: str = ""
    synced_by: str = ""
    dropped: tuple[str, ...] = ()
    to_sign: tuple[str, ...] = ()


def current_alerts(found: Observations, at: datetime) -> tuple[Alert, ...]:
    """Describe what stands, the most serious first."""
    return (
        *_broken(found),
        *_clock(found, at),
        *_space(found),
        *_unconfirmed(found),
        *_aside(found),
    )


def synced_text(above: str) -> str:
    """Warn of a data folder that is copied elsewhere."""
    return (
        f"数据文件夹在“{above}”自动同步的文件夹里，同步会损坏台账并泄露个人信息；"
        "请关掉对它的同步，或关闭程序后把整个数据文件夹移到不同步的地方。"
    )


def _broken(found: Observations) -> tuple[Alert, ...]:
    stand = []
    if found.fate_unknown:
        text = "此笔结果待核对：保存时磁盘出错，还不知道是否已编号。核对之前请不要重新出单。"
        stand.append(Alert("fate", PROBLEM, text, (Act(SETTLE, "现在核对"),)))
    if found.is_copy:
        stand.append(Alert("copy", LATE, found.read_only, may_wait=True))
    elif found.read_only:
        act = Act(OPEN_RESCUE, "看怎么恢复") if found.is_broken else Act(RETRY, "再试一次")
        stand.append(Alert("read_only", PROBLEM, found.read_only, (act,)))
    if found.emergency:
        text = (
            f"正在用应急台账，编号用 {found.emergency} 号窗口；原台账没有动。"
            "原台账修好后，请重新打开程序回到原台账，应急台账里的通知单照样有效。"
        )
        stand.append(Alert("emergency", LATE, text, (Act(RETRY, "再试原台账"),)))
    if found.lost_anchor:
        stand.append(Alert("lost_anchor", LATE, found.lost_anchor, may_wait=True))
    return tuple(stand)


def _clock(found: Observations, at: datetime) -> tuple[Alert, ...]:
    last = found.last_time
    if last is None or last - at <= CLOCK_SLACK or found.read_only:
        return ()
    text = (
        f"电脑时间是 {at:%Y-%m-%d %H:%M}，台账最后一条记录是 {last:%Y-%m-%d %H:%M}，时间倒退了，"
        "不能出单；请校准电脑时间，时间确实正确的请主管确认。"
    )
    return (Alert("clock", PROBLEM, text, (Act(ACCEPT_CLOCK, "主管确认时间…"),)),)


def _space(found: Observations) -> tuple[Alert, ...]:
    free = found.free_space
    if free is None or free >= SPACE_WARNED:
        return ()
    text = f"磁盘只剩 {free // 1_000_000} MB，低于 200 MB 就不能出单；请清理磁盘。"
    return (Alert("space", LATE, text, may_wait=True),)


def _unconfirmed(found: Observations) -> tuple[Alert, ...]:
    doubtful = found.doubtful
    if doubtful is None or found.read_only:
        return ()
    which = "" if doubtful.print_no == 1 else f"第 {doubtful.print_no} 次打印"
    text = (
        f"上次最后一张 {doubtful.number}（{doubtful.issued_at:%m-%d %H:%M} 出单）{which}"
        "是否打出来了？"
    )
    acts = (Act(CONFIRM_PRINT, "打出来了"), Act(PRINT_AGAIN, "没有，补打"))
    return (Alert("unconfirmed", LATE, text, acts, may_wait=True),)


def _aside(found: Observations) -> tuple[Alert, ...]:
    stand = []
    if found.to_sign:
        text = f"有 {len(found.to_sign)} 份规则草稿等您复核签名：{'、'.join(found.to_sign)}。"
        stand.append(Alert(TO_SIGN, LATE, text, (Act(OPEN_WAITING, "去复核"),), may_wait=True))
    if found.on_opening:
        stand.append(Alert("said", LATE, found.on_opening, may_wait=True))
    if found.dropped:
        stand.append(Alert("dropped", LATE, "".join(found.dropped), may_wait=True))
    if found.synced_by:
        stand.append(Alert("synced", LATE, synced_text(found.synced_by), may_wait=True))
    if found.second_place:
        act = Act(BACK_UP, "备份到别处…")
        stand.append(Alert("second_place", LATE, found.second_place, (act,), may_wait=True))
    if found.due:
        act = Act(SHOW_RETENTION, "查看…")
        stand.append(Alert("retention", LATE, found.due, (act,), may_wait=True))
    return tuple(stand)
