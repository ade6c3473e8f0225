"""The house rules that no linter holds: sizes, sentences, the clock, and no trace of a machine."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
PURE_ROOMS = ("medcounter/rules/", "medcounter/assess/", "medcounter/notice/")
LONGEST_FILE = 400
LONGEST_FUNCTION = 60
LONGEST_SUMMARY = 79
RETURNS_SOMETHING = re.compile(r"Return (?:what|how|which|whether|the report)\b")
# The table is what this one points to.
UNTABLED = {"help"}
# A record of the rule book may say itself as the question it answers.
END_OF_A_SENTENCE = (".", "。", "?")
# Put together here, so that this file does not name them.
UNFINISHED = re.compile("|".join((r"\bTO" + "DO", r"\bFIX" + "ME", r"\bXX" + "X")) + r"\b")
MACHINE_PATHS = re.compile(
    r"(?<![\w.~-])/(?:wo" + r"rk|ro" + r"ot|ho" + r"me/\w+|us" + r"r/local)/"
)
REGISTRY_HOSTS = re.compile(
    "|".join(
        (
            "py" + r"pi\.org",
            "python" + r"hosted\.org",
            "npm" + r"js\.",
            # Not the host of Debian's own standards, which copyright files must name.
            r"(?:deb|ftp|security|snapshot|archive|packages)\.debian" + r"\.org",
        )
    )
)


@cache
def tracked_files() -> tuple[Path, ...]:
    """Every file that is or would be committed and has text."""
    told = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    paths = [ROOT / name for name in told.splitlines()]
    binary = {".ttf", ".otf", ".png", ".ico", ".pdf"}
    return tuple(path for path in paths if path.is_file() and path.suffix not in binary)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def trees() -> dict[str, ast.Module]:
    """Every Python file by its name."""
    files = [path for path in tracked_files() if path.suffix == ".py"]
    return {name_of(path): ast.parse(path.read_text(encoding="utf-8")) for path in files}


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in tracked_files():
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        found += [
            f"{name_of(path)}:{number}"
            for number, line in enumerate(lines, start=1)
            if pattern.search(line)
        ]
    return found


def test_no_file_is_longer_than_a_reader_holds() -> None:
    lengths = {name: len((ROOT / name).read_text("utf-8").splitlines()) for name in trees()}
    assert len(lengths) > 20
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{name}:{node.name}"
        for name, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_a_pure_room_asks_no_clock() -> None:
    asked = [
        f"{name}:{node.lineno}"
        for name, tree in trees().items()
        if name.startswith(PURE_ROOMS)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow"}
    ]
    assert asked == []


def test_nothing_is_left_unfinished() -> None:
    assert lines_with(UNFINISHED) == []


def test_no_file_names_a_path_of_some_machine() -> None:
    assert lines_with(MACHINE_PATHS) == []
    assert lines_with(re.compile(re.escape(f"{ROOT}/"))) == []


def test_no_file_names_the_host_of_a_package_registry() -> None:
    assert lines_with(REGISTRY_HOSTS) == []


@pytest.mark.parametrize("line", ["cp " + "/ro" + "ot/x .", '"/wo' + 'rk/main/x"'])
def test_a_path_of_a_machine_would_be_found(line: str) -> None:
    assert MACHINE_PATHS.search(line)


def test_every_docstring_begins_with_one_whole_sentence() -> None:
    faults = []
    for name, tree in trees().items():
        if name.startswith("tests/"):
            continue
        documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
        for node in ast.walk(tree):
            text = ast.get_docstring(node) if isinstance(node, documented) else None
            if text is None:
                continue
            sentence = text.split("\n\n")[0]
            over = len(sentence) - LONGEST_SUMMARY if sentence.isascii() else 0
            if over > 0:
                faults.append(f"{name}: {over} characters too long: {sentence}")
            elif not sentence.endswith(END_OF_A_SENTENCE):
                faults.append(f"{name}: no whole sentence: {sentence}")
    assert faults == []


def test_what_returns_nothing_does_not_say_that_it_returns_something() -> None:
    faults = [
        f"{name}:{node.lineno} {node.name}"
        for name, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and isinstance(node.returns, ast.Constant)
        and node.returns.value is None
        and RETURNS_SOMETHING.match(ast.get_docstring(node) or "")
    ]
    assert faults == []


def test_every_command_of_make_stands_in_the_table_of_commands() -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    commands = re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)
    assert len(commands) > 20
    table = told.partition("| command |")[2].partition("\n\n")[0]
    first_column = [line.split(" | ")[0] for line in table.splitlines()]
    in_table = [name for cell in first_column for name in re.findall(r"`make ([a-z-]+)`", cell)]
    assert sorted(in_table) == sorted(set(commands) - UNTABLED), "each command once"


def test_every_room_stands_in_the_layout() -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    rooms = {str(Path(name).parent) for name in trees() if name.endswith("/__init__.py")}
    assert len(rooms) > 20
    assert [room for room in rooms if f"`{room}`" not in told] == []


def test_no_ledger_or_key_file_lies_about_but_the_old_ones_that_tests_open() -> None:
    """A ledger and its key file in one commit are the people in it, handed out."""
    names = map(name_of, tracked_files())
    left = [name for name in names if name.endswith((".db", "keyslots.json", ".medrules"))]
    samples = ("tests/data/", "tests/faults/ledgers/")
    assert [name for name in left if not name.startswith(samples)] == []


def test_an_exception_from_a_check_gives_its_reason_on_its_line() -> None:
    bare = re.compile(r"# (?:no" + r"qa(?:: [A-Z0-9, ]+)?|type: " + r"ignore(?:\[[a-z, -]+\])?)$")
    faults = [
        f"{name_of(path)}:{number}"
        for path in tracked_files()
        if path.suffix == ".py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if bare.search(line)
    ]
    assert faults == []
