"""What holds for every test: no screen, no data of the user's, the same settings without Qt."""

import importlib.util
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from medcounter.trust import key_wrapping

# A slow machine is no fault of the program; its speed is what tests/bench measures.
settings.register_profile("medcounter", deadline=None)
settings.load_profile("medcounter")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the settings of pytest-qt stand where it is not installed."""
    if importlib.util.find_spec("pytestqt") is None:
        for name in ("qt_api", "qt_log_level_fail", "qt_log_ignore"):
            parser.addini(name, "read by pytest-qt only")


@pytest.fixture(autouse=True)
def own_data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give every test a data folder of its own."""
    folder = tmp_path / "medcounter-data"
    monkeypatch.setenv("MEDCOUNTER_DATA_DIR", str(folder))
    monkeypatch.setenv("MEDCOUNTER_CACHE_DIR", str(tmp_path / "medcounter-cache"))
    return folder


@pytest.fixture(scope="session", autouse=True)
def stretched_once() -> Iterator[None]:
    """Stretch the same secret over the same salt once: folders are copied, with their salts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(key_wrapping, "_stretch", cache(key_wrapping._stretch))  # noqa: SLF001 - nothing else is as dear
        yield
