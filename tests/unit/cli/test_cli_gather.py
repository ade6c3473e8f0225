"""``medcounter gather``: ledgers of several desks in one folder and one table."""

import csv
from pathlib import Path

import pytest

from medcounter.cli.program import main
from tests.support.desk.counter_samples import open_counter
from tests.support.store.gather_samples import read_ledger


def exported(folder: Path, *names: str, masked: bool = True) -> Path:
    counter = open_counter(folder / "data")
    for name in names:
        counter.issue(name)
    path = folder / "desk.audit"
    path.write_bytes(b"".join(counter.desk.register.export_audit(counter.clock(), masked=masked)))
    counter.desk.close()
    return path


def heard(path: Path) -> list[str]:
    """What somebody types who heard a desk's fingerprint on the phone."""
    return ["--confirm", f"{read_ledger(path).ledger}=临川 03 号"]


def test_a_ledger_is_taken_in_and_written_as_a_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = exported(tmp_path, "吴建国", "吴梅")
    table = tmp_path / "all.csv"
    words = ["gather", str(tmp_path / "county"), str(path), "--table", str(table)]
    assert main(words) == 2
    assert "没有核对过" in capsys.readouterr().err
    assert main([*words, *heard(path), "--force"]) == 0
    assert "共 1 个窗口、2 张通知单。" in capsys.readouterr().out
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["编号"] for row in rows] == ["2025-03-000001", "2025-03-000002"]
    assert rows[0]["应缴（元）"] == "400.00"
    assert main([*words, "--force"]) == 0
    assert "没有变化" in capsys.readouterr().out


@pytest.mark.parametrize("masked", [True, False])
def test_the_table_masks_id_numbers_even_where_a_file_has_them_whole(
    tmp_path: Path, *, masked: bool
) -> None:
    path, table = exported(tmp_path, "吴建国", masked=masked), tmp_path / "all.csv"
    assert (
        main(["gather", str(tmp_path / "county"), str(path), "--table", str(table), *heard(path)])
        == 0
    )
    with table.open(encoding="utf-8-sig", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["证件号码"] == ("3601**1988********" if masked else "3601**********1237")


def test_a_spoilt_file_is_refused_and_the_others_are_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = exported(tmp_path, "吴建国")
    bad = tmp_path / "bad.audit"
    bad.write_bytes(good.read_bytes()[:-40])
    assert main(["gather", str(tmp_path / "county"), str(bad), str(good), *heard(good)]) == 2
    told = capsys.readouterr()
    assert "共 1 个窗口、1 张通知单。" in told.out
    assert told.err


def test_the_desks_of_a_folder_are_listed_and_one_is_taken_off(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, county = exported(tmp_path, "吴建国"), str(tmp_path / "county")
    fingerprint = read_ledger(path).ledger
    assert main(["gather", county, *heard(path), "--desks"]) == 0
    assert f"临川 03 号  {fingerprint}" in capsys.readouterr().out
    assert main(["gather", county, str(path), "--desks"]) == 0
    assert "收到末条" in capsys.readouterr().out
    assert main(["gather", county, "--forget", fingerprint]) == 2
    told = capsys.readouterr()
    assert "不再收" in told.out
    assert "不在窗口名单上" in told.err
    assert main(["gather", county, "--forget", fingerprint]) == 2
    assert main(["gather", county, "--confirm", "30c8=临川"]) == 2
    assert main(["gather", county, "--confirm", "30c8"]) == 2
