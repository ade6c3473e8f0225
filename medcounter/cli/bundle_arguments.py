"""The arguments of the commands for those who write and sign rules."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from medcounter.places.place_code import is_code


def path(parser: ArgumentParser) -> None:
    """Take a bundle: a file, or the folder of its parts."""
    parser.add_argument("path", type=Path, metavar="规则包", help="文件，或各部分所在的文件夹")


def perhaps_path(parser: ArgumentParser) -> None:
    """Take a bundle, or none for the one that ships."""
    parser.add_argument(
        "path", type=Path, nargs="?", metavar="规则包", help="不写即随程序带来的规则"
    )


def cases(parser: ArgumentParser) -> None:
    """Take a bundle to make cases from."""
    perhaps_path(parser)
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--table", type=Path, metavar="文件", help="写成表格（.csv），每人一行，给人逐条看"
    )
    how.add_argument(
        "--boundary", action="store_true", help="只写每个界限前后一天的情况，可交给 assess 测算"
    )


def schema(parser: ArgumentParser) -> None:
    """Take which file the schema is for."""
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--head", action="store_true", help="只写文件夹的头 bundle.json 的")
    which.add_argument("--part", action="store_true", help="只写地区文件的")


def add_place(parser: ArgumentParser, name_help: str) -> None:
    """Take the place, year and scheme whose rules are to be written."""
    parser.add_argument("region", type=_place_code, metavar="地区代码", help="六位，如 320200")
    parser.add_argument("--year", type=int, required=True, metavar="年度", help="待遇年度")
    parser.add_argument(
        "--scheme",
        choices=("resident", "flexible"),
        default="resident",
        metavar="险种",
        help="resident 居民（不写即是），flexible 灵活就业",
    )
    parser.add_argument("--name", default="", metavar="名称", help=name_help)


def _place_code(text: str) -> str:
    if not is_code(text):
        raise ValueError(text)
    return text


def new_place(parser: ArgumentParser) -> None:
    """Take the place, and the folder to write to."""
    add_place(parser, "地区名称；不写就用全国地名表里的")
    parser.add_argument("folder", type=Path, metavar="文件夹", help="写到哪里")


def guide(parser: ArgumentParser) -> None:
    """Take the folder that the guide is written to."""
    parser.add_argument(
        "folder",
        type=Path,
        nargs="?",
        metavar="文件夹",
        help="把说明、例子和 JSON Schema 写到这里；不写即只显示说明",
    )


def two_paths(parser: ArgumentParser) -> None:
    """Take what is compared: two bundles, or two years."""
    parser.add_argument("old", type=Path, metavar="旧规则包")
    parser.add_argument(
        "new", type=Path, nargs="?", metavar="新规则包", help="写了 --years 时可以不写"
    )
    parser.add_argument(
        "--years",
        type=int,
        nargs=2,
        metavar="年度",
        help="比较两个待遇年度，例如 2026 2027：同样的人各推后几年",
    )
    parser.add_argument("--region", metavar="地区代码", help="只看这个地区")
    parser.add_argument("--facts", action="store_true", help="另写每项改变第一个情形的 JSON")


def signing(parser: ArgumentParser) -> None:
    """Take a bundle and the keys to sign it with."""
    path(parser)
    parser.add_argument(
        "--key", type=Path, action="append", required=True, metavar="私钥", help="可写多次"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="文件", help="签名后的规则包")


def _plain_name(text: str) -> str:
    # It becomes a file's name, so it must not lead out of the folder.
    if not text.replace("-", "").isalnum():
        raise ValueError(text)
    return text


def key_names(parser: ArgumentParser) -> None:
    """Take the names of the keys to make."""
    parser.add_argument("folder", type=Path, metavar="文件夹", help="私钥放在哪里")
    parser.add_argument(
        "name", nargs="+", type=_plain_name, metavar="名称", help="每个名称一把私钥"
    )


def signed_path(parser: ArgumentParser) -> None:
    """Take a signed bundle and whose signatures count."""
    path(parser)
    parser.add_argument(
        "--roots", type=Path, metavar="公钥文件", help="不写即程序装入的签发单位公钥"
    )
