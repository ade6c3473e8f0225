"""Self-check of this counter, in sentences to read out over the phone.

Returns findings; repairs nothing and uses no network. What only a screen knows
(fonts, printers, input method) is passed in. Names no resident, no clerk and
no personal folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from medcounter.desk.counter.register import EVERYTHING
from medcounter.desk.desk import Desk
from medcounter.desk.desk_records import BundleState
from medcounter.desk.safety.alerts import CLOCK_SLACK, SPACE_WARNED
from medcounter.errors import MedCounterError

GOOD: Literal["good"] = "good"
LOOK: Literal["look"] = "look"
PROBLEM: Literal["problem"] = "problem"
Tone = Literal["good", "look", "problem"]
TONE_WORDS: dict[Tone, str] = {GOOD: "正常", LOOK: "留意", PROBLEM: "问题"}

LEDGER_CHECK = "台账核对"
_MEGABYTE = 1_000_000
_LAST_NAMED = 5


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """One result of the self-check.

    Attributes:
        name: What was looked at, in a few words.
        tone: ``good``, ``look`` or ``problem``.
        text: The sentence; what to do stands in it unless all is well.
    """

    name: str
    tone: Tone
    text: str


@dataclass(frozen=True, slots=True)
class Characters:
    """How many of a set of characters can be drawn.

    Attributes:
        name: What clerks call the set.
        total: How many it holds.
        printed: How many the fonts for paper can draw.
        shown: How many some font of the machine can draw.
    """

    name: str
    total: int
    printed: int
    shown: int


@dataclass(frozen=True, slots=True)
class Machine:
    """What the window knows about its machine.

    Attributes:
        versions: Names and versions of what draws.
        screens: Each as a size and a scale.
        printers: Names, as the system gives them.
        usual_printer: One of them; empty when none is chosen.
        printers_silent: Why the printers are not known; empty when they are.
        input_method: Name of the input method; empty where there is none.
        characters: What can be drawn, the commonest set first.
    """

    versions: str
    screens: tuple[str, ...]
    printers: tuple[str, ...]
    usual_printer: str
    printers_silent: str
    input_method: str
    characters: tuple[Characters, ...]


def machine_findings(machine: Machine) -> tuple[CheckFinding, ...]:
    """Judge what the window knows of the machine."""
    return (
        CheckFinding(
            "显示", GOOD, f"{'；'.join(machine.screens) or '没有屏幕'}。{machine.versions}。"
        ),
        *(_characters(one) for one in machine.characters),
        _printers(machine),
        _input_method(machine),
    )


def desk_findings(desk: Desk, folder: Path, version: str, at: datetime) -> tuple[CheckFinding, ...]:
    """Judge rules, clock, disk, backups and settings of an open counter.

    Args:
        desk: The open desk.
        folder: Its data folder.
        version: The program's version.
        at: The time now, with its zone.
    """
    return (
        CheckFinding("程序", GOOD, f"第 {version} 版。"),
        _rules(desk.rules.state, at.date()),
        _opening(desk, folder),
        _disk(desk.health.free_space()),
        _clock(desk.health.last_time(), at),
        _backups(desk, at.date()),
        *_lost_anchor(desk, at),
        CheckFinding(
            "台账指纹", GOOD, f"{desk.health.fingerprint}；汇总台账的人来电话核对时念给他听。"
        ),
        _settings(desk.settings_problems),
    )


def ledger_findings(desk: Desk, on: date) -> Iterator[CheckFinding | None]:
    """Walk the whole ledger in slices.

    Args:
        desk: The open desk.
        on: Today.

    Yields:
        None after each slice; last the finding.
    """
    faults: list[str] = []
    try:
        for fault in desk.health.verify():
            if fault:
                faults.append(fault)
            yield None
        total = desk.register.page("", 1, 0, EVERYTHING, on).total
    except MedCounterError as err:
        yield CheckFinding(LEDGER_CHECK, PROBLEM, err.text)
        return
    if faults:
        more = f"（共 {len(faults)} 处）" if len(faults) > 1 else ""
        sentence = f"{faults[0]}{more}请停止出单，联系技术支持。"
        yield CheckFinding(LEDGER_CHECK, PROBLEM, sentence)
        return
    yield CheckFinding(LEDGER_CHECK, GOOD, f"{total} 张通知单和全部记录从头核对过，没有被改动。")


def summary(findings: tuple[CheckFinding, ...]) -> str:
    """Say in one sentence how the counter stands."""
    problems = [one.name for one in findings if one.tone == PROBLEM]
    looks = [one.name for one in findings if one.tone == LOOK]
    if problems:
        return f"有 {len(problems)} 项问题：{_listed(problems)}。请照下面的说明处理。"
    if looks:
        return f"可以出单；有 {len(looks)} 项要留意：{_listed(looks)}。"
    return "一切正常，可以出单。"


def report(findings: tuple[CheckFinding, ...], at: datetime) -> str:
    """Write the findings as a text to send; it names no person."""
    lines = [f"医保缴费测算台自检，{at:%Y-%m-%d %H:%M}", summary(findings)]
    lines += [f"{TONE_WORDS[one.tone]}　{one.name}：{one.text}" for one in findings]
    return "\n".join(lines) + "\n"


def shown_folder(folder: Path) -> str:
    """Write a folder without the name of whose account it is in."""
    try:
        return str(Path("~") / folder.absolute().relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(folder)


def _listed(names: list[str]) -> str:
    more = " 等" if len(names) > _LAST_NAMED else ""
    return "、".join(names[:_LAST_NAMED]) + more


def _characters(one: Characters) -> CheckFinding:
    name = f"字体：{one.name}"
    if one.printed == one.total:
        return CheckFinding(name, GOOD, f"{one.total} 个字都能显示和打印。")
    lacking = one.total - one.printed
    sentence = f"{one.total} 个字里有 {lacking} 个不能打印"
    if one.shown > one.printed:
        sentence += f"，其中 {one.shown - one.printed} 个能显示"
    if one.printed == one.shown == 0:
        sentence = f"{one.total} 个字都不能显示和打印"
    return CheckFinding(name, LOOK, f"{sentence}；姓名里有这样的字时，出单前会说明。")


def _printers(machine: Machine) -> CheckFinding:
    if machine.printers_silent:
        sentence = (
            f"{machine.printers_silent}，不知道有哪些打印机；"
            "请检查打印机和网络，或请管理电脑的人看打印服务。"
        )
        return CheckFinding("打印机", LOOK, sentence)
    if not machine.printers:
        sentence = "没有装打印机，通知单可以存为 PDF；请在系统里添加打印机。"
        return CheckFinding("打印机", LOOK, sentence)
    count = f"装了 {len(machine.printers)} 台"
    if not machine.usual_printer:
        return CheckFinding("打印机", LOOK, f"{count}，没有设默认的一台；请在设置里选一台。")
    return CheckFinding("打印机", GOOD, f"{count}，默认用“{machine.usual_printer}”。")


def _input_method(machine: Machine) -> CheckFinding:
    if machine.input_method:
        return CheckFinding("输入法", GOOD, f"{machine.input_method}，可以输入姓名。")
    sentence = "没有找到中文输入法，姓名只能粘贴；请联系技术支持安装 fcitx 或 ibus。"
    return CheckFinding("输入法", LOOK, sentence)


def _rules(state: BundleState, on: date) -> CheckFinding:
    sentence = f"“{state.id}”第 {state.revision} 版，校验值 {state.sha256[:8]}"
    if not state.signed:
        return CheckFinding(
            "规则", PROBLEM, f"{sentence}，没有验过签名；请不要出单，联系技术支持。"
        )
    trust = "随程序自带" if state.origin == "shipped" else "已验签"
    if on > state.review_by:
        days = (on - state.review_by).days
        sentence += (
            f"，{trust}；已过复核期限 {state.review_by} 共 {days} 天，请向上级要新的规则包。"
        )
        return CheckFinding("规则", LOOK, sentence)
    return CheckFinding("规则", GOOD, f"{sentence}，{trust}，复核期限 {state.review_by}。")


def _opening(desk: Desk, folder: Path) -> CheckFinding:
    lying = f"数据在“{shown_folder(folder)}”"
    if desk.access.only_looks:
        return CheckFinding("数据文件夹", GOOD, f"{lying}。{desk.read_only}")
    if desk.read_only:
        return CheckFinding("数据文件夹", PROBLEM, f"{lying}。{desk.read_only}")
    return CheckFinding("数据文件夹", GOOD, f"{lying}，可以写入。")


def _disk(free: int | None) -> CheckFinding:
    if free is None:
        return CheckFinding("磁盘", LOOK, "查不到剩余空间；请在系统里看一下。")
    sentence = f"剩余 {free // _MEGABYTE} MB"
    if free < SPACE_WARNED:
        return CheckFinding(
            "磁盘", LOOK, f"{sentence}，快满了，低于 200 MB 就不能出单；请清理磁盘。"
        )
    return CheckFinding("磁盘", GOOD, f"{sentence}。")


def _clock(last: datetime | None, at: datetime) -> CheckFinding:
    now = f"电脑时间 {at:%Y-%m-%d %H:%M}"
    if last is None:
        return CheckFinding("时间", GOOD, f"{now}，台账里还没有记录可以比较。")
    sentence = f"{now}，台账最后一条记录 {last:%Y-%m-%d %H:%M}"
    if last - at > CLOCK_SLACK:
        return CheckFinding("时间", PROBLEM, f"{sentence}，时间倒退了，不能出单；请校准电脑时间。")
    return CheckFinding("时间", GOOD, f"{sentence}，先后没有颠倒。")


def _lost_anchor(desk: Desk, at: datetime) -> tuple[CheckFinding, ...]:
    said = desk.health.lost_anchor(at)
    return (CheckFinding("台账末条", LOOK, said),) if said else ()


def _backups(desk: Desk, on: date) -> CheckFinding:
    try:
        state = desk.backups.state(on)
    except MedCounterError as err:
        return CheckFinding("备份", PROBLEM, err.text)
    return CheckFinding("备份", GOOD if state.tone == "good" else LOOK, state.text)


def _settings(problems: tuple[str, ...]) -> CheckFinding:
    if not problems:
        return CheckFinding("设置", GOOD, "设置文件读得出，没有不认识的内容。")
    return CheckFinding("设置", LOOK, "".join(problems))
