"""Plain numbers and names, recognised one by one and together, against what reads each whole."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from medcounter.identity.id_number import IdNumber, mask, mask_all, read_id
from medcounter.identity.names import are_plain_names, is_plain_name, read_name
from medcounter.identity.plain_numbers import PlainNumbers
from medcounter.typed.typed_text import plain
from tests.support.roster.roster_samples import id_number

ON = date(2025, 11, 20)
births = (
    st.dates(date(1900, 1, 1), date(2025, 12, 31))
    | st.dates(date(2014, 12, 25), date(2017, 1, 5))
    | st.dates(ON - timedelta(9), ON + timedelta(3))
    | st.dates(date(1905, 12, 25), date(1907, 1, 5))
)
NAMES = ("王安", "欧阳远海", "李 宁", "同上", "", "张？", "王㛃", "买买提·艾力", "John Li", "刘3")
AREAS = ("360103", "110101", "830000", "810000", "911101", "990000", "36010a", "３６０１０３")
MARKS = (*"0123456789X", "x", "", "Ａ")


@settings(max_examples=400)
@given(
    births,
    st.integers(0, 999),
    st.sampled_from(AREAS),
    st.integers(0, 17),
    st.sampled_from(MARKS),
)
def test_a_plain_number_is_what_is_read_of_it(
    born: date, order: int, area: str, at: int, mark: str
) -> None:
    number = id_number(born, order, "360103")
    for text in (number, area + number[6:], number[:at] + mark + number[at + 1 :]):
        found, read = PlainNumbers().born(text), read_id(text)
        if found is not None:
            assert isinstance(read, IdNumber)
            assert (read.text, read.birth_date, read.notes, read.kind) == (
                text,
                found,
                (),
                "resident",
            )
        elif isinstance(read, IdNumber) and read.text == text:
            assert read.notes


@given(
    st.lists(births, max_size=5), st.lists(st.integers(0, 17), max_size=5), st.sampled_from(MARKS)
)
def test_numbers_are_recognised_together_as_alone(
    days: list[date], places: list[int], mark: str
) -> None:
    right = [id_number(day, at, AREAS[at % 5]) for at, day in enumerate(days)]
    spoilt = [one[:at] + mark + one[at + 1 :] for one, at in zip(right, places, strict=False)]
    numbers = [*right, *spoilt, "", "无"]
    assert PlainNumbers().all_born(numbers) == [PlainNumbers().born(one) for one in numbers]


@given(st.lists(st.tuples(births, st.dates(date(2000, 1, 1), date(2030, 1, 1)))))
def test_numbers_are_masked_together_as_alone(made: list[tuple[date, date]]) -> None:
    numbers = [id_number(born, at) for at, (born, _) in enumerate(made)]
    days = [on for _, on in made]
    assert mask_all(numbers, days) == list(map(mask, numbers, days))


@given(st.lists(st.sampled_from([*NAMES, "王\n安", "王安", "王安", "\n", "户主"]), max_size=4))
def test_names_are_plain_together_where_each_is(some: list[str]) -> None:
    assert are_plain_names(some) == all(map(is_plain_name, some))


def test_each_common_character_is_a_plain_name() -> None:
    for number in range(0x4E00, 0x9FA6):
        name = f"王{chr(number)}"
        assert is_plain_name(name)
        read = read_name(plain(name))
        assert (read.text, read.notes, read.fault) == (name, (), "")
    assert not any(map(is_plain_name, ("同上", "户主", "王 安", "王安1", "", "王安（亡）", "王○")))
