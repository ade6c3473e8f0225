"""Move last year's examples by a year and work them out anew, as proposals.

An example that would pass because it moved with a wrong rule proves nothing. So
none is accepted by itself: the old value stands beside the new one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.explain.doubts import touches
from medcounter.assess.prove.examples import answered, dotted
from medcounter.authoring.document.document_path import Json
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.rolling.carrying import RolledPlace
from medcounter.authoring.rolling.occurrences import example_is_of
from medcounter.authoring.rolling.roll_answers import new_values
from medcounter.authoring.rolling.roll_errors import UnknownExampleError
from medcounter.authoring.rolling.roll_records import (
    AskedKind,
    ExampleProposal,
    ExpectedValue,
    RollRecord,
)
from medcounter.dates import ONE_DAY, add_years, read_iso
from medcounter.samples.moved_years import moved_text

_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_ERROR = "error"
# What a tick of last year's table made. It says that a row was compared with last year's
# announcement: the new table asks for the same resident, to be compared with the new one.
_TICK = re.compile(r"(row|edge)-[0-9a-f]{12}")


def with_proposals(place: RolledPlace, last_year: PlaceDocument, book: RuleBook) -> RolledPlace:
    """Return a draft with last year's examples as proposals beside it.

    Ticked rows are none: an example that somebody wrote counts as the announcement's own.

    Args:
        place: The draft, just rolled.
        last_year: What it was rolled from.
        book: The rules in use with the draft laid over them.
    """
    roll = place.roll
    examples = [
        one for one in last_year.content.get("examples", ()) if example_is_of(one, last_year.own)
    ]
    written = [one for one in examples if not _TICK.fullmatch(one["id"])]
    found = tuple(_proposal(one, roll, book) for one in written)
    left = len(examples) - len(written)
    note = f"上年度打过勾的 {left} 行没有带过来，请在样本里与新公告核对后再打勾。"
    notes = (*roll.notes, note) if left else roll.notes
    return place._replace(roll=replace(roll, examples=found, notes=notes))


def reworked_proposals(roll: RollRecord, book: RuleBook) -> RollRecord:
    """Work the proposals out again, by the draft as it stands now.

    Args:
        roll: What stands beside it.
        book: The rules in use with the draft laid over them.
    """
    return replace(roll, examples=tuple(_proposal(one.last, roll, book) for one in roll.examples))


def accepted_examples(document: PlaceDocument, roll: RollRecord, ids: Iterable[str]) -> RolledPlace:
    """Take proposals into the draft as examples, with the values worked out.

    Raises:
        UnknownExampleError: No proposal of that id, or one that cannot be assessed.
    """
    wanted = set(ids)
    chosen = [one for one in roll.examples if one.id in wanted]
    if len(chosen) != len(wanted) or any(one.refused for one in chosen):
        raise UnknownExampleError
    examples = [*document.content.get("examples", ()), *(_example(one, roll) for one in chosen)]
    return RolledPlace(document.replaced(("examples",), examples), dismissed_examples(roll, wanted))


def dismissed_examples(roll: RollRecord, ids: Iterable[str]) -> RollRecord:
    """Return the record without some proposals."""
    gone = set(ids)
    return replace(roll, examples=tuple(one for one in roll.examples if one.id not in gone))


def _example(proposal: ExampleProposal, roll: RollRecord) -> dict[str, Json]:
    made: dict[str, Json] = {
        "id": proposal.id,
        "facts": proposal.facts,
        "expect": {value.field: value.new for value in proposal.values},
    }
    for name in ("doubts", "settled"):
        if fields := getattr(proposal, name):
            made[name] = list(fields)
    return {**made, "basis": "derived", "source": roll.source}


def _proposal(example: Mapping[str, Any], roll: RollRecord, book: RuleBook) -> ExampleProposal:
    step = roll.to_year - roll.from_year
    facts = _moved_facts(example["facts"], roll)
    plain, doubtful = answered(facts, book)
    refused = ""
    if _ERROR in plain and not any(name.startswith(_ERROR) for name in example["expect"]):
        refused = str(plain["error.text"])
    values = tuple(
        ExpectedValue(
            name,
            old,
            _moved(old, step),
            plain[name] if name in plain else dotted(plain, name),
        )
        for name, old in example["expect"].items()
    )
    return ExampleProposal(
        _new_id(example["id"], roll),
        dict(example),
        facts,
        values,
        tuple(one for one in example.get("doubts", ()) if touches(one, doubtful)),
        tuple(one for one in example.get("settled", ()) if not touches(one, doubtful)),
        refused,
    )


def _moved(value: Json, step: int) -> Json:
    """Return a value of an example with its days and years moved."""
    if isinstance(value, dict):
        return {key: _moved(one, step) for key, one in value.items()}
    if isinstance(value, list):
        return [_moved(one, step) for one in value]
    if isinstance(value, str):
        return moved_text(value, step)
    is_year = isinstance(value, int) and not isinstance(value, bool)
    return value + step if is_year and _FIRST_YEAR <= value <= _LAST_YEAR else value


def _moved_facts(facts: Mapping[str, Any], roll: RollRecord) -> dict[str, Any]:
    """Move a resident; who pays at the edge of a period pays at its edge again.

    Unless something dated lies near: then the distance in days matters more.
    """
    step = roll.to_year - roll.from_year
    moved: dict[str, Any] = _moved(dict(facts), step)
    paid = facts.get("payment_date")
    if not isinstance(paid, str) or facts.get("events") or _is_young(facts):
        return moved
    for old, new in _edges(roll):
        for days in (0, -1, 1):
            if read_iso(paid) == old + timedelta(days=days):
                return {**moved, "payment_date": (new + timedelta(days=days)).isoformat()}
    return moved


def _is_young(facts: Mapping[str, Any]) -> bool:
    """Return whether the days since birth may matter."""
    birth, paid = facts.get("birth_date"), facts.get("payment_date")
    if not isinstance(birth, str) or not isinstance(paid, str):
        return False
    return add_years(read_iso(birth), 1) + ONE_DAY >= read_iso(paid)


def _edges(roll: RollRecord) -> Iterator[tuple[date, date]]:
    """Yield the days of last year's periods with those of the new year."""
    questions = {one.key: one for one in roll.questions}
    for key, question in questions.items():
        if question.kind is AskedKind.PERIOD and key in roll.answers:
            values = new_values(question, roll.answers, questions) or ()
            for part, value in zip(question.parts, values, strict=False):
                yield read_iso(part.old), read_iso(value)


def _new_id(old: str, roll: RollRecord) -> str:
    """Name the new example: the year in its name moves, or is added."""
    for from_text, to_text in (
        (str(roll.from_year), str(roll.to_year)),
        (str(roll.from_year)[2:], str(roll.to_year)[2:]),
    ):
        made = re.sub(rf"(?<!\d){from_text}(?!\d)", to_text, old, count=1)
        if made != old:
            return made
    return f"{old}-{roll.to_year}"
