"""The command ``selfcheck``: is everything there, whole and in agreement.

Looks and recomputes; repairs nothing. Without data yet it makes none.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from medcounter.assess.activation import activate
from medcounter.bundle.shipped import open_shipped, release_roots
from medcounter.cli.command import DONE, IN_USE, REFUSED
from medcounter.cli.output import write
from medcounter.cli.signing_in import pass_for
from medcounter.desk.desk import Desk
from medcounter.errors import MedCounterError
from medcounter.paths import data_dir
from medcounter.store.errors import StoreInUseError

Check = Callable[[], str]


class SelfCheckFailedError(MedCounterError):
    """自检发现问题，程序可能算错或丢失数据；请停止出单并联系技术支持。"""


def run_selfcheck(arguments: Namespace) -> int:
    """Run every check that needs no screen and say of each how it went."""
    return run_checks(checks(arguments))


def run_checks(named: Iterable[tuple[str, Check]]) -> int:
    """Run checks in their order; the worst one decides the exit code."""
    worst = DONE
    for name, check in named:
        try:
            write(f"正常  {name}：{check()}")
        except StoreInUseError as err:
            write(f"未查  {name}：{err.text}")
            worst = worst or IN_USE
        except MedCounterError as err:
            write(f"问题  {name}：{err.text}")
            worst = REFUSED
    return worst


def checks(arguments: Namespace) -> Iterator[tuple[str, Check]]:
    """Give each check with its name; the window adds its own."""
    yield "随程序带来的规则", _shipped
    yield "签发单位公钥", _roots
    yield "台账和规则缓存", lambda: _data(arguments)


def _shipped() -> str:
    opened = open_shipped()
    activate(opened.bundle, opened.sha256, signed=True)
    bundle = opened.bundle
    return f"第 {bundle.revision} 版，{len(bundle.examples)} 个算例全部相符"


def _roots() -> str:
    roots = release_roots()
    if not roots.keys:
        return "没有装入，只能使用随程序带来的规则"
    return f"{len(roots.keys)} 把，导入规则需要 {roots.threshold} 个签名"


def _data(arguments: Namespace) -> str:
    folder = data_dir(arguments.data_dir)
    if not folder.exists():
        return f"{folder} 还没有数据，第一次打开窗口时建立"
    desk = Desk.open(folder, datetime.now().astimezone(), who=pass_for(arguments))
    try:
        faults = desk.verify_ledger()
        if faults:
            raise SelfCheckFailedError(f"{faults[0]}（共 {len(faults)} 处）")
        notices = desk.ledger("", 1).total
    finally:
        desk.close()
    return f"{notices} 张通知单，核对无误，规则第 {desk.bundle_state.revision} 版"
