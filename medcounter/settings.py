"""The settings of a hall: its name, its defaults, its appearance.

Returns a record, and sentences about whatever could not be read. Never
overwrites a settings file it could not read without keeping a copy.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from medcounter.errors import MedCounterError
from medcounter.files import FileTooLargeError, read_bounded, write_durably
from medcounter.strict_json import StrictJsonError, canonical, read_strict

# Rises only when a setting changes its meaning: a new one is no new version,
# so an older program still reads the rest and keeps the file aside.
VERSION = 1
PAPERS = ("A5", "A4", "A4x2", "80mm")
THEMES = ("system", "light", "dark", "contrast")
SMALLEST_SCALE = 90
LARGEST_SCALE = 200
LONGEST_TEXT = 60
LONGEST_PATH = 400
MOST_PHRASES = 9
MOST_CLERKS = 50
MOST_OFFSETS = 50
MOST_WORDS = 100
LONGEST_LOCK_MINUTES = 240
LAST_PORT = 65535
# Tenths of a millimetre; more than this is a wrong paper, not an offset.
LARGEST_OFFSET = 300
_LARGEST_FILE = 100_000
_VERSION_KEY = "version"
# As the number of an ID card, written in groups too, or of a passport; a telephone is shorter.
_ID_LIKE = re.compile(r"\d(?:[ -]?\d){14}|(?<![A-Za-z])[A-Za-z]\d{8}")
# What is done on the first day at a counter, and that it is not asked about again.
GUIDE_STEPS = frozenset({"hall", "place", "printer", "access", "practice", "begun", "left"})


class SettingsUnsavedError(MedCounterError):
    """设置没有保存，仍按原来的设置工作；请检查磁盘空间和文件夹权限后重试。"""


class SettingInvalidError(MedCounterError):
    """有一项设置的值不能用，设置没有保存；请改正后重试。"""


@dataclass(frozen=True, slots=True)
class Offset:
    """How far everything is moved on one printer, in tenths of a millimetre.

    Attributes:
        printer: The printer's name in the system.
        x: To the right; negative to the left.
        y: Downwards; negative upwards.
    """

    printer: str
    x: int = 0
    y: int = 0


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one desk.

    Attributes:
        hall: Name of the service hall, as printed.
        desk: Two digits; part of every notice number.
        clerk: Who sits at the desk, as printed.
        region: Six-digit code a new draft begins with; empty for none.
        scheme: ``resident`` or ``flexible``.
        benefit_year: The year a new draft begins with; None takes the one
            in season.
        paper: ``A5`` (landscape), ``A4``, ``A4x2`` (two A5 on an A4 sheet)
            or ``80mm`` (roll).
        theme: ``system``, ``light``, ``dark`` or ``contrast``.
        scale: Size of the writing on screen in percent, 90 to 200.
        clerks: Names to choose ``clerk`` from.
        printer: Name in the system; empty takes the system's usual one.
        large_print: Whether notices are set in large type for older
            residents, on A4.
        whole_id: Whether notices show the whole ID number, because this place
            asks for it; else all but the ends is starred.
        offsets: One at most for each printer.
        lock_minutes: Minutes without a key until the screen is locked; 0
            never locks it.
        second_place: Folder that backups are copied to; empty for none.
        card_reader: Whether a card reader that types is listened to.
        reader_port: Port of a card reader's bridge on this machine; 0 for
            none.
        phrases: Sentences that clerks often add to a notice; about nobody, for
            this file is not encrypted.
        guide: Steps of the first day that were done or passed over;
            ``begun`` once it was opened, ``left`` when it shall not be shown
            any more.
        list_words: What lists call columns and identities here, each as
            ``word=meaning``.
    """

    hall: str = ""
    desk: str = "01"
    clerk: str = ""
    region: str = ""
    scheme: str = "resident"
    benefit_year: int | None = None
    paper: str = "A5"
    theme: str = "system"
    scale: int = 100
    clerks: tuple[str, ...] = ()
    printer: str = ""
    large_print: bool = False
    whole_id: bool = False
    offsets: tuple[Offset, ...] = ()
    lock_minutes: int = 10
    second_place: str = ""
    card_reader: bool = True
    reader_port: int = 0
    phrases: tuple[str, ...] = ()
    guide: tuple[str, ...] = ()
    list_words: tuple[str, ...] = ()

    def offset_on(self, printer: str) -> Offset:
        """Return the offset for a printer; zero unless set."""
        found = (offset for offset in self.offsets if offset.printer == printer)
        return next(found, Offset(printer))


@dataclass(frozen=True, slots=True)
class Check:
    """One setting's Chinese name, its test, and what may stand there."""

    label: str
    holds: Callable[[object], bool]
    wanted: str


def _is_text(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_TEXT and value.isprintable()


def _matches(pattern: str) -> Callable[[object], bool]:
    compiled = re.compile(pattern)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def _lies_in(first: int, last: int) -> Callable[[object], bool]:
    return lambda value: (
        isinstance(value, int) and not isinstance(value, bool) and first <= value <= last
    )


def _is_year_or_none(value: object) -> bool:
    return value is None or _lies_in(2000, 2100)(value)


def _is_path(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_PATH and value.isprintable()


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


def _are_names(value: object) -> bool:
    return (
        isinstance(value, tuple)
        and len(value) <= MOST_CLERKS
        and all(_is_text(name) and name.strip() == name != "" for name in value)
        and len(set(value)) == len(value)
    )


def _are_phrases(value: object) -> bool:
    return (
        isinstance(value, tuple)
        and len(value) <= MOST_PHRASES
        and all(_is_phrase(one) for one in value)
        and len(set(value)) == len(value)
    )


def _is_phrase(value: object) -> bool:
    return (
        isinstance(value, str)
        and _is_text(value)
        and value.strip() == value != ""
        and _ID_LIKE.search(unicodedata.normalize("NFKC", value)) is None
    )


def _are_offsets(value: object) -> bool:
    return (
        isinstance(value, tuple)
        and len(value) <= MOST_OFFSETS
        and all(_is_offset(one) for one in value)
        and len({one.printer for one in value}) == len(value)
    )


def _are_steps(value: object) -> bool:
    return isinstance(value, tuple) and len(set(value)) == len(value) and set(value) <= GUIDE_STEPS


def _are_words(value: object) -> bool:
    if not isinstance(value, tuple) or len(value) > MOST_WORDS:
        return False
    pairs = [one.partition("=") for one in value if _is_text(one)]
    return (
        len(pairs) == len(value)
        and all(word.strip() and meaning.strip() for word, _, meaning in pairs)
        and len({word.strip() for word, _, _ in pairs}) == len(pairs)
    )


def _is_offset(value: object) -> bool:
    return (
        isinstance(value, Offset)
        and _is_path(value.printer)
        and value.printer != ""
        and all(_lies_in(-LARGEST_OFFSET, LARGEST_OFFSET)(moved) for moved in (value.x, value.y))
    )


_FLAG = "是或否"
_TEXT = f"不超过 {LONGEST_TEXT} 字的一行文字"
CHECKS: Mapping[str, Check] = {
    "hall": Check("大厅名称", _is_text, _TEXT),
    "desk": Check("窗口号", _matches(r"[0-9]{2}"), "两位数字，如 03"),
    "clerk": Check("经办人", _is_text, _TEXT),
    "region": Check("参保地", _matches(r"(?:[0-9]{6})?"), "六位数字代码"),
    "scheme": Check("参保方式", _matches("resident|flexible"), "resident 或 flexible"),
    "benefit_year": Check("待遇年度", _is_year_or_none, "四位年份，或不填"),
    "paper": Check("纸张", _matches("|".join(PAPERS)), "、".join(PAPERS)),
    "theme": Check("外观", _matches("|".join(THEMES)), "、".join(THEMES)),
    "scale": Check(
        "字号",
        _lies_in(SMALLEST_SCALE, LARGEST_SCALE),
        f"{SMALLEST_SCALE} 至 {LARGEST_SCALE} 的整数",
    ),
    "clerks": Check("经办人名单", _are_names, f"互不相同的姓名，最多 {MOST_CLERKS} 人"),
    "printer": Check("打印机", _is_path, f"不超过 {LONGEST_PATH} 字的打印机名称，或不填"),
    "large_print": Check("大字版", _is_flag, _FLAG),
    "whole_id": Check("单上证件号码", _is_flag, _FLAG),
    "offsets": Check(
        "打印偏移",
        _are_offsets,
        f"每台打印机一组，上下左右不超过 {LARGEST_OFFSET // 10} 毫米",
    ),
    "lock_minutes": Check(
        "自动锁屏",
        _lies_in(0, LONGEST_LOCK_MINUTES),
        f"0 至 {LONGEST_LOCK_MINUTES} 的整数分钟，0 为不锁",
    ),
    "second_place": Check("备份的第二处", _is_path, f"不超过 {LONGEST_PATH} 字的文件夹，或不填"),
    "card_reader": Check("读卡器", _is_flag, _FLAG),
    "reader_port": Check(
        "读卡服务端口", _lies_in(0, LAST_PORT), f"0 至 {LAST_PORT} 的整数，0 为不用"
    ),
    "phrases": Check(
        "常用语",
        _are_phrases,
        f"互不相同的句子，最多 {MOST_PHRASES} 句，每句不超过 {LONGEST_TEXT} 字，没有证件号码",
    ),
    "guide": Check("第一天指引", _are_steps, "互不相同的步骤"),
    "list_words": Check("名单说法", _are_words, f"写法=含义，写法互不相同，最多 {MOST_WORDS} 条"),
}


def check_settings(settings: Settings) -> tuple[tuple[str, str], ...]:
    """Name every setting that cannot be used, with its sentence."""
    values = ((field.name, getattr(settings, field.name)) for field in fields(settings))
    return tuple((name, _fault(name, value)) for name, value in values if _fault(name, value))


def load_settings(path: Path) -> tuple[Settings, tuple[str, ...]]:
    """Read settings; what cannot be read falls back and is said.

    Returns:
        The settings, and one Chinese sentence for each thing not understood.
        A missing file is no fault.
    """
    if not path.exists():
        return Settings(), ()
    try:
        raw = read_strict(read_bounded(path, _LARGEST_FILE))
    except (StrictJsonError, FileTooLargeError, OSError) as err:
        cause = err.text if isinstance(err, MedCounterError) else "文件无法打开。"
        problem = f"设置文件无法读取，暂按默认设置工作；原文件会保留，请重新设置。{cause}"
        return Settings(), (problem,)
    if not isinstance(raw, dict):
        return Settings(), ("设置文件的内容不是设置，暂按默认设置工作；原文件会保留。",)
    version = raw.pop(_VERSION_KEY, None)
    if version != VERSION:
        return Settings(), (
            "设置文件由另一版本的程序写成，暂按默认设置工作；原文件会保留，请升级程序或重新设置。",
        )
    return _from_raw(raw)


def save_settings(path: Path, settings: Settings) -> Path | None:
    """Write settings whole or not at all.

    Returns:
        Where an earlier file that could not be fully read was put, None when
        there was none.

    Raises:
        SettingInvalidError: A value cannot be used.
        SettingsUnsavedError: The disk or its rights do not let us.
    """
    if faults := check_settings(settings):
        raise SettingInvalidError(f"{faults[0][1]}设置没有保存，请改正后重试。")
    data = canonical({_VERSION_KEY: VERSION} | asdict(settings))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = _kept_aside(path)
        write_durably(path, data)
    except OSError as err:
        raise SettingsUnsavedError from err
    return kept


def _from_raw(raw: Mapping[str, Any]) -> tuple[Settings, tuple[str, ...]]:
    known = {field.name for field in fields(Settings)}
    problems = [
        f"设置文件中有不认识的一项“{key[:40]}”，已略过。" for key in raw if key not in known
    ]
    good: dict[str, Any] = {}
    for name in known & raw.keys():
        value = _from_json(name, raw[name])
        if fault := _fault(name, value):
            problems.append(f"{fault}暂按默认值工作。")
        else:
            good[name] = value
    return replace(Settings(), **good), tuple(problems)


def _from_json(name: str, value: object) -> object:
    if not isinstance(value, list):
        return value
    if name == "offsets":
        return tuple(_offset(one) for one in value)
    return tuple(value)


def _offset(value: object) -> object:
    match value:
        case {"printer": printer, "x": x, "y": y, **rest} if not rest:
            return Offset(printer, x, y)
        case _:
            return value


def _fault(name: str, value: object) -> str:
    check = CHECKS[name]
    if check.holds(value):
        return ""
    return f"设置“{check.label}”的值“{_shown(value)[:40]}”不能用，应为{check.wanted}。"


def _shown(value: object) -> str:
    match value:
        case Offset(printer, x, y):
            return f"{printer} {x} {y}"
        case tuple():
            return "、".join(_shown(one) for one in value)
        case _:
            return str(value)


def _kept_aside(path: Path) -> Path | None:
    if not path.exists() or not load_settings(path)[1]:
        return None
    number = 1
    while (kept := path.with_name(f"{path.stem}-kept-{number}{path.suffix}")).exists():
        number += 1
    path.rename(kept)
    return kept
