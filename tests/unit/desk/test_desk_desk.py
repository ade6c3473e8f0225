"""Everything a counter does in a day, through the desk's own calls."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from medcounter.bundle.bundle_errors import BundleOlderError
from medcounter.bundle.shipped import open_shipped
from medcounter.desk.counter.issuing import NotIssuableError, PartyErasedError
from medcounter.desk.desk import Desk
from medcounter.desk.draft.draft import Draft
from medcounter.desk.evaluate.basis import RulesChangedError
from medcounter.desk.evaluate.household import Household
from medcounter.desk.evaluate.outcome import Outcome
from medcounter.rules.faults import BundleUnreadableError
from medcounter.settings import Settings
from medcounter.store.store_errors import (
    NoticeUnknownError,
    NoticeVoidError,
    ReasonMissingError,
    StoreInUseError,
)
from medcounter.trust.trust_errors import PackageTamperedError, PackageUnsignedError
from tests.support.desk.counter_samples import faults_of, issue_seen, last_draft, ledger_page
from tests.support.desk.desk_samples import newer_rules
from tests.support.store.store_samples import AT, demo_roots, erase_party

ON = AT.date()
RESIDENT = Draft(
    region="360000",
    benefit_year=2025,
    name="张三",
    id_number="11010519491231002X",
    agent="李四",
    agent_relation="儿子",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def desk(folder: Path) -> Iterator[Desk]:
    desk = Desk.open(folder, AT, roots=demo_roots())
    yield desk
    desk.close(with_backup=False)


def answered(desk: Desk, **changes: Any) -> Outcome:  # noqa: ANN401 -- any field
    return desk.outcome(replace(RESIDENT, **changes), ON)


def dearer(document: dict[str, Any]) -> None:
    """Raise Jiangxi's standard for 2026, and ask its examples no more for what is paid."""
    for programme in document["programmes"]:
        for rule in programme.get("rules", []) if programme["id"] == "jiangxi-2026" else []:
            if rule["question"] == "standard":
                rule["answer"]["items"][0]["amount"] = "420.00"
                rule["applies"] = rule["applies"].replace("400 元", "420 元")
    for example in document["examples"]:
        if (example["facts"]["region"][:2], example["facts"]["benefit_year"]) == ("36", 2026):
            expected = example["expect"].items()
            example["expect"] = {key: value for key, value in expected if key[:3] != "fee"}


def test_a_first_start_takes_the_shipped_rules_in(desk: Desk) -> None:
    assert desk.rules.state.origin == "shipped"
    assert desk.rules.state.sha256 == open_shipped().sha256
    assert desk.settings == Settings()
    assert {"360000", "361000"} <= {place.code for place in desk.rule_book.regions()}


def test_a_hall_without_a_set_place_is_asked_for_it(desk: Desk) -> None:
    draft = desk.new_draft(date(2025, 3, 5))
    assert draft == Draft(benefit_year=2025)
    assert desk.outcome(draft, ON).problems[0].field == "region"


def test_a_new_draft_begins_in_the_halls_place_and_the_year_in_season(desk: Desk) -> None:
    desk.save_settings(Settings(region="360000"), AT)
    assert desk.new_draft(date(2025, 3, 5)) == Draft(region="360000", benefit_year=2025)
    # In the window of 2026, from 2025-10-15 on.
    assert desk.new_draft(date(2025, 10, 15)).benefit_year == 2026
    # 2030 has no rules; 2026 is the nearest that has.
    assert desk.new_draft(date(2030, 5, 1)).benefit_year == 2026
    desk.save_settings(Settings(region="361000", benefit_year=2025), AT)
    assert desk.new_draft(date(2026, 5, 1)) == Draft(region="361000", benefit_year=2025)


def test_an_issued_notice_carries_what_the_screen_showed(desk: Desk) -> None:
    desk.save_settings(Settings(hall="赣州市政务服务中心", desk="03", clerk="李敏"), AT)
    issued = issue_seen(desk, answered(desk), AT, "click-1")
    notice = issued.notice
    assert notice.number == "2025-03-000001"
    assert (notice.person.name, notice.person.id_shown) == ("张三", "1101**********002X")
    assert (notice.person.agent, notice.person.relation) == ("李四", "儿子")
    assert (notice.office.hall, notice.office.clerk) == ("赣州市政务服务中心", "李敏")
    assert notice.total == 40000
    assert notice.benefits.cover is not None
    assert notice.benefits.cover.start == date(2025, 6, 5)
    assert (issued.print_no, issued.prints, issued.state) == (1, 1, "issued")
    assert issued.standing.unconfirmed


def test_the_same_click_twice_is_one_notice(desk: Desk) -> None:
    first = issue_seen(desk, answered(desk), AT, "click-1")
    again = issue_seen(desk, answered(desk), AT, "click-1")
    assert again == first
    assert ledger_page(desk).total == 1


def test_numbers_follow_one_another(desk: Desk) -> None:
    numbers = [issue_seen(desk, answered(desk), AT, f"click-{n}").notice.number for n in (1, 2, 3)]
    assert numbers == ["2025-01-000001", "2025-01-000002", "2025-01-000003"]


def test_the_chosen_option_is_what_is_issued(desk: Desk) -> None:
    issued = issue_seen(desk, answered(desk, option="last-day"), AT, "click-1")
    assert issued.notice.benefits.payment_date == date(2025, 12, 31)


def test_a_specimen_has_no_number_and_leaves_no_trace(desk: Desk) -> None:
    specimen = desk.notices.preview(answered(desk, name=""), AT)
    assert (specimen.number, specimen.check_code) == (None, None)
    assert ledger_page(desk).total == 0


def test_what_may_not_be_issued_is_refused_with_its_reason(desk: Desk) -> None:
    with pytest.raises(NotIssuableError, match="请填写姓名"):
        desk.households.issue((answered(desk, name=""),), AT, ("click-1",))
    with pytest.raises(NotIssuableError):
        desk.notices.preview(answered(desk, region="330000"), AT)
    assert ledger_page(desk).total == 0


def test_an_answer_by_older_rules_is_not_issued(desk: Desk) -> None:
    before = answered(desk)
    desk.rules.install(desk.rules.planner(newer_rules())(), AT)
    with pytest.raises(RulesChangedError):
        desk.households.issue((before,), AT, ("click-1",))
    assert issue_seen(desk, answered(desk), AT, "click-2").notice.stamp.revision == 7


def test_a_reprint_is_counted_and_shows_what_was_stored(desk: Desk) -> None:
    first = issue_seen(desk, answered(desk), AT, "click-1")
    number = str(first.notice.number)
    desk.rules.install(desk.rules.planner(newer_rules(dearer))(), AT)
    again = desk.notices.reprint(number, AT + timedelta(hours=1))
    assert again.notice == first.notice
    assert (again.print_no, again.prints) == (2, 2)
    assert desk.notices.find(number) == again


def test_a_print_is_unconfirmed_until_somebody_says_how_it_went(desk: Desk) -> None:
    number = str(issue_seen(desk, answered(desk), AT, "click-1").notice.number)
    assert desk.notices.find(number).standing.unconfirmed
    desk.notices.mark_printed(number, 1, AT, ok=True)
    assert not desk.notices.find(number).standing.unconfirmed


def test_a_void_notice_stays_with_its_reason_and_is_not_printed(desk: Desk) -> None:
    number = str(issue_seen(desk, answered(desk), AT, "click-1").notice.number)
    voided = desk.notices.void(number, "身份填错", AT)
    assert (voided.state, voided.void_reason) == ("void", "身份填错")
    with pytest.raises(NoticeVoidError):
        desk.notices.reprint(number, AT)
    with pytest.raises(NoticeVoidError):
        desk.notices.void(number, "再作废", AT)
    assert desk.notices.find(number).prints == 1
    assert ledger_page(desk).rows[0].state == "void"


def test_a_void_without_a_reason_is_refused(desk: Desk) -> None:
    number = str(issue_seen(desk, answered(desk), AT, "click-1").notice.number)
    with pytest.raises(ReasonMissingError):
        desk.notices.void(number, "  ", AT)
    assert desk.notices.find(number).state == "issued"


def test_a_number_nobody_issued_is_said(desk: Desk) -> None:
    for ask in (desk.notices.find, lambda number: desk.notices.reprint(number, AT)):
        with pytest.raises(NoticeUnknownError):
            ask("2025-01-000009")


def test_the_ledger_is_searched_and_shows_no_whole_number(desk: Desk) -> None:
    issue_seen(desk, answered(desk), AT, "click-1")
    issue_seen(
        desk, answered(desk, name="王五", id_number="", birth_date="2025-01-05"), AT, "click-2"
    )
    page = ledger_page(desk, "张三")
    (row,) = page.rows
    assert (page.total, row.name, row.id_masked) == (1, "张三", "1101**********002X")
    assert (row.total, row.coverage_start) == (40000, date(2025, 6, 5))
    assert ledger_page(desk, "002X").total == 1
    assert [row.name for row in ledger_page(desk).rows] == ["王五", "张三"]
    assert ledger_page(desk, "", 1, 1).rows[0].name == "张三"
    assert ledger_page(desk).rows[0].id_masked == ""


def test_an_erased_person_is_said(desk: Desk) -> None:
    number = str(issue_seen(desk, answered(desk), AT, "click-1").notice.number)
    erase_party(desk._store, number, AT, "")  # noqa: SLF001 -- the term is years
    with pytest.raises(PartyErasedError):
        desk.notices.find(number)
    with pytest.raises(PartyErasedError):
        desk.notices.reprint(number, AT)
    assert ledger_page(desk).rows[0].name == "（已删除）"
    assert faults_of(desk) == ()


def test_a_plan_shows_the_difference_and_changes_nothing(desk: Desk) -> None:
    plan = desk.rules.planner(newer_rules(dearer))()
    assert (plan.old.revision, plan.new.revision) == (1, 7)
    assert any("420.00" in line.text for line in plan.difference)
    assert desk.rules.state.revision == 1


def test_new_rules_count_from_the_moment_they_are_taken_in(desk: Desk, folder: Path) -> None:
    state = desk.rules.install(desk.rules.planner(newer_rules(dearer))(), AT)
    assert (state.revision, state.origin) == (7, "synced")
    result = answered(desk, benefit_year=2026, payment_date="2025-11-20")
    assert result.assessment is not None
    assert result.assessment.fee is not None
    assert result.assessment.fee.total == 42000
    desk.close()
    again = Desk.open(folder, AT, roots=demo_roots())
    assert again.rules.state.revision == 7
    again.close()


def wrong_example(document: dict[str, Any]) -> None:
    document["examples"][0]["expect"]["fee.total"] = "1.00"


@pytest.mark.parametrize(
    ("offered", "refusal"),
    [
        (b"{}", PackageUnsignedError),
        (newer_rules().replace(b'payload":"', b'payload":"eyJ9', 1), PackageTamperedError),
        (newer_rules(lambda document: document.update(colour=1)), BundleUnreadableError),
        (
            newer_rules(
                lambda document: document["examples"][0]["expect"].update({"fee.total": "1.00"})
            ),
            BundleUnreadableError,
        ),
    ],
)
def test_a_refused_bundle_changes_nothing(
    desk: Desk, offered: bytes, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        desk.rules.planner(offered)()
    assert desk.rules.state.revision == 1


def test_an_older_bundle_is_refused_even_between_plan_and_taking_in(desk: Desk) -> None:
    seventh, eighth = (
        desk.rules.planner(newer_rules())(),
        desk.rules.planner(newer_rules(revision=8))(),
    )
    desk.rules.install(eighth, AT)
    with pytest.raises(BundleOlderError):
        desk.rules.planner(newer_rules())()
    with pytest.raises(BundleOlderError):
        desk.rules.install(seventh, AT)
    assert desk.rules.state.revision == 8


def test_a_bundle_file_is_planned_by_its_path(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "rules.json"
    path.write_bytes(newer_rules())
    assert desk.rules.planner(path)().new.revision == 7


def test_a_draft_is_back_after_a_crash(desk: Desk, folder: Path) -> None:
    assert last_draft(desk) is None
    desk.households.save(Household((RESIDENT,)), AT)
    desk.close()
    again = Desk.open(folder, AT, roots=demo_roots())
    assert last_draft(again) == RESIDENT
    again.households.clear()
    assert last_draft(again) is None
    again.close()


@pytest.mark.usefixtures("desk")
def test_a_second_desk_on_the_same_data_is_refused(folder: Path) -> None:
    with pytest.raises(StoreInUseError):
        Desk.open(folder, AT, roots=demo_roots())


def test_settings_are_kept_and_count_at_once(desk: Desk, folder: Path) -> None:
    wanted = Settings(hall="甲", desk="07")
    assert desk.save_settings(wanted, AT) is None
    assert desk.settings == wanted
    desk.close()
    again = Desk.open(folder, AT, roots=demo_roots())
    assert (again.settings, again.settings_problems) == (wanted, ())
    again.close()


def test_an_unreadable_settings_file_is_said_and_the_desk_opens(folder: Path) -> None:
    folder.mkdir()
    (folder / "settings.json").write_text("{")
    desk = Desk.open(folder, AT, roots=demo_roots())
    (said,) = desk.settings_problems
    assert "原文件会保留" in said
    kept = desk.save_settings(Settings(desk="02"), AT)
    assert kept is not None
    assert not desk.settings_problems
    desk.close()


def test_neither_name_nor_number_is_written_outside_the_encrypted_files(
    desk: Desk, folder: Path
) -> None:
    number = str(issue_seen(desk, answered(desk), AT, "click-1").notice.number)
    desk.households.save(Household((RESIDENT,)), AT)
    desk.notices.void(number, "身份填错", AT)
    desk.close()
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    for secret in ("张三", "11010519491231002X", "李四"):
        assert secret.encode() not in everything
    assert b"notice 2025-01-000001 issued" in everything


def test_a_number_the_clerk_insisted_on_is_remembered_in_the_log(desk: Desk, folder: Path) -> None:
    issue_seen(desk, answered(desk, id_number="110105194912310021!"), AT, "click-1")
    desk.close()
    log = (folder / "logs" / "medcounter.log").read_text("utf-8")
    assert "2025-01-000001 issued, with a number that fails its check" in log
    assert "110105194912310021" not in log


def test_a_time_with_its_zone_is_kept(desk: Desk) -> None:
    issue_seen(desk, answered(desk), AT, "click-1")
    assert ledger_page(desk).rows[0].issued_at == AT
    assert isinstance(ledger_page(desk).rows[0].issued_at, datetime)
