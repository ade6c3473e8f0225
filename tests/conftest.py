"""What holds for every test: no screen, no data of the user's, the same settings without Qt."""

import gc
import importlib.util
import json
import os
from collections import deque
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.prove import known_proofs, programme_proof, proof
from medcounter.assess.prove.known_proofs import proof_json, proof_key, read_proof
from medcounter.assess.prove.programme_proof import ProgrammeProof, prove_programme
from medcounter.authoring.live.draft_rules import DraftRules, InheritedRules
from medcounter.authoring.live.draft_warnings import draft_warnings
from medcounter.authoring.live.figure_reach import MovedFigures
from medcounter.authoring.live.limit_rows import limit_rows
from medcounter.desk.authoring import live_draft
from medcounter.trust import key_wrapping
from medcounter.trust.slot_format import Stretching
from tests.support.replayed import Replayed

# Young objects before the collector looks: by default every 700, a tenth of all the time of a run.
_YOUNG = 20_000
_DRAFTS_KEPT = 4

# A slow machine is no fault of the program; its speed is what tests/bench measures.
settings.register_profile("medcounter", deadline=None)
settings.load_profile("medcounter")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the settings of pytest-qt stand where it is not installed."""
    if importlib.util.find_spec("pytestqt") is None:
        for name in ("qt_api", "qt_log_level_fail", "qt_log_ignore"):
            parser.addini(name, "read by pytest-qt only")


@pytest.fixture(autouse=True)
def own_data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give every test a data folder of its own."""
    folder = tmp_path / "medcounter-data"
    monkeypatch.setenv("MEDCOUNTER_DATA_DIR", str(folder))
    monkeypatch.setenv("MEDCOUNTER_CACHE_DIR", str(tmp_path / "medcounter-cache"))
    return folder


@pytest.fixture(scope="session", autouse=True)
def stretched_once() -> Iterator[None]:
    """Stretch the same secret over the same salt once: folders are copied, with their salts.

    New slots are stretched by one pass: the fewest that a key file may ask for.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(key_wrapping, "Stretching", _by_one_pass)
        patch.setattr(key_wrapping, "_stretch", cache(key_wrapping._stretch))  # noqa: SLF001 - nothing else is as dear
        yield


def _by_one_pass(memory_kib: int, _passes: int, lanes: int, salt: bytes) -> Stretching:
    return Stretching(memory_kib, 1, lanes, salt)


@pytest.fixture(scope="session", autouse=True)
def proven_once(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Prove the same rules once a run, told apart as the program tells the proofs it keeps."""
    base = tmp_path_factory.getbasetemp()
    # All workers of a run have theirs in one folder.
    shared = (base.parent if hasattr(request.config, "workerinput") else base) / "proofs"
    shared.mkdir(exist_ok=True)
    known: dict[str, ProgrammeProof] = {}

    def prove(
        compiled: Compiled, events: frozenset[str], untold: frozenset[str] = frozenset()
    ) -> ProgrammeProof:
        key = proof_key(compiled, events, untold, "")
        if key not in known:
            kept = shared / key
            if not kept.exists():
                part = shared / f"{key}-{base.name}"
                made = prove_programme(compiled, events, untold)
                part.write_text(json.dumps(proof_json(made)), encoding="utf-8")
                part.replace(kept)
            known[key] = read_proof(json.loads(kept.read_bytes()))
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        for module in (proof, known_proofs, programme_proof):
            patch.setattr(module, "prove_programme", prove)
        yield


@pytest.fixture(scope="session", autouse=True)
def moved_once() -> Iterator[None]:
    """Move the figures of the same draft over the same rules once, of the last few drafts."""
    known: deque[MovedFigures] = deque(maxlen=_DRAFTS_KEPT)

    def moved(draft: DraftRules, inherited: InheritedRules) -> MovedFigures:
        for one in known:
            if one.draft.document == draft.document and one.inherited == inherited:
                return one
        known.append(MovedFigures(draft, inherited))
        return known[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(live_draft, "MovedFigures", moved)
        yield


@pytest.fixture(scope="session", autouse=True)
def drawn_once() -> Iterator[None]:
    """Draw limits and warnings from the same draft, its table and its neighbours once."""
    limits = Replayed(limit_rows, lambda figures, table: (*_stands(figures), table))
    warnings = Replayed(
        draft_warnings,
        lambda _rules, beside: (*_stands(beside.figures), beside.rows, beside.neighbours),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(live_draft, "limit_rows", limits)
        patch.setattr(live_draft, "draft_warnings", warnings)
        yield


def _stands(figures: MovedFigures) -> tuple[object, ...]:
    return figures.draft.document, figures.inherited


@pytest.fixture(scope="session", autouse=True)
def collected_seldom() -> None:
    """Let the collector pass over what stays to the end: modules and thousands of tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG)
