"""Settings that protect data: the ledger's record of them counts.

They are stored in the settings file, which anybody can edit. So each change is
also an event, and a file that disagrees with the ledger is not believed.
Reads no clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from medcounter.settings import CHECKS, Settings, load_settings
from medcounter.store.db.ledger_schema import SETTINGS
from medcounter.store.journal.journal import NewEvent
from medcounter.store.opening.store import Store

# What guards the counter, as it is called in every sentence about it.
GUARDS: Mapping[str, str] = {
    "lock_minutes": "自动锁屏的时间",
    "whole_id": "单据上证件号码是否写全",
    "list_words": "名单说法",
    "desk": "窗口号",
}
_USUAL = Settings()


def are_changed(one: Settings, other: Settings) -> bool:
    """Return whether what guards the counter differs."""
    return any(getattr(one, name) != getattr(other, name) for name in GUARDS)


def load(path: Path, store: Store) -> tuple[Settings, tuple[str, ...]]:
    """Give the settings of a file with what guards the counter as the ledger has it.

    A ledger that says nothing of them, of an older program too, takes the
    stricter of the file's value and the usual one, and goes on with the desk of its
    last notice: another desk's number would be given twice.

    Returns:
        The settings, and sentences about what could not be read and what the
        ledger says otherwise.

    Raises:
        StoreError: The ledger failed.
    """
    typed, problems = load_settings(path)
    guarded = {"desk": store.ledger.last_desk(), **store.last_believed(SETTINGS)}
    values: dict[str, Any] = {name: _held(name, typed, guarded) for name in GUARDS}
    held = replace(typed, **values)
    names = [called for name, called in GUARDS.items() if values[name] != getattr(typed, name)]
    if not names:
        return held, problems
    text = (
        f"设置文件里{'、'.join(names)}与台账里记下的不同，没有采用，仍按台账里的；"
        "要改的，请主管在“设置”里改。"
    )
    return held, (*problems, text)


def keep(settings: Settings, store: Store, at: datetime, clerk: str) -> None:
    """Keep in the ledger what guards the counter from now on.

    Args:
        settings: The new ones.
        store: Holds the ledger.
        at: When, with its zone.
        clerk: Who changes them.

    Raises:
        StoreError: It was not kept.
    """
    detail = {name: getattr(settings, name) for name in GUARDS}
    store.note(NewEvent(SETTINGS, at, clerk, detail=detail))


def _held(name: str, typed: Settings, guarded: Mapping[str, object]) -> object:
    usual, value = getattr(_USUAL, name), guarded.get(name)
    if isinstance(value, list):
        value = tuple(value)
    if type(value) is type(usual) and CHECKS[name].holds(value):
        return value
    if name == "desk":
        return typed.desk
    if name == "lock_minutes":
        # 0 never locks.
        return typed.lock_minutes if 0 < typed.lock_minutes <= _USUAL.lock_minutes else usual
    return usual
