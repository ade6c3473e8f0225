"""The commands that draw: they need Qt, but no screen.

Imports none of the code they run.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from medcounter.cli.authoring_command_list import sheet_arguments
from medcounter.cli.command import (
    ASKED,
    INSIDE,
    LEDGER,
    LEDGER_IN_USE,
    OVER,
    REFUSAL,
    REFUSED,
    Command,
    no_arguments,
)

if TYPE_CHECKING:
    from argparse import ArgumentParser

_LACKING = ((REFUSED, "被拒绝，或这台电脑的字库缺字而没有写出；标准错误里写明原因"),)
_ASKED = (ASKED, "有要先看清的情况，没有写出；标准错误里逐条写明代码和原因")
_DOUBTS = ("no-cover", "season-over", "past-day", "other-province", "over-age")
_DEMO = (REFUSAL, INSIDE)
_SPECIMEN = (*_LACKING, OVER, _ASKED)
_REPRINT = (*_LACKING, LEDGER_IN_USE, OVER)


def _notice(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="文件", help="一位参保人情况的 JSON；- 即标准输入")
    parser.add_argument("--pdf", type=Path, required=True, metavar="文件", help="写到哪里")
    parser.add_argument("--name", default="", metavar="姓名", help="印在样张上的姓名")
    parser.add_argument("--bundle", type=Path, metavar="规则包", help="只在这一次使用的规则包")
    parser.add_argument(
        "--acknowledge",
        action="append",
        default=[],
        choices=_DOUBTS,
        metavar="代码",
        help=f"这一条看清了，仍要写出；可写多次：{'、'.join(_DOUBTS)}",
    )
    _boxes(parser)


def _reprint(parser: ArgumentParser) -> None:
    parser.add_argument("number", metavar="编号", help="例如 2025-03-000127")
    parser.add_argument("--pdf", type=Path, required=True, metavar="文件", help="写到哪里")
    _boxes(parser)


def _boxes(parser: ArgumentParser) -> None:
    parser.add_argument("--boxes", action="store_true", help="字库缺的字用方框代替，也要写出")


def _out_folder(parser: ArgumentParser) -> None:
    parser.add_argument("out", type=Path, metavar="文件夹", help="截图和 PDF 放在哪里")


SCREEN_COMMANDS: tuple[Command, ...] = (
    Command(
        "notice",
        "出一张不编号的样张",
        "ui.cli.drawing_commands:run_notice",
        _notice,
        _SPECIMEN,
    ),
    Command(
        "reprint",
        "按台账补打到 PDF",
        "ui.cli.drawing_commands:run_reprint",
        _reprint,
        _REPRINT,
    ),
    Command(
        "authoring sheet",
        "把草稿写成审签单：PDF，或可以逐项打勾的表格",
        "ui.cli.sheet_command:run_sheet",
        sheet_arguments,
        _REPRINT,
    ),
    Command("demo", "在窗口里演示一遍主要工作", "ui.demo:run_demo", _out_folder, _DEMO),
    Command(
        "selfcheck",
        "检查程序、规则、台账、字体和排版是否完好",
        "ui.cli.drawing_commands:run_selfcheck",
        no_arguments,
        LEDGER,
    ),
)


def with_screen(core: tuple[Command, ...]) -> tuple[Command, ...]:
    """Add what draws to the commands of the core, in place of its namesakes."""
    named = {command.name: command for command in (*core, *SCREEN_COMMANDS)}
    return tuple(named.values())
