"""Let a second copy of the program ask the first to come to the front.

Each call is a file of its own in a folder of its own: one writes it, the other
removes it. Works the same on every system and blocks nobody.
"""

from __future__ import annotations

import os
import tempfile
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


def call(folder: Path) -> Path:
    """Ask whoever has the ledger open to come to the front.

    Returns:
        The file of this call, which goes once it is taken.

    Raises:
        OSError: The data folder cannot be written.
    """
    handle, name = tempfile.mkstemp(prefix=_CALL, dir=front_folder(folder))
    os.close(handle)
    return Path(name)


def withdraw(called: Path) -> None:
    """Call no longer; another's call stands."""
    with suppress(OSError):
        called.unlink()


def take(folder: Path) -> bool:
    """Remove all waiting calls; return whether there was one."""
    taken = False
    for called in (folder / _FOLDER).glob(f"{_CALL}*"):
        with suppress(OSError):
            called.unlink()
            taken = True
    return taken
