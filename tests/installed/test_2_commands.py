"""Lists and ledgers of several desks, by the installed program's command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.installed.laptop import HOME
from tests.installed.test_2_bare_laptop import unfrozen

if TYPE_CHECKING:
    from pathlib import Path

    from tests.installed.laptop import Laptop

FOLDER = HOME / "lists"
LIST = "姓名,证件号码\n吴建国,360103198807121237\n"
WHERE = ("--region", "360000", "--year", "2025", "--on", "2025-03-05")


def test_the_program_knows_its_version(laptop: Laptop, tmp_path: Path) -> None:
    told = laptop.run("medcounter", "--version").stdout
    assert told == unfrozen(tmp_path, "--version").stdout
    asked = laptop.run("dpkg-query", "--show", "--showformat", "${Version}", "medcounter").stdout
    assert told.split() == ["medcounter", asked]


def test_with_a_ledger_every_part_finds_itself_whole(laptop: Laptop) -> None:
    laptop.begin_ledger()
    laptop.run("medcounter", "ledger", "list")
    told = laptop.run("medcounter", "selfcheck").stdout
    assert "台账核对" in told
    assert "版。" in next(line for line in told.splitlines() if "程序：" in line)
    assert all(line.startswith(("正常", "留意")) for line in told.splitlines())


def test_a_list_is_assessed_as_the_unfrozen_program_does(laptop: Laptop, tmp_path: Path) -> None:
    laptop.put(LIST.encode(), FOLDER / "list.csv")
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    made = tmp_path / "made.csv"
    there = laptop.run("medcounter", "roster", *at("list.csv", "made.csv"), *WHERE)
    here = unfrozen(tmp_path, "roster", str(tmp_path / "list.csv"), str(made), *WHERE)
    assert (there.stdout, there.stderr) == (here.stdout, here.stderr)
    written = (laptop.root / FOLDER / "made.csv").read_bytes()
    assert written == made.read_bytes()
    assert "2025-06-05" in written.decode("utf-8-sig")


def test_a_workbook_is_written_and_read_again(laptop: Laptop) -> None:
    laptop.put(LIST.encode(), FOLDER / "list.csv")
    laptop.run("medcounter", "roster", *at("list.csv", "made.xlsx"), *WHERE, "--whole-id")
    laptop.run("medcounter", "roster", *at("made.xlsx", "again.csv"), *WHERE)
    again = (laptop.root / FOLDER / "again.csv").read_text(encoding="utf-8-sig")
    assert "吴建国,3601**********1237,2025,2025-03-05" in again


def test_the_ledger_of_a_desk_is_gathered_into_one_table(laptop: Laptop) -> None:
    laptop.put(b"", FOLDER / "empty")
    demo, where = f"/{FOLDER}/demo", f"/{FOLDER}/demo/data"
    laptop.run("medcounter", "demo", demo)
    exported, gathered, table = at("desk.audit", "gathered", "all.csv")
    laptop.run("medcounter", "ledger", "export", exported, "--data-dir", where)
    said = laptop.run("medcounter", "ledger", "verify", exported).stdout
    fingerprint = said.partition("台账指纹 ")[2][:19]
    heard = ("--confirm", f"{fingerprint}=临川")
    told = laptop.run("medcounter", "gather", gathered, exported, "--table", table, *heard)
    assert "共 1 个窗口、1 张通知单。" in told.stdout
    assert "2025-03-000001" in (laptop.root / FOLDER / "all.csv").read_text(encoding="utf-8-sig")


def test_what_few_places_need_is_left_out_and_missed_by_a_sentence(laptop: Laptop) -> None:
    laptop.put(LIST.encode(), FOLDER / "list.csv")
    refused = laptop.attempt("medcounter", "roster", *at("list.csv", "made.parquet"))
    assert refused.returncode == 2
    assert "arrow" in refused.stderr


def at(*names: str) -> list[str]:
    """Name files in the folder of lists, as the laptop does."""
    return [f"/{FOLDER}/{name}" for name in names]
