"""Rolling last year's rules forward at a desk: what is asked, then the draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.document.starting_documents import with_cited_sources
from medcounter.authoring.live.draft_rules import DraftRules, InheritedRules
from medcounter.authoring.rolling.example_proposals import with_proposals
from medcounter.authoring.rolling.occurrences import roll_questions
from medcounter.authoring.rolling.roll_answers import typed_answer
from medcounter.authoring.rolling.roll_records import NewSource, RollAnswer, RollQuestion
from medcounter.authoring.rolling.rolling import rolled
from medcounter.authoring.rolling.rules_above import with_rules_above
from medcounter.authoring.rolling.years_above import (
    missing_above,
    missing_sentence,
    refuse_missing_nation,
)
from medcounter.bundle.signed_package import OpenedBundle
from medcounter.desk.authoring.draft_contents import DraftContents, base_stamp, document_of
from medcounter.desk.authoring.draft_rolling import with_rolling
from medcounter.places.place_table import full_name
from medcounter.rules.bundle import ProgrammeHead
from medcounter.wording.difference_words import scheme_word


@dataclass(frozen=True, slots=True)
class RollPlan:
    """What rolling a programme forward asks; nothing has been begun.

    Attributes:
        last_year: The rules it starts from, with those of places above that would
            be lost.
        to_year: The benefit year it is rolled to.
        questions: What only the new announcement can tell.
        notes: What has to be said about it, in sentences.
    """

    last_year: PlaceDocument
    to_year: int
    questions: tuple[RollQuestion, ...]
    notes: tuple[str, ...]

    def answer(self, key: str, text: str) -> RollAnswer | None:
        """Read what was typed for a question; None where there is no such question.

        Raises:
            MedCounterError: It is no answer to it.
        """
        question = next((one for one in self.questions if one.key == key), None)
        return None if question is None else typed_answer(question, text)


def roll_plan(last_year: PlaceDocument, to_year: int, opened: OpenedBundle) -> RollPlan:
    """List what must be asked to roll a programme forward.

    Args:
        last_year: The programme, as a document of its own.
        to_year: The benefit year it is to be rolled to.
        opened: The rules in use.

    Raises:
        MedCounterError: It cannot be rolled to that year.
    """
    base = document_of(opened.payload)
    heads = [ProgrammeHead.written(one) for one in base["programmes"]]
    refuse_missing_nation(last_year, to_year, heads)
    notes = tuple(
        missing_sentence(one, full_name(one.region) or one.region, to_year)
        for one in missing_above(last_year, to_year, heads)
    )
    whole = with_cited_sources(with_rules_above(last_year, base, to_year), base)
    return RollPlan(whole, to_year, roll_questions(whole, to_year), notes)


def rolled_contents(
    plan: RollPlan,
    answers: Mapping[str, RollAnswer],
    source: NewSource,
    opened: OpenedBundle,
) -> DraftContents:
    """Return what a draft of the new year holds, with last year's examples beside it.

    Args:
        plan: What was asked.
        answers: By key; those left out stay open.
        source: The new source.
        opened: The rules in use.

    Raises:
        MedCounterError: An answer or the announcement cannot be used.
    """
    place = rolled(plan.last_year, answers, source, plan.to_year, beside=False)
    inherited = InheritedRules.of(opened.payload, place.document)
    book = DraftRules.of(place.document, inherited).book
    if book is not None:
        place = with_proposals(place, plan.last_year, book)
    return with_rolling(DraftContents(place.document, base_stamp(opened)), place)


def usual_source(document: PlaceDocument, to_year: int, on: date) -> NewSource:
    """Guess the title of the new announcement, for the author to correct.

    Args:
        document: Last year's.
        to_year: The benefit year of the new one.
        on: Today.
    """
    own = document.own
    region = str(own["region"])
    first: Any = next(iter(document.content.get("sources", ())), {})
    last_source: Mapping[str, Any] = first if isinstance(first, dict) else {}
    name = full_name(region) or region
    return NewSource(
        id=f"{region}-{own['scheme']}-{to_year}-notice",
        title=f"{name} {to_year} 年度{scheme_word(str(own['scheme']))}参保缴费公告",
        publisher=str(last_source.get("publisher", "")),
        grade="A",
        published=None,
        checked=on.isoformat(),
    )
