"""Try small bundles on every day there is: which rules stand together, and where none does.

Written apart from the program: conditions are read as JSON, and days are counted
from a calendar of its own. Nothing here looks for limits; it just goes through
all days of payment, birth and events, one after the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import chain, combinations, product
from typing import Any, NamedTuple

from tests.support.rules.own_conditions import CALENDAR, NUMBER, Json, Known, Truth, leaf_truth

_MOST_LAPSED = 7
_OLDEST = 12
CLOSED = "closed"
_ABOUT_FEE = frozenset({"standard", "concession"})


class Holes(NamedTuple):
    """What is wrong with the rules of one question.

    Attributes:
        gap: Whether no rule stands for somebody.
        meeting: Pairs of rules that stand together where one should.
        standing: The rules that stand for somebody.
    """

    gap: bool
    meeting: frozenset[frozenset[str]]
    standing: frozenset[str]


class Residents:
    """Everybody there can be for the rules of two questions, by axis and day."""

    def __init__(self, rules: list[Json], year: int, earliest: int) -> None:
        """Sort the conditions by what they look at.

        Args:
            rules: Of the question and of the window.
            year: The year insured.
            earliest: The first day tried for events; births go back further, by one
                day in each earlier year.
        """
        self.year = year
        self.earliest = earliest
        self.leaves: dict[str, list[Json]] = {"birth": [], "history": []}
        self.codes: set[str] = set()
        for leaf in chain.from_iterable(_leaves_of(rule) for rule in rules):
            axis = _axis_of(leaf)
            if axis == "identity":
                self.codes |= set(leaf["any_of"])
            if axis not in {"window", "outcome"} and leaf not in self.leaves.setdefault(axis, []):
                self.leaves[axis].append(leaf)
        for ground in chain.from_iterable(rule.get("grounds", ()) for rule in rules):
            if ground.startswith("event-"):
                self.leaves.setdefault(f"event:{ground}", [])
            elif ground != "newborn":
                self.leaves.setdefault("identity", [])
                self.codes.add(ground)

    def of(self, paid: int) -> list[list[Any]]:
        """For every axis, all that can be said of a resident who pays on a day."""
        return [sorted(set(self._rows(axis, paid)), key=repr) for axis in self.leaves]

    def _rows(self, axis: str, paid: int) -> Iterator[Any]:
        leaves = self.leaves[axis]
        for known, beside in self._known(axis, paid):
            yield tuple(leaf_truth(leaf, known, self.year) for leaf in leaves), beside

    def _known(self, axis: str, paid: int) -> Iterator[tuple[Known, Any]]:
        """Yield every value of an axis, and what the axes beside it must know of it."""
        kind, _, code = axis.partition(":")
        if kind == "event":
            yield Known(paid), None
            yield from ((Known(paid, event=day), code) for day in range(self.earliest, paid + 1))
        elif kind == "answer":
            yield from ((Known(paid, answer=value), None) for value in self._answers(axis))
        else:
            yield from {
                "paid": self._payment,
                "birth": self._births,
                "identity": self._held,
                "history": self._histories,
                "repair": self._repairs,
            }[kind](paid)

    def _payment(self, paid: int) -> Iterator[tuple[Known, None]]:
        yield Known(paid), None

    def _births(self, paid: int) -> Iterator[tuple[Known, int]]:
        """Yield birth days with the most years that can have lapsed since."""
        yield Known(paid), _MOST_LAPSED
        old = (NUMBER[self.year - back, 7, 1] for back in range(2, _OLDEST))
        for day in chain(
            (day for day in old if day < self.earliest), range(self.earliest, paid + 1)
        ):
            yield Known(paid, birth=day), max(0, self.year - 1 - CALENDAR[day][0])

    def _held(self, paid: int) -> Iterator[tuple[Known, tuple[str, ...]]]:
        for count in range(len(self.codes) + 1):
            for codes in combinations(sorted(self.codes), count):
                yield Known(paid, identities=frozenset(codes)), codes

    def _repairs(self, paid: int) -> Iterator[tuple[Known, None]]:
        yield from ((Known(paid, repair=number), None) for number in range(9))

    def _answers(self, axis: str) -> list[Any]:
        values = [leaf["is"] for leaf in self.leaves[axis] if "is" in leaf]
        if any(isinstance(value, bool) for value in values):
            return [True, False]
        return [*values, "other"] if values else list(range(12))

    def _histories(self, paid: int) -> Iterator[tuple[Known, int]]:
        """Yield insured years and the lapsed ones that can be counted with them.

        From which year on they count is not said: any count up to the first insured
        year may come out.
        """
        before = range(self.year - 4, self.year)
        for count in range(len(before) + 1):
            for insured in combinations(before, count):
                lapsed = self.year - 1 - max(insured) if insured else _MOST_LAPSED
                for number in range(lapsed + 1):
                    yield Known(paid, insured=frozenset(insured), lapsed=number), number


_AXES = {
    "paid": "paid",
    "day-of-month": "paid",
    "lapsed": "history",
    "insured": "history",
    "born": "birth",
    "years-since-birth-year": "birth",
    "age": "birth",
}


def _axis_of(leaf: Json) -> str:
    test = leaf["test"]
    if test == "event":
        return f"event:{leaf['kind']}"
    if test == "elapsed":
        return "birth" if leaf["since"] == "birth" else f"event:{leaf['since']}"
    return f"answer:{leaf['code']}" if test == "answer" else str(_AXES.get(test, test))


def _leaves_of(rule: Json) -> Iterator[Json]:
    conditions = [rule.get("when"), *(read.get("when") for read in rule.get("readings", ()))]
    if "valid" in rule:
        conditions.append({"test": "paid", **rule["valid"]})
    todo = [when for when in conditions if when is not None]
    while todo:
        when = todo.pop()
        inner = when.get("of")
        if when["test"] in {"all", "any"}:
            todo += inner
        elif when["test"] == "not":
            todo.append(inner)
        else:
            yield when


class Resident(NamedTuple):
    """One resident on one payment day: the truth of every condition."""

    truths: dict[str, Truth]
    grounds: frozenset[str]
    newer: bool
    lacks: frozenset[str] = frozenset()

    def lacking(self, grounds: set[str]) -> Resident:
        """The same resident without some identities and events."""
        return self._replace(lacks=frozenset(grounds))

    def truth(self, leaf: Json) -> Truth:
        """The truth of a condition."""
        if self.lacks & {leaf.get("since"), leaf.get("kind")}:
            return False
        if leaf["test"] == "identity":
            return any(code in self.grounds - self.lacks for code in leaf["any_of"])
        return self.truths[repr(leaf)]


class Asked(NamedTuple):
    """What to try: a programme and one of its questions.

    Attributes:
        rules: All rules of the programme, windows among them.
        question: The question; window rules are asked first for others.
        year: The benefit year.
        newer: Whether it is of format 2: an exemption holds for each of its grounds on its
            own, and a fee asks for every birth date that its conditions hang on.
    """

    rules: list[Json]
    question: str
    year: int
    newer: bool


def holes(tried: Asked, paid: range) -> Holes:
    """Try everybody on every payment day.

    Args:
        tried: The programme and the question.
        paid: The payment days, as numbers.
    """
    rules, question, year, newer = tried
    windows = [rule for rule in rules if rule["question"] == "window"]
    asked = [rule for rule in rules if rule["question"] == question]
    earliest = min(paid.start - 400, NUMBER[year - 2, 8, 1])
    everybody = Residents([*windows, *asked], year, earliest)
    found = _Found(tried, windows, asked)
    seen: set[str] = set()
    for day in paid:
        rows = everybody.of(day)
        key = repr(rows)
        if key not in seen:
            seen.add(key)
            for resident in _residents(everybody, rows, newer=newer):
                found.look_at(resident)
    return Holes(found.gap, frozenset(found.meeting), frozenset(found.standing))


def _residents(everybody: Residents, rows: list[list[Any]], *, newer: bool) -> Iterator[Resident]:
    axes = list(everybody.leaves)
    for chosen in product(*rows):
        beside = {axis: aside for axis, (_, aside) in zip(axes, chosen, strict=True)}
        if beside["history"] > beside["birth"]:
            continue
        truths: dict[str, Truth] = {}
        for axis, (row, _) in zip(axes, chosen, strict=True):
            truths.update(zip(map(repr, everybody.leaves[axis]), row, strict=True))
        events = {aside for axis, aside in beside.items() if axis.startswith("event:") and aside}
        grounds = {"newborn", *beside.get("identity", ()), *events}
        yield Resident(truths, frozenset(grounds), newer)


class _Found:
    """Gathers what stands together, resident by resident."""

    def __init__(self, tried: Asked, windows: list[Json], asked: list[Json]) -> None:
        self.question = question = tried.question
        self.apart = tried.newer and question == "exemption"
        self.windows = windows
        self.asked = asked
        self.best = question in {"exemption", "concession"}
        self.gap = False
        self.meeting: set[frozenset[str]] = set()
        self.standing: set[str] = set()
        self.readings = list(_readings([*windows, *(asked if asked is not windows else ())]))

    def look_at(self, resident: Resident) -> None:
        """Try all readings on one resident."""
        for readings in self.readings:
            window: Json | None = None
            if self.question not in {"window", "lapse"}:
                open_windows, _ = _standing(self.windows, resident, readings, None)
                if len(open_windows) != 1 or open_windows[0]["answer"]["kind"] == CLOSED:
                    continue
                window = open_windows[0]
            standing, unknown = _standing(self.asked, resident, readings, window)
            grounds = {
                rule["id"]: self._grounds(rule, resident, readings, window) for rule in standing
            }
            if self.best:
                standing = [rule for rule in standing if grounds[rule["id"]]]
            self.standing |= {rule["id"] for rule in standing}
            if unknown and self.question in _ABOUT_FEE:
                continue
            self.gap |= not self.best and not standing
            for one, other in combinations(standing, 2):
                if not self.best or grounds[one["id"]] & grounds[other["id"]]:
                    self.meeting.add(frozenset({one["id"], other["id"]}))

    def _grounds(
        self, rule: Json, resident: Resident, readings: dict[str, int], window: Json | None
    ) -> set[str]:
        """The grounds held, and where they count apart, those that suffice alone."""
        own = set(rule.get("grounds", ()))
        held = own & resident.grounds
        if not self.apart:
            return held
        way = readings.get(rule["id"], 0)
        return {
            ground
            for ground in held
            if _rule_truth(rule, resident.lacking(own - {ground}), way, window)
        }


def _readings(rules: list[Json]) -> Iterator[dict[str, int]]:
    """All readings of unsettled rules, with one assumed rule read otherwise or none."""
    unsettled = [rule for rule in rules if rule["status"] == "unsettled"]
    ways = [range(len(rule.get("readings", ())) + 1) for rule in unsettled]
    other: list[dict[str, int]] = [{}]
    for rule in rules:
        if rule["status"] == "assumed":
            other += [{rule["id"]: way + 1} for way in range(len(rule.get("readings", ())))]
    for chosen in product(*ways):
        names = dict(zip((rule["id"] for rule in unsettled), chosen, strict=True))
        yield from ({**names, **more} for more in other)


def _standing(
    rules: list[Json], resident: Resident, readings: dict[str, int], window: Json | None
) -> tuple[list[Json], bool]:
    """The rules that hold and are not displaced, and whether one lacks a fact."""
    truths = {
        rule["id"]: _rule_truth(rule, resident, readings.get(rule["id"], 0), window)
        for rule in rules
    }

    @cache
    def displaced(name: str) -> bool:
        return any(
            name in rule.get("exception_to", ())
            and truths[rule["id"]] is True
            and not displaced(rule["id"])
            for rule in rules
        )

    left = [rule for rule in rules if not displaced(rule["id"])]
    standing = [rule for rule in left if truths[rule["id"]] is True]
    waits = (rule for rule in left if not resident.newer or _asks(rule, newer=True))
    return standing, any(truths[rule["id"]] is None for rule in waits)


def _asks(rule: Json, *, newer: bool) -> bool:
    """Whether a rule waits for every birth date; one for newborns alone waits for none."""
    return newer and rule["question"] in _ABOUT_FEE and rule.get("grounds") != ["newborn"]


def _rule_truth(rule: Json, resident: Resident, way: int, window: Json | None) -> Truth:
    if "valid" in rule and not resident.truths[repr({"test": "paid", **rule["valid"]})]:
        return False
    reading = rule["readings"][way - 1] if way else {}
    if not reading.get("stands", True):
        return False
    when = reading.get("when", rule.get("when"))
    asks = _asks(rule, newer=resident.newer)
    return True if when is None else _truth(when, resident, window, asks=asks)


def _truth(when: Json, resident: Resident, window: Json | None, *, asks: bool) -> Truth:
    match when["test"]:
        case "window":
            kind, name = ("", "") if window is None else (window["answer"]["kind"], window["id"])
            return bool(kind in when.get("kinds", ()) or name in when.get("rules", ()))
        case "not":
            inner = _truth(when["of"], resident, window, asks=asks)
            return None if inner is None else not inner
        case "all" | "any":
            parts = [_truth(part, resident, window, asks=asks) for part in when["of"]]
            decisive: bool = when["test"] == "any"
            if decisive in parts:
                return decisive
            return None if None in parts else not decisive
        case _:
            truth = resident.truth(when)
            if truth is not None or when["test"] == "age":
                return truth
            return None if asks and when["test"] != "elapsed" else False
