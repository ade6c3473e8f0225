"""Drafts of 甲省 for the tests of what stands live beside the form."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.live.draft_rules import DraftRules, InheritedRules
from medcounter.authoring.live.figure_reach import MovedFigures
from medcounter.authoring.live.sample_table import (
    BesideRules,
    SampleRow,
    SampleTable,
    table_slices,
)
from medcounter.rules.load import join_parts
from tests.support.rules.rule_samples import (
    SHIPPED,
    Json,
    bundle_of,
    nation,
    programme,
    rule,
    standard,
    window,
)

YEAR = 2026
MAIN = window("main", "2025-09-01", "2025-12-31")
LATE = window("late", "2026-01-01", "2026-12-31")
FEE = standard("400.00")
SUBSIDY = rule("subsidy", "subsidy", {"amount": "670.00"})
WHOLE = (MAIN, LATE, FEE, SUBSIDY)


def base(*programmes: Json, **more: object) -> bytes:
    """The payload of a bundle of the newer format: the good nation and these programmes."""
    return json.dumps(bundle_of(nation(), *programmes, format=2, **more)).encode()


def document(*rules: Json, examples: object = (), **more: object) -> PlaceDocument:
    """A draft of 甲省 for 2026 with these rules."""
    content = {
        "regions": [{"code": "990000", "name": "甲省"}],
        "sources": [
            {
                "id": "order",
                "title": "甲省缴费公告",
                "publisher": "甲省医疗保障局",
                "grade": "A",
                "published": "2025-09-20",
                "checked": "2026-01-10",
            }
        ],
        "programmes": [programme(rules, **more)],
        "examples": examples,
    }
    return PlaceDocument.opened(json.dumps(content).encode())


def draft(*rules: Json, **more: object) -> DraftRules:
    """The rules of such a draft over the nation alone."""
    return read_draft(document(*rules, **more))


def read_draft(written: PlaceDocument, payload: bytes | None = None) -> DraftRules:
    return DraftRules.of(written, inherited(written, payload))


def inherited(written: PlaceDocument, payload: bytes | None = None) -> InheritedRules:
    return InheritedRules.of(base() if payload is None else payload, written)


def figures(rules: DraftRules, payload: bytes | None = None) -> MovedFigures:
    """A draft whose figures can be moved."""
    return MovedFigures(rules, inherited(rules.document, payload))


def whole_table(rules: DraftRules, beside: BesideRules | None = None) -> SampleTable:
    """The complete table of a draft's first year."""
    return finished(SampleTable(rules.years[0]), rules, beside)


def finished(
    table: SampleTable, rules: DraftRules, beside: BesideRules | None = None
) -> SampleTable:
    """A table once all its slices are done."""
    slices = table_slices(table, rules, beside or BesideRules())
    *_, last = (one for one in slices if one is not None)
    return last


def row_of(table: SampleTable, person: str, period: str = "") -> SampleRow:
    """The first row whose person and period hold some words."""
    return next(row for row in table.rows if person in row.person and period in row.now.period)


@cache
def shipped_payload() -> bytes:
    """The whole bundle that ships, joined."""
    return join_parts({path.name: path.read_bytes() for path in SHIPPED.glob("*.json")})


def shipped_document(name: str) -> PlaceDocument:
    """A shipped place as a draft."""
    return PlaceDocument.opened(Path(SHIPPED / name).read_bytes())
