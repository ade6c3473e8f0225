"""The version of the program; rarely asked, since it reads a file."""

from __future__ import annotations

import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_NAME = "medcounter"


def program_version() -> str:
    """Return the version that is installed, or that of the checkout it runs from."""
    try:
        return version(_NAME)
    except PackageNotFoundError:
        project = Path(__file__).resolve().parents[1] / "pyproject.toml"
        read = tomllib.loads(project.read_text(encoding="utf-8"))
        return str(read["project"]["version"])
