"""What ships is published built for every system promised, says the list beside the lock."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tools import wheel_tags

REQUIREMENTS = Path(__file__).resolve().parents[3] / "requirements"
_MANYLINUX = {"manylinux1": (2, 5), "manylinux2010": (2, 12), "manylinux2014": (2, 17)}
# Source: docs/installation.md; the root the packages are built in is Debian 11, glibc 2.31.
GLIBC = (2, 31)
SYSTEMS = {
    "Windows": {"sys_platform": "win32", "platform_machine": "AMD64"},
    "Linux x86_64": {"sys_platform": "linux", "platform_machine": "x86_64"},
    "Linux aarch64": {"sys_platform": "linux", "platform_machine": "aarch64"},
}


def pins() -> list[Requirement]:
    """What the lock of the program names, each with the systems it is for."""
    text = (REQUIREMENTS / "runtime.txt").read_text(encoding="utf-8")
    lines = re.findall(r"^([\w.-]+==[^\\\n]*?)\s*\\$", text, re.MULTILINE)
    return [Requirement(line) for line in lines]


def published() -> dict[str, set[str]]:
    """The platforms for which each pin is published built."""
    lines = (REQUIREMENTS / "wheels.txt").read_text(encoding="utf-8").splitlines()[1:]
    return {line.split()[0]: {tag.split("-", 2)[2] for tag in line.split()[1:]} for line in lines}


def runs(platform: str, system: str) -> bool:
    """Whether what is built for a platform runs on a system."""
    if platform == "any":
        return True
    if system == "Windows":
        return platform == "win_amd64"
    machine = SYSTEMS[system]["platform_machine"]
    found = re.fullmatch(rf"(manylinux\d+|manylinux_(\d+)_(\d+))_{machine}", platform)
    if found is None:
        return False
    return (int(found[2]), int(found[3])) <= GLIBC if found[2] else _MANYLINUX[found[1]] <= GLIBC


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_package_that_ships_is_published_built_for_the_system(system: str) -> None:
    wheels = published()
    wanted = [pin for pin in pins() if pin.marker is None or pin.marker.evaluate(SYSTEMS[system])]
    assert {"pyside6-essentials", "sqlcipher3", "cryptography"} <= {pin.name for pin in wanted}
    missing = [
        str(pin)
        for pin in wanted
        if not any(runs(platform, system) for platform in wheels[f"{pin.name}{pin.specifier}"])
    ]
    assert missing == []


def test_the_list_is_of_the_lock_as_it_is() -> None:
    assert sorted(published()) == sorted({f"{pin.name}{pin.specifier}" for pin in pins()})


def test_only_what_python_3_11_takes_on_a_promised_system_is_listed() -> None:
    names = (
        "a-1-cp39-abi3-win_amd64.whl",
        "a-1-cp312-abi3-win_amd64.whl",
        "a-1-cp311-cp311-manylinux2014_aarch64.manylinux_2_17_aarch64.whl",
        "a-1-cp310-cp310-manylinux_2_28_x86_64.whl",
        "a-1-cp311-cp311-macosx_11_0_arm64.whl",
    )
    wheels = [{"url": f"https://example.org/{name}"} for name in names]
    lock = {"packages": [{"name": "a", "version": "1", "wheels": wheels}]}
    told = wheel_tags.listed(lock).splitlines()[1]
    assert told == (
        "a==1 cp311-cp311-manylinux2014_aarch64 cp311-cp311-manylinux_2_17_aarch64 "
        "cp39-abi3-win_amd64"
    )
