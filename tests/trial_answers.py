"""Rules that were written in a trial, held against those that another wrote by hand."""

from collections import Counter
from collections.abc import Iterable

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import Facts
from medcounter.authoring.live.row_outcome import row_outcome

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
