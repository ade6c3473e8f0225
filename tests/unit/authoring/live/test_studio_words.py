"""On screen a draft is spoken of in the words of its form, never in codes of its file."""

import json
import re
from collections.abc import Callable
from functools import cache

import pytest

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.form.fixed_choices import FIXED_CHOICES
from medcounter.authoring.form.place_form import form_of
from medcounter.authoring.live.draft_warnings import DraftWarning, WarningSources, draft_warnings
from medcounter.authoring.live.sample_table import BesideRules, SampleRow, SampleTable, table_slices
from medcounter.authoring.live.studio_words import StudioWords
from medcounter.authoring.live.ticks import ticked
from medcounter.rules.checking.blanks import blank
from medcounter.rules.load import read_bundle
from tests.support.authoring.draft_samples import (
    LATE,
    MAIN,
    document,
    draft,
    figures,
    read_draft,
    shipped_document,
    shipped_payload,
    whole_table,
)
from tests.support.rules.rule_samples import rule, standard

# The grades of sources are letters, and a kind of file has no other name.
CODES = re.compile(r"(?<![A-Za-z])(?!(?:[ABC]|PDF)(?![A-Za-z]))[A-Za-z]")
BLANK_WAIT = {
    "id": "fixed", "question": "fixed-wait", "source": "order", "clause": "三",
    "status": "confirmed", "applies": "等待。", "replaces": "fixed-wait",
    "answer": {"length": blank("多少"), "unit": "month"},
}  # fmt: skip
GROUNDLESS = {**rule("aid", "concession", {"pays": "9.00"}), "clause": "四"}


def empty() -> PlaceDocument:
    return document()


def half_filled() -> PlaceDocument:
    return document(MAIN, LATE, standard("400.00"), BLANK_WAIT)


def groundless() -> PlaceDocument:
    return document(MAIN, LATE, standard("400.00"), GROUNDLESS)


def contradicting() -> PlaceDocument:
    """Ticked once; then a second fee for everybody, and another figure."""
    once = draft(MAIN, LATE, standard("400.00"))
    rows = whole_table(once).rows[:12]
    again = {**standard("300.00"), "id": "again"}
    written = ticked(once, rows)
    return written.inserted(("programmes", 0, "rules", 3), again)


def failing() -> PlaceDocument:
    """Ticked once; then another figure."""
    once = draft(MAIN, LATE, standard("400.00"))
    written = ticked(once, whole_table(once).rows[:12])
    return written.replaced(("programmes", 0, "rules", 2, "answer", "items", 0, "amount"), "410.00")


DRAFTS: dict[str, Callable[[], PlaceDocument]] = {
    "empty": empty,
    "half-filled": half_filled,
    "groundless": groundless,
    "contradicting": contradicting,
    "failing": failing,
    "guangxi": lambda: shipped_document("guangxi-2026.json"),
    "wuxi": lambda: shipped_document("wuxi-2026.json"),
}


@cache
def in_use() -> RuleBook:
    return RuleBook.open(read_bundle(shipped_payload()), "", signed=False)


def warnings(name: str) -> list[DraftWarning]:
    written = DRAFTS[name]()
    payload = shipped_payload() if name in {"guangxi", "wuxi"} else None
    rules = read_draft(written, payload)
    rows: tuple[SampleRow, ...] = ()
    for table in table_slices(SampleTable(rules.years[0]), rules, BesideRules(last_year=in_use())):
        rows = rows if table is None else table.rows
    beside = WarningSources(figures(rules, payload), rows)
    return [one for one in draft_warnings(rules, beside) if one is not None]


@pytest.mark.parametrize("name", DRAFTS)
def test_no_warning_holds_a_code(name: str) -> None:
    assert [one.text for one in warnings(name) if CODES.search(one.text)] == []


@pytest.mark.parametrize("name", DRAFTS)
def test_no_title_label_or_choice_of_a_card_is_a_code(name: str) -> None:
    form = form_of(DRAFTS[name](), json.loads(shipped_payload()))
    shown = [card.title for card in form.cards]
    for field in (field for card in form.cards for field in card.fields):
        shown += [field.label, *(choice.label for choice in field.choices)]
        shown += [field.text] if field.choices else []
    assert sorted({one for one in shown if CODES.search(one)}) == []


def test_no_fixed_choice_is_a_code() -> None:
    labels = {one.label for choices in FIXED_CHOICES.values() for one in choices}
    assert sorted(one for one in labels if CODES.search(one)) == []


def test_an_empty_draft_warns_of_no_rule_that_nobody_wrote() -> None:
    assert [one for one in warnings("empty") if "not-filled-in" in one.where] == []


def test_a_blank_is_named_with_its_card() -> None:
    blank = next(one for one in warnings("half-filled") if "还没有填" in one.text)
    assert blank.text == "“固定等待期”的“等待多久”：还没有填：多少。"


def test_who_an_aid_is_for_is_asked_in_the_words_of_the_form() -> None:
    (one,) = warnings("groundless")
    assert one.text == (
        "“资助：个人缴 ¥9.00”的“对谁”：本问题的规则要写对谁（人员类别、情形或新生儿）。"
    )


def test_an_example_that_fails_is_named_by_who_it_is() -> None:
    found = [one.text for one in warnings("failing") if one.kind == "example-fails"]
    assert any("2025-10-31 缴费”的应缴合计应为" in text for text in found)


def test_an_example_may_be_asked_while_the_subsidy_is_not_filled_in() -> None:
    assert {one.kind for one in warnings("failing")} >= {"example-fails"}


def test_what_nobody_knows_stays_as_it_is_written() -> None:
    words = StudioWords(read_draft(half_filled()))
    assert words.text("不认识的代码“mystery”。") == "不认识的代码“mystery”。"
    assert words.text("programmes[0].rules[2].exception_to 写错") == "优先于写错"
    assert words.fault(("nowhere", 1), "wait.unit 应为 3") == "等待期单位应为 3"
