"""Every command that writes a file, pointed at what must not be written over.

In one process, by the program's own words. Before and after each, every file
that must stay is compared byte for byte, and what is new is counted.
"""

import contextlib
import hashlib
import io
import json
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from medcounter.cli.command_list import COMMANDS
from medcounter.cli.program import main
from medcounter.paths import resource
from tests.faults.rows import Figures, note
from tests.support.desk.counter_samples import open_counter
from tests.support.store.store_samples import KEYS
from ui.cli.screen_command_list import with_screen

# A stick that holds the keys of another counter is refused as a failed backup.
_KEYS = "keys of another"
BAD = ("files changed", "files made", "not said")
SAID, REFUSED = 4, 2
NUMBER = "2025-03-000001"
FACTS = {"region": "360000", "benefit_year": 2025, "payment_date": "2025-03-05"}
LIST = "姓名,证件号码,出生日期\n吴建国,360103198807121237,1988-07-12\n"
OUT = "OUT"
# A word of each command that takes ``--force``.
_FORCED = ("--pdf", "export", "roster", "--table", "sign", "keys", "sheet", "guide")


class Way(NamedTuple):
    """A command that writes; ``OUT`` stands for what it is pointed at.

    Attributes:
        words: What is typed.
        suffixes: Endings it takes; it takes any when empty.
        reads: What it reads, by its name in the room.
        into_folder: Whether it is pointed at a folder.
    """

    words: tuple[str, ...]
    suffixes: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    into_folder: bool = False


def ways(room: Path) -> tuple[Way, ...]:
    """Every way to have a file written; those that draw only where Qt is."""
    at = {name: str(room / name) for name in ("facts.json", "list.csv", "bundle.json", "gathered")}
    audit, key = str(room / "desk.audit"), str(KEYS / "demo-root-1.pem")
    bundle = at["bundle.json"]
    drawn = (
        Way(("notice", at["facts.json"], "--pdf", OUT), reads=("facts.json",)),
        Way(("reprint", NUMBER, "--pdf", OUT)),
        Way(("demo", OUT), into_folder=True),
    )
    tables = (".csv", ".xlsx")
    return (
        *(drawn if find_spec("PySide6") else ()),
        Way(("ledger", "export", OUT)),
        Way(("ledger", "export", OUT, "--reveal"), tables),
        Way(("roster", at["list.csv"], OUT), tables, ("list.csv",)),
        Way(("roster", at["list.csv"], str(room / "fine.csv"), "--faults", OUT), tables),
        Way(("roster", OUT, "--template"), (".xlsx",)),
        Way(("gather", at["gathered"], audit, "--table", OUT), tables),
        Way(("gather", OUT, audit), into_folder=True),
        Way(("bundle", "sign", bundle, "--key", key, "--out", OUT), reads=("bundle.json",)),
        Way(("bundle", "keys", OUT, "甲"), into_folder=True),
        Way(("backup", "--to", OUT), into_folder=True),
        Way(("authoring", "sheet", "1", OUT), (".xlsx",)),
        Way(("authoring", "export", "1", OUT), into_folder=True),
        Way(("bundle", "guide", OUT), into_folder=True),
    )


def lay_out(room: Path) -> None:
    """Two counters with a notice and a backup each, and files of the user's."""
    for name in ("data", "other"):
        counter = open_counter(room / name)
        counter.issue("吴建国")
        counter.desk.close()
    (room / "facts.json").write_text(json.dumps(FACTS), encoding="utf-8")
    (room / "list.csv").write_text(LIST, encoding="utf-8-sig")
    (room / "bundle.json").write_bytes(resource("bundle.json").read_bytes())
    for suffix in (".csv", ".xlsx", ".pdf", ""):
        (room / f"mine{suffix}").write_bytes(b"somebody's own work")
    (room / "stick").mkdir()
    other = room / "stick" / "keyslots.json"
    other.write_bytes((room / "other" / "keyslots.json").read_bytes())
    _run(room, ("ledger", "export", str(room / "desk.audit")))
    assert _run(room, ("authoring", "from", "guangxi-2025")) == 0


def point_everywhere() -> Figures:
    """Point each command at each thing that must stay, with ``--force`` and without."""
    figures = dict.fromkeys(("commands", "refused", *BAD), 0)
    with tempfile.TemporaryDirectory() as folder:
        room = Path(folder).resolve()
        lay_out(room)
        for way in ways(room):
            for target, why in _targets(room, way):
                before = _prints(room)
                code = _run(room, tuple(target if word == OUT else word for word in way.words))
                after = _prints(room)
                changed = [name for name, print_ in before.items() if after.get(name) != print_]
                made = [name for name in after if name not in before and "/." not in name]
                figures["commands"] += 1
                figures["refused"] += code in {SAID, REFUSED}
                figures["files changed"] += len(changed)
                figures["files made"] += len(made)
                told = code == (REFUSED if why == _KEYS else SAID)
                figures["not said"] += not told
                if changed or made or not told:
                    note(f"{' '.join(way.words[:2])} {target}: {code} {changed} {made}")
    return figures


def _targets(room: Path, way: Way) -> Iterator[tuple[str, str]]:
    """Give what a command is pointed at, with ``--force`` where it takes it."""
    if way.into_folder:
        for name in ("data", "data/backups", "data/new", "other", "other/deep/new"):
            yield str(room / name), ""
        if way.words[0] == "backup":
            yield str(room / "stick"), _KEYS
        return
    for number, name in enumerate(_must_stay(room, way)):
        for suffix in way.suffixes or ("",):
            yield str(_named(room, name, suffix, number)), ""
    for suffix in way.suffixes or ("", ".pdf"):
        yield str(room / f"mine{suffix}"), "unforced"


def _must_stay(room: Path, way: Way) -> Iterator[str]:
    for folder in ("data", "other"):
        yield from (
            str(path.relative_to(room))
            for path in sorted((room / folder).rglob("*"))
            if path.is_file() and path.suffix != ".log"
        )
        yield f"{folder}/new-file"
    yield from way.reads


def _named(room: Path, name: str, suffix: str, number: int) -> Path:
    """Give a thing a name that the command takes: its own, or a link's."""
    if not suffix or name.endswith(suffix):
        return room / name
    links = room / "links"
    links.mkdir(exist_ok=True)
    link = links / f"{number}{suffix}"
    with contextlib.suppress(FileNotFoundError):
        link.unlink()
    link.symlink_to(room / name)
    return link


def _prints(room: Path) -> dict[str, str]:
    """Give a print of every file but logs, locks and the links we made."""
    return {
        path.relative_to(room).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(room.rglob("*"))
        if path.is_file() and path.suffix not in {".log", ".lock"} and path.parent.name != "links"
    }


def _run(room: Path, words: tuple[str, ...]) -> int:
    """Run a command in its own words; ``--force`` is added where it must not help."""
    forced = () if "mine" in " ".join(words) else ("--force",)
    takes = any(word in words for word in _FORCED)
    told = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        whole = ["--data-dir", str(room / "data"), *words, *(forced if takes else ())]
        return main(whole, with_screen(COMMANDS))
