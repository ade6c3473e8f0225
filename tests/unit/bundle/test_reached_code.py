"""Whatever a proof rests on is seen, in a checkout and in the built program."""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
from pathlib import Path

from medcounter.bundle.reached_code import reached_code

PROVER = "medcounter.assess.prove.proof"
ROOT = Path(__file__).resolve().parents[3]
_ASK = "from medcounter.bundle.kept_proofs import prover_version; print(prover_version())"


def test_what_rules_and_engine_import_is_reached_and_what_only_shows_is_not() -> None:
    reached = reached_code(PROVER)
    beside = {"medcounter.dates", "medcounter.money", "medcounter.places.place_code"}
    rooms = {"medcounter.rules.inherit", "medcounter.assess.engine.compiled", "medcounter"}
    assert beside | rooms | {PROVER} <= reached.keys()
    assert not [name for name in reached if ".desk" in name or ".store" in name]


def test_a_build_without_sources_is_told_from_another_by_a_module_beside_the_rules(
    tmp_path: Path,
) -> None:
    _without_sources(tmp_path)
    before = _named_by(tmp_path)
    money = tmp_path / "medcounter" / "money.py"
    money.write_text((ROOT / "medcounter/money.py").read_text(encoding="utf-8") + "\nNEW = 1\n")
    _compiled(money)
    assert _named_by(tmp_path) != before


def _without_sources(build: Path) -> None:
    """Lay out what naming a proof needs, compiled as the built program has it."""
    needed = {*reached_code("medcounter.bundle.kept_proofs"), *reached_code(PROVER)}
    for name in needed:
        made = ROOT.joinpath(*name.split("."))
        source = made / "__init__.py" if made.is_dir() else made.with_suffix(".py")
        copy = build / source.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(source.read_bytes())
        _compiled(copy)
    (build / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())


def _compiled(source: Path) -> None:
    assert compileall.compile_file(source, ddir="", legacy=True, quiet=1, force=True)
    source.unlink()


def _named_by(build: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _ASK],
        cwd=build,
        env={**os.environ, "PYTHONPATH": str(build)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout
