"""A bundle that was read whole before is read place by place, and is the same."""

from __future__ import annotations

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.rules.later_read import LaterRead
from medcounter.rules.load import join_parts, read_bundle, read_known
from tests.support.rules.rule_samples import SHIPPED

PAYLOAD = join_parts({path.name: path.read_bytes() for path in SHIPPED.glob("*.json")})
KNOWN = read_known(PAYLOAD)


def test_what_is_read_later_is_what_is_read_at_once() -> None:
    whole = read_bundle(PAYLOAD)
    assert KNOWN.heads == whole.heads
    assert tuple(KNOWN.programmes) == whole.programmes
    assert tuple(KNOWN.examples) == whole.examples
    for name in ("format", "id", "revision", "issued", "regions", "sources", "vocabulary"):
        assert getattr(KNOWN, name) == getattr(whole, name)


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
