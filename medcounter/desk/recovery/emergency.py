"""Continue service with an emergency ledger while the real one cannot be opened.

Provides a separate data folder whose notices carry another desk number, so
that no number is used twice. The failed ledger is not touched, and no
emergency ledger is created without being asked for.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from medcounter.desk.access import sign_in
from medcounter.desk.access.access_records import LOCKED
from medcounter.desk.access.first_choice import keep_here
from medcounter.desk.folder_kinds import EMERGENCY_MARK, SETTINGS_FILE, emergency_folder
from medcounter.errors import MedCounterError
from medcounter.files import read_bounded, write_durably
from medcounter.settings import load_settings, save_settings
from medcounter.store.folder.data_folder import DataFolder
from medcounter.store.folder.synced_folder import synced_by
from medcounter.store.store_errors import of_system
from medcounter.trust.trust_errors import MAX_PACKAGE_BYTES

if TYPE_CHECKING:
    from medcounter.desk.desk import Desk

_log = logging.getLogger(__name__)


_MARKED = "应急台账：编号不从 1 开始，以免与以前的应急台账重复。\n"
_NO_HALL_RULES = (
    "本厅两位主管自己编制的规则要登录才能用，应急台账里没有：只有这些规则管的地区和年度，"
    "现在查不到规则，不能测算和出单；请到本厅另一个窗口办理，或等原台账修好。"
)


class EmergencyDeskError(MedCounterError):
    """应急台账的窗口号不能和原来的一样，否则编号会重复，没有打开应急台账；请另选一个两位数字。"""


def spare_desk(folder: Path) -> str:
    """Return a number for the emergency desk: its own one in the nineties."""
    settings, _problems = load_settings(folder / SETTINGS_FILE)
    own = f"9{settings.desk[-1:]}"
    return own if own != settings.desk else "89"


def prepare(folder: Path, number: str) -> Path:
    """Make the settings of an emergency desk; one made before is kept.

    Args:
        folder: The data folder whose ledger cannot be opened.
        number: Two digits that no desk of the hall uses.

    Returns:
        The emergency ledger's data folder.

    Raises:
        EmergencyDeskError: The number is the desk's own.
        SettingInvalidError: The number cannot be used.
        SettingsUnsavedError: The disk does not let us.
        StoreError: It does not let us mark the folder.
    """
    settings, _problems = load_settings(folder / SETTINGS_FILE)
    if number == settings.desk:
        raise EmergencyDeskError
    destination = emergency_folder(folder)
    if synced_by(destination):  # where the hall's own ledger lies, and was let in or warned of
        keep_here(destination)
    save_settings(destination / SETTINGS_FILE, replace(settings, desk=number))
    try:
        write_durably(destination / EMERGENCY_MARK, _MARKED.encode())
    except OSError as err:
        raise of_system(err) from err
    return destination


def left_out(folder: Path) -> str:
    """Say what an emergency ledger leaves out; empty for nothing.

    A hall's rules count where people sign in and confirmed their hall; the failed ledger
    alone knows both, and nobody signs in to an emergency ledger.

    Args:
        folder: The data folder whose ledger cannot be opened.
    """
    try:
        signs_in = sign_in.state(folder).kind == LOCKED
    except MedCounterError:
        signs_in = True  # nobody can tell any more
    return _NO_HALL_RULES if signs_in else ""


def bring_rules(desk: Desk, folder: Path, at: datetime) -> bool:
    """Take in the newest signed rules that the other folder kept.

    Args:
        desk: The emergency desk.
        folder: The data folder whose ledger cannot be opened.
        at: Now, with its zone.

    Returns:
        Whether newer rules than the program's own are in use now.
    """
    kept = sorted(DataFolder(folder).bundles.glob("*.json"), key=_written, reverse=True)
    for path in kept:
        with suppress(MedCounterError, OSError):
            plan = desk.rules.planner(read_bounded(path, MAX_PACKAGE_BYTES))()
            if plan.new.revision > desk.rules.state.revision:
                desk.rules.install(plan, at)
                _log.info("rules brought into the emergency ledger")
                return True
    return False


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
