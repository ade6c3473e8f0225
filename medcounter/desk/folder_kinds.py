"""What kind a data folder is, and where a counter's other folders lie.

Answers with paths and from a mark in the folder, never from what the folder
is called. Writes nothing.
"""

from __future__ import annotations

from pathlib import Path

SETTINGS_FILE = "settings.json"
# A folder is one of practice because this lies in it, whatever its name is.
PRACTICE_MARK = "practice.txt"


def is_practice(folder: Path) -> bool:
    """Return whether a data folder is one of practice."""
    return (folder / PRACTICE_MARK).is_file()


def practice_folder(home: Path) -> Path:
    """Name the place where somebody practises, in a counter's own folder."""
    return home / "practice"


def emergency_folder(home: Path) -> Path:
    """Name the place of a counter's emergency ledger, beside its own."""
    return home.with_name(f"{home.name}-emergency")
