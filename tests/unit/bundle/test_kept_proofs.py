"""Only what changed is proven again, and a hall never relies on what was kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from medcounter.assess.prove.known_proofs import KnownProofs, proof_json, read_proof
from medcounter.assess.prove.programme_proof import ClosedDays, Hole, ProgrammeProof
from medcounter.assess.prove.proof import prove, prove_years
from medcounter.bundle.kept_proofs import keep_proofs, kept_proofs, prover_version
from medcounter.rules.load import join_parts, read_bundle
from tests.support.rules.rule_samples import SHIPPED, Json, good, read

NAMES = ("bundle.json", "national.json", "jiangxi-2025.json", "jiangxi-2026.json")
SOUND = ProgrammeProof((), frozenset({"closed"}), ())
WITH_ALL = ProgrammeProof(
    (Hole("standard", ("one", "other"), "两条同时成立。"),),
    frozenset({"one", "other"}),
    (ClosedDays(date(2026, 2, 26), date(2026, 2, 28), frozenset({"main", "late"})),),
)


def shipped() -> Json:
    return {name: (SHIPPED / name).read_bytes() for name in NAMES}


def test_a_second_check_proves_nothing_again(tmp_path: Path) -> None:
    bundle = read_bundle(join_parts(shipped()))
    first = KnownProofs("1", kept_proofs(tmp_path))
    assert prove(bundle, first) == ()
    keep_proofs(tmp_path, first)
    second = KnownProofs("1", kept_proofs(tmp_path))
    assert prove(bundle, second) == ()
    assert second.needed == first.needed == second.before


def test_a_changed_place_is_proven_again_and_no_other() -> None:
    parts = shipped()
    before = KnownProofs("1", {})
    prove(read_bundle(join_parts(parts)), before)
    changed = parts["jiangxi-2026.json"].replace("2026 年度".encode(), "二〇二六年度".encode())
    assert changed != parts["jiangxi-2026.json"]
    after = KnownProofs("1", before.needed)
    prove(read_bundle(join_parts({**parts, "jiangxi-2026.json": changed})), after)
    assert len(after.needed) == len(before.needed)
    assert len(after.needed.keys() - before.needed.keys()) == 1


def test_another_program_proves_everything_again() -> None:
    bundle = read_bundle(join_parts(shipped()))
    one, other = KnownProofs("1", {}), KnownProofs("2", {})
    prove(bundle, one)
    prove(bundle, other)
    assert one.needed.keys().isdisjoint(other.needed)
    assert len(prover_version()) == 64


def test_whoever_watches_is_told_how_far_it_is() -> None:
    bundle = read_bundle(join_parts(shipped()))
    told: list[tuple[int, int]] = []
    list(prove_years(bundle, None, lambda done, total: told.append((done, total))))
    assert told == [(number + 1, len(told)) for number in range(len(told))]


@pytest.mark.parametrize("proof", [SOUND, WITH_ALL])
def test_a_proof_is_read_as_it_was_written(proof: ProgrammeProof) -> None:
    assert read_proof(proof_json(proof)) == proof


@pytest.mark.parametrize("damaged", ["", "[]", "{", '{"a": 1}', '{"a": {"holes": []}}'])
def test_what_is_not_whole_is_proven_anew(tmp_path: Path, damaged: str) -> None:
    (tmp_path / "proofs.json").write_text(damaged)
    assert kept_proofs(tmp_path) == {}


def test_a_folder_that_takes_nothing_stops_no_check(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    known = KnownProofs("1", {})
    keep_proofs(tmp_path / "file", known)
    prove(read(good()), known)
    keep_proofs(tmp_path / "file", known)
    assert kept_proofs(tmp_path / "file") == {}
