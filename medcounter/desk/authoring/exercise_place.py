"""The invented county of the exercise: found in practice like any other place."""

from __future__ import annotations

from medcounter.desk.draft.place_choice import PlaceRow
from medcounter.identity.pinyin import spellings
from medcounter.places.place_finding import find_places
from medcounter.places.place_table import Place

EXERCISE = PlaceRow("990103", "石桥县（虚构）", "练习：随程序带着的公告")


def exercise_rows(text: str) -> tuple[PlaceRow, ...]:
    """List the exercise's county where what was typed means it."""
    place = Place(EXERCISE.code, EXERCISE.name, (spellings(EXERCISE.name),))
    found = find_places(text, (place,), (EXERCISE.code,))
    return (EXERCISE,) if place in found else ()
