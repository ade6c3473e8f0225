"""Commands for those who write and sign rules."""

import json
from pathlib import Path

import pytest

from medcounter.cli import main
from medcounter.paths import resource
from tests.store_samples import KEYS, package
from tests.streams import Streams, said

SHIPPED = str(resource("bundle.json"))
ROOTS = str(KEYS / "demo-roots.json")


def changed(tmp_path: Path, **changes: object) -> Path:
    document = json.loads(resource("bundle.json").read_bytes())
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(document | changes), "utf-8")
    return path


def test_the_rules_that_ship_pass_their_own_check(capfdbinary: Streams) -> None:
    assert main(["bundle", "check", SHIPPED]) == 0
    assert said(capfdbinary)[0].startswith("检查通过：规则包 medcounter-rules 第 ")


def test_every_fault_of_a_bundle_is_named_with_its_path(
    tmp_path: Path, capfdbinary: Streams
) -> None:
    path = changed(tmp_path, revision=0, issued="2026-02-30", colour="red")
    assert main(["bundle", "check", str(path)]) == 2
    _, err = said(capfdbinary)
    assert {line.partition("：")[0] for line in err.splitlines()[:-1]} == {
        "revision",
        "issued",
        "colour",
    }
    assert err.splitlines()[-1].startswith("共 3 处")


def test_an_example_that_fails_refuses_the_bundle(tmp_path: Path, capfdbinary: Streams) -> None:
    examples = json.loads(resource("bundle.json").read_bytes())["examples"]
    examples[0]["expect"]["fee.total"] = "1.00"
    assert main(["bundle", "check", str(changed(tmp_path, examples=examples))]) == 2
    assert "examples[0].expect" in said(capfdbinary)[1]


def test_the_schema_is_json(capfdbinary: Streams) -> None:
    assert main(["bundle", "schema"]) == 0
    assert json.loads(said(capfdbinary)[0])["title"] == "Bundle"


def test_the_cases_are_the_bundles_own_examples_and_then_its_limits(capfdbinary: Streams) -> None:
    assert main(["bundle", "cases"]) == 0
    read = [json.loads(line) for line in said(capfdbinary)[0].splitlines()]
    own = json.loads(resource("bundle.json").read_bytes())["examples"]
    assert read[: len(own)] == own
    last_day = {"region": "360000", "benefit_year": 2025, "payment_date": "2025-02-28"}
    limits = [line for line in read[len(own) :] if last_day.items() <= line["facts"].items()]
    assert limits[0]["outcome"]["window.kind"] == "main"
    assert limits[0]["outcome"]["fee.total"] == "400.00"
    assert limits[0]["outcome"]["wait.total"] is None


def test_boundary_cases_are_facts_that_assess_takes(tmp_path: Path, capfdbinary: Streams) -> None:
    assert main(["bundle", "cases", "--boundary"]) == 0
    lines = said(capfdbinary)[0].splitlines()
    assert len(lines) > 100
    some = tmp_path / "facts.jsonl"
    some.write_text("\n".join(lines[:3]))
    assert main(["assess", str(some)]) == 0
    assert len(said(capfdbinary)[0].splitlines()) == 3


def test_a_difference_is_told_line_by_line(tmp_path: Path, capfdbinary: Streams) -> None:
    regions = json.loads(resource("bundle.json").read_bytes())["regions"]
    regions[0]["name"] = "新名称"
    assert main(["bundle", "diff", SHIPPED, str(changed(tmp_path, regions=regions))]) == 0
    first, line, last = said(capfdbinary)[0].splitlines()
    assert first.endswith("1 处不同")
    assert "新名称" in line
    assert last.endswith("0 项改变")


def test_a_difference_names_the_answers_that_change(tmp_path: Path, capfdbinary: Streams) -> None:
    programmes = json.loads(resource("bundle.json").read_bytes())["programmes"]
    jiangxi = next(one for one in programmes if one["id"] == "jiangxi-2025")
    subsidy = next(one for one in jiangxi["rules"] if one["id"] == "subsidy")
    subsidy["answer"]["amount"] = "680.00"
    assert main(["bundle", "diff", SHIPPED, str(changed(tmp_path, programmes=programmes))]) == 0
    lines = said(capfdbinary)[0].splitlines()
    told = [line for line in lines if line.startswith("江西省 2025 年度居民医保 · 财政补助：")]
    assert "由“670.00”变为“680.00”" in told[0]
    assert json.loads(told[0][told[0].index("{") :])["region"] == "360000"


def test_keys_are_made_and_sign_and_are_recognised(tmp_path: Path, capfdbinary: Streams) -> None:
    folder, out = tmp_path / "keys", tmp_path / "signed.json"
    assert main(["bundle", "keys", str(folder), "one", "two"]) == 0
    keys = [word for name in ("one", "two") for word in ("--key", str(folder / f"{name}.pem"))]
    assert main(["bundle", "sign", SHIPPED, *keys, "--out", str(out)]) == 0
    said(capfdbinary)
    assert main(["bundle", "inspect", str(out), "--roots", str(folder / "roots.json")]) == 0
    told = said(capfdbinary)[0]
    assert "有效签名 2 个，需要 2 个" in told
    assert main(["bundle", "inspect", str(out), "--roots", ROOTS]) == 2
    assert "不认识的密钥" in said(capfdbinary)[0]


def test_keys_that_exist_are_not_overwritten(tmp_path: Path, capfdbinary: Streams) -> None:
    assert main(["bundle", "keys", str(tmp_path), "one", "two"]) == 0
    before = (tmp_path / "one.pem").read_bytes()
    assert main(["bundle", "keys", str(tmp_path), "one"]) == 4
    assert (tmp_path / "one.pem").read_bytes() == before
    assert "没有覆盖" in said(capfdbinary)[1]


def test_keys_that_cannot_be_written_are_said(tmp_path: Path, capfdbinary: Streams) -> None:
    (tmp_path / "file").write_text("in the way")
    assert main(["bundle", "keys", str(tmp_path / "file"), "one"]) == 1
    assert "写不出去" in said(capfdbinary)[1]


def test_a_bundle_is_not_signed_twice_with_one_key(tmp_path: Path, capfdbinary: Streams) -> None:
    signed = tmp_path / "signed.json"
    signed.write_bytes(package(resource("bundle.json").read_bytes()))
    key = str(KEYS / "demo-root-1.pem")
    assert main(["bundle", "sign", str(signed), "--key", key, "--out", "x"]) == 2
    assert "换另一位保管人" in said(capfdbinary)[1]


def test_holders_sign_a_bundle_in_turn(tmp_path: Path, capfdbinary: Streams) -> None:
    signed = SHIPPED
    for number in (1, 2):
        before, signed = signed, str(tmp_path / f"signed-{number}.json")
        key = str(KEYS / f"demo-root-{number}.pem")
        assert main(["bundle", "sign", before, "--key", key, "--out", signed]) == 0
        assert main(["bundle", "inspect", signed, "--roots", ROOTS]) == (2, 0)[number - 1]
    assert "现有 2 个签名" in said(capfdbinary)[0]


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\x00" * 50])
@pytest.mark.parametrize("words", ["check", "inspect", "cases"])
def test_what_is_no_bundle_is_refused(
    words: str, content: bytes, tmp_path: Path, capfdbinary: Streams
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert main(["bundle", words, str(path)]) == 2
    assert said(capfdbinary)[1].rstrip().endswith("。")


def test_the_rules_in_use_are_listed(capfdbinary: Streams) -> None:
    assert main(["rules"]) == 0
    out, _ = said(capfdbinary)
    assert "360000  江西省：城乡居民 2026 年度、城乡居民 2025 年度" in out


def test_the_rules_of_a_county_are_those_of_its_city(capfdbinary: Streams) -> None:
    assert main(["rules", "361000"]) == 0
    city, _ = said(capfdbinary)
    assert main(["rules", "361002"]) == 0
    out, _ = said(capfdbinary)
    assert out == city
    assert "江西省抚州市，城乡居民 2025 年度" in out.splitlines()
    assert "A 级" in out
    assert "{" not in out


@pytest.mark.parametrize("region", ["330000", "36", "江西", ""])
def test_a_place_without_rules_is_said(region: str, capfdbinary: Streams) -> None:
    assert main(["rules", region]) == 2
    assert "不带代码的 rules 命令" in said(capfdbinary)[1]


def test_a_stored_answer_is_replayed_byte_for_byte(tmp_path: Path, capfdbinary: Streams) -> None:
    facts, stored = tmp_path / "facts.json", tmp_path / "answer.json"
    facts.write_text(
        json.dumps({"region": "360000", "benefit_year": 2025, "payment_date": "2025-03-05"})
    )
    assert main(["assess", str(facts)]) == 0
    answer = said(capfdbinary)[0]
    stored.write_text(answer, "utf-8")
    assert main(["replay", str(stored)]) == 0
    stored.write_text(answer.replace("2025-06-05", "2025-06-06"), "utf-8")
    assert main(["replay", str(stored)]) == 2
    assert "不同：" in said(capfdbinary)[1]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"stamp": {}}'])
def test_what_was_never_an_answer_is_not_replayed(
    content: str, tmp_path: Path, capfdbinary: Streams
) -> None:
    stored = tmp_path / "answer.json"
    stored.write_text(content)
    assert main(["replay", str(stored)]) == 2
    assert said(capfdbinary)[1].rstrip().endswith("。")
