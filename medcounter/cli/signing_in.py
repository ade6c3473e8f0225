"""Sign in on the command line: on a terminal, or from a file.

A secret is never an argument, where every user of the machine could read it.
After too many wrong tries, this waits until another one is allowed.
"""

from __future__ import annotations

import getpass
import sys
import time
from argparse import Namespace
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from medcounter.cli.output import complain
from medcounter.desk.access import sign_in as access
from medcounter.desk.access.sign_in import LOCKED, SUPERVISOR, Approval, Credential
from medcounter.desk.desk import Desk
from medcounter.desk.recovery.rescue_keys import locked_for
from medcounter.errors import MedCounterError
from medcounter.files import FileTooLargeError, read_bounded
from medcounter.paths import data_dir
from medcounter.trust.trust_errors import KeySlotError, SignInNeededError

_LARGEST_SECRET = 10_000
SIGNING_PROMPT = "签名前请再输一次您的口令："


class SecretFileError(MedCounterError):
    """口令文件无法读取，没有登录；请核对路径，文件里只写一行口令。"""


class SecretsDifferError(MedCounterError):
    """两次输入的口令不同，没有保存；请重新输入。"""


def pass_for(arguments: Namespace) -> Credential | None:
    """Let the person at the command in, where sign-in is on.

    Raises:
        SignInRefusedError: The name or secret is wrong.
        SignInNeededError: Nobody can be asked and no file was named.
    """
    folder = data_dir(arguments.data_dir)
    try:
        locked = access.state(folder).kind == LOCKED
    except (KeySlotError, OSError):  # opening says it, and names a backup
        return None
    return sign_in(arguments, folder) if locked else None


def sign_in(
    arguments: Namespace,
    folder: Path,
    beside: Path | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> Credential:
    """Sign in by what the command names, and ask for what it does not.

    Args:
        arguments: May name ``clerk``, ``secret_file`` and ``recovery_file``.
        folder: The data folder.
        beside: Folder of a backup with key slots of its own.
        pause: Waits so many seconds.

    Raises:
        SignInRefusedError: The name or secret is wrong.
        SignInNeededError: Nobody can be asked and no file was named.
        SecretFileError: A file cannot be read.
    """
    if beside is not None:
        complain(f"下面登录的是“{beside}”里的密钥文件。")
    if (file := getattr(arguments, "recovery_file", None)) is not None:
        return access.recover(folder, first_line(file), beside=beside)
    name = getattr(arguments, "clerk", None) or ask("经办人姓名（不填即用恢复密钥）：")
    if not name:
        return access.recover(folder, ask("恢复密钥："), beside=beside)
    wait = access.wait_seconds(folder, name) if beside is None else 0
    if wait:
        complain(f"输错次数太多，请等 {wait} 秒……")
        pause(wait)
    return access.sign_in(folder, name, secret(arguments), beside=beside)


def credentials_for(arguments: Namespace, folder: Path, backup: str) -> tuple[Credential, ...]:
    """Let the person in wherever a backup's key is locked away.

    Raises:
        SignInRefusedError: The name or secret is wrong.
        SignInNeededError: Nobody can be asked and no file was named.
        BackupUnknownError: There is no such backup.
    """
    credentials: tuple[Credential, ...] = ()
    while (locked := locked_for(folder, backup, credentials)) is not None:
        beside = None if locked == folder else locked
        credentials = (*credentials, sign_in(arguments, folder, beside))
    return credentials


def approval_for(desk: Desk, act: str) -> Approval | None:
    """Ask a supervisor to agree, where somebody else signed in.

    Raises:
        SupervisorNeededError: It is no supervisor, or nobody can be asked.
    """
    who = desk.access.who
    if who is None or who.role == SUPERVISOR or not sys.stdin or not sys.stdin.isatty():
        return None
    name = ask("这一步要主管同意。主管姓名：")
    return desk.access.approve(
        name, getpass.getpass("主管口令："), act, datetime.now().astimezone()
    )


def secret(arguments: Namespace, prompt: str = "口令：") -> str:
    """Return a secret from the named file, else ask for it.

    Raises:
        SecretFileError: The file cannot be read.
        SignInNeededError: Nobody can be asked.
    """
    if (file := getattr(arguments, "secret_file", None)) is not None:
        return first_line(file)
    _require_terminal()
    return getpass.getpass(prompt)


def new_secret(file: Path | None) -> str:
    """Return a new secret from a file, else ask for it twice.

    Raises:
        SecretFileError: The file cannot be read.
        SecretsDifferError: Two different ones were typed.
        SignInNeededError: Nobody can be asked.
    """
    if file is not None:
        return first_line(file)
    _require_terminal()
    typed = getpass.getpass("新口令：")
    if typed != getpass.getpass("再输一次："):
        raise SecretsDifferError
    return typed


def first_line(path: Path) -> str:
    """Return the first line of a file.

    Raises:
        SecretFileError: It cannot be read as text.
    """
    try:
        lines = read_bounded(path, _LARGEST_SECRET, pipes=True).decode("utf-8-sig").splitlines()
    except (OSError, FileTooLargeError, UnicodeDecodeError) as err:
        raise SecretFileError(
            f"文件“{path}”无法读取，没有登录；请核对路径，文件里只写一行。"
        ) from err
    return lines[0] if lines else ""


def ask(prompt: str) -> str:
    """Ask for a line that anyone may see; the answer's end is taken off.

    Raises:
        SignInNeededError: Nobody can be asked.
    """
    if sys.stdin is None:
        raise _nobody_asked()
    complain(prompt)
    line = sys.stdin.readline()
    if not line:
        raise _nobody_asked()
    return line.strip()


def _require_terminal() -> None:
    if sys.stdin is None or not sys.stdin.isatty():
        raise _nobody_asked()


def _nobody_asked() -> SignInNeededError:
    return SignInNeededError(
        "台账要登录后才能打开，这里又不能输入口令；"
        "请用 --clerk 姓名 --secret-file 口令文件，或用 --recovery-file 恢复密钥文件。"
    )
