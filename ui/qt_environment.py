"""What Qt knows about the machine: screens, printers, input method, fonts.

Returns the core's record; judges nothing and changes nothing.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

import PySide6
from PySide6.QtCore import QLibraryInfo
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QRawFont

from medcounter.desk.recovery.selfcheck import Characters, Machine

from .look.fonts import missing_characters

# The Han of GB 18030-2022, level 3: 20,902 and 6,582 that older machines know,
# and the rest, by their places in Unicode.
_BLOCKS: tuple[tuple[str, tuple[tuple[int, int], ...]], ...] = (
    ("常用字", ((0x4E00, 0x9FA5),)),
    ("生僻字（扩展 A）", ((0x3400, 0x4DB5),)),
    ("生僻字（扩展 B 起）", ((0x9FA6, 0x9FFF), (0x20000, 0x2A6DD), (0x2A700, 0x3134A))),
)
# Parts of the names of families that are made for rare characters.
_RARE = ("ext", "hana", "jigmo", "plangothic", "sung", "遍黑", "宋体", "songti", "cjk")
_PROBE_SIZE = 12.0
_PERCENT = 100
# Wayland desktops hand their input method to programs without naming it.
_OF_THE_DESKTOP = "桌面自带的输入法"
_BY_SYSTEM = {"win32": "系统自带的输入法", "darwin": "系统自带的输入法"}


def machine(printers: tuple[str, ...], usual_printer: str, silent: str) -> Machine:
    """Look at the machine; counts characters once in a run.

    Args:
        printers: Names, as the system gives them.
        usual_printer: One of them; empty when none is chosen.
        silent: Why they are not known; empty when they are.
    """
    return Machine(
        f"PySide6 {PySide6.__version__}，{QGuiApplication.platformName()}",
        tuple(_screens()),
        printers,
        usual_printer,
        silent,
        input_method(sys.platform, dict(os.environ), _plugins()),
        _characters(),
    )


def input_method(system: str, environment: dict[str, str], plugins: tuple[str, ...]) -> str:
    """Name the input method in use; empty where there is none.

    Args:
        system: As ``sys.platform`` names it.
        environment: The variables of the process.
        plugins: Names of the files of Qt's input method plugins.
    """
    if system in _BY_SYSTEM:
        return _BY_SYSTEM[system]
    named = (
        environment.get("QT_IM_MODULE") or environment.get("XMODIFIERS", "").partition("@im=")[2]
    )
    if not named and environment.get("WAYLAND_DISPLAY"):
        return _OF_THE_DESKTOP
    if not named or named in {"none", "compose", "simple"}:
        return ""
    held = any(named.removesuffix("5") in plugin for plugin in plugins)
    return f"{named}{'' if held else '（经由系统）'}"


def _plugins() -> tuple[str, ...]:
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforminputcontexts"
    return tuple(sorted(path.name for path in folder.glob("*"))) if folder.is_dir() else ()


def _screens() -> list[str]:
    screens = []
    for screen in QGuiApplication.screens():
        size, scale = screen.size(), screen.devicePixelRatio()
        screens.append(f"{size.width()}×{size.height()}，缩放 {round(scale * _PERCENT)} %")
    return screens


@cache
def _characters() -> tuple[Characters, ...]:
    others = [QRawFont.fromFont(QFont(family)) for family in _rare_families()]
    counted = []
    for name, places in _BLOCKS:
        block = "".join(chr(c) for first, last in places for c in range(first, last + 1))
        lacking = missing_characters(block)
        shown = sum(any(font.supportsCharacter(ord(c)) for font in others) for c in lacking)
        printed = len(block) - len(lacking)
        counted.append(Characters(name, len(block), printed, printed + shown))
    return tuple(counted)


def _rare_families() -> list[str]:
    families = QFontDatabase.families()
    return [name for name in families if any(part in name.lower() for part in _RARE)]
