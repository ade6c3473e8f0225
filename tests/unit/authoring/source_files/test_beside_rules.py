"""The announcements that lie beside rules are still those that were read when they were written."""

import hashlib
from pathlib import Path

from medcounter.authoring.source_files.source_folder import FILES_FOLDER, compared_beside
from medcounter.rules.bundle import SourceFile

WRITTEN = b"each pays 430"
FILE = SourceFile(name="notice.txt", kind="text", sha256=hashlib.sha256(WRITTEN).hexdigest())


def test_a_notice_is_found_where_a_draft_is_exported_and_where_it_lies_openly(
    tmp_path: Path,
) -> None:
    for folder in (tmp_path, tmp_path / FILES_FOLDER):
        folder.mkdir(exist_ok=True)
        (folder / FILE.name).write_bytes(WRITTEN)
        assert compared_beside(tmp_path, [FILE]) == ((), ())
        (folder / FILE.name).write_bytes(WRITTEN + b".")
        (changed,), lost = compared_beside(tmp_path, [FILE])
        assert FILE.name in changed
        assert lost == ()


def test_a_notice_that_is_not_there_is_told_and_is_no_fault(tmp_path: Path) -> None:
    changed, (lost,) = compared_beside(tmp_path / "rules.json", [FILE])
    assert (changed, FILE.name in lost) == ((), True)
