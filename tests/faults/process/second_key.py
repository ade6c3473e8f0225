"""Kill the counter while a ledger's auditors get a key of their own."""

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from medcounter.desk.access import sign_in
from medcounter.desk.desk import Desk
from medcounter.errors import MedCounterError
from medcounter.store.store_errors import AuditorsCopyMissingError
from tests.faults.counter import remember_rules
from tests.faults.quick_stretching import quick_stretching
from tests.faults.rows import Figures
from tests.faults.scenes import locked_of_before, memory_disk
from tests.support.desk.counter_samples import faults_of, ledger_page
from tests.support.store.access_samples import LI, SECRETS, WANG, ZHAO, pass_of
from tests.support.store.store_samples import AT

COUNTED = ("kills", "before the end", "lost", "refused", "opens too much", "faults")
BAD = COUNTED[2:]
_NOTICES = 2


def kill_upgrades(kills: int) -> Figures:
    """Kill -9 anywhere in the sign-ins that bring a ledger of before up to date."""
    figures = dict.fromkeys(COUNTED, 0)
    chance = random.SystemRandom()
    remember_rules()
    with quick_stretching(), tempfile.TemporaryDirectory(dir=memory_disk()) as room:
        _whole(Path(room) / "warm")
        took = _whole(Path(room) / "whole")
        for run in range(kills):
            folder = _laid_out(Path(room) / f"{run}")
            figures["before the end"] += _killed(folder, chance.uniform(0, took))
            figures["kills"] += 1
            try:
                _judge(folder, figures)
            except MedCounterError as err:
                figures["refused"] += 1
                sys.stderr.write(f"killed while upgrading: {err.text}\n")
            shutil.rmtree(folder)
    return figures


def _laid_out(folder: Path) -> Path:
    locked_of_before(folder)
    aside = folder / "replaced" / "before"
    aside.mkdir(parents=True)
    shutil.copy(folder / "keyslots.json", aside)
    return folder


def _whole(folder: Path) -> float:
    _laid_out(folder)
    began = time.monotonic()
    _sign_in_all(folder)
    return time.monotonic() - began


def _sign_in_all(folder: Path) -> None:
    """Let the auditor in, then the others, then the auditor again."""
    with suppress(AuditorsCopyMissingError):
        Desk.open(folder, AT, who=pass_of(folder, WANG)).close()
    for name in (LI, ZHAO, WANG):
        Desk.open(folder, AT, who=pass_of(folder, name)).close()


def _killed(folder: Path, after: float) -> bool:
    """Tell whether the kill came before all was done."""
    worker = os.fork()
    if not worker:
        with suppress(BaseException):
            _sign_in_all(folder)
        os._exit(0)
    time.sleep(after)
    os.kill(worker, signal.SIGKILL)
    _, status = os.waitpid(worker, 0)
    return os.WIFSIGNALED(status)


def _judge(folder: Path, figures: Figures) -> None:
    """Go on as the next day would, and count what is not as it must be."""
    _sign_in_all(folder)
    for name in (LI, WANG):
        desk = Desk.open(folder, AT, who=pass_of(folder, name))
        figures["faults"] += len(faults_of(desk))
        figures["lost"] += _NOTICES - ledger_page(desk).total
        desk.close()
    for path in folder.rglob("*keyslots.json"):
        figures["opens too much"] += b'"opens"' not in path.read_bytes()
    assert sign_in.sign_in(folder, WANG, SECRETS[WANG]).role == sign_in.AUDITOR
