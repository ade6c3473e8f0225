"""The command ``gather``: combine the ledgers of several desks.

Accepts exported ledgers of registered desks, verifies each, and reports what
was done with it.
"""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime
from pathlib import Path

from medcounter.cli.command import DONE, REFUSED, PartMissingError
from medcounter.cli.named_destination import named_destination
from medcounter.cli.output import complain, write
from medcounter.destinations import Destination, require_outside
from medcounter.errors import MedCounterError
from medcounter.gather.desks import confirm, forget
from medcounter.gather.gather_errors import NumberTakenError, RowDiffersError
from medcounter.gather.gathering_folder import (
    KNOWN,
    LONGER,
    NEW,
    SETTLED,
    GatheringFolder,
    TakenIn,
    all_notices,
    open_gathering_folder,
)
from medcounter.gather.ledger_file import GatheredNotice, LedgerFile
from medcounter.identity.id_number import mask
from medcounter.money import show_yuan
from medcounter.paths import data_dir
from medcounter.roster.writing.list_writer import writing_rows
from medcounter.wording.terms import STATE_WORDS

_HOW = {
    NEW: "第一次收进",
    LONGER: "接着先前的收进",
    KNOWN: "先前已经收过，没有变化",
    SETTLED: "已定为真的一份",
}
_HEADINGS = (
    ("编号", 18), ("窗口", 6), ("出单时间", 20), ("经办人", 10), ("姓名", 10), ("证件号码", 22),
    ("身份", 18), ("待遇年度", 9), ("应缴（元）", 12), ("待遇起", 12), ("待遇止", 12), ("状态", 8),
    ("更正自", 18), ("台账指纹", 22),
)  # fmt: skip


def run_gather(arguments: Namespace) -> int:
    """Take files into a folder, or into a database as well."""
    table = _table(arguments)
    if arguments.forget is not None:
        gone = forget(arguments.folder, arguments.forget)
        write(f"{gone.name}（{gone.fingerprint}）不再收；先前收到的留在文件夹里，不计入。")
    for desk in confirm(arguments.folder, arguments.confirm, _now()) if arguments.confirm else ():
        write(f"已登记：{desk.name}，台账指纹 {desk.fingerprint}。")
    gathered = open_gathering_folder(arguments.folder)
    refused = [*gathered.faults]
    for text in refused:
        complain(text)
    for path in arguments.file:
        try:
            write(_result_line(path, gathered.take_in(path, settle=arguments.settle)))
        except MedCounterError as err:
            complain(err.text)
            refused.append(err.text)
    for text in gathered.contradictions():
        complain(text)
        refused.append(text)
    ledgers = gathered.ledgers()
    write(f"共 {len(ledgers)} 个窗口、{sum(len(one.notices) for one in ledgers)} 张通知单。")
    if arguments.desks:
        _list_desks(gathered)
    if table is not None:
        _write_table(table, ledgers)
        write(f"已写到“{table.path.name}”。")
    if arguments.database is not None:
        refused += _write_database(arguments.database, ledgers)
    return REFUSED if refused else DONE


def _table(arguments: Namespace) -> Destination | None:
    """Return where the table goes; None when none was requested.

    Raises:
        DestinationRefusedError: Nothing may be written there, or into the folder.
    """
    require_outside(arguments.folder, data_dir(arguments.data_dir))
    if arguments.table is None:
        return None
    reading = (arguments.folder, *arguments.file)
    return named_destination(arguments, arguments.table, people=True, reading=reading)


def _list_desks(gathered: GatheringFolder) -> None:
    there = {one.ledger: one for one in gathered.ledgers()}
    for desk in sorted(gathered.desks.values(), key=lambda desk: desk.name):
        file = there.get(desk.fingerprint)
        how = f"收到末条 {file.head}" if file else "还没有收到台账"
        write(f"{desk.name}  {desk.fingerprint}  {desk.confirmed_at[:10]} 登记，{how}")


def _write_database(address: str, ledgers: tuple[LedgerFile, ...]) -> list[str]:
    """Write ledger by ledger; give what kept one out."""
    try:
        # The driver is an extra that few places need.
        from medcounter.gather.postgres import write_ledger  # noqa: PLC0415 - see above
    except ModuleNotFoundError as err:
        raise PartMissingError(
            "写入 PostgreSQL 要另装部件 postgres，没有写入数据库；文件夹里的台账已经收好。"
        ) from err
    refused = []
    for one in ledgers:
        try:
            added = write_ledger(address, one)
        except (NumberTakenError, RowDiffersError) as err:
            complain(err.text)
            refused.append(err.text)
        else:
            write(f"台账 {one.ledger}：数据库里新增 {added} 张，其余逐张比对相同。")
    return refused


def _result_line(path: Path, taken: TakenIn) -> str:
    file = taken.file
    return (
        f"{path.name}：{taken.desk.name}，{_HOW[taken.how]}，台账 {file.ledger}，"
        f"末条 {file.head}，新增 {taken.added} 张。"
    )


def _write_table(destination: Destination, ledgers: tuple[LedgerFile, ...]) -> None:
    with writing_rows(destination, _HEADINGS) as put:
        for notice in all_notices(ledgers):
            put([
                notice.number,
                notice.desk,
                f"{notice.issued_at:%Y-%m-%d %H:%M}",
                notice.clerk,
                notice.name,
                _masked(notice),
                notice.category_label,
                f"{notice.benefit_year}",
                "" if notice.total is None else show_yuan(notice.total),
                notice.coverage_start,
                notice.coverage_end,
                STATE_WORDS[notice.state],
                notice.replaces,
                notice.ledger,
            ])  # fmt: skip


def _masked(notice: GatheredNotice) -> str:
    number = notice.id_number
    return number if "*" in number else mask(number, notice.issued_at.date())


def _now() -> datetime:
    return datetime.now().astimezone()
