"""Rules of a hall for several places are used together, and proven together before that."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from medcounter.bundle.hall import hall_bundle_errors as errors
from medcounter.bundle.hall import hall_state, joint_proof
from medcounter.bundle.hall.hall_bundle import HallBundle, open_hall_bundle
from medcounter.bundle.hall.hall_proof import prove_over
from medcounter.bundle.hall.hall_state import place_of, proof_base
from medcounter.bundle.signed_package import OpenedBundle
from medcounter.desk.access import sign_in
from medcounter.desk.desk import Desk
from medcounter.desk.draft.draft import Draft
from medcounter.store.journal.journal import NewEvent
from medcounter.store.opening.open_store import open_store
from medcounter.store.rules import hall_record
from tests.support.desk.hall_samples import (
    AT,
    CLERK_NAME,
    NAMES,
    REGION,
    YEAR,
    hall_folder,
    opened,
    part_of_yunxi,
    release_at,
    secret_of,
    shipped,
    signed,
    signer_at,
)

WANG, LI, _ = NAMES
BEGINS = date(2026, 12, 5)
THERE = datetime.combine(BEGINS, AT.timetz())
NEXT_PLACE, ABOVE = "990105", "990100"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    hall_folder(tmp_path / "first")
    return tmp_path / "first"


def moved(region: str, *, checked: str) -> bytes:
    """The rules of the made-up county as those of another place, from the same notice."""
    part: dict[str, Any] = part_of_yunxi()
    for source in part["sources"]:
        source["checked"] = checked
    for example in part["examples"]:
        example["id"] = f"of-{region}-{example['id']}"
    text = json.dumps(part, ensure_ascii=False)
    return text.replace(REGION, region).replace("yunxi-2027", f"place-{region}").encode()


SAME_DAY = part_of_yunxi()["sources"][0]["checked"]
OTHER_DAY = "2026-10-31"


def rules(folder: Path, revision: int, part: bytes | None = None) -> bytes:
    """Rules from 5 December on; those of the county itself unless told otherwise."""
    what = release_at(folder, revision=revision, begins=BEGINS)
    if part is not None:
        what = release_at(folder, revision=revision, begins=BEGINS, part=part)
    return signed(what, signer_at(folder, WANG), signer_at(folder, LI)).data


def take(desk: Desk, data: bytes) -> None:
    desk.hall_rules.take(desk.hall_rules.plan(data, AT.date()), AT)


def written(folder: Path, *halls: HallBundle) -> None:
    """Rules in the ledger as an older program took them in: each proven alone."""
    given = sign_in.sign_in(folder, WANG, secret_of(WANG))
    store = open_store(folder, given.key)
    for hall in halls:
        said = hall_record.taken(hall, BEGINS, proof_base(shipped().sha256, (hall,)))
        del said["beside"]
        store.note(NewEvent("import", AT, WANG, detail=said))
    store.close(with_backup=False)


def answers(desk: Desk, region: str) -> bool:
    return desk.rule_book.answers(region, "resident", YEAR)


@pytest.mark.parametrize("is_county_first", [True, False])
def test_rules_that_contradict_others_which_wait_for_their_day_are_refused(
    folder: Path, *, is_county_first: bool
) -> None:
    """On 5 December nobody could have opened the desk any more: one source, two days."""
    files = [rules(folder, 1), rules(folder, 2, moved(NEXT_PLACE, checked=OTHER_DAY))]
    if not is_county_first:
        files = [rules(folder, 1, moved(NEXT_PLACE, checked=OTHER_DAY)), rules(folder, 2)]
    first, second = files
    with opened(folder, WANG) as desk:
        take(desk, first)
        with pytest.raises(errors.HallRulesUnprovenError, match="yunxi-notice"):
            desk.hall_rules.plan(second, AT.date())
    with opened(folder, WANG, at=THERE) as desk:
        assert [one.data for one in desk.hall_rules.in_force] == [first]


def test_rules_of_two_places_that_agree_are_used_together(folder: Path) -> None:
    files = rules(folder, 1), rules(folder, 2, moved(NEXT_PLACE, checked=SAME_DAY))
    with opened(folder, WANG) as desk:
        for data in files:
            take(desk, data)
        assert not answers(desk, REGION)
    with opened(folder, WANG, at=THERE) as desk:
        assert answers(desk, REGION)
        assert answers(desk, NEXT_PLACE)
        assert desk.hall_rules.dropped == ()


def test_of_two_that_contradict_one_another_the_earlier_stays_and_the_desk_opens(
    folder: Path,
) -> None:
    county = open_hall_bundle(rules(folder, 1))
    other = open_hall_bundle(rules(folder, 2, moved(NEXT_PLACE, checked=OTHER_DAY)))
    third = open_hall_bundle(rules(folder, 3, moved("990106", checked=SAME_DAY)))
    written(folder, county, other, third)
    with opened(folder, WANG, at=THERE) as desk:
        assert [place_of(one)[0] for one in desk.hall_rules.in_force] == [REGION, "990106"]
        (told,) = desk.hall_rules.dropped
        assert "第 2 版" in told
        assert NEXT_PLACE not in told
        assert "不再使用" in told
        assert "云溪县（虚构），2027 年度" in told, "no code of a place"
        assert answers(desk, REGION)
    with opened(folder, LI, at=THERE + timedelta(days=1)) as desk:
        assert [one.retired for one in desk.hall_rules.state.taken] == [False, True, False]
        assert desk.hall_rules.dropped == ()


def test_rules_that_older_programs_proved_alone_are_proven_together_once(folder: Path) -> None:
    county = open_hall_bundle(rules(folder, 1))
    other = open_hall_bundle(rules(folder, 2, moved(NEXT_PLACE, checked=SAME_DAY)))
    written(folder, county, other)
    with opened(folder, WANG, at=THERE) as desk:
        ground = proof_base(shipped().sha256, (county, other))
        assert all(ground in one.proven_over for one in desk.hall_rules.state.taken)
    with opened(folder, WANG, at=THERE) as desk:
        assert all(ground in one.proven_over for one in desk.hall_rules.state.taken)


@pytest.fixture
def proofs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rules each proof was made for."""
    made: list[int] = []

    def prove(base: OpenedBundle, halls: tuple[HallBundle, ...], *asked: HallBundle) -> None:
        made.append(len(asked))
        prove_over(base, halls, *asked)

    monkeypatch.setattr(joint_proof, "prove_over", prove)
    return made


def test_only_a_supervisors_word_of_a_proof_is_believed(folder: Path, proofs: list[int]) -> None:
    """A clerk's own program could say it of rules that nobody proved."""
    files = rules(folder, 1), rules(folder, 2, moved(NEXT_PLACE, checked=SAME_DAY))
    with opened(folder, CLERK_NAME) as desk:
        for data in files:
            take(desk, data)
    for _ in range(2):
        proofs.clear()
        with opened(folder, CLERK_NAME, at=THERE) as desk:
            assert len(desk.hall_rules.in_force) == 2
        assert proofs == [2], "both at once"
    with opened(folder, WANG, at=THERE):
        pass
    proofs.clear()
    with opened(folder, CLERK_NAME, at=THERE) as desk:
        assert len(desk.hall_rules.in_force) == 2
    assert proofs == []


def test_what_another_version_of_the_program_proved_is_proven_anew(
    folder: Path, proofs: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = rules(folder, 1)
    with opened(folder, WANG) as desk:
        take(desk, data)
    with opened(folder, WANG, at=THERE):
        pass
    proofs.clear()
    with opened(folder, CLERK_NAME, at=THERE):
        pass
    assert proofs == []
    monkeypatch.setattr(hall_state, "program_version", lambda: "another")
    with opened(folder, CLERK_NAME, at=THERE) as desk:
        assert len(desk.hall_rules.in_force) == 1
    assert proofs == [1]


def test_what_waits_for_a_place_above_is_proven_with_it(folder: Path) -> None:
    """The county would inherit every rule of the place above twice over: nobody asked."""
    county, above = rules(folder, 1), rules(folder, 2, moved(ABOVE, checked=SAME_DAY))
    with opened(folder, WANG) as desk:
        take(desk, county)
        with pytest.raises(errors.HallRulesUnprovenError):
            desk.hall_rules.plan(above, AT.date())
    with opened(folder, WANG, at=THERE) as desk:
        found = desk.outcome(
            Draft(
                name="钱小满",
                id_number="110101199003070038",
                region=REGION,
                benefit_year=YEAR,
                payment_date="2026-12-05",
                scheme="resident",
            ),
            BEGINS,
        )
        assert found.shown is not None
