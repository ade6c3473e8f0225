"""Rows laid out as text are, to the byte, what the library writes cell by cell."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medcounter.roster.writing import sheet_rows
from medcounter.roster.writing.list_writer import writing_rows
from medcounter.roster.writing.sheet_rows import ListTooLongError
from tests.support.system.destination_at import destination_at

STRANGE = (
    "a & b", "<r>x</r>", " 王安", "王安 ", "李\n宁", "_x0041_", "\x07", "\ufffe", "=1+1", "'", '"',
    "长" * 6_000, "长" * 40_000, "王㛃", "3601**********0144", "https://x.cn",
)  # fmt: skip
cells = st.sampled_from(["", "", "王安", "东村", "400.00", *STRANGE])
endings = st.lists(cells, min_size=3, max_size=3).map(tuple)
rows = st.tuples(st.lists(cells, min_size=2, max_size=2), st.just(()) | endings)
HEADS = [(name, 10) for name in "甲乙丙丁戊"]


def sheet(path: Path, made: list[tuple[list[str], tuple[str, ...]]]) -> bytes:
    """The sheet's own part of a workbook with these rows."""
    path.unlink(missing_ok=True)
    with writing_rows(destination_at(path), HEADS) as put:
        for own, ending in made:
            put(own, ending)
    with zipfile.ZipFile(path) as packed:
        return packed.read("xl/worksheets/sheet1.xml")


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(rows, max_size=8))
def test_a_sheet_is_what_the_library_writes(
    tmp_path: Path, made: list[tuple[list[str], tuple[str, ...]]]
) -> None:
    doubled = [*made, *made]
    ours = sheet(tmp_path / "ours.xlsx", doubled)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sheet_rows, "_is_unusual", lambda _: True)
        assert ours == sheet(tmp_path / "library.xlsx", doubled)


def test_more_rows_than_a_sheet_has_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet_rows, "MOST_ROWS", 3)
    sheet(tmp_path / "two.xlsx", [(["王", "安"], ())] * 2)
    with pytest.raises(ListTooLongError):
        sheet(tmp_path / "three.xlsx", [(["王", "安"], ())] * 3)
    assert not (tmp_path / "three.xlsx").exists()
