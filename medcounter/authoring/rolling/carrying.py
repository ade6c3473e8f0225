"""Mark what was carried over from last year until it is confirmed.

A carried rule is ``assumed`` with a doubt that says so; one that was unsettled stays
unsettled, for of two readings it must not promise the earlier cover. Where a rule about
aid or a spared wait has readings, whoever they all treat alike would see no doubt; there
one more reading says that the rule may hold no longer. What a rule said before stands in
the marks beside the draft, so that nothing of it is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.rolling.named_places import name_of, path_named
from medcounter.authoring.rolling.question_places import without_blanks
from medcounter.authoring.rolling.roll_errors import (
    NoClauseError,
    NotCarriedError,
    StillAskedError,
)
from medcounter.authoring.rolling.roll_records import CarriedMark, RollRecord
from medcounter.authoring.rolling.written_values import leaves_of
from medcounter.json_path import JsonPath
from medcounter.rules.questions import QUESTION

_CONFIRMED, _ASSUMED, _UNSETTLED = "confirmed", "assumed", "unsettled"
_WEAK_GRADE = "C"
_WEAK_DOUBT = "新通知只见于聚合网页（C 级），还没有主管部门的原文。"
_LONGEST = 600
_NO_LONGER = {"stands": False, "text": "新年度可能不再有这一条"}
# Whether records of a list have a status, and whether they have a doubt.
_LISTS = {
    "rules": (True, True),
    "where_missing": (True, True),
    "advice": (True, False),
    "drops": (False, False),
    "conflicts": (False, False),
}
_LIST_LABELS = {"advice": "告知", "drops": "不沿用的上级规则", "conflicts": "不同说法"}
# Answers that say what last year's announcement left out: the new one may not.
_ASKED_ANEW = "answered-from-above"
_FIGURE_KEYS = frozenset({"when", "answer", "valid", "readings"})


class RolledPlace(NamedTuple):
    """A draft and what stands beside it; both are stored together, at every change.

    Attributes:
        document: The draft.
        roll: What was carried, is asked and is proposed.
    """

    document: PlaceDocument
    roll: RollRecord


class CarriedRecord(NamedTuple):
    """A record that was not yet compared with the new announcement.

    Attributes:
        path: Where it stands now.
        mark: What it said before.
    """

    path: JsonPath
    mark: CarriedMark


def carried_sentence(from_year: int, to_year: int) -> str:
    """Return the doubt of a rule carried over from last year."""
    return f"沿用 {from_year} 年度的规定，还没有与 {to_year} 年度的通知核对。"


def carried_over(
    programme: Mapping[str, Any], from_year: int, to_year: int
) -> tuple[dict[str, Any], tuple[CarriedMark, ...]]:
    """Mark every record of a programme as carried over.

    Returns:
        The programme, and what each record said before.
    """
    made = dict(programme)
    marks: list[CarriedMark] = []
    sentence = carried_sentence(from_year, to_year)
    for kind, (has_status, has_doubt) in _LISTS.items():
        if kind not in programme:
            continue
        records = []
        for record in programme[kind]:
            marks.append(_mark(kind, record))
            records.append(
                _carried(record, sentence, has_doubt=has_doubt) if has_status else record
            )
        made[kind] = records
    if "accepted" in programme:
        answers = programme["accepted"]
        made["accepted"] = [one for one in answers if one["warning"] != _ASKED_ANEW]
    return made, tuple(marks)


def _mark(kind: str, record: Mapping[str, Any]) -> CarriedMark:
    has_status = _LISTS[kind][0]
    concerns = record.get("concerns")
    return CarriedMark(
        (kind, name_of(kind, record) or ""),
        _label(kind, record),
        record.get("status", _CONFIRMED) if has_status else None,
        record.get("doubt"),
        None if concerns is None else tuple(concerns),
        record["source"],
        record["clause"],
    )


def _label(kind: str, record: Mapping[str, Any]) -> str:
    if kind not in _LIST_LABELS:
        return f"{QUESTION[record['question']].label}：{without_blanks(record['applies'])}"
    label = record.get("label") or record.get("says") or record.get("reason") or ""
    return f"{_LIST_LABELS[kind]}：{label}"


def _carried(record: Mapping[str, Any], sentence: str, *, has_doubt: bool) -> dict[str, Any]:
    status = _UNSETTLED if record.get("status") == _UNSETTLED else _ASSUMED
    if not has_doubt:
        return {**record, "status": status}
    doubt = sentence + (record.get("doubt") or "")
    carried = _with_status(record, status, doubt if len(doubt) <= _LONGEST else sentence, None)
    single = QUESTION[record["question"]].mode == "one"
    if status == _UNSETTLED or single or not record.get("readings"):
        return carried
    return {**carried, "readings": [*record["readings"], _NO_LONGER]}


def _with_status(
    record: Mapping[str, Any], status: str, doubt: str | None, concerns: list[str] | None
) -> dict[str, Any]:
    """Return a record with another status; its doubt and concerns stand behind it."""
    made: dict[str, Any] = {}
    for key, value in record.items():
        if key in {"doubt", "concerns"}:
            continue
        made[key] = value
        if key == "status":
            made[key] = status
            made |= {} if doubt is None else {"doubt": doubt}
            made |= {} if concerns is None else {"concerns": concerns}
    return made


def unconfirmed(document: PlaceDocument, roll: RollRecord) -> tuple[CarriedRecord, ...]:
    """List the records not yet compared with the new announcement, by path.

    One that was removed, or told otherwise by hand, is carried no longer.
    """
    return tuple(_still_carried(document, roll))


def _still_carried(document: PlaceDocument, roll: RollRecord) -> Iterator[CarriedRecord]:
    sentence = carried_sentence(roll.from_year, roll.to_year)
    for mark in roll.carried:
        path = path_named(document, mark.place)
        if path is None:
            continue
        record = document.at(path)
        has_status, has_doubt = _LISTS[str(mark.place[0])]
        by_hand = (has_doubt and not str(record.get("doubt", "")).startswith(sentence)) or (
            has_status and record.get("status", _CONFIRMED) == _CONFIRMED
        )
        if not by_hand:
            yield CarriedRecord(path, mark)


def carried_figures(document: PlaceDocument, roll: RollRecord) -> tuple[JsonPath, ...]:
    """List every value of a condition or an answer that was carried over, by path."""
    return tuple(
        leaf.path
        for record in unconfirmed(document, roll)
        for leaf in leaves_of(document.at(record.path), record.path)
        if leaf.path[len(record.path)] in _FIGURE_KEYS
        and not isinstance(leaf.value, bool)
        and leaf.key not in {"test", "kind", "label", "text"}
    )


def confirmed(
    document: PlaceDocument, roll: RollRecord, path: JsonPath, clause: str
) -> RolledPlace:
    """Confirm one record against the new announcement.

    Its status, doubt and fields in doubt are those of before; source and clause are
    the new announcement's. Where that is of grade C, nothing is confirmed by it.

    Args:
        document: The draft.
        roll: What stands beside it.
        path: The record, or anything in it.
        clause: Where the new announcement says so.

    Raises:
        NotCarriedError: It carries no mark.
        StillAskedError: A question about it is open.
        NoClauseError: No clause was given.
    """
    if not clause.strip():
        raise NoClauseError
    found = _carried_at(document, roll, path)
    for one in roll.open:
        if any(place.place[: len(found.mark.place)] == found.mark.place for place in one.places):
            raise StillAskedError(
                f"“{found.mark.label}”还有没有回答的问题：{one.question.text}"
                "不能确认；请先照新通知回答。"
            )
    record = _restored(document.at(found.path), found.mark, roll, clause.strip())
    left = tuple(mark for mark in roll.carried if mark is not found.mark)
    return RolledPlace(document.replaced(found.path, record), replace(roll, carried=left))


def _carried_at(document: PlaceDocument, roll: RollRecord, path: JsonPath) -> CarriedRecord:
    for one in unconfirmed(document, roll):
        if path[: len(one.path)] == one.path:
            return one
    raise NotCarriedError


def _restored(
    record: Mapping[str, Any], mark: CarriedMark, roll: RollRecord, clause: str
) -> dict[str, Any]:
    restored = {**record, "source": roll.source, "clause": clause}
    if "readings" in restored:
        restored["readings"] = [one for one in restored["readings"] if one != _NO_LONGER]
    has_status, has_doubt = _LISTS[str(mark.place[0])]
    if not has_status or mark.status is None:
        return restored
    weak = roll.source_grade == _WEAK_GRADE and mark.status == _CONFIRMED
    status = _ASSUMED if weak else mark.status
    if not has_doubt:
        return {**restored, "status": status}
    doubt = _WEAK_DOUBT if weak else mark.doubt
    return _with_status(
        restored, status, doubt, None if mark.concerns is None else list(mark.concerns)
    )
