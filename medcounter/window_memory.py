"""What the window remembers by itself: folders gone to, columns chosen.

Nothing anybody decided: what cannot be read or kept is simply not remembered.
"""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from medcounter.errors import MedCounterError
from medcounter.files import read_bounded, write_durably
from medcounter.strict_json import canonical, read_strict

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

WINDOW_FILE = "window.json"
_LARGEST_FILE = 50_000
_MOST = 100
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WindowMemory:
    """What the window of one desk remembers.

    Attributes:
        folders: The folder a kind of file was last saved in or read from.
        ledger_columns: Names of the ledger's columns that were chosen; none
            for as many as have room.
    """

    folders: Mapping[str, str] = field(default_factory=dict)
    ledger_columns: tuple[str, ...] = ()

    def with_folder(self, kind: str, folder: str) -> WindowMemory:
        """Return it with the folder of a kind of file."""
        return replace(self, folders={**self.folders, kind: folder})


def load_window_memory(path: Path) -> WindowMemory:
    """Read what was remembered; nothing where it cannot be read."""
    try:
        kept = read_strict(read_bounded(path, _LARGEST_FILE))
    except (OSError, MedCounterError, ValueError):
        return WindowMemory()
    if not isinstance(kept, dict):
        return WindowMemory()
    folders, columns = kept.get("folders"), kept.get("ledger_columns")
    named = folders.items() if isinstance(folders, dict) else ()
    listed = columns if isinstance(columns, list) else ()
    return WindowMemory(
        {kind: one for kind, one in list(named)[:_MOST] if isinstance(one, str)},
        tuple(one for one in listed[:_MOST] if isinstance(one, str)),
    )


def save_window_memory(path: Path, memory: WindowMemory) -> None:
    """Keep it; where it cannot be kept, the next start asks as the first did."""
    try:
        write_durably(path, canonical(asdict(memory)))
    except (OSError, MedCounterError) as err:
        _log.warning("what the window remembers was not kept: %s", type(err).__name__)
