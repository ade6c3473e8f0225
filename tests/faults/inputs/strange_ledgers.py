"""Files for a gathering that no desk wrote, and files in every order."""

import hashlib
import random
import shutil
import sys
import tempfile
import traceback
from contextlib import suppress
from dataclasses import replace
from itertools import permutations
from pathlib import Path

from medcounter.errors import MedCounterError
from medcounter.gather.desks import confirm
from medcounter.gather.gathering_folder import GatheringFolder, open_gathering_folder
from medcounter.strict_json import canonical, read_strict
from medcounter.trust import export_seal
from tests.faults.rows import Figures
from tests.support.desk.counter_samples import HALL, OPENED_AT, Counter, open_counter
from tests.support.store.gather_samples import read_ledger

BAD = ("exceptions without a sentence", "forged and taken in", "orders that end otherwise")
KEPT = Path(__file__).parents[2] / "data" / "ledgers"
SAMPLES = sorted(KEPT.glob("exported-version-*/*.audit"))
SEED = b"s" * 32
_BLOCKS = 3


def sealed(lines: list[bytes], seed: bytes = SEED) -> bytes:
    """Seal the lines of a file anew under a key of somebody's own."""
    first = read_strict(lines[0])
    assert isinstance(first, dict)
    body = [canonical(first | {"public_key": export_seal.public_half(seed)}) + b"\n", *lines[1:]]
    digest = seal_digest(body)
    return b"".join(
        [*body, canonical({"seal": export_seal.seal(seed, digest), "sha256": digest.hex()}) + b"\n"]
    )


def seal_digest(body: list[bytes]) -> bytes:
    """Hash the lines that a seal is over; since version 3 in blocks of a thousand."""
    first = read_strict(body[0])
    if not isinstance(first, dict) or first.get("version") != _BLOCKS:
        return hashlib.sha256(b"".join(body)).digest()
    blocks = [b"".join(body[start : start + 1000]) for start in range(1, len(body), 1000)]
    whole = body[0] + b"".join(hashlib.sha256(block).digest() for block in blocks)
    return hashlib.sha256(whole).digest()


def read_anything(number: int) -> Figures:
    """Put any value in place of any other in files of every version, rightly sealed."""
    figures = {"files": 0, "read": 0, "refused with a sentence": 0, **dict.fromkeys(BAD, 0)}
    dice = random.Random()  # noqa: S311 - picks places and values, no secrets
    with tempfile.TemporaryDirectory() as room:
        path = Path(room) / "any.audit"
        for _ in range(number):
            path.write_bytes(_changed_file(dice))
            figures["files"] += 1
            try:
                read_ledger(path)
                figures["read"] += 1
            except MedCounterError:
                figures["refused with a sentence"] += 1
            except Exception:  # noqa: BLE001 - whatever else comes out is what we look for
                figures[BAD[0]] += 1
                sys.stderr.write(f"{path.read_bytes()!r}\n{traceback.format_exc()}\n")
    return figures


def forge(number: int) -> Figures:
    """Bring files of keys nobody confirmed before and after a desk's own."""
    figures = {"forged files": 0, **dict.fromkeys(BAD, 0)}
    real = SAMPLES[0]
    lines = real.read_bytes().splitlines(keepends=True)[:-1]
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room) / "gathered"
        confirm(folder, [(read_ledger(real).ledger, "03")], OPENED_AT)
        for each in range(number):
            forged = Path(room) / "forged.audit"
            forged.write_bytes(sealed(lines, each.to_bytes(32)))
            if each == number // 2:
                open_gathering_folder(folder).take_in(real)
            figures["forged files"] += 1
            with suppress(MedCounterError):
                open_gathering_folder(folder).take_in(forged)
                figures[BAD[1]] += 1
        assert [one.ledger for one in open_gathering_folder(folder).ledgers()] == [
            read_ledger(real).ledger
        ]
    return figures


def orders() -> Figures:
    """Bring an older, a newer, a forked and a stranger's file in every order."""
    figures = {"orders": 0, **dict.fromkeys(BAD, 0)}
    with tempfile.TemporaryDirectory() as room:
        files = several(Path(room))
        ends = set()
        for number, order in enumerate(permutations(files)):
            ends.add(end(Path(room) / f"gathered-{number}", order))
            figures["orders"] += 1
        figures[BAD[2]] += len(ends) - 1
    return figures


def end(destination: Path, order: tuple[Path, ...]) -> tuple[object, ...]:
    """Take files in and say what counts in the end, at once and when it is opened anew."""
    heard = [(read_ledger(path).ledger, path.stem) for path in order if path.stem != "stranger"]
    confirm(destination, sorted(heard, key=lambda pair: pair[1]), OPENED_AT)
    gathered = open_gathering_folder(destination)
    for path in order:
        with suppress(MedCounterError):
            gathered.take_in(path)
    assert counted(gathered) == counted(open_gathering_folder(destination))
    return counted(gathered)


def counted(gathered: GatheringFolder) -> tuple[object, ...]:
    """Return what of a gathering folder counts, and what contradicts."""
    kept = tuple((one.ledger, one.head, one.notices) for one in gathered.ledgers())
    return kept, gathered.contradictions()


def several(folder: Path) -> list[Path]:
    """Two desks, one of them in two exports, the other gone two ways, and a stranger."""
    plain = _counter(folder / "plain", "03")
    plain.issue("吴建国")
    files = [_export(plain, folder / "early.audit")]
    plain.issue("吴梅")
    files.append(_export(plain, folder / "late.audit"))
    stranger = _counter(folder / "stranger", "03")
    stranger.issue("王安")
    files.append(_export(stranger, folder / "stranger.audit"))
    forked = _counter(folder / "forked", "04")
    for each in (plain, stranger, forked):
        each.desk.close()
    shutil.copytree(folder / "forked", folder / "copy")
    for name in ("forked", "copy"):
        again = Counter(open_counter(folder / name).desk, issued=5)
        again.desk.save_settings(replace(HALL, desk="04"), again.clock())
        again.issue(name)
        files.append(_export(again, folder / f"{name}.audit"))
        again.desk.close()
    return files


def _counter(folder: Path, desk: str) -> Counter:
    opened = open_counter(folder)
    opened.desk.save_settings(replace(HALL, desk=desk), opened.clock())
    return opened


def _export(counter: Counter, path: Path) -> Path:
    path.write_bytes(b"".join(counter.desk.register.export_audit(counter.clock())))
    return path


def _changed_file(dice: random.Random) -> bytes:
    lines = [read_strict(line) for line in dice.choice(SAMPLES).read_bytes().splitlines()[:-1]]
    place = dice.randrange(len(lines))
    lines[place] = _changed(lines[place], dice)
    text = [canonical(line) + b"\n" for line in lines]
    return sealed(text) if place else b"".join(text)


def _changed(value: object, dice: random.Random) -> object:
    """Put anything in place of one thing inside a value."""
    if dice.random() < 0.8 and isinstance(value, dict) and value:
        key = dice.choice(sorted(value))
        return value | {key: _changed(value[key], dice)}
    if dice.random() < 0.8 and isinstance(value, list) and value:
        place = dice.randrange(len(value))
        return [*value[:place], _changed(value[place], dice), *value[place + 1 :]]
    return dice.choice(
        (None, True, 0, -1, 10**14, "", "a", "0-", "2025-03-D0001", [], [[]], {}, {"a": []},
         [1, "x"], "{}", "[]", '{"digest":[]}', '{"numbers_used":[1]}', "[" * 100, value)
    )  # fmt: skip
