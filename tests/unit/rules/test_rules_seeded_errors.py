"""One wrong figure at a time: the bundle itself must refuse every one of them.

Each amount, day and limit of a fragment's rules is moved up and down by one,
days counted from the benefit year too; load, the bundle's own examples or the
proof must notice. What none can notice is listed in tests/data/survivors.json
with the reason.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date, timedelta
from re import fullmatch

import pytest

from medcounter.assess.engine.ask_rules import RulesIncompleteError
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.prove.examples import run_example
from medcounter.assess.prove.known_proofs import KnownProofs
from medcounter.assess.prove.programme_proof import ProgrammeProof
from medcounter.assess.prove.proof import prove
from medcounter.dates import month_end
from medcounter.rules.faults import BundleUnreadableError
from medcounter.rules.load import join_parts, read_bundle
from medcounter.strict_json import canonical
from tests.support.rules.rule_samples import DATA, SHIPPED, Json, read_json

FRAGMENTS = ("jiangxi-2025.json", "jiangxi-2026.json")
# What the two refer to: the header and the nation they inherit.
OTHERS = ("bundle.json", "national.json")
# Which days are answered at all is an author's choice that no source states: the days around
# them are answered "closed" or not at all.
CHOSEN = "payment_days"
_COMMON_YEAR = 2026
Step = str | int


def moved(value: object) -> Iterator[tuple[str, object]]:
    """A figure one up and one down; nothing for what is no figure."""
    for sign in (1, -1):
        name = f"{sign:+d}"
        if isinstance(value, bool):
            continue
        if isinstance(value, int) and value + sign >= 0:
            yield name, value + sign
        elif isinstance(value, str):
            if fullmatch(r"\d+\.\d\d", value) and float(value) + sign >= 0:
                yield name, f"{float(value) + sign:.2f}"
            elif fullmatch(r"0\.\d", value):
                yield name, f"{float(value) + sign / 10:.1f}"
            elif fullmatch(r"\d{4}-\d\d-\d\d", value):
                yield name, str(date.fromisoformat(value) + timedelta(days=sign))
            elif (relative := fullmatch(r"B([+-]\d+)?:(\d\d-(\d\d|last))", value)) is not None:
                yield name, _moved_relative(int(relative[1] or 0), relative[2], sign)


def _moved_relative(years: int, day: str, sign: int) -> str:
    """A day of a year counted from the benefit year, one day on or back."""
    if day.endswith("last"):
        day = str(month_end(date(_COMMON_YEAR, int(day[:2]), 1)))[5:]
    there = date.fromisoformat(f"{_COMMON_YEAR}-{day}") + timedelta(days=sign)
    years += there.year - _COMMON_YEAR
    return f"B{years:+d}:{there:%m-%d}" if years else f"B:{there:%m-%d}"


def mutants(part: object, path: str = "") -> Iterator[tuple[str, list[Step], object]]:
    """Every figure of a part of a document: its path, its steps, another value."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key == CHOSEN:
                continue
            for inner, steps, other in mutants(value, f"{path}.{key}".lstrip(".")):
                yield inner, [key, *steps], other
    elif isinstance(part, list):
        for index, value in enumerate(part):
            name = value.get("id", index) if isinstance(value, dict) else index
            for inner, steps, other in mutants(value, f"{path}[{name}]"):
                yield inner, [index, *steps], other
    else:
        for name, other in moved(part):
            yield f"{path} {name}", [], other


def changed(fragment: Json, steps: list[Step], value: object) -> Json:
    """A copy of a fragment with one value in its programmes replaced."""
    copied = copy.deepcopy(fragment)
    place = copied["programmes"]
    for step in steps[:-1]:
        place = place[step]
    place[steps[-1]] = value
    return copied


def proofs(parts: dict[str, bytes]) -> Mapping[str, ProgrammeProof]:
    """The proofs of parts that are sound: what a mutant leaves alone is proven once."""
    known = KnownProofs("", {})
    assert not prove(read_bundle(join_parts(parts)), known)
    return known.needed


def refused(
    parts: dict[str, bytes], name: str = "", before: Mapping[str, ProgrammeProof] | None = None
) -> bool:
    """Whether load, an example or the proof refuses the bundle.

    Of the examples the first that fails is enough; those of the named part are asked first.
    """
    try:
        bundle = read_bundle(join_parts(parts))
    except BundleUnreadableError:
        return True
    book = RuleBook.open(bundle, "", signed=False)
    # In earnest the proof comes first; examples are the quicker ones here.
    with suppress(RulesIncompleteError):
        examples = sorted(
            bundle.examples, key=lambda one: str(one.facts["benefit_year"]) not in name
        )
        if any(fault for one in examples for fault in run_example("", one, book)):
            return True
    return bool(prove(bundle, KnownProofs("", before or {})))


def known_survivors(name: str) -> set[str]:
    """Figures that no example of a fragment can ever show to be wrong."""
    groups = [one for one in read_json(DATA / "survivors.json") if one["fragment"] == name]
    assert all(one["why"] for one in groups)
    return {path for one in groups for path in one["paths"]}


def survivors(name: str, *, known: bool) -> set[str]:
    """Mutants that nothing refuses, of the known survivors or of all others."""
    parts = {part: (SHIPPED / part).read_bytes() for part in (*OTHERS, *FRAGMENTS)}
    fragment = read_json(SHIPPED / name)
    listed = known_survivors(name)
    before = proofs(parts)
    return {
        path
        for path, steps, value in mutants(fragment["programmes"])
        if (path in listed) is known
        and not refused({**parts, name: canonical(changed(fragment, steps, value))}, name, before)
    }


@pytest.mark.parametrize("name", FRAGMENTS)
def test_every_figure_that_is_one_off_is_refused(name: str) -> None:
    assert survivors(name, known=False) == set()


# Each needs the whole proof, which only one that survives runs to its end.
@pytest.mark.full
@pytest.mark.parametrize("name", FRAGMENTS)
def test_what_is_listed_as_a_survivor_survives(name: str) -> None:
    assert survivors(name, known=True) == known_survivors(name)


def test_the_rules_that_the_errors_are_seeded_into_are_sound() -> None:
    assert not refused({part: (SHIPPED / part).read_bytes() for part in (*OTHERS, *FRAGMENTS)})
