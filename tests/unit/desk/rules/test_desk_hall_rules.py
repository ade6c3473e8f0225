"""A desk works by rules of its hall once a supervisor there confirmed it, and by no others."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from medcounter.assess.contract import assessment_json
from medcounter.bundle.hall import hall_bundle_errors as errors
from medcounter.desk.access.access_errors import RecoveryRefusedError, SupervisorNeededError
from medcounter.desk.access.sign_in import SUPERVISOR, NewClerk
from medcounter.desk.desk import Desk
from medcounter.desk.draft.draft import Draft
from medcounter.desk.rules.hall_office import Heard
from medcounter.trust.hall import hall_errors
from medcounter.trust.hall.hall_words import words_of
from tests.support.desk.hall_samples import (
    AT,
    CLERK_NAME,
    NAMES,
    REGION,
    YEAR,
    hall_folder,
    opened,
    other_folder,
    release,
    release_at,
    secret_of,
    signed,
    signed_at,
    signer_at,
)

WANG, LI, ZHAO = NAMES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    hall_folder(tmp_path / "first")
    return tmp_path / "first"


@pytest.fixture
def other(tmp_path: Path) -> Path:
    other_folder(tmp_path / "other")
    return tmp_path / "other"


def draft_of(name: str = "钱小满") -> Draft:
    return Draft(
        name=name, id_number="110101199003070038", region=REGION, benefit_year=YEAR,
        payment_date="2026-12-01", scheme="resident",
    )  # fmt: skip


def ten_yuan_dearer(part: bytes) -> bytes:
    """The same rules with a standard of 430, and what each example then comes to."""
    text = part.decode()
    for old, new in (
        ("420.00", "430.00"), ("1120.00", "1130.00"), ("840.00", "860.00"),
        ("210.00", "215.00"),
    ):  # fmt: skip
        text = text.replace(f'"{old}"', f'"{new}"')
    return text.encode()


def take(desk: Desk, data: bytes, begins: date | None = None) -> None:
    desk.hall_rules.take(desk.hall_rules.plan(data, AT.date()), AT, begins)


def confirm(desk: Desk, data: bytes) -> None:
    hall = desk.hall_office.offered(data)[-1].hall_key
    desk.hall_office.confirm(data, Heard("，".join(words_of(hall))), AT)


def test_rules_signed_by_two_answer_from_their_day_on_and_say_whose_they_are(folder: Path) -> None:
    data = signed_at(folder)
    with opened(folder, WANG) as desk:
        assert not desk.rule_book.answers(REGION, "resident", YEAR)
        plan = desk.hall_rules.plan(data, AT.date())
        assert (plan.old, plan.differing, plan.earliest) == (None, (), AT.date())
        take(desk, data)
        found = desk.outcome(draft_of(), AT.date())
        assert found.shown is not None
        assert found.shown.hall_rules is not None
        assert found.shown.hall_rules.sentence.startswith("规则由本厅编制，编制 王敏，复核 李强")
    with opened(folder, CLERK_NAME) as desk:
        assert desk.rule_book.answers(REGION, "resident", YEAR)


def test_rules_of_a_later_day_wait_for_it(folder: Path) -> None:
    data = signed_at(folder, begins=date(2026, 12, 5))
    with opened(folder, WANG) as desk:
        take(desk, data)
        assert not desk.rule_book.answers(REGION, "resident", YEAR)
        desk.outcome(draft_of(), date(2026, 12, 5))
        assert desk.rule_book.answers(REGION, "resident", YEAR)


def test_another_desk_takes_them_once_its_supervisor_heard_the_words(
    folder: Path, other: Path
) -> None:
    data = signed_at(folder)
    with opened(other, ZHAO) as desk:
        with pytest.raises(errors.HallUnconfirmedError):
            desk.hall_rules.plan(data, AT.date())
        with pytest.raises(hall_errors.HallWordsDifferError):
            desk.hall_office.confirm(data, Heard("白菜 苹果 香蕉 葡萄 西瓜 南瓜"), AT)
        confirm(desk, data)
        take(desk, data)
    with opened(other, CLERK_NAME) as desk:
        assert desk.hall_rules.in_force[0].data == data


def test_a_clerk_confirms_nothing_and_carries_what_was_confirmed(folder: Path, other: Path) -> None:
    data = signed_at(folder)
    with opened(other, CLERK_NAME) as desk, pytest.raises(SupervisorNeededError):
        confirm(desk, data)
    with opened(other, ZHAO) as desk:
        confirm(desk, data)
    with opened(other, CLERK_NAME) as desk:
        take(desk, data)
        assert desk.rule_book.answers(REGION, "resident", YEAR)


def test_without_sign_in_there_are_no_rules_of_a_hall(folder: Path, tmp_path: Path) -> None:
    data = signed_at(folder)
    desk = Desk.open(tmp_path / "open", AT)
    try:
        with pytest.raises(errors.HallRulesUnsignedDeskError):
            desk.hall_rules.plan(data, AT.date())
    finally:
        desk.close(with_backup=False)


def test_an_older_file_of_the_place_and_another_of_the_same_number_are_refused(
    folder: Path,
) -> None:
    first, second = signed_at(folder), signed_at(folder, revision=2)
    clash = signed_at(folder, revision=2, released=date(2026, 11, 29))
    with opened(folder, WANG) as desk:
        take(desk, second)
        for data, refused in (
            (first, errors.HallRulesOlderError),
            (second, errors.HallRulesOlderError),
            (clash, errors.HallRevisionClashError),
        ):
            with pytest.raises(refused):
                desk.hall_rules.plan(data, AT.date())
    with opened(folder, LI) as desk, pytest.raises(errors.HallRulesOlderError):
        desk.hall_rules.plan(first, AT.date())


def test_who_was_taken_off_between_the_signatures_has_not_signed(
    folder: Path, tmp_path: Path
) -> None:
    what = release_at(folder)
    data = signed(what, signer_at(folder, WANG), signer_at(folder, LI)).data
    with opened(folder, LI) as desk:
        desk.access.clerks.remove(WANG, AT)
        desk.hall_office.certify(hall_folder(tmp_path / "again"), AT)
        with pytest.raises(errors.HallPersonRemovedError):
            desk.hall_rules.plan(data, AT.date())


def test_who_comes_later_is_vouched_for_by_another_and_confirmed_at_each_desk(
    folder: Path, other: Path, tmp_path: Path
) -> None:
    recovery = hall_folder(tmp_path / "again")
    with opened(other, ZHAO) as desk:
        confirm(desk, signed_at(folder))
    with opened(folder, WANG) as desk:
        desk.access.clerks.add(NewClerk(ZHAO, SUPERVISOR, secret_of(ZHAO)), AT)
    with opened(folder, ZHAO) as desk, pytest.raises(hall_errors.HallPersonUnvouchedError):
        desk.hall_office.certify(recovery, AT)
    with opened(folder, WANG) as desk:
        certificate = desk.hall_office.certify(recovery, AT)
        assert certificate.serial == 2
        certificates = desk.hall_rules.state.certificates
    zhao = next(one for one in certificate.people if one.name == ZHAO)
    what = replace(release_at(folder), certificates=certificates, reviewer=zhao.id)
    data = signed(what, signer_at(folder, WANG), signer_at(folder, ZHAO)).data
    with opened(other, ZHAO) as desk:
        with pytest.raises(errors.HallPersonUnconfirmedError):
            desk.hall_rules.plan(data, AT.date())
        words = "".join(words_of(zhao.public))
        desk.hall_office.confirm(data, Heard(words, ZHAO), AT)
        take(desk, data)
        assert desk.hall_rules.in_force


def test_another_hall_is_confirmed_by_the_recovery_key_alone(
    folder: Path, other: Path, tmp_path: Path
) -> None:
    recovery = other_folder(tmp_path / "again")
    with opened(other, ZHAO) as desk:
        confirm(desk, signed_at(folder))
    again = tmp_path / "third"
    hall_folder(again)
    with opened(again, WANG) as desk:
        desk.hall_office.make_key(hall_folder(tmp_path / "fourth"), AT, renew=True)
        data = desk.hall_office.certificate_file()
        words = "".join(desk.hall_office.words)
    with opened(other, ZHAO) as desk:
        with pytest.raises(errors.HallChangedError):
            desk.hall_office.confirm(data, Heard(words), AT)
        desk.hall_office.confirm(data, Heard(words), AT, recovery)
        with pytest.raises(errors.HallOfOthersError):
            desk.hall_rules.plan(signed_at(folder), AT.date())
    with opened(other, ZHAO) as desk:
        assert desk.hall_office.words == tuple(words[at : at + 2] for at in range(0, 12, 2))


def test_a_key_made_anew_leaves_out_who_was_not_on_the_certificate(
    folder: Path, tmp_path: Path
) -> None:
    recovery = hall_folder(tmp_path / "again")
    with opened(folder, WANG) as desk:
        desk.access.clerks.add(NewClerk(ZHAO, SUPERVISOR, secret_of(ZHAO)), AT)
        with pytest.raises(hall_errors.HallKeyExistsError):
            desk.hall_office.make_key(recovery, AT)
        desk.hall_office.make_key(recovery, AT, renew=True)
        assert {one.name for one in desk.hall_rules.state.people} == {WANG, LI}


def test_a_notice_that_would_differ_keeps_new_rules_from_its_day(folder: Path) -> None:
    first = signed_at(folder)
    dearer = signed_at(folder, part=ten_yuan_dearer(release_at(folder).part), revision=2)
    with opened(folder, WANG) as desk:
        take(desk, first)
        outcome = desk.outcome(draft_of(), AT.date())
        assert outcome.can_issue, outcome.blocked_by
        seen = {reason.code for reason in desk.households.doubts((outcome,), AT)}
        (issued,) = desk.households.issue((outcome,), AT, ("click-1",), seen)
        plan = desk.hall_rules.plan(dearer, AT.date())
        assert plan.differing == (issued.notice.number,)
        assert plan.earliest == AT.date() + timedelta(days=1)
        with pytest.raises(errors.HallRulesBackdatedError, match=issued.notice.number):
            desk.hall_rules.take(plan, AT)
        desk.hall_rules.take(plan, AT, plan.earliest)
        stored = assessment_json(outcome.chosen.assessment) if outcome.chosen else {}
        desk.outcome(draft_of(), plan.earliest)
        assert [one.release.revision for one in desk.hall_rules.in_force] == [2]
        assert desk.hall_rules.replay(stored).same


@pytest.mark.parametrize("is_at_hand", [True, False])
def test_a_renewed_recovery_key_takes_the_halls_over_where_the_old_one_is_at_hand(
    folder: Path, tmp_path: Path, *, is_at_hand: bool
) -> None:
    recovery = hall_folder(tmp_path / "again")
    with opened(folder, WANG) as desk:
        renewed = desk.access.clerks.begin_recovery()
        renewed.finish(renewed.recovery_text, AT, recovery if is_at_hand else "")
        assert desk.hall_office.has_key == is_at_hand
        desk.access.clerks.add(NewClerk(ZHAO, SUPERVISOR, secret_of(ZHAO)), AT)
        if is_at_hand:
            assert desk.hall_office.certify(renewed.recovery_text, AT).serial == 2
            with pytest.raises(RecoveryRefusedError):
                desk.hall_office.certify(recovery, AT)
        else:
            with pytest.raises(hall_errors.HallKeyMissingError):
                desk.hall_office.certify(renewed.recovery_text, AT)
    with opened(folder, LI) as desk:
        take(desk, signed_from(desk, folder))


def signed_from(desk: Desk, folder: Path) -> bytes:
    """What both sign under the certificates that a desk knows."""
    certificates = desk.hall_rules.state.certificates
    people = {one.name: one for one in certificates[-1].people}
    what = replace(
        release(),
        certificates=certificates,
        author=people[WANG].id,
        reviewer=people[LI].id,
    )
    return signed(what, signer_at(folder, WANG), signer_at(folder, LI)).data
