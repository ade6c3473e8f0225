"""Find places by what a clerk types: pinyin, initials, a code or a name.

Provinces come before cities and these before counties. Searches a table; knows
no rules.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from medcounter.places.place_table import Place, full_name, national_places

MOST_PLACES = 9
# How a place matches, the closest first.
_USUAL, _OTHERWISE, _SCATTERED = 0, 1, 2


def find_places(
    text: str, others: Iterable[Place] = (), preferred: Collection[str] = ()
) -> tuple[Place, ...]:
    """Find places; at most nine, the likeliest first.

    Digits are the beginning of a code, Latin letters pinyin or initials of
    each character as they come (``nanc``, ``nchang``, ``nc``), all else a part
    of the name, or characters of the whole name in their order (江西抚州).

    Args:
        text: What was typed.
        others: Places that are not in the national table.
        preferred: Codes that come first among places of their level.
    """
    word = "".join(text.split()).lower()
    if not word:
        return ()
    ranked = [
        (how, place.level, place.code not in preferred, place.code, place)
        for place in (*others, *national_places().values())
        if not place.is_group and (how := _match(word, place)) is not None
    ]
    return tuple(entry[-1] for entry in sorted(ranked, key=lambda entry: entry[:-1]))[:MOST_PLACES]


def _match(word: str, place: Place) -> int | None:
    """Return how a place answers to a word; None where it does not."""
    if word.isdecimal():
        return _USUAL if place.code.startswith(word) else None
    if word.isascii():
        if all(reading[0] != word[0] for reading in place.sounds[0]):
            return None
        usual = tuple(readings[:1] for readings in place.sounds)
        if _sounds_like(word, usual):
            return _USUAL
        return _OTHERWISE if _sounds_like(word, place.sounds) else None
    if word in place.name:
        return _USUAL if place.name.startswith(word) else _OTHERWISE
    whole = iter(full_name(place.code) or place.name)
    return _SCATTERED if place.name[0] in word and all(sign in whole for sign in word) else None


def _sounds_like(word: str, sounds: tuple[tuple[str, ...], ...]) -> bool:
    """Return whether a word spells the beginning of a name, in full or by initials."""
    if not word:
        return True
    if not sounds:
        return False
    rest = sounds[1:]
    return any(
        reading.startswith(word)
        or (word.startswith(reading) and _sounds_like(word[len(reading) :], rest))
        or (word[0] == reading[0] and _sounds_like(word[1:], rest))
        for reading in sounds[0]
    )
