"""What a reviewer signs is said in the form's words, and nothing that changes is left out."""

import copy
import json
import re
from functools import cache
from typing import Any

from medcounter.authoring.document.document_path import leaves
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.live.review_line import review_lines
from tests.support.desk.hall_samples import YUNXI, part_of_yunxi, release, shipped

# A grade is one letter.
CODE = re.compile(r"[A-Za-z_]{2,}|\d\.\.\d|B[+-]?\d*:")


@cache
def base() -> dict[str, Any]:
    told: dict[str, Any] = json.loads(shipped().payload)
    return told


def place(part: dict[str, Any]) -> PlaceDocument:
    return PlaceDocument(b"", part, vocabulary=release().vocabulary)


def yunxi() -> PlaceDocument:
    return PlaceDocument.opened(
        (YUNXI / "yunxi-2027.json").read_bytes(), vocabulary=release().vocabulary
    )


def test_no_code_stands_in_what_is_read_of_a_new_place() -> None:
    part = part_of_yunxi()
    part["examples"][0]["id"] = "row-83eef0a1"
    part["programmes"][0]["accepted"].append(
        {"warning": "closed-between", "where": "B-1:01-01..B-1:08-19", "reason": "还没有开始"}
    )
    rule = next(one for one in part["programmes"][0]["rules"] if one["question"] == "incentive")
    where = f"{rule['id']}.answer.zero_claim_step"
    part["programmes"][0]["accepted"].append(
        {"warning": "figure-unpinned", "where": where, "reason": "公告就是这样写的"}
    )
    lines = review_lines(None, place(part), base(), {"row-83eef0a1": "成年人，2026-09-01 缴"})
    texts = [text for line in lines for text in (line.text, line.old, line.new)]
    assert [text for text in texts if CODE.search(text)] == []
    assert any("算例 · 成年人，2026-09-01 缴：新增" in text for text in texts)
    assert any("按条文推出" in text for text in texts)
    assert any("上年1月1日 至 上年8月19日" in text for text in texts)


def test_a_changed_amount_is_named_by_its_card_and_field_with_both_values() -> None:
    part = part_of_yunxi()
    rule = next(one for one in part["programmes"][0]["rules"] if one["question"] == "subsidy")
    rule["answer"]["amount"] = "710.00"
    (line,) = review_lines(yunxi(), place(part), base(), {})
    assert "财政补助：¥710.00" in line.text
    assert line.text.endswith("金额")
    assert (line.old, line.new) == ("700.00", "710.00")


def test_a_card_that_goes_is_told_whole() -> None:
    part = part_of_yunxi()
    gone = part["programmes"][0]["conflicts"].pop()
    (line,) = review_lines(yunxi(), place(part), base(), {})
    assert line.text.endswith("：删去")
    assert gone["says"] in line.old
    assert line.new == "—"


def test_whichever_text_is_changed_there_is_a_line_for_it() -> None:
    before, untold = yunxi(), []
    texts = [path for path, one in leaves(dict(before.content)).items() if isinstance(one, str)]
    for path in texts[:: len(texts) // 30]:
        part = copy.deepcopy(part_of_yunxi())
        at: Any = part
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = f"{at[path[-1]]}9"
        if not review_lines(before, place(part), base(), {}):
            untold.append(path)
    assert untold == []


def test_what_no_card_shows_is_told_too() -> None:
    part = {**part_of_yunxi(), "note": "x"}
    assert [one.text for one in review_lines(yunxi(), place(part), base(), {})] == [
        "表单不列出的部分"
    ]
    part = part_of_yunxi()
    part["sources"][0]["weight"] = 3
    (line,) = review_lines(yunxi(), place(part), base(), {})
    assert line.text.endswith("有表单不列出的改动")


def test_nothing_is_told_of_the_same_rules() -> None:
    assert review_lines(yunxi(), yunxi(), base(), {}) == ()
