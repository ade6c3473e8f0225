"""The command ``selfcheck``: is everything present, intact and consistent?

Reports the same findings as the window's page, except those about the screen.
Repairs nothing, and creates no data folder where there is none.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from medcounter.bundle.shipped import open_shipped, release_roots
from medcounter.bundle.signed_package import prove_payload
from medcounter.cli.command import DONE, IN_USE, REFUSED
from medcounter.cli.open_desk import holds_ledger, require_ledger
from medcounter.cli.output import write
from medcounter.cli.signing_in import pass_for
from medcounter.desk.desk import Desk
from medcounter.desk.recovery.selfcheck import (
    GOOD,
    PROBLEM,
    TONE_WORDS,
    CheckFinding,
    desk_findings,
    ledger_findings,
    shown_folder,
)
from medcounter.errors import MedCounterError
from medcounter.paths import data_dir
from medcounter.store.store_errors import StoreInUseError
from medcounter.version import program_version

CheckSteps = Callable[[], Iterable[CheckFinding | None]]


def run_selfcheck(arguments: Namespace) -> int:
    """Run every check that needs no screen and say of each how it went."""
    return run_checks(checks(arguments))


def run_checks(named: Iterable[tuple[str, CheckSteps]]) -> int:
    """Run checks in their order; the worst finding decides the exit code."""
    worst = DONE
    for name, check in named:
        try:
            for finding in check():
                if finding is None:
                    continue
                write(f"{TONE_WORDS[finding.tone]}  {finding.name}：{finding.text}")
                if finding.tone == PROBLEM:
                    worst = REFUSED
        except StoreInUseError as err:
            write(f"未查  {name}：{err.text}")
            worst = worst or IN_USE
        except MedCounterError as err:
            write(f"{TONE_WORDS[PROBLEM]}  {name}：{err.text}")
            worst = REFUSED
    return worst


def checks(arguments: Namespace) -> Iterator[tuple[str, CheckSteps]]:
    """Yield each check with the name that stands for it when it fails."""
    yield "随程序带来的规则", _shipped
    yield "签发单位公钥", _roots
    yield "台账和规则缓存", lambda: _data(arguments)


def _shipped() -> Iterator[CheckFinding]:
    opened = open_shipped()
    prove_payload(opened.payload)
    bundle = opened.bundle
    sentence = f"第 {bundle.revision} 版，{len(bundle.examples)} 个算例全部相符。"
    yield CheckFinding("随程序带来的规则", GOOD, sentence)


def _roots() -> Iterator[CheckFinding]:
    roots = release_roots()
    sentence = f"{len(roots.keys)} 把，导入规则需要 {roots.threshold} 个签名。"
    if not roots.keys:
        sentence = "没有装入，只能使用随程序带来的规则。"
    yield CheckFinding("签发单位公钥", GOOD, sentence)


def _data(arguments: Namespace) -> Iterator[CheckFinding | None]:
    folder = data_dir(arguments.data_dir)
    if not holds_ledger(folder):
        if arguments.data_dir is not None or (folder.exists() and not folder.is_dir()):
            require_ledger(folder)
        sentence = f"“{shown_folder(folder)}”还没有数据，第一次打开窗口时建立。"
        yield CheckFinding("数据文件夹", GOOD, sentence)
        return
    at = datetime.now().astimezone()
    desk = Desk.open(folder, at, who=pass_for(arguments))
    try:
        yield from desk_findings(desk, folder, program_version(), at)
        yield from ledger_findings(desk, at.date())
    finally:
        desk.close()
