"""The list of the commands ``authoring …``; imports none of them."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from pathlib import Path

from medcounter.cli.bundle_arguments import add_place
from medcounter.cli.command import ASKED, LEDGER_IN_USE, OVER, REFUSED, Command, no_arguments

_LEDGER = (
    (REFUSED, "被拒绝；标准错误里写明原因，草稿不变"),
    LEDGER_IN_USE,
)
_EXPORTED = (*_LEDGER, OVER)
_CHECKED = (*_LEDGER, (ASKED, "有提醒还没有答复"))


def _word(parser: ArgumentParser) -> None:
    parser.add_argument(
        "word", nargs="?", default="", metavar="查找", help="名称、代码或方案里的几个字"
    )


def _new(parser: ArgumentParser) -> None:
    add_place(parser, "地区名称；不写即全国地区表里的名称")


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


def _made(parser: ArgumentParser) -> None:
    _draft(parser)
    parser.add_argument("maker", metavar="操作", help="authoring show 里列出的，如 main-period")
    parser.add_argument("path", nargs="?", default="", metavar="位置", help="对哪一处；不写即新的")


def _attached(parser: ArgumentParser) -> None:
    _draft(parser)
    parser.add_argument("source", metavar="来源", help="来源的编号，如 wuxi-2026")
    parser.add_argument("file", type=Path, metavar="文件", help="公告的图片、PDF 或文本")


def sheet_arguments(parser: ArgumentParser) -> None:
    """Take the draft, the file, and who looks it through."""
    _draft(parser)
    parser.add_argument("file", type=Path, metavar="文件", help="写到哪里，以 .pdf 或 .xlsx 结尾")
    parser.add_argument("--reviewer", default="", metavar="姓名", help="复核的人")


def _returned(parser: ArgumentParser) -> None:
    _draft(parser)
    parser.add_argument("file", type=Path, metavar="文件", help="填好的审签单，xlsx")


def _year(parser: ArgumentParser) -> None:
    _draft(parser)
    parser.add_argument("--year", type=int, metavar="年度", help="看哪个待遇年度；不写即第一个")


def _ticked(parser: ArgumentParser) -> None:
    _year(parser)
    parser.add_argument("row", nargs="+", metavar="行", help="行的编号，见 authoring table")
    parser.add_argument("--off", action="store_true", help="取消核对")


def _answered(parser: ArgumentParser) -> None:
    _draft(parser)
    parser.add_argument("warning", type=int, metavar="提醒", help="提醒的号数，见 authoring check")
    parser.add_argument("reason", metavar="理由", help="为什么就是这样，例如公告第几条")


def _rolled(parser: ArgumentParser) -> None:
    _programme(parser)
    parser.add_argument("--year", type=int, metavar="年度", help="沿用到哪个年度；不写即下一年度")
    parser.add_argument("--ask", action="store_true", help="只列出要问的，不新建草稿")
    parser.add_argument(
        "--answer",
        action="append",
        default=[],
        metavar="问题=答案",
        help="如 amount-400.00=430；= 照旧，> 推后一年，# 后写条款；可写多次",
    )
    parser.add_argument("--title", default="", metavar="标题", help="新公告的标题")
    parser.add_argument("--publisher", default="", metavar="单位", help="新公告的发布单位")
    parser.add_argument(
        "--grade",
        choices=("A", "B", "C"),
        default="A",
        metavar="级别",
        help="A、B 或 C；不写即 A",
    )
    parser.add_argument(
        "--published", type=date.fromisoformat, metavar="日期", help="新公告的发布日"
    )


def _season(parser: ArgumentParser) -> None:
    _draft(parser)
    parser.add_argument(
        "answer", nargs="*", metavar="问题=答案", help="不写即列出还没有回答和确认的"
    )


def _examples(parser: ArgumentParser) -> None:
    _draft(parser)
    parser.add_argument("example", nargs="*", metavar="算例", help="采用哪几个；不写即列出")
    parser.add_argument("--dismiss", action="store_true", help="不采用，从建议里去掉")


def _confirmed(parser: ArgumentParser) -> None:
    _place(parser)
    parser.add_argument("clause", metavar="条款", help="新公告第几条这样写")


def _handed_over(parser: ArgumentParser) -> None:
    _draft(parser)
    parser.add_argument("reviewer", metavar="复核人", help="由哪位主管复核")
    parser.add_argument(
        "--from",
        dest="begins",
        type=date.fromisoformat,
        metavar="日期",
        help="从哪天起用；不写即今天",
    )


def _for_office(parser: ArgumentParser) -> None:
    _draft(parser)
    parser.add_argument(
        "--key",
        type=Path,
        action="append",
        default=[],
        metavar="私钥",
        help="可写多次",
    )
    parser.add_argument("--revision", type=int, metavar="修订号", help="不写即现行规则的下一号")
    parser.add_argument(
        "--review-by",
        type=date.fromisoformat,
        metavar="日期",
        help="哪天以后再核对",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="文件", help="规则包写到哪里")


def _signed(parser: ArgumentParser) -> None:
    _draft(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="文件", help="签好的规则文件")


def _taken_back(parser: ArgumentParser) -> None:
    _draft(parser)
    parser.add_argument("reason", nargs="?", default="", metavar="原因", help="为什么收回")


def _version(parser: ArgumentParser) -> None:
    _draft(parser)
    parser.add_argument("version", type=int, metavar="版本", help="改回第几版，见 history")


def _based(parser: ArgumentParser) -> None:
    _draft(parser)
    parser.add_argument(
        "--take", action="store_true", help="核对过了，改为写在现行规则上，不再提醒"
    )


def _accepted(parser: ArgumentParser) -> None:
    parser.add_argument("reason", metavar="原因", help="草稿文件为什么比台账记下的旧")


def _command(
    name: str,
    summary: str,
    function: str,
    arguments: Callable[[ArgumentParser], None],
    exits: tuple[tuple[int, str], ...] = _LEDGER,
) -> Command:
    """Describe a command of the group; its function lies in ``commands.rule_drafts``."""
    module, _, run = function.partition(":")
    runner = f"medcounter.cli.commands.rule_drafts.{module}_commands:{run}"
    return Command(f"authoring {name}", summary, runner, arguments, exits)


AUTHORING_COMMANDS: tuple[Command, ...] = (
    _command("list", "列出规则草稿和编制的人", "draft:run_list", no_arguments),
    _command("places", "列出现行规则里可以作为起点的地区", "draft:run_places", _word),
    _command("new", "为一个地区和年度新建规则草稿", "draft:run_new", _new),
    _command("from", "从现行规则里的一个方案开始写草稿", "draft:run_from", _programme),
    _command("import", "把规则文件或文件夹导入为草稿", "draft:run_import", _file),
    _command("open", "打开草稿，交还之前别人不能改", "draft:run_open", _opened),
    _command("show", "把草稿按表单列出，每一栏带位置", "draft_form:run_show", _shown),
    _command("set", "在一栏里填写内容", "draft_form:run_set", _typed),
    _command("add", "添加一条规则，或做表单里的一个操作", "draft_form:run_add", _made),
    _command("cut", "删去一条规则或一处内容", "draft_form:run_cut", _place),
    _command("attach", "把公告文件附在来源上", "draft_form:run_attach", _attached),
    _command(
        "sheet",
        "把草稿写成审签单：PDF，或可以逐项打勾的表格",
        "draft_sheet:run_sheet",
        sheet_arguments,
        _EXPORTED,
    ),
    _command("ticked", "读回填好的审签单：√、× 和备注", "draft_sheet:run_ticked", _returned),
    _command("table", "列出年度的缴费时段和参保人样本的结果", "draft_live:run_table", _year),
    _command("tick", "把样本里的行标为与公告核对相符", "draft_live:run_tick", _ticked),
    _command(
        "check",
        "检查草稿，列出要改正的和要答复的",
        "draft_live:run_check",
        _draft,
        _CHECKED,
    ),
    _command("answer", "答复一条提醒", "draft_live:run_answer", _answered),
    _command("roll", "把上一年度的规则沿用到新的年度", "draft_rolling:run_roll", _rolled),
    _command(
        "season", "回答沿用时问的，或列出没有回答和确认的", "draft_rolling:run_questions", _season
    ),
    _command("confirm", "照新公告确认沿用来的一处", "draft_rolling:run_confirm", _confirmed),
    _command(
        "hand-over", "作者签名，交另一位主管复核", "draft_release:run_hand_over", _handed_over
    ),
    _command(
        "take-back", "收回交了复核的草稿，签名作废", "draft_release:run_take_back", _taken_back
    ),
    _command("review", "复核：与现行规则有哪些不同", "draft_release:run_review", _draft),
    _command(
        "sign", "复核人签名，写出可以启用的文件", "draft_release:run_sign", _signed, _EXPORTED
    ),
    _command(
        "office",
        "把草稿写成签发单位的规则包，用私钥文件签名",
        "draft_release:run_office",
        _for_office,
        _EXPORTED,
    ),
    _command("release", "把两人签好的文件再写出一份", "draft_release:run_file", _signed, _EXPORTED),
    _command(
        "examples",
        "列出上一年度的算例重算的结果，采用其中几个",
        "draft_rolling:run_examples",
        _examples,
    ),
    _command("base", "草稿下面的规则换过：列出样本里变了的人", "draft:run_base", _based),
    _command("close", "交还草稿，别人可以打开", "draft:run_close", _draft),
    _command("undo", "撤销草稿的最后一处改动", "draft:run_undo", _draft),
    _command("redo", "重做刚撤销的改动", "draft:run_redo", _draft),
    _command("history", "列出草稿的各版和改动", "draft:run_history", _history),
    _command("restore", "把草稿改回以前的一版", "draft:run_restore", _version),
    _command("export", "把草稿写成规则包文件夹", "draft:run_export", _exported, _EXPORTED),
    _command("remove", "删去一份草稿", "draft:run_remove", _draft),
    _command("accept", "草稿文件比台账记下的旧：主管确认接着用", "draft:run_accept", _accepted),
)
