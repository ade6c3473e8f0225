"""Rules that were written in a trial, held against those that another wrote by hand."""

import json
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import Facts
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.live.row_outcome import row_outcome
from medcounter.bundle.overlay import laid_over
from medcounter.desk.authoring.live_draft import LiveDraft
from medcounter.rules.load import read_bundle
from medcounter.strict_json import canonical
from tests.support.authoring.draft_samples import shipped_payload

BY_HAND = Path(__file__).parents[2] / "data" / "trials"
# Fields that only rules written by hand doubt, each with why the draft does not.
DOUBTED_BY_HAND = {
    "window.to": "the notice names no last day after the season; last year's rules confirm one",
    **dict.fromkeys(
        ("wait.total", "wait.fixed", "wait.variable", "wait.repaired"),
        "the nation's doubt about groups of which Jiangxi lists its own, so the draft drops it",
    ),
    **dict.fromkeys(
        ("exemption", "wait.from", "wait.to", "coverage.from"),
        "whether the first day counts where a term ends is left open by hand",
    ),
    "incentive": "the notice names no year to count from; last year's rules have 2025",
}

# Fields that only the shipped rules doubt, each with what their author found unsaid.
DOUBTED = {
    "guangxi-2025": {
        "window.to": "the report names no last day after the main period",
        **dict.fromkeys(
            ("wait.from", "wait.to", "coverage.from"),
            "no dated example says that the payment day is the first day of the wait",
        ),
        **dict.fromkeys(
            ("fee", "fee.total", "fee.standard", "fee.contribution", "fee.subsidy"),
            "newborns are excepted from the full price, and no age is named",
        ),
        **dict.fromkeys(
            ("exemption", "wait.fixed", "wait.variable", "wait.total", "wait.repaired"),
            "the measure about newborns after three months is an older one",
        ),
    },
    "wuxi-2026": {
        "window.from": "the notice's excerpt names no first day",
        "window.to": "no last day after the main period is named",
        "coverage.from": "the excerpt names no first day of benefits",
        **dict.fromkeys(
            ("fee", "fee.total", "fee.standard", "fee.contribution"),
            "no age is named for children and the old, and no price after the main period",
        ),
    },
}
# Remarks of the shipped rules that the trial did not write: cases outside the program.
REMARKS = {"guangxi-2025": "special-groups-ask", "wuxi-2026": "unemployment-benefit-ended"}


def doubted_by_shipped(
    mine: RuleBook, theirs: RuleBook, everybody: Iterable[Facts], programme: str
) -> Counter[str]:
    """Hold the trial's answers against the shipped ones, cell by cell.

    Fails where a figure differs; where a remark is lacking besides the one that is
    known; where the trial doubts what the shipped rules do not.

    Returns:
        The fields that the shipped rules alone doubt, each with how often.
    """
    doubted: Counter[str] = Counter()
    for facts in dict.fromkeys(everybody):
        now, then = row_outcome(facts, mine), row_outcome(facts, theirs)
        told, known = dict(now.values), dict(then.values)
        remarks = str(told.pop("remarks", "") or "").split()
        shipped_remarks = str(known.pop("remarks", "") or "").split()
        assert (now.refused, told) == (then.refused, known), facts
        assert [one for one in shipped_remarks if one != REMARKS[programme]] == remarks
        fields, shipped_fields = ({one.field for one in row.doubts} for row in (now, then))
        assert fields <= shipped_fields, facts
        doubted.update(shipped_fields - fields)
    return doubted


@cache
def document_by_hand(name: str) -> PlaceDocument:
    """A place's rules as another wrote them from the announcement alone."""
    return PlaceDocument.opened((BY_HAND / f"{name}.json").read_bytes())


@cache
def book_by_hand(name: str) -> RuleBook:
    """The same, over the rules that ship."""
    whole = laid_over(json.loads(shipped_payload()), document_by_hand(name).content, {})
    return RuleBook.open(read_bundle(canonical(whole)), "", signed=False)


def doubted_by_hand(mine: RuleBook, everybody: Iterable[Facts], name: str) -> Counter[str]:
    """Hold answers against rules written by hand: every figure of every cell.

    Who wrote them wrote figures, no remarks.

    Returns:
        The fields that the rules written by hand alone doubt, each with how often.
    """
    theirs, doubted = book_by_hand(name), Counter[str]()
    for facts in dict.fromkeys(everybody):
        now, then = row_outcome(facts, mine), row_outcome(facts, theirs)
        told, known = dict(now.values), dict(then.values)
        told.pop("remarks", None)
        known.pop("remarks", None)
        assert (now.refused, told) == (then.refused, known), facts
        doubted.update({one.field for one in then.doubts} - {one.field for one in now.doubts})
    return doubted


def people_of(document: PlaceDocument, book: RuleBook) -> list[Facts]:
    """Everybody in the sample table of a place's rules, limits too."""
    live = LiveDraft(document, shipped_payload(), book)
    for _ in live.slices():
        if live.has_all_rows:
            break
    return [row.facts for row in live.table.rows]
