"""Information about cells that the reading library does not report.

Formula errors, formulas that were never calculated, struck-through cells, and
merged cells in ods. Part of the reader process. The kind of file is recognised
by content; for xlsb nothing is known.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from medcounter.roster.tables import unsaid_ods, unsaid_xls, unsaid_xlsx
from medcounter.roster.tables.unsaid_cells import Formulas, Lost, Merged, Struck

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True, slots=True)
class Unsaid:
    """What is known about the cells of one sheet.

    Attributes:
        lost: Row from 1 to its columns from 0 that have no value though they
            are not empty, with the error that is shown; an empty one for a
            formula that was never worked out.
        struck: Row from 1 to its columns whose text is struck through.
        merged: First and last cell of what is merged; only where the reading
            library does not know it.
        formulas: Row from 1 to its columns that hold a formula; known of xlsx.
    """

    lost: Lost = field(default_factory=dict)
    struck: Struck = field(default_factory=dict)
    merged: Merged = ()
    formulas: Formulas = field(default_factory=dict)


def unsaid(path: Path, sheet: str, place: int) -> Unsaid:
    """Read what is known of a sheet; nothing of a file that is broken.

    Args:
        path: The table.
        sheet: Its name.
        place: Which one it is, from 0.
    """
    try:
        with path.open("rb") as file:
            start = file.read(len(_OLD_OFFICE))
        if start == _OLD_OFFICE:
            return Unsaid(*unsaid_xls.read(path.read_bytes(), place))
        with zipfile.ZipFile(path) as packed:
            names = packed.namelist()
            if "xl/workbook.xml" in names:
                lost, struck, formulas = unsaid_xlsx.read(packed, sheet)
                return Unsaid(lost, struck, formulas=formulas)
            if "content.xml" in names:
                return Unsaid(*unsaid_ods.read(packed, sheet))
    # What is broken, the reading library says.
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError, RuntimeError):
        return Unsaid()
    return Unsaid()
