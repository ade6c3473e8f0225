"""The arguments of ``roster`` and ``gather``; imports nothing that reads a list."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path

PARQUET = ".parquet"
_KINDS = (".xlsx", ".csv", PARQUET)


def add_arguments(parser: ArgumentParser) -> None:
    """Add what the command takes to its parser."""
    parser.add_argument(
        "source", type=Path, metavar="名单", help="xlsx、xls、ods 或 csv；写模板时是模板的文件名"
    )
    parser.add_argument(
        "out",
        type=_table_path,
        nargs="?",
        metavar="结果",
        help="以 .xlsx、.csv 或 .parquet 结尾",
    )
    parser.add_argument("--region", metavar="地区代码", help="名单没有写参保地时用它")
    parser.add_argument(
        "--year", type=int, metavar="年度", help="待遇年度；不写即缴费那天征缴的，同窗口"
    )
    parser.add_argument(
        "--on", type=date.fromisoformat, metavar="日期", help="缴费日期；不写即今天"
    )
    parser.add_argument(
        "--scheme", choices=("resident", "flexible"), default="resident", help="参保方式"
    )
    parser.add_argument(
        "--column",
        type=_column,
        action="append",
        metavar="表头=项目",
        help="指定某一列是什么，例如 编号=id_number；等号后不写即不用这一列；可写多次",
    )
    parser.add_argument(
        "--word",
        type=_word,
        action="append",
        default=[],
        metavar="写法=含义",
        help="名单里的一种写法是哪一列或哪种人员类别，例如 困难户=低保对象；可写多次",
    )
    parser.add_argument(
        "--questions",
        type=Path,
        metavar="文件",
        help="有要先问清的地方时，把问题写成这个 JSON 文件",
    )
    parser.add_argument(
        "--answers",
        type=Path,
        metavar="文件",
        help="填好 answer 的问题文件；可选的答案写在 choices 里",
    )
    parser.add_argument("--faults", type=_table_path, metavar="文件", help="把发现的问题另写一份")
    parser.add_argument("--whole-id", action="store_true", help="写明证件号码，不遮盖")
    parser.add_argument("--template", action="store_true", help="不测算，写一份空白模板（.xlsx）")
    parser.add_argument(
        "--bundle", type=Path, metavar="规则包", help="只在这一次使用的规则包：文件或文件夹"
    )


def add_gather_arguments(parser: ArgumentParser) -> None:
    """Add what the command ``gather`` takes to its parser."""
    parser.add_argument("folder", type=Path, metavar="文件夹", help="各窗口台账收在这里")
    parser.add_argument(
        "file", type=Path, nargs="*", metavar="台账", help="各窗口用 ledger export 导出的文件"
    )
    parser.add_argument(
        "--confirm",
        type=_heard,
        action="append",
        metavar="指纹=窗口名称",
        help="登记一个窗口：指纹请该窗口在电话里念出，不要从文件上抄；可写多次",
    )
    parser.add_argument("--forget", metavar="指纹", help="不再收这个窗口的台账")
    parser.add_argument("--desks", action="store_true", help="列出登记的窗口")
    parser.add_argument(
        "--settle", action="store_true", help="同一台账有矛盾的两份时，以这次给出的为准"
    )
    parser.add_argument(
        "--table", type=_table_path, metavar="文件", help="把全部通知单写成 .xlsx 或 .csv"
    )
    parser.add_argument(
        "--database",
        metavar="连接",
        help="同时写入 PostgreSQL，例如 host=… dbname=…；密码放在环境变量或密码文件里",
    )


def _column(text: str) -> tuple[str, str]:
    heading, sign, code = text.partition("=")
    if not sign or not heading:
        raise ValueError(text)
    return heading, code


def _word(text: str) -> str:
    word, meaning = _column(text)
    if not meaning:
        raise ValueError(text)
    return f"{word}={meaning}"


def _heard(text: str) -> tuple[str, str]:
    fingerprint, sign, name = text.partition("=")
    if not sign or not name.strip():
        raise ValueError(text)
    return fingerprint, name


def _table_path(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in _KINDS:
        raise ValueError(text)
    return path
