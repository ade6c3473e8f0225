"""What other rules under a draft change, told of its sample residents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.live.draft_rules import DraftRules, InheritedRules
from medcounter.authoring.live.row_outcome import RowOutcome, changed_columns, row_outcome
from medcounter.authoring.live.sample_table import SampleRow

_COLUMNS = (
    ("period", "时段"),
    ("pays", "应缴"),
    ("waits", "等待期"),
    ("covered", "享受待遇"),
)
_OTHERS = "激励、提示或存疑不同"
_NOT_READ = "没有答案"


def base_changes(
    document: PlaceDocument, before: bytes, rows: Iterable[SampleRow]
) -> tuple[str, ...]:
    """Say who of the sample residents comes out otherwise, and how.

    Args:
        document: The draft.
        before: Payload of the rules that it was written over.
        rows: Its sample residents over the rules that lie under it now.
    """
    book = DraftRules.of(document, InheritedRules.of(before, document)).book
    return tuple(_changes(book, rows))


def _changes(book: RuleBook | None, rows: Iterable[SampleRow]) -> Iterator[str]:
    for row in rows:
        then = None if book is None else row_outcome(row.facts, book)
        if then is None or changed_columns(row.now, then):
            who = f"{row.person}，{row.facts.payment_date} 缴"
            yield f"{who}：{_change_words(then, row.now)}"


def _change_words(then: RowOutcome | None, now: RowOutcome) -> str:
    found = [
        f"{label} {_shown(then, column)} → {_shown(now, column)}"
        for column, label in _COLUMNS
        if _shown(then, column) != _shown(now, column)
    ]
    return "；".join(found) or _OTHERS


def _shown(outcome: RowOutcome | None, column: str) -> str:
    return _NOT_READ if outcome is None else getattr(outcome, column)
