"""The one form in which the row of a notice is written.

Tells whether a row has it; that its number is the next, the order of rows tells.
Whoever holds the key can write a row under its right code that no reader expects. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from medcounter.store.journal import event_forms
from medcounter.store.journal.sealed_rows import COLUMNS
from medcounter.strict_json import MAX_INTEGER_DIGITS, StrictJsonError, read_strict

# A file for auditors takes no longer number.
_LIMIT = 10**MAX_INTEGER_DIGITS


def fits(row: Sequence[object]) -> bool:
    """Return whether a notice's row, in the order of ``COLUMNS``, has its form."""
    said = dict(zip(COLUMNS, row, strict=True))
    total, ends = said["total"], (said["coverage_start"], said["coverage_end"])
    return (
        isinstance(said["issued_at"], str)
        and event_forms.is_time(said["issued_at"])
        and (total is None or _is_count(total))
        and (ends == (None, None) or all(map(event_forms.is_day, ends)))
        and _is_count(said["revision"])
        and isinstance(_read(str(said["facts"])), dict)
        and not isinstance(_parts(str(said["breakdown"])), int | str)
    )


def _is_count(value: object) -> bool:
    return isinstance(value, int) and 0 <= value < _LIMIT


def _read(text: str) -> object:
    try:
        return read_strict(text.encode())
    except StrictJsonError:
        return ""


@lru_cache(maxsize=256)  # many pay the same
def _parts(text: str) -> object:
    return _read(text)
