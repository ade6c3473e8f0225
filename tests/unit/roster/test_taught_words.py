"""What a hall calls columns and identities in its lists, beside the words shipped."""

from dataclasses import replace
from pathlib import Path

import pytest

from medcounter.desk.roster.roster_list import RosterList, read_or_ask
from medcounter.roster.reading.doctor import Doctor
from medcounter.roster.reading.findings import Examined
from medcounter.roster.reading.inquiry import ListAnswers
from medcounter.roster.reading.taught_words import TaughtWordError, read_taught_words
from medcounter.roster.tables.table import open_table
from tests.support.desk.desk_samples import shipped_book
from tests.support.roster.list_samples import WANTED, Rows, number, written

HEADS = ("参合人", "医保编码", "身份证号", "帮扶")
PEOPLE: Rows = [
    HEADS,
    ("张三", "1", number(1), "一类户"),
    ("李四", "2", number(2), "普通"),
]


def examine(path: Path, *words: str, given: ListAnswers | None = None) -> list[Examined]:
    wanted = replace(WANTED, words=words)
    return list(Doctor(open_table(path), wanted, shipped_book(), given).examine())


def test_headings_and_identities_are_read_as_the_hall_calls_them(tmp_path: Path) -> None:
    path = written(tmp_path / "words.xlsx", {"名单": PEOPLE})
    read = examine(path, "参合人=姓名", "帮扶=人员类别", "一类户=低保对象")
    assert [one.person and one.person.name for one in read] == ["张三", "李四"]
    assert [one.person and one.person.facts.categories for one in read] == [("low-income",), ()]
    assert not any(one.findings for one in read)


def test_an_identity_of_the_hall_heads_a_column_of_ticks_as_well(tmp_path: Path) -> None:
    rows = [("姓名", "身份证号", "一类户"), ("张三", number(1), "√"), ("李四", number(2), "")]
    read = examine(written(tmp_path / "ticks.xlsx", {"名单": rows}), "一类户=低保对象")
    assert [one.person and one.person.facts.categories for one in read] == [("low-income",), ()]


def test_what_is_said_of_one_list_counts_before_what_the_hall_calls_it(tmp_path: Path) -> None:
    path = written(tmp_path / "words.xlsx", {"名单": PEOPLE})
    given = ListAnswers({"参合人": "", "医保编码": "name"})
    read = examine(path, "参合人=姓名", "帮扶=村（社区）", given=given)
    # Nobody is called 1.
    assert all(one.person is None for one in read)


def test_nobody_is_read_by_a_word_whose_meaning_the_rules_do_not_know(tmp_path: Path) -> None:
    path = written(tmp_path / "words.xlsx", {"名单": PEOPLE})
    with pytest.raises(TaughtWordError) as caught:
        examine(path, "一类户=贫困对象")
    assert "“一类户=贫困对象”" in caught.value.text
    assert "没有叫“贫困对象”的列或人员类别" in caught.value.text
    assert "名单不能打开" in caught.value.text


@pytest.mark.parametrize(
    ("pair", "why"),
    [
        ("低保户=特困人员", "“低保户”已经有别的含义"),
        ("普通=低保对象", "“普通”已经有别的含义"),
        ("身份证=姓名", "表头“身份证”已经有别的含义"),
        ("一类户=", "没有叫“”的列或人员类别"),
    ],
)
def test_a_word_that_has_a_meaning_keeps_it(pair: str, why: str) -> None:
    with pytest.raises(TaughtWordError, match=why):
        read_taught_words((pair,), shipped_book())


def test_teaching_what_is_known_already_changes_nothing() -> None:
    assert read_taught_words(("低保户=低保对象",), shipped_book()).identities == {
        "低保户": "low-income"
    }


def test_the_window_reads_a_list_by_the_words_of_its_hall(tmp_path: Path) -> None:
    path = written(tmp_path / "words.xlsx", {"名单": PEOPLE})
    words = ("参合人=姓名", "帮扶=人员类别", "一类户=低保对象")
    wanted = replace(WANTED, words=words)
    brought = read_or_ask(path, wanted, shipped_book(), ListAnswers(), lambda _done: True)
    assert isinstance(brought, RosterList)
    assert brought.totals.by_identity["low-income"].people == 1
