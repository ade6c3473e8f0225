"""The lower half of a sheet: notes, places to pay, sources.

Shared by a notice and a household's sheet. On wide paper the notes leave the
right side free for the QR code, except those on what to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby

from markupsafe import Markup

from medcounter.assess.assessment import Stamp
from medcounter.notice.content.notice import Clause, Guide
from medcounter.notice.sheet.manuscript import SPECIMEN, Piece
from medcounter.notice.sheet.paper import Paper
from medcounter.notice.sheet.templates import write

_notes = partial(write, "notes")
# Fields 14 and 15 of the notice; the rest goes where there is room.
_ON_EVERY_PAPER = ("channel", "document")
# One paragraph saves lines; many in one could not go on over a page's end.
_REMARKS_TOGETHER = 4
_GAP_MM = 0.5
_TAIL_GAP_MM = 1.5


def advice(later: Sequence[str], choices: Sequence[str], remarks: Sequence[str]) -> Iterator[Piece]:
    """Write what paying later changes, what can be chosen, what to mind."""
    if later:
        yield Piece("later", _notes("later", later), _GAP_MM)
    if choices:
        yield Piece("choices", _notes("advice", "可以选择", choices), _GAP_MM)
    for start in range(0, len(remarks), _REMARKS_TOGETHER):
        some = remarks[start : start + _REMARKS_TOGETHER]
        yield Piece("remarks", _notes("advice", "请注意", some), _GAP_MM)


def clerk_words(sentences: Iterable[str]) -> Iterator[Piece]:
    """Write what the clerk added, marked as the clerk's own words."""
    for sentence in sentences:
        yield Piece("clerk-words", _notes("advice", "经办人附言", (sentence,)), _GAP_MM)


def guides(given: Sequence[Guide], paper: Paper) -> Iterator[Piece]:
    """Write where to pay and what to bring, as much as the paper takes."""
    for guide in given:
        if paper.full or guide.kind in _ON_EVERY_PAPER:
            for html in _guide(guide, paper):
                yield _beside(guide.kind, html, paper)


def doubt(text: str, status: str, paper: Paper) -> Piece:
    """Write a doubt and how it stands."""
    return _beside("doubt", _notes("doubt", text, status), paper)


def clauses(given: Sequence[Clause], paper: Paper) -> Iterator[Piece]:
    """Write the clauses with their numbers; nothing when there are none."""
    if given:
        sources = [(title, tuple(same)) for title, same in groupby(given, lambda one: one.title)]
        yield _beside("clauses", _notes("clauses", sources), paper)


def made_by(sentences: Sequence[str], paper: Paper) -> Iterator[Piece]:
    """Write whose rules they are where a hall made them."""
    for sentence in sentences:
        yield _beside("made-by", _notes("made_by", sentence), paper)


def tail(paper: Paper, check_code: str | None, instead: str = SPECIMEN) -> Piece:
    """Write the box for the office's stamp and the lines to sign.

    Args:
        paper: A slim one has the QR picture here too.
        check_code: Under the picture; None for what has no picture.
        instead: What such a paper is called there.
    """
    if paper.single_column:
        return Piece("tail", write("notice_slim", "tail", paper, check_code, instead), _TAIL_GAP_MM)
    return Piece("tail", _notes("tail", paper), _TAIL_GAP_MM, at_bottom=True, narrow=True)


def side(paper: Paper, check_code: str | None, instead: str = SPECIMEN) -> str:
    """Write the QR picture with the check code under it; empty on a slim paper."""
    return "" if paper.single_column else _notes("side", check_code, instead)


def foot(stamps: Sequence[Stamp], given: Sequence[Clause]) -> Markup:
    """Write what the paper is not, and which rules and clauses it rests on."""
    ends = [clause.mark for clause in (*given[:1], *given[-1:])]
    return _notes("foot", stamps, "至".join(dict.fromkeys(ends)))


def _guide(guide: Guide, paper: Paper) -> Iterator[str]:
    if not paper.full or not any(entry.text for entry in guide.entries):
        yield _notes("guide", guide)
        return
    first, *rest = guide.entries
    yield _notes("guide_head", guide, first)
    for entry in rest:
        yield _notes("step", entry)


def _beside(kind: str, html: str, paper: Paper) -> Piece:
    return Piece(kind, html, _GAP_MM, narrow=not paper.single_column)
