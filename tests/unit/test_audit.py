"""The audit names what is not the lock, and never calls well what nobody answered for."""

import json
import stat
from pathlib import Path

import pytest

from tools.audit import (
    KNOWN,
    OTHER,
    UNANSWERED,
    WELL,
    Answer,
    Installed,
    ask,
    code_of,
    compare,
    every_lock,
    read_lock,
)

LOCK = """# a comment
alpha==1.0 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
Beta-Two==2.0 ; sys_platform == "no-such-system" \\
    --hash=sha256:cc
"""
# Stands for the program that asks: it writes what it is told to, or fails as where no network is.
ASKING = """#!/usr/bin/env python3
import pathlib, sys
given = pathlib.Path(__file__).with_name("answer.json")
if not given.exists():
    sys.exit("ConnectionError: Name or service not known")
destination = sys.argv[sys.argv.index("--output") + 1]
pathlib.Path(destination).write_text(given.read_text())
asked = sys.argv[sys.argv.index("--requirement") + 1]
pathlib.Path(__file__).with_name("asked").write_text(pathlib.Path(asked).read_text())
"""


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "lock.txt"
    path.write_text(LOCK)
    return path


def install(folder: Path, name: str, version: str) -> None:
    info = folder / f"{name}-{version}.dist-info"
    info.mkdir(parents=True)
    told = f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\nLicense-Expression: MIT\n"
    (info / "METADATA").write_text(told)


def auditor(folder: Path, answer: object = None) -> Path:
    program = folder / "pip-audit"
    program.write_text(ASKING)
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    if answer is not None:
        (folder / "answer.json").write_text(json.dumps({"dependencies": answer}))
    return program


def test_what_is_installed_as_locked_has_no_fault_and_its_licence_is_listed(
    lock: Path, tmp_path: Path
) -> None:
    install(tmp_path / "site", "alpha", "1.0")
    assert compare(read_lock(lock), tmp_path / "site") == Installed((), ("alpha 1.0: MIT",))


def test_another_version_a_missing_package_and_one_outside_the_lock_are_named(
    lock: Path, tmp_path: Path
) -> None:
    install(tmp_path / "other", "alpha", "1.1")
    install(tmp_path / "other", "gamma", "3.0")
    assert compare(read_lock(lock), tmp_path / "other").faults == (
        "alpha 1.0 is locked, 1.1 is installed",
        "gamma 3.0 is installed and stands in no lock",
    )
    (tmp_path / "empty").mkdir()
    missing = compare(read_lock(lock), tmp_path / "empty").faults
    assert missing == ("alpha 1.0 is locked, nothing is installed",)


@pytest.mark.skipif("sys.platform == 'win32'", reason="a script stands for the program that asks")
def test_where_nobody_answers_nothing_is_known_and_nothing_is_well(
    lock: Path, tmp_path: Path
) -> None:
    answer = ask(read_lock(lock), auditor(tmp_path))
    assert (answer.asked, answer.unanswered, answer.known) == (0, 2, ())
    assert "ConnectionError" in answer.trouble
    assert ask(read_lock(lock), tmp_path / "not-there").unanswered == 2


@pytest.mark.skipif("sys.platform == 'win32'", reason="a script stands for the program that asks")
def test_packages_of_other_systems_are_asked_for_and_one_that_is_skipped_has_no_answer(
    lock: Path, tmp_path: Path
) -> None:
    answers = [
        {"name": "alpha", "version": "1.0", "vulns": [{"id": "PYSEC-1", "aliases": ["CVE-2"]}]},
        {"name": "beta-two", "skip_reason": "not found"},
    ]
    answer = ask(read_lock(lock), auditor(tmp_path, answers))
    assert answer == Answer(1, 1, ("alpha 1.0: PYSEC-1, CVE-2",))
    asked = (tmp_path / "asked").read_text().splitlines()
    assert asked == [
        "alpha==1.0 --hash=sha256:aa --hash=sha256:bb",
        "Beta-Two==2.0 --hash=sha256:cc",
    ]


def test_each_end_has_its_own_code_and_only_a_whole_answer_is_well() -> None:
    right, wrong = Installed((), ()), Installed(("alpha",), ())
    assert code_of(right, Answer(2, 0, ())) == WELL == 0
    assert code_of(right, Answer(1, 1, ())) == UNANSWERED
    assert code_of(wrong, Answer(2, 0, ())) == OTHER
    assert code_of(wrong, Answer(1, 1, ("alpha",))) == KNOWN
    assert len({WELL, UNANSWERED, OTHER, KNOWN}) == 4


def test_every_lock_of_this_checkout_is_asked_for() -> None:
    named = {each.requirement.name.lower() for each in every_lock()}
    assert {"cryptography", "pyside6-essentials", "pip-audit", "pyspark", "pip"} <= named
    assert all(each.hashes for each in every_lock())
