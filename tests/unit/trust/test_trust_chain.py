"""A chain of codes under a key shows every change."""

import hashlib
import hmac

from hypothesis import given
from hypothesis import strategies as st

from medcounter.trust import chain

KEY = b"k" * 32
ROW = [1, "issue", "2025-03-05T14:32:00+08:00", 1, 1, "李晓", "{}"]
ROWS = st.lists(st.integers(0, 9) | st.text(max_size=5) | st.none(), max_size=6)


def test_a_link_is_the_hmac_of_the_code_before_and_the_row() -> None:
    said = b'[1,"issue","2025-03-05T14:32:00+08:00",1,1,"' + "李晓".encode() + b'","{}"]'
    expected = hmac.new(KEY, b"hmac-sha256:" + b"0" * 64 + b"\n" + said, hashlib.sha256)
    assert f"hmac-sha256:{expected.hexdigest()}" == chain.link(KEY, chain.GENESIS, ROW)


@given(ROWS, ROWS)
def test_two_rows_have_one_code_only_when_they_are_the_same(one: object, other: object) -> None:
    codes = {chain.link(KEY, chain.GENESIS, row) for row in (one, other)}
    assert (len(codes) == 1) == (one == other)


def test_a_code_depends_on_the_key_and_on_the_code_before() -> None:
    first = chain.link(KEY, chain.GENESIS, ROW)
    assert first != chain.link(b"l" * 32, chain.GENESIS, ROW)
    assert first != chain.link(KEY, first, ROW)


def test_the_head_is_a_number_and_eight_digits() -> None:
    head = chain.head(7, "hmac-sha256:0123456789abcdef")
    assert str(head) == "7-01234567"


def test_a_commitment_tells_nothing_without_its_salt() -> None:
    person = ["张三丰", "360102199003071234"]
    codes = {chain.commitment(chain.make_salt(), person, b"paper") for _ in range(3)}
    assert len(codes) == 3


def test_a_commitment_binds_person_and_paper() -> None:
    salt = chain.make_salt()
    code = chain.commitment(salt, ["张三丰", "1"], b"paper")
    assert chain.same(code, chain.commitment(salt, ["张三丰", "1"], b"paper"))
    assert not chain.same(code, chain.commitment(salt, ["张三", "丰1"], b"paper"))
    assert not chain.same(code, chain.commitment(salt, ["张三丰", "1"], b"Paper"))
