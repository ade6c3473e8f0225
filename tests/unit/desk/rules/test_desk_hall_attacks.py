"""Whoever is not two supervisors of the hall gets no rule into force."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from medcounter.bundle.hall.hall_bundle_errors import HallRulesDelayedError
from medcounter.store.rules.hall_record import retired
from tests.faults.secrets.hall_attacks import ATTACKS, BAD, come_into_force, put_line, write_line
from tests.faults.secrets.hall_mutations import mutate
from tests.support.desk.hall_samples import (
    AT,
    CLERK_NAME,
    NAMES,
    hall_folder,
    opened,
    shipped,
    signed_at,
)
from tests.unit.desk.rules.test_desk_hall_rules import take


@pytest.mark.parametrize("name", ATTACKS)
def test_no_attack_brings_rules_into_force(name: str) -> None:
    assert not come_into_force(name)


def test_two_supervisors_do(tmp_path: Path) -> None:
    hall_folder(tmp_path / "first")
    data = signed_at(tmp_path / "first")
    with opened(tmp_path / "first", NAMES[0]) as desk:
        take(desk, data)
    with opened(tmp_path / "first", CLERK_NAME) as desk:
        assert desk.hall_rules.in_force


def test_an_older_file_put_into_the_ledger_by_a_clerk_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "first"
    hall_folder(folder)
    first, second = signed_at(folder), signed_at(folder, revision=2)
    with opened(folder, NAMES[0]) as desk:
        take(desk, second)
    put_line(folder, CLERK_NAME, first)
    with opened(folder, CLERK_NAME) as desk:
        assert [one.release.revision for one in desk.hall_rules.in_force] == [2]


def test_no_line_of_a_clerk_brings_rules_into_force_before_the_day_that_two_signed(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "first"
    hall_folder(folder)
    first = date(2027, 6, 1)
    put_line(folder, CLERK_NAME, signed_at(folder, begins=first))
    with opened(folder, CLERK_NAME) as desk:
        assert desk.hall_rules.in_force == ()
        assert [taken.begins for taken in desk.hall_rules.state.taken] == [first]


def test_no_clerk_puts_off_rules_that_two_signed(tmp_path: Path) -> None:
    folder = tmp_path / "first"
    hall_folder(folder)
    data, today = signed_at(folder), AT.date()
    with opened(folder, CLERK_NAME) as desk:
        plan = desk.hall_rules.plan(data, today)
        with pytest.raises(HallRulesDelayedError, match="推后到 9999-12-31 要由主管决定"):
            desk.hall_rules.take(plan, AT, date(9999, 12, 31))
        assert desk.hall_rules.take(plan, AT, today).begins == today
        assert desk.hall_rules.in_force


def test_a_supervisor_puts_them_off(tmp_path: Path) -> None:
    folder, later = tmp_path / "first", date(2027, 6, 1)
    hall_folder(folder)
    data = signed_at(folder)
    with opened(folder, NAMES[0]) as desk:
        desk.hall_rules.take(desk.hall_rules.plan(data, AT.date()), AT, later)
    with opened(folder, CLERK_NAME) as desk:
        assert [taken.begins for taken in desk.hall_rules.state.taken] == [later]


def test_no_line_of_a_clerk_puts_them_off_for_longer_than_a_day(tmp_path: Path) -> None:
    """The day after is needed where a notice of today would come out otherwise."""
    folder = tmp_path / "first"
    hall_folder(folder)
    put_line(folder, CLERK_NAME, signed_at(folder), date(9999, 12, 31))
    with opened(folder, CLERK_NAME) as desk:
        (taken,) = desk.hall_rules.state.taken
        assert taken.begins == AT.date() + timedelta(days=1)


@pytest.mark.parametrize("base", ["0" * 64, shipped().sha256])
def test_no_line_of_a_clerk_ends_rules_that_no_office_ended(tmp_path: Path, base: str) -> None:
    """Rules that two supervisors signed were ended by one line of one clerk."""
    folder = tmp_path / "first"
    hall_folder(folder)
    data = signed_at(folder)
    with opened(folder, NAMES[0]) as desk:
        take(desk, data)
        (used,) = desk.hall_rules.in_force
    write_line(folder, CLERK_NAME, "import", retired(frozenset({used.sha256}), base))
    with opened(folder, CLERK_NAME) as desk:
        assert [one.sha256 for one in desk.hall_rules.in_force] == [used.sha256]
        (said,) = desk.hall_rules.dropped
        assert CLERK_NAME in said
        assert "没有理会" in said


def test_no_mutation_of_a_signed_file_is_read() -> None:
    figures = mutate(0, 1_000)
    assert figures["mutations"] > 900
    assert [figures[name] for name in BAD] == [0, 0]


@pytest.mark.full
def test_none_of_100000_mutations_of_a_signed_file_is_read() -> None:
    figures = mutate(0, 100_000)
    assert figures["mutations"] > 90_000
    assert [figures[name] for name in BAD] == [0, 0]
