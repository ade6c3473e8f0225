"""Commands for those who write and sign rules."""

import json
import shutil
from pathlib import Path

import pytest

from medcounter.cli import main
from medcounter.paths import resource
from medcounter.rules.load import join_parts
from tests.support.rules.rule_samples import BUNDLES
from tests.support.rules.rule_samples import SHIPPED as SHIPPED_PARTS
from tests.support.store.store_samples import KEYS
from tests.support.system.streams import Streams, said

SHIPPED = str(resource("bundle.json"))
GUIDES_OWN = Path(__file__).resolve().parents[3] / "docs" / "examples" / "yunxi"
ROOTS = str(KEYS / "demo-roots.json")


@pytest.fixture(scope="module")
def jiangxi(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped rules of one province, and of the nation above it."""
    names = ("bundle.json", "national.json")
    years = ("jiangxi-2025.json", "jiangxi-2026.json")
    parts = {name: (SHIPPED_PARTS / name).read_bytes() for name in (*names, *years)}
    path = tmp_path_factory.mktemp("jiangxi") / "bundle.json"
    path.write_bytes(join_parts(parts))
    return path


def changed(tmp_path: Path, source: Path | None = None, **changes: object) -> Path:
    document = json.loads((source or resource("bundle.json")).read_bytes())
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(document | changes), "utf-8")
    return path


def test_rules_that_pass_their_check_are_named(capfdbinary: Streams) -> None:
    # That the shipped ones pass is held by the tests of the rules.
    assert main(["bundle", "check", str(GUIDES_OWN)]) == 0
    assert said(capfdbinary)[0].startswith("检查通过：规则包 yunxi")


def test_rules_that_the_program_brought_are_not_counted_as_the_author_s(
    capfdbinary: Streams,
) -> None:
    """51 rules were told of a county of 32."""
    own = json.loads((GUIDES_OWN / "yunxi-2027.json").read_bytes())["programmes"][0]["rules"]
    nation = json.loads((SHIPPED_PARTS / "national.json").read_bytes())["programmes"][0]["rules"]
    assert main(["bundle", "check", str(GUIDES_OWN)]) == 0
    out = said(capfdbinary)[0]
    assert f"1 个方案，{len(own)} 条规则，" in out
    assert f"另有程序带入的上级方案 1 个、规则 {len(nation)} 条。" in out


@pytest.mark.parametrize(
    ("code", "year", "word"),
    [
        ("430121", "2026", "程序带有湖南省（430000）2026 年度的规则，已写在 inherits 里沿用"),
        ("430121", "2027", "程序只带有湖南省（430000）2025、2026 年度的规则，没有 2027 年度的"),
        ("990102", "2027", "全国部分由程序带入，不用复制。请填写"),
    ],
)
def test_a_new_place_is_told_which_rules_from_above_it_stands_on(
    code: str, year: str, word: str, tmp_path: Path, capfdbinary: Streams
) -> None:
    assert main(["bundle", "new", code, str(tmp_path / "new"), "--year", year]) == 0
    assert word in said(capfdbinary)[0]


def test_every_fault_of_a_bundle_is_named_with_its_path(
    tmp_path: Path, capfdbinary: Streams
) -> None:
    good = BUNDLES / "good.json"
    path = changed(tmp_path, good, revision=0, issued="2026-02-30", colour="red")
    assert main(["bundle", "check", str(path)]) == 2
    _, err = said(capfdbinary)
    assert {line.partition("：")[0] for line in err.splitlines()[:-1]} == {
        "revision",
        "issued",
        "colour",
    }
    assert err.splitlines()[-1].startswith("共 3 处")


def test_an_example_that_fails_refuses_the_bundle(tmp_path: Path, capfdbinary: Streams) -> None:
    good = BUNDLES / "good.json"
    examples = json.loads(good.read_bytes())["examples"]
    examples[0]["expect"]["fee.total"] = "1.00"
    assert main(["bundle", "check", str(changed(tmp_path, good, examples=examples))]) == 2
    assert f"算例“{examples[0]['id']}”，expect：" in said(capfdbinary)[1]


def test_the_schema_is_json(capfdbinary: Streams) -> None:
    titles = {(): "Bundle", ("--head",): "BundleHead", ("--part",): "BundlePart"}
    for words, title in titles.items():
        assert main(["bundle", "schema", *words]) == 0
        assert json.loads(said(capfdbinary)[0])["title"] == title


def test_a_new_place_s_folder_is_made_once_and_names_its_blanks(
    tmp_path: Path, capfdbinary: Streams
) -> None:
    folder = tmp_path / "wuxi"
    words = ["bundle", "new", "320200", str(folder), "--year", "2026", "--name", "无锡市"]
    assert main(words) == 0
    assert "bundle check" in said(capfdbinary)[0]
    head = json.loads((folder / "bundle.json").read_bytes())
    assert head["national"] == ["resident"]
    assert {path.name for path in folder.iterdir()} == {
        "bundle.json",
        "320200-resident-2026.json",
    }
    assert main(["bundle", "check", str(folder)]) == 2
    err = said(capfdbinary)[1]
    assert "320200-resident-2026.json 第 " in err
    assert (
        "无锡市 2026 年度居民医保，缴费标准规则 standard，answer.items[0].amount：还没有填" in err
    )
    assert main(words) == 4


@pytest.mark.parametrize(("code", "year"), [("3202", "2026"), ("江苏无锡市辖", "2026")])
def test_what_is_no_place_is_refused(
    code: str, year: str, tmp_path: Path, capfdbinary: Streams
) -> None:
    folder = tmp_path / "x"
    assert main(["bundle", "new", code, str(folder), "--year", year]) == 2
    assert said(capfdbinary)[1]
    assert not folder.exists()


def test_a_year_without_national_rules_makes_no_folder(
    tmp_path: Path, capfdbinary: Streams
) -> None:
    folder = tmp_path / "x"
    assert main(["bundle", "new", "320200", str(folder), "--year", "2099"]) == 2
    assert "没有 2099 年度" in said(capfdbinary)[1]
    assert not folder.exists()


def test_the_guide_ships_with_its_example_which_checks_as_it_is(
    tmp_path: Path, capfdbinary: Streams
) -> None:
    assert main(["bundle", "guide"]) == 0
    assert said(capfdbinary)[0].startswith("# 怎样写一个地区的规则")
    assert main(["bundle", "guide", str(tmp_path / "guide")]) == 0
    assert (tmp_path / "guide" / "rules.md").exists()
    said(capfdbinary)
    assert main(["bundle", "check", str(tmp_path / "guide" / "yunxi")]) == 0


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, capfdbinary: Streams) -> None:
    (tmp_path / "file").write_text("in the way")
    destination = str(tmp_path / "file" / "guide")
    assert main(["bundle", "guide", destination]) in {1, 4}
    assert said(capfdbinary)[1].rstrip().endswith("。")


def test_the_cases_are_the_examples_then_the_samples_and_then_the_limits(
    capfdbinary: Streams,
) -> None:
    path = GUIDES_OWN
    assert main(["bundle", "cases", str(path)]) == 0
    read = [json.loads(line) for line in said(capfdbinary)[0].splitlines()]
    own = json.loads((path / "yunxi-2027.json").read_bytes())["examples"]
    assert read[: len(own)] == own
    samples = [line for line in read if "resident" in line]
    assert all(line["resident"] and line["outcome"] for line in samples)
    limits = read[len(own) + len(samples) :]
    assert read[len(own) : len(own) + len(samples)] == samples
    last_day = {"region": "990102", "benefit_year": 2027, "payment_date": "2026-12-25"}
    (plain,) = [line for line in limits if line["facts"].items() >= last_day.items()][:1]
    assert plain["outcome"]["window.kind"] == "main"
    assert plain["outcome"]["wait.total"] is None


def test_boundary_cases_are_facts_that_assess_takes(tmp_path: Path, capfdbinary: Streams) -> None:
    assert main(["bundle", "cases", "--boundary"]) == 0
    lines = said(capfdbinary)[0].splitlines()
    assert len(lines) > 100
    some = tmp_path / "facts.jsonl"
    some.write_text("\n".join(lines[:3]))
    assert main(["assess", str(some)]) == 0
    assert len(said(capfdbinary)[0].splitlines()) == 3


def test_a_difference_is_told_line_by_line(
    tmp_path: Path, jiangxi: Path, capfdbinary: Streams
) -> None:
    regions = json.loads(jiangxi.read_bytes())["regions"]
    regions[0]["name"] = "新名称"
    assert (
        main(["bundle", "diff", str(jiangxi), str(changed(tmp_path, jiangxi, regions=regions))])
        == 0
    )
    first, line, last = said(capfdbinary)[0].splitlines()
    assert first.endswith("1 处不同")
    assert "新名称" in line
    assert last == "参保人样本、算例和界限情形的结果：0 项改变"


def test_a_difference_names_the_answers_that_change(
    tmp_path: Path, jiangxi: Path, capfdbinary: Streams
) -> None:
    programmes = json.loads(jiangxi.read_bytes())["programmes"]
    stated = next(one for one in programmes if one["id"] == "jiangxi-2025")
    subsidy = next(one for one in stated["rules"] if one["id"] == "subsidy")
    subsidy["answer"]["amount"] = "680.00"
    two = [str(jiangxi), str(changed(tmp_path, jiangxi, programmes=programmes))]
    assert main(["bundle", "diff", *two, "--facts", "--region", "360000"]) == 0
    lines = said(capfdbinary)[0].splitlines()
    change = "江西省 2025 年度居民医保 · 财政补助由“670.00”变为“680.00”（共 "
    (told,) = [number for number, line in enumerate(lines) if line.startswith(change)]
    assert "个情形）：例如 普通居民，1980-06-15 出生（缴费时 " in lines[told]
    assert json.loads(lines[told + 1])["region"] == "360000"
    assert main(["bundle", "diff", *two, "--region", "130000"]) == 0
    assert said(capfdbinary)[0].splitlines()[-1].endswith("：0 项改变")


def test_two_years_of_a_place_are_compared_by_the_same_people(
    jiangxi: Path, capfdbinary: Streams
) -> None:
    assert main(["bundle", "diff", str(jiangxi), "--years", "2025", "2026"]) == 0
    first, _, *lines = said(capfdbinary)[0].splitlines()
    assert first == "2025 年度 → 2026 年度，同样的人各推后 1 年"
    # 2025: 公告 09-15 to 02-28, subsidy 670; 2026: 10-15 to 02-28, subsidy 700.
    assert any("财政补助由“670.00”变为“700.00”" in line for line in lines)
    assert any("由“集中征缴期”变为“不能缴费”" in line for line in lines)
    assert not any("待遇结束由" in line for line in lines)
    assert not any("应缴合计由“400.00”变为“无”" in line for line in lines)


def test_a_difference_needs_something_to_compare_with(capfdbinary: Streams) -> None:
    assert main(["bundle", "diff", SHIPPED]) == 2
    assert "--years" in said(capfdbinary)[1]


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


def test_a_rule_is_listed_with_its_condition_and_answer_and_whose_it_is(
    capfdbinary: Streams,
) -> None:
    """Found in a trial: wrong figures did not show, and what was excepted stood as in force."""
    assert main(["rules", "360000"]) == 0
    lines = said(capfdbinary)[0].splitlines()
    start = lines.index("江西省，城乡居民 2026 年度")
    here = lines[start:]
    late = here.index(next(line for line in here if line.startswith("  [缴费时段] late（本地）")))
    assert here[late + 1] == "      当：缴费日在 2026-03-01 至 2026-12-31"
    assert here[late + 2] == "      答：集中征缴期外：2026-03-01 至 2026-12-31"
    closed = next(line for line in here if "] closed（沿用全国）" in line)
    following = here[here.index(closed) + 1 :]
    assert (
        next(line for line in following if "让位于" in line)
        .strip()
        .startswith("让位于：main、late")
    )


def test_an_optional_part_is_listed_with_who_is_charged_it(capfdbinary: Streams) -> None:
    assert main(["rules", "510100"]) == 0
    lines = [line.strip() for line in said(capfdbinary)[0].splitlines()]
    assert "“大病医疗互助补充保险”只在：“是否加缴补充保险”为是" in lines


def test_a_rule_from_above_that_is_not_in_force_here_is_listed_as_such(
    capfdbinary: Streams,
) -> None:
    example = GUIDES_OWN
    assert main(["rules", "990102", "--bundle", str(example)]) == 0
    out = said(capfdbinary)[0]
    assert "fixed-wait（全国的规则，在这里不用：由 " in out
    assert "repair-long-lapse（全国的规则，在这里不用：不沿用，" in out
    gone = out.partition("fixed-wait（全国的规则，在这里不用：")[2].splitlines()[1:3]
    assert [line.strip()[:2] for line in gone] == ["当：", "答："]
    assert "3 个月" in gone[1]
    assert "另一种读法：只算出生 90 天以内" not in out


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


def test_a_notice_beside_the_rules_that_is_another_refuses_them(
    tmp_path: Path, capfdbinary: Streams
) -> None:
    folder = tmp_path / "shiqiao"
    shutil.copytree(GUIDES_OWN.parent / "shiqiao", folder)
    notice = folder / "notice.txt"
    notice.write_bytes(notice.read_bytes().replace(b"430", b"340", 1))
    assert main(["bundle", "check", str(folder)]) == 2
    assert "notice.txt" in said(capfdbinary)[1]
