"""Whatever writes a file is known here; a user's name is opened by one door alone."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
# Names that write, make or move files, by the way they are called.
CALLS = {
    "write_durably", "writing_durably", "Workbook", "ParquetWriter", "QFile", "QSaveFile",
    "QTemporaryFile", "mkstemp", "NamedTemporaryFile", "Destination", "FileHandler",
    "RotatingFileHandler", "open_anew",
}  # fmt: skip
METHODS = {
    "write_bytes", "write_text", "rename", "hardlink_to", "symlink_to", "copyfile", "rmtree",
    "copy2", "copytree", "move", "fdopen", "setOutputFileName",
}  # fmt: skip
# The one door, and what is beneath it.
DOOR = {
    "medcounter/files.py": "the mechanism: written beside the destination, synced, renamed",
    "medcounter/destinations.py": "the door: the only place that makes a destination",
}
# A destination's own name beside the destination is filled here, never the name a user gave.
THROUGH_THE_DOOR = {
    "medcounter/spreadsheets.py": "fills what a destination gave",
    "medcounter/roster/writing/list_writer.py": "fills what a destination gave",
    "medcounter/roster/arrow.py": "fills what a destination gave",
    "medcounter/desk/counter/csv_table.py": "fills what a destination gave",
}
# Names that the program chose, in a folder of its own.
OWN_NAMES = {
    "medcounter/settings.py": "settings.json",
    "medcounter/machine/single_instance.py": "front/call…, empty, in a folder of its own",
    "medcounter/window_memory.py": "window.json",
    "medcounter/bundle/kept_proofs.py": "proofs.json in the user's cache",
    "medcounter/desk/safety/crash_report.py": "logs/report-….txt",
    "medcounter/desk/recovery/rescue.py": "keyslots.json and the unreadable one before",
    "medcounter/desk/recovery/emergency.py": "emergency.txt",
    "medcounter/desk/safety/practice.py": "practice.txt",
    "medcounter/store/anchor_file.py": "anchor.json",
    "medcounter/store/backups/backup.py": "backups/ledger-….db",
    "medcounter/store/backups/copier.py": "what becomes a backup",
    "medcounter/store/backups/drafts_copy.py": "drafts.db at the second place, and back",
    "medcounter/store/rule_drafts/drafts_file.py": "backups/drafts.db",
    "medcounter/store/opening/first_start.py": "the first ledger gets its name",
    "medcounter/store/restore_mark.py": "restored.mark",
    "medcounter/store/rules/root_store.py": "roots/roots-….json",
    "medcounter/store/restoring/finishing.py": "the restored ledger gets its name",
    "medcounter/store/restoring/restore.py": "the ledger before is moved aside",
    "medcounter/store/rules/rule_store.py": "bundles/….json",
    "medcounter/store/db/sqlite.py": "synced in place",
    "medcounter/store/backups/salvage.py": "what an open ledger still held, beside it",
    "medcounter/store/backups/second_place.py": "the counter's own folder at the second place",
    "medcounter/store/folder/synced_folder.py": "synced-here.txt",
    "medcounter/store/journal/walk_progress.py": "how far the chain was walked",
    "medcounter/trust/attempts.py": "sign-in.json",
    "medcounter/trust/slot_files.py": "keyslots.json",
    "medcounter/trust/keys.py": "private keys, which are never replaced",
    "medcounter/gather/gathering_folder.py": "the gathering's own folder",
    "medcounter/gather/desks.py": "the gathering's own list of desks",
    "ui/demo/camera.py": "pictures in a folder that a demo marked",
    "ui/demo/play.py": "a folder that a demo marked",
}
KNOWN = DOOR | THROUGH_THE_DOOR | OWN_NAMES


def writes(tree: ast.AST) -> Iterator[str]:
    """Every call that may write a file under a name."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        named = node.func
        name = named.attr if isinstance(named, ast.Attribute) else getattr(named, "id", "")
        arguments = node.args
        if ast.unparse(named) == "self.move":
            # A widget moves itself; a file is moved by ``shutil``.
            continue
        if name in CALLS or (name in METHODS and isinstance(named, ast.Attribute)):
            yield name
        elif name == "open":
            modes = [*arguments, *(word.value for word in node.keywords if word.arg == "mode")]
            said = [one.value for one in modes if isinstance(one, ast.Constant)]
            if any(isinstance(mode, str) and set(mode) & set("wax+") for mode in said):
                yield name
        elif name == "replace" and isinstance(named, ast.Attribute):
            # A text is replaced by two, a day by words; only a path by one.
            if len(arguments) == 1 and not node.keywords:
                yield name
        elif name == "save" and any("str(" in ast.unparse(one) for one in arguments):
            yield name


@cache
def writers() -> dict[str, set[str]]:
    found = {}
    for path in sorted((*ROOT.glob("medcounter/**/*.py"), *ROOT.glob("ui/**/*.py"))):
        calls = set(writes(ast.parse(path.read_text(encoding="utf-8"))))
        if calls:
            found[path.relative_to(ROOT).as_posix()] = calls
    return found


def test_every_module_that_writes_a_file_is_listed_with_what_it_writes() -> None:
    assert sorted(set(writers()) - set(KNOWN)) == []
    assert sorted(set(KNOWN) - set(writers())) == []


def test_only_the_door_makes_a_destination() -> None:
    assert [name for name, calls in writers().items() if "Destination" in calls] == [
        "medcounter/destinations.py"
    ]


def test_what_a_user_named_is_filled_beside_its_name_only() -> None:
    mechanism = {"write_durably", "writing_durably", "mkstemp", "replace", "rename"}
    for name in THROUGH_THE_DOOR:
        assert not writers()[name] & mechanism
        assert ".writing()" in (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "line",
    [
        "path.open('w')", "open(path, 'xb')", "path.open(mode='r+b')", "path.write_bytes(data)",
        "made.replace(path)", "Workbook(path)", "write_durably(path, data)", "picture.save(str(p))",
        "shutil.move(one, other)", "Destination(path, people=True, replace=True)", "os.fdopen(3)",
    ],
)  # fmt: skip
def test_each_way_of_writing_is_seen(line: str) -> None:
    assert list(writes(ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    [
        "text.replace('a', 'b')", "day.replace(day=1)", "path.open('rb')", "replace(one, a=1)",
        "self.move(corner)",
    ],
)  # fmt: skip
def test_what_writes_no_file_is_left_alone(line: str) -> None:
    assert not list(writes(ast.parse(line)))
