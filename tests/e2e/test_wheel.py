"""What an installed program consists of."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (file,) = folder.glob("*.whl")
    return zipfile.Path(file)


def test_a_wheel_brings_no_other_name_than_the_program_and_its_window(wheel: zipfile.Path) -> None:
    names = {entry.name for entry in wheel.iterdir()}
    assert names == {"medcounter", "ui", "medcounter-0.1.0.dist-info"}


def test_a_wheel_carries_every_resource_inside_the_package(wheel: zipfile.Path) -> None:
    told = subprocess.run(
        ["git", "ls-files", "resources"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert told
    missing = [name for name in told.splitlines() if not (wheel / "medcounter" / name).exists()]
    assert missing == []


def test_a_wheel_can_not_be_uploaded_by_mistake(wheel: zipfile.Path) -> None:
    metadata = wheel / "medcounter-0.1.0.dist-info" / "METADATA"
    assert "Classifier: Private :: Do Not Upload" in metadata.read_text(encoding="utf-8")
