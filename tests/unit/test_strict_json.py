"""JSON is read without mercy and written in one way."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medcounter.errors import MedCounterError
from medcounter.strict_json import (
    CutShortError,
    DuplicateKeyError,
    FractionError,
    GiantIntegerError,
    LoneSurrogateError,
    NotANumberError,
    NotCanonicalError,
    NotJsonError,
    NotUtf8Error,
    StrictJsonError,
    TooDeepError,
    canonical,
    read_strict,
)

INTEGERS = st.integers(min_value=-(10**15) + 1, max_value=10**15 - 1)
TEXTS = st.text()  # hypothesis leaves lone surrogates out by itself
VALUES = st.recursive(
    st.none() | st.booleans() | INTEGERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_what_was_written_is_read_back_unchanged(value: object) -> None:
    assert value == read_strict(canonical(value), max_depth=1000)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_by_our_own_error(data: bytes) -> None:
    with suppress(StrictJsonError):
        assert read_strict(data) == json.loads(data)


@given(st.text(alphabet='{}[]":,0123456789.eE-+truefalsnNaIity\\u dD8 ', max_size=60))
def test_any_text_of_json_marks_is_read_as_json_or_refused(text: str) -> None:
    with suppress(StrictJsonError):
        assert read_strict(text.encode()) == json.loads(text)


@given(st.dictionaries(TEXTS, VALUES, min_size=1, max_size=4), st.data())
def test_every_true_beginning_of_a_document_is_said_to_be_cut_short(
    value: object, data: st.DataObject
) -> None:
    whole = canonical(value)
    end = data.draw(st.integers(min_value=0, max_value=len(whole) - 1))
    with pytest.raises(CutShortError):
        read_strict(whole[:end], max_depth=1000)


@pytest.mark.parametrize(
    ("text", "refusal", "line", "column"),
    [
        ('{"a":1,\n "a":2}', DuplicateKeyError, 2, 2),
        ('{"a":{"b":1},"c":[{"b":1,"b":1}]}', DuplicateKeyError, 1, 26),
        ('{"a":1,"\\u0061":2}', DuplicateKeyError, 1, 8),
        ("[NaN]", NotANumberError, 1, 2),
        ('{"key":[NaNw*}]}', NotANumberError, 1, 9),
        ("[-Infinity1]}", NotANumberError, 1, 2),
        ("[1, -Infinity]", NotANumberError, 1, 5),
        ("[1.0]", FractionError, 1, 2),
        ("[1e400]", FractionError, 1, 2),
        ("[-0.5]", FractionError, 1, 2),
        ("[1000000000000000]", GiantIntegerError, 1, 2),
        ('["\\ud800"]', LoneSurrogateError, 1, 2),
        ('{"\\uDFFF":1}', LoneSurrogateError, 1, 2),
        ("[" * 65 + "]" * 65, TooDeepError, 1, 65),
        ('{"a":1} {"b":2}', NotJsonError, 1, 9),
        ("[1,]", NotJsonError, 1, 4),
        ("[01]", NotJsonError, 1, 3),
        ('["a\tb"]', NotJsonError, 1, 4),
        ("", CutShortError, 1, 1),
        ('{"名":"张', CutShortError, 1, 6),
    ],
)
def test_a_refusal_names_its_cause_and_its_place(
    text: str, refusal: type[StrictJsonError], line: int, column: int
) -> None:
    with pytest.raises(StrictJsonError) as caught:
        read_strict(text.encode())
    assert (refusal, line, column) == (type(caught.value), caught.value.line, caught.value.column)
    assert f"第 {line} 行第 {column} 列" in caught.value.text


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b'["\xff"]', NotUtf8Error),
        (b"\xef\xbb\xbf{}", NotUtf8Error),
        ("[]".encode("utf-16"), NotUtf8Error),
        ('["张'.encode()[:-1], CutShortError),
    ],
)
def test_bytes_that_are_not_utf8_are_refused(data: bytes, refusal: type[StrictJsonError]) -> None:
    with pytest.raises(refusal):
        read_strict(data)


def test_brackets_inside_a_text_are_no_nesting() -> None:
    value = {"text": '[[{"' * 100, "list": [[["\\"]]]}
    assert value == read_strict(canonical(value), max_depth=4)


def test_the_depth_that_is_allowed_is_allowed() -> None:
    assert read_strict(b"[" * 64 + b"]" * 64)
    with pytest.raises(TooDeepError):
        read_strict(b"[[[]]]", max_depth=2)


def test_a_paired_surrogate_escape_is_one_character() -> None:
    assert read_strict(b'["\\ud842\\udfb7"]') == ["𠮷"]


def test_keys_are_sorted_and_nothing_needless_is_written() -> None:
    written = canonical({"b": -1, "a": [True, None, "é张"]})
    assert written.decode() == '{"a":[true,null,"é张"],"b":-1}'


@pytest.mark.parametrize("value", [1.0, {1: "a"}, {"a": b"x"}, "\ud800", 10**15, [{"a": {2}}]])
def test_what_json_cannot_say_exactly_is_not_written(value: object) -> None:
    with pytest.raises(NotCanonicalError):
        canonical(value)


def test_every_refusal_is_a_sentence_for_clerks() -> None:
    with pytest.raises(MedCounterError) as caught:
        read_strict(b"")
    assert caught.value.text == "第 1 行第 1 列：内容到此中断，不能读取，请重新取得完整的文件。"
