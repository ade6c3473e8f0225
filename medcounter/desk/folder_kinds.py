"""The kind of a data folder, and the paths of a counter's other folders.

The kind is decided by a marker in the folder, never by the folder's name.
Writes nothing.
"""

from __future__ import annotations

from pathlib import Path

SETTINGS_FILE = "settings.json"
# A folder is one of practice because this lies in it, whatever its name is.
PRACTICE_MARK = "practice.txt"
# One made beside a ledger that cannot be opened.
EMERGENCY_MARK = "emergency.txt"


def is_practice(folder: Path) -> bool:
    """Return whether a data folder is one of practice."""
    return (folder / PRACTICE_MARK).is_file()


def is_emergency(folder: Path) -> bool:
    """Return whether a data folder is that of an emergency ledger."""
    return (folder / EMERGENCY_MARK).is_file()


def practice_folder(home: Path) -> Path:
    """Name the place where somebody practises, in a counter's own folder."""
    return home / "practice"


def emergency_folder(home: Path) -> Path:
    """Name the place of a counter's emergency ledger, beside its own."""
    return home.with_name(f"{home.name}-emergency")
