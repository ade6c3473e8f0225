"""The sheet a recovery key is printed on: words and lines of groups.

Goes to a printer only: no ledger and no file ever holds it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from medcounter.notice.sheet.manuscript import Manuscript, Piece
from medcounter.notice.sheet.templates import write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medcounter.notice.sheet.paper import Paper

TITLE = "恢复密钥"
_write = partial(write, "recovery")


def recovery_manuscript(lines: Sequence[str], paper: Paper) -> Manuscript:
    """Write the sheet of a recovery key.

    Args:
        lines: The key's groups, line by line, as they are read off.
        paper: Gives the air between the pieces.
    """
    pieces = (
        Piece("head", _write("head", TITLE)),
        Piece("told", _write("told"), gap_mm=3 * paper.air),
        Piece("key", _write("key", lines), gap_mm=8 * paper.air),
        Piece("sign", _write("sign"), gap_mm=10 * paper.air),
    )
    return Manuscript(TITLE, TITLE, pieces, running_head="", foot=_write("foot"))
