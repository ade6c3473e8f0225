"""Whatever is left out or mistyped in a draft, everything beside it still answers."""

import pytest

from medcounter.authoring.document.document_path import Json, leaves
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.live.draft_rules import DraftRules
from medcounter.authoring.live.draft_strip import pointed_day, year_strip
from medcounter.authoring.live.draft_warnings import WarningSources, draft_warnings
from medcounter.authoring.live.figure_reach import MovedFigures
from medcounter.authoring.live.sample_table import BesideRules, SampleTable, table_slices
from medcounter.authoring.live.ticks import tick_marks
from medcounter.json_path import JsonPath
from tests.support.authoring.draft_samples import WHOLE, YEAR, document, inherited
from tests.support.rules.rule_samples import rule, standard

SOME_SLICES = 40
CHILD = {
    **standard("300.00", when={"test": "age", "to": 17}, exception_to=["standard"]),
    "id": "child",
}
NEWBORN = rule(
    "newborn",
    "exemption",
    {"waives": ["fixed", "variable"], "cover": {"anchor": "birth"}},
    when={"test": "elapsed", "since": "birth", "within": {"days": 28}, "day_one": 0},
    grounds=["newborn"],
)
EXAMPLE = {
    "id": "one",
    "facts": {"region": "990000", "benefit_year": 2026, "payment_date": "2025-10-01"},
    "expect": {"fee.total": "400.00"},
    "basis": "stated",
    "source": "order",
}
SOUND = document(*WHOLE, CHILD, NEWBORN, asks=[{"code": "tier"}], accepted=[], examples=[EXAMPLE])
STANDS_ON = inherited(SOUND)


def everywhere() -> list[JsonPath]:
    """Every value, list and object of the draft, each once."""
    paths = [path for path in leaves(SOUND.content) if path[:2] != ("regions", 0)]
    inner = (path[:depth] for path in paths for depth in range(1, len(path) + 1))
    return sorted(set(inner) - {("programmes",), ("programmes", 0)}, key=str)


def ask_everything(written: PlaceDocument) -> DraftRules:
    """What a key asks for, and some of what the background does."""
    rules = DraftRules.of(written, STANDS_ON)
    year = next(iter(rules.years), YEAR)
    strip = year_strip(rules, year)
    for stretch in strip.stretches[:2]:
        pointed_day(rules, strip, stretch.first)
    table = SampleTable(year)
    for _, more in zip(range(SOME_SLICES), table_slices(table, rules, BesideRules()), strict=False):
        table = more or table
    tick_marks(rules, table.rows)
    for _ in zip(
        range(SOME_SLICES),
        draft_warnings(rules, WarningSources(MovedFigures(rules, STANDS_ON))),
        strict=False,
    ):
        pass
    return rules


# Each place is broken in one of four ways; the long form breaks each in all of them.
SHARES = 4
SHARED = ["shared", pytest.param("all", marks=pytest.mark.full)]


def broken(how: str, share: int) -> list[JsonPath]:
    return everywhere()[share::SHARES] if how == "shared" else everywhere()


@pytest.mark.parametrize("how", SHARED)
@pytest.mark.parametrize(("share", "value"), [(0, ""), (1, 5), (2, [])])
def test_any_value_may_be_wrong(share: int, value: Json, how: str) -> None:
    for path in broken(how, share):
        written = SOUND.replaced(path, value)
        assert ask_everything(written).document is written, path


@pytest.mark.parametrize("how", SHARED)
def test_any_value_may_be_missing(how: str) -> None:
    missing = broken(how, 3)
    answered = [path for path in missing if ask_everything(SOUND.removed(path)).book]
    assert len(answered) > len(missing) / 2


def test_any_record_may_stand_there_twice() -> None:
    for path in everywhere():
        if isinstance(path[-1], int):
            assert ask_everything(SOUND.inserted(path, SOUND.at(path))).document is not SOUND
