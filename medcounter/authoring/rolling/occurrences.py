"""Find every date, year, amount, rate, length, id and source of last year.

Each is offered one of keep, shift and ask, with the reason. Nothing is changed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from medcounter.assess.facts import RESIDENT
from medcounter.authoring.document.document_path import Json
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.rolling.figure_writing import later_value, written_like
from medcounter.authoring.rolling.question_places import with_places
from medcounter.authoring.rolling.roll_context import OwnFigures, RollContext, ValueRuling
from medcounter.authoring.rolling.roll_records import (
    AskedKind,
    Occurrence,
    OccurrenceKind,
    RollOffer,
    RollQuestion,
    ValueForm,
)
from medcounter.authoring.rolling.said_figures import said_figures
from medcounter.authoring.rolling.said_values import Speaker, said_occurrences
from medcounter.authoring.rolling.sums import with_sums
from medcounter.authoring.rolling.written_values import (
    HISTORY_KEYS,
    SAID_KEYS,
    WrittenValue,
    leaves_of,
    written_occurrence,
)
from medcounter.dates import read_iso
from medcounter.json_path import JsonPath

_RULE_LISTS = ("rules", "where_missing")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_ISO = re.compile(r"20\d\d-\d\d-\d\d")
_SOURCES = "上一年度的来源，作为历史留着；新通知另外登记。"
_EXAMPLE = "算例连同它的日子推后，重新算过，作为建议，由人确认。"


class RollFindings(NamedTuple):
    """Everything found in last year's rules, and the questions it takes.

    Attributes:
        year: Last year's benefit year.
        to_year: The one it is rolled to.
        occurrences: In the document's order.
        questions: In the order in which they are asked.
    """

    year: int
    to_year: int
    occurrences: tuple[Occurrence, ...]
    questions: tuple[RollQuestion, ...]


def occurrences(document: PlaceDocument, to_year: int | None = None) -> tuple[Occurrence, ...]:
    """List every figure, id and source of the programme that is rolled forward.

    Args:
        document: Last year's.
        to_year: The benefit year it is rolled to; left out, the next one.
    """
    return roll_findings(document, to_year).occurrences


def roll_questions(document: PlaceDocument, to_year: int | None = None) -> tuple[RollQuestion, ...]:
    """List the questions for the new announcement, each with all values it decides."""
    return roll_findings(document, to_year).questions


def roll_findings(document: PlaceDocument, to_year: int | None = None) -> RollFindings:
    """Go through last year's document once."""
    year = document.own["benefit_years"]["to"]
    context = RollContext.of(document.own, year + 1 if to_year is None else to_year)
    found = list(_programme(document, context))
    found += _sources(document)
    found += _examples(document, context)
    questions = with_sums(context.questions, document.own)
    ordered = sorted(questions.values(), key=_order)
    asked = tuple(
        replace(one, occurrences=tuple(each for each in found if each.question == one.key))
        for one in ordered
    )
    kept = tuple(with_places(document, one) for one in asked if one.occurrences)
    parted = {(one.path, one.span): one for question in kept for one in question.occurrences}
    occurrences = tuple(parted.get((one.path, one.span), one) for one in found)
    return RollFindings(year, year + context.step, occurrences, kept)


def _order(question: RollQuestion) -> int:
    """Order questions as an announcement does: periods, amounts, then the rest."""
    kinds = (AskedKind.PERIOD, AskedKind.AMOUNT, AskedKind.DAY, AskedKind.LEAP_DAY, AskedKind.YEAR)
    return kinds.index(question.kind)


def _programme(document: PlaceDocument, context: RollContext) -> Iterator[Occurrence]:
    own, base = document.own, document.base
    yield from _heads(own, base, context)
    # What is paid is asked before anything that only mentions it.
    waiting: list[tuple[JsonPath, Mapping[str, Any], OwnFigures]] = []
    for name in _RULE_LISTS:
        for number, rule in enumerate(own.get(name, ())):
            figures = OwnFigures()
            path = (*base, name, number)
            for leaf in leaves_of(rule, path):
                if leaf.key not in SAID_KEYS | HISTORY_KEYS and (
                    found := written_occurrence(leaf, rule, context, figures)
                ):
                    yield found
            waiting.append((path, rule, figures))
    for path, rule, figures in waiting:
        speaker = Speaker.of_rule(rule["question"])
        yield from _in_sentences(rule, path, speaker, context, figures)
    yield from _others(document, context)


def _others(document: PlaceDocument, context: RollContext) -> Iterator[Occurrence]:
    """Yield what advice, drops, conflicts, questions and accepted warnings say."""
    own, base = document.own, document.base
    for name in ("asks", "advice", "drops", "conflicts", "accepted"):
        speaker = Speaker("", name == "asks")
        for number, record in enumerate(own.get(name, ())):
            path = (*base, name, number)
            question = {"question": "", **record}
            for leaf in leaves_of(record, path):
                if leaf.key in SAID_KEYS | HISTORY_KEYS | {"where"} or leaf.key == "value":
                    continue
                if found := written_occurrence(leaf, question, context, OwnFigures()):
                    yield found
            yield from _in_sentences(record, path, speaker, context, OwnFigures())


def _in_sentences(
    record: Mapping[str, Any],
    path: JsonPath,
    speaker: Speaker,
    context: RollContext,
    own: OwnFigures,
) -> Iterator[Occurrence]:
    for leaf in leaves_of(record, path):
        if leaf.key in SAID_KEYS | HISTORY_KEYS | {"where"} and isinstance(leaf.value, str):
            yield from said_occurrences(leaf, speaker, context, own)


def _heads(own: Mapping[str, Any], base: JsonPath, context: RollContext) -> Iterator[Occurrence]:
    to_year = str(context.year + context.step)
    old_id = own["id"]
    year = str(context.year)
    new_id = old_id.replace(year, to_year, 1) if year in old_id else f"{old_id}-{to_year}"
    why = "新年度的方案，另有编号。"
    yield Occurrence(
        (*base, "id"), OccurrenceKind.ID, ValueForm.TEXT, old_id, new_id, RollOffer.SHIFT, why
    )
    for end in ("from", "to"):
        value = str(own["benefit_years"][end])
        path = (*base, "benefit_years", end)
        why = "新的待遇年度。"
        yield Occurrence(
            path, OccurrenceKind.YEAR, ValueForm.YEAR, value, to_year, RollOffer.SHIFT, why
        )
        yield _payment_days(own, base, end, context)


def _payment_days(
    own: Mapping[str, Any], base: JsonPath, end: str, context: RollContext
) -> Occurrence:
    """Return what becomes of an end of the days that sources speak about."""
    value = own["payment_days"][end]
    path = (*base, "payment_days", end)
    if not _ISO.fullmatch(value):
        why = "随待遇年度走的日子，不用改。"
        return Occurrence(
            path, OccurrenceKind.YEAR_DAY, ValueForm.TEXT, value, None, RollOffer.KEEP, why
        )
    later = later_value(value, context.step)
    if value.endswith(("-01-01", "-12-31")):
        ruling = ValueRuling(RollOffer.SHIFT, "来源说得到的缴费日范围，随年度推后。")
    else:
        why = "来源说得到的第一个或最后一个缴费日，要看新通知。"
        ruling = context.on_day(read_iso(value)) or context.on_own_day(
            read_iso(value), "来源说得到的缴费日", why
        )
    found = Occurrence(
        path, OccurrenceKind.DAY, ValueForm.ISO_DAY, value, later, ruling.offer, ruling.why
    )
    return replace(found, question=ruling.question, part=ruling.part, days=ruling.days)


def _sources(document: PlaceDocument) -> Iterator[Occurrence]:
    for number, source in enumerate(document.content.get("sources", ())):
        for leaf in leaves_of(source, ("sources", number)):
            if isinstance(leaf.value, str) and (
                leaf.key in {"id", "published", "checked"} or _YEAR.search(leaf.value)
            ):
                yield Occurrence(
                    leaf.path,
                    OccurrenceKind.SOURCE,
                    ValueForm.TEXT,
                    leaf.value,
                    None,
                    RollOffer.KEEP,
                    _SOURCES,
                )


def _examples(document: PlaceDocument, context: RollContext) -> Iterator[Occurrence]:
    for number, example in enumerate(document.content.get("examples", ())):
        if not example_is_of(example, document.own):
            continue
        for leaf in leaves_of(example, ("examples", number)):
            yield from _example_leaf(leaf, context)


def example_is_of(example: Mapping[str, Json], programme: Mapping[str, Any]) -> bool:
    """Return whether an example is about the place and scheme of a programme."""
    facts = example["facts"]
    place = facts.get("region"), facts.get("scheme", RESIDENT)
    return place == (programme["region"], programme["scheme"])


def _example_leaf(leaf: WrittenValue, context: RollContext) -> Iterator[Occurrence]:
    value = leaf.value
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int):
        if 2000 <= value <= 2099:  # noqa: PLR2004 -- a year of the rules
            later = later_value(str(value), context.step)
            yield Occurrence(
                leaf.path,
                OccurrenceKind.YEAR,
                ValueForm.YEAR,
                str(value),
                later,
                RollOffer.SHIFT,
                _EXAMPLE,
            )
        return
    for figure in said_figures(value):
        if figure.day is not None:
            later = later_value(figure.day.isoformat(), context.step)
            later = written_like(figure.form, figure.text, later)
            yield Occurrence(
                leaf.path,
                OccurrenceKind.DAY,
                figure.form,
                figure.text,
                later,
                RollOffer.SHIFT,
                _EXAMPLE,
                (figure.start, figure.end),
            )
