"""Rooms stay small, and one name is one thing: no two modules and no two classes share one."""

import ast
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
MODULES = sorted((*ROOT.glob("medcounter/**/*.py"), *ROOT.glob("ui/**/*.py")))
# What a reader takes in at a glance.
MOST_BESIDE_EACH_OTHER = 20
OF_EVERY_ROOM = {"__init__", "__main__"}


def twice(named: dict[str, list[str]]) -> dict[str, list[str]]:
    """Every name that stands for more than one thing, with where."""
    return {name: where for name, where in named.items() if len(where) > 1}


def test_no_room_has_more_modules_than_a_reader_takes_in() -> None:
    rooms = Counter(path.parent for path in MODULES if path.stem != "__init__")
    assert len(rooms) > 40
    assert {room: n for room, n in rooms.items() if n > MOST_BESIDE_EACH_OTHER} == {}


def test_no_two_modules_share_a_name() -> None:
    named: dict[str, list[str]] = defaultdict(list)
    for path in MODULES:
        if path.stem not in OF_EVERY_ROOM:
            named[path.stem].append(path.relative_to(ROOT).as_posix())
    assert twice(named) == {}


def test_no_two_classes_share_a_name() -> None:
    named: dict[str, list[str]] = defaultdict(list)
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                named[node.name].append(path.relative_to(ROOT).as_posix())
    assert twice(named) == {}


def test_what_is_tested_of_a_room_lies_in_a_folder_of_its_name() -> None:
    """A reader of ``desk/counter`` finds its tests in ``tests/unit/desk/counter``."""
    files = sorted(ROOT.glob("tests/unit/**/test_*.py"))
    folders = {path.parent.relative_to(ROOT / "tests" / "unit") for path in files}
    folders -= {Path(), Path("house")}
    assert len(folders) > 30
    assert [
        str(one) for one in folders if not (ROOT / "medcounter" / one / "__init__.py").exists()
    ] == []
