"""Age bands that should meet: what lies between them falls to a rule nobody meant."""

import pytest

from medcounter.authoring.live.age_bands import BandsApart, bands_apart
from medcounter.rules.questions import Rule
from tests.support.authoring.draft_samples import WHOLE, YEAR, draft
from tests.support.rules.rule_samples import Json, standard


def band(name: str, low: int | None, high: int | None, **more: object) -> Json:
    limits = {"from": low, "to": high}
    age = {"test": "age", **{key: value for key, value in limits.items() if value is not None}}
    condition = more.pop("beside", None)
    when = {"test": "all", "of": [condition, {**age, **more}]} if condition else {**age, **more}
    return {**standard("300.00", when=when, exception_to=["standard"]), "id": name}


def found(*rules: Json) -> list[BandsApart]:
    compiled = draft(*WHOLE, *rules).compiled(YEAR)
    assert compiled is not None
    own: tuple[Rule, ...] = compiled.resolved.rules
    return list(bands_apart(own))


def test_two_bands_with_a_year_between_them_are_told_with_the_year() -> None:
    (one,) = found(band("child", None, 17), band("youth", 19, 25))
    assert (one.before.rule, one.after.rule) == ("child", "youth")
    assert "18 周岁两条都不算" in one.text


@pytest.mark.parametrize(
    "bands",
    [
        (band("child", None, 17), band("youth", 18, 25)),
        (band("child", None, 17), band("old", 60, None)),
        (band("child", None, 17), band("youth", 15, 25)),
        (band("old", 60, None), band("older", 80, None)),
    ],
)
def test_bands_that_meet_that_overlap_or_lie_far_apart_are_meant(bands: tuple[Json, ...]) -> None:
    assert found(*bands) == []


def test_bands_that_meet_but_count_on_other_days_are_told() -> None:
    (one,) = found(band("child", None, 17, on="B-1:12-31"), band("youth", 18, 25))
    assert "按不同的日子算周岁" in one.text


def test_bands_for_other_people_are_not_compared() -> None:
    student = {"test": "identity", "any_of": ["student"]}
    assert found(band("child", None, 17), band("youth", 19, 25, beside=student)) == []
    (one,) = found(band("child", None, 17, beside=student), band("youth", 19, 25, beside=student))
    assert one.after.step == 1
