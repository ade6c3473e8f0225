"""Any place is found with few keys: by pinyin, initials, code or name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pytest

from medcounter.places.place_finding import MOST_PLACES, find_places
from medcounter.places.place_table import Place, national_places

PROVINCES = [place for place in national_places().values() if place.level == 0]
CITIES = [place for place in national_places().values() if place.level == 1 and not place.is_group]
PROVINCE_KEYS, CITY_KEYS = 3, 6
CHOOSING = 1


@cache
def found(text: str) -> tuple[Place, ...]:
    return find_places(text)


def keys(place: Place, texts: Iterable[str], most: int) -> int | None:
    """The fewest keys that choose a place; the digit or Enter counts; None for too many."""
    for text in texts:
        if len(text) + CHOOSING > most:
            return None
        if place in found(text):
            return len(text) + CHOOSING
    return None


def beginnings(text: str) -> list[str]:
    return [text[:length] for length in range(1, len(text) + 1)]


def initials(place: Place) -> str:
    return "".join(readings[0][0] for readings in place.sounds)


def typed_ways(place: Place) -> list[str]:
    """What a clerk types in Latin letters: initials, or pinyin with initials at its end."""
    sounds = [readings[0] for readings in place.sounds]
    mixed = {sounds[0] + initials(place)[1:], "".join(sounds)}
    if len(sounds) > 1:
        mixed.add(sounds[0][0] + "".join(sounds[1:]))
    every = {*beginnings(initials(place)), *(b for way in mixed for b in beginnings(way))}
    return sorted(every, key=len)


def test_a_province_takes_three_keys_by_initials() -> None:
    slow = [p.name for p in PROVINCES if keys(p, beginnings(initials(p)), PROVINCE_KEYS) is None]
    assert slow == []


def test_a_city_takes_six_keys_by_pinyin_or_initials() -> None:
    slow = [c.name for c in CITIES if keys(c, typed_ways(c), CITY_KEYS) is None]
    assert slow == []


@pytest.mark.parametrize(("places", "most"), [(PROVINCES, PROVINCE_KEYS), (CITIES, CITY_KEYS)])
def test_a_code_finds_its_place_first(places: list[Place], most: int) -> None:
    for place in places:
        digits = place.code.rstrip("0").ljust(2 if place.level == 0 else 4, "0")
        assert find_places(digits)[0] == place
        assert len(digits) + CHOOSING <= most


def test_every_place_is_found_by_its_name_and_its_code() -> None:
    for place in list(national_places().values())[::97]:
        if not place.is_group:
            assert find_places(place.code) == (place,)
            named = find_places(place.name)
            assert place in named or len(named) == MOST_PLACES


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("jx", "江西省"),
        ("nmg", "内蒙古自治区"),
        ("chongqing", "重庆市"),
        ("xiamen", "厦门市"),
        ("luan", "六安市"),
        ("lvliang", "吕梁市"),
        ("nchang", "南昌市"),
        ("江西抚州", "抚州市"),
        ("临川", "临川区"),
    ],
)
def test_what_a_clerk_types_leads_to_the_place(text: str, name: str) -> None:
    assert name in [place.name for place in find_places(text)]


def test_provinces_come_before_cities_and_these_before_counties() -> None:
    levels = [place.level for place in find_places("jl")]
    assert levels == sorted(levels)
    assert levels[0] == 0


def test_a_row_that_only_groups_others_is_no_place_to_choose() -> None:
    assert not any(place.is_group for place in find_places("市辖区"))


@pytest.mark.parametrize("text", ["", "  ", "zzzzz", "880000", "没有这个地方"])
def test_what_names_no_place_finds_none(text: str) -> None:
    assert find_places(text) == ()
