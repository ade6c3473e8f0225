"""A desk with sign-in on, opened by a clerk."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from medcounter.desk.desk import Desk
from tests.support.store.access_samples import locked_folder, pass_of
from tests.support.store.store_samples import AT


@pytest.fixture
def recovery_text(tmp_path: Path) -> str:
    return locked_folder(tmp_path / "data")


@pytest.fixture
def folder(tmp_path: Path, recovery_text: str) -> Path:
    assert recovery_text
    return tmp_path / "data"


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    desk = Desk.open(folder, AT, who=pass_of(folder))
    yield desk
    desk.close(with_backup=False)
