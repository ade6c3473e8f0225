"""A clerk's first notice on a new laptop: from the menu to the printer's tray."""

from __future__ import annotations

import configparser
import io
import re
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from tests.gui.counter_window import RESIDENT, SETTINGS
from tests.installed.laptop import DATA, FINGERS, HOME, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.installed.laptop import Laptop

DESKTOP = "usr/share/applications/medcounter.desktop"
SCREEN = ":77"
NETWORK = "/tmp/network"  # noqa: S108 - in a root of its own
PACKAGES = ("xvfb", "xdotool", "cups", "printer-driver-cups-pdf", "desktop-file-utils", "strace")
QUEUE = ("-p", "PDF", "-E", "-v", "cups-pdf:/", "-P", "/usr/share/ppd/cups-pdf/CUPS-PDF_opt.ppd")


@pytest.fixture(scope="module")
def hall(laptop: Laptop) -> Iterator[Laptop]:
    """The laptop with what a desk has: a screen, and a printer that prints into files."""
    laptop.apt("install", *PACKAGES)
    laptop.start("Xvfb", SCREEN, "-screen", "0", "1366x768x24", "-nolisten", "tcp", user="root")
    laptop.start("cupsd", "-f", user="root")
    wait_for((laptop.root / f"tmp/.X11-unix/X{SCREEN[1:]}").exists, "the screen")
    wait_for((laptop.root / "run/cups/cups.sock").exists, "the printer's queue")
    laptop.run("lpadmin", *QUEUE, user="root")
    laptop.run("lpadmin", "-d", "PDF", user="root")
    yield laptop
    laptop.end_all()


def keys(hall: Laptop, *words: str) -> None:
    hall.run("xdotool", *words, DISPLAY=SCREEN)


def started(hall: Laptop) -> str:
    """Start the program as its menu entry says; give its window."""
    entry = configparser.ConfigParser(interpolation=None)
    entry.read_string((hall.root / DESKTOP).read_text(encoding="utf-8"))
    line = entry["Desktop Entry"]["Exec"]
    log = hall.root / DATA / "logs/medcounter.log"
    log.unlink(missing_ok=True)  # earlier commands opened the desk too
    traced = f"exec strace -D -f -qq -e trace=%network -o {NETWORK} {line}"
    hall.start("sh", "-c", traced, DISPLAY=SCREEN)
    wait_for(lambda: log.exists() and "desk opened" in log.read_text(encoding="utf-8"), "the desk")
    found = hall.run(
        "xdotool", "search", "--sync", "--onlyvisible", "--name", "医保缴费测算台", DISPLAY=SCREEN
    )
    return found.stdout.split()[-1]


def test_the_menu_entry_is_valid_and_its_icon_is_there(hall: Laptop) -> None:
    told = hall.run("desktop-file-validate", f"/{DESKTOP}")
    assert (told.stdout, told.stderr) == ("", "")
    assert (hall.root / "usr/share/icons/hicolor/48x48/apps/medcounter.png").is_file()


def test_a_notice_is_issued_and_printed_without_a_network(hall: Laptop) -> None:
    hall.put(SETTINGS.encode(), DATA / "settings.json")
    hall.begin_ledger()
    window = started(hall)
    keys(hall, "windowfocus", "--sync", window)
    keys(hall, "type", "--delay", FINGERS, RESIDENT)
    keys(hall, "key", "Tab")
    keys(hall, "type", "--delay", FINGERS, "Wu Jianguo")
    # Late in a year the answer has no cover, which is asked about.
    keys(hall, "key", "--delay", "300", "F9", "ctrl+F9")
    tray = hall.root / HOME / "PDF"
    wait_for(lambda: list(tray.glob("*.pdf")), "the print")
    spooled = sorted((hall.root / "var/spool/cups").glob("d*"))
    text = "".join(PdfReader(spooled[-1]).pages[0].extract_text().split())
    for printed in ("城乡居民基本医疗保险缴费通知单", "WuJianguo", "03-000001", "第1次打印"):
        assert printed in text
    assert RESIDENT not in text
    # As a desktop ends what is open when its user leaves.
    hall.running[-1].terminate()
    hall.running.pop().wait(60)
    listed = hall.run("medcounter", "ledger", "list").stdout
    assert re.search(r"^\d{4}-03-000001\b.*Wu Jianguo", listed, re.MULTILINE)
    hall.run("medcounter", "ledger", "verify")


def test_the_window_asked_for_no_connection_to_any_machine(hall: Laptop) -> None:
    calls = (hall.root / NETWORK.lstrip("/")).read_text(encoding="utf-8")
    assert "AF_UNIX" in calls
    assert re.findall(r"socket\(AF_INET6?[^)]*\)|connect\([^)]*AF_INET6?[^)]*\)", calls) == []


def test_at_home_only_the_data_folder_was_written(hall: Laptop) -> None:
    home = hall.root / HOME
    named = [home / name for name in ("PDF", "demo", "shown", "newer", "lists")]
    allowed = (hall.root / DATA, *named, *home.glob("version-*"))
    written = [path for path in home.rglob("*") if path.is_file() and path.name[:5] != ".bash"]
    outside = [path for path in written if not any(path.is_relative_to(one) for one in allowed)]
    assert [path.name for path in outside if path.name != ".profile"] == []


def test_taking_the_program_off_leaves_the_ledger_and_putting_it_back_opens_it(
    hall: Laptop, package: Path
) -> None:
    before = (hall.root / DATA / "ledger.db").read_bytes()
    hall.apt("purge", "medcounter")
    left = [*hall.root.glob("usr/**/*medcounter*"), *hall.root.glob("etc/**/*medcounter*")]
    assert left == []
    assert (hall.root / DATA / "ledger.db").read_bytes() == before
    hall.install(package)
    assert "Wu Jianguo" in hall.run("medcounter", "ledger", "list").stdout
    assert io.BytesIO(before).read(16) != b"SQLite format 3\0"
