"""What is run before a commit asks something of every room, and names only what is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
CHOSEN = (ROOT / "tests" / "quick.txt").read_text(encoding="utf-8").splitlines()
ROOMS = {path.parent.name for path in (ROOT / "medcounter").glob("*/__init__.py")}


def test_every_file_that_is_chosen_is_there_and_named_once_in_order() -> None:
    assert [name for name in CHOSEN if not (ROOT / name).is_file()] == []
    assert len(CHOSEN) == len(set(CHOSEN))
    for folder in ("tests/unit/", "tests/gui/"):
        chosen = [name for name in CHOSEN if name.startswith(folder)]
        assert chosen == sorted(chosen)


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_every_room_is_asked_something(room: str) -> None:
    assert [name for name in CHOSEN if name.startswith(f"tests/unit/{room}/")]


def test_the_window_is_asked_what_a_clerk_does_all_day() -> None:
    chosen = {name.rpartition("/test_")[2].removesuffix(".py") for name in CHOSEN}
    assert {"window_form", "window_result", "window_issue", "printing_layout"} <= chosen


def test_the_borders_and_the_house_rules_are_among_them() -> None:
    assert {f"tests/unit/house/test_{name}.py" for name in ("house", "documents", "border")} <= {
        *CHOSEN
    }
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (recipe,) = re.findall(r"^quick:.*\n\t(.*)$", makefile, re.MULTILINE)
    assert {"lint", "types", "contracts", "quick-tests"} <= {*recipe.split()}
