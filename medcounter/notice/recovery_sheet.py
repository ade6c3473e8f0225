"""The paper that a recovery key is kept on, in words and lines of groups.

Goes to a printer alone: no ledger and no file ever holds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcounter.notice.manuscript import Manuscript, Piece
from medcounter.notice.typeset import HARD_SPACE, markup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medcounter.notice.paper import Paper

TITLE = "恢复钥匙"
_PROGRAMME = "医保缴费测算台"
_WHAT_FOR = "所有口令都忘了时，用它打开台账。请锁进保险柜；不要拍照，不要存在电脑里。"
_SIGN_TENTHS = (450, 65)


def recovery_manuscript(lines: Sequence[str], paper: Paper) -> Manuscript:
    """Write the sheet of a recovery key.

    Args:
        lines: The key's groups, line by line, as they are read off.
        paper: Gives the air between the pieces.
    """
    key = "<br>".join(markup(line).replace(" ", HARD_SPACE) for line in lines)
    width, height = _SIGN_TENTHS
    blank = f'<img src="notice:line" width="{width}" height="{height}">'
    pieces = (
        Piece("head", f'<p class="hall">{_PROGRAMME}</p>\n<p class="title">{TITLE}</p>'),
        Piece("told", f'<p class="told" align="center">{_WHAT_FOR}</p>', gap_mm=3 * paper.air),
        Piece("key", f'<p class="secret">{key}</p>', gap_mm=8 * paper.air),
        Piece(
            "sign",
            f'<p class="sign" align="center">保管人 {blank}　日期 {blank}</p>',
            gap_mm=10 * paper.air,
        ),
    )
    return Manuscript(
        name=TITLE,
        title=TITLE,
        pieces=pieces,
        running_head="",
        foot=f"{_PROGRAMME}　本页只此一份；丢失时请由主管登录后换新的恢复钥匙。",
    )
