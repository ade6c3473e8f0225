"""The rows on what leaves a counter: what it tells, and what is brought in its place."""

from functools import partial

from tests.faults.inputs import strange_ledgers
from tests.faults.rows import Part, Row, repeated
from tests.faults.secrets import masked_ways

LEAVING_ROWS: tuple[Row, ...] = (
    Row(
        25,
        "somebody works an ID number out from what is masked, or reads there what clerks typed of "
        "others",
        "at least 500 people fit all that stands in each masked way out, whatever lists of areas "
        "are at hand; no typed reason stands in one",
        "invented people of six ages taken out by the audit file, tables, lists, sheets, paper, "
        "QR, titles and logs; numbers that fit are counted by another encoding of the standard",
        (Part("everybody", masked_ways.count),),
        (Part("adult", partial(masked_ways.count, ("adult",))),),
        masked_ways.BAD,
    ),
    Row(
        30,
        "ledgers to be gathered that no desk wrote, malformed ones, contradicting ones, any order",
        "only confirmed desks come in; the rest is a sentence and the others go on; the end is the "
        "same in every order",
        "any value put anywhere in files of both versions, rightly sealed; forged files before and "
        "after the real one; five files in all their orders",
        (
            *repeated(20_000, 5_000, strange_ledgers.read_anything),
            Part("forged", partial(strange_ledgers.forge, 1_000)),
            Part("orders", strange_ledgers.orders),
        ),
        repeated(200, 200, strange_ledgers.read_anything),
        strange_ledgers.BAD,
    ),
)
