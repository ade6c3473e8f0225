"""A draft killed at any moment has every change that was acknowledged, and goes on."""

import os
import random
import tempfile
from datetime import timedelta
from itertools import count
from pathlib import Path

from medcounter.store.opening.open_store import open_store
from medcounter.store.rule_drafts.draft_acts import DraftEntry, DraftPlace, NewRuleDraft
from tests.faults.process.forking import Fork
from tests.faults.scenes import memory_disk
from tests.support.store.store_samples import AT

KILLS = 25
PLACE = DraftPlace("320200", "resident", 2026)


def said(words: str, step: int = 0) -> DraftEntry:
    return DraftEntry("李晓", AT + timedelta(seconds=step), words)


def contents(tag: str, step: int) -> bytes:
    return b"x" * 3000 + f"{tag}-{step}".encode() + b"y" * 3000


def write_on(folder: Path, tag: str) -> None:
    """Open the draft and change it until the end comes; tell each change that is kept."""
    store = open_store(folder)
    drafts = store.rule_drafts
    listed = drafts.listed()
    number = (
        listed[0].number
        if listed
        else drafts.begin(
            NewRuleDraft(PLACE, "无锡市", {"document": contents(tag, 0)}), said("新建")
        ).number
    )
    drafts.take(number, said("打开"))
    os.write(1, b"OPEN\n")
    for step in count(1):
        act = drafts.keep(number, {"document": contents(tag, step)}, said("改", step))
        os.write(1, f"ACK {act.version} {tag} {step}\n".encode())


def acknowledged(text: str) -> list[tuple[int, str, int]]:
    lines = [line.split() for line in text.splitlines() if line.startswith("ACK ")]
    return [(int(version), tag, int(step)) for _, version, tag, step in lines]


def test_no_acknowledged_change_is_lost_and_the_chain_is_whole() -> None:
    chance = random.Random(5)  # noqa: S311 - only the moment of the kill hangs on it
    kept: list[tuple[int, str, int]] = []
    with tempfile.TemporaryDirectory(dir=memory_disk()) as room:
        folder = Path(room) / "data"
        open_store(folder).close(with_backup=False)
        for run in range(KILLS):
            fork = Fork(lambda run=run: write_on(folder, f"run{run}"))  # type: ignore[misc] # bound now
            fork.hear_lines(chance.randint(0, 6))
            fork.hear(chance.uniform(0, 0.01))
            fork.kill()
            kept += acknowledged(fork.end().said)
            store = open_store(folder)
            try:
                assert store.rule_drafts.read_only == ""
                for draft in store.rule_drafts.listed():
                    held = {
                        version: store.rule_drafts.parts(draft.number, version)["document"]
                        for version, _, _ in kept[-10:]
                    }
                    wanted = {version: contents(tag, step) for version, tag, step in kept[-10:]}
                    assert held == wanted
            finally:
                store.close(with_backup=False)
    assert len(kept) > KILLS
    assert len({version for version, _, _ in kept}) == len(kept)
