"""Let a second copy of the program ask the first to come to the front.

Uses a file in a folder of its own: one writes it, the other removes it. Works
the same on every system and blocks nobody.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

_FOLDER = "front"
_CALL = "call"


def front_folder(folder: Path) -> Path:
    """Make and name the folder that the first copy watches.

    Raises:
        OSError: The data folder cannot be written.
    """
    front = folder / _FOLDER
    front.mkdir(mode=0o700, exist_ok=True)
    return front


def call(folder: Path) -> None:
    """Ask whoever has the ledger open to come to the front.

    Raises:
        OSError: The data folder cannot be written.
    """
    (front_folder(folder) / _CALL).touch()


def is_waiting(folder: Path) -> bool:
    """Return whether a call is still waiting."""
    return (folder / _FOLDER / _CALL).exists()


def take(folder: Path) -> bool:
    """Remove a waiting call; return whether there was one."""
    with suppress(OSError):
        (folder / _FOLDER / _CALL).unlink()
        return True
    return False
