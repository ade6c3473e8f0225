"""What signed rules change, in the form's words: of a draft, or of a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.live.draft_rules import DraftRules, InheritedRules
from medcounter.authoring.live.review_line import ReviewLine, review_lines
from medcounter.authoring.live.sample_table import SampleRow, examples_of, row_id
from medcounter.bundle.hall.hall_bundle import HallRelease
from medcounter.bundle.overlay import lying_under
from medcounter.bundle.signed_package import OpenedBundle
from medcounter.desk.authoring.draft_contents import document_of
from medcounter.desk.rules.hall_rules import HallPlan
from medcounter.samples.resident_words import resident_words


def people_of(rules: DraftRules, rows: tuple[SampleRow, ...] = ()) -> dict[str, str]:
    """Name the resident of each example, by its id.

    Args:
        rules: The rules with their examples.
        rows: Sample residents, whose names go before those that are worked out.
    """
    named = {row.id: row.person for row in rows}
    book = rules.book
    return {
        one.id: f"{who}，{one.facts.payment_date} 缴"
        for one in examples_of(rules)
        if (who := named.get(row_id(one.facts)) or (book and resident_words(one.facts, book)))
    }


def reviewed_lines(
    release: HallRelease, plan: HallPlan, under: Mapping[str, Any], people: Mapping[str, str]
) -> tuple[ReviewLine, ...]:
    """List what will stand otherwise.

    Args:
        release: The signed rules.
        plan: What taking them in would change.
        under: Document of what they inherit.
        people: Resident of each example, by its id.
    """
    before = None if plan.old is None else _document(plan.old.release)
    return review_lines(before, _document(release), under, people)


def file_lines(release: HallRelease, plan: HallPlan, base: OpenedBundle) -> tuple[ReviewLine, ...]:
    """List what a file of signed rules changes, where there is no draft of them.

    Args:
        release: The signed rules.
        plan: What taking them in would change.
        base: The office's rules in use.
    """
    document, place = _document(release), release.place
    under = lying_under(document_of(base.payload), place.region, place.scheme)
    rules = DraftRules.of(document, InheritedRules.of(base.payload, document))
    return reviewed_lines(release, plan, under, people_of(rules))


def _document(release: HallRelease) -> PlaceDocument:
    return PlaceDocument.opened(release.part, vocabulary=release.vocabulary)
