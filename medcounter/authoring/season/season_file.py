"""Write and read the data kept beside a rolled draft, as JSON.

It is stored with the draft, in the same file and at the same moment: a draft
without it would no longer know what was carried over and what is still asked.
"""

from __future__ import annotations

from pydantic import TypeAdapter, ValidationError

from medcounter.authoring.season.season_records import RolledSeason
from medcounter.errors import MedCounterError

_SEASON = TypeAdapter(RolledSeason)


class SeasonUnreadableError(MedCounterError):
    """草稿旁的沿用记录读不出来，不知道哪些还没有核对；请从历史里取回前一份草稿。"""


def season_bytes(season: RolledSeason) -> bytes:
    """Write a season as JSON, UTF-8."""
    return _SEASON.dump_json(season)


def read_season(data: bytes) -> RolledSeason:
    """Read a season.

    Raises:
        SeasonUnreadableError: It was not written by ``season_bytes``.
    """
    try:
        return _SEASON.validate_json(data)
    except ValidationError as err:
        raise SeasonUnreadableError from err
