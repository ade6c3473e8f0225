"""Small bundles of random rules, with and without holes, for the proof to be tried on.

Payment days are few and lie around month ends, the leap day or New Year. Shapes
that once passed with a hole in them are made on purpose, beside ones that look
like them and are sound.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

Json = dict[str, Any]

PLACE = "990000"
EVENTS = ("event-a", "event-b")
IDENTITIES = ("person-a", "person-b", "person-c")
BEST = ("exemption", "concession")
# One rule each, so that the programme is whole but for the question that is tried.
_PLAIN: dict[str, Json] = {
    "lapse": {"from_year": 2025},
    "standard": {"items": [{"code": "standard", "label": "个人缴费", "amount": "400.00"}]},
    "subsidy": {"amount": "700.00"},
    "fixed-wait": {"length": 3, "unit": "month"},
    "variable-wait": {"per_year": 1},
    "repair": {"per_year": 1},
    "wait-start": {"anchor": "payment"},
    "month-end": {"becomes": "last-day"},
    "after-wait": {"days": 1},
    "cover-start": {"anchor": "payment"},
    "cover-end": {"to": "B:12-31"},
    "carry-over": {"carries": True},
}
_ANSWERS: dict[str, Json] = {
    **_PLAIN,
    "window": {"kind": "closed", "label": "不收"},
    "concession": {"pays": "0.00"},
    "exemption": {"waives": ["fixed"], "cover": {"anchor": "payment"}},
}
# The question that is tried, and how often: what has one rule, what has one a ground.
_TRIED = (
    *("fixed-wait", "standard", "cover-end", "window", "lapse"),
    *("exemption", "concession", "exemption"),
)


class Tried(NamedTuple):
    """A bundle and what to try in it."""

    document: Json
    rules: list[Json]
    question: str
    year: int
    first: date
    last: date


def random_bundle(seed: int) -> Tried:
    """A bundle of one place; one question has random rules, the window some."""
    return _Maker(seed).made()


class _Maker:
    """Makes one bundle from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 -- to make bundles, not secrets
        self.year = self.random.choice((2025, 2026, 2027, 2028, 2029))
        turns = (
            date(self.year, 1, 1),
            date(self.year, 3, 1),
            date(self.year, 5, 1),
            date(self.year - 1, 12, 1),
            date(self.year, self.random.randint(1, 12), self.random.randint(1, 28)),
        )
        self.first = self.random.choice(turns) - timedelta(days=self.random.randint(3, 20))
        self.last = self.first + timedelta(days=self.random.randint(15, 40))
        self.question = self.random.choice(_TRIED)
        self.best = self.question in BEST
        self.format = self.random.choice((1, 2))
        # Few facts to a bundle: whoever tries them all has to come to an end.
        facts = ["history", "identity", "answer", "event-a", "event-b", "repair"]
        self.facts = {"paid", "birth", *self.random.sample(facts, 2)}

    def made(self) -> Tried:
        shaped = self.random.random() < 0.45
        rules = self.shape() if shaped else self.loose()
        if self.random.random() < 0.3:
            self.doubt(rules)
        others = [_rule(f"n-{code}", code) for code in _PLAIN if code != self.question]
        if self.question != "window":
            others += self.windows()
        whole = [*others, *rules]
        return Tried(self.document(whole), whole, self.question, self.year, self.first, self.last)

    def document(self, rules: list[Json]) -> Json:
        days = {"from": str(self.first), "to": str(self.last)}
        programme = {
            "id": "place",
            "region": PLACE,
            "scheme": "resident",
            "benefit_years": {"from": self.year, "to": self.year},
            "payment_days": days,
            "rules": rules,
        }
        source = {"title": "公告", "publisher": "某局", "grade": "A", "published": None}
        return {
            "format": self.format,
            "id": "random",
            "revision": 1,
            "issued": "2026-01-01",
            "review_by": "2026-12-31",
            "vocabulary": {
                "identities": [{"code": code, "label": code} for code in IDENTITIES],
                "events": [{"code": code, "label": code} for code in EVENTS],
                "answers": [],
            },
            "regions": [{"code": PLACE, "name": "某地"}],
            "sources": [{"id": "order", "checked": "2026-01-01", **source}],
            "programmes": [programme],
        }

    def windows(self) -> list[Json]:
        """Closed days, and one or two periods that now and then overlap."""
        rules = [_rule("w-closed", "window")]
        middle = self.day()
        ends = [(self.first, middle), (middle + timedelta(days=1), self.last)]
        for number, (start, end) in enumerate(ends[: self.random.choice((1, 2, 2))]):
            last = end + timedelta(days=self.random.choice((0, 0, 0, 0, 0, 0, 2)))
            kind = ("main", "late")[number]
            when = {"test": "paid", "from": str(start), "to": str(max(last, start))}
            answer = {"kind": kind, "label": "缴费期"}
            opens = _rule(f"w-{kind}", "window", when=when, exception_to=["w-closed"])
            rules.append({**opens, "answer": answer})
        return rules

    def loose(self) -> list[Json]:
        """A rule for everybody, mostly, and some with any condition."""
        rules = []
        if not self.best and self.random.random() < 0.85:
            rules.append(_rule("r-base", self.question))
        for number in range(self.random.randint(1, 3)):
            rules.append(self.ruled(f"r-{number}", self.condition(2), rules))
        return rules

    def ruled(self, name: str, when: Json, before: list[Json]) -> Json:
        """A rule that displaces some of those before it."""
        beats = [
            rule["id"]
            for rule in before
            if self.random.random() < (0.95 if rule["id"] == "r-base" else 0.45)
        ]
        made = _rule(name, self.question, when=when, exception_to=beats)
        if self.question == "window":
            kind = self.random.choice(("main", "late", "closed"))
            made["answer"] = {"kind": kind, "label": "缴费期"}
        if self.best:
            made["grounds"] = self.grounds()
        if self.random.random() < 0.1:
            start, end = sorted((self.day(), self.day()))
            made["valid"] = {"from": str(start), "to": str(end)}
        return made

    def grounds(self) -> list[str]:
        known = ["newborn"]
        known += IDENTITIES[:2] if "identity" in self.facts else ()
        if self.question == "exemption":
            known += [event for event in EVENTS if event in self.facts]
        return self.random.sample(known, self.random.randint(1, min(2, len(known))))

    def doubt(self, rules: list[Json]) -> None:
        """Let one or two rules be read in another way as well."""
        doubtful = [rule for rule in rules if "when" in rule]
        for rule in self.random.sample(doubtful, min(len(doubtful), self.random.randint(1, 2))):
            other: Json = {"when": self.condition(1)}
            if self.random.random() < 0.3:
                other = {"stands": False}
            rule["status"] = self.random.choice(("assumed", "unsettled"))
            rule["doubt"] = f"{rule['id']} 有疑。"
            rule["readings"] = [{**other, "text": "另一种读法"}]

    def condition(self, depth: int) -> Json:
        """Any condition over the facts of this bundle."""
        kind = self.random.random()
        if not depth or kind < 0.45:
            return self.leaf()
        if kind < 0.55:
            return {"test": "not", "of": self.condition(depth - 1)}
        parts = [self.condition(depth - 1) for _ in range(2)]
        return {"test": self.random.choice(("all", "all", "any")), "of": parts}

    def leaf(self) -> Json:
        made: dict[str, tuple[Callable[[], Json], ...]] = {
            "paid": (self.paid, self.day_of_month, self.in_window),
            "birth": (self.since_birth, self.since_birth, self.born, self.birth_year, self.age),
            "history": (self.lapsed, self.insured),
            "identity": (self.identity,),
            "answer": (self.answered,),
            "repair": (self.repaired,),
            "event-a": (lambda: self.elapsed("event-a"), lambda: self.happened("event-a")),
            "event-b": (lambda: self.elapsed("event-b"), lambda: self.happened("event-b")),
        }
        return self.random.choice(made[self.random.choice(sorted(self.facts))])()

    def day(self) -> date:
        return self.first + timedelta(days=self.random.randint(0, (self.last - self.first).days))

    def interval(self, start: date, end: date) -> Json:
        first, last = sorted((start, end))
        return self.random.choice(
            ({"from": str(first), "to": str(last)}, {"from": str(first)}, {"to": str(last)})
        )

    def counted(self, most: int) -> Json:
        low, high = sorted((self.random.randint(1, most), self.random.randint(1, most)))
        return self.random.choice(({"from": low, "to": high}, {"from": low}, {"to": high - 1}))

    def paid(self) -> Json:
        return {"test": "paid", **self.interval(self.day(), self.day())}

    def day_of_month(self) -> Json:
        low, high = sorted((self.random.randint(1, 31), self.random.randint(1, 31)))
        return {"test": "day-of-month", "from": low, "to": high}

    def in_window(self) -> Json:
        if self.question == "window":
            return self.paid()
        kinds = self.random.sample(("main", "late"), self.random.randint(1, 2))
        return {"test": "window", "kinds": kinds}

    def span(self) -> Json:
        return self.random.choice(
            (
                {"days": self.random.choice((10, 28, 30, 31, 59, 60, 61, 89, 90, 91, 92, 365))},
                {"months": self.random.choice((1, 2, 3, 3, 12))},
                {"years": 1},
            )
        )

    def elapsed(self, since: str) -> Json:
        key = self.random.choice(("within", "within", "more_than"))
        leaf: Json = {"test": "elapsed", "since": since, key: self.span()}
        if self.random.random() < 0.3:
            leaf["day_one"] = self.random.choice((0, 1))
        return leaf

    def since_birth(self) -> Json:
        return self.elapsed("birth")

    def past_day(self) -> date:
        before = timedelta(days=30 * self.random.randint(0, 12))
        near = (date(self.year, 1, 1), self.first - before)
        return self.random.choice(near) + timedelta(days=self.random.randint(-2, 2))

    def born(self) -> Json:
        return {"test": "born", **self.interval(self.past_day(), self.past_day())}

    def birth_year(self) -> Json:
        to = self.random.randint(0, 1)
        return {"test": "years-since-birth-year", "from": self.random.randint(0, to), "to": to}

    def age(self) -> Json:
        on = self.random.choice(("payment", "payment", "B:01-01", "B-1:09-01", "B:02-28"))
        return {"test": "age", "on": on, **self.random.choice(({"from": 1}, {"to": 0}))}

    def lapsed(self) -> Json:
        if self.question == "lapse":
            return self.insured()
        return {"test": "lapsed", **self.counted(4)}

    def insured(self) -> Json:
        back, value = self.random.randint(1, 3), self.random.choice((True, False))
        return {"test": "insured", "years_back": back, "is": value}

    def identity(self) -> Json:
        codes = self.random.sample(IDENTITIES, self.random.randint(1, 2))
        return {"test": "identity", "any_of": codes}

    def answered(self) -> Json:
        return self.random.choice(
            (
                {"test": "answer", "code": "retired", "is": self.random.choice((True, False))},
                {"test": "answer", "code": "gap_months", **self.counted(5)},
                {"test": "answer", "code": "tier", "is": self.random.choice(("1", "2"))},
            )
        )

    def repaired(self) -> Json:
        return {"test": "repair", **self.counted(3)}

    def happened(self, kind: str) -> Json:
        more = self.random.choice(
            ({}, {"in_benefit_year": True}, self.interval(self.past_day(), self.past_day()))
        )
        return {"test": "event", "kind": kind, **more}

    def shape(self) -> list[Json]:
        """Two rules that look at one thing in two ways: that meet, miss, or fit."""
        if self.best and self.random.random() < 0.35:
            return self.lent_limit()
        near, far = self.random.choice((self.by_age, self.by_month, self.by_year, self.by_day))()
        rules = [] if self.best else [_rule("r-base", self.question)]
        for name, when in (("r-near", near), ("r-far", far)):
            made = self.ruled(name, when, [])
            made["exception_to"] = [] if self.best else ["r-base"]
            if self.best:
                made["grounds"] = ["newborn"]
            rules.append(made)
        return rules

    def by_month(self) -> tuple[Json, Json]:
        """Within some months, and after as many, or one more or less."""
        months = self.random.randint(1, 4)
        after = max(1, months + self.random.choice((0, 0, 0, 1, -1)))
        return _since({"months": months}), _all(
            _since({"months": after}, "more_than"),
            {"test": "years-since-birth-year", "from": 0, "to": self.random.choice((0, 1))},
        )

    def by_day(self) -> tuple[Json, Json]:
        """So many days, and so many months: which is longer hangs on the months."""
        days, months = self.random.choice(((28, 1), (30, 1), (31, 1), (59, 2), (89, 3), (90, 3)))
        near, far = {"days": days}, {"months": months}
        if self.random.random() < 0.5:
            near, far = far, near
        return _since(near), _since(far, "more_than")

    def by_age(self) -> tuple[Json, Json]:
        """Within a year of birth, and from the first birthday on, or from the day after."""
        on = self.random.choice(("payment", "payment", "B:01-01"))
        year = self.random.choice(({"days": 364}, {"days": 365}, {"years": 1}, {"months": 11}))
        return _since(year), {"test": "age", "on": on, "from": 1}

    def by_year(self) -> tuple[Json, Json]:
        """Some days after birth, and born before a day that the first may reach over."""
        edge = self.first - timedelta(days=self.random.randint(20, 100))
        days = self.random.randint(10, 100)
        return _since({"days": days}), {"test": "born", "to": str(edge)}

    def lent_limit(self) -> list[Json]:
        """One rule for two events, where the limit of one lets the other pass."""
        self.facts |= set(EVENTS)
        months = self.random.randint(1, 3)
        near = [_since({"months": months}, since=event) for event in EVENTS]
        late = _since({"months": months}, "more_than", since=EVENTS[1])
        event_grounds = self.question == "exemption"
        grounds = list(EVENTS) if event_grounds else ["person-a"]
        joined = _rule("r-near", self.question, when={"test": "any", "of": near}, grounds=grounds)
        if self.random.random() < 0.5:
            late = _all(late, {"test": "not", "of": near[0]})
        return [joined, _rule("r-far", self.question, when=late, grounds=grounds[-1:])]


def _rule(name: str, question: str, **more: object) -> Json:
    return {
        "id": name,
        "question": question,
        "answer": _ANSWERS[question],
        "source": "order",
        "clause": "一",
        "status": "confirmed",
        "applies": "按本条。",
        **more,
    }


def _since(span: Json, key: str = "within", since: str = "birth") -> Json:
    return {"test": "elapsed", "since": since, key: span}


def _all(*parts: Json) -> Json:
    return {"test": "all", "of": list(parts)}
