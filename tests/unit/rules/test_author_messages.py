"""What an author is told: each mistake that was made in a trial of eleven places.

The place where each was made is named; what was told then is in the module's cases
only where it must not be told again.
"""

import json
from collections.abc import Callable

import pytest

from medcounter.assess.prove.proof import prove
from medcounter.bundle.fault_places import FaultPlaces
from medcounter.rules.faults import BundleUnreadableError, Fault
from medcounter.rules.load import join_parts, read_bundle, read_rest
from medcounter.strict_json import StrictJsonError, read_strict
from tests.support.rules.rule_samples import (
    Json,
    bundle_of,
    nation,
    programme,
    rule,
    standard,
    window,
)

Change = Callable[[Json], None]


def place_of(*rules: Json, **more: object) -> Json:
    """甲省 and its nation, the place with these rules beside its window and fee."""
    stated = [window("main", "2025-09-01", "2025-12-20"), standard("400.00"), *rules]
    return bundle_of(nation(), programme(stated, **more))


def refused(document: Json) -> tuple[Fault, ...]:
    with pytest.raises(BundleUnreadableError) as refusal:
        read_bundle(json.dumps(document, ensure_ascii=False).encode())
    return refusal.value.faults


def texts(document: Json) -> list[str]:
    return [fault.text for fault in refused(document)]


def test_without_a_nation_one_sentence_says_so_in_place_of_many_unknown_names() -> None:
    """The example as shipped, Liangshan, Zhengzhou: fourteen lines of 不认识“closed”."""
    late = window("late", "2026-01-01", "2026-12-31")
    document = place_of(late) | {"programmes": [place_of(late)["programmes"][1]]}
    (told,) = texts(document)
    assert told.startswith("规则包里没有居民医保的全国规则，本方案提到的上级规则有 2 处因此找不到")
    assert '"national": ["resident"]' in told
    assert "closed" not in told


def test_a_year_that_the_nation_does_not_know_is_named_with_those_it_knows() -> None:
    """Zhengzhou 2024, any place for 2028."""
    later = programme(
        [window("main", "2027-09-01", "2027-12-20"), standard("400.00")],
        benefit_years={"from": 2028, "to": 2028},
    )
    known = nation() | {"benefit_years": {"from": 2025, "to": 2026}}
    (told,) = texts(bundle_of(known, later))
    assert told.startswith("没有 2028 年度的全国规则（居民医保），现有 2025 至 2026 年度")


def test_a_place_that_leaves_a_question_to_a_nation_that_is_missing_is_told_once() -> None:
    """Otherwise the proof tells each question that nobody answers."""
    alone = programme(
        [window("main", "2025-09-01", "2025-12-20", exception_to=[]), standard("1.00")]
    )
    (told,) = texts(bundle_of(alone))
    assert told.startswith("规则包里没有居民医保的全国规则；")
    answered = alone | {"rules": [*alone["rules"], *nation()["rules"]]}
    subsidy = rule("subsidy", "subsidy", {"amount": "1.00"})
    read_bundle(json.dumps(bundle_of(answered | {"rules": [*answered["rules"], subsidy]})).encode())


def test_a_value_that_may_be_of_two_types_and_is_of_neither_is_told_both_at_once() -> None:
    term = {"code": "gap", "label": "补缴", "kind": "number", "default": []}
    (told,) = texts(bundle_of(nation(), vocabulary={"answers": [term]}))
    assert told.startswith("值“[]”的类型不对，应是")
    assert "true 或 false" in told
    assert "整数" in told


def test_a_blank_is_told_beside_what_is_wrong_elsewhere_and_where_nothing_is() -> None:
    document = place_of() | {"format": 2}
    document["programmes"][1]["rules"][1]["clause"] = "〔第几条〕"
    assert texts(document) == ["还没有填：第几条。"]
    document["programmes"][1]["rules"][0]["answer"]["kind"] = "〔哪一种〕"
    assert texts(document) == ["还没有填：哪一种。", "还没有填：第几条。"]
    document["programmes"][1]["payment_days"]["from"] = "B:99-01"
    assert len(texts(document)) == 3


def test_where_the_rest_cannot_be_read_either_the_faults_found_are_told() -> None:
    known = (Fault("sources[0].grade", "x"),)
    broken = place_of() | {"regions": [{"code": "36"}]}
    found = read_rest(broken, known)
    assert (found.bundle, found.faults) == (None, known)


def test_another_region_is_never_offered_for_one_that_has_no_name() -> None:
    """Liangshan: 不认识“000000”。最接近的是“510000”。Following it would have been wrong."""
    document = place_of()
    document["regions"] = [one for one in document["regions"] if one["code"] != "990000"]
    assert texts(document)[0] == "没有登记地区“990000”的名称；请在 regions 里写它的 code 和 name。"
    document = place_of()
    document["regions"] = [one for one in document["regions"] if one["code"] != "000000"]
    assert "national.json 没有带入" in texts(document)[0]


def test_a_default_of_a_text_answer_is_refused_by_one_sentence_with_the_truth() -> None:
    """Fuxin: 应是true 或 false。 and 应是不带引号的整数。 for one value, both untrue."""
    term = {"code": "gap", "label": "补缴", "kind": "text", "default": "没有补缴"}
    (told,) = texts(bundle_of(nation(), vocabulary={"answers": [term]}))
    assert "文字（text）的回答不能有默认值" in told


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (
            lambda r: r["answer"].update(items=[{"code": "s", "label": "费", "amount": "4oo"}]),
            "4oo",
        ),
        (lambda r: r["answer"].update(items=[{"code": "s", "label": "费", "amount": 400}]), "400"),
    ],
)
def test_a_bad_amount_is_told_once_and_nothing_is_said_to_be_empty(
    change: Change, word: str
) -> None:
    """Ten of 73 mistakes: …answer.items：不能为空，至少要写一项。 beside the true line."""
    document = place_of()
    change(document["programmes"][1]["rules"][1])
    (told,) = texts(document)
    assert word in told
    assert "不能为空" not in told


def test_an_empty_list_is_still_said_to_be_empty() -> None:
    document = place_of()
    document["programmes"][1]["rules"][1]["answer"]["items"] = []
    assert texts(document) == ["不能为空，至少要写一项。"]


@pytest.mark.parametrize(
    ("key", "written", "meant"),
    [
        ("question", "缴费时段", "“window”（缴费时段）"),
        ("question", "固定等待期", "“fixed-wait”（固定等待期）"),
        ("status", "确认", "“confirmed”（已确认）"),
        ("status", "未定", "“unsettled”（未定）"),
    ],
)
def test_a_word_of_the_notice_for_a_code_is_answered_with_the_code(
    key: str, written: str, meant: str
) -> None:
    """不认识的取值“缴费时段”。可用的有：after-wait、carry-over、…: codes without Chinese."""
    document = place_of()
    document["programmes"][1]["rules"][1][key] = written
    assert texts(document)[0] == f"不认识的取值“{written}”。应写{meant}。"


@pytest.mark.parametrize(
    ("question", "answer", "meant"),
    [
        ("fixed-wait", {"length": 2, "unit": "整月"}, "“whole-month”（整月）"),
        ("cover-start", {"anchor": "1月1日"}, "“year-start”（1 月 1 日）"),
        ("wait-start", {"anchor": "缴费日"}, "“payment”（缴费当日，缴费日）"),
    ],
)
def test_a_unit_or_a_day_in_chinese_is_answered_with_its_code(
    question: str, answer: Json, meant: str
) -> None:
    document = place_of(rule("mine", question, answer))
    assert f"应写{meant}。" in texts(document)[0]


def test_an_identity_in_chinese_is_answered_with_its_code_and_no_pattern() -> None:
    """“大学生”写法不对，应符合 ^[a-z0-9]+([.-][a-z0-9]+)*$。"""
    aid = rule("aid", "concession", {"pays": "0.00"}, grounds=["大学生"])
    assert texts(place_of(aid)) == ["“大学生”不是代码，应写“student”（大学生）。"]


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("id", "甲地", "代码只用小写字母和数字"),
        ("region", "36", "带引号的六位数字"),
    ],
)
def test_what_a_code_looks_like_is_said_in_words(path: str, value: str, words: str) -> None:
    document = place_of()
    document["programmes"][1][path] = value
    (told,) = texts(document)
    assert words in told
    assert "^" not in told


def test_a_list_of_codes_says_what_each_means() -> None:
    document = place_of()
    document["programmes"][1]["rules"][0]["answer"]["kind"] = "xyz"
    assert "late（集中征缴期外）" in texts(document)[0]


def test_only_a_near_name_is_called_the_nearest() -> None:
    """不认识“cover-end”。最接近的是“cover-to-next-year-end”: it was not."""
    ahead = window("late", "2026-01-01", "2026-12-31", exception_to=["cover-to-next-year-end"])
    far = texts(place_of(ahead))[0]
    assert "最接近的是" not in far
    slip = window("late", "2026-01-01", "2026-12-31", exception_to=["closde"])
    assert "最接近的是“closed”" in texts(place_of(slip))[0]


def test_an_amount_hides_neither_an_unknown_source_nor_an_inverted_period() -> None:
    """Layers: an amount hid the unknown source, which hid the overlap; three rounds."""
    document = place_of(rule("sub", "subsidy", {"amount": "6oo"}, replaces="subsidy"))
    document["programmes"][1]["rules"][0]["source"] = "nowhere"
    document["programmes"][1]["payment_days"] = {"from": "B:12-31", "to": "B:01-01"}
    told = texts(document)
    assert len(told) == 3
    assert "6oo" in told[0]
    assert any("nowhere" in text for text in told)
    assert any("前后颠倒" in text for text in told)


def proof_of(*rules: Json, **more: object) -> str:
    document = place_of(*rules, **more)
    document["programmes"][1]["rules"] = [document["programmes"][1]["rules"][0], *rules]
    faults = prove(read_bundle(json.dumps(document | {"format": 2}).encode()))
    return " ".join(fault.text for fault in faults)


def test_a_missing_combination_is_named_whole_with_the_answers_that_say_no() -> None:
    """Chengdu: tier=low, without the two optional parts; one of eight to be found."""

    def priced(tier: str, *, extra: bool) -> Json:
        parts = [("tier", tier), ("supplementary", extra)]
        of = [{"test": "answer", "code": code, "is": value} for code, value in parts]
        named = f"{tier}-{'with' if extra else 'bare'}"
        return standard("400.00", when={"test": "all", "of": of}) | {"id": named}

    asks = [
        {"code": "tier", "choices": [{"value": v, "label": f"{v} 档"} for v in ("high", "low")]}
    ]
    three = (priced("high", extra=True), priced("high", extra=False), priced("low", extra=True))
    told = proof_of(*three, asks=asks)
    assert "没有规则成立" in told
    assert "tier=low（low 档）" in told
    assert "supplementary=否" in told


def test_two_rules_that_meet_come_with_what_to_write() -> None:
    """Wuxi: exact about the conflict, silent about the remedy."""
    answer, before = {"anchor": "payment"}, "cover-start-before-year"
    mine = rule("mine", "cover-start", answer, replaces=before)
    told = proof_of(standard("400.00"), mine)
    assert "“mine”同时成立" in told
    assert "exception_to" in told
    assert "取代（replaces）不带来原条的例外" in told
    twice = proof_of(standard("400.00"), standard("410.00") | {"id": "other"})
    assert "exception_to" in twice
    assert "replaces" not in twice


def test_who_a_proof_found_is_said_by_code_and_label() -> None:
    poor = {"test": "identity", "any_of": ["student"]}
    moved = {"test": "event", "kind": "graduated"}
    fee = standard("400.00", when={"test": "not", "of": {"test": "all", "of": [poor, moved]}})
    told = proof_of(fee)
    assert "人员类别 student（大学生）" in told
    assert "（大学生毕业返乡）" in told


def test_what_hangs_on_a_misshapen_rule_is_no_fault_of_its_own() -> None:
    base = rule("base", "subsidy", {"amount": "6oo"}, replaces="subsidy")
    young = rule(
        "young",
        "subsidy",
        {"amount": "700.00"},
        when={"test": "age", "to": 6},
        exception_to=["base"],
    )
    (told,) = texts(place_of(base, young))
    assert "6oo" in told


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('{"a": 1,\n "b": 2\n "c": 3}', 2, "行末漏了逗号或右括号"),
        ('{"a": [1\n,"b": 2}', 2, "漏了逗号"),
        ('{"a": 1,}', 1, "多了一个逗号"),
        ("{“a”: 1}", 1, "中文标点"),
        ('{"a"：1}', 1, "英文标点 :"),
        ('{"a" 1}', 1, "漏了英文冒号"),
        ('{"a": 大学生}', 1, "英文双引号"),
        ('{"a": 1}}', 1, "多出了东西"),
        ('{"a": "b\nc"}', 1, "没有收尾的英文双引号"),
    ],
)
def test_a_slip_in_the_json_is_told_with_its_reason_on_its_own_line(
    text: str, line: int, words: str
) -> None:
    """写法不合 JSON，不能读取 with no reason; a missing brace was told a line too late."""
    with pytest.raises(StrictJsonError) as refusal:
        read_strict(text.encode())
    assert refusal.value.line == line
    assert words in refusal.value.text


def test_every_unreadable_file_of_a_folder_is_named_at_once() -> None:
    with pytest.raises(BundleUnreadableError) as refusal:
        join_parts({"bundle.json": b"{}", "b.json": b'{"regions": [1,]}', "a.json": b"[]"})
    assert [fault.where for fault in refusal.value.faults] == ["a.json", "b.json"]


def test_a_place_is_said_by_file_line_and_label_and_never_by_a_number_over_all_files() -> None:
    """programmes[1].rules[14]: counted over the files in the order of the alphabet."""
    document = place_of(window("late", "2026-01-01", "2026-12-31", source="nowhere"))
    lists = ("regions", "sources", "programmes", "examples")
    head = {key: value for key, value in document.items() if key not in lists}
    place = {"programmes": [document["programmes"][1]]}
    above = {
        "regions": document["regions"],
        "sources": document["sources"],
        "programmes": [document["programmes"][0]],
    }
    parts = {
        name: json.dumps(part, ensure_ascii=False, indent=1).encode()
        for name, part in (("bundle.json", head), ("wuxi.json", place), ("a-nation.json", above))
    }
    with pytest.raises(BundleUnreadableError) as refusal:
        read_bundle(join_parts(parts))
    (fault,) = FaultPlaces(parts).located(refusal.value.faults)
    lines = parts["wuxi.json"].decode().splitlines()
    number = next(place for place, line in enumerate(lines, 1) if '"nowhere"' in line)
    assert (
        fault.place
        == f"wuxi.json 第 {number} 行，甲省 2026 年度居民医保，缴费时段规则 late，source"
    )
    assert fault.path == "programmes[1].rules[2].source"
