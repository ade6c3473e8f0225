"""Write and read the data kept beside a rolled draft, as JSON.

It is stored with the draft, in the same file and at the same moment: a draft
without it would no longer know what was carried over and what is still asked.
"""

from __future__ import annotations

from pydantic import TypeAdapter, ValidationError

from medcounter.authoring.rolling.roll_records import RollRecord
from medcounter.errors import MedCounterError

_SEASON = TypeAdapter(RollRecord)


class RollRecordUnreadableError(MedCounterError):
    """草稿旁的沿用记录读不出来，不知道哪些还没有核对；请从历史里取回前一份草稿。"""


def roll_bytes(roll: RollRecord) -> bytes:
    """Write the record of a roll as JSON, UTF-8."""
    return _SEASON.dump_json(roll)


def read_roll(data: bytes) -> RollRecord:
    """Read the record of a roll.

    Raises:
        RollRecordUnreadableError: It was not written by ``roll_bytes``.
    """
    try:
        return _SEASON.validate_json(data)
    except ValidationError as err:
        raise RollRecordUnreadableError from err
