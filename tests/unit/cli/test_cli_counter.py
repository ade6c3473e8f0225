"""Commands that open the counter's data: ledger, sync, self-check."""

import csv
import json
import os
from argparse import Namespace
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from medcounter.bundle.shipped import open_shipped
from medcounter.cli import main
from medcounter.cli.commands.ledger_commands import run_sync
from medcounter.cli.rules_in_use import rules_in_use
from medcounter.desk.desk import Desk
from medcounter.desk.draft.draft import Draft
from tests.support.desk.counter_samples import issue_seen
from tests.support.desk.desk_samples import newer_rules
from tests.support.store.store_samples import AT, demo_roots, raw
from tests.support.system.streams import Streams, said

# A bundle of one county: what is asked here is whether a data folder is made.
GUIDES_OWN = Path(__file__).resolve().parents[3] / "docs" / "examples" / "yunxi"
RESIDENT = Draft(region="360000", benefit_year=2025, name="张三", id_number="11010519491231002X")


@pytest.fixture
def open_desk(own_data_dir: Path) -> Iterator[Desk]:
    desk = Desk.open(own_data_dir, AT)
    yield desk
    desk.close(with_backup=False)


@pytest.fixture
def two_notices(own_data_dir: Path) -> None:
    desk = Desk.open(own_data_dir, AT)
    for place, name in enumerate(("张三", "=cmd()")):
        result = desk.outcome(RESIDENT.with_("name", name), AT.date())
        issue_seen(desk, result, AT, f"click-{place}")
    desk.notices.void("2025-01-000002", "姓名填错", AT)
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
    Desk.open(own_data_dir, AT, roots=demo_roots()).close()
    wanted = Namespace(path=offered, data_dir=own_data_dir, dry_run=True, roots=demo_roots())
    assert run_sync(wanted) == 0
    assert "没有导入" in said(capfdbinary)[0]
    wanted.dry_run = False
    assert run_sync(wanted) == 0
    assert "已导入：medcounter-rules 第 7 版" in said(capfdbinary)[0]


def test_an_assessment_answers_by_the_newest_rules_that_verify(own_data_dir: Path) -> None:
    desk = Desk.open(own_data_dir, AT, roots=demo_roots())
    desk.rules.install(desk.rules.planner(newer_rules())(), AT)
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


@pytest.mark.parametrize(
    "words",
    [
        "ledger list", "ledger verify", "ledger export x.csv", "ledger export x.audit",
        "ledger day", "ledger close", "ledger entered", "backup", "backups", "access show",
        "sync x --dry-run", "selfcheck", "bundle roots accept x",
    ],
)  # fmt: skip
@pytest.mark.parametrize("found", ["nothing", "an empty folder", "somebody's folder"])
def test_a_mistyped_data_folder_is_an_error_and_nothing_is_made(
    tmp_path: Path, words: str, found: str, capfdbinary: Streams
) -> None:
    mistyped = tmp_path / "deep" / "mistyped"
    if found != "nothing":
        mistyped.mkdir(parents=True)
    if found == "somebody's folder":
        (mistyped / "photo.jpg").touch()
    before = sorted(path.name for path in tmp_path.rglob("*"))
    assert main(["--data-dir", str(mistyped), *words.split()]) == 2
    assert "里没有台账" in "".join(said(capfdbinary))
    assert sorted(path.name for path in tmp_path.rglob("*")) == before


def test_no_data_folder_is_named_by_nothing(capfdbinary: Streams) -> None:
    assert main(["--data-dir", "", "ledger", "verify"]) == 2
    assert "--data-dir 的值“”不对" in said(capfdbinary)[1]


@pytest.mark.parametrize("words", ["rules", "rules 360000", f"bundle cases {GUIDES_OWN}"])
def test_what_needs_no_ledger_goes_on_needing_none(own_data_dir: Path, words: str) -> None:
    assert main(words.split()) == 0
    assert not own_data_dir.exists()


@pytest.mark.usefixtures("two_notices")
def test_a_csv_holds_the_days_and_the_numbers_that_were_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "ledger.csv"

    def exported(*words: str) -> list[dict[str, str]]:
        assert main(["ledger", "export", str(out), "--force", *words]) == 0
        return list(csv.DictReader(out.read_text("utf-8-sig").splitlines()))

    day = AT.date()
    assert len(exported()) == 2
    assert exported("--from", f"{day + timedelta(days=1)}") == []
    assert exported("--to", f"{day - timedelta(days=1)}") == []
    assert [row["姓名"] for row in exported("--to-enter")] == ["张三"]
    assert {row["证件号码"] for row in exported("--reveal")} == {"11010519491231002X"}
    file = tmp_path / "ledger.audit"
    assert main(["ledger", "export", str(file)]) == 0
    kept = [line for line in file.read_text("utf-8").splitlines() if "csv" in line]
    assert [line.count('masked\\":false') for line in kept] == [0, 0, 0, 0, 1]


@pytest.mark.usefixtures("two_notices")
@pytest.mark.parametrize(
    "words", [("--from", "2025-01-01"), ("--to", "2025-01-01"), ("--to-enter",)]
)
def test_an_audit_file_is_whole_and_says_so_when_less_is_asked_for(
    tmp_path: Path, words: tuple[str, ...], capfdbinary: Streams
) -> None:
    assert main(["ledger", "export", str(tmp_path / "a.audit"), *words]) == 2
    assert "总是整本台账" in said(capfdbinary)[1]
    assert not (tmp_path / "a.audit").exists()


@pytest.mark.usefixtures("two_notices")
def test_an_export_never_takes_the_place_of_the_ledger(
    own_data_dir: Path, capfdbinary: Streams
) -> None:
    before = (own_data_dir / "ledger.db").read_bytes()
    for words in (("ledger.db",), ("ledger.db", "--force"), ("backups/x.csv",), ("new.audit",)):
        name, *rest = words
        assert main(["ledger", "export", str(own_data_dir / name), *rest]) == 4
        assert "数据文件夹" in said(capfdbinary)[1]
    assert (own_data_dir / "ledger.db").read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
@pytest.mark.usefixtures("two_notices")
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.audit"])
def test_what_holds_people_is_for_its_user_alone(tmp_path: Path, name: str) -> None:
    assert main(["ledger", "export", str(tmp_path / name)]) == 0
    assert (tmp_path / name).stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such rights")
def test_nobody_else_reads_a_data_folder_that_was_there_before(own_data_dir: Path) -> None:
    """Ledger, backups and log took the system's usual rights, so others could copy them."""
    own_data_dir.mkdir(mode=0o755)
    before = os.umask(0o022)
    try:
        desk = Desk.open(own_data_dir, AT)
        issue_seen(desk, desk.outcome(RESIDENT, AT.date()), AT, "click")
        for _ in desk.backups.slices():
            pass
        desk.close()
    finally:
        os.umask(before)
    files = {path.name: path for path in own_data_dir.rglob("*") if path.is_file()}
    del files["owner.lock"]  # it is empty
    assert {"ledger.db", "rules.db", "medcounter.log"} <= set(files)
    assert any(name.startswith("ledger-") for name in files)
    assert {name for name, path in files.items() if path.stat().st_mode & 0o077} == set()


@pytest.mark.usefixtures("two_notices")
def test_a_backup_leaves_the_keys_of_another_counter_alone(
    tmp_path: Path, own_data_dir: Path, capfdbinary: Streams
) -> None:
    Desk.open(tmp_path / "other", AT).close()
    stick = tmp_path / "stick"
    stick.mkdir()
    keys = (tmp_path / "other" / "keyslots.json").read_bytes()
    (stick / "keyslots.json").write_bytes(keys)
    assert main(["backup", "--to", str(stick)]) == 2
    assert "另一本台账的密钥" in said(capfdbinary)[1]
    assert [(path.name, path.read_bytes()) for path in stick.iterdir()] == [("keyslots.json", keys)]
    for folder in (
        own_data_dir,
        own_data_dir / "backups",
        tmp_path / "other",
        tmp_path / "other/x",
    ):
        assert main(["backup", "--to", str(folder)]) == 4
    assert (tmp_path / "other" / "keyslots.json").read_bytes() == keys
    assert main(["backup", "--to", str(tmp_path / "mine")]) == 0
    assert main(["backup", "--to", str(tmp_path / "mine")]) == 0
