"""Commands that open the counter's data: ledger, sync, self-check."""

import csv
import json
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import pytest

from medcounter.bundle.shipped import open_shipped
from medcounter.cli import main
from medcounter.cli.counter import run_sync
from medcounter.cli.rules_in_use import rules_in_use
from medcounter.desk.desk import Desk
from medcounter.desk.draft import Draft
from tests.counter_samples import issue_seen
from tests.desk_samples import newer_rules
from tests.store_samples import AT, demo_roots, raw
from tests.streams import Streams, said

RESIDENT = Draft(region="360000", benefit_year=2025, name="张三", id_number="11010519491231002X")


@pytest.fixture
def open_desk(own_data_dir: Path) -> Iterator[Desk]:
    desk = Desk.open(own_data_dir, AT)
    yield desk
    desk.close()


@pytest.fixture
def two_notices(own_data_dir: Path) -> None:
    desk = Desk.open(own_data_dir, AT)
    for place, name in enumerate(("张三", "=cmd()")):
        result = desk.outcome(RESIDENT.with_("name", name), AT.date())
        issue_seen(desk, result, AT, f"click-{place}")
    desk.void("2025-01-000002", "姓名填错", AT)
    desk.close()


@pytest.mark.usefixtures("two_notices")
def test_the_ledger_is_listed_newest_first_with_masked_numbers(capfdbinary: Streams) -> None:
    assert main(["ledger", "list"]) == 0
    out, _ = said(capfdbinary)
    lines = out.splitlines()
    assert [line[:14] for line in lines[:2]] == ["2025-01-000002", "2025-01-000001"]
    assert "1101**********002X" in out
    assert "11010519491231002X" not in out
    assert "已作废" in lines[0]
    assert lines[2] == "共 2 张，列出 2 张。"


@pytest.mark.usefixtures("two_notices")
def test_the_ledger_is_searched_by_name(capfdbinary: Streams) -> None:
    assert main(["ledger", "list", "张三", "--limit", "5"]) == 0
    assert "共 1 张" in said(capfdbinary)[0]


@pytest.mark.usefixtures("two_notices")
def test_an_untouched_ledger_is_verified(capfdbinary: Streams) -> None:
    assert main(["ledger", "verify"]) == 0
    assert "没有发现不符" in said(capfdbinary)[0]


@pytest.mark.usefixtures("two_notices")
def test_a_ledger_changed_behind_the_program_is_found(
    own_data_dir: Path, capfdbinary: Streams
) -> None:
    with raw(own_data_dir) as database:
        guards = list(database.query("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"))
        for guard in guards:
            database.conn.execute(f"DROP TRIGGER {guard['name']}")
        database.conn.execute("UPDATE notice SET total = 1")
        for guard in guards:
            database.conn.execute(guard["sql"])
    assert main(["ledger", "verify"]) == 2
    _, err = said(capfdbinary)
    assert "2025-01-000001" in err
    assert "停止出单" in err
    assert main(["selfcheck"]) == 2
    assert "问题  台账" in said(capfdbinary)[0]


@pytest.mark.usefixtures("two_notices")
def test_an_export_is_a_table_in_which_no_name_becomes_a_formula(
    tmp_path: Path, capfdbinary: Streams
) -> None:
    out = tmp_path / "ledger.csv"
    assert main(["ledger", "export", str(out)]) == 0
    rows = list(csv.DictReader(out.read_text("utf-8-sig").splitlines()))
    assert [row["姓名"] for row in rows] == ["'=cmd()", "张三"]
    assert [row["应缴（元）"] for row in rows] == ["400.00", "400.00"]
    assert {row["证件号码"] for row in rows} == {"1101**********002X"}
    assert "2 张" in said(capfdbinary)[0]


@pytest.mark.usefixtures("two_notices")
def test_the_ledger_keeps_that_a_table_was_exported(tmp_path: Path) -> None:
    assert main(["ledger", "export", str(tmp_path / "ledger.csv")]) == 0
    file = tmp_path / "ledger.audit"
    assert main(["ledger", "export", str(file)]) == 0
    (kept,) = [line for line in file.read_text("utf-8").splitlines() if "csv" in line]
    assert '"export"' in kept


@pytest.mark.usefixtures("two_notices")
def test_an_export_that_cannot_be_written_is_said(tmp_path: Path, capfdbinary: Streams) -> None:
    assert main(["ledger", "export", str(tmp_path / "no" / "ledger.csv")]) == 1
    assert "写不出去" in said(capfdbinary)[1]


@pytest.mark.usefixtures("open_desk")
@pytest.mark.parametrize("words", ["ledger list", "ledger verify", "ledger export x", "sync x"])
def test_a_ledger_that_a_window_has_open_is_said_and_ends_with_3(
    words: str, capfdbinary: Streams
) -> None:
    assert main(words.split()) == 3
    out, err = said(capfdbinary)
    assert out == ""
    assert "正被另一个" in err


@pytest.mark.usefixtures("open_desk")
def test_an_assessment_needs_no_ledger_and_runs_beside_the_window(
    tmp_path: Path, capfdbinary: Streams
) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text(
        json.dumps({"region": "360000", "benefit_year": 2025, "payment_date": "2025-03-05"})
    )
    assert main(["assess", str(facts)]) == 0
    assert json.loads(said(capfdbinary)[0])["payable"]


def test_new_rules_are_shown_and_taken_in_and_answer_at_once(
    own_data_dir: Path, tmp_path: Path, capfdbinary: Streams
) -> None:
    offered = tmp_path / "rules.json"
    offered.write_bytes(newer_rules())
    wanted = Namespace(path=offered, data_dir=own_data_dir, dry_run=True, roots=demo_roots())
    assert run_sync(wanted) == 0
    assert "没有导入" in said(capfdbinary)[0]
    wanted.dry_run = False
    assert run_sync(wanted) == 0
    assert "已导入：medcounter-rules 第 7 版" in said(capfdbinary)[0]


def test_an_assessment_answers_by_the_newest_rules_that_verify(own_data_dir: Path) -> None:
    desk = Desk.open(own_data_dir, AT, roots=demo_roots())
    desk.apply_sync(desk.plan_sync(newer_rules()), AT)
    desk.close()
    (own_data_dir / "bundles" / "broken.json").write_text("{")
    assert rules_in_use(None, own_data_dir, demo_roots()).bundle.revision == 7
    # Whoever does not know these roots works by what ships.
    assert rules_in_use(None, own_data_dir).bundle.revision == open_shipped().bundle.revision


def test_a_program_without_roots_takes_no_bundle(tmp_path: Path, capfdbinary: Streams) -> None:
    offered = tmp_path / "rules.json"
    offered.write_bytes(newer_rules())
    assert main(["sync", str(offered)]) == 2
    assert "旧规则继续有效" in said(capfdbinary)[1]


def test_a_self_check_of_a_fresh_machine_is_well_and_makes_no_data(
    own_data_dir: Path, capfdbinary: Streams
) -> None:
    assert main(["selfcheck"]) == 0
    out, _ = said(capfdbinary)
    assert out.count("正常") == 3
    assert not own_data_dir.exists()


@pytest.mark.usefixtures("two_notices")
def test_a_self_check_counts_and_verifies_the_ledger(capfdbinary: Streams) -> None:
    assert main(["selfcheck"]) == 0
    assert "正常  台账核对：2 张通知单和全部记录从头核对过" in said(capfdbinary)[0]


@pytest.mark.usefixtures("open_desk")
def test_a_self_check_beside_the_window_leaves_the_ledger_out(capfdbinary: Streams) -> None:
    assert main(["selfcheck"]) == 3
    assert "未查  台账" in said(capfdbinary)[0]


def test_a_self_check_of_spoilt_data_says_so(own_data_dir: Path, capfdbinary: Streams) -> None:
    own_data_dir.mkdir()
    (own_data_dir / "ledger.db").write_bytes(b"not a database" * 100)
    assert main(["selfcheck"]) == 2
    assert "问题  台账" in said(capfdbinary)[0]


def test_a_file_in_the_place_of_the_data_is_said(own_data_dir: Path, capfdbinary: Streams) -> None:
    own_data_dir.write_text("in the way")
    assert main(["selfcheck"]) == 2
    assert "问题  台账" in said(capfdbinary)[0]
