"""The installed program on a laptop with no Python and no network."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from tests.installed.laptop import DATA, HOME, ROOT
from tests.support.store.store_samples import raw

if TYPE_CHECKING:
    from pathlib import Path

    from tests.installed.laptop import Laptop

CASES = ROOT / "tests" / "data" / "cases.json"
FROZEN_LEDGERS = ROOT / "tests" / "faults" / "ledgers"
MOMENT = re.compile(r"\d{4}-\d\d-\d\d\d\d:\d\d")
FACTS = {"region": "360000", "benefit_year": 2025, "payment_date": "2025-03-05"}


def unfrozen(folder: Path, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Run the program of this checkout."""
    kept = {**os.environ, "MEDCOUNTER_DATA_DIR": str(folder), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-m", "ui", *words],
        cwd=ROOT,
        env=kept,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def text_of(pdf: Path) -> str:
    """All that is written, without what a Qt puts between words: spaces and ends of lines."""
    return "".join("".join(page.extract_text() for page in PdfReader(pdf).pages).split())


def test_the_laptop_has_no_python_and_every_library_is_found(laptop: Laptop) -> None:
    assert list((laptop.root / "usr/bin").glob("python*")) == []
    find = "find /usr/lib/medcounter -name '*.so*' -type f -exec ldd {} + 2>/dev/null"
    folders = "/usr/lib/medcounter/_internal:/usr/lib/medcounter/_internal/PySide6/Qt/lib"
    told = laptop.run("sh", "-c", find, LD_LIBRARY_PATH=folders).stdout
    assert [line for line in told.splitlines() if "not found" in line] == []


def test_every_part_finds_itself_whole(laptop: Laptop) -> None:
    told = laptop.run("medcounter", "selfcheck").stdout.splitlines()
    assert len(told) >= 6
    assert all(line.startswith(("正常", "留意")) for line in told)


def test_the_answers_are_those_of_the_unfrozen_program(laptop: Laptop, tmp_path: Path) -> None:
    cases = json.loads(CASES.read_text(encoding="utf-8"))
    assert len(cases) > 30
    for case in cases:
        facts = json.dumps(case["facts"])
        here = unfrozen(tmp_path, "assess", stdin=facts)
        there = laptop.attempt("medcounter", "assess", stdin=facts)
        assert (there.returncode, there.stdout, there.stderr) == (
            here.returncode,
            here.stdout,
            here.stderr,
        ), case["id"]


def test_the_main_job_is_played_and_the_paper_says_what_the_unfrozen_program_s_says(
    laptop: Laptop, tmp_path: Path
) -> None:
    told = laptop.run("medcounter", "demo", f"/{HOME}/demo").stdout
    assert "应缴 ¥400.00；等待期 2025-03-05至2025-06-04；待遇 2025-06-05至2025-12-31" in told
    assert unfrozen(tmp_path, "demo", str(tmp_path / "demo")).returncode == 0
    there, here = laptop.root / HOME / "demo/notice.pdf", tmp_path / "demo/notice.pdf"
    assert text_of(there) == text_of(here)
    assert "吴建国" in text_of(there)


def test_a_specimen_says_what_the_unfrozen_program_s_says(laptop: Laptop, tmp_path: Path) -> None:
    facts = json.dumps(FACTS)
    pdf = tmp_path / "specimen.pdf"
    words = ("--name", "张三", "--acknowledge", "past-day")
    made = laptop.run("medcounter", "notice", "-", "--pdf", "/tmp/a.pdf", *words, stdin=facts)  # noqa: S108 - in a root of its own
    assert made.stderr == ""
    assert unfrozen(tmp_path, "notice", "-", "--pdf", str(pdf), *words, stdin=facts).stderr == ""
    # The moment of printing differs.
    there, here = (MOMENT.sub("", text_of(path)) for path in (laptop.root / "tmp/a.pdf", pdf))
    assert there == here
    assert "张三" in there


@pytest.mark.parametrize("version", sorted(path.name for path in FROZEN_LEDGERS.iterdir()))
def test_a_ledger_of_an_older_program_is_opened_and_a_copy_kept(
    laptop: Laptop, version: str
) -> None:
    folder = HOME / version
    for path in (FROZEN_LEDGERS / version).iterdir():
        laptop.put(path.read_bytes(), folder / path.name)
    listed = laptop.run("medcounter", "ledger", "list", "--data-dir", f"/{folder}").stdout
    assert listed.strip()
    laptop.run("medcounter", "ledger", "verify", "--data-dir", f"/{folder}")
    copies = [path for path in (laptop.root / folder).rglob("*.db") if path.name != "ledger.db"]
    assert copies != []


def test_a_ledger_of_a_newer_program_is_refused_with_a_sentence_and_left_alone(
    laptop: Laptop, tmp_path: Path
) -> None:
    shutil.copytree(FROZEN_LEDGERS / "version-1", tmp_path, dirs_exist_ok=True)
    with raw(tmp_path) as database:
        database.execute("PRAGMA user_version = 99")
    folder = HOME / "newer"
    for path in tmp_path.iterdir():
        if path.is_file():
            laptop.put(path.read_bytes(), folder / path.name)
    before = (laptop.root / folder / "ledger.db").read_bytes()
    refused = laptop.attempt("medcounter", "ledger", "list", "--data-dir", f"/{folder}")
    assert refused.returncode == 2
    assert "请使用新版程序" in refused.stderr
    assert (laptop.root / folder / "ledger.db").read_bytes() == before


def test_nothing_is_written_but_in_the_data_folder_and_where_the_clerk_points(
    laptop: Laptop,
) -> None:
    laptop.begin_ledger()
    stamp = laptop.root / "home/stamp"
    stamp.touch()
    laptop.run("medcounter", "ledger", "list")
    laptop.run("medcounter", "selfcheck")
    laptop.run("medcounter", "demo", f"/{HOME}/shown")
    written = laptop.run(
        "sh",
        "-c",
        "find / -xdev -newer /home/stamp -type f -not -path '/proc/*' -not -path '/dev/*'",
        user="root",
    ).stdout.split()
    allowed = (f"/{HOME}/shown/", f"/{DATA}/")
    assert [path for path in written if not path.startswith(allowed)] == []
    assert any(path.startswith(f"/{HOME}/shown/") for path in written)
