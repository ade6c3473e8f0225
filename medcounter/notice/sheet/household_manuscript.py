"""The household's sheet as pieces of markup: a row for each member, one total.

Adds up nothing: all figures are in the HouseholdSheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from medcounter.notice.content.household_sheet import HouseholdSheet
from medcounter.notice.content.merging import SharedSentence
from medcounter.notice.content.number import shown_number
from medcounter.notice.sheet import lower_half
from medcounter.notice.sheet.manuscript import (
    ROW,
    ROW_HEAD,
    SLIM_ROW_GAP_MM,
    SPECIMEN,
    VOID,
    Manuscript,
    Piece,
    across,
    spaced,
)
from medcounter.notice.sheet.paper import Paper
from medcounter.notice.sheet.qr import qr_line
from medcounter.notice.sheet.templates import write

_write = partial(write, "household")


def household_manuscript(sheet: HouseholdSheet, paper: Paper) -> Manuscript:
    """Write a household's sheet for a paper."""
    first = sheet.numbers[0] if sheet.numbers else SPECIMEN
    settled = None if sheet.unsettled else sheet.total
    return Manuscript(
        name=f"全户缴费通知单 {shown_number(first, practice=sheet.practice)}",
        title=f"{sheet.title}，全户 {len(sheet.members)} 人",
        pieces=spaced(tuple(_pieces(sheet, paper)), paper),
        running_head=_write("running_head", sheet),
        foot=lower_half.foot(sheet.stamps, sheet.clauses),
        side=lower_half.side(paper, sheet.check_code, _instead(sheet)),
        across=across(
            practice=sheet.practice,
            specimen=bool(sheet.counted) and not sheet.numbers,
            void=not sheet.counted,
        ),
        counted="人",
        years=tuple(
            (f"{place} {member.name}", member.year)
            for place, member in enumerate(sheet.members, start=1)
            if not member.voided
        ),
        qr=qr_line(sheet.numbers, settled, sheet.pay_by, sheet.check_code, practice=sheet.practice),
    )


def _pieces(sheet: HouseholdSheet, paper: Paper) -> Iterator[Piece]:
    slim = paper.single_column
    form = "slim_" if slim else ""
    yield Piece("head", _write(f"{form}head", sheet))
    yield Piece("household", _write(f"{form}fields", _fields(sheet)), gap_mm=1.2)
    if not slim:
        yield Piece(ROW_HEAD, _write("row_head"), gap_mm=1.2, with_next=True)
    for place, member in enumerate(sheet.members, start=1):
        yield Piece(
            ROW,
            _write(f"{form}row", sheet, place, member),
            gap_mm=SLIM_ROW_GAP_MM if slim else 0.0,
            with_next=place == len(sheet.members),
            amounts=() if member.voided else (member.due,),
        )
    yield Piece("total", _write(f"{form}total", sheet), gap_mm=0.8 if slim else 0.0)
    if sheet.counted:
        yield Piece("pay-by", _write("pay_by", sheet, paper), gap_mm=1.8)
    yield from _notes(sheet, paper)
    yield lower_half.tail(paper, sheet.check_code, _instead(sheet))


def _instead(sheet: HouseholdSheet) -> str:
    """Say why there may be no QR picture."""
    return SPECIMEN if sheet.counted else VOID


def _fields(sheet: HouseholdSheet) -> tuple[tuple[str, str], ...]:
    """Return labels and values; an empty value has no place on the paper."""
    return (
        ("全户人数", f"{len(sheet.counted)} 人"),
        ("参保地", "、".join(sheet.places)),
        ("所在户", sheet.household),
        ("代办人", "、".join(sheet.agents)),
    )


def _notes(sheet: HouseholdSheet, paper: Paper) -> Iterator[Piece]:
    choices = () if paper.brief else sheet.choices
    yield from lower_half.advice(
        *(_sentences(shared) for shared in (sheet.later, choices, sheet.remarks))
    )
    yield from lower_half.clerk_words(_sentences(sheet.clerk_words))
    yield from lower_half.guides(sheet.guides, paper)
    for doubt in sheet.doubts:
        yield lower_half.doubt(doubt.sentence, doubt.marks, paper)
    yield from lower_half.clauses(sheet.clauses, paper)
    yield from lower_half.made_by(sheet.made_by, paper)


def _sentences(shared: Sequence[SharedSentence]) -> tuple[str, ...]:
    return tuple(one.sentence for one in shared)
