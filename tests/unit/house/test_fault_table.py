"""The table of faults says what was run, adds it up, and hides nothing that does not hold."""

import json
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.faults.kept import Kept, load, store
from tests.faults.page import page
from tests.faults.rows import Part, Row, note, repeated, take_notes

if sys.platform == "win32":
    pytest.skip("the faults are POSIX", allow_module_level=True)

ON = date(2026, 11, 22)
ROW = Row(
    3,
    "power cut",
    "nothing lost",
    "simulated",
    (Part("a", lambda: {"states": 5, "lost": 0}), Part("b", lambda: {"states": 7, "lost": 0})),
    (),
    ("lost",),
)


def run(kept: Kept, *figures: dict[str, int]) -> Kept:
    for part, each in zip("ab", figures, strict=False):
        kept.add(part, each, 30, ON)
    return kept


def line(kept: Kept) -> str:
    text = page((ROW,), {3: kept}, ON)
    return next(line for line in text.splitlines() if line.startswith("| 3 |"))


def test_the_figures_of_parts_add_up() -> None:
    told = line(run(Kept(), {"states": 5, "lost": 0}, {"states": 7, "lost": 0}))
    assert "12 states, 0 lost" in told
    assert told.endswith("| holds; 1 min, 2026-11-22 |")


def test_a_row_that_was_not_run_to_its_end_says_how_much_is_missing() -> None:
    assert "holds so far (1 of 2 parts to go)" in line(run(Kept(), {"states": 5, "lost": 0}))
    assert line(Kept()).endswith("| not run |")


def test_one_loss_in_any_part_is_never_outweighed() -> None:
    told = line(run(Kept(), {"states": 5, "lost": 1}, {"states": 7_000, "lost": 0}))
    assert told.endswith("| **does not hold** |")


def test_figures_are_kept_between_runs_and_other_rows_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "faults.json"
    store(path, 1, run(Kept(), {"kills": 5}))
    store(path, 2, run(Kept(), {"kills": 7}))
    store(path, 1, run(load(path)[1], {"kills": 1}))
    assert {number: kept.figures["kills"] for number, kept in load(path).items()} == {1: 6, 2: 7}


def test_what_is_named_on_the_way_stands_on_the_page() -> None:
    note("hunan.json [a].to +1: no example shows it")
    kept = run(Kept(), {"states": 1, "lost": 0})
    assert take_notes() == []
    assert "* hunan.json `[a].to +1`: no example shows it" in page((ROW,), {3: kept}, ON)


def test_a_number_of_runs_is_cut_into_parts_that_make_it_up() -> None:
    parts = repeated(10, 5, lambda runs: {"runs": runs})
    assert [part.name for part in parts] == ["1 to 5", "6 to 10"]
    assert sum(part.run()["runs"] for part in parts) == 10


def test_every_fault_of_the_table_has_a_row() -> None:
    from tests.faults.table import TABLE  # noqa: PLC0415 - it reads all the rules

    assert [row.number for row in TABLE] == list(range(1, len(TABLE) + 1))
    assert all(row.parts and row.fault and row.holds and row.how for row in TABLE)
    assert all(row.bad for row in TABLE)


def test_a_wrong_figure_of_the_nation_is_looked_for_in_the_examples_of_every_place() -> None:
    from tests.faults.inputs.wrong_figures import related  # noqa: PLC0415 - it reads all the rules

    elsewhere = "beijing-2026.json"
    assert json.loads(related("national.json")[elsewhere])["examples"]
    assert json.loads(related("jiangxi-2025.json")[elsewhere])["examples"] == []
