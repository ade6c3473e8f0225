"""The arguments of the commands ``hall …``."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path


def key(parser: ArgumentParser) -> None:
    """Take the file of the recovery key, and whether a key is replaced."""
    _recovery(parser, "")
    parser.add_argument(
        "--renew", action="store_true", help="换一把新的；各窗口要用恢复密钥重新确认"
    )


def certify(parser: ArgumentParser) -> None:
    """Take the file of the recovery key."""
    _recovery(parser, "")


def certificate(parser: ArgumentParser) -> None:
    """Take where to write the certificate."""
    parser.add_argument("out", type=Path, metavar="文件", help="写到哪里，例如 U 盘")


def confirm(parser: ArgumentParser) -> None:
    """Take the file, the words as heard, and whose they are."""
    parser.add_argument("path", type=Path, metavar="文件", help="主管证明，或本厅规则的文件")
    parser.add_argument("words", metavar="六个词", help="电话里听到的，词之间有没有空格都可以")
    parser.add_argument("--person", default="", metavar="姓名", help="确认后来加入证明的这个人")
    _recovery(parser, "；已确认过另一把密钥时要写")


def sign(parser: ArgumentParser) -> None:
    """Take the rules, or what the author signed."""
    parser.add_argument(
        "path",
        type=Path,
        metavar="文件",
        help="地区的规则（编制人签名），或编制人签过的（复核人签名）",
    )
    parser.add_argument(
        "--head", type=Path, metavar="文件", help="旁边的 bundle.json，取其中自己加的代码"
    )
    parser.add_argument("--reviewer", default="", metavar="姓名", help="请谁复核；编制人签名时写")
    parser.add_argument(
        "--begins", type=date.fromisoformat, metavar="日期", help="从哪天起使用；不写即今天"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="文件", help="签名后的文件")


def review(parser: ArgumentParser) -> None:
    """Take the file that the author signed."""
    parser.add_argument("path", type=Path, metavar="文件", help="编制人签过名的规则")


def take(parser: ArgumentParser) -> None:
    """Take the file of rules, and a later first day."""
    parser.add_argument("path", type=Path, metavar="文件", help="两人都签过名的本厅规则")
    parser.add_argument("--dry-run", action="store_true", help="只核对和比较，不采用")
    parser.add_argument(
        "--begins", type=date.fromisoformat, metavar="日期", help="在这个窗口从更晚的一天起使用"
    )


def replay(parser: ArgumentParser) -> None:
    """Take a stored answer."""
    parser.add_argument("file", metavar="文件", help="一份测算结果的 JSON；- 即标准输入")


def _recovery(parser: ArgumentParser, when: str) -> None:
    parser.add_argument(
        "--key-file", type=Path, metavar="文件", help=f"恢复密钥所在的文件；不写就询问{when}"
    )
