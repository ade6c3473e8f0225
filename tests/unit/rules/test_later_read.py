"""A bundle that was read whole before is read place by place, and is the same."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.rules.bundle import Bundle
from medcounter.rules.fees.formulas import Rated
from medcounter.rules.known_records import known_record
from medcounter.rules.later_read import LaterRead
from medcounter.rules.load import join_parts, read_bundle, read_known, read_shipped
from medcounter.rules.values import Record
from medcounter.rules.vocabulary import EVENTS, EVERY_ANSWER, IDENTITIES
from tests.support.rules.rule_samples import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Callable

PAYLOAD = join_parts({path.name: path.read_bytes() for path in SHIPPED.glob("*.json")})


@pytest.mark.parametrize("read", [read_known, read_shipped])
def test_what_is_read_later_is_what_is_read_at_once(read: Callable[[bytes], Bundle]) -> None:
    known, whole = read(PAYLOAD), read_bundle(PAYLOAD)
    assert known.heads == whole.heads
    assert alike(tuple(known.programmes), whole.programmes)
    assert alike(tuple(known.examples), whole.examples)
    for name in Bundle.model_fields.keys() - {"programmes", "examples"}:
        assert alike(getattr(known, name), getattr(whole, name))


def test_a_fraction_is_read_later_as_it_is_at_once() -> None:
    written = {"kind": "rated", "base": "400.00", "rate": "1/12", "months": 5, "round": "year"}
    assert alike(known_record(Rated, written), Rated.model_validate(written))


def alike(one: object, other: object) -> bool:
    """Whether two are the same down to their kinds and to which keys were written."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, Record) and isinstance(other, Record):
        same = type(one) is type(other) and one.model_fields_set == other.model_fields_set
        return same and all(alike(getattr(one, name), getattr(other, name)) for name in vars(one))
    return type(one) is type(other) and one == other


def test_what_ships_is_read_without_a_validator() -> None:
    """Building what checks the language was a sixth of a start."""
    read = (
        "from medcounter.bundle.shipped import open_shipped;"
        "from medcounter.rules.bundle import Programme;"
        "opened = open_shipped();"
        "assert opened.bundle.programmes[0].rules;"
        "print(Programme.__pydantic_complete__)"
    )
    told = subprocess.run([sys.executable, "-c", read], capture_output=True, check=True, text=True)
    assert told.stdout == "False\n"


def test_the_built_in_words_are_what_checking_them_would_give() -> None:
    for term in (*IDENTITIES, *EVENTS, *EVERY_ANSWER):
        assert alike(type(term).model_validate(term.model_dump(exclude_unset=True)), term)


def test_the_places_are_listed_without_reading_one() -> None:
    known = read_known(PAYLOAD)
    book = RuleBook.open(known, "", signed=True)
    assert len(book.regions()) > 20
    later: object = known.programmes
    assert isinstance(later, LaterRead)
    assert later.read == 0


def test_a_place_is_read_with_those_above_it_and_no_other() -> None:
    known = read_known(PAYLOAD)
    book = RuleBook.open(known, "", signed=True)
    assert book.programme("361002", "resident", 2026) is not None
    later: object = known.programmes
    assert isinstance(later, LaterRead)
    # Fuzhou lies in Jiangxi, and both below the nation.
    assert later.read == 2


def test_a_record_is_read_once_and_a_part_of_them_in_their_order() -> None:
    later = LaterRead([{"id": number} for number in range(4)], str)
    assert later[1] is later[1]
    assert later[-1] == "{'id': 3}"
    assert later[1:3] == ("{'id': 1}", "{'id': 2}")
    assert (len(later), later.read) == (4, 3)


def test_a_copy_with_other_programmes_tells_them_by_their_own_heads() -> None:
    whole = read_bundle(PAYLOAD)
    assert len(whole.heads) > 1
    copied = whole.model_copy(update={"programmes": whole.programmes[:1]})
    assert copied.heads == whole.heads[:1]
