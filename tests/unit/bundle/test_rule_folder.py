"""A folder of rules, the national part it names, and a new place's folder."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from medcounter.bundle.author_check import check_payload
from medcounter.bundle.fault_places import FaultPlaces, line_of
from medcounter.bundle.new_place import NationalYearMissingError, NewPlace, new_place_files
from medcounter.bundle.rule_folder import (
    national_years,
    one_file,
    open_files,
    read_rule_folder,
    rule_files,
)
from medcounter.bundle.superior_parts import forgotten, with_words
from medcounter.rules.checking.schema import head_schema, part_schema
from medcounter.rules.faults import BundleUnreadableError, Fault
from tests.support.rules.rule_samples import SHIPPED, Json

EXAMPLE = Path(__file__).resolve().parents[3] / "docs" / "examples" / "yunxi"
WUXI = NewPlace("320200", 2026, "resident", "无锡市", date(2026, 11, 29))


def refused(parts: dict[str, bytes]) -> tuple[Fault, ...]:
    try:
        files = rule_files(parts)
        check_payload(files.payload, files.places())
    except BundleUnreadableError as err:
        return err.faults
    return ()


def filled(files: dict[str, bytes]) -> dict[str, bytes]:
    """The new place's files with a notice's words in the blanks; invented figures."""
    text = files["320200-resident-2026.json"].decode()
    words = {
        "公告标题": "公告（虚构）",
        "发布单位": "医疗保障局（虚构）",
        "发布日，如 2025-08-20；不知道写 null，不加引号": "2025-08-20",
        "来源说得到的第一个缴费日，如 B-1:09-01": "2025-09-01",
        "来源说得到的最后一个缴费日，如 B:12-31": "2026-12-31",
        "集中征缴期第一天，如 2025-09-01": "2025-09-01",
        "集中征缴期最后一天，如 2025-12-31": "2025-12-31",
        "集中征缴期外第一天，如 2026-01-01；过后不能缴的，整条删去": "2026-01-01",
        "集中征缴期外最后一天，如 2026-12-31；过后不能缴的，整条删去": "2026-12-31",
        "第几条": "一",
        "金额，如 400.00；来源没有写就写 null，不加引号，状态改 unsettled，加一句 doubt": "430.00",
        "金额，如 700.00；来源没有写就写 null，不加引号，状态改 unsettled，加一句 doubt": "710.00",
        "集中征缴期内的一天": "2025-10-08",
        "出生日期，如 1990-05-01": "1990-05-01",
        "应缴多少，如 400.00，先在纸上算": "430.00",
        "从哪天起享受，如 2026-01-01": "2026-01-01",
        "集中征缴期外的一天，如 2026-03-05；过后不能缴的，整条删去": "2026-03-05",
        "等待期过后从哪天起享受，如 2026-06-05": "2026-06-05",
    }
    for blank, word in words.items():
        assert f"〔{blank}〕" in text, blank
        text = text.replace(f"〔{blank}〕", word)
    assert "〔" not in text
    return files | {"320200-resident-2026.json": text.encode()}


def test_the_example_that_ships_checks_as_it_is() -> None:
    files = read_rule_folder(EXAMPLE)
    bundle = check_payload(files.payload, files.places())
    assert {one.id for one in bundle.programmes} == {"national-resident", "yunxi-2027"}
    assert open_files(files).bundle == bundle


def test_the_national_part_is_the_program_s_own_and_never_a_copy() -> None:
    files = read_rule_folder(EXAMPLE)
    assert files.parts["national.json"] == (SHIPPED / "national.json").read_bytes()
    assert not (EXAMPLE / "national.json").exists()


def test_the_flexible_scheme_brings_what_its_national_part_names() -> None:
    head = json.loads((EXAMPLE / "bundle.json").read_bytes()) | {"national": ["flexible"]}
    parts = {"bundle.json": json.dumps(head).encode()}
    assert set(rule_files(parts).parts) == {
        "bundle.json",
        "national.json",
        "national-flexible.json",
    }


@pytest.mark.parametrize("named", ["resident", [], ["city"], {}])
def test_what_is_no_scheme_is_refused_with_how_to_write_it(named: object) -> None:
    head = json.loads((EXAMPLE / "bundle.json").read_bytes()) | {"national": named}
    (fault,) = refused({"bundle.json": json.dumps(head).encode()})
    assert fault.where == "bundle.json，national"
    assert '["resident"]' in fault.text


def test_a_national_part_that_lies_there_as_well_is_refused() -> None:
    parts = {path.name: path.read_bytes() for path in EXAMPLE.glob("*.json")}
    (fault,) = refused({**parts, "national.json": b"{}"})
    assert "会重复" in fault.text


def test_a_folder_without_a_head_is_refused_as_ever() -> None:
    assert "bundle.json" in refused({"x.json": b"{}"})[0].text
    assert refused({"bundle.json": b"[]"})[0].where == "bundle.json"


def test_a_new_place_names_each_of_its_blanks_and_nothing_else() -> None:
    faults = refused(new_place_files(WUXI))
    assert {fault.text[:4] for fault in faults} == {"还没有填"}
    text = new_place_files(WUXI)["320200-resident-2026.json"].decode()
    assert len(faults) == text.count("〔")
    first = min(number for number, line in enumerate(text.splitlines(), 1) if "〔" in line)
    assert faults[0].where.startswith(f"320200-resident-2026.json 第 {first} 行，")


def test_a_new_place_whose_blanks_are_filled_passes() -> None:
    files = rule_files(filled(new_place_files(WUXI)))
    bundle = check_payload(files.payload, files.places())
    assert "无锡市" in {region.name for region in bundle.regions}
    assert bundle.format == 2


def test_a_new_place_of_the_nations_table_has_its_name_and_another_a_blank_for_it() -> None:
    known = replace(WUXI, name="")
    assert named(known) == "江苏省无锡市"
    assert named(replace(known, code="990102")).startswith("〔")
    assert named(replace(known, name="无锡")) == "无锡"


@pytest.mark.parametrize("scheme", ["resident", "flexible"])
def test_a_new_place_passes_with_the_very_values_that_its_blanks_show(scheme: str) -> None:
    parts = new_place_files(replace(WUXI, scheme=scheme))
    name = f"320200-{scheme}-2026.json"
    # Each blank shows a value behind 如; what shows none may be said in any words.
    text = re.sub(r"〔([^〕]*)〕", lambda found: shown(found[1]), parts[name].decode())
    assert refused({**parts, name: text.encode()}) == ()


def shown(blank: str) -> str:
    if blank == "集中征缴期内的一天":
        return "2025-10-08"
    value = re.search(r"如 ([^；，]+)", blank)
    return value[1] if value else "虚构"


def named(place: NewPlace) -> str:
    (text,) = [text for name, text in new_place_files(place).items() if name != "bundle.json"]
    name: str = json.loads(text)["regions"][0]["name"]
    return name


def test_a_wrong_figure_beside_a_blank_is_told_with_it() -> None:
    files = filled(new_place_files(WUXI))
    name = "320200-resident-2026.json"
    text = files[name].decode().replace('"amount": "430.00"', '"amount": "43o.00"', 1)
    files[name] = text.replace('"clause": "一"', '"clause": "〔第几条〕"', 1).encode()
    told = " ".join(fault.text for fault in refused(files))
    assert "43o.00" in told
    assert "还没有填：第几条。" in told


def test_a_flexible_place_has_no_subsidy_to_fill() -> None:
    files = new_place_files(NewPlace("320200", 2026, "flexible", "", date(2026, 11, 29)))
    part = json.loads(files["320200-flexible-2026.json"])
    questions = {rule["question"] for rule in part["programmes"][0]["rules"]}
    assert questions == {"window", "standard"}


def test_a_year_that_the_nation_has_not_is_refused_before_anything_is_written() -> None:
    known = national_years("resident")
    with pytest.raises(NationalYearMissingError) as refusal:
        new_place_files(NewPlace("320200", max(known) + 1, "resident", "", date(2026, 11, 29)))
    assert f"{min(known)} 至 {max(known)} 年度" in refusal.value.text


def test_the_schemas_fit_the_files_that_people_edit() -> None:
    """Found in a trial: five and three errors in files that are right."""
    validator = jsonschema.Draft202012Validator
    paths = [EXAMPLE / "yunxi-2027.json", SHIPPED / "xianning-2026.json"]
    for path in paths:
        validator(part_schema()).validate(json.loads(path.read_bytes()))
    for folder in (EXAMPLE, SHIPPED):
        validator(head_schema()).validate(json.loads((folder / "bundle.json").read_bytes()))
    assert list(validator(part_schema()).iter_errors({"revision": 1})) != []
    assert list(validator(head_schema()).iter_errors({"programmes": []})) != []


def test_a_fault_is_found_on_its_line_whatever_lies_before_it() -> None:
    text = '{\n "a": ["x", {"b": "}"}],\n "c": {\n  "d": [1,\n  2]\n }\n}'
    assert line_of(text, ("c", "d", 1)) == 5
    assert line_of(text, ("a", 1, "b")) == 2
    assert line_of(text, ("c", "e")) == 3
    assert line_of(text, ("c", 7)) == 3
    assert line_of(text, ("a", 9)) == 2
    dotted = '{"expect": {\n "fee.total": 1,\n "fee.aid": 2\n}}'
    assert line_of(dotted, ("expect", "fee", "aid")) == 3


def test_one_file_in_one_line_has_labels_and_no_lines() -> None:
    document: Json = {
        "regions": [{"code": "990000", "name": "甲省"}],
        "programmes": [
            {
                "id": "p",
                "region": "990000",
                "scheme": "resident",
                "benefit_years": {"from": 2026, "to": 2027},
                "rules": [{"id": "r", "question": "window"}, {"id": "s"}],
            }
        ],
        "vocabulary": {"events": [{"code": "e", "label": "落户"}]},
    }
    places = one_file(json.dumps(document).encode()).places()
    paths = (
        "programmes[0].rules[0].when",
        "programmes[0].rules[1]",
        "vocabulary.events[0].code",
        "revision",
        "programmes[3]",
    )
    found = [fault.place for fault in places.located([Fault(path, "x") for path in paths])]
    assert sorted(found) == sorted(
        [
            "甲省 2026至2027 年度居民医保，缴费时段规则 r，when",
            "甲省 2026至2027 年度居民医保，s",
            "事件“落户”，code",
            "revision",
            "programmes[3]",
        ]
    )


def test_what_is_no_json_has_no_places() -> None:
    fault = Fault("", "写法不合 JSON。")
    assert FaultPlaces({"": b"{", "x": b"[]"}).located([fault]) == (fault,)


def test_proof_goes_on_where_another_place_has_a_fault() -> None:
    """A slip in one place hid the overlap of another until it was mended."""
    files = filled(new_place_files(WUXI))
    name = "320200-resident-2026.json"
    other = json.loads(files[name].decode().replace("320200", "320300"))
    other["sources"], other["examples"] = [], []
    again = other["programmes"][0]["rules"][2] | {"id": "standard-again"}
    other["programmes"][0]["rules"].append(again)
    files["b.json"] = json.dumps(other, ensure_ascii=False).encode()
    files[name] = files[name].decode().replace('"clause": "一"', '"clause": ""', 1).encode()
    told = [fault.text for fault in refused(files)]
    assert any("standard-again" in text for text in told)
    assert any("不能为空" in text for text in told)


YIXING = NewPlace("320282", 2026, "resident", "宜兴市", date(2026, 11, 29))
ITS_PART = "320282-resident-2026.json"
OF_WUXI = json.loads((SHIPPED / "wuxi-2026.json").read_bytes())


def yixing(**head: object) -> dict[str, bytes]:
    """A county with nothing of its own: an example of its city's, and the head as given."""
    files = new_place_files(YIXING)
    part = json.loads(files[ITS_PART])
    example = next(
        one
        for one in OF_WUXI["examples"]
        if not one.get("doubts") and "fee.total" in one["expect"] and "error" not in one["expect"]
    )
    part["sources"][0] |= {"title": "公告（虚构）", "publisher": "甲（虚构）", "published": None}
    part["programmes"][0]["payment_days"] = OF_WUXI["programmes"][0]["payment_days"]
    own = {"region": "320282"}
    part["examples"] = [
        {**example, "facts": {**example["facts"], **own}, "id": "own", "source": "notice"}
    ]
    written = json.loads(files["bundle.json"]) | head
    written = {key: value for key, value in written.items() if value is not None}
    return {"bundle.json": json.dumps(written).encode(), ITS_PART: json.dumps(part).encode()}


def test_a_new_place_inherits_from_the_places_above_whose_rules_ship() -> None:
    """Only the nation's part was taken, and nobody said that the city's was not."""
    files = new_place_files(YIXING)
    head, part = json.loads(files["bundle.json"]), json.loads(files[ITS_PART])
    jsonschema.validate(head, head_schema())
    assert head["inherits"] == ["320200"]
    assert part["programmes"][0]["rules"] == []
    assert refused(yixing()) == ()
    bundle = open_files(rule_files(yixing())).bundle
    assert {one.region for one in bundle.programmes} == {"000000", "320200", "320282"}


def test_rules_of_a_place_above_that_are_not_taken_are_told_until_that_is_said() -> None:
    files = rule_files(yixing(inherits=None))
    (fault,) = files.beside
    assert "江苏省无锡市（320200）城乡居民 2026 年度的规则，这里没有沿用" in fault.text
    assert '"inherits": ["320200"]' in fault.text
    with pytest.raises(BundleUnreadableError) as told:
        check_payload(files.payload, files.places(), beside=files.beside)
    assert fault in told.value.faults
    assert rule_files(yixing(inherits=[])).beside == ()
    theirs = {"wuxi-2026.json": (SHIPPED / "wuxi-2026.json").read_bytes()}
    assert rule_files(yixing(inherits=None) | theirs).beside == ()


@pytest.mark.parametrize(
    ("named", "word"),
    [
        ("320200", "上级地区代码的列表"),
        (["无锡"], "上级地区代码的列表"),
        (["320000"], "没有带 江苏省（320000）"),
        (["330100"], "没有带 浙江省杭州市（330100）"),
        (["999999"], "没有带 999999"),
    ],
)
def test_a_place_above_that_cannot_be_taken_is_said(named: object, word: str) -> None:
    (fault,) = refused(yixing(inherits=named))
    assert word in fault.text
    assert fault.place == "bundle.json，inherits"


def test_the_words_that_rules_from_above_use_come_with_them() -> None:
    head = json.loads(yixing()["bundle.json"])
    own = {"identities": [{"code": "islander", "label": "岛民"}]}
    words = json.loads((SHIPPED / "bundle.json").read_bytes())["vocabulary"]["identities"]
    used = words[0]["code"]
    above = json.dumps({"any_of": [used]}).encode()
    joined = with_words({**head, "vocabulary": own}, [above])["vocabulary"]
    assert [one["code"] for one in joined["identities"]] == [used, "islander"]
    assert with_words({**head, "vocabulary": "x"}, [b""])["vocabulary"] == {}


def test_what_looks_like_a_slip_in_rules_that_the_program_brought_is_not_the_author_s() -> None:
    files = rule_files(yixing())
    places = files.places()
    written = [one["region"] for one in json.loads(files.payload)["programmes"]]
    mine = written.index("320282")
    assert places.written("programmes") == (mine,)
    theirs = [Fault(f"programmes[{at}].rules[0]", "x") for at in range(3) if at != mine]
    own = (Fault(f"programmes[{mine}]", "y"), Fault("", "z"))
    assert places.of_author([*theirs, *own]) == own


def test_a_misshapen_part_says_nothing_of_the_places_above() -> None:
    parts = yixing(inherits=None) | {"x.json": b"{", "y.json": b'{"programmes": [{}, 3]}'}
    assert len(forgotten(parts)) == 1
