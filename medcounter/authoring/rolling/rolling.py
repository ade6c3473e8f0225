"""Roll last year's rules forward, with answers put in and all marked as carried.

The new programme is a part of its own beside last year's. What was not answered
stays as it was and is asked on; nothing that is asked is ever moved by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from medcounter.authoring.document.document_path import Json, leaves
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.rolling.asked_days import period_days
from medcounter.authoring.rolling.carrying import RolledPlace, carried_over, confirmed, unconfirmed
from medcounter.authoring.rolling.figure_writing import written_like
from medcounter.authoring.rolling.named_places import named_path, path_named
from medcounter.authoring.rolling.occurrences import RollFindings, roll_findings
from medcounter.authoring.rolling.roll_answers import answer_words, new_values
from medcounter.authoring.rolling.roll_errors import (
    NotALaterYearError,
    SourceTakenError,
    UnknownQuestionError,
)
from medcounter.authoring.rolling.roll_records import (
    AskedKind,
    CarriedMark,
    NamedPath,
    NewSource,
    Occurrence,
    OccurrenceKind,
    OpenPlace,
    OpenQuestion,
    RollAnswer,
    RollOffer,
    RollQuestion,
    RollRecord,
    ValueForm,
)
from medcounter.authoring.rolling.said_figures import said_figures
from medcounter.json_path import JsonPath
from medcounter.rules.values import resolve_day

_UNASKED = {OccurrenceKind.LENGTH, OccurrenceKind.RATE, OccurrenceKind.AMOUNT, OccurrenceKind.DAY}


def rolled(
    document: PlaceDocument,
    answers: Mapping[str, RollAnswer],
    source: NewSource,
    to_year: int | None = None,
    *,
    beside: bool = True,
) -> RolledPlace:
    """Make the new year's draft of last year's rules.

    Args:
        document: Last year's; the programme that is written is the one rolled.
        answers: By key of the question; those left out stay open.
        source: The new source.
        to_year: The benefit year; left out, the next one.
        beside: Whether last year's part stays in the rules; if not, its place name
            and the sources still cited come along.

    Returns:
        A new part with the announcement, the programme and no example, and what stands
        beside it.

    Raises:
        NotALaterYearError: The year is not after the rules' own.
        UnknownQuestionError: An answer to no question.
        SourceTakenError: The announcement's code is one of last year's sources.
        AnswerNotMeantError: An answer that its question does not take.
    """
    found = roll_findings(document, to_year)
    _refuse(document, found, answers, source)
    questions = {one.key: one for one in found.questions}
    texts = _decided(found, answers, questions)
    start = _new_part(document, source, beside=beside)
    moved = start
    for path, value in _edits(document, texts).items():
        moved = moved.replaced(_moved_path(path, document), value)
    asked_on = _open(found, answers, start, document)
    moved, notes = _widened(moved, found.to_year, asked_on)
    programme, marks = carried_over(moved.own, found.year, found.to_year)
    made = moved.replaced(moved.base, programme)
    roll = RollRecord(
        found.year,
        found.to_year,
        source.id,
        source.grade,
        _with_asked(marks, found, start, document),
        asked_on,
        dict(answers),
        found.questions,
        (*notes, *(answer_words(questions[key], one) for key, one in answers.items())),
    )
    return _confirmed_by_answers(RolledPlace(made, roll))


def answered(
    document: PlaceDocument, roll: RollRecord, key: str, answer: RollAnswer
) -> RolledPlace:
    """Answer a question that was left open when the rules were rolled.

    A value that was changed by hand in the meantime stays as it is. What is told wholly
    now, with its clause, is confirmed.

    Raises:
        UnknownQuestionError: It is not open.
        AnswerNotMeantError: An answer that the question does not take.
    """
    asked = next((one for one in roll.open if one.question.key == key), None)
    if asked is None:
        raise UnknownQuestionError(f"没有等着回答的问题“{key}”，没有改动；请刷新后重试。")
    questions = {one.key: one for one in roll.questions}
    answers = {**roll.answers, key: answer}
    values = new_values(questions[key], answers, questions)
    moved = document
    for place in asked.places if values is not None else ():
        path = path_named(moved, place.place)
        if path is not None:
            moved = moved.replaced(path, _put_in(moved.at(path), place, values or ()))
    left = tuple(one for one in roll.open if one is not asked)
    moved, widened = _widened(moved, roll.to_year, left)
    notes = (*roll.notes, *widened, answer_words(questions[key], answer))
    record = replace(roll, open=left, answers=answers, notes=notes)
    return _confirmed_by_answers(RolledPlace(moved, record))


def release_obstacles(roll: RollRecord) -> tuple[str, ...]:
    """List in Chinese what must be answered before release."""
    return tuple(
        f"还没有照新通知回答：{one.question.text}不能发布；请先回答。" for one in roll.open
    )


def _refuse(
    document: PlaceDocument,
    found: RollFindings,
    answers: Mapping[str, RollAnswer],
    source: NewSource,
) -> None:
    if found.to_year <= found.year:
        raise NotALaterYearError(
            f"原来的规则是 {found.year} 年度的，不能沿用到 {found.to_year} 年度；请写以后的年度。"
        )
    known = {one.key for one in found.questions}
    for key in answers:
        if key not in known:
            raise UnknownQuestionError(
                f"没有“{key}”这个问题，没有沿用；要回答的有：{'、'.join(sorted(known))}。"
            )
    sources = document.content.get("sources", ())
    if any(one.get("id") == source.id for one in sources):
        raise SourceTakenError(
            f"来源代码“{source.id}”已是上一年度的来源，没有沿用；请给新通知另取一个代码。"
        )


def _decided(
    found: RollFindings,
    answers: Mapping[str, RollAnswer],
    questions: Mapping[str, RollQuestion],
) -> dict[JsonPath, list[tuple[Occurrence, str]]]:
    """Write each value that changes, as it will stand in the new draft."""
    values = {key: new_values(questions[key], answers, questions) for key in answers}
    texts: dict[JsonPath, list[tuple[Occurrence, str]]] = {}
    for one in found.occurrences:
        if one.path[0] != "programmes":
            continue
        if one.offer is RollOffer.SHIFT and one.shifted is not None:
            texts.setdefault(one.path, []).append((one, one.shifted))
        given = values.get(one.question) if one.offer is RollOffer.ASK else None
        if given is not None:
            texts.setdefault(one.path, []).append((one, _new_text(one, given)))
    return texts


def _new_text(one: Occurrence, values: tuple[str, ...]) -> str:
    return written_like(one.form, one.old, values[one.part], one.days)


def _edits(
    document: PlaceDocument, texts: Mapping[JsonPath, Iterable[tuple[Occurrence, str]]]
) -> dict[JsonPath, Json]:
    """Return the new value of each path; a text is changed from its end."""
    made: dict[JsonPath, Json] = {}
    for path, changes in texts.items():
        value = document.at(path)
        ordered = sorted(changes, key=lambda change: change[0].span or (0, 0), reverse=True)
        for one, text in ordered:
            if one.span is not None:
                value = value[: one.span[0]] + text + value[one.span[1] :]
            else:
                value = int(text) if isinstance(value, int) else text
        made[path] = value
    return made


def _put_in(value: Json, place: OpenPlace, values: tuple[str, ...]) -> Json:
    """Put an answer in place of last year's value, where it still stands.

    A figure is known by its place in the sentence: another one, answered before, may
    well have become what this one was.
    """
    one = place.occurrence
    text = _new_text(one, values)
    if one.span is None:
        if str(value) != one.old:
            return value
        return int(text) if isinstance(value, int) else text
    figures = said_figures(value)
    if place.figure is None or place.figure >= len(figures):
        return value
    figure = figures[place.figure]
    # Of a year with months only the year is asked: it is how the figure begins.
    is_year = one.form is ValueForm.SAID_YEAR and figure.form is ValueForm.SAID_MONTHS
    stands = figure.text.startswith(one.old) if is_year else figure.text == one.old
    end = figure.start + len(one.old)
    return value[: figure.start] + text + value[end:] if stands else value


def _new_part(document: PlaceDocument, source: NewSource, *, beside: bool) -> PlaceDocument:
    sources = [source.as_source()]
    content: dict[str, Any] = {
        "sources": sources,
        "programmes": [document.own],
        "examples": [],
    }
    if not beside:
        cited = {value for path, value in leaves(document.own).items() if path[-1] == "source"}
        old = document.content.get("sources", ())
        sources += [one for one in old if one["id"] in cited]
        code = document.own["region"]
        places = [one for one in document.content.get("regions", ()) if one["code"] == code]
        content = {"regions": places, **content}
    return PlaceDocument(b"", content, 0, document.vocabulary)


def _moved_path(path: JsonPath, document: PlaceDocument) -> JsonPath:
    return ("programmes", 0, *path[len(document.base) :])


def _widened(
    document: PlaceDocument, year: int, asked_on: tuple[OpenQuestion, ...]
) -> tuple[PlaceDocument, tuple[str, ...]]:
    """Widen the days that sources speak about, so that every period lies within.

    As long as a period is asked, its days are last year's and say nothing.
    """
    if any(one.question.kind is AskedKind.PERIOD for one in asked_on):
        return document, ()
    days = list(period_days(document.own, year))
    notes = []
    written = document.own["payment_days"]
    for end, choose in (("from", min), ("to", max)):
        there = resolve_day(written[end], year)
        wanted: date = choose([there, *days])
        if wanted != there:
            path = (*document.base, "payment_days", end)
            document = document.replaced(path, wanted.isoformat())
            notes.append(f"缴费日的范围原到 {there}，新的时段超出它，改为 {wanted}。")
    return document, tuple(notes)


def _open(
    found: RollFindings,
    answers: Mapping[str, RollAnswer],
    start: PlaceDocument,
    document: PlaceDocument,
) -> tuple[OpenQuestion, ...]:
    return tuple(
        OpenQuestion(
            replace(question, occurrences=()),
            tuple(
                OpenPlace(
                    named_path(start, _moved_path(one.path, document)), one, _figure(one, document)
                )
                for one in question.occurrences
            ),
        )
        for question in found.questions
        if question.key not in answers
    )


def _figure(one: Occurrence, document: PlaceDocument) -> int | None:
    """Return which figure of last year's sentence it is; None for a whole value."""
    if one.span is None:
        return None
    return sum(figure.start < one.span[0] for figure in said_figures(document.at(one.path)))


def _with_asked(
    marks: Iterable[CarriedMark], found: RollFindings, start: PlaceDocument, document: PlaceDocument
) -> tuple[CarriedMark, ...]:
    """Return the marks with what is asked of each, and whether that is all of it."""
    asked: dict[NamedPath, dict[str, None]] = {}
    unasked: set[NamedPath] = set()
    depth = len(document.base) + 2
    for one in found.occurrences:
        if one.path[0] != "programmes" or len(one.path) <= depth:
            continue
        place = named_path(start, _moved_path(one.path[:depth], document))
        if one.offer is RollOffer.ASK:
            asked.setdefault(place, {})[one.question] = None
        elif one.offer is RollOffer.KEEP and one.span is None and one.kind in _UNASKED:
            unasked.add(place)
    return tuple(
        replace(
            mark,
            asked=tuple(asked.get(mark.place, ())),
            whole=mark.place in asked and mark.place not in unasked,
        )
        for mark in marks
    )


def _confirmed_by_answers(place: RolledPlace) -> RolledPlace:
    """Confirm the records that the answers tell wholly, with their clause.

    Only what was confirmed last year, has every figure asked and answered, and
    was told where the announcement says so.
    """
    for record in unconfirmed(*place):
        mark = record.mark
        answers = [place.roll.answers.get(key) for key in mark.asked]
        clauses = [one.clause for one in answers if one is not None and one.clause]
        is_answered = mark.whole and mark.status == "confirmed" and None not in answers
        if is_answered and clauses:
            place = confirmed(*place, record.path, clauses[0])
    return place
