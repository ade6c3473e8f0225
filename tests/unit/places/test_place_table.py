"""The nation's places: the codes in force, their names, and those of the rules among them."""

import subprocess
import sys
from pathlib import Path

import pytest

from medcounter.places.place_table import code_of_name, full_name, national_places
from tests.support.rules.rule_samples import shipped_book

ROOT = Path(__file__).resolve().parents[3]
# The nation itself, and the corps, which has no code of its own in GB/T 2260: insurance
# systems write 660000.
NOT_IN_THE_TABLE = {"000000", "660000"}


def test_the_table_is_what_the_package_that_checks_id_numbers_keeps() -> None:
    told = subprocess.run(
        [sys.executable, "tools/build_places.py", "--check"], cwd=ROOT, check=False
    )
    assert told.returncode == 0


def test_the_table_has_every_province() -> None:
    provinces = [place for place in national_places().values() if not place.level]
    assert len(provinces) == 34


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("360000", "江西省"),
        ("361002", "江西省抚州市临川区"),
        ("110101", "北京市东城区"),
        ("429004", "湖北省仙桃市"),
        ("440106", "广东省广州市天河区"),
    ],
)
def test_a_place_is_named_with_those_above_it(code: str, name: str) -> None:
    assert full_name(code) == name
    assert code_of_name(name) == code


@pytest.mark.parametrize("code", ["880000", "360199", "000001", "36", "", "110103"])
def test_a_code_that_is_not_in_force_is_no_place(code: str) -> None:
    assert full_name(code) is None


def test_a_name_that_several_places_have_names_none() -> None:
    assert code_of_name("鼓楼区") is None


def test_guangzhou_has_its_eleven_districts() -> None:
    districts = [
        place
        for place in national_places().values()
        if place.code.startswith("4401") and place.level and not place.is_group
    ]
    assert len(districts) - 1 == 11


def test_every_place_of_the_rules_is_one_of_the_nation_and_named_as_there() -> None:
    table = national_places()
    wrong = []
    for region in shipped_book().bundle.regions:
        if region.code in NOT_IN_THE_TABLE:
            continue
        place = table.get(region.code)
        province = table.get(f"{region.code[:2]}0000")
        if (
            place is None
            or province is None
            or not region.name.startswith(province.name)
            or not region.name.endswith(place.name)
        ):
            wrong.append(region)
    assert wrong == []
