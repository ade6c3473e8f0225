"""Commands that open the counter's own data: ``sync`` and ``ledger …``.

One process owns a ledger; while the window runs these say so and end with 3.
"""

from __future__ import annotations

import csv
import io
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from medcounter.cli.command import DONE, REFUSED
from medcounter.cli.output import complain, write, write_file
from medcounter.cli.signing_in import pass_for
from medcounter.desk.desk import Desk
from medcounter.desk.records import LedgerRow
from medcounter.errors import MedCounterError
from medcounter.money import show_money, show_yuan
from medcounter.paths import data_dir
from medcounter.trust.roots import Roots

_STATES = {"issued": "已出单", "void": "已作废"}
_PAGE = 500
_COLUMNS = (
    "编号",
    "出单时间",
    "姓名",
    "证件号码",
    "身份",
    "应缴（元）",
    "待遇开始",
    "待遇结束",
    "状态",
    "打印次数",
    "经办人",
)


class LedgerFaultyError(MedCounterError):
    """台账核对发现不符，请立即停止出单，并联系技术支持用备份恢复。"""


def run_sync(arguments: Namespace) -> int:
    """Verify a signed bundle, say what changes, and take it in."""
    with _desk(arguments) as desk:
        plan = desk.plan_sync(arguments.path)
        write(
            f"第 {plan.old.revision} 版 → 第 {plan.new.revision} 版，{len(plan.difference)} 处不同"
        )
        for line in plan.difference:
            write(f"  {line.text}")
        if arguments.dry_run:
            write("只是查看，没有导入。")
            return DONE
        state = desk.apply_sync(plan, _now())
        write(f"已导入：{state.id} 第 {state.revision} 版，{state.review_by} 前应复核。")
    return DONE


def run_list(arguments: Namespace) -> int:
    """List notices, newest first."""
    with _desk(arguments) as desk:
        page = desk.ledger(arguments.query, arguments.limit)
    for row in page.rows:
        write(
            f"{row.number}  {row.issued_at:%Y-%m-%d %H:%M}  {row.name}  {row.id_masked}"
            f"  {row.category_label}  {show_money(row.total)}  {_STATES[row.state]}"
            f"  打印 {row.prints} 次"
        )
    write(f"共 {page.total} 张，列出 {len(page.rows)} 张。")
    return DONE


def run_verify(arguments: Namespace) -> int:
    """Walk the whole chain of the ledger."""
    with _desk(arguments) as desk:
        faults = desk.verify_ledger()
    for text in faults:
        complain(text)
    if faults:
        complain(LedgerFaultyError().text)
        return REFUSED
    write("台账核对完毕，没有发现不符。")
    return DONE


def run_export(arguments: Namespace) -> int:
    """Write all notices into a table that every spreadsheet opens."""
    with _desk(arguments) as desk:
        rows = list(_all_rows(desk))
        desk.register.note_table("csv", len(rows), _now())
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(_COLUMNS)
    table.writerows(_cells(row) for row in rows)
    # The mark tells Excel that the table is UTF-8.
    write_file(arguments.out, text.getvalue().encode("utf-8-sig"))
    write(f"已导出 {len(rows)} 张到 {arguments.out}；证件号码已遮盖。")
    return DONE


@contextmanager
def _desk(arguments: Namespace) -> Iterator[Desk]:
    roots: Roots | None = getattr(arguments, "roots", None)
    folder = data_dir(arguments.data_dir)
    desk = Desk.open(folder, _now(), roots=roots, who=pass_for(arguments))
    try:
        yield desk
    finally:
        desk.close()


def _now() -> datetime:
    return datetime.now().astimezone()


def _all_rows(desk: Desk) -> Iterator[LedgerRow]:
    offset = 0
    while rows := desk.ledger("", _PAGE, offset).rows:
        yield from rows
        offset += len(rows)


def _cells(row: LedgerRow) -> tuple[str, ...]:
    days = (row.coverage_start, row.coverage_end)
    cells = (
        row.number,
        row.issued_at.isoformat(timespec="seconds"),
        row.name,
        row.id_masked,
        row.category_label,
        "" if row.total is None else show_yuan(row.total),
        *("" if day is None else day.isoformat() for day in days),
        _STATES[row.state],
        str(row.prints),
        row.clerk,
    )
    return tuple(_no_formula(cell) for cell in cells)


def _no_formula(cell: str) -> str:
    # A spreadsheet runs what begins like this; a name typed so must stay a name.
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t")) else cell
