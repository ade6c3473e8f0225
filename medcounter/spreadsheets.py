"""Write spreadsheets that are complete or absent, with text kept as text.

Opens a workbook for others to fill. No part of it ever lies anywhere but
beside its final path.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from xlsxwriter import Workbook

from medcounter.destinations import Destination
from medcounter.files import folder_in_the_making, sync_file

# What one sheet holds, its heading included.
MOST_ROWS = 1_048_576
_PLAIN = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


@contextmanager
def writing_workbook(
    destination: Destination, *, row_by_row: bool, once_made: Callable[[], None] | None = None
) -> Iterator[Workbook]:
    """Return an empty workbook; it gets its name when the block succeeds.

    Args:
        destination: Where it goes.
        row_by_row: Cells come row by row, so that memory does not grow.
        once_made: Called once the file is whole and before it has its name;
            when it raises, there is no file.

    Raises:
        DestinationTakenError: Something has come to lie there meanwhile.
        OSError: The disk is full, broken, read-only or gone.
        XlsxWriterException: The library cannot write what was put in.
    """
    with folder_in_the_making(destination.path.parent) as folder, destination.writing() as made:
        book = Workbook(made, {**_PLAIN, "constant_memory": row_by_row, "tmpdir": str(folder)})
        try:
            yield book
        finally:
            book.close()
        sync_file(made)
        if once_made is not None:
            once_made()
