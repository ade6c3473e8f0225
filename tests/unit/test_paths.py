"""Where the program finds its own files and keeps its data."""

from pathlib import Path

import pytest

from medcounter import paths
from medcounter.errors import MedCounterError


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program installed in a folder of its own."""
    folder = tmp_path / "site" / "medcounter"
    folder.mkdir(parents=True)
    monkeypatch.setattr(paths, "_PACKAGE", folder)
    return folder


def put(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return path


def test_a_wheel_or_frozen_build_has_its_resources_inside_the_package(package: Path) -> None:
    inside = put(package / "resources" / "fonts" / "OFL.txt")
    assert inside == paths.resource("fonts", "OFL.txt")


def test_a_checkout_has_its_resources_beside_the_package(package: Path) -> None:
    beside = put(package.parent / "resources" / "app.qss")
    assert beside == paths.resource("app.qss")


def test_resources_inside_the_package_come_before_those_beside_it(package: Path) -> None:
    put(package.parent / "resources" / "app.qss")
    inside = put(package / "resources" / "app.qss")
    assert inside == paths.resource("app.qss")


def test_a_missing_resource_is_named_in_a_sentence_for_the_clerk(package: Path) -> None:
    assert package.is_dir()
    with pytest.raises(MedCounterError, match=r"fonts/none\.ttf.*请重新安装本程序"):
        paths.resource("fonts", "none.ttf")


def test_the_folder_named_on_the_command_line_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEDCOUNTER_DATA_DIR", str(tmp_path / "variable"))
    assert tmp_path / "named" == paths.data_dir(tmp_path / "named")


def test_the_environment_names_the_folder_when_the_command_line_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEDCOUNTER_DATA_DIR", str(tmp_path / "variable"))
    assert tmp_path / "variable" == paths.data_dir()


def test_a_relative_folder_stays_the_same_when_the_program_changes_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert tmp_path / "data" == paths.data_dir(Path("data"))


def test_without_any_name_the_data_lies_in_a_folder_of_the_programs_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("MEDCOUNTER_DATA_DIR")
    assert paths.data_dir().name == "medcounter"
