"""What the window remembers by itself: place, folders, columns, words of lists.

Nothing anybody decided: what cannot be read or kept is simply not remembered.
"""

from __future__ import annotations

import logging
import re
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from medcounter.errors import MedCounterError
from medcounter.files import read_bounded, write_durably
from medcounter.strict_json import canonical, read_strict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

WINDOW_FILE = "window.json"
_LARGEST_FILE = 200_000
_MOST = 100
_PLACE = re.compile(r"(?:[0-9a-f]{2}){1,200}")
_LONG_NUMBER = re.compile(r"[0-9]{6}")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WindowMemory:
    """What the window of one desk remembers.

    Attributes:
        folders: The folder a kind of file was last saved in or read from.
        ledger_columns: Names of the ledger's columns that were chosen; none
            for as many as have room.
        list_columns: Heading of a list to the code of the column it was last
            said to be; the latest is the last.
        list_answers: Question about a list to the code of its last answer.
        place: Where the window stood, as the window writes it; empty for the
            whole screen.
    """

    folders: Mapping[str, str] = field(default_factory=dict)
    ledger_columns: tuple[str, ...] = ()
    list_columns: Mapping[str, str] = field(default_factory=dict)
    list_answers: Mapping[str, str] = field(default_factory=dict)
    place: str = ""

    def with_folder(self, kind: str, folder: str) -> WindowMemory:
        """Return it with the folder of a kind of file."""
        return replace(self, folders={**self.folders, kind: folder})

    def with_list(self, columns: Mapping[str, str], answers: Mapping[str, str]) -> WindowMemory:
        """Return it with what was said of a list, to be offered for the next one like it."""
        return replace(
            self,
            list_columns=_latest(self.list_columns, columns),
            list_answers=_latest(self.list_answers, answers),
        )


def load_window_memory(path: Path) -> WindowMemory:
    """Read what was remembered; nothing where it cannot be read."""
    try:
        kept = read_strict(read_bounded(path, _LARGEST_FILE))
    except (OSError, MedCounterError, ValueError):
        return WindowMemory()
    if not isinstance(kept, dict):
        return WindowMemory()
    columns = kept.get("ledger_columns")
    listed = columns if isinstance(columns, list) else ()
    return WindowMemory(
        _texts(kept.get("folders")),
        tuple(one for one in listed[:_MOST] if isinstance(one, str)),
        _texts(kept.get("list_columns")),
        _texts(kept.get("list_answers")),
        _place(kept.get("place")),
    )


def save_window_memory(path: Path, memory: WindowMemory) -> None:
    """Keep it; where it cannot be kept, the next start asks as the first did."""
    try:
        write_durably(path, canonical(asdict(memory)))
    except (OSError, MedCounterError) as err:
        _log.warning("what the window remembers was not kept: %s", type(err).__name__)


def _texts(kept: object) -> dict[str, str]:
    named = kept.items() if isinstance(kept, dict) else ()
    return {name: one for name, one in list(named)[-_MOST:] if isinstance(one, str)}


def _place(kept: object) -> str:
    is_place = isinstance(kept, str) and _PLACE.fullmatch(kept)
    return str(kept) if is_place else ""


def _latest(before: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """Put what is new behind what was there, and forget the oldest."""
    kept = {name: one for name, one in before.items() if name not in now} | dict(now)
    # A heading with a long number in it may be somebody's row taken for one.
    named = [(name, one) for name, one in kept.items() if not _LONG_NUMBER.search(name)]
    return dict(named[-_MOST:])
