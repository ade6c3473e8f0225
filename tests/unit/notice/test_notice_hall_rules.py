"""A notice by rules that a hall made says so under its clauses, once for a household."""

from dataclasses import replace
from datetime import date

import pytest

from medcounter.assess.local_rules import LocalRules, NamedBundle
from medcounter.notice.content.household_sheet import household_sheet
from medcounter.notice.content.notice import Notice, Sheet
from medcounter.notice.content.snapshot import dump, load
from medcounter.notice.sheet.household_manuscript import household_manuscript
from medcounter.notice.sheet.manuscript import Manuscript
from medcounter.notice.sheet.notice_manuscript import notice_manuscript
from medcounter.notice.sheet.paper import A5_LANDSCAPE, ROLL_80, Paper
from tests.support.paper.notice_samples import LATE_0305, notice

OFFICES = NamedBundle("medcounter-rules", 1, "a" * 64)
HALLS = NamedBundle("hall-3f9a21c0", 4, "b" * 64)
MADE = LocalRules("360900", "resident", 2026, 2026, HALLS, "王敏", "李强", date(2026, 11, 29))


def by_hall() -> Notice:
    plain = notice()
    stamp = replace(plain.stamp, bundle=HALLS.bundle, bundles=(OFFICES, HALLS))
    return replace(plain, made_by=MADE.sentence, stamp=stamp)


def test_an_answer_by_a_halls_rules_is_composed_with_the_sentence() -> None:
    answer = replace(LATE_0305, hall_rules=MADE)
    assert notice(answer).made_by == "规则由本厅编制，编制 王敏，复核 李强，2026-11-29。"


def said(written: Manuscript) -> list[str]:
    return [piece.html for piece in written.pieces if piece.kind == "made-by"]


@pytest.mark.parametrize("paper", [A5_LANDSCAPE, ROLL_80])
def test_the_sentence_stands_once_on_the_paper(paper: Paper) -> None:
    (told,) = said(notice_manuscript(Sheet(by_hall()), paper))
    for word in ("规则由本厅编制", "王敏", "李强", "2026-11-29"):
        assert word in told
    both = household_sheet([by_hall(), notice(), by_hall()])
    assert both.made_by == (MADE.sentence,)
    assert len(said(household_manuscript(both, paper))) == 1


def test_by_an_offices_rules_nothing_of_it_is_said_or_stored() -> None:
    assert said(notice_manuscript(Sheet(notice()), A5_LANDSCAPE)) == []
    assert b"made_by" not in dump(notice())
    assert b"bundles" not in dump(notice())


def test_a_stored_notice_by_a_halls_rules_is_read_back() -> None:
    assert load(dump(by_hall())) == by_hall()
