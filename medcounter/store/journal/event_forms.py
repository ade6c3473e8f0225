"""What an event of each kind may say, and the one form it is written in.

Returns what it says, or a sentence about a row without that form. A code proves who
wrote a row, not that the program could have: whoever holds the key can write what no
reader expects. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import MAXYEAR, date, datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from medcounter.store.db.ledger_schema import ANCHOR_LOST, HALL, RULE_DRAFT
from medcounter.store.ledger_records import ChainFault
from medcounter.strict_json import NotCanonicalError, StrictJsonError, canonical, read_strict

Shape = Callable[[object], bool]
_NOTICE = re.compile(r"\d{4}-\d{2}-\d{6}")
_CLOSE = re.compile(r"\d{4}-\d{2}-D\d{4}")
_DESK = re.compile(r"\d{2}")
_PAIR = 2


def _anything(_value: object) -> bool:
    return True


def _text(value: object) -> bool:
    return isinstance(value, str)


def _number(value: object) -> bool:
    return type(value) is int and value >= 0


def _count(value: object) -> bool:
    """Return whether it is a whole number of fen or notices."""
    return type(value) is int


def _yes_or_no(value: object) -> bool:
    return isinstance(value, bool)


def _like(form: re.Pattern[str]) -> Shape:
    return lambda value: isinstance(value, str) and form.fullmatch(value) is not None


def _or_nothing(shape: Shape) -> Shape:
    return lambda value: value is None or shape(value)


def _list_of(shape: Shape) -> Shape:
    return lambda value: isinstance(value, list) and all(map(shape, value))


def _one_of(*shapes: Shape) -> Shape:
    return lambda value: any(shape(value) for shape in shapes)


def _both(*shapes: Shape) -> Shape:
    return lambda value: all(shape(value) for shape in shapes)


def _map_of(shape: Shape) -> Shape:
    return lambda value: isinstance(value, dict) and all(map(shape, value.values()))


def _record(known: Mapping[str, Shape], *needed: str) -> Shape:
    """Ask for an object whose keys have these shapes; no reader looks at others."""

    def fits(value: object) -> bool:
        return (
            isinstance(value, dict)
            and value.keys() >= set(needed)
            and all(known.get(name, _anything)(one) for name, one in value.items())
        )

    return fits


def _exactly(known: Mapping[str, Shape]) -> Shape:
    """Ask for an object with all of these keys and no other."""
    fits = _record(known, *known)
    return lambda value: fits(value) and isinstance(value, dict) and value.keys() == known.keys()


def is_day(value: object) -> bool:
    """Return whether it is a day as the program writes it."""
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return False
    return day is not None and day.isoformat() == value


def _closed_day(value: object) -> bool:
    # After the last year there is no day to count to.
    return is_day(value) and str(value) < f"{MAXYEAR}"


def _stretch(value: object) -> bool:
    """Return whether it is the first and the last number of a range."""
    match value:
        case [first, last]:
            return _number(first) and _number(last)
    return False


def _head(value: object) -> bool:
    """Return whether it is the number and the code of a last event."""
    match value:
        case [position, str()]:
            return _number(position)
    return False


def _print(value: object) -> bool:
    """Return whether it names a print, as the figures of a day do."""
    match value.split(" ") if isinstance(value, str) else ():
        case [number, "第", count, "次"]:
            return _NOTICE.fullmatch(number) is not None and count.isdecimal()
    return False


def _numbered(value: object) -> bool:
    """Return whether a close's number is the one of its desk and sequence."""
    match value:
        case {"number": str(number), "desk": str(desk), "sequence": int(sequence)}:
            return sequence > 0 and number[4:] == f"-{desk}-D{sequence:04d}"
    return False


def _pair_of_texts(value: object) -> bool:
    return isinstance(value, list) and len(value) == _PAIR and all(map(_text, value))


_LINE = {
    "label": _text,
    "issued": _count,
    "voided": _count,
    "reprints": _count,
    "total": _count,
}
_LINES = _list_of(_exactly(_LINE))
_FIGURES: Mapping[str, Shape] = {
    **dict.fromkeys(
        ("issued", "issued_total", "voided", "voided_total", "earlier", "earlier_total"), _count
    ),
    **dict.fromkeys(("reprints", "unpriced", "total"), _count),
    **dict.fromkeys(("by_clerk", "by_category", "by_year"), _LINES),
    "unconfirmed": _list_of(_print),
}
_NUMBERS = {
    "closes_used": _list_of(_like(_CLOSE)),
    "numbers_used": _list_of(_like(_NOTICE)),
}
_TEXTS = ("act", "for", "hall", "key", "name", "public", "role", "signature")
_LISTED = {"said": _list_of(_anything), "clerks": _list_of(_pair_of_texts), "keys": _map_of(_text)}
_RULES = ("bundle", "origin", "package_sha256", "sha256", "base", "begins", "hall_rules", "package")
_REASON = _record({"code": _text, "about": _text}, "code")
_CARRIED = _record(
    {"before": _text, "row": _list_of(_anything), "public": _text, "signature": _text},
    "before", "row", "public", "signature",
)  # fmt: skip
# Each kind of event of which something is read, and what its readers count on.
_FORMS: Mapping[str, Shape] = MappingProxyType(
    {
        "void": _record(
            {"reason": _text, "run": _text, "number": _like(_NOTICE), "carried": _CARRIED},
            "reason",
        ),
        "import": _record(
            {
                **dict.fromkeys(_RULES, _text),
                "revision": _number,
                "roots": _number,
                **dict.fromkeys(("beside", "hall_proven", "hall_retired"), _list_of(_text)),
            }
        ),
        "export": _record(
            {
                **dict.fromkeys(("form", "state"), _text),
                **dict.fromkeys(("first_day", "last_day"), _or_nothing(is_day)),
                **dict.fromkeys(("masked", "to_enter"), _yes_or_no),
                "notices": _number,
                "sealed": _text,
            }
        ),
        "restore": _record(
            {
                **_NUMBERS,
                **dict.fromkeys(("backup", "over", "reason"), _text),
                "known": _number,
                "leapt": _yes_or_no,
                "replaced": _list_of(_head),
                "voided": _list_of(_like(_NOTICE)),
            }
        ),
        "day-close": _both(
            _record(
                {
                    "day": _closed_day,
                    "desk": _like(_DESK),
                    "figures": _one_of(_exactly({}), _record(_FIGURES, *_FIGURES)),
                    "number": _like(_CLOSE),
                    "ranges": _list_of(_stretch),
                    "sequence": _number,
                },
                "day", "desk", "figures", "number", "ranges", "sequence",
            ),
            _numbered,
        ),
        "sign-in": _record({**dict.fromkeys(_TEXTS, _text), "slots": _number, **_LISTED}),
        "override": _record({"clock_before": _or_nothing(_text), "reason": _text}),
        "failure": _record({"what": _text, "lines": _number, "tries": _map_of(_number)}),
        "acknowledged": _record({"reasons": _list_of(_REASON)}, "reasons"),
        "listed": _record({"run": _text}, "run"),
        RULE_DRAFT: _record(
            {
                **dict.fromkeys(("act", "code", "reason", "state"), _text),
                **dict.fromkeys(("draft", "position"), _number),
            },
            "code", "position",
        ),
        HALL: _record(
            {
                **dict.fromkeys(("act", "hall"), _text),
                **dict.fromkeys(("certificates", "people"), _list_of(_text)),
            }
        ),
        ANCHOR_LOST: _record({**_NUMBERS, "why": _text}, *_NUMBERS),
    }
)  # fmt: skip


# What is about a notice, and what is about one of its prints; all else is about none.
_OF_A_PRINT = frozenset({"issue", "reprint", "printed", "print-failed"})
_OF_A_NOTICE = _OF_A_PRINT | {
    "void", "erase", "reveal", "entered", "not-entered", "acknowledged", "listed"
}  # fmt: skip


class FormFault(ChainFault):
    """A row that no reader may go by."""


def fault(
    position: int, kind: str, at: str, about: tuple[int | None, int | None], detail: str
) -> FormFault | None:
    """Find what the program would not have written so; None where there is nothing.

    Args:
        position: The event's number.
        kind: Its kind.
        at: Its time, as written.
        about: Row of the notice it is about, and which print of it; None for none.
        detail: What it says, as written.
    """
    named = about[0] is not None, about[1] is not None
    if not is_time(at):
        what = "时间"
    elif named != (kind in _OF_A_NOTICE, kind in _OF_A_PRINT):
        what = "通知单或打印次数"
    # What issued a notice is held to its one form by the notice.
    elif kind != "issue" and read(kind, detail) is None:
        what = "内容"
    else:
        return None
    return FormFault(
        position, f"第 {position} 条记录（{kind}）的{what}不是程序的写法，可能不是程序写的。"
    )


@lru_cache(maxsize=256)  # people come and go with the same words
def read(kind: str, detail: str) -> Mapping[str, Any] | None:
    """Return what an event says; None where it has not the form of its kind."""
    try:
        said = read_strict(detail.encode())
        if not isinstance(said, dict) or canonical(said).decode() != detail:
            return None
    except (StrictJsonError, NotCanonicalError):
        return None
    fits = _FORMS.get(kind)
    return said if fits is None or fits(said) else None


def is_time(at: str) -> bool:
    """Return whether a time is written as ``journal.stamp`` writes it."""
    try:
        read_back = datetime.fromisoformat(at)
    except ValueError:
        return False
    is_same = read_back.isoformat(timespec="seconds") == at
    return is_same and read_back.utcoffset() is not None and 1 < read_back.year < MAXYEAR
