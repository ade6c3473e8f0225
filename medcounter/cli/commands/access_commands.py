"""The commands ``access …``: who may open the ledger of this counter.

Turns sign-in on, adds and removes clerks, replaces a lost secret. The recovery
key is shown once and must be typed back.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from medcounter.cli import signing_in
from medcounter.cli.command import DONE
from medcounter.cli.open_desk import require_ledger
from medcounter.cli.output import write
from medcounter.desk.access import sign_in
from medcounter.desk.access.access_errors import (
    ClerkInvalidError,
    RecoveryUntestedError,
    SignInOffError,
)
from medcounter.desk.access.access_records import ROLE_NAMES
from medcounter.desk.access.sign_in import LOCKED, NEW, SUPERVISOR, NewClerk
from medcounter.desk.desk import Desk
from medcounter.paths import data_dir
from medcounter.trust.trust_errors import SignInNeededError

T = TypeVar("T")
_TRIES = 3
_KINDS = {
    NEW: "还没有选择是否启用登录；拿到这台电脑的磁盘就能读出台账。",
    "open": "已选择不启用登录；拿到这台电脑的磁盘就能读出台账；"
    "每一步都由这台电脑签名，证明不了是谁办的。",
    LOCKED: "已启用登录，台账的密钥用口令加密。",
}


def run_show(arguments: Namespace) -> int:
    """Describe how the ledger is opened and who can sign in."""
    folder = data_dir(arguments.data_dir)
    require_ledger(folder)
    state = sign_in.state(folder)
    write(_KINDS[state.kind])
    for clerk in state.clerks:
        wait = sign_in.wait_seconds(folder, clerk.name)
        waiting = f"  输错太多，要等 {wait} 秒" if wait else ""
        write(f"{ROLE_NAMES[clerk.role]}  {clerk.name}{waiting}")
    for name in state.open_too_much:
        write(
            f"注意：“{name}”的口令是旧版程序设的，仍能读出整本台账；"
            "请其用这一版程序登录一次，或由主管重设口令。"
        )
    return DONE


def run_set_up(arguments: Namespace) -> int:
    """Turn sign-in on with a first supervisor, or choose to go without."""
    folder = data_dir(arguments.data_dir)
    if arguments.open:
        sign_in.choose_open(folder, _now())
        write(_KINDS["open"])
        return DONE
    begun = sign_in.begin(folder)
    name = arguments.clerk or signing_in.ask("主管姓名：")
    first = NewClerk(name, SUPERVISOR, signing_in.new_secret(arguments.secret_file))
    _show_recovery(begun.recovery_text)
    given = _try_back(lambda typed: begun.finish((first,), typed, _now()))
    if arguments.hall and given is not None:
        desk = Desk.open(folder, _now(), who=given)
        try:
            words = desk.hall_office.make_key(begun.recovery_text, _now())
        finally:
            desk.close()
        write(f"已生成本厅的密钥，六个词：{' '.join(words)}")
    write(f"已启用登录，主管“{first.name}”；其他人请用“medcounter access add 姓名”加入。")
    return DONE


def run_add(arguments: Namespace) -> int:
    """Let one more person sign in."""
    with _Opened(arguments) as desk:
        typed = signing_in.new_secret(arguments.new_secret_file)
        desk.access.clerks.add(NewClerk(arguments.name, arguments.role, typed), _now())
    write(f"已加入{ROLE_NAMES[arguments.role]}“{arguments.name}”。")
    return DONE


def run_remove(arguments: Namespace) -> int:
    """Let a person sign in no more."""
    with _Opened(arguments) as desk:
        desk.access.clerks.remove(arguments.name, _now())
    write(f"“{arguments.name}”不能再登录。")
    return DONE


def run_secret(arguments: Namespace) -> int:
    """Give a person another secret."""
    with _Opened(arguments) as desk:
        who = desk.access.who
        own = who is not None and who.name == arguments.name
        present = signing_in.secret(arguments, "现在的口令：") if own else ""
        typed = signing_in.new_secret(arguments.new_secret_file)
        desk.access.clerks.change_secret(arguments.name, typed, _now(), secret=present)
    write(f"“{arguments.name}”的口令已更换。")
    return DONE


def run_recover(arguments: Namespace) -> int:
    """Open by the recovery key and give one person another secret."""
    folder = data_dir(arguments.data_dir)
    if arguments.recovery_file is None:
        text = signing_in.ask("恢复密钥：")
    else:
        text = signing_in.first_line(arguments.recovery_file)
    given = sign_in.recover(folder, text)
    named = sign_in.state(folder).clerks
    name = arguments.clerk or signing_in.ask(
        f"给谁换口令（{'、'.join(clerk.name for clerk in named)}）："
    )
    if name not in {clerk.name for clerk in named}:
        raise ClerkInvalidError(f"没有经办人“{name}”，没有更改；请核对姓名。")
    typed = signing_in.new_secret(arguments.secret_file)
    desk = Desk.open(folder, _now(), who=given)
    try:
        desk.access.clerks.change_secret(name, typed, _now())
    finally:
        desk.close()
    write(f"已用恢复密钥打开，“{name}”的口令已更换。")
    return DONE


def run_renew(arguments: Namespace) -> int:
    """Replace a recovery key whose paper was lost or seen by others."""
    with _Opened(arguments) as desk:
        renewed = desk.access.clerks.begin_recovery()
        _show_recovery(renewed.recovery_text)
        old = _ask_old(desk)
        _try_back(lambda typed: renewed.finish(typed, _now(), old))
    write("新的恢复密钥已启用，旧的从此作废，请销毁。")
    return DONE


class _Opened:
    """The desk of a folder where sign-in is on, opened for one command."""

    def __init__(self, arguments: Namespace) -> None:
        given = signing_in.pass_for(arguments)
        if given is None:
            raise SignInOffError
        self._desk = Desk.open(data_dir(arguments.data_dir), _now(), who=given)

    def __enter__(self) -> Desk:
        return self._desk

    def __exit__(self, *_error: object) -> None:
        self._desk.close()


def _show_recovery(text: str) -> None:
    write("恢复密钥（只显示这一次，请抄写或打印后放进保险柜，不要存在电脑里）：")
    write(text)


def _ask_old(desk: Desk) -> str:
    """Ask for the old recovery key, where the hall's own key is sealed under it."""
    if desk.access.slots.hall is None:
        return ""
    write("本厅的密钥用现在的恢复密钥封存；输入现在的恢复密钥，它就改由新的封存。")
    return signing_in.ask("现在的恢复密钥（丢失或被人看过的不要输入，本厅的密钥随之作废）：")


def _try_back(finish: Callable[[str], T]) -> T | None:
    for left in reversed(range(_TRIES)):
        try:
            return finish(signing_in.ask("请对照纸上的把恢复密钥输入一遍："))
        except RecoveryUntestedError as err:
            if not left:
                raise
            write(err.text)
        except SignInNeededError as err:
            raise RecoveryUntestedError from err
    return None


def _now() -> datetime:
    return datetime.now().astimezone()
