"""The manual's table of keys and clicks, written from the tables of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.mouse_ways import MOUSE_WAYS
from ui.shortcuts import SHORTCUTS
from ui.views.help.help_page import key_text

if TYPE_CHECKING:
    from pathlib import Path

MARK = "<!-- 以下由 make manual 生成 -->\n"
_HEAD = "| 按键 | 做什么 | 鼠标 | 点几下 |\n| --- | --- | --- | --- |\n"


def write_keys(path: Path) -> None:
    """Write the table anew below its mark, which ends the manual."""
    above = path.read_text(encoding="utf-8").partition(MARK)[0]
    path.write_text(f"{above}{MARK}{key_table()}", encoding="utf-8")


def key_table() -> str:
    """Give every act with its keys and its way by the mouse, part by part."""
    parts = []
    for where in dict.fromkeys(entry.where for entry in SHORTCUTS):
        parts.append(
            f"\n### {where}\n\n| 按键 | 做什么 | 鼠标 | 点几下 |\n| --- | --- | --- | --- |\n"
        )
        entries = (entry for entry in SHORTCUTS if entry.where == where)
        for entry in entries:
            way = MOUSE_WAYS[entry.action]
            keys, does = key_text(entry.keys), entry.label
            parts.append(f"| {keys} | {does} | {way.text} | {way.total} |\n")
    return "".join(parts)
