"""The national table of places: which codes there are, and what each is called.

Source: GB/T 2260, codes in force; read from ``resources/places.tsv``, which
``tools/build_places.py`` writes. Knows no rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from medcounter.paths import resource

TABLE = "places.tsv"
_COUNTY = 2
# Rows that only group others, such as the districts of a city: no place of their own.
GROUPS = frozenset({"市辖区", "县", "省直辖县级行政单位", "自治区直辖县级行政单位"})


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the table.

    Attributes:
        code: Six digits.
        name: Its own name, without those above it.
        sounds: For each character its readings, the usual one first.
    """

    code: str
    name: str
    sounds: tuple[tuple[str, ...], ...]

    @property
    def level(self) -> int:
        """0 for a province, 1 for a city, 2 for a county or district."""
        if self.code.endswith("0000"):
            return 0
        return 1 if self.code.endswith("00") else _COUNTY

    @property
    def is_group(self) -> bool:
        """Whether it only groups other rows."""
        return self.name in GROUPS


@cache
def national_places() -> dict[str, Place]:
    """Read the table: code to place, in the order of the codes."""
    lines = resource(TABLE).read_text(encoding="utf-8").splitlines()
    return {place.code: place for place in map(_read, lines) if place is not None}


def above(code: str) -> tuple[str, ...]:
    """List a code and those above it but the nation, nearest first.

    A parent is the code zeroed from the right. Source: docs/contract.md, key ``region``.
    """
    return tuple(dict.fromkeys((code, f"{code[:4]}00", f"{code[:2]}0000")))


def full_name(code: str) -> str | None:
    """Return a place's name with those above it: 江西省抚州市临川区; None for no place.

    Rows that only group others are left out, but where the code names one.
    """
    known = national_places()
    if code not in known:
        return None
    chain = [known[each] for each in reversed(above(code)) if each in known]
    return "".join(place.name for place in chain if place.code == code or not place.is_group)


def code_of_name(name: str) -> str | None:
    """Find the code of a place by its whole name; None for no place or for several.

    A province or a city is known by its own name too, a county also by the
    province's and its own: 江西省临川区.
    """
    return _codes().get(name)


@cache
def _codes() -> dict[str, str | None]:
    codes: dict[str, str | None] = {}
    known = national_places()
    for place in known.values():
        province = known[above(place.code)[-1]].name
        names = {full_name(place.code) or "", f"{province}{place.name}"}
        names |= {place.name} if place.level < _COUNTY else set()
        for name in set() if place.is_group else names:
            codes[name] = None if name in codes else place.code
    return codes


def _read(line: str) -> Place | None:
    if line.startswith("#"):
        return None
    code, name, sounds = line.split("\t")
    return Place(code, name, tuple(tuple(each.split("/")) for each in sounds.split()))
