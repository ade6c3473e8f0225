"""The package that is to be shown to work, and a laptop that has it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.installed.laptop import ROOT, Laptop
from tools.package.emulation import architecture_here, require_emulation

if TYPE_CHECKING:
    from collections.abc import Iterator

# Only make installed and its kin run these: they want root on Debian, and minutes.
collect_ignore_glob = [] if os.environ.get("MEDCOUNTER_INSTALLED") else ["test_*.py"]
ARCHITECTURE = os.environ.get("MEDCOUNTER_ARCHITECTURE") or architecture_here()


@pytest.fixture(scope="session")
def package() -> Path:
    """The newest package in dist/ for the processor, or the one that MEDCOUNTER_DEB names."""
    named = os.environ.get("MEDCOUNTER_DEB")
    found = [Path(named)] if named else sorted((ROOT / "dist").glob(f"*_{ARCHITECTURE}.deb"))
    assert found, "there is no package: run make deb"
    return max(found, key=lambda path: path.stat().st_mtime)


@pytest.fixture(scope="session")
def suite() -> str:
    """The age of the laptop's system, by Debian's name."""
    return os.environ.get("MEDCOUNTER_SUITE", "bookworm")


@pytest.fixture(scope="session")
def laptop(package: Path, suite: str) -> Iterator[Laptop]:
    """A bare system with the package and what the package asks for, no more."""
    require_emulation(ARCHITECTURE)
    laptop = Laptop(suite, ARCHITECTURE)
    try:
        laptop.unpack()
        laptop.install(package)
        yield laptop
    finally:
        laptop.leave()
