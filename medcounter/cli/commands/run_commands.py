"""The command for the notices issued from one list: show or void all of them."""

from __future__ import annotations

from argparse import Namespace

from medcounter.cli.command import DONE
from medcounter.cli.open_desk import now, open_desk
from medcounter.cli.output import write
from medcounter.cli.signing_in import approval_for
from medcounter.desk.access.desk_access import VOID_RUN
from medcounter.desk.counter.register import Run


def run_void(arguments: Namespace) -> int:
    """Void all that one list numbered; without a reason only say what that is."""
    with open_desk(arguments) as desk:
        run = desk.register.run_of(arguments.number)
        write(_line(run))
        if arguments.reason is None:
            write("只是查看，没有作废；要作废，请在编号后写明原因。")
            return DONE
        approval = approval_for(desk, VOID_RUN) if run.valid else None
        run = desk.register.void_run(arguments.number, arguments.reason, now(), approval)
    write(f"已整批作废 {len(run.valid)} 张，仍留在台账中；已交给居民的纸质单请收回。")
    if run.entered:
        write(f"其中 {run.entered} 张已录入正式系统，请在那里也撤销。")
    return DONE


def _line(run: Run) -> str:
    void = len(run.numbers) - len(run.valid)
    already = f"，其中 {void} 张已经作废" if void else ""
    return (
        f"这一批按名单出了 {len(run.numbers)} 张：{run.numbers[0]} 至 {run.numbers[-1]}{already}。"
    )
