"""A recovery key that was typed back tells where the slip is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medcounter.trust.recovery_text import GROUPS, read_recovery_text, write_recovery_text
from medcounter.trust.trust_errors import RecoveryTextError

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KEYS = st.binary(min_size=32, max_size=32)
KEY = bytes(range(32))
TEXT = write_recovery_text(KEY)


def refusal(text: str) -> str:
    with pytest.raises(RecoveryTextError) as caught:
        read_recovery_text(text)
    return caught.value.text


@given(key=KEYS)
def test_every_key_is_read_back_as_written(key: bytes) -> None:
    text = write_recovery_text(key)
    assert [len(group) for group in text.split("-")] == [5] * GROUPS
    assert read_recovery_text(text) == key


def test_case_spaces_and_look_alikes_do_not_matter() -> None:
    typed = TEXT.replace("-", " ").lower().replace("0", "o").replace("1", "l")
    assert read_recovery_text(f"  {typed}\n") == KEY
    full_width = "".join(chr(ord(one) + 0xFEE0) if one != "-" else " " for one in TEXT)
    assert read_recovery_text(full_width) == KEY


@given(key=KEYS, index=st.integers(0, GROUPS * 5 - 1), other=st.sampled_from(LETTERS))
def test_one_wrong_character_is_found_in_its_group(key: bytes, index: int, other: str) -> None:
    letters = list(write_recovery_text(key).replace("-", ""))
    if letters[index] == other:
        return
    letters[index] = other
    assert f"第 {index // 5 + 1} 组" in refusal("".join(letters))


@given(key=KEYS, group=st.integers(0, GROUPS - 1), pair=st.permutations(range(5)))
def test_two_characters_swapped_within_a_group_are_found(
    key: bytes, group: int, pair: list[int]
) -> None:
    first, second = pair[:2]
    groups = [list(one) for one in write_recovery_text(key).split("-")]
    if groups[group][first] == groups[group][second]:
        return
    groups[group][first], groups[group][second] = groups[group][second], groups[group][first]
    assert f"第 {group + 1} 组" in refusal("-".join("".join(one) for one in groups))


@given(key=KEYS, order=st.permutations(range(GROUPS)))
def test_two_groups_swapped_are_found_at_the_first_of_them(key: bytes, order: list[int]) -> None:
    first, second = sorted(order[:2])
    groups = write_recovery_text(key).split("-")
    groups[first], groups[second] = groups[second], groups[first]
    assert f"第 {first + 1} 组" in refusal("-".join(groups))


def test_a_missing_or_surplus_group_is_counted() -> None:
    groups = TEXT.split("-")
    assert "应有 13 组，输入了 12 组" in refusal("-".join(groups[:-1]))
    assert "应有 13 组，输入了 14 组" in refusal("-".join([*groups, "00000"]))
    assert "第 13 组" in refusal(TEXT[:-1])


@pytest.mark.parametrize("wrong", ["U", "？", "王", "é"])
def test_a_character_that_never_occurs_is_named_with_its_group(wrong: str) -> None:
    typed = TEXT[:7] + wrong + TEXT[8:]
    assert "第 2 组" in refusal(typed)


@given(text=st.text())
def test_no_text_is_taken_for_a_key_by_chance(text: str) -> None:
    assert refusal(text).endswith("。")
