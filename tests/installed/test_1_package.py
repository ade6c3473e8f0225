"""What the package holds, before anybody installs it."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.installed.laptop import ROOT
from tools.package import elf

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_PACKAGE = 65_000_000
LARGEST_INSTALLED_KIB = 165_000_000 // 1024
PROGRAM = "usr/lib/medcounter"
RESOURCES = f"{PROGRAM}/_internal/medcounter/resources"


@pytest.fixture(scope="session")
def unpacked(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package") / "raw"
    subprocess.run(["dpkg-deb", "--raw-extract", package, folder], check=True)
    return folder


@pytest.fixture(scope="session")
def fields(unpacked: Path) -> dict[str, str]:
    text = (unpacked / "DEBIAN/control").read_text(encoding="utf-8")
    return dict(re.findall(r"^([A-Z][\w-]*): (.*)$", text, re.MULTILINE))


def test_the_package_and_what_it_installs_are_small(package: Path, fields: dict[str, str]) -> None:
    assert package.stat().st_size <= LARGEST_PACKAGE
    assert int(fields["Installed-Size"]) <= LARGEST_INSTALLED_KIB


def test_nothing_is_run_and_nothing_configured_by_installing(unpacked: Path) -> None:
    assert sorted(path.name for path in (unpacked / "DEBIAN").iterdir()) == ["control", "md5sums"]


def test_everything_belongs_to_the_system_and_only_the_program_runs(package: Path) -> None:
    listed = subprocess.run(
        ["dpkg-deb", "--contents", package], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert {line.split()[1] for line in listed} == {"root/root"}
    files = [line for line in listed if line.startswith("-")]
    running = [line.split()[5] for line in files if "x" in line.split()[0]]
    assert running == [f"./{PROGRAM}/medcounter"]
    assert {line.split()[0] for line in files} == {"-rw-r--r--", "-rwxr-xr-x"}


def test_every_file_lies_where_the_system_keeps_such_files(unpacked: Path) -> None:
    share = ("applications", "icons/hicolor", "man", "doc/medcounter")
    kept = ("usr/lib/medcounter/", "usr/bin/medcounter", *(f"usr/share/{name}/" for name in share))
    names = [path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*")]
    files = [name for name in names if (unpacked / name).is_file() and "DEBIAN" not in name]
    assert [name for name in files if not name.startswith(kept)] == []


def test_the_sums_are_those_of_the_files(unpacked: Path) -> None:
    sums = subprocess.run(
        ["md5sum", "--check", "--quiet", "DEBIAN/md5sums"], cwd=unpacked, check=False
    )
    assert sums.returncode == 0


def test_every_library_that_is_not_brought_comes_with_a_package_asked_for(
    unpacked: Path, fields: dict[str, str]
) -> None:
    from tools.bootstrap import debian_package  # noqa: PLC0415 - not a part of what is tested

    asked = {name.split(" ")[0] for name in fields["Depends"].split(", ")}
    needed = elf.wanted_from_system(unpacked / PROGRAM) - {"libgcc_s.so.1"}
    assert {debian_package(name) for name in needed} - asked == set()
    assert "libxcb-cursor.so.0" not in needed


def test_the_c_library_asked_for_is_the_newest_that_any_binary_needs(
    unpacked: Path, fields: dict[str, str]
) -> None:
    floor = elf.floor(elf.read(path) for path in elf.binaries(unpacked / PROGRAM))
    assert f"libc6 (>= {floor[0]}.{floor[1]})" in fields["Depends"]


def test_no_path_of_the_building_machine_is_shipped(unpacked: Path) -> None:
    names = [path.name for path in unpacked.rglob("*")]
    assert not {"direct_url.json", "RECORD", "INSTALLER"} & set(names)


def test_every_part_has_its_licence_in_the_notice(unpacked: Path) -> None:
    parts = json.loads((unpacked / RESOURCES / "components.json").read_text(encoding="utf-8"))
    notice = (unpacked / RESOURCES / "NOTICE.txt").read_text(encoding="utf-8")
    named = {part["name"].lower().replace("_", "-") for part in parts}
    assert {"qt", "icu", "openssl", "sqlcipher", "sqlite", "python", "noto sans sc"} <= named
    assert {"pyinstaller", "pyside6-essentials", "shiboken6", "cryptography", "sqlcipher3"} <= named
    for part in parts:
        assert f"{part['name']} {part['version']} — {part['licence']}" in notice
    for words in (
        "GNU LESSER GENERAL PUBLIC LICENSE",
        "SIL OPEN FONT LICENSE",
        "ZETETIC",
        "PYTHON SOFTWARE FOUNDATION LICENSE",
    ):
        assert words in notice


def test_no_library_ships_but_those_locked_for_the_program(unpacked: Path) -> None:
    parts = json.loads((unpacked / RESOURCES / "components.json").read_text(encoding="utf-8"))
    lock = (ROOT / "requirements/runtime.txt").read_text(encoding="utf-8")
    locked = {*re.findall(r"^([\w-]+)==", lock, re.MULTILINE), "pyinstaller"}
    bought = {part["name"] for part in parts if part["origin"].startswith("pkg:pypi/")}
    names = {name.lower().replace("_", "-") for name in bought}
    assert {"python-calamine", "xlsxwriter"} <= names
    assert names - locked == set()


def test_the_manual_has_every_picture_it_shows(unpacked: Path) -> None:
    folder = unpacked / RESOURCES / "docs"
    manual = (folder / "manual.zh-CN.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[[^]]*\]\(([^)]+)\)", manual)
    assert len(shown) > 5
    assert [name for name in shown if not (folder / name).is_file()] == []


def test_the_author_s_guide_comes_with_its_example_and_the_nation(unpacked: Path) -> None:
    folder = unpacked / RESOURCES
    assert (folder / "docs" / "rules.md").is_file()
    example = folder / "docs" / "examples" / "yunxi"
    assert {path.name for path in example.iterdir()} == {"bundle.json", "yunxi-2027.json"}
    exercise = folder / "docs" / "examples" / "shiqiao"
    assert (exercise / "notice.txt").is_file()
    assert (folder / "bundles" / "national.json").is_file()
    assert (folder / "bundles" / "national-flexible.json").is_file()


def test_the_bill_of_materials_names_what_the_notice_names(unpacked: Path) -> None:
    packed = unpacked / "usr/share/doc/medcounter/medcounter.cdx.json.gz"
    bill = json.loads(gzip.decompress(packed.read_bytes()))
    parts = json.loads((unpacked / RESOURCES / "components.json").read_text(encoding="utf-8"))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert sorted(part["name"] for part in bill["components"]) == sorted(
        part["name"] for part in parts
    )
    assert all(part.get("licenses") for part in bill["components"])


def test_the_manual_page_names_every_command(unpacked: Path) -> None:
    from medcounter.cli.command_list import COMMANDS  # noqa: PLC0415 - not a part of what is tested
    from ui.cli.screen_command_list import with_screen  # noqa: PLC0415 - the same

    packed = unpacked / "usr/share/man/man1/medcounter.1.gz"
    page = gzip.decompress(packed.read_bytes()).decode()
    names = [command.name.replace("-", r"\-") for command in with_screen(COMMANDS)]
    assert [name for name in names if f"\n.B {name}\n" not in page] == []
