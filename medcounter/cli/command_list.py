"""The list of all commands that need no screen; imports none of them."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path

from medcounter.cli import bundle_arguments, roster_arguments
from medcounter.cli.authoring_command_list import AUTHORING_COMMANDS
from medcounter.cli.command import (
    ASKED,
    INSIDE,
    LEDGER,
    OVER,
    REFUSAL,
    REFUSED,
    Command,
    no_arguments,
)
from medcounter.cli.hall_command_list import HALL_COMMANDS

JSON_COMMANDS = frozenset({"assess", "options"})

_ANSWERED = ((REFUSED, "有一项或整个文件不能测算；标准错误里有一个写明各处的 JSON 对象"),)


def _facts(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file",
        nargs="?",
        default="-",
        metavar="文件",
        help="参保人情况的 JSON：一个对象、一个列表，或每行一个对象；- 或不写即标准输入",
    )
    _bundle(parser)


def _mechanism(parser: ArgumentParser) -> None:
    _facts(parser)
    parser.add_argument(
        "--mechanism",
        action="store_true",
        help="没有收录规则的地区或年度，也按国家规定答复等待期等；不能据此出单",
    )


def _bundle(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--bundle", type=Path, metavar="规则包", help="只在这一次使用的规则包：文件或文件夹"
    )


def _stamped(parser: ArgumentParser) -> None:
    parser.add_argument("file", metavar="文件", help="assess 写出的一份测算结果；- 即标准输入")
    _bundle(parser)


def _sync(parser: ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="规则包", help="已签名的规则包文件")
    parser.add_argument("--dry-run", action="store_true", help="只看有哪些不同，不导入")
    # No word of the command line decides whom to trust: the program's own roots do.
    parser.set_defaults(roots=None)


def _region(parser: ArgumentParser) -> None:
    parser.add_argument("region", nargs="?", metavar="地区代码", help="六位；不写即列出所有地区")
    _bundle(parser)


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _query(parser: ArgumentParser) -> None:
    parser.add_argument(
        "query", nargs="?", default="", metavar="查找", help="编号、姓名或证件号码后四位"
    )
    parser.add_argument("--limit", type=_count, default=100, metavar="张数", help="最多列出多少张")


def _table_file(parser: ArgumentParser) -> None:
    parser.add_argument(
        "out", type=Path, metavar="文件", help="以 .xlsx、.csv 结尾即表格，否则为带校验的审计文件"
    )
    parser.add_argument("--reveal", action="store_true", help="写明证件号码，不遮盖")
    parser.add_argument("--to-enter", action="store_true", help="表格里只有待录入正式系统的")
    _days(parser)


def _days(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--from", dest="first_day", type=date.fromisoformat, metavar="日期", help="从这一天起"
    )
    parser.add_argument(
        "--to", dest="last_day", type=date.fromisoformat, metavar="日期", help="到这一天为止"
    )


def _one_day(parser: ArgumentParser) -> None:
    parser.add_argument(
        "day", nargs="?", type=date.fromisoformat, metavar="日期", help="如 2026-03-05；不写即今天"
    )


def _entered(parser: ArgumentParser) -> None:
    parser.add_argument("number", nargs="*", metavar="编号", help="不写即列出待录入的")
    parser.add_argument("--undo", action="store_true", help="改回待录入")
    parser.add_argument("--limit", type=_count, default=100, metavar="张数", help="最多列出多少张")
    _days(parser)


def _audit_file(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, nargs="?", metavar="文件", help="导出的审计文件；不写即本机的台账"
    )


def _second_place(parser: ArgumentParser) -> None:
    parser.add_argument("--to", type=Path, metavar="文件夹", help="另备一份到这里，例如 U 盘")


def _backup(parser: ArgumentParser) -> None:
    parser.add_argument("backup", metavar="备份", help="备份的名称，或别处备份文件的路径")
    parser.add_argument("--drill", action="store_true", help="演练：只打开副本核对，不改动台账")
    parser.add_argument(
        "--reason",
        default="",
        metavar="原因",
        help="现在的台账完好却要恢复的，写明原因（须主管登录）",
    )


def _run(parser: ArgumentParser) -> None:
    parser.add_argument("number", metavar="编号", help="这一批里任一张的编号")
    parser.add_argument("reason", nargs="?", metavar="原因", help="为什么作废；不写即只看有哪些")


def _reason(parser: ArgumentParser) -> None:
    parser.add_argument("reason", metavar="原因", help="为什么电脑时间比台账早")


def _proposal(parser: ArgumentParser) -> None:
    parser.add_argument("new", type=Path, metavar="新公钥", help="新的公钥文件（bundle keys 生成）")
    parser.add_argument("--old", type=Path, required=True, metavar="旧公钥", help="现在的公钥文件")
    parser.add_argument(
        "--expires", type=date.fromisoformat, metavar="日期", help="有效期的最后一天，如 2031-12-31"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="文件", help="待签名的公钥文件")


def _roots_sign(parser: ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="文件", help="待签名的，或已有别人签名的")
    parser.add_argument(
        "--key", type=Path, action="append", required=True, metavar="私钥", help="可写多次"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="文件", help="签名后的文件")


def _update(parser: ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="文件", help="公钥更新文件")
    parser.add_argument("--old", type=Path, metavar="公钥文件", help="现在的公钥；不写即程序装入的")


def _accepted(parser: ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="文件", help="公钥更新文件")
    # As for sync: no word of the command line decides whom to trust.
    parser.set_defaults(roots=None)


def _set_up(parser: ArgumentParser) -> None:
    parser.add_argument("--open", action="store_true", help="选择不启用登录，只有一名经办人时可用")
    parser.add_argument("--hall", action="store_true", help="同时生成本厅自己的密钥")


def _clerk_name(parser: ArgumentParser) -> None:
    parser.add_argument("name", metavar="姓名", help="经办人的姓名")


def _new_clerk(parser: ArgumentParser) -> None:
    _new_secret(parser)
    parser.add_argument(
        "--role",
        choices=("clerk", "supervisor", "auditor"),
        default="clerk",
        metavar="角色",
        help="clerk 经办人（不写即是）、supervisor 主管、auditor 审计人员",
    )


def _new_secret(parser: ArgumentParser) -> None:
    _clerk_name(parser)
    parser.add_argument(
        "--new-secret-file", type=Path, metavar="文件", help="新口令所在的文件；不写就询问"
    )


_BUNDLE_CHECKED = ((REFUSED, "规则包有错；标准错误里逐条写明"),)
_REFUSED = (REFUSAL,)
_WRITTEN = (*_REFUSED, OVER)
_EXPORTED = (*LEDGER, OVER)

COMMANDS: tuple[Command, ...] = (
    Command(
        "assess", "测算：应缴、等待期、待遇起止和依据", "assess:run_assess", _mechanism, _ANSWERED
    ),
    Command("options", "列出可供选择的办法并比较", "assess:run_options", _facts, _ANSWERED),
    Command(
        "roster",
        "测算一份名单：一村、一校或一县",
        "roster:run_roster",
        roster_arguments.add_arguments,
        (
            (REFUSED, "名单无法读取，或有行没有测算；标准错误里写明"),
            OVER,
            (ASKED, "名单里有要先问清的地方，没有测算；用 --questions 写出，答好用 --answers 交回"),
        ),
    ),
    Command(
        "gather",
        "把几个窗口的台账收到一处，互相核对",
        "gather:run_gather",
        roster_arguments.add_gather_arguments,
        ((REFUSED, "有台账没有收录；标准错误里写明"), OVER),
    ),
    Command(
        "rules", "列出规则涵盖的地区，或一个地区的全部规则", "rules:run_rules", _region, _REFUSED
    ),
    Command(
        "replay", "用当时的规则重算一份结果，逐字核对", "replay:run_replay", _stamped, _REFUSED
    ),
    Command("sync", "核对并导入签名的规则包", "ledger:run_sync", _sync, LEDGER),
    Command(
        "bundle check",
        "检查规则包并重算它的算例",
        "bundle:run_check",
        bundle_arguments.path,
        _BUNDLE_CHECKED,
    ),
    Command(
        "bundle new",
        "为一个新地区生成待填写的规则文件夹",
        "authoring:run_new",
        bundle_arguments.new_place,
        _WRITTEN,
    ),
    Command(
        "bundle guide",
        "显示怎样编写规则，或连同例子写到文件夹",
        "authoring:run_guide",
        bundle_arguments.guide,
        _WRITTEN,
    ),
    Command(
        "bundle schema",
        "写出规则文件的 JSON Schema",
        "bundle:run_schema",
        bundle_arguments.schema,
        (),
    ),
    Command(
        "bundle cases",
        "写出规则包自带的算例，再写每个界限前后的情形和结果",
        "bundle:run_cases",
        bundle_arguments.cases,
        _WRITTEN,
    ),
    Command(
        "bundle diff",
        "比较两个规则包：哪些写法和哪些结果变了",
        "bundle:run_diff",
        bundle_arguments.two_paths,
        _REFUSED,
    ),
    Command(
        "bundle sign",
        "检查后用私钥签名，有错不签",
        "bundle:run_sign",
        bundle_arguments.signing,
        _WRITTEN,
    ),
    Command(
        "bundle keys",
        "生成签名用的私钥和公钥",
        "bundle:run_keys",
        bundle_arguments.key_names,
        _WRITTEN,
    ),
    Command(
        "bundle inspect", "查看签名", "bundle:run_inspect", bundle_arguments.signed_path, _REFUSED
    ),
    Command(
        "bundle roots propose",
        "写出要换成的新公钥",
        "root:run_propose",
        _proposal,
        _WRITTEN,
    ),
    Command(
        "bundle roots sign",
        "在新公钥上签名，各人依次签",
        "root:run_sign",
        _roots_sign,
        _WRITTEN,
    ),
    Command(
        "bundle roots inspect", "查看公钥更新文件的签名", "root:run_inspect", _update, _REFUSED
    ),
    Command("bundle roots accept", "核对并采用公钥更新文件", "root:run_accept", _accepted, LEDGER),
    Command("ledger list", "查找通知单", "ledger:run_list", _query, LEDGER),
    Command(
        "ledger verify",
        "核对台账或导出的审计文件有没有被改动",
        "rescue:run_verify",
        _audit_file,
        LEDGER,
    ),
    Command(
        "ledger export",
        "导出台账为表格或审计文件",
        "rescue:run_export",
        _table_file,
        _EXPORTED,
    ),
    Command(
        "ledger day", "看一天出了多少单、合计多少、有没有日结", "day:run_day", _one_day, LEDGER
    ),
    Command("ledger close", "日结：编号、定数，之后不再改动", "day:run_close", _one_day, LEDGER),
    Command(
        "ledger entered",
        "列出待录入正式系统的通知单，或标为已录入",
        "day:run_entered",
        _entered,
        LEDGER,
    ),
    Command("ledger void-run", "把按一份名单出的通知单整批作废", "run:run_void", _run, LEDGER),
    Command("ledger clock", "确认倒退了的电脑时间是正确的", "rescue:run_clock", _reason, LEDGER),
    Command("access show", "看有没有启用登录、谁能登录", "access:run_show", no_arguments, _REFUSED),
    Command(
        "access set-up",
        "启用登录、生成恢复密钥，或选择不启用",
        "access:run_set_up",
        _set_up,
        LEDGER,
    ),
    Command("access add", "加入一名经办人", "access:run_add", _new_clerk, LEDGER),
    Command("access remove", "让一名经办人不能再登录", "access:run_remove", _clerk_name, LEDGER),
    Command("access secret", "更换一名经办人的口令", "access:run_secret", _new_secret, LEDGER),
    Command(
        "access recover", "用恢复密钥打开并更换口令", "access:run_recover", no_arguments, LEDGER
    ),
    Command("access renew", "更换恢复密钥", "access:run_renew", no_arguments, LEDGER),
    *HALL_COMMANDS,
    Command("backup", "备份台账并核对", "rescue:run_backup", _second_place, (*LEDGER, INSIDE)),
    Command("backups", "列出台账的备份", "rescue:run_backups", no_arguments, _REFUSED),
    Command("restore", "用备份恢复台账，原台账另存", "rescue:run_restore", _backup, LEDGER),
    Command(
        "selfcheck", "检查程序、规则和台账是否完好", "selfcheck:run_selfcheck", no_arguments, LEDGER
    ),
    *AUTHORING_COMMANDS,
)
