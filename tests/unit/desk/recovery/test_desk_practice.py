"""Practice has its own place, its own numbers, and residents nobody can be."""

from datetime import date
from pathlib import Path

import pytest

from medcounter.desk.access import sign_in
from medcounter.desk.access.access_records import OPEN
from medcounter.desk.desk import Desk
from medcounter.desk.draft.draft import Draft
from medcounter.desk.folder_kinds import PRACTICE_MARK, is_practice
from medcounter.desk.recovery.practice_cases import practice_cases
from medcounter.desk.safety.practice import (
    PracticePlaceTakenError,
    PracticeUnreadyError,
    prepare,
)
from medcounter.identity.id_number import IdNumber, read_id
from medcounter.settings import load_settings
from tests.support.desk.counter_samples import HALL, OPENED_AT, Clock, Counter, open_counter
from tests.support.desk.desk_samples import shipped_book
from tests.support.store.store_samples import demo_roots

IN_SEASON = date(2025, 3, 5)


@pytest.mark.parametrize("region", ["360000", "361000", "330000"])
def test_there_are_ten_cases_and_each_can_be_issued_or_says_why_not(
    tmp_path: Path, region: str
) -> None:
    counter = open_counter(tmp_path / "data")
    blank = counter.desk.new_draft(IN_SEASON).with_("region", region).with_("benefit_year", 2025)
    cases = practice_cases(shipped_book(), blank, IN_SEASON)
    assert len({case.title for case in cases}) == 10
    assert len({case.draft.name for case in cases}) == 10
    outcomes = [counter.desk.outcome(case.draft, IN_SEASON) for case in cases]
    counter.desk.close()
    assert all(outcome.can_issue or outcome.blocked_by for outcome in outcomes)
    if region == "360000":
        assert [outcome.blocked_by for outcome in outcomes] == [""] * 10


def test_a_number_to_practise_with_reads_well_and_names_no_county() -> None:
    blank = Draft(region="360000", benefit_year=2025)
    cases = practice_cases(shipped_book(), blank, IN_SEASON)
    drafts = [case.draft for case in cases if case.draft.id_number]
    numbers = [read_id(draft.id_number) for draft in drafts]
    assert all(isinstance(number, IdNumber) for number in numbers)
    # A card names a county, whose code never ends with four zeros.
    assert {draft.id_number[2:6] for draft in drafts} == {"0000"}
    assert len({draft.id_number for draft in drafts}) == 9


def test_practice_lies_in_a_marked_folder_of_its_own_with_the_halls_settings(
    tmp_path: Path,
) -> None:
    home = tmp_path / "data"
    counter = open_counter(home)
    assert not counter.desk.practice
    counter.desk.close()
    destination = prepare(home, OPENED_AT)
    assert (destination, is_practice(destination), is_practice(home)) == (
        home / "practice",
        True,
        False,
    )
    settings, problems = load_settings(destination / "settings.json")
    assert (settings.hall, settings.desk, settings.second_place) == (HALL.hall, HALL.desk, "")
    assert problems == ()


def test_what_is_issued_in_practice_touches_neither_ledger_nor_numbers(tmp_path: Path) -> None:
    home = tmp_path / "data"
    counter = open_counter(home)
    counter.issue("吴建国")
    counter.desk.close()
    before = {path.name: path.read_bytes() for path in home.iterdir() if path.is_file()}
    practice = Counter(Desk.open(prepare(home, OPENED_AT), OPENED_AT, roots=demo_roots()), Clock())
    assert practice.desk.practice
    numbers = [practice.issue(f"练习{number}").notice.number for number in range(3)]
    practice.desk.days.close(practice.clock().date(), practice.clock())
    practice.desk.close()
    assert numbers[-1] == "2025-03-000003"
    after = {path.name: path.read_bytes() for path in home.iterdir() if path.is_file()}
    assert after == before
    again = Counter(Desk.open(home, OPENED_AT, roots=demo_roots()), issued=7)
    assert again.issue("李强").notice.number == "2025-03-000002"
    again.desk.close()


def test_sheets_of_a_day_of_practice_are_marked(tmp_path: Path) -> None:
    home = tmp_path / "data"
    open_counter(home).desk.close()
    desk = Desk.open(prepare(home, OPENED_AT), OPENED_AT, roots=demo_roots())
    close = desk.days.close(OPENED_AT.date(), OPENED_AT)
    assert desk.days.sheet(close.number, OPENED_AT).practice
    desk.close()


def test_a_folder_that_cannot_be_made_leaves_the_counter_as_it_is(tmp_path: Path) -> None:
    home = tmp_path / "data"
    open_counter(home).desk.close()
    (home / "practice").write_text("in the way")
    with pytest.raises(PracticeUnreadyError):
        prepare(home, OPENED_AT)


def test_a_folder_is_practice_by_its_mark_and_not_by_its_name(tmp_path: Path) -> None:
    home = tmp_path / "practice"
    home.mkdir()
    assert not is_practice(home)
    (home / PRACTICE_MARK).write_text("x")
    assert is_practice(home)


def test_nobody_is_asked_how_a_place_to_practise_is_opened(tmp_path: Path) -> None:
    home = tmp_path / "data"
    open_counter(home).desk.close()
    destination = prepare(home, OPENED_AT)
    assert sign_in.state(destination).kind == OPEN
    assert prepare(home, OPENED_AT) == destination


def test_a_real_ledger_in_a_folder_named_practice_is_never_taken_to_practise(
    tmp_path: Path,
) -> None:
    home = tmp_path / "data"
    counter = open_counter(home / "practice")
    counter.issue("吴建国")
    counter.desk.close()
    with pytest.raises(PracticePlaceTakenError):
        prepare(home, OPENED_AT)
    assert not (home / "practice" / PRACTICE_MARK).exists()
