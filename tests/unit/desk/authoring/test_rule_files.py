"""A file of rules is taken in by one door, whoever signed it."""

from datetime import timedelta
from pathlib import Path

import pytest

from medcounter.bundle.hall import hall_bundle_errors as errors
from medcounter.desk.authoring.rule_files import HallOffer, told_ends, told_offer
from medcounter.desk.desk_records import UpdatePlan
from tests.support.desk.hall_samples import (
    AT,
    BEGINS,
    NAMES,
    REGION,
    YEAR,
    hall_folder,
    opened,
    other_folder,
    release_at,
    signed_at,
    word_of,
)
from tests.support.store.store_samples import demo_roots
from tests.unit.desk.rules.test_desk_hall_release import document, office, with_yunxi
from tests.unit.desk.rules.test_desk_hall_rules import confirm, draft_of, take, ten_yuan_dearer

WANG, LI, ZHAO = NAMES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    hall_folder(tmp_path / "first")
    return tmp_path / "first"


def file_of(folder: Path, data: bytes) -> Path:
    path = folder.parent / "brought.json"
    path.write_bytes(data)
    return path


def test_what_two_signed_at_another_desk_is_told_in_words_and_taken_in(
    folder: Path, tmp_path: Path
) -> None:
    data = signed_at(folder)
    other = tmp_path / "other"
    other_folder(other)
    with opened(other, ZHAO) as desk:
        confirm(desk, data)
        offer = desk.rule_files.looked_at(file_of(other, data), AT.date())()
        assert isinstance(offer, HallOffer)
        assert f"编制 {WANG}，复核 {LI}" in told_offer(offer)
        assert f"从 {AT.date()} 起使用" in told_offer(offer)
        assert any("云溪县" in line.new for line in offer.lines)
        assert not desk.rule_book.answers(REGION, "resident", YEAR), "looking takes nothing in"
        desk.rule_files.take(offer, AT)
        assert desk.rule_book.answers(REGION, "resident", YEAR)


def test_a_desk_that_never_confirmed_the_hall_takes_nothing(folder: Path, tmp_path: Path) -> None:
    data = signed_at(folder)
    other = tmp_path / "other"
    other_folder(other)
    with opened(other, ZHAO) as desk, pytest.raises(errors.HallRulesRefusedError):
        desk.rule_files.looked_at(file_of(other, data), AT.date())()


def test_what_only_the_author_signed_is_no_file_to_take(folder: Path) -> None:
    with opened(folder, WANG) as desk:
        half = desk.release.sign_as_author(document(), LI, BEGINS, word_of(desk), AT)
        with pytest.raises(errors.HallRulesRefusedError):
            desk.rule_files.looked_at(file_of(folder, half), AT.date())


def test_rules_by_which_a_notice_would_differ_are_taken_from_the_day_after(folder: Path) -> None:
    first = signed_at(folder)
    dearer = signed_at(folder, part=ten_yuan_dearer(release_at(folder).part), revision=2)
    with opened(folder, WANG) as desk:
        take(desk, first)
        outcome = desk.outcome(draft_of(), AT.date())
        seen = {reason.code for reason in desk.households.doubts((outcome,), AT)}
        (issued,) = desk.households.issue((outcome,), AT, ("click-1",), seen)
        offer = desk.rule_files.looked_at(file_of(folder, dearer), AT.date())()
        assert isinstance(offer, HallOffer)
        tomorrow = AT.date() + timedelta(days=1)
        assert f"已经出的 1 份通知单（{issued.notice.number}）按它会有出入" in told_offer(offer)
        assert f"从 {tomorrow} 起使用" in told_offer(offer)
        assert next((one.old, one.new) for one in offer.lines if "金额" in one.text) == (
            "420.00",
            "430.00",
        )
        desk.rule_files.take(offer, AT)
        assert [one.release.revision for one in desk.hall_rules.in_force] == [1], (
            "not before tomorrow"
        )
        desk.outcome(draft_of(), tomorrow)
        assert [one.release.revision for one in desk.hall_rules.in_force] == [2]


def test_an_offices_bundle_tells_which_rules_of_the_hall_it_ends_and_what_changes(
    folder: Path,
) -> None:
    data = signed_at(folder, part=ten_yuan_dearer(release_at(folder).part))
    with opened(folder, WANG, roots=demo_roots()) as desk:
        take(desk, data)
        offer = desk.rule_files.looked_at(file_of(folder, office(with_yunxi)), AT.date())()
        assert isinstance(offer, UpdatePlan)
        ended, *changes = told_ends(offer)
        assert "已有发布单位的规则" in ended.text
        assert ("430.00", "420.00") in [(one.old, one.new) for one in changes]
        desk.rule_files.take(offer, AT)
        assert desk.hall_rules.in_force == ()
