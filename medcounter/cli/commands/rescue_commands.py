"""Commands for emergencies: backup, backups, restore, audit.

``backups``, ``restore`` and checking a file work even when the ledger cannot
be opened.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from medcounter.cli.command import DONE, REFUSED, UsageError
from medcounter.cli.commands import day_commands, ledger_commands
from medcounter.cli.named_destination import named_destination
from medcounter.cli.open_desk import now, open_desk, require_ledger
from medcounter.cli.output import complain, write, write_file
from medcounter.cli.signing_in import approval_for, credentials_for
from medcounter.desk.access.desk_access import CLOCK, EXPORT
from medcounter.desk.counter.export_kinds import TABLE_KINDS
from medcounter.desk.recovery.rescue import list_backups, restore_backup, try_backup
from medcounter.errors import MedCounterError
from medcounter.paths import data_dir
from medcounter.store.audit import audit_reading
from medcounter.store.audit.audit_reading import AuditReport


class FileUnreadableError(MedCounterError):
    """文件无法读取，没有核对；请核对路径后重试。"""


def run_backup(arguments: Namespace) -> int:
    """Make a verified backup, here or at a second place."""
    with open_desk(arguments) as desk:
        made = desk.backups.back_up(arguments.to)
    if made is None:
        write("台账还是空的，没有可备份的内容。")
        return DONE
    write(f"已备份并核对：{made}")
    if arguments.to is not None:
        write("密钥文件（keyslots.json）也在那里；没有启用登录的，拿到它就能读出台账，请妥善保管。")
    return DONE


def run_backups(arguments: Namespace) -> int:
    """List the backups of this counter, newest first."""
    folder = data_dir(arguments.data_dir)
    require_ledger(folder)
    listed = list_backups(folder)
    for each in listed:
        write(f"{each.path.name}  截至 {each.day:%Y-%m-%d}  {each.events} 条记录")
    write(f"共 {len(listed)} 个备份，按文件名列出。")
    write("能不能恢复，请用“medcounter restore 名称 --drill”试。")
    return DONE


def run_restore(arguments: Namespace) -> int:
    """Put a backup in the ledger's place, or only try whether one could be."""
    folder = data_dir(arguments.data_dir)
    credentials = credentials_for(arguments, folder, arguments.backup)
    if arguments.drill:
        tried = try_backup(folder, arguments.backup, credentials)
        write(
            f"演练成功：{tried.backup.name} 可以恢复，"
            f"{tried.notices} 张通知单、{tried.events} 条记录逐条核对无误；现有台账没有改动。"
        )
        return DONE
    done = restore_backup(folder, arguments.backup, now(), credentials=credentials)
    write(f"已恢复：{done.backup.name}，{done.events} 条记录逐条核对无误。")
    write(f"原来的台账和密钥保存在：{done.aside}")
    if done.lost:
        write(f"备份之后已知还有 {done.lost} 条记录不在其中，请对照纸质存根核对。")
    told = (done.said_of_numbers, done.said_of_voids, done.said_of_drafts, done.said_of_disk)
    for sentence in told:
        if sentence:
            write(sentence)
    for number in done.numbers_used:
        write(f"编号 {number} 及以前的已经用过，下一张从它之后编号。")
    return DONE


def run_verify(arguments: Namespace) -> int:
    """Verify this counter's ledger, or a file exported from any counter."""
    if arguments.file is None:
        return ledger_commands.run_verify(arguments)
    report = _read(arguments.file)
    write(f"{report.notices} 张通知单，{report.events} 条记录，导出于 {report.at}。")
    write(f"末条编码 {report.head}；台账指纹 {report.fingerprint}，请与该窗口记下的核对。")
    for text in report.faults:
        complain(text)
    if report.faults:
        complain(
            ledger_commands.LedgerFaultyError(
                "文件核对发现不符，不能作为依据；请重新导出一份。"
            ).text
        )
        return REFUSED
    write("文件核对完毕，没有发现不符。")
    return DONE


def run_export(arguments: Namespace) -> int:
    """Write the ledger: a table for ``.csv`` and ``.xlsx``, else for an auditor."""
    if arguments.out.suffix.lower() in TABLE_KINDS:
        return day_commands.run_table(arguments)
    if arguments.to_enter or arguments.first_day or arguments.last_day:
        raise UsageError(
            "审计文件总是整本台账，不能用 --from、--to、--to-enter，没有导出；"
            "要一部分请写成以 .xlsx 或 .csv 结尾的表格。"
        )
    masked = not arguments.reveal
    place = named_destination(arguments, arguments.out, people=True)
    with open_desk(arguments) as desk:
        approval = None if masked else approval_for(desk, EXPORT)
        data = b"".join(desk.register.export_audit(now(), masked=masked, approval=approval))
    write_file(place, data)
    report = audit_reading.read(data.splitlines(keepends=True))
    hidden = "含姓名和证件号码，请妥善保管"
    if masked:
        hidden = "居民姓名和证件号码已遮盖，经办人的姓名照写"
    write(f"已导出 {report.notices} 张、{report.events} 条记录到 {arguments.out}；{hidden}。")
    write(f"末条编码 {report.head}；台账指纹 {report.fingerprint}，请记下，核对时要用。")
    return DONE


def run_clock(arguments: Namespace) -> int:
    """Accept the machine's time although the ledger has a later one."""
    with open_desk(arguments) as desk:
        at = now()
        desk.health.accept_clock(at, arguments.reason, approval_for(desk, CLOCK))
    write(f"已确认电脑时间 {at:%Y-%m-%d %H:%M} 正确，原因已记入台账。")
    return DONE


def _read(path: Path) -> AuditReport:
    try:
        with path.open("rb") as file:
            return audit_reading.read(file)
    except OSError as err:
        raise FileUnreadableError(f"文件“{path}”无法读取，没有核对；请核对路径后重试。") from err
