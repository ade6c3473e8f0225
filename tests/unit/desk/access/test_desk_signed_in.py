"""What a person at the desk may do, and what the ledger keeps of it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from medcounter.desk.access import sign_in
from medcounter.desk.access.access_errors import (
    AuditorLooksOnlyError,
    SignInOffError,
    SignInRefusedError,
    SupervisorNeededError,
)
from medcounter.desk.access.sign_in import AUDITOR, CLERK, SUPERVISOR, Approval, NewClerk
from medcounter.desk.counter.issue_reasons import LABELS
from medcounter.desk.desk import Desk
from medcounter.desk.draft.draft import Draft
from medcounter.desk.evaluate.household import Household
from medcounter.store.ledger.ledger_filter import LedgerFilter
from medcounter.store.store_errors import NoticeUnknownError, NotInAuditorsCopyError
from tests.support.desk.counter_samples import faults_of, issue_seen, ledger_page
from tests.support.store.access_samples import (
    CLERKS,
    LI,
    SECRETS,
    WANG,
    ZHAO,
    pass_of,
)
from tests.support.store.store_samples import AT
from tests.support.system.destination_at import destination_at

RESIDENT = Draft(region="360000", benefit_year=2025, name="张三", id_number="11010519491231002X")
NUMBER = "2025-01-000001"
QIAN = NewClerk("钱进", CLERK, "dong nan xi bei")


def issue(desk: Desk) -> str:
    outcome = desk.outcome(RESIDENT, AT.date())
    return issue_seen(desk, outcome, AT, "click").notice.number or ""


def at(desk: Desk, name: str) -> None:
    desk.access.unlock(desk.access.slots.let_in(name, SECRETS[name], AT), AT)


def approve(desk: Desk, act: str) -> Approval:
    return desk.access.approve(ZHAO, SECRETS[ZHAO], act, AT)


def events(desk: Desk, kind: str) -> list[tuple[str, str]]:
    """Clerk and detail of each event of a kind."""
    lines = b"".join(desk.register.export_audit(AT)).decode().splitlines()
    return [(line, kind) for line in lines if f'"{kind}"' in line]


def test_notices_bear_the_name_of_who_signed_in(desk: Desk) -> None:
    number = issue(desk)
    assert desk.notices.find(number).notice.office.clerk == LI
    assert ledger_page(desk, number).rows[0].clerk == LI
    at(desk, ZHAO)
    assert desk.settings.clerk == ZHAO


def test_saving_the_settings_does_not_save_who_signed_in(desk: Desk, folder: Path) -> None:
    desk.save_settings(replace(desk.settings, hall="临川区政务服务中心"), AT)
    assert LI.encode() not in (folder / "settings.json").read_bytes()
    assert (desk.settings.hall, desk.settings.clerk) == ("临川区政务服务中心", LI)


def test_a_clerk_voids_only_with_a_supervisors_word_and_that_once(desk: Desk) -> None:
    number = issue(desk)
    with pytest.raises(SupervisorNeededError, match="作废要主管同意"):
        desk.notices.void(number, "填错", AT)
    with pytest.raises(SupervisorNeededError):
        desk.notices.void(number, "填错", AT, approve(desk, "clock"))
    given = approve(desk, "void")
    assert given.by == ZHAO
    assert desk.notices.void(number, "填错", AT, given).state == "void"
    with pytest.raises(SupervisorNeededError):
        desk.access.require("void", given)


def test_a_word_that_nobody_gave_is_worth_nothing(desk: Desk) -> None:
    with pytest.raises(SupervisorNeededError):
        desk.access.require("void", Approval("void", ZHAO, "0" * 32))


@pytest.mark.parametrize("name", [LI, WANG])
def test_only_a_supervisor_gives_that_word(desk: Desk, name: str) -> None:
    with pytest.raises(SupervisorNeededError, match="不是主管"):
        desk.access.approve(name, SECRETS[name], "void", AT)
    with pytest.raises(SignInRefusedError):
        desk.access.approve(ZHAO, "wrong", "void", AT)


def test_a_correction_voids_and_so_needs_it_too(desk: Desk) -> None:
    number = issue(desk)
    with pytest.raises(SupervisorNeededError):
        desk.register.correct(number, "填错", AT)
    assert desk.register.correct(number, "填错", AT, approve(desk, "void")).name == "张三"
    assert desk.notices.find(number).state == "void"


def test_a_run_of_a_list_is_voided_by_one_word_of_a_supervisor_and_only_that(desk: Desk) -> None:
    people = [replace(RESIDENT, name=name) for name in ("张三", "李四", "王五")]
    for index, draft in enumerate(people):
        outcome = desk.outcome(draft, AT.date())
        desk.households.issue((outcome,), AT, (f"click-{index}",), LABELS, run="a1")
    with pytest.raises(SupervisorNeededError, match="整批作废要主管同意"):
        desk.register.void_run(NUMBER, "名单拿错了", AT)
    with pytest.raises(SupervisorNeededError):
        desk.register.void_run(NUMBER, "名单拿错了", AT, approve(desk, "void"))
    assert len(desk.register.run_of(NUMBER).valid) == 3
    given = approve(desk, "void-run")
    assert len(desk.register.void_run(NUMBER, "名单拿错了", AT, given).valid) == 3
    assert faults_of(desk) == ()
    number = issue(desk)
    for word in (None, given):
        with pytest.raises(SupervisorNeededError):
            desk.notices.void(number, "填错", AT, word)


def test_the_clock_and_the_unmasked_export_need_it_too(desk: Desk) -> None:
    with pytest.raises(SupervisorNeededError, match="电脑时间"):
        desk.health.accept_clock(AT, "校准")
    with pytest.raises(SupervisorNeededError, match="导出"):
        desk.register.export_audit(AT, masked=False)
    with pytest.raises(SupervisorNeededError, match="导出"):
        desk.register.export(
            destination_at(Path("table.xlsx")), "", LedgerFilter(), AT, masked=False
        )
    desk.health.accept_clock(AT, "校准", approve(desk, "clock"))
    assert b"".join(desk.register.export_audit(AT, masked=False, approval=approve(desk, "export")))


def test_a_supervisor_needs_nobodys_word(desk: Desk) -> None:
    number = issue(desk)
    at(desk, ZHAO)
    desk.health.accept_clock(AT, "校准")
    assert desk.notices.void(number, "填错", AT).state == "void"


def test_an_auditor_looks_verifies_and_exports_masked_and_does_nothing_else(
    desk: Desk, folder: Path
) -> None:
    number = issue(desk)
    outcome = desk.outcome(RESIDENT, AT.date())
    (one,) = desk.households.issue((outcome,), AT, ("of a list",), LABELS, run="a1")
    listed = one.notice.number or ""
    desk.close()
    desk = Desk.open(folder, AT, who=pass_of(folder, WANG))
    assert ledger_page(desk).total == 2
    assert faults_of(desk) == ()
    assert b"".join(desk.register.export_audit(AT))
    acts = (
        lambda: desk.households.issue((outcome,), AT, ("another",))[0],
        lambda: desk.notices.reprint(number, AT),
        lambda: desk.notices.void(number, "填错", AT, approve(desk, "void")),
        lambda: desk.health.accept_clock(AT, "校准", approve(desk, "clock")),
        lambda: desk.households.issue([outcome, outcome], AT, ["one", "two"]),
        lambda: desk.register.correct(number, "填错", AT, approve(desk, "void")),
        lambda: desk.register.void_run(listed, "填错", AT, approve(desk, "void-run")),
        lambda: desk.register.mark_entered([number], AT),
        lambda: desk.days.close(AT.date(), AT),
        lambda: desk.notices.mark_printed(number, 1, AT, ok=True),
        lambda: desk.access.reveal(number, AT),
        lambda: desk.households.park(Household((RESIDENT,)), AT),
        lambda: desk.households.unpark(AT),
        lambda: desk.save_settings(replace(desk.settings, hall="别处"), AT),
        lambda: next(iter(desk.retention.erase(AT, approve(desk, "erase")))),
    )
    for act in acts:
        with pytest.raises((AuditorLooksOnlyError, NotInAuditorsCopyError)):
            act()
    with pytest.raises(SupervisorNeededError):
        desk.register.export_audit(AT, masked=False)
    assert desk.people.find("张三") == ()
    assert desk.people.begin(Draft(), number, AT) == Draft()
    desk.close()


def test_what_guards_the_counter_is_changed_by_a_supervisor_only(desk: Desk) -> None:
    loosened = replace(desk.settings, lock_minutes=0)
    with pytest.raises(SupervisorNeededError, match="原来的照旧"):
        desk.save_settings(loosened, AT)
    assert desk.settings.lock_minutes == 10
    at(desk, ZHAO)
    desk.save_settings(loosened, AT)
    assert desk.settings == replace(loosened, clerk=ZHAO)


def test_whole_numbers_on_paper_are_a_supervisors_choice(desk: Desk) -> None:
    with pytest.raises(SupervisorNeededError):
        desk.save_settings(replace(desk.settings, whole_id=True), AT)
    assert not desk.settings.whole_id


def test_a_whole_id_number_is_shown_only_after_it_was_written_down(desk: Desk) -> None:
    number = issue(desk)
    assert desk.access.reveal(number, AT) == "11010519491231002X"
    assert len(events(desk, "reveal")) == 1
    with pytest.raises(NoticeUnknownError):
        desk.access.reveal("2025-01", AT)


def test_who_is_found_by_name_brings_a_whole_number_that_is_written_down(desk: Desk) -> None:
    number = issue(desk)
    (match,) = desk.people.find("张三")
    assert RESIDENT.id_number not in repr(match)
    assert events(desk, "reveal") == []
    assert desk.people.begin(Draft(), number, AT).id_number == RESIDENT.id_number
    ((line, _),) = events(desk, "reveal")
    _id, _kind, _at, notice, _print_no, clerk, *_rest = json.loads(line)["event"]
    assert (notice, clerk) == (1, LI)


def test_who_shows_a_card_is_filled_in_and_nothing_was_shown(desk: Desk) -> None:
    number = issue(desk)
    typed = Draft(id_number=RESIDENT.id_number)
    assert desk.people.recognise(typed).name == "张三"
    assert desk.people.begin(typed, number, AT).name == "张三"
    assert events(desk, "reveal") == []


def test_each_correction_writes_down_that_the_whole_number_was_shown(desk: Desk) -> None:
    number = issue(desk)
    for times in (1, 2):
        draft = desk.register.correct(number, "填错", AT, approve(desk, "void"))
        assert draft.id_number == RESIDENT.id_number
        assert len(events(desk, "reveal")) == times
        assert len(events(desk, "void")) == 1
    assert faults_of(desk) == ()


def test_every_sign_in_refusal_and_change_of_clerks_is_an_event(desk: Desk) -> None:
    with pytest.raises(SignInRefusedError):
        desk.access.unlock(desk.access.slots.let_in(LI, "wrong", AT), AT)
    at(desk, ZHAO)
    desk.access.clerks.add(QIAN, AT)
    desk.access.clerks.remove(QIAN.name, AT)
    told = "\n".join(line for line, _ in events(desk, "sign-in"))
    for act in ("set-up", "signed-in", "clerk-added", "clerk-removed"):
        assert act in told
    (refused,) = [line for line, _ in events(desk, "failure")]
    assert LI in refused
    assert faults_of(desk) == ()


def test_tries_refused_before_the_ledger_opened_are_told_by_it_once(folder: Path) -> None:
    for name in (LI, "nobody"):
        with pytest.raises(SignInRefusedError):
            sign_in.sign_in(folder, name, "wrong")
    for _ in range(2):
        desk = Desk.open(folder, AT, who=pass_of(folder))
        assert len(events(desk, "failure")) == 1
        desk.close()


def test_without_sign_in_everybody_does_everything(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path / "open", AT)
    number = issue(desk)
    assert desk.access.who is None
    assert desk.access.reveal(number, AT, "李晓") == "11010519491231002X"
    assert desk.notices.void(number, "填错", AT).state == "void"
    with pytest.raises(SignInOffError):
        desk.access.clerks.add(QIAN, AT)
    desk.close()


def test_the_roles_are_the_three_of_the_set_up() -> None:
    assert {clerk.role for clerk in CLERKS} == {CLERK, SUPERVISOR, AUDITOR}


def test_the_data_key_of_a_desk_that_was_left_is_overwritten_where_it_lies(folder: Path) -> None:
    desk = Desk.open(folder, AT, who=pass_of(folder))
    held = desk._store.data_key.secret  # noqa: SLF001 - the very bytes
    desk.close(with_backup=False)
    assert held != bytes(len(held))
    desk.access.forget()
    assert held == bytes(len(held))
