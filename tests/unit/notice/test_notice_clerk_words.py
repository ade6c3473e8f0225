"""What a clerk added stands on the paper, marked as the clerk's, once for a household."""

from __future__ import annotations

from dataclasses import replace

import pytest

from medcounter.notice.content.household_sheet import household_sheet
from medcounter.notice.content.notice import Notice, Party, Sheet
from medcounter.notice.content.snapshot import dump, load
from medcounter.notice.sheet.household_manuscript import household_manuscript
from medcounter.notice.sheet.manuscript import Manuscript
from medcounter.notice.sheet.notice_manuscript import notice_manuscript
from medcounter.notice.sheet.paper import A5_LANDSCAPE, ROLL_80, Paper
from tests.support.paper.notice_samples import PARTY, notice


def with_words(words: str, name: str = PARTY.name) -> Notice:
    return replace(notice(party=Party(name, PARTY.id_number)), clerk_words=words)


def said(written: Manuscript) -> list[str]:
    return [piece.html for piece in written.pieces if piece.kind == "clerk-words"]


@pytest.mark.parametrize("paper", [A5_LANDSCAPE, ROLL_80])
def test_the_words_stand_once_and_are_marked_as_the_clerks(paper: Paper) -> None:
    (told,) = said(notice_manuscript(Sheet(with_words("三日内缴费<b>。")), paper))
    assert "经办人附言" in told
    assert "三日内缴费&lt;b&gt;。" in told


def test_a_household_is_told_once_what_all_are_told_and_by_name_what_some_are() -> None:
    same = household_sheet([with_words("请带户口簿。"), with_words("请带户口簿。", "吴梅")])
    (told,) = said(household_manuscript(same, A5_LANDSCAPE))
    assert "【" not in told
    some = household_sheet([with_words(""), with_words("请带户口簿。", "吴梅")])
    (told,) = said(household_manuscript(some, A5_LANDSCAPE))
    assert "【吴梅】请带户口簿。" in told


def test_without_words_nothing_is_said_or_stored() -> None:
    assert said(notice_manuscript(Sheet(notice()), A5_LANDSCAPE)) == []
    assert b"clerk_words" not in dump(notice())


def test_stored_words_are_read_back() -> None:
    assert load(dump(with_words("请带户口簿。"))) == with_words("请带户口簿。")
