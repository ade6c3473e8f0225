"""Every command that needs no screen; imports none of them."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from medcounter.cli.command import IN_USE, REFUSED, Command

JSON_COMMANDS = frozenset({"assess", "options"})

_ANSWERED = ((REFUSED, "有一项或整个文件不能测算；标准错误里有一个写明各处的 JSON 对象"),)
_LEDGER = (
    (REFUSED, "被拒绝；标准错误里写明原因"),
    (IN_USE, "台账正被打开着的窗口使用"),
)


def _facts(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file",
        nargs="?",
        default="-",
        metavar="文件",
        help="参保人情况的 JSON：一个对象、一个列表，或每行一个对象；- 或不写即标准输入",
    )
    _bundle(parser)


def _bundle(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--bundle", type=Path, metavar="规则包", help="只在这一次使用的规则包：文件或文件夹"
    )


COMMANDS: tuple[Command, ...] = (
    Command(
        "assess", "测算：应缴、等待期、待遇起止和依据", "assessing:run_assess", _facts, _ANSWERED
    ),
    Command("options", "列出可供选择的办法并比较", "assessing:run_options", _facts, _ANSWERED),
)
