"""Commands that open the counter's own data: ``sync`` and ``ledger …``.

Only one process may own a ledger; while the window is open these commands say
so and exit with 3.
"""

from __future__ import annotations

from argparse import Namespace

from medcounter.cli.command import DONE, REFUSED
from medcounter.cli.open_desk import now, open_desk
from medcounter.cli.output import complain, write
from medcounter.desk.counter.register import EVERYTHING
from medcounter.errors import MedCounterError
from medcounter.money import show_money
from medcounter.wording.terms import STATE_WORDS


class LedgerFaultyError(MedCounterError):
    """台账核对发现不符，请立即停止出单，并联系技术支持用备份恢复。"""


def run_sync(arguments: Namespace) -> int:
    """Verify a signed bundle, say what changes, and take it in."""
    with open_desk(arguments, may_begin=not arguments.dry_run) as desk:
        plan = desk.rules.planner(arguments.path)()
        write(
            f"第 {plan.old.revision} 版 → 第 {plan.new.revision} 版，{len(plan.difference)} 处不同"
        )
        for line in plan.difference:
            write(f"  {line.text}")
        if arguments.dry_run:
            write("只是查看，没有导入。")
            return DONE
        state = desk.rules.install(plan, now())
        write(f"已导入：{state.id} 第 {state.revision} 版，{state.review_by} 前应复核。")
    return DONE


def run_list(arguments: Namespace) -> int:
    """List notices, newest first."""
    with open_desk(arguments) as desk:
        page = desk.register.page(arguments.query, arguments.limit, 0, EVERYTHING, now().date())
    for row in page.rows:
        write(
            f"{row.number}  {row.issued_at:%Y-%m-%d %H:%M}  {row.name}  {row.id_masked}"
            f"  {row.category_label}  {show_money(row.total)}  {STATE_WORDS[row.state]}"
            f"  打印 {row.prints} 次"
        )
    write(f"共 {page.total} 张，列出 {len(page.rows)} 张。")
    return DONE


def run_verify(arguments: Namespace) -> int:
    """Walk the whole chain of the ledger."""
    with open_desk(arguments) as desk:
        faults = tuple(filter(None, desk.health.verify()))
        told = desk.health.lost_anchor(now())
    if told:
        complain(f"注意：{told}")
    for text in faults:
        complain(text)
    if faults:
        complain(LedgerFaultyError().text)
        return REFUSED
    write("台账核对完毕，没有发现不符。")
    return DONE
