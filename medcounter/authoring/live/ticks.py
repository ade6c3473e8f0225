"""Ticks: rows compared with the announcement become the draft's examples.

A tick lives in the document and nowhere else. Where a ticked row comes out
otherwise later, its example fails and the row is no longer ticked. An example that
the author wrote is no tick, and no tick touches it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from medcounter.assess.contract import facts_json
from medcounter.assess.explain.doubts import touches
from medcounter.assess.facts import RESIDENT, Facts
from medcounter.authoring.document.document_path import Json
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.live.draft_rules import DraftRules
from medcounter.authoring.live.row_outcome import (
    COLUMNS,
    INCOMPLETE,
    RowOutcome,
    expected,
    settled,
)
from medcounter.authoring.live.sample_table import (
    RowKind,
    SampleRow,
    example_id,
    examples_of,
    row_id,
)
from medcounter.authoring.live.stand_ins import STAND_IN
from medcounter.errors import MedCounterError
from medcounter.json_path import JsonPath
from medcounter.wording.difference_words import field_word, outcome_word

EXAMPLES = "examples"
_DERIVED = "derived"
# What an example goes on saying when its row is ticked again.
_KEPT = ("id", "facts", "basis", "source")
_SHOWN = frozenset(field for fields in COLUMNS.values() for field in fields)


class RowWithoutAnswerError(MedCounterError):
    """这一行还没有唯一的结果，不能打勾；请先把规则补齐，再与公告核对。"""


class OwnExampleError(MedCounterError):
    """这一行是自己写的算例，不在这里打勾，也没有动它；要改、要删，请到“算例”一节。"""


class TickState(StrEnum):
    """Whether a row was compared with the announcement, or is an example by hand."""

    OPEN = "open"
    TICKED = "ticked"
    CHANGED = "changed"
    OWN = "own"
    OWN_FAILS = "own-fails"


# By whether a tick made the example: the state while it holds, and once it fails.
_STATES = {
    True: (TickState.TICKED, TickState.CHANGED),
    False: (TickState.OWN, TickState.OWN_FAILS),
}


@dataclass(frozen=True, slots=True)
class TickMark:
    """The tick of one row.

    Attributes:
        path: Of its example in the document; empty where there is none.
        differs: What came out otherwise than when it was ticked, or than the
            author expects, in Chinese, one sentence a field.
    """

    state: TickState
    path: JsonPath = ()
    differs: tuple[str, ...] = ()


def tick_marks(draft: DraftRules, rows: Iterable[SampleRow]) -> dict[str, TickMark]:
    """Return the ticks by row id."""
    made, own = _by_row(draft)
    marks = {}
    for row in rows:
        number = made.get(row.id, own.get(row.id))
        if number is None:
            marks[row.id] = TickMark(TickState.OPEN)
            continue
        path = (EXAMPLES, number)
        differs = tuple(_differences(draft.document.at(path), row.now))
        holds, fails = _STATES[row.id in made]
        marks[row.id] = TickMark(fails if differs else holds, path, differs)
    return marks


def own_rows(draft: DraftRules) -> frozenset[str]:
    """Name the rows that are examples by hand, and not ticked besides."""
    made, own = _by_row(draft)
    return frozenset(own.keys() - made.keys())


def ticked(draft: DraftRules, rows: Iterable[SampleRow]) -> PlaceDocument:
    """Return the document with rows as examples; one that was ticked is told anew.

    A row that is an example by hand stays as it is written.

    Raises:
        RowWithoutAnswerError: Rules contradict themselves, or lack an answer, for a row.
    """
    document = draft.document
    examples = list(document.content.get(EXAMPLES) or [])
    made, own = _by_row(draft)
    for row in rows:
        number = made.get(row.id)
        if number is None and row.id in own:
            continue
        if row.now.refused == INCOMPLETE:
            raise RowWithoutAnswerError
        if number is None:
            examples.append(example_of(row, draft))
        else:
            known = examples[number]
            kept = {key: known[key] for key in _KEPT if key in known}
            examples[number] = {**example_of(row, draft), **kept}
    return document.replaced((EXAMPLES,), examples)


def unticked(draft: DraftRules, row_ids: Iterable[str]) -> PlaceDocument:
    """Return the document without what ticks of rows made; the author's own stay."""
    made, _ = _by_row(draft)
    numbers = {made[one] for one in row_ids if one in made}
    kept = [
        one
        for number, one in enumerate(draft.document.content.get(EXAMPLES) or [])
        if number not in numbers
    ]
    return draft.document.replaced((EXAMPLES,), kept)


def _by_row(draft: DraftRules) -> tuple[dict[str, int], dict[str, int]]:
    """Return the examples that ticks made and those by hand, by row."""
    made: dict[str, int] = {}
    own: dict[str, int] = {}
    for one in examples_of(draft):
        by_row = own if one.kind is RowKind.EXAMPLE else made
        by_row[row_id(one.facts)] = one.number
    return made, own


def example_of(row: SampleRow, draft: DraftRules) -> dict[str, Json]:
    """Write a row as an example."""
    example: dict[str, Json] = {
        "id": example_id(row.kind, row.facts),
        "facts": _facts(row.facts),
        "expect": expected(row.now),
    }
    doubtful = sorted({doubt.field for doubt in row.now.doubts})
    if not row.now.refused:
        example |= {"doubts": doubtful} if doubtful else {}
        example["settled"] = settled(row.now)
    return {**example, "basis": _DERIVED, "source": _source(row, draft)}


def _facts(facts: Facts) -> dict[str, Json]:
    """Write facts without what says nothing."""
    written = {key: value for key, value in facts_json(facts).items() if value not in ([], {}, 0)}
    if facts.insured_years is not None:
        written["insured_years"] = list(facts.insured_years)
    if facts.scheme == RESIDENT:
        del written["scheme"]
    return {key: value for key, value in written.items() if value is not None}


def _source(row: SampleRow, draft: DraftRules) -> str:
    """Name the source of the first rule that answers, an own one before all others."""
    compiled = draft.compiled(row.facts.benefit_year)
    rules = {rule.id: rule for rule in compiled.resolved.rules} if compiled else {}
    answering = [rules[name] for name in row.now.rules if name in rules]
    own = [rule for rule in answering if draft.rule_path(rule.id)]
    sources = [rule.source for rule in (*own, *answering) if rule.source != STAND_IN]
    return next(iter(sources), next(iter(draft.book.sources), "") if draft.book else "")


def _differences(example: Mapping[str, Any], now: RowOutcome) -> Iterator[str]:
    """Say what an example expects that does not come out now."""
    wanted = example.get("expect")
    found = expected(now)
    for field, value in (wanted if isinstance(wanted, dict) else {}).items():
        if field.startswith("error") or now.refused:
            if (value or None) != found.get(field):
                yield f"原来{_refusal(value)}，现在{_refusal(found.get('error'))}。"
                return
        elif (known := _found(field, found)) is not _UNKNOWN and known != value:
            was, is_now = (outcome_word(field, _text(one)) for one in (value, known))
            yield f"{field_word(field)}原来是“{was}”，现在是“{is_now}”。"
    doubtful = {doubt.field for doubt in now.doubts}
    for field in example.get("doubts") or ():
        if not touches(field, doubtful):
            yield f"{field_word(field)}原来存疑，现在不存疑。"
    for field in example.get("settled") or ():
        if touches(field, doubtful):
            yield f"{field_word(field)}原来不存疑，现在存疑。"


_UNKNOWN = object()


def _found(field: str, found: Mapping[str, Any]) -> object:
    """Return what a field is now; unknown where a row does not show it."""
    if field in found:
        return found[field]
    listed = field.startswith("remarks.") or (field.startswith("doubts.") and "other" in field)
    return None if field in _SHOWN or listed else _UNKNOWN


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _refusal(code: object) -> str:
    return "有结果" if code is None else f"“{outcome_word('refused', str(code))}”"
