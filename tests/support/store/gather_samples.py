"""An exported ledger read whoever's it is, to compare what a gathering makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcounter.gather.ledger_file import LedgerFile, read_file, verified

if TYPE_CHECKING:
    from pathlib import Path


def read_ledger(path: Path) -> LedgerFile:
    """A file's ledger, verified; its refusals are those of the product."""
    return verified(path, read_file(path), lambda _: None)
