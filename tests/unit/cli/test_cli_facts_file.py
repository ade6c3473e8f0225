"""One object, a list or lines: how a file of facts is read."""

import json

import pytest

from medcounter.cli.facts_file import FactsFile, read_facts_file


def values(file: FactsFile) -> list[object]:
    return [item.value for item in file.items]


def codes(file: FactsFile) -> list[list[tuple[str, str]]]:
    return [[(problem.field, problem.code) for problem in item.problems] for item in file.items]


def test_one_object_is_a_single_item() -> None:
    file = read_facts_file(b'{"region": "360000"}')
    assert (file.mode, values(file)) == ("single", [{"region": "360000"}])


def test_a_list_keeps_its_order_and_an_empty_one_is_empty() -> None:
    assert read_facts_file(b"[]") == FactsFile("list", ())
    file = read_facts_file(b'[{"a": 1}, 2, null]')
    assert (file.mode, values(file)) == ("list", [{"a": 1}, 2, None])


def test_lines_are_items_and_blank_lines_are_skipped() -> None:
    file = read_facts_file(b'\n{"a": 1}\r\n\r\n  \n{"a": 2}\n')
    assert (file.mode, values(file)) == ("lines", [{"a": 1}, {"a": 2}])


def test_a_single_line_is_a_single_object() -> None:
    assert read_facts_file(b'\n{"a": 1}\n\n').mode == "single"


def test_a_byte_order_mark_is_no_fault() -> None:
    assert values(read_facts_file(b'\xef\xbb\xbf{"a": 1}')) == [{"a": 1}]


def test_a_bad_line_stays_in_its_place() -> None:
    file = read_facts_file(b'{"a": 1}\n{"a": \n{"a": 3}\n')
    assert values(file) == [{"a": 1}, None, {"a": 3}]
    assert codes(file) == [[], [("", "not-json")], []]
    assert "第 2 条" in file.items[1].problems[0].text


def test_a_bad_first_line_does_not_hide_the_good_ones() -> None:
    file = read_facts_file(b'oops\n{"a": 2}\n')
    assert (file.mode, values(file)) == ("lines", [None, {"a": 2}])


def test_a_line_that_is_not_utf8_costs_only_itself() -> None:
    file = read_facts_file(b'{"a": 1}\n{"a": "\xff"}\n')
    assert codes(file) == [[], [("", "not-json")]]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n\t",
        b"\xef\xbb\xbf",
        b"{",
        b"abc",
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b"\xff\xfe{\x00}\x00",
        b"[" * 100_000,
        b'{"a": "\\ud800"}',
        b'{"a": 1} trailing',
        json.dumps({"region": "360000", "insured_years": [2023, 2024]}, indent=2).encode()[:-2],
        json.dumps([{"region": "360000"}], indent=1).encode()[:-1],
    ],
)
def test_a_broken_file_is_told_once(data: bytes) -> None:
    file = read_facts_file(data)
    assert file.mode == "single"
    assert codes(file) == [[("", "not-json")]]
    assert file.items[0].problems[0].text.endswith("。")


def test_a_key_that_stands_twice_is_named() -> None:
    file = read_facts_file(b'{"region": "360000", "region": "361000"}')
    assert codes(file) == [[("region", "duplicate-key")]]


def test_a_key_twice_inside_a_list_is_named_by_its_path() -> None:
    data = b'[{"a": 1}, {"events": [{"kind": "x", "kind": "y"}], "b": 1, "b": 2}]'
    assert codes(read_facts_file(data)) == [
        [],
        [("b", "duplicate-key"), ("events.0.kind", "duplicate-key")],
    ]


def test_a_key_twice_in_one_line_costs_only_that_line() -> None:
    file = read_facts_file(b'{"a": 1, "a": 2}\n{"a": 3}\n')
    assert (file.mode, codes(file)) == ("lines", [[("a", "duplicate-key")], []])


def test_fractions_and_giant_numbers_are_left_to_the_field() -> None:
    file = read_facts_file(b'{"a": 1.5, "b": 1e999, "c": ' + b"9" * 5000 + b"}")
    (value,) = values(file)
    assert isinstance(value, dict)
    assert value["a"] == 1.5
    assert value["b"] == value["c"] == float("inf")


def test_a_duplicate_beside_broken_json_is_broken_json() -> None:
    assert codes(read_facts_file(b'{"a": 1, "a": 2')) == [[("", "not-json")]]
