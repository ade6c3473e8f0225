"""What changes between two bundles is said in words a clerk can check."""

import json
from typing import Any

import pytest

from medcounter.bundle.difference import DifferenceLine, difference
from medcounter.bundle.shipped import open_shipped
from medcounter.strict_json import canonical
from tests.support.store.store_samples import opened

SHIPPED = open_shipped()
Document = dict[str, Any]
WHERE = "江西省 2025 年度居民医保"


@pytest.fixture
def whole() -> Document:
    """The shipped bundle's document, to be changed."""
    document: Document = json.loads(SHIPPED.payload)
    return document


def jiangxi(whole: Document) -> Document:
    found: Document = next(each for each in whole["programmes"] if each["id"] == "jiangxi-2025")
    return found


def rule(whole: Document, name: str) -> Document:
    """A rule of Jiangxi 2025."""
    found: Document = next(each for each in jiangxi(whole)["rules"] if each["id"] == name)
    return found


def compared(whole: Document) -> tuple[DifferenceLine, ...]:
    return difference(SHIPPED, opened(canonical(whole)))


def test_a_bundle_does_not_differ_from_itself() -> None:
    assert difference(SHIPPED, SHIPPED) == ()


def test_a_new_revision_with_the_same_rules_shows_nothing(whole: Document) -> None:
    whole |= {"revision": 99, "issued": "2027-01-01", "review_by": "2027-12-31"}
    assert compared(whole) == ()


def test_the_order_of_records_is_no_difference(whole: Document) -> None:
    whole["programmes"].reverse()
    whole["sources"].reverse()
    assert compared(whole) == ()


def test_a_changed_amount_is_said_with_both_figures(whole: Document) -> None:
    standard = rule(whole, "standard")
    standard["answer"]["items"][0]["amount"] = "420.00"
    # A sentence with the old figure would be refused.
    standard["applies"] = standard["applies"].replace("400", "420")
    line, said = compared(whole)
    assert said.path.endswith(".applies")
    assert (line.old, line.new) == ("400.00", "420.00")
    assert (
        line.path == "programmes[jiangxi-2025].rules[standard].answer.items[standard-2025].amount"
    )
    assert line.text.startswith(f"{WHERE} · 缴费标准规则 standard · ")
    assert line.text.endswith("金额：由“400.00”改为“420.00”。")


def test_changed_people_are_said_by_their_names(whole: Document) -> None:
    rule(whole, "aid-full")["grounds"] = ["destitute"]
    (line,) = compared(whole)
    assert (line.old, line.new) == ("特困供养人员、孤儿", "特困供养人员")


def test_a_rule_taken_out_and_one_put_in_are_one_line_each(whole: Document) -> None:
    programme = jiangxi(whole)
    gone = rule(whole, "student")
    programme["rules"].remove(gone)
    programme["rules"].append({**gone, "id": "pupil"})
    told = {line.path: (line.old, line.new, line.text) for line in compared(whole)}
    assert told == {
        "programmes[jiangxi-2025].rules[pupil]": (
            None, gone["applies"], f"{WHERE} · 资助规则 pupil：新增。",
        ),
        "programmes[jiangxi-2025].rules[student]": (
            gone["applies"], None, f"{WHERE} · 资助规则 student：删去。",
        ),
    }  # fmt: skip


def test_a_part_that_appears_or_goes_is_said_so(whole: Document) -> None:
    late = rule(whole, "late")
    fails = late.pop("fails")
    rule(whole, "standard")["fails"] = "不是普通居民"
    told = {line.text for line in compared(whole)}
    assert told == {
        f"{WHERE} · 缴费时段规则 late · 不适用说明：删去“{fails}”。",
        f"{WHERE} · 缴费标准规则 standard · 不适用说明：新增“不是普通居民”。",
    }


def test_another_kind_of_condition_is_shown_whole(whole: Document) -> None:
    late = rule(whole, "late")
    late["when"] = {"test": "not", "of": late["when"]}
    (line,) = compared(whole)
    assert line.path == "programmes[jiangxi-2025].rules[late].when"
    assert "不满足" in str(line.new)


def test_a_new_source_is_named_by_its_title(whole: Document) -> None:
    whole["sources"].append({**whole["sources"][0], "id": "another", "title": "新的公告"})
    (line,) = compared(whole)
    assert line.text == "来源“新的公告”：新增。"
