"""What a sentence says of its amount or its day is what the rule answers."""

from typing import Any

import pytest

from medcounter.authoring.form.derive.derived_sentences import derived_sentences
from medcounter.authoring.form.form_names import FormNames
from tests.support.authoring.form_author import Author, wuxi


def said(question: str, answer: dict[str, Any], **more: object) -> str:
    author = wuxi()
    rule = {"question": question, "answer": answer, **more}
    return derived_sentences(FormNames(author.document, author.base), rule)["applies"]


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"aid": "300.00"}, "城乡低保对象享受定额资助 {amount} 元。"),
        ({"pays": "130.00"}, "城乡低保对象资助后个人缴 {amount} 元。"),
        ({"pays": "0.00"}, "城乡低保对象由财政全额资助，个人不缴费。"),
        ({"aid_share": "0.5"}, "城乡低保对象享受资助。"),
        ({"standard": "200.00"}, "城乡低保对象按另一个标准缴费，个人缴 {amount} 元。"),
        (
            {"standard": "200.00", "aid": "100.00"},
            "城乡低保对象按另一个标准缴费，并享受定额资助 {amount} 元。",
        ),
        (
            {"standard": "200.00", "aid_share": "0.5"},
            "城乡低保对象按另一个标准 {amount} 元再享受资助。",
        ),
        ({"standard": "200.00", "pays": "80.00"}, "城乡低保对象资助后个人缴 {amount} 元。"),
    ],
)
def test_what_is_said_to_be_paid_is_paid_and_what_is_aid_is_said_to_be_aid(
    answer: dict[str, Any], sentence: str
) -> None:
    """The amount of a concession is what it pays, else its aid, else its standard."""
    assert said("concession", answer, grounds=["low-income"]) == sentence


def test_a_first_day_that_moves_on_is_not_said_to_be_the_day_it_moves_from() -> None:
    moved = {"anchor": "payment", "plus_days": 30}
    assert said("cover-start", moved) == "从缴费当日后第 30 天起享受待遇：{cover_from}。"
    assert said("wait-start", moved) == "等待期从缴费当日后第 30 天起算：{wait_from}。"


@pytest.mark.parametrize(
    ("waives", "waived"),
    [
        (["fixed"], "不设固定等待期；不用再等的，"),
        (["variable"], "不设变动等待期；不用再等的，"),
        (["fixed", "variable"], "不设等待期，"),
    ],
)
def test_whoever_is_spared_one_wait_is_not_told_that_there_is_none(
    waives: list[str], waived: str
) -> None:
    answer = {"waives": waives, "cover": {"anchor": "payment"}}
    sentence = said("exemption", answer, grounds=["low-income"])
    assert sentence == f"属于这类人的，{waived}从缴费当日起享受待遇：{{cover_from}}。"


def test_the_slip_of_whoever_is_aided_never_says_the_aid_is_what_is_paid() -> None:
    """Aid of 300 on 430 leaves 130; the slip once said 资助后个人缴 300 beside it."""
    author: Author = wuxi()
    author.make("aid-amount", "城乡低保对象", "300")
    made = next(one for one in author.document.own["rules"] if one["question"] == "concession")
    assert made["applies"] == "城乡低保对象享受定额资助 {amount} 元。"
