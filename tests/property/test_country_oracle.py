"""Places all over the country, against a second encoding from the sources' pages.

Days × residents × lapses × births, field by field, and which fields are in
doubt. The quick half takes a fixed sample; the full one takes everybody.
"""

import random
from collections.abc import Iterable

import pytest

from medcounter.assess import Assessment, Facts, assess
from tests.oracle.country import Opinion, Payer, Town, opinion, payers
from tests.oracle.country_2025 import PLACES_2025
from tests.oracle.country_2026 import PLACES_2026
from tests.support.rules.rule_samples import shipped_book

SAMPLE, SEED, MANY = 120, 21, 4
COUNTRY = (*PLACES_2025, *PLACES_2026)
IDS = [f"{town.region}-{town.year}" for town in COUNTRY]


def facts_of(town: Town, payer: Payer) -> Facts:
    before = None if payer.missing is None else (town.year - 1 - payer.missing,)
    tier = (("tier", payer.offer.tier),) if payer.offer.tier else ()
    local = payer.offer.local
    household = () if local is None else (("provincial_household", local),)
    return Facts(
        town.region,
        town.year,
        payer.paid,
        birth_date=payer.birth or payer.offer.birth,
        categories=(payer.offer.identity,) if payer.offer.identity else (),
        insured_years=before,
        answers=(*household, *tier),
    )


def said(answer: Assessment) -> dict[str, object]:
    """The assessment by the contract's dotted names; amounts in yuan."""
    found: dict[str, object] = {
        "window.kind": answer.window.kind,
        "window.from": answer.window.start,
        "window.to": answer.window.end,
        "lapsed_years": answer.lapsed_years,
    }
    if answer.fee is not None:
        for name in ("standard", "aid", "total", "subsidy"):
            amount = getattr(answer.fee, name)
            found[f"fee.{name}"] = None if amount is None else amount / 100
    if answer.wait is None:
        found["wait"] = None
    else:
        wait = answer.wait
        found |= {"wait.fixed": wait.fixed, "wait.variable": wait.variable, "wait.unit": wait.unit}
        found |= {"wait.from": wait.start, "wait.to": wait.end}
    if answer.coverage is None:
        found["coverage"] = None
    else:
        found |= {"coverage.from": answer.coverage.start, "coverage.to": answer.coverage.end}
    return found


def in_doubt(name: str, answer: Assessment) -> bool:
    """Whether a doubt names the field, what it is part of, or a part of it."""
    names = {doubt.field for doubt in answer.doubts}
    parts = any(each.startswith(f"{name}.") for each in names)
    return name in names or name.split(".", maxsplit=1)[0] in names or parts


def differences(opinion: Opinion, answer: Assessment) -> list[str]:
    found = said(answer)
    wrong = [
        f"{name}: the pages say {value}, the engine {found.get(name, 'nothing')}"
        for name, value in opinion.values.items()
        if name not in found or found[name] != value
    ]
    # A year without cover has no first day to doubt.
    covering = {"coverage.from", "coverage.to"} if "coverage" in found else set()
    wrong += [
        f"{name}: not in doubt"
        for name in sorted(opinion.doubted - covering)
        if not in_doubt(name, answer)
    ]
    wrong += [
        f"{name}: in doubt" for name in sorted(opinion.sure - covering) if in_doubt(name, answer)
    ]
    return wrong


def disagreements(town: Town, people: Iterable[Payer]) -> list[tuple[Payer, list[str]]]:
    """The first few people on whom the two differ."""
    found = []
    for payer in people:
        expected = opinion(town, payer)
        if expected is None:
            continue
        answer = assess(facts_of(town, payer), shipped_book())
        assert isinstance(answer, Assessment), (payer, answer)
        wrong = differences(expected, answer)
        if wrong:
            found.append((payer, wrong))
            if len(found) == MANY:
                break
    return found


@pytest.mark.parametrize("town", COUNTRY, ids=IDS)
def test_the_engine_agrees_with_the_pages_of_the_place(town: Town) -> None:
    everybody = list(payers(town))
    chance = random.Random(SEED)  # noqa: S311 -- a sample to test, not a secret
    some = chance.sample(everybody, min(SAMPLE, len(everybody)))
    assert disagreements(town, some) == []


@pytest.mark.full
@pytest.mark.parametrize("town", COUNTRY, ids=IDS)
def test_the_engine_agrees_with_the_pages_of_the_place_on_every_day(town: Town) -> None:
    assert disagreements(town, payers(town)) == []
