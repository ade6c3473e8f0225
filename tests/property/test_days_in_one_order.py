"""On which payment days the turns of births and events may change their order.

The grid of a proof looks at these days alone; every other day is like the one before it.
"""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.prove.case_axes import DayAxis
from medcounter.assess.prove.payment_days import PaymentDays
from medcounter.rules.breakpoints import Breakpoints
from medcounter.rules.case import BIRTH
from tests.support.rules.rule_samples import good_book

DAYS = st.dates(date(2019, 1, 1), date(2029, 12, 31))
# Lengths that months and years have in days, so that one turn may pass another.
LENGTHS = {"days": (0, 28, 29, 30, 31, 59, 60, 61, 365, 366), "months": (1, 2, 12), "years": (0, 1)}
SPANS = st.sampled_from(sorted(LENGTHS)).flatmap(
    lambda unit: st.tuples(st.just(unit), st.sampled_from(LENGTHS[unit]), st.integers(0, 1))
)
AGES = st.tuples(DAYS.map(date.isoformat) | st.just("payment"), st.integers(0, 90))


def programme() -> Compiled:
    compiled = good_book().programme("990000", "resident", 2026)
    assert compiled is not None
    return compiled


@given(
    axis=st.sampled_from([BIRTH, "event:birth", "event:moved"]),
    fixed=st.sets(DAYS, max_size=3),
    spans=st.sets(SPANS, max_size=5),
    ages=st.sets(AGES, max_size=3),
)
def test_between_two_days_that_are_looked_at_no_turn_passes_another(
    axis: str, fixed: set[date], spans: set[tuple[str, int, int]], ages: set[tuple[str, int]]
) -> None:
    payment = PaymentDays(programme())
    kind = axis.removeprefix("event:")
    cuts = Breakpoints(births=fixed, event_days={kind: fixed}, spans={kind: spans}, ages=ages)
    turns = DayAxis(axis, cuts, payment)
    orders = [turns.order(place) for place in range(len(payment.days))]
    passed = {place for place in range(1, len(orders)) if orders[place] != orders[place - 1]}
    assert passed <= turns.reordered()


def test_turns_that_move_on_with_the_day_are_looked_at_on_the_first_alone() -> None:
    payment = PaymentDays(programme())
    assert payment.days[1] - payment.days[0] == timedelta(days=1)
    cuts = Breakpoints(spans={"moved": {("days", 10, 0), ("days", 30, 1)}})
    assert DayAxis("event:moved", cuts, payment).reordered() == set()
