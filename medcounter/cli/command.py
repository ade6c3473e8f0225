"""Describe a command, and parse command lines with messages in Chinese.

Contains no individual command and opens nothing.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from medcounter.cli.output import write
from medcounter.errors import MedCounterError

DONE = 0
FAILED = 1
REFUSED = 2
IN_USE = 3
TAKEN = 4
ASKED = 5
# What an exit code means: of a command that may be refused, that opens the ledger, that writes
# where the user says.
REFUSAL = (REFUSED, "被拒绝；标准错误里写明原因")
LEDGER_IN_USE = (IN_USE, "台账正被打开着的窗口使用")
LEDGER = (REFUSAL, LEDGER_IN_USE)
OVER = (TAKEN, "结果没有写：文件已经有了而没有加 --force，或正在读它，或它在台账的数据文件夹里")
INSIDE = (TAKEN, "没有写：那里是台账的数据文件夹")


class UsageError(MedCounterError):
    """命令写法不对，没有执行；请用 --help 查看写法。"""


class PartMissingError(MedCounterError):
    """这个命令要用的部件没有装，没有执行；请按说明重新安装本程序。"""


@dataclass(frozen=True, slots=True)
class Command:
    """One command of the program.

    Attributes:
        name: One word, or more for a command of a group: ``bundle check``.
        summary: What it does, one line.
        runner: ``module:function`` of a sibling here, or of a whole path;
            imported only when the command is given,
            since the store alone costs a fifth of a second. The function
            takes the parsed arguments and gives the exit code.
        arguments: Adds its arguments to a parser.
        exits: Exit codes beside 0 and 1, and their meanings.
    """

    name: str
    summary: str
    runner: str
    arguments: Callable[[argparse.ArgumentParser], None]
    exits: tuple[tuple[int, str], ...]

    @property
    def opens_ledger(self) -> bool:
        """Whether it opens the ledger, so that somebody may have to sign in."""
        return any(code == IN_USE for code, _ in self.exits)

    @property
    def writes_files(self) -> bool:
        """Whether it writes a file that the user names."""
        return OVER in self.exits

    def run(self, arguments: argparse.Namespace) -> int:
        """Do what the command says and give the exit code.

        Raises:
            PartMissingError: What it draws with is not installed.
        """
        module, _, function = self.runner.partition(":")
        path = module if "." in module else f"medcounter.cli.commands.{module}_commands"
        try:
            run: Callable[[argparse.Namespace], int] = getattr(import_module(path), function)
        except ModuleNotFoundError as err:
            raise PartMissingError(
                f"命令 {self.name} 要用的部件（{err.name}）没有装，没有执行；"
                "请按说明重新安装本程序。"
            ) from err
        return run(arguments)


def no_arguments(_parser: argparse.ArgumentParser) -> None:
    """Take no argument."""


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """Override HelpFormatter.add_usage: say 用法."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser with help and errors in Chinese that never exits."""

    def __init__(self, prog: str, description: str = "", epilog: str = "") -> None:
        super().__init__(
            prog=prog,
            description=description,
            epilog=epilog,
            formatter_class=_Formatter,
            add_help=False,
            allow_abbrev=False,
        )
        self._positionals.title = "参数"
        self._optionals.title = "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def _print_message(self, message: str, file: object = None) -> None:
        """Override ArgumentParser._print_message: UTF-8 on any console."""
        del file
        write(message.rstrip("\n"))

    def error(self, message: str) -> NoReturn:
        """Override ArgumentParser.error: raise instead of exiting.

        Raises:
            UsageError: Always.
        """
        raise UsageError(
            f"命令写法不对：{_in_chinese(message)}；请用 {self.prog} --help 查看写法。"
        )


_SENTENCES = (
    (r"argument 命令: invalid choice: '?(.*?)'? \(choose from (.*)\)", r"没有命令“\1”，可选 \2"),
    (r"unrecognized arguments: (.*)", r"不认识“\1”"),
    (r"the following arguments are required: (.*)", r"缺少 \1"),
    (r"argument (\S+): invalid choice: '?(.*?)'? \(choose from (.*)\)", r"\1 不能是“\2”，可选 \3"),
    (r"argument (\S+): expected .*", r"\1 后面缺少内容"),
    (r"argument (\S+): invalid \w+ value: '?(.*?)'?", r"\1 的值“\2”不对"),
    (r"argument (\S+): not allowed with argument (\S+)", r"\1 不能与 \2 同用"),
)


def _in_chinese(message: str) -> str:
    for pattern, sentence in _SENTENCES:
        if match := re.fullmatch(pattern, message, re.DOTALL):
            return match.expand(sentence).replace("'", "")
    return message


def build_parser(commands: Sequence[Command]) -> Parser:
    """Make the parser of the whole program.

    The chosen command stands in the parsed arguments as ``command``; it is
    None when none was given.
    """
    parser = Parser(
        prog="medcounter",
        description="城乡居民医保缴费测算：应缴多少、等待多久、哪天起有待遇，以及为什么。",
        epilog="不带命令时打开窗口。每个命令的退出码见“medcounter 命令 --help”。",
    )
    parser.set_defaults(command=None)
    parser.add_argument("--version", action=_VersionAction, nargs=0, help="显示程序版本")
    _add_data_dir(parser, None)
    below: Any = _parser_below  # its type asks for a class; what makes a parser will do
    groups: dict[str, Any] = {
        "": parser.add_subparsers(title="命令", metavar="命令", parser_class=below)
    }
    for command in commands:
        group, _, name = command.name.rpartition(" ")
        if group not in groups:
            above, _, word = group.rpartition(" ")
            about = _GROUPS[group]
            parent = groups[above].add_parser(word, help=about, description=about)
            groups[group] = parent.add_subparsers(
                title="命令", metavar="命令", parser_class=below, required=True
            )
        groups[group].add_parser(name, help=command.summary, command=command)
    return parser


def _parser_below(
    prog: str, description: str = "", command: Command | None = None
) -> Parser | _CommandParser:
    return Parser(prog, description) if command is None else _CommandParser(prog, command)


class _CommandParser:
    """The parser of one command, made only when that command is given.

    Making all of them takes longer than many a command.
    """

    def __init__(self, prog: str, command: Command) -> None:
        self._prog = prog
        self._command = command

    def parse_known_args(
        self, words: Sequence[str], namespace: argparse.Namespace | None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Parse the words behind the command's name, as ArgumentParser does."""
        command = self._command
        made = Parser(self._prog, command.summary, _exits(command))
        made.set_defaults(command=command)
        _add_data_dir(made, argparse.SUPPRESS)
        command.arguments(made)
        if command.writes_files:
            made.add_argument("--force", action="store_true", help="结果文件已经有了也覆盖")
        if command.opens_ledger:
            _add_sign_in(made)
        return made.parse_known_args(words, namespace)


class _VersionAction(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_given: object) -> NoReturn:
        """Override Action.__call__: say the version and end well."""
        # Reading what is installed takes longer than most commands.
        from medcounter.version import program_version  # noqa: PLC0415 - see above

        write(f"medcounter {program_version()}")
        parser.exit()


_GROUPS = {
    "access": "登录：经办人、口令、恢复密钥",
    "authoring": "规则编制：新建、填写、核对、发布一个地区的规则",
    "bundle": "规则包：检查、比较、签名",
    "bundle roots": "签发单位的公钥：更换、签名、采用",
    "hall": "本厅规则：本厅的密钥、主管证明、签名、采用",
    "ledger": "台账：查找、核对、导出",
}


def _folder(text: str) -> Path:
    if not text.strip():  # an empty path is the folder one happens to be in
        raise ValueError(text)
    return Path(text)


def _add_data_dir(parser: argparse.ArgumentParser, default: str | None) -> None:
    parser.add_argument(
        "--data-dir",
        type=_folder,
        default=default,
        metavar="文件夹",
        help="数据所在的文件夹；也可用环境变量 MEDCOUNTER_DATA_DIR 指定",
    )


def _add_sign_in(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("登录（启用登录后；不写就在终端上询问）")
    group.add_argument("--clerk", metavar="姓名", help="谁登录")
    group.add_argument(
        "--secret-file", type=Path, metavar="文件", help="口令所在的文件；口令不写在命令行上"
    )
    group.add_argument(
        "--recovery-file", type=Path, metavar="文件", help="不用口令，用这个文件里的恢复密钥"
    )


def _exits(command: Command) -> str:
    lines = ["退出码：", "  0  完成", "  1  结果写不出去，或程序内部出错"]
    lines += [f"  {code}  {meaning}" for code, meaning in command.exits]
    return "\n".join(lines)
