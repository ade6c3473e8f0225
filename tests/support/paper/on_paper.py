"""What stands on a sheet, as one text: what tests of papers look into."""

from __future__ import annotations

from medcounter.notice.content.notice import Notice, Sheet
from medcounter.notice.sheet.manuscript import Manuscript, foot_line, page_line
from medcounter.notice.sheet.notice_manuscript import notice_manuscript
from medcounter.notice.sheet.paper import A5_LANDSCAPE, Paper


def markup_of(written: Manuscript, paper: Paper) -> str:
    """All markup of a manuscript of one page, from top to bottom."""
    foot = foot_line(written.foot, paper, page_line(1, 1))
    return "\n".join((*(piece.html for piece in written.pieces), written.side, foot))


def notice_markup(notice: Notice, print_no: int = 1, *, voided: bool = False) -> str:
    """All markup of a notice on A5."""
    written = notice_manuscript(Sheet(notice, print_no, voided=voided), A5_LANDSCAPE)
    return markup_of(written, A5_LANDSCAPE)
