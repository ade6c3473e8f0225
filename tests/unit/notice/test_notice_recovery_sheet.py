"""The paper of a recovery key: its groups in lines, what it is for, who keeps it."""

from __future__ import annotations

import re

from medcounter.notice.sheet.paper import A5_LANDSCAPE
from medcounter.notice.sheet.recovery_sheet import recovery_manuscript

LINES = ("ABCD1  ABCD2", "ABC<3")


def test_the_key_stands_line_by_line_and_no_group_is_broken_or_taken_for_markup() -> None:
    written = recovery_manuscript(LINES, A5_LANDSCAPE)
    (key,) = [piece.html for piece in written.pieces if piece.kind == "key"]
    assert re.findall(r"ABCD1[^<]*ABCD2<br>ABC&lt;3", key)
    assert " " not in re.sub(r"<[^>]+>", "", key)


def test_it_says_what_it_is_for_and_names_no_person() -> None:
    written = recovery_manuscript(LINES, A5_LANDSCAPE)
    told = "".join(piece.html for piece in written.pieces)
    for words in ("恢复密钥", "请锁进保险柜", "不要拍照", "保管人", "日期"):
        assert words in told, words
    assert written.name == "恢复密钥"
    assert "只此一份" in written.foot
