"""Our engine beside its peers, on their task, in one run: a table of times.

Three rounds, ours and each peer's in turn; a figure is the best round's
median, since a machine is never quite still.

Usage: ``make bench-peers``. ``PEERS_DIR`` names a copy of the peers' own files
(their cases and one bench script each); their environments are made beside
it. Nothing of theirs is part of this project.
"""

from __future__ import annotations

import gc
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from medcounter.assess import assess
from medcounter.assess.assessing import decide_facts
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import Facts
from medcounter.roster.answering.assessor import Assessor, Remembered
from medcounter.roster.arrow import FACTS, BatchAssessor, facts_row
from tests.support.rules.peer_task import (
    Resident,
    answer,
    every_resident,
    facts_of,
    oracle,
    peer_book,
)

ROOT = Path(__file__).resolve().parents[3]
PEERS = Path(os.environ.get("PEERS_DIR", ROOT / "build" / "peers" / "tasks"))
SIZES = (1, 1_000, 100_000, 1_000_000)
REPEATS = {1: 2_000, 1_000: 9, 100_000: 1, 1_000_000: 1}
ROUNDS = 3
Table = dict[str, list[float | None]]
ENVIRONMENTS = {
    "of": ("openfisca-core==46.0.1", "openfisca-country-template==8.2.0", "zen-engine==2.1.3"),
    "pe": ("policyengine-core==3.33.12",),
}


class Peer(NamedTuple):
    """One peer: its environment, its script, and its figures by row."""

    environment: str
    script: str
    flavour: str
    rows: dict[str, str]


VECTORS = {"plain": "vector_N{}", "with trace": "vector_N{}_trace"}
DECISIONS = {"plain": "engine_evaluate_key_N{}", "with trace": "engine_evaluate_key_N{}_trace"}
PEER_LIST = {
    "OpenFisca, arrays": Peer("of", "fisca_bench.py", "openfisca", VECTORS),
    "PolicyEngine, arrays": Peer("pe", "fisca_bench.py", "policyengine", VECTORS),
    "GoRules ZEN, compiled": Peer("of", "zen_bench.py", "", DECISIONS),
}


def say(line: str) -> None:
    """Tell one line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def median_of(work: Callable[[], object], residents: int) -> float:
    """Time some work: the median in microseconds a resident."""
    work()
    spent = []
    for _ in range(REPEATS[residents]):
        begin = time.perf_counter()
        work()
        spent.append(time.perf_counter() - begin)
    return statistics.median(spent) / residents * 1e6


def residents(number: int) -> list[Resident]:
    """The residents that the peers are asked about, made by their own file."""
    spec = importlib.util.spec_from_file_location("peer_cases", PEERS / "cases.py")
    assert spec is not None
    assert spec.loader is not None
    cases = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(cases)
    return [Resident(*row) for row in cases.make(number)]


class Roster(NamedTuple):
    """The same residents as rows of a list, as facts and as columns."""

    rows: list[Resident]
    facts: list[Facts]
    columns: pa.RecordBatch


def as_roster(rows: list[Resident]) -> Roster:
    """Make the facts beforehand, as the peers make their arrays."""
    days: dict[date, date] = {}
    # Equal cells of a list are read once, so equal days are the same day.
    shared = [Resident(one.group, days.setdefault(one.paid, one.paid), one.lapsed) for one in rows]
    facts = [facts_of(one) for one in shared]
    columns = pa.RecordBatch.from_pylist([facts_row("", one) for one in facts], schema=FACTS)
    return Roster(shared, facts, columns)


def decide_each(roster: Roster, book: RuleBook) -> None:
    """Decide every resident with the whole derivation."""
    for facts in roster.facts:
        decide_facts(facts, book)


def answer_list(roster: Roster, book: RuleBook) -> None:
    """Answer a list as the roster does; each row can give its derivation."""
    assessor = Assessor(book)
    decide = Remembered[Resident, object](lambda row: assessor.decision(facts_of(row)))
    deque(map(decide.__getitem__, roster.rows), maxlen=0)


def answer_columns(roster: Roster, book: RuleBook) -> None:
    """Answer columns with all 22 columns of an answer, nothing known before."""
    BatchAssessor(book).answer(roster.columns)


def answer_columns_again(roster: Roster, book: RuleBook) -> None:
    """Answer columns whose cells an earlier batch has met; nothing is asked of the rules."""
    KNOWN.setdefault(id(book), BatchAssessor(book)).answer(roster.columns)


def explain_each(roster: Roster, book: RuleBook) -> None:
    """Write the derivation out too: sentences, rejected rules, hints, stamp."""
    for facts in roster.facts:
        assess(facts, book)


KNOWN: dict[int, BatchAssessor] = {}
WAYS: dict[str, tuple[Callable[[Roster, RuleBook], None], tuple[int, ...]]] = {
    "ours, with derivation": (decide_each, SIZES[:3]),
    "ours, as a list": (answer_list, SIZES),
    "ours, in columns": (answer_columns, SIZES),
    "ours, in columns, each cell met before": (answer_columns_again, SIZES),
    "ours, derivation in sentences": (explain_each, SIZES[:2]),
}


def ours(book: RuleBook, rosters: dict[int, Roster]) -> Table:
    """Time our engine once."""
    # The residents of all sizes lie here; the collector shall not walk them again and again.
    gc.collect()
    gc.freeze()
    table: Table = {}
    for name, (way, sizes) in WAYS.items():
        timed = {size: median_of(partial(way, rosters[size], book), size) for size in sizes}
        table[name] = [timed.get(size) for size in SIZES]
    return table


def set_up(name: str) -> Path:
    """Make a peer's environment unless it is there; give its Python."""
    folder = PEERS.parent / name
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *ENVIRONMENTS[name]], check=True)
    return python


def theirs(peer: Peer) -> dict[str, Any]:
    """Run a peer's own bench script and read what it measured."""
    python = set_up(peer.environment)
    if not (PEERS / "zen_rules.json").exists():
        subprocess.run([python, "zen_rules.py"], cwd=PEERS, check=True)
    # Their own loop over sizes, with one more.
    wide = PEERS / f"wide_{peer.script}"
    script = (PEERS / peer.script).read_text(encoding="utf-8")
    wide.write_text(script.replace("(100_000, 7))", "(100_000, 7), (1_000_000, 3))"), "utf-8")
    told = subprocess.run(
        [python, wide.name],
        cwd=PEERS,
        env={**os.environ, "FLAVOUR": peer.flavour},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
    ).stdout
    found: dict[str, Any] = json.loads(told)
    return found


def peers() -> Table:
    """Time every peer once, and tell how many of its answers differ."""
    table: Table = {}
    for name, peer in PEER_LIST.items():
        found = theirs(peer)
        say(f"{name}: {found['mismatches']} differences from its own oracle")
        for row, key in peer.rows.items():
            measured = (found.get(key.format(size)) for size in SIZES)
            table[f"{name}, {row}"] = [one and one["us_per_resident"] for one in measured]
    return table


def best(figures: Iterable[float | None]) -> float | None:
    """Give the least of the figures that were measured."""
    return min((figure for figure in figures if figure is not None), default=None)


def main() -> int:
    """Measure everything in one run and print the table."""
    if not (PEERS / "cases.py").exists():
        say("PEERS_DIR names no copy of the peers' files (cases.py, zen_bench.py, ...).")
        return 2
    book = peer_book()
    wrong = [one for one in every_resident() if answer(facts_of(one), book) != oracle(one)]
    say(f"ours: {len(wrong)} differences from the oracle")
    rosters = {size: as_roster(residents(size)) for size in SIZES}
    rounds = [{**ours(book, rosters), **peers()} for _ in range(ROUNDS)]
    say("\n| microseconds a resident | one | 1,000 | 100,000 | 1,000,000 |")
    say("| --- | --- | --- | --- | --- |")
    for name in rounds[0]:
        figures = map(best, zip(*(table[name] for table in rounds), strict=True))
        shown = " | ".join("" if figure is None else f"{figure:.3g}" for figure in figures)
        say(f"| {name} | {shown} |")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
