"""Chinese typed by pinyin, through real input methods, into the installed program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.gui.counter_window import RESIDENT, SETTINGS
from tests.installed.laptop import DATA, FINGERS, HOME, PATIENCE_S, wait_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.installed.laptop import Laptop

PACKAGES = ("xvfb", "xdotool", "dbus", "ibus", "ibus-libpinyin", "fcitx5", "fcitx5-pinyin")
SCREEN = ":78"
BUS = "/tmp/session-bus"  # noqa: S108 - in a root of its own
# Settings in memory: the desktop's own store would want a service of its own.
SESSION = {
    "DISPLAY": SCREEN,
    "DBUS_SESSION_BUS_ADDRESS": f"unix:path={BUS}",
    "GSETTINGS_BACKEND": "memory",
}
VARIABLES = [f"{name}={value}" for name, value in SESSION.items()]
FCITX_PROFILE = """\
[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin

[Groups/0/Items/0]
Name=keyboard-us

[Groups/0/Items/1]
Name=pinyin

[GroupOrder]
0=Default
"""


@pytest.fixture
def session(laptop: Laptop) -> Iterator[Laptop]:
    """A screen and a session bus, with an empty ledger."""
    laptop.apt("install", *PACKAGES)
    laptop.run("dbus-uuidgen", "--ensure", user="root")
    laptop.run("rm", "-rf", f"/{DATA}", f"/{HOME}/.config", f"/{HOME}/.cache", BUS)
    laptop.start("Xvfb", SCREEN, "-screen", "0", "1366x768x24", "-nolisten", "tcp", user="root")
    laptop.start("dbus-daemon", "--session", f"--address=unix:path={BUS}", "--nofork")
    wait_for((laptop.root / f"tmp/.X11-unix/X{SCREEN[1:]}").exists, "the screen")
    wait_for((laptop.root / BUS[1:]).exists, "the bus")
    laptop.put(SETTINGS.encode(), DATA / "settings.json")
    laptop.run("medcounter", "access", "set-up", "--open")
    yield laptop
    laptop.end_all()


def does(session: Laptop, *words: str) -> str:
    return session.attempt("env", *VARIABLES, *words).stdout


def typed_name(session: Laptop, choose: tuple[str, ...], module: str) -> str:
    """Type pinyin into the name of a notice, issue it, and read the name in the ledger."""
    session.start("medcounter", QT_IM_MODULE=module, **SESSION)
    log = session.root / DATA / "logs/medcounter.log"
    wait_for(lambda: log.exists() and "desk opened" in log.read_text(encoding="utf-8"), "the desk")
    window = does(session, "xdotool", "search", "--onlyvisible", "--name", "医保缴费").split()[-1]
    does(session, "xdotool", "windowfocus", "--sync", window)
    does(session, "xdotool", "type", "--delay", FINGERS, RESIDENT)
    does(session, "xdotool", "key", "Tab")
    does(session, *choose)
    does(session, "xdotool", "type", "--delay", FINGERS, "zhongguo")
    does(session, "xdotool", "key", "--delay", "300", "space", "F9", "ctrl+F9")
    wait_for(lambda: "issued" in log.read_text(encoding="utf-8"), "the notice")
    session.running[-1].terminate()
    session.running.pop().wait(PATIENCE_S)
    return session.run("medcounter", "ledger", "list").stdout


def test_pinyin_of_ibus_arrives_as_characters(session: Laptop) -> None:
    session.start("ibus-daemon", "--panel", "disable", **SESSION)
    choose = ("ibus", "engine", "libpinyin")
    wait_for(
        lambda: does(session, *choose) or "libpinyin" in does(session, *choose[:2]), "the engine"
    )
    assert "中国" in typed_name(session, choose, "ibus")


@pytest.mark.parametrize("module", ["ibus", "fcitx"])
def test_pinyin_of_fcitx_arrives_as_characters(session: Laptop, module: str) -> None:
    session.put(FCITX_PROFILE.encode(), HOME / ".config/fcitx5/profile")
    session.start("fcitx5", **SESSION)
    addresses = session.root / HOME / ".config/ibus/bus"
    wait_for(lambda: addresses.is_dir() and any(addresses.iterdir()), "fcitx's door for ibus")
    assert "中国" in typed_name(session, ("fcitx5-remote", "-s", "pinyin"), module)
