"""From a folder of parts to one document, and from bytes to a bundle."""

import json

import pytest

from medcounter.json_path import show_path
from medcounter.rules import load
from medcounter.rules.code_labels import nearest
from medcounter.rules.faults import BundleUnreadableError, Fault
from medcounter.rules.load import cited_in, join_parts, read_bundle
from tests.support.rules.rule_samples import Json, good, read

HEADER = json.dumps(
    {key: good()[key] for key in ("format", "id", "revision", "issued", "review_by")}
)
LISTS = ("regions", "sources", "programmes", "examples")


def parts_of(document: Json) -> dict[str, bytes]:
    """The good bundle cut into a header and one part a list."""
    header = {key: value for key, value in document.items() if key not in LISTS}
    parts = {f"{key}.json": json.dumps({key: document[key]}).encode() for key in LISTS}
    return {"bundle.json": json.dumps(header).encode(), **parts}


def faults_of(parts: dict[str, bytes]) -> tuple[Fault, ...]:
    with pytest.raises(BundleUnreadableError) as refusal:
        join_parts(parts)
    return refusal.value.faults


def test_parts_joined_are_the_whole_bundle() -> None:
    assert read_bundle(join_parts(parts_of(good()))) == read(good())


def test_the_joined_document_is_the_same_bytes_whatever_the_order_of_the_parts() -> None:
    parts = parts_of(good())
    turned = dict(reversed(parts.items()))
    assert join_parts(parts) == join_parts(turned)
    assert b": " not in join_parts(parts)
    assert "甲省".encode() in join_parts(parts)


def test_lists_of_several_parts_follow_the_names_of_their_files() -> None:
    parts = {
        "bundle.json": HEADER.encode(),
        "b.json": b'{"regions": [{"code": "990100", "name": "B"}]}',
        "a.json": b'{"regions": [{"code": "990000", "name": "A"}]}',
    }
    joined = json.loads(join_parts(parts))
    assert [region["name"] for region in joined["regions"]] == ["A", "B"]


def test_a_folder_without_its_header_is_refused() -> None:
    assert "bundle.json" in faults_of({"jiangxi.json": b"{}"})[0].text


@pytest.mark.parametrize("data", [b'{"programs": []}', b'{"programmes": {}}', b'{"revision": 2}'])
def test_a_part_may_only_add_to_the_lists(data: bytes) -> None:
    key = next(iter(json.loads(data)))
    faults = faults_of({"bundle.json": HEADER.encode(), "x.json": data})
    assert faults[0].path == f"x.json:{key}"
    assert f"不认识的键“{key}”" in faults[0].text


@pytest.mark.parametrize(("data", "words"), [(b"{", "中断"), (b"[]", "对象"), (b"\xff", "UTF-8")])
def test_a_part_that_is_no_json_object_is_named(data: bytes, words: str) -> None:
    fault = faults_of({"bundle.json": HEADER.encode(), "x.json": data})[0]
    assert fault.path == "x.json"
    assert words in fault.text


def test_a_file_beyond_the_limit_is_not_even_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "MAX_BYTES", 10)
    with pytest.raises(BundleUnreadableError) as refusal:
        read_bundle(b"{" * 11)
    assert "11 字节，超过 10" in refusal.value.text


def test_the_sentence_of_a_refusal_names_the_first_fault_and_how_many_there_are() -> None:
    one = BundleUnreadableError([Fault("regions[0].code", "写法不对。")])
    assert one.text.startswith("规则包有错：regions[0].code：写法不对。")
    two = BundleUnreadableError([Fault("", "不是 JSON。"), Fault("id", "缺少。")])
    assert two.text.startswith("规则包有错（共 2 处）：文件：不是 JSON。")
    assert two.text.endswith("请把错误清单交给规则包的编制人。")


def test_the_nearest_name_is_offered_else_the_names_there_are() -> None:
    assert nearest("form", ["from", "to"]) == "最接近的是“from”。"
    assert nearest("zzz", ["from", "to"]) == "可用的有：from、to。"
    assert nearest("zzz", []) == "这里没有可用的名称。"
    many = [f"name-{number:02d}" for number in range(30)]
    assert nearest("???", many).endswith("name-19……。")


def test_a_path_is_written_as_an_author_reads_it() -> None:
    assert (
        show_path(["programmes", 0, "rules", 12, "when", "of", 1])
        == "programmes[0].rules[12].when.of[1]"
    )


def test_all_faults_of_one_kind_are_told_at_once() -> None:
    document = good()
    document["programmes"][1]["rules"][4]["clause"] = ""
    document["programmes"][1]["rules"][5]["answer"]["amount"] = "600"
    document["sources"][0]["grade"] = "E"
    with pytest.raises(BundleUnreadableError) as refusal:
        read(document)
    assert [fault.path for fault in refusal.value.faults] == [
        "sources[0].grade",
        "programmes[1].rules[4].clause",
        "programmes[1].rules[5].answer.amount",
    ]


def test_exceptions_that_meet_again_in_one_rule_are_no_circle() -> None:
    document = good()
    most_special = {
        **document["programmes"][2]["rules"][1],
        "id": "most-special",
        "exception_to": ["city-fixed-wait", "fixed-wait", "no-fixed-wait"],
        "when": {"test": "repair", "from": 1},
    }
    document["programmes"][2]["rules"].append(most_special)
    assert read(document).programmes[2].rules[2].id == "most-special"


def test_the_sources_that_rules_cite_are_named_wherever_they_stand() -> None:
    rules = {"rules": [{"source": "a", "answer": {"parts": [{"source": "b"}]}}, {"label": "c"}]}
    assert list(cited_in([rules, {"source": {"source": "d"}}])) == ["a", "b", "d"]
