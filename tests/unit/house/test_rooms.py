"""Rooms stay small, and one name is one thing: no two modules and no two classes share one."""

import ast
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
MODULES = sorted((*ROOT.glob("medcounter/**/*.py"), *ROOT.glob("ui/**/*.py")))
# What a reader takes in at a glance.
MOST_BESIDE_EACH_OTHER = 20
# Modules that stand on a line with rooms.
MODULES_BESIDE = {"settings", "window_memory"}
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


def kinds(tree: ast.Module) -> Iterator[str]:
    """Name each class of a module, and each other name it gives to a type."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield node.name
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            is_variable = isinstance(node.value, ast.Call)  # of a type, which is its module's own
            if re.fullmatch(r"([A-Z][a-z0-9]+)+", name) and not is_variable:
                yield name


def test_no_two_classes_or_aliases_share_a_name() -> None:
    named: dict[str, list[str]] = defaultdict(list)
    for path in MODULES:
        for name in kinds(ast.parse(path.read_text(encoding="utf-8"))):
            named[name].append(path.relative_to(ROOT).as_posix())
    assert twice(named) == {}


def attributes(cls: ast.ClassDef) -> set[str]:
    """What a class body defines or its methods set."""
    found = set()
    for node in ast.walk(cls):
        if isinstance(node, ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found |= {node.attr} if node.value.id in {"self", "cls"} else set()
        elif isinstance(node, ast.AnnAssign | ast.Assign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found |= {one.id for one in targets if isinstance(one, ast.Name)}
    return found


def told_attributes(cls: ast.ClassDef) -> set[str]:
    """What a class's docstring names as its attributes and signals."""
    told = ast.get_docstring(cls) or ""
    sections = re.findall(r"^(?:Attributes|Signals):\n((?:    .*\n?|\n)+)", told, re.MULTILINE)
    lines = re.findall(r"^    (\w+(?:, \w+)*):", "\n".join(sections), re.MULTILINE)
    return {name for line in lines for name in line.split(", ")}


def test_what_a_docstring_calls_an_attribute_is_one() -> None:
    told = {
        f"{path.relative_to(ROOT).as_posix()} {node.name}": told_attributes(node) - attributes(node)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    assert {where: lost for where, lost in told.items() if lost} == {}


def test_every_module_that_a_page_names_is_there() -> None:
    rooms = ("medcounter", "ui", "tools", "tests", "packaging", "docs")
    files = (path for room in rooms for path in (ROOT / room).rglob("*.py"))
    python = {path.relative_to(ROOT).as_posix() for path in files}
    pages = (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"))
    named = {
        (page.name, name)
        for page in pages
        for name in re.findall(r"`([\w/]+\.py)`", page.read_text(encoding="utf-8"))
    }
    assert len(named) > 20
    there = {name for _page, name in named if any(f"/{one}".endswith(f"/{name}") for one in python)}
    assert {(page, name) for page, name in named if name not in there} == set()


def test_what_is_tested_of_a_room_lies_in_a_folder_of_its_name() -> None:
    """A reader of ``desk/counter`` finds its tests in ``tests/unit/desk/counter``."""
    files = sorted(ROOT.glob("tests/unit/**/test_*.py"))
    folders = {path.parent.relative_to(ROOT / "tests" / "unit") for path in files}
    folders -= {Path(), Path("house")}
    assert len(folders) > 30
    assert [
        str(one) for one in folders if not (ROOT / "medcounter" / one / "__init__.py").exists()
    ] == []


def test_nothing_of_the_pure_rooms_is_kept_by_the_identity_of_an_object() -> None:
    found = [
        f"{path.relative_to(ROOT).as_posix()}:{node.lineno}"
        for path in MODULES
        if path.relative_to(ROOT).parts[1] in {"rules", "assess", "notice"}
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "id"
    ]
    assert found == []


def test_what_one_view_alone_opens_or_prints_lies_with_that_view() -> None:
    """Dialogs and papers that the frame, flows or several views use lie in rooms of their own."""
    users: dict[str, set[str]] = defaultdict(set)
    for path in ROOT.glob("ui/**/*.py"):
        named = re.findall(
            r"^ *from \S*?(\w+) import", path.read_text(encoding="utf-8"), re.MULTILINE
        )
        place = path.relative_to(ROOT / "ui").as_posix()
        wired = re.fullmatch(r"wiring/(\w+)_wiring.py", place)
        view = re.match(r"views/(\w+)/", place)
        whose = wired[1] if wired else view[1] if view else place
        for module in named:
            users[module].add(whose)
    views = {path.name for path in (ROOT / "ui/views").iterdir() if path.is_dir()}
    shared = {path.stem for room in ("dialogs", "papers") for path in ROOT.glob(f"ui/{room}/*.py")}
    assert {
        name: users[name] for name in shared if len(users[name]) == 1 <= len(users[name] & views)
    } == {}


def test_the_order_of_the_rooms_is_written_as_the_contract_holds_it() -> None:
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    told = page.split("```text\ncli\n")[1].split("\n```")[0].splitlines()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    (layers,) = (one["layers"] for one in contracts if one.get("containers") == ["medcounter"])
    rooms = {path.parent.name for path in ROOT.glob("medcounter/*/__init__.py")}
    held = [
        ", ".join(name for name in line.split(" | ") if name in rooms or name in MODULES_BESIDE)
        for line in layers
    ]
    first, last = held.index("cli") + 1, held.index("typed") + 1
    assert told == [line for line in held[first:last] if line]
