"""Both commands of the README on a machine that has never seen the project.

Debian 12 brings Python 3.11.2 and pip 23.0.1, which resolves beyond a lock if
it may: this is the one real set-up with the old pip.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement

from tests.fresh.machine import FIGURES, LIBRARIES, Machine, listed
from tests.installed.laptop import CLERK, ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

# What an environment begins with there; the lock itself then brings a newer pip.
SYSTEMS_OWN = {listed("pip==23.0.1"), listed("setuptools==66.1.1")}


@pytest.fixture(scope="module", autouse=True)
def _figures_anew() -> None:
    FIGURES.unlink(missing_ok=True)


@pytest.fixture
def machine(request: pytest.FixtureRequest) -> Iterator[Machine]:
    machine = Machine(request.param)
    try:
        machine.bring()
        yield machine
    finally:
        machine.leave()


def locked(name: str) -> set[str]:
    """What a lock names for this system, as pip lists it."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    pins = map(Requirement, re.findall(r"^(\S+==.*?) \\$", text, re.MULTILINE))
    wanted = [pin for pin in pins if pin.marker is None or pin.marker.evaluate()]
    return {listed(f"{pin.name}{pin.specifier}") for pin in wanted}


def played(machine: Machine) -> None:
    """The main job was played through the real window; its pictures and its PDF are there."""
    demo = machine.root / machine.clone / "build" / "demo"
    assert (demo / "notice.pdf").read_bytes().startswith(b"%PDF")
    assert len(list(demo.glob("*.png"))) == 10


@pytest.mark.parametrize("machine", [CLERK], indirect=True)
def test_an_ordinary_user_without_sudo_is_told_what_to_install_and_runs_both(
    machine: Machine,
) -> None:
    assert "pip 23.0.1" in machine.run("python3.11", "-m", "ensurepip", "--version").stdout
    told = machine.make("run")
    assert told.returncode == 2
    by_hand = set(re.findall(r"^  apt-get install (.*)$", told.stderr, re.MULTILINE)[0].split())
    assert "Making .venv" not in machine.make("run").stdout, "what was set up stays"
    machine.apt("install", *LIBRARIES)
    had = machine.run("dpkg-query", "-W", "-f", "${db:Status-Abbrev}${Package}\n", user="root")
    assert {f"ii {name}" for name in by_hand} <= set(had.stdout.splitlines())
    done = machine.make("run")
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    played(machine)
    assert machine.packages(".venv") ^ locked("runtime") <= SYSTEMS_OWN
    assert machine.make("venv", "venv-core").returncode == 0
    assert locked("dev") <= machine.packages(".venv")
    assert locked("core-tests") <= machine.packages(".venv-core")
    done = machine.make("test")
    assert done.returncode == 0, done.stdout[-4000:]


@pytest.mark.parametrize("machine", ["root"], indirect=True)
def test_root_needs_nothing_but_the_first_line(machine: Machine) -> None:
    done = machine.make("run")
    assert done.returncode == 0, done.stdout
    played(machine)
