"""The list of the commands ``authoring …``, by which rules are written; imports none of them."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from medcounter.cli.bundle_arguments import place_code
from medcounter.cli.command import IN_USE, OVER, REFUSED, Command

_LEDGER = (
    (REFUSED, "被拒绝；标准错误里写明原因，草稿不变"),
    (IN_USE, "台账正被打开着的窗口使用"),
)
_EXPORTED = (*_LEDGER, OVER)


def _nothing(_parser: ArgumentParser) -> None:
    """Take no argument."""


def _word(parser: ArgumentParser) -> None:
    parser.add_argument(
        "word", nargs="?", default="", metavar="查找", help="名称、代码或方案里的几个字"
    )


def _new(parser: ArgumentParser) -> None:
    parser.add_argument("region", type=place_code, metavar="地区代码", help="六位，如 320200")
    parser.add_argument("--year", type=int, required=True, metavar="年度", help="待遇年度")
    parser.add_argument(
        "--scheme",
        choices=("resident", "flexible"),
        default="resident",
        metavar="险种",
        help="resident 居民（不写即是），flexible 灵活就业",
    )
    parser.add_argument(
        "--name", default="", metavar="名称", help="地区名称；不写即全国地区表里的名称"
    )


def _programme(parser: ArgumentParser) -> None:
    parser.add_argument(
        "programme", metavar="方案", help="现行规则里的方案，见 authoring places，如 guangxi-2025"
    )


def _file(parser: ArgumentParser) -> None:
    parser.add_argument(
        "path", type=Path, metavar="规则", help="一个地区的规则文件，或规则包文件夹"
    )


def _draft(parser: ArgumentParser) -> None:
    parser.add_argument("draft", type=int, metavar="草稿", help="草稿的编号，见 authoring list")


def _opened(parser: ArgumentParser) -> None:
    _draft(parser)
    parser.add_argument(
        "--reason", default="", metavar="原因", help="由主管从别人那里接过来的，写明原因"
    )


def _exported(parser: ArgumentParser) -> None:
    _draft(parser)
    parser.add_argument("folder", type=Path, metavar="文件夹", help="写到哪里，应是空的或新的")


def _shown(parser: ArgumentParser) -> None:
    _draft(parser)
    parser.add_argument("--section", default="", metavar="章节", help="只看一节，如 periods")
    parser.add_argument("--all", action="store_true", help="没有填的栏目也列出")


def _history(parser: ArgumentParser) -> None:
    _draft(parser)
    parser.add_argument("--all", action="store_true", help="打开和交还也列出")


def _place(parser: ArgumentParser) -> None:
    _draft(parser)
    parser.add_argument("path", metavar="位置", help="见 authoring show，如 rules/main/answer/from")


def _typed(parser: ArgumentParser) -> None:
    _place(parser)
    parser.add_argument("text", metavar="内容", help="要填的内容，与窗口里一样写；空的即去掉")


def _attached(parser: ArgumentParser) -> None:
    _draft(parser)
    parser.add_argument("source", metavar="来源", help="来源的编号，如 wuxi-2026")
    parser.add_argument("file", type=Path, metavar="文件", help="公告的图片、PDF 或文本")


def sheet_words(parser: ArgumentParser) -> None:
    """Take the draft, the file, and who looks it through."""
    _draft(parser)
    parser.add_argument("file", type=Path, metavar="文件", help="写到哪里，以 .pdf 或 .xlsx 结尾")
    parser.add_argument("--reviewer", default="", metavar="姓名", help="复核的人")


def _returned(parser: ArgumentParser) -> None:
    _draft(parser)
    parser.add_argument("file", type=Path, metavar="文件", help="填好的审签单，xlsx")


def _version(parser: ArgumentParser) -> None:
    _draft(parser)
    parser.add_argument("version", type=int, metavar="版本", help="改回第几版，见 history")


def _accepted(parser: ArgumentParser) -> None:
    parser.add_argument("reason", metavar="原因", help="草稿文件为什么比台账记下的旧")


AUTHORING_COMMANDS: tuple[Command, ...] = (
    Command("authoring list", "列出规则草稿和编制的人", "draft:run_list", _nothing, _LEDGER),
    Command(
        "authoring places", "列出现行规则里可以作为起点的地区", "draft:run_places", _word, _LEDGER
    ),
    Command("authoring new", "为一个地区和年度新建规则草稿", "draft:run_new", _new, _LEDGER),
    Command(
        "authoring from", "从现行规则里的一个方案开始写草稿", "draft:run_from", _programme, _LEDGER
    ),
    Command("authoring import", "把规则文件或文件夹导入为草稿", "draft:run_import", _file, _LEDGER),
    Command("authoring open", "打开草稿，交还之前别人不能改", "draft:run_open", _opened, _LEDGER),
    Command(
        "authoring show", "把草稿按表单列出，每一栏带位置", "draft_form:run_show", _shown, _LEDGER
    ),
    Command("authoring set", "在一栏里填写内容", "draft_form:run_set", _typed, _LEDGER),
    Command("authoring cut", "删去一条规则或一处内容", "draft_form:run_cut", _place, _LEDGER),
    Command(
        "authoring attach", "把公告文件附在来源上", "draft_form:run_attach", _attached, _LEDGER
    ),
    Command(
        "authoring sheet",
        "把草稿写成审签单：PDF，或可以逐项打勾的表格",
        "draft_sheet:run_sheet",
        sheet_words,
        _EXPORTED,
    ),
    Command(
        "authoring ticked",
        "读回填好的审签单：√、× 和备注",
        "draft_sheet:run_ticked",
        _returned,
        _LEDGER,
    ),
    Command("authoring close", "交还草稿，别人可以打开", "draft:run_close", _draft, _LEDGER),
    Command("authoring undo", "撤销草稿的最后一处改动", "draft:run_undo", _draft, _LEDGER),
    Command("authoring redo", "重做刚撤销的改动", "draft:run_redo", _draft, _LEDGER),
    Command(
        "authoring history",
        "列出草稿的各版和改动",
        "draft:run_history",
        _history,
        _LEDGER,
    ),
    Command("authoring restore", "把草稿改回以前的一版", "draft:run_restore", _version, _LEDGER),
    Command("authoring export", "把草稿写成规则包文件夹", "draft:run_export", _exported, _EXPORTED),
    Command("authoring remove", "删去一份草稿", "draft:run_remove", _draft, _LEDGER),
    Command(
        "authoring accept",
        "草稿文件比台账记下的旧：主管确认接着用",
        "draft:run_accept",
        _accepted,
        _LEDGER,
    ),
)
