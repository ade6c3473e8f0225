"""An announcement's file is read once, named by the program, and lies beside a bundle unchanged."""

import hashlib
import os
import stat
import sys
from pathlib import Path

import pytest

from medcounter.authoring.document.document_path import NoSuchPlaceError
from medcounter.authoring.document.place_document import PlaceDocument
from medcounter.authoring.source_files import source_file_errors as errors
from medcounter.authoring.source_files.brought_files import MOST_FILES, brought_file
from medcounter.authoring.source_files.named_files import named_files, with_file, without_file
from medcounter.authoring.source_files.source_folder import SourceFolder, ViewerCopies
from medcounter.destinations import DestinationInDataFolderError, DestinationTakenError
from medcounter.rules.bundle import SourceFile
from medcounter.rules.load import read_bundle
from medcounter.strict_json import canonical
from tests.support.authoring.source_file_samples import JPEG, PDF, PNG
from tests.support.rules.rule_samples import bundle_of, nation, programme, standard, window

RULES = [window("main", "2025-09-01", "2025-12-20"), standard("400.00")]


def brought(folder: Path, name: str, data: bytes, *known: SourceFile) -> SourceFile:
    path = folder / name
    path.write_bytes(data)
    return brought_file(path, "yunxi-notice", known).file


WHOLE = {**bundle_of(nation(), programme(RULES)), "format": 2}


def draft() -> PlaceDocument:
    part = {key: WHOLE[key] for key in ("regions", "sources", "programmes", "examples")}
    return PlaceDocument.opened(canonical(part), 1)


def test_a_file_is_named_after_its_source_and_known_by_its_hash(tmp_path: Path) -> None:
    file = brought(tmp_path, "微信图片_2026.jpg", JPEG)
    assert file.name == "yunxi-notice-1.jpg"
    assert file.sha256 == hashlib.sha256(JPEG).hexdigest()
    assert file.kind == "picture"


def test_each_further_file_has_the_next_name_and_the_same_one_keeps_its_own(tmp_path: Path) -> None:
    first = brought(tmp_path, "a.png", PNG)
    second = brought(tmp_path, "b.pdf", PDF, first)
    third = brought(tmp_path, "c.png", PNG + b"more", first)
    again = brought(tmp_path, "d.png", PNG, first, second, third)
    names = [first.name, second.name, third.name, again.name]
    expected = ["yunxi-notice-1.png", "yunxi-notice-1.pdf", "yunxi-notice-2.png"]
    assert names == [*expected, "yunxi-notice-1.png"]


def test_a_file_of_a_very_long_source_has_a_name_that_the_rules_take(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(PNG)
    assert len(brought_file(path, "a-" * 40 + "b", ()).file.name) <= 100


def test_more_files_than_a_notice_has_are_refused_but_not_one_that_is_there(tmp_path: Path) -> None:
    known = [
        SourceFile(name=f"x-{n}.png", sha256=f"{n:064x}", kind="picture") for n in range(MOST_FILES)
    ]
    path = tmp_path / "a.png"
    path.write_bytes(PNG)
    with pytest.raises(errors.SourceFilesTooManyError, match="60 个"):
        brought_file(path, "x", known)
    same = SourceFile(name="x-0.png", sha256=hashlib.sha256(PNG).hexdigest(), kind="picture")
    assert brought_file(path, "x", [same, *known[1:]]).file == same


def test_a_file_that_is_not_there_or_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(errors.SourceFileMissingError, match="U 盘"):
        brought_file(tmp_path / "gone.jpg", "x", ())
    with pytest.raises(errors.SourceFileUnreadableError):
        brought_file(tmp_path, "x", ())


@pytest.mark.skipif(sys.platform == "win32", reason="has no pipes among files")
def test_a_pipe_does_not_hold_the_program_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    with pytest.raises(errors.SourceFileUnreadableError, match="不是普通文件"):
        brought_file(tmp_path / "pipe.jpg", "x", ())


def test_a_file_larger_than_any_kind_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(errors.SourceFileTooLargeError, match="50 MB"):
        brought_file(path, "x", ())


def test_a_source_names_its_files_and_the_bundle_takes_them(tmp_path: Path) -> None:
    file = brought(tmp_path, "a.png", PNG)
    other = brought(tmp_path, "b.pdf", PDF)
    document = with_file(with_file(draft(), 0, file), 0, other)
    assert [one.file for one in named_files(document)] == [file, other]
    assert [one.path for one in named_files(document)] == [
        ("sources", 0, "files", 0),
        ("sources", 0, "files", 1),
    ]
    bundle = read_bundle(canonical({**WHOLE, **document.content}))
    assert bundle.sources[0].files == (file, other)


def test_a_file_named_twice_is_named_once(tmp_path: Path) -> None:
    file = brought(tmp_path, "a.png", PNG)
    once = with_file(draft(), 0, file)
    assert with_file(once, 0, file) == once


def test_a_source_without_files_is_what_it_was_before_one_was_added(tmp_path: Path) -> None:
    before = draft()
    added = with_file(before, 0, brought(tmp_path, "a.png", PNG))
    [named] = named_files(added)
    assert without_file(added, named.path).written() == before.original


def test_a_file_of_a_source_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoSuchPlaceError):
        with_file(draft(), 99, brought(tmp_path, "a.png", PNG))


def test_what_no_form_could_have_written_is_left_out_of_the_list() -> None:
    strange = draft().replaced(("sources", 0, "files"), ["x", {"name": "../a.png"}])
    assert named_files(strange) == ()
    assert named_files(draft().replaced(("sources", 0, "files"), "x")) == ()


def test_files_lie_beside_the_bundle_for_their_user_alone(tmp_path: Path) -> None:
    file = brought(tmp_path, "a.png", PNG)
    folder = SourceFolder.beside(tmp_path / "yunxi-1.json")
    path = folder.write(file, PNG, data_folder=None)
    assert path == tmp_path / "yunxi-1-files" / "yunxi-notice-1.png"
    assert folder.read(file) == PNG
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert folder.write(file, PNG, data_folder=None) == path


def test_bytes_of_another_file_are_never_written_under_a_hash(tmp_path: Path) -> None:
    file = brought(tmp_path, "a.png", PNG)
    with pytest.raises(errors.SourceFileChangedError):
        SourceFolder(tmp_path / "out").write(file, PDF, data_folder=None)
    assert not (tmp_path / "out").exists()


def test_a_file_with_the_same_name_is_not_written_over(tmp_path: Path) -> None:
    file = brought(tmp_path, "a.png", PNG)
    folder = SourceFolder(tmp_path / "out")
    folder.path.mkdir()
    (folder.path / file.name).write_bytes(b"another")
    with pytest.raises(DestinationTakenError):
        folder.write(file, PNG, data_folder=None)
    assert (folder.path / file.name).read_bytes() == b"another"


def test_nothing_is_written_into_a_data_folder(tmp_path: Path) -> None:
    file = brought(tmp_path, "a.png", PNG)
    with pytest.raises(DestinationInDataFolderError):
        SourceFolder(tmp_path / "out").write(file, PNG, data_folder=tmp_path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    file = brought(tmp_path, "a.png", PNG)
    (tmp_path / "out").write_bytes(b"")
    with pytest.raises(errors.SourceFileUnkeptError, match="U 盘"):
        SourceFolder(tmp_path / "out").write(file, PNG, data_folder=None)


def test_a_changed_or_missing_file_is_told_and_not_given_out(tmp_path: Path) -> None:
    file = brought(tmp_path, "a.png", PNG)
    gone = SourceFile(name="gone.pdf", sha256="0" * 64, kind="pdf")
    folder = SourceFolder(tmp_path / "out")
    path = folder.write(file, PNG, data_folder=None)
    assert folder.faults([file]) == ()
    path.write_bytes(PNG + b"!")
    with pytest.raises(errors.SourceFileChangedError):
        folder.read(file)
    changed, lost = folder.faults([file, gone])
    assert "与登记时的不是同一份" in changed
    assert "“gone.pdf”不在规则旁边" in lost
    with path.open("wb") as huge:
        huge.truncate(50_000_001)
    with pytest.raises(errors.SourceFileChangedError):
        folder.read(file)


def test_a_viewer_gets_a_copy_that_goes_away(tmp_path: Path) -> None:
    file = brought(tmp_path, "b.pdf", PDF)
    copies = ViewerCopies()
    path = copies.path_of(file, PDF)
    assert path.read_bytes() == PDF
    assert path.name == file.name
    assert copies.path_of(file, PDF) == path
    copies.close()
    assert not path.exists()
    copies.close()
