"""A clerk finds a notice by whatever is at hand."""

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medcounter.identity.person_key import key_of
from medcounter.store.ledger.ledger_filter import LedgerFilter
from medcounter.store.opening.open_store import open_store
from medcounter.store.opening.store import Store
from medcounter.wording.terms import ISSUED, VOID
from tests.support.store.store_samples import AT, notice, paper

# Invented; the last name needs characters beyond the basic plane, the fourth a dot.
PEOPLE = [
    ("张三丰", "360102199003071234"),
    ("张三", "36010219900307004X"),
    ("李三张", "361002198501011230"),
    ("阿依古丽·买买提", "650102199001010101"),
    ("Anna-Maria Müller", ""),
    ("张三", "360102198001011231"),
    ("𠮷田𬀩", "360102200001010001"),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = open_store(tmp_path_factory.mktemp("search") / "data")
    for request, (name, id_number) in enumerate(PEOPLE, start=1):
        opened.ledger.issue(notice(request, name=name, id_number=id_number), paper)
    opened.ledger.void("2025-03-000002", "重复", AT + timedelta(minutes=1), "王")
    yield opened
    opened.close(with_backup=False)


def found(store: Store, query: str, state: str | None = None) -> list[int]:
    """The sequence numbers found, newest first, checked against the count."""
    page = store.ledger.search(query, within=LedgerFilter(state=state or ""))
    assert page.total == len(page.rows)
    return [int(entry.number[-6:]) for entry in page.rows]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [7, 6, 5, 4, 3, 2, 1]),
        ("张三丰", [1]),
        ("张三", [6, 2, 1]),
        ("三", [6, 3, 2, 1]),
        ("三张", [3]),
        ("张丰", []),
        ("阿依古丽·买买提", [4]),
        ("古丽买买", [4]),
        ("anna", [5]),
        ("MÜLLER", [5]),
        ("𬀩", [7]),
        ("2025-03-000006", [6]),
        ("2025-03", [7, 6, 5, 4, 3, 2, 1]),
        ("2025-04", []),
        ("2024-", []),
        ("3", [3]),
        ("000003", [3]),
        ("1234", [1]),
        ("004x", [2]),
        ("０１０１", [4]),
        ("360102199003071234", [1]),
        ("36010219", [6, 2, 1]),
        ("张三 1231", [6]),
        ("张三 1234", [1]),
        ("李三张 张三", []),
        ("作废", [2]),
        ("已作废 张三", [2]),
        ("已出单 张三", [6, 1]),
        ("·", []),
        ("' OR 1=1 --", []),
        ('"', []),
        ("%", []),
        ("*", []),
        ("NEAR(张 三)", []),
    ],
)
def test_a_query_finds_exactly_these(store: Store, query: str, expected: list[int]) -> None:
    assert found(store, query) == expected


def test_a_state_can_be_asked_for_beside_the_words(store: Store) -> None:
    assert found(store, "", VOID) == [2]
    assert found(store, "", ISSUED) == [7, 6, 5, 4, 3, 1]
    assert found(store, "张三", VOID) == [2]


def test_pages_follow_each_other_and_tell_the_whole_number(store: Store) -> None:
    pages = [store.ledger.search("", 3, offset) for offset in (0, 3, 6, 9)]
    assert [page.total for page in pages] == [7, 7, 7, 7]
    numbers = [[int(entry.number[-6:]) for entry in page.rows] for page in pages]
    assert numbers == [[7, 6, 5], [4, 3, 2], [1], []]


def test_pages_of_what_was_searched_for_tell_the_whole_number_too(store: Store) -> None:
    word = "360102"
    everything = found(store, word)
    assert len(everything) > 1
    asked = [(1, 0), (1, 1), (1, len(everything)), (0, 0), (10, 0)]
    pages = [store.ledger.search(word, limit, offset) for limit, offset in asked]
    assert [page.total for page in pages] == [len(everything)] * len(asked)
    numbers = [[int(entry.number[-6:]) for entry in page.rows] for page in pages]
    assert numbers == [everything[:1], everything[1:2], [], [], everything]
    assert store.ledger.search("没有这个人", 1, 0).total == 0


def test_an_entry_tells_what_the_ledger_view_shows(store: Store) -> None:
    (entry,) = store.ledger.search("1234").rows
    assert (entry.number, entry.issued_at, entry.name) == ("2025-03-000001", AT, "张三丰")
    assert (entry.id_number, entry.category_label) == ("360102199003071234", "普通居民")
    assert (entry.total, entry.prints, entry.clerk, entry.state) == (40000, 1, "李晓", ISSUED)
    assert f"{entry.coverage_start} {entry.coverage_end}" == "2025-06-05 2025-12-31"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30), st.integers(-5, 20), st.integers(-5, 20))
def test_no_text_breaks_the_search(store: Store, query: str, limit: int, offset: int) -> None:
    page = store.ledger.search(query, limit, offset)
    assert 0 <= len(page.rows) <= max(limit, 0)
    assert page.total <= len(PEOPLE)


# Old numbers of 15 digits, and the new ones on the cards of today as ISO 7064 has them.
OLD = {
    "110105491231002": "11010519491231002X",
    "360102900307123": "360102199003071236",
    "360103880712123": "360103198807121237",
}


@pytest.fixture(scope="module")
def old_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Three old numbers, one without a birthday, a document's, and a new one."""
    opened = open_store(tmp_path_factory.mktemp("old") / "data")
    numbers = (*OLD, "360103881312123", "E1234567890002X", "360103198807121237")
    for request, number in enumerate(numbers, start=1):
        opened.ledger.issue(notice(request, name=f"人{request}", id_number=number), paper)
    yield opened
    opened.close(with_backup=False)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("1002", [1]),
        ("002X", [5, 1]),
        ("002x", [5, 1]),
        ("7123", [2]),
        ("1236", [2]),
        ("1234", []),
        ("2123", [4, 3]),
        ("1237", [6, 3]),
        ("1238", []),
        ("0020", []),
    ],
)
def test_an_old_number_is_found_by_its_own_last_four_and_by_those_it_became(
    old_store: Store, query: str, expected: list[int]
) -> None:
    assert found(old_store, query) == expected
    assert [int(one.number[-6:]) for one in old_store.people.find(query, 9)] == (
        [6] if query == "1237" else expected
    )


def test_each_of_many_old_numbers_is_found_by_exactly_its_two_ends(tmp_path: Path) -> None:
    draw = random.Random(1984)  # noqa: S311 - any numbers do
    numbers = [
        f"3601{draw.randrange(100):02}{draw.randrange(100):02}{draw.randrange(1, 13):02}"
        f"{draw.randrange(1, 32):02}{draw.randrange(30):03}"
        for _ in range(120)
    ]
    opened = open_store(tmp_path / "data")
    for request, number in enumerate(numbers, start=1):
        opened.ledger.issue(notice(request, id_number=number), paper)
    for number in numbers:
        for tail in {number[-4:], key_of(number)[-4:]} - {""}:
            ends = [
                index
                for index, other in enumerate(numbers, start=1)
                if tail in {other[-4:], key_of(other)[-4:]}
            ]
            # Four digits are the count of a notice as well.
            counted = [int(tail)] if tail.isdecimal() and int(tail) in range(1, 121) else []
            assert sorted(found(opened, tail)) == sorted({*ends, *counted})
    opened.close(with_backup=False)
