"""Spell a name in Latin letters as clerks type it: initials and full pinyin.

Gives every spelling a name can be found by; a character with several readings
gets all of them, since surnames are read differently from words.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import islice, product

# More combinations than a name in use has; of a text of polyphones the first are kept.
_MOST = 48
_NO_PHRASES = "PYPINYIN_NO_PHRASES"
_LONGEST = 20
_LATIN = re.compile("[a-z]+")
_WORD_OR_CHARACTER = re.compile("[a-z]+|.")
# Readings that these characters have as surnames and the tables lack.
_AS_SURNAME = {"黑": "he", "贠": "yun", "谌": "shen"}


def spellings(name: str) -> tuple[str, ...]:
    """Return the lower-case spellings of a name, each once.

    ``单小红`` gives ``dxh``, ``danxiaohong``, ``danxh``, and the same for the
    readings ``shan`` and ``chan``. Each Latin word stands for itself too, marks
    between the parts of a name are left out, and ``ü`` is keyed as ``v`` or
    as ``u``. A character without a known reading is passed over.
    """
    parts = [part for part in _parts(name)[:_LONGEST] if part]
    if not parts:
        return ()
    initials = _joined([_heads(part) for part in parts])
    whole = _joined(parts)
    mixed = _joined([parts[0], *(_heads(part) for part in parts[1:])])
    latin = _LATIN.findall(_plain(name))
    return tuple(dict.fromkeys((*initials, *whole, *mixed, *latin)))


def is_spelling(text: str) -> bool:
    """Return whether a text could be a spelling: Latin letters and nothing else."""
    return text.isascii() and text.isalpha()


def _parts(name: str) -> list[tuple[str, ...]]:
    """Return the readings of each character; a Latin word is read in one way."""
    return [
        (part,) if is_spelling(part) else _readings(part)
        for part in _WORD_OR_CHARACTER.findall(_plain(name))
    ]


def _plain(name: str) -> str:
    """Write a name in small letters without accents."""
    marks = unicodedata.normalize("NFKD", name.lower())
    return "".join(mark for mark in marks if not unicodedata.combining(mark))


@cache
def _readings(character: str) -> tuple[str, ...]:
    with _without_phrases():
        # The tables of readings load in 0.04 s, which only a name needs.
        from pypinyin import Style, pinyin  # noqa: PLC0415 - see above

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    sounds = [sound for each in found for sound in each]
    sounds += filter(None, [_AS_SURNAME.get(character)])
    both = [way for sound in sounds for way in (sound, sound.replace("v", "u"))]
    return tuple(dict.fromkeys(way for way in both if is_spelling(way)))


@contextmanager
def _without_phrases() -> Iterator[None]:
    """Leave out the tables of phrases, which single characters never ask.

    They would take 0.12 s and 45 MB. The environment is put back, so that no program
    started later is without them.
    """
    with_phrases = _NO_PHRASES not in os.environ
    os.environ.setdefault(_NO_PHRASES, "true")
    try:
        yield
    finally:
        if with_phrases:
            del os.environ[_NO_PHRASES]


def _heads(readings: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reading[0] for reading in readings))


def _joined(parts: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Join the readings of all parts, as many for each reading of the first."""
    surname, *given = parts
    most = max(1, _MOST // len(surname))
    return tuple(head + "".join(ways) for head in surname for ways in islice(product(*given), most))
