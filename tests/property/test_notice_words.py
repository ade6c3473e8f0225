"""Any amount in words, against a library that was written by others."""

import cn2an
from hypothesis import given
from hypothesis import strategies as st

from medcounter.money import show_yuan
from medcounter.notice.content.amount_in_words import amount_in_words

AMOUNTS = st.one_of(
    st.integers(0, 10**14 - 1),
    st.integers(0, 10**8),
    # Amounts full of zeros, where words go wrong.
    st.tuples(st.integers(1, 9999), st.integers(10**5, 10**6 - 1)).map(
        lambda parts: parts[0] * 10**10 + parts[1]
    ),
    st.lists(st.sampled_from("0001"), min_size=1, max_size=14).map(lambda d: int("".join(d))),
)


def leaves_zero_free(fen: int) -> bool:
    """Tell whether all of 万 is zero above a 仟: the rule allows 零 and allows none."""
    return fen >= 10**10 and fen // 10**6 % 10**4 == 0 and fen // 10**5 % 10 > 0


@given(AMOUNTS.filter(lambda fen: not leaves_zero_free(fen)))
def test_words_are_those_of_the_oracle_but_for_the_closing_of_tenths(fen: int) -> None:
    # The oracle leaves 整 out after 角; this program closes the amount there too.
    words = cn2an.an2cn(show_yuan(fen), "rmb")
    assert amount_in_words(fen) == (f"{words}整" if words.endswith("角") else words)


@given(AMOUNTS.filter(leaves_zero_free))
def test_where_the_rule_leaves_it_free_the_gap_is_read_as_one_zero(fen: int) -> None:
    words = cn2an.an2cn(show_yuan(fen), "rmb").replace("亿", "亿零")
    assert amount_in_words(fen) == (f"{words}整" if words.endswith("角") else words)


@given(AMOUNTS, AMOUNTS)
def test_two_amounts_never_read_the_same(one: int, other: int) -> None:
    assert (amount_in_words(one) == amount_in_words(other)) == (one == other)


@given(AMOUNTS)
def test_words_end_closed_and_never_stutter(fen: int) -> None:
    words = amount_in_words(fen)
    assert words.endswith(("整", "分"))
    assert "零零" not in words
