"""The cases of a bundle as a table, and the periods of a place by their names."""

import csv
import json
from pathlib import Path

import pytest

from medcounter.cli import main
from tests.support.rules.rule_samples import (
    bundle_of,
    nation,
    programme,
    rule,
    standard,
    window,
)
from tests.support.system.streams import Streams, said

COUNTY = Path(__file__).resolve().parents[3] / "docs" / "examples" / "yunxi"


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    path = tmp_path_factory.mktemp("table") / "cases.csv"
    assert main(["bundle", "cases", str(COUNTY), "--table", str(path)]) == 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_table_has_a_line_for_each_example_as_its_author_worked_it_out(
    table: list[dict[str, str]],
) -> None:
    examples = json.loads((COUNTY / "yunxi-2027.json").read_bytes())["examples"]
    lines = {row["哪一种"]: row for row in table}
    for example in examples:
        row = lines[f"算例 {example['id']}"]
        expect = example["expect"]
        for key, column in (("fee.total", "应缴（元）"), ("coverage.from", "待遇开始")):
            if expect.get(key) is not None:
                assert row[column] == expect[key], example["id"]
        if "error" in expect:
            assert row["时段"].endswith("。")


def test_a_table_has_the_samples_and_the_limits_in_words(table: list[dict[str, str]]) -> None:
    kinds = [row["哪一种"].partition(" ")[0] for row in table]
    assert sorted(set(kinds)) == sorted(["算例", "样本", "界限"])
    assert all("缴费" in row["参保人"] for row in table if row["哪一种"] == "样本")
    closed = next(row for row in table if row["时段"] == "不能缴费")
    assert (closed["应缴（元）"], closed["待遇开始"]) == ("", "")
    waiting = next(row for row in table if row["等待期末日"])
    assert "月" in waiting["等待期"]


def test_what_no_source_gives_is_said_in_the_table(tmp_path: Path) -> None:
    unknown = standard(None, status="unsettled", doubt="来源没有写。")
    rules = [
        window("main", "B-1:09-01", "B-1:12-25"),
        unknown,
        rule("subsidy", "subsidy", {"amount": "700.00"}),
    ]
    draft, path = tmp_path / "draft.json", tmp_path / "cases.csv"
    draft.write_text(json.dumps(bundle_of(nation(), programme(rules))), "utf-8")
    assert main(["bundle", "cases", str(draft), "--table", str(path)]) == 0
    assert "待核定" in path.read_text("utf-8-sig")


def test_a_period_that_a_rule_asks_for_is_named_by_its_label(
    tmp_path: Path, capfdbinary: Streams
) -> None:
    """The id was written where the announcement has a name."""
    late = window("late", "B:01-01", "B:12-31")
    newborn = {
        **late,
        "id": "late-newborn",
        "answer": {**late["answer"], "label": "新生儿参保"},
        "exception_to": ["closed", "late"],
    }
    asked = {"test": "window", "rules": ["late-newborn"]}
    young = {**standard("300.00", when=asked, exception_to=["standard"]), "id": "young"}
    draft = tmp_path / "draft.json"
    document = bundle_of(nation(), programme([late, newborn, standard("400.00"), young]))
    draft.write_text(json.dumps(document), "utf-8")
    assert main(["rules", "990000", "--bundle", str(draft)]) == 0
    assert "新生儿参保（late-newborn）" in said(capfdbinary)[0]
