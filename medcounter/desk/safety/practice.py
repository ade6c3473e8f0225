"""The practice folder: a separate data folder, marked, never the real one.

Nothing in it belongs to the hall: it has its own ledger, numbers, keys and
backups, and may be deleted as a whole.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from medcounter.desk.access import sign_in
from medcounter.desk.access.access_records import NEW
from medcounter.desk.folder_kinds import (
    PRACTICE_MARK,
    SETTINGS_FILE,
    is_practice,
    practice_folder,
)
from medcounter.errors import MedCounterError
from medcounter.files import write_durably
from medcounter.settings import load_settings, save_settings
from medcounter.store.folder.data_folder import DataFolder

_SAID = "这个文件夹里是练习数据，不是真的台账；不练习时可以整个删除。\n"


class PracticeUnreadyError(MedCounterError):
    """练习用的文件夹建不起来，没有进入练习，正式台账不变；请检查磁盘空间和文件夹权限。"""


class PracticePlaceTakenError(MedCounterError):
    """练习用的文件夹里是没有练习标记的台账，没有进入练习，里面没有改动；请先把它移到别处。"""


def prepare(home: Path, at: datetime) -> Path:
    """Make or find the practice folder of a counter, with its present settings.

    Its backups stay in it: no second place is taken over. Nobody signs in to
    it: it holds nobody.

    Args:
        home: The counter's own data folder.
        at: Now, with its zone.

    Returns:
        The folder to open.

    Raises:
        PracticePlaceTakenError: Somebody's real ledger lies there.
        PracticeUnreadyError: The disk does not let us.
    """
    destination = practice_folder(home)
    if not is_practice(destination) and DataFolder(destination).ledger.exists():
        raise PracticePlaceTakenError
    settings, _problems = load_settings(home / SETTINGS_FILE)
    try:
        destination.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_durably(destination / PRACTICE_MARK, _SAID.encode())
        save_settings(destination / SETTINGS_FILE, replace(settings, second_place=""))
        if sign_in.state(destination).kind == NEW:
            sign_in.choose_open(destination, at)
    except (OSError, MedCounterError) as err:
        raise PracticeUnreadyError from err
    return destination
