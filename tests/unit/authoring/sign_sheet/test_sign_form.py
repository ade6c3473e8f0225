"""The sheet has every value that decides something, with its ground and its doubt."""

import json
import re
from dataclasses import replace

from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.form.form_records import FieldKind, FieldState, FormSection
from medcounter.authoring.form.place_form import form_of
from medcounter.authoring.sign_sheet.sign_form import names_of, sign_sheet
from medcounter.authoring.sign_sheet.sign_sheet import (
    SignedCard,
    SignedLine,
    SignedResidents,
    SignSheet,
)
from medcounter.strict_json import canonical
from tests.support.authoring.sign_samples import STATE, card, fee, places, rule_at, sheet, typed
from tests.support.rules.rule_samples import SHIPPED, TESTS, read_json

GUIDE = TESTS.parent / "docs" / "examples" / "yunxi"


def line(made: SignSheet, row_id: str) -> SignedLine:
    [found] = [one for one in made.lines if one.row_id == row_id]
    return found


def test_every_value_stands_with_its_section_label_source_clause_grade_and_doubt() -> None:
    section, resettled = next(
        pair for pair in sheet().cards if pair[1].title == "搬迁安置人员免等待期"
    )
    assert section.title == "待遇等待期"
    assert [(one.label, one.value) for one in resettled.lines] == [
        ("以内（月）", "2"),
        ("从哪天起", "搬来当日"),
        ("另一种读法", "缴费次日"),
    ]
    assert (resettled.source, resettled.grade, resettled.clause) == ("〔1〕", "A", "三")
    assert resettled.ground.startswith("云溪县 2027 年度")
    assert resettled.status == "未定"
    assert resettled.doubt == "公告只写“及时参保”，没有写搬来后多少天以内。"


def test_an_inherited_answer_stands_there_with_where_it_comes_from() -> None:
    [above] = [one for _, one in sheet().cards if one.inherited_from]
    assert (above.inherited_from, above.source, above.clause) == ("全国", "〔2〕", "三（七）")
    assert above.lines[0].row_id == "^rules:carry-over:answer.carries"


def test_sources_are_numbered_as_they_are_met_with_their_files() -> None:
    first, second = sheet().sources
    assert (first.mark, second.mark) == ("〔1〕", "〔2〕")
    assert first.files == ("yunxi-notice-1.jpg（abababababab）",)
    assert "2026-08-20 发布" in first.detail
    assert "2026-11-29 核对" in first.detail


def test_a_source_without_a_day_says_so() -> None:
    made = sheet()
    assert "发布日不详" not in made.sources[0].detail
    field = typed(("sources", 0, "title"), "标题", "网页")
    form = places()
    only = replace(form, sections=(replace(form.sections[0], cards=form.sections[0].cards),))
    assert field.text == "网页"
    assert sheet(only).sources[0].mark == "〔1〕"


def test_codes_and_what_was_left_empty_have_no_line() -> None:
    labels = {one.label for one in sheet().lines}
    assert "代码" not in labels
    assert "不成立时" not in labels


def test_examples_are_shown_by_the_residents_and_have_no_lines() -> None:
    assert "算例" not in {section.title for section in sheet().sections}
    assert len(sheet().residents.rows) == 4


def test_a_value_that_no_source_gives_says_so() -> None:
    base = rule_at(9)
    unknown = typed((*base, "answer", "amount"), "财政补助", "", FieldKind.AMOUNT, value=None)
    empty = replace(unknown, path=(*base, "answer", "more"), state=FieldState.EMPTY)
    more = (FormSection("subsidy", "财政补助", (card("subsidy", "补助", [unknown, empty], base),)),)
    [found] = [one for one in sheet(places(more=more)).lines if one.label == "财政补助"]
    assert found.value == "来源没有写"


def test_sentences_for_residents_are_told_from_figures() -> None:
    made = sheet()
    prose = {one.label for one in made.lines if one.is_prose}
    assert prose == {"告知"}
    said = line(made, "rules:standard:applies")
    assert said.value == "一般居民每人 〔金额〕 元。"


def test_a_row_keeps_its_name_while_rules_before_it_come_and_go() -> None:
    form = places()
    periods = form.sections[1]
    [moved] = [fee(12, "standard", "一般居民", "420.00")]
    there = replace(
        form, sections=(form.sections[0], periods, FormSection("fees", "缴费标准", (moved,)))
    )
    name = "rules:standard:answer.items.0.amount"
    before, after = line(sheet(), name), line(sheet(there), name)
    assert before.path == ("programmes", 0, "rules", 3, "answer", "items", 0, "amount")
    assert after.path == ("programmes", 0, "rules", 12, "answer", "items", 0, "amount")
    assert before.mark == after.mark


def test_a_mark_changes_with_the_value_and_with_nothing_of_another_row() -> None:
    before, after = sheet(), sheet(places(amount="430.00"))
    changed = {
        one.row_id
        for one, other in zip(before.lines, after.lines, strict=True)
        if one.mark != other.mark
    }
    assert changed == {"rules:standard:answer.items.0.amount"}


def test_a_mark_changes_when_the_ground_or_the_doubt_does() -> None:
    base = rule_at(3)
    field = typed((*base, "answer", "amount"), "金额", "400.00")

    def mark(*ground: str) -> str:
        made = card("standard", "一般居民", [field], base, ground=ground)
        form = replace(places(), sections=(FormSection("fees", "缴费标准", (made,)),))
        return sheet(form).lines[0].mark

    marks = {
        mark("yunxi-notice", "二", "confirmed", ""),
        mark("yunxi-notice", "三", "confirmed", ""),
        mark("three-ministries-2024", "二", "confirmed", ""),
        mark("yunxi-notice", "二", "assumed", "没有写。"),
        mark("yunxi-notice", "二", "assumed", "写得不清。"),
    }
    assert len(marks) == 5


def test_no_two_rows_share_a_name() -> None:
    names = [one.row_id for one in sheet().lines]
    assert len(names) == len(set(names))


def test_a_value_outside_its_card_is_named_by_its_path() -> None:
    field = typed(("vocabulary", "identities", 0, "label"), "名称", "湖心岛住户")
    made = card("islander", "湖心岛住户", [field], rule_at(9))
    form = replace(places(), sections=(FormSection("people", "人员类别", (made,)),))
    assert sheet(form).lines[0].row_id == "vocabulary.identities.0.label"


def county() -> SignSheet:
    """The invented county of the guide, over the nation."""
    head = read_json(GUIDE / "bundle.json")
    part = (GUIDE / "yunxi-2027.json").read_bytes()
    document = PlaceDocument.opened(part, vocabulary=head["vocabulary"])
    base = read_json(SHIPPED / "national.json")
    return sign_sheet(STATE, form_of(document, base), names_of(document, base), SignedResidents(()))


def cards_of(made: SignSheet) -> dict[str, SignedCard]:
    """The cards by the id of their record."""
    return {
        card.lines[0].row_id.split(":")[1]: card
        for _, card in made.cards
        if ":" in card.lines[0].row_id
    }


def test_a_condition_is_one_line_in_words_at_the_path_of_the_condition() -> None:
    late = cards_of(county())["late"]
    [when] = [one for one in late.lines if one.label == "什么时候成立"]
    assert when.value == "缴费日在 2027-03-01 至 2027-12-31"
    assert when.path[-1] == "when"
    assert "条件" not in {one.label for one in late.lines}


def test_what_the_place_takes_over_stands_beside_what_it_says_itself() -> None:
    made = county()
    cards = cards_of(made)
    assert cards["closed"].inherited_from == "全国"
    assert cards["closed"].ground.startswith("国务院办公厅")
    own = {name for name, card in cards.items() if not card.inherited_from}
    assert {"main", "late", "standard"} <= own


def test_a_condition_that_is_taken_over_is_one_line_in_words_too() -> None:
    lapse = cards_of(county())["repair"]
    assert lapse.inherited_from == "全国"
    part = read_json(GUIDE / "yunxi-2027.json")
    [programme] = part["programmes"]
    programme["drops"] = []
    document = PlaceDocument.opened(canonical(part))
    base = read_json(SHIPPED / "national.json")
    made = sign_sheet(STATE, form_of(document, base), names_of(document, base), SignedResidents(()))
    long = cards_of(made)["repair-long-lapse"]
    [when] = [one for one in long.lines if one.label == "什么时候成立"]
    assert when.value == "连续断保 4 年及以上"


def test_what_the_place_replaces_or_drops_is_not_among_what_it_takes_over() -> None:
    [programme] = read_json(GUIDE / "yunxi-2027.json")["programmes"]
    gone = {rule["replaces"] for rule in programme["rules"] if "replaces" in rule}
    gone |= {drop["rule"] for drop in programme["drops"]}
    assert gone
    above = {name for name, card in cards_of(county()).items() if card.inherited_from}
    assert above.isdisjoint(gone)


def test_every_amount_and_day_of_the_county_stands_on_its_sheet() -> None:
    [programme] = read_json(GUIDE / "yunxi-2027.json")["programmes"]
    written = json.dumps(programme["rules"])
    amounts = set(re.findall(r'"(\d+\.\d\d)"', written))
    days = set(re.findall(r'"(\d{4}-\d\d-\d\d)"', written))
    text = " ".join(one.value for one in county().lines)
    assert len(amounts) > 5
    assert len(days) > 3
    assert {one for one in amounts | days if one not in text} == set()


def test_a_condition_that_cannot_be_read_is_shown_field_by_field() -> None:
    part = read_json(GUIDE / "yunxi-2027.json")
    [late] = [rule for rule in part["programmes"][0]["rules"] if rule["id"] == "late"]
    late["when"]["from"] = "三月一日"
    document = PlaceDocument.opened(canonical(part))
    made = sign_sheet(STATE, form_of(document), names_of(document), SignedResidents(()))
    assert "三月一日" in {one.value for one in cards_of(made)["late"].lines}


def test_what_the_form_cannot_show_stands_there_as_it_is_written() -> None:
    part = read_json(GUIDE / "yunxi-2027.json")
    part["programmes"][0]["rules"][0]["mystery"] = 7
    document = PlaceDocument.opened(canonical(part))
    made = sign_sheet(STATE, form_of(document), names_of(document), SignedResidents(()))
    [raw] = [one for one in made.lines if one.label == "原文"]
    assert '"mystery": 7' in raw.value


def test_no_blank_of_a_sentence_stands_unnamed_on_the_sheet() -> None:
    assert [one.value for one in county().lines if "{" in one.value] == []


def test_every_answered_warning_stands_on_the_sheet_in_words_with_its_reason() -> None:
    part = read_json(GUIDE / "yunxi-2027.json")
    where = "孤儿，集中征缴期缴费：应缴 ¥430.00，上一年度是 ¥0.00"
    part["programmes"][0]["accepted"] = [
        {"warning": "far-from-last-year", "where": where, "reason": "资助改由民政另发。"},
        {"warning": "figure-unpinned", "where": "standard.answer.items[0].amount", "reason": "甲"},
    ]
    document = PlaceDocument.opened(canonical(part))
    base = read_json(SHIPPED / "national.json")
    made = sign_sheet(STATE, form_of(document, base), names_of(document, base), SignedResidents(()))
    [answers] = [one for one in made.sections if one.title == "对提醒的答复"]
    jump, figure = answers.cards
    assert jump.title == f"金额与上一年度相差很大：{where}"
    assert [one.value for one in jump.lines] == ["资助改由民政另发。"]
    assert figure.title.startswith("数字没有算例核对：")
    assert not re.search("[A-Za-z]", figure.title)
