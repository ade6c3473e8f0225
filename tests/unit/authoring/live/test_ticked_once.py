"""Ticking the whole table once catches wrong figures that nobody had in mind.

The ticks are made from the sound rules. Then each figure is moved up and down by one,
as in the tests of seeded errors, and typed wrong as people do; a figure counts as
caught where loading, a ticked example, the proof or a year without an example refuses
it. A figure that no resident at any limit shows is known by that, and left out.
"""

import re
from collections.abc import Iterator

import pytest

from medcounter.assess.prove.proof import prove_years
from medcounter.authoring.document.document_path import Json
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.live.draft_rules import DraftRules, InheritedRules
from medcounter.authoring.live.example_runs import example_faults
from medcounter.authoring.live.limit_candidates import limit_candidates
from medcounter.authoring.live.limit_rows import limit_rows
from medcounter.authoring.live.row_outcome import row_outcome
from medcounter.authoring.live.sample_table import BesideRules, SampleRow, SampleTable, with_limits
from medcounter.authoring.live.ticks import ticked
from medcounter.json_path import JsonPath
from tests.support.authoring.draft_samples import (
    figures,
    finished,
    inherited,
    read_draft,
    shipped_document,
    shipped_payload,
    whole_table,
)
from tests.unit.rules.test_rules_seeded_errors import mutants

AIM = 0.95
NO_FIGURES = {"clause", "source", "id", "text", "label", "applies", "fails", "doubt"}
PLACE = "wuxi-2026.json"
# Chosen by lot among all places, but for the first two, which the design names.
MORE = (
    "guangxi-2025.json",
    "jiangxi-2026.json",
    "lanzhou-2025.json",
    "liangshan-flexible-2026.json",
    "hebei-flexible-2025.json",
    "jilin-city-2026.json",
    "guangxi-2026.json",
    "jiutai-2025.json",
    "anhui-2026.json",
    "jilin-city-2025.json",
    "yangjiang-2025.json",
)


def ticked_once(name: str) -> DraftRules:
    """A shipped place without its examples, its whole table and all limits ticked."""
    bare = shipped_document(name).replaced(("examples",), [])
    payload = shipped_payload()
    rules = read_draft(bare, payload)
    moved = figures(rules, payload)
    rows: list[SampleRow] = []
    for year in rules.years:
        table = finished(SampleTable(year), rules)
        limits = limit_rows(moved, table)
        facts = [one.facts for one in limits if one is not None]
        rows += with_limits(table, facts, rules, BesideRules()).rows
    return read_draft(ticked(rules, rows), payload)


def typed_wrong(part: Json, path: JsonPath = ()) -> Iterator[tuple[JsonPath, Json]]:
    """A digit too many or too few, digits the wrong way round, another month or year."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key not in NO_FIGURES:
                yield from typed_wrong(value, (*path, key))
    elif isinstance(part, list):
        for number, value in enumerate(part):
            yield from typed_wrong(value, (*path, number))
    elif isinstance(part, int) and not isinstance(part, bool):
        yield from ((path, other) for other in {part * 10, int(str(part)[::-1])} - {part})
    elif isinstance(part, str) and re.fullmatch(r"[1-9]\d*\.\d\d", part):
        yuan = part[:-3]
        turned = f"{int(yuan[::-1])}.00"
        yield from ((path, other) for other in {f"{yuan}0.00", turned} - {part})
    elif isinstance(part, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", part):
        year, month, day = part.split("-")
        yield path, f"{int(year) + 1}-{month}-{day.replace('29', '28')}"
        yield path, f"{year}-{int(month) % 12 + 1:02}-{min(int(day), 28):02}"


def is_caught(sound: DraftRules, wrong: PlaceDocument, stands_on: InheritedRules) -> bool:
    found = DraftRules.of(wrong, stands_on)
    book = found.book
    if found.faults or book is None or set(found.years) - set(sound.years):
        return True
    if any(example_faults(one, book) for one in book.bundle.examples):
        return True
    return any(year.proof.findings for year in prove_years(book.bundle) if year.at == found.at)


def shows(sound: DraftRules, wrong: PlaceDocument, stands_on: InheritedRules) -> bool:
    """Whether anybody at all comes out otherwise: in the table, or at any limit."""
    other = DraftRules.of(wrong, stands_on).book
    assert other is not None
    assert sound.book is not None
    facts = [row.facts for row in whole_table(sound).rows]
    payer = next(one for one in facts if "fee.total" in row_outcome(one, sound.book).values)
    for year in sound.years:
        facts += limit_candidates(sound, year, payer)
    return any(not row_outcome(one, sound.book).same(row_outcome(one, other)) for one in facts)


def missed(name: str) -> tuple[int, list[JsonPath]]:
    """How many wrong figures there are, and those that are not caught though they show."""
    sound = ticked_once(name)
    assert sound.faults == ()
    document = sound.document
    stands_on = inherited(document, shipped_payload())
    wrong = [(tuple(steps), value) for _, steps, value in mutants(document.own)]
    wrong += typed_wrong(document.own)
    left = []
    for path, value in wrong:
        changed = document.replaced((*document.base, *path), value)
        if not is_caught(sound, changed, stands_on) and shows(sound, changed, stands_on):
            left.append(path)
    return len(wrong), left


def test_the_whole_table_ticked_once_catches_wrong_figures() -> None:
    count, left = missed(PLACE)
    assert count > 50
    assert len(left) <= (1 - AIM) * count, left


@pytest.mark.full
@pytest.mark.parametrize("name", MORE)
def test_so_it_does_in_places_chosen_by_lot(name: str) -> None:
    count, left = missed(name)
    assert len(left) <= (1 - AIM) * count, left
