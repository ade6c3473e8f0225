"""Write the manual page from the table of commands, in Chinese."""

import argparse
import re
from collections.abc import Sequence
from datetime import UTC, datetime

from medcounter.cli.command import Command

_SUMMARY = "离线测算城乡居民医保应缴金额、待遇等待期和待遇起止日期"
_NEVER = "此外，0 为完成，1 为结果写不出去或程序内部出错。"


def man_page(commands: Sequence[Command], version: str, made_at: int) -> str:
    """Return the page in roff.

    Args:
        commands: The whole table.
        version: Of the program.
        made_at: Seconds since 1970, for the page's date.
    """
    day = datetime.fromtimestamp(made_at, UTC).date().isoformat()
    lines = [
        f'.TH MEDCOUNTER 1 "{day}" "medcounter {version}" "医保缴费测算台"',
        ".SH 名称",
        f"medcounter \\- {_SUMMARY}",
        ".SH 用法",
        ".B medcounter",
        "[\\fB\\-\\-data\\-dir\\fR \\fI文件夹\\fR] [\\fI命令\\fR ...]",
        ".SH 说明",
        "不带命令时打开窗口。程序不联网；数据在本机，已加密。",
        "每个命令的完整写法见 \\fBmedcounter\\fR \\fI命令\\fR \\fB\\-\\-help\\fR。",
        ".SH 命令",
    ]
    for command in commands:
        lines += [".TP", f".B {_escaped(command.name)}", _escaped(command.summary) + "。"]
        lines += [_argument(action) for action in _arguments(command)]
        lines += [f".br\n退出码 {code}：{_escaped(meaning)}。" for code, meaning in command.exits]
    lines += [
        ".SH 退出码",
        _NEVER,
        ".SH 环境变量",
        ".TP",
        ".B MEDCOUNTER_DATA_DIR",
        "数据所在的文件夹；不设时用系统为用户数据准备的地方。",
        ".SH 文件",
        ".TP",
        ".I ~/.local/share/medcounter",
        "台账、规则和设置。卸载程序不会动它。",
        ".TP",
        ".I /usr/share/doc/medcounter/NOTICE.gz",
        "随程序提供的部件和许可证。",
    ]
    return "\n".join(lines) + "\n"


def _arguments(command: Command) -> list[argparse.Action]:
    parser = argparse.ArgumentParser(add_help=False)
    command.arguments(parser)
    return list(parser._actions)  # noqa: SLF001 - argparse offers no other way to list them


def _argument(action: argparse.Action) -> str:
    metavar = action.metavar
    value = "" if action.nargs == 0 else str(metavar if isinstance(metavar, str) else action.dest)
    words = " ".join(filter(None, (", ".join(action.option_strings), value)))
    told = re.sub(
        r"%\((\w+)\)s", lambda match: str(getattr(action, match[1], "")), action.help or ""
    )
    return f".br\n\\fB{_escaped(words)}\\fR：{_escaped(told)}。"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\e").replace("-", "\\-").replace("%%", "%").replace("\n", " ")
