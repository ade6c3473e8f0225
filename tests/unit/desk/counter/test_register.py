"""The ledger narrowed, corrected, entered elsewhere and exported."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from medcounter.desk.counter.export_kinds import TableUnsavedError
from medcounter.desk.counter.register import (
    ENTERED_ONES,
    EVERYTHING,
    TO_ENTER,
    LedgerFilter,
    PersonUnknownError,
)
from medcounter.desk.desk import Desk
from medcounter.desk.draft.draft import Draft
from medcounter.store.audit import audit_reading
from medcounter.store.store_errors import (
    ClockBackError,
    NoticeReplacedError,
    NoticeUnknownError,
    NoticeVoidError,
    ReasonMissingError,
)
from medcounter.wording.terms import CORRECTED, ISSUED, UNCONFIRMED, VOID
from tests.support.desk.counter_samples import (
    HALL,
    ID_NUMBER,
    Counter,
    faults_of,
    issue_seen,
    last_draft,
    ledger_page,
    open_counter,
)
from tests.support.store.store_samples import demo_roots, raw
from tests.support.system.destination_at import destination_at

TODAY = date(2025, 3, 5)
WU_MEI = "360102199003072124"
FIRST, SECOND, THIRD = (f"2025-03-{number:06d}" for number in (1, 2, 3))
# The namespace of SpreadsheetML, ECMA-376 part 1.
CELLS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OLD, NEW = "360102840229001", "36010219840229001X"


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    counter = open_counter(tmp_path / "data")
    yield counter
    counter.desk.close(with_backup=False)


def numbers(counter: Counter, query: str = "", **wanted: object) -> list[int]:
    """The sequence numbers a filter finds, newest first."""
    within = LedgerFilter(**wanted)  # type: ignore[arg-type]  # names are checked at run time
    page = counter.desk.register.page(query, 50, 0, within, counter.clock().date())
    assert page.total == len(page.rows)
    return [int(row.number[-6:]) for row in page.rows]


def issue_three(counter: Counter) -> None:
    """The first confirmed, the second void, the third on the next day by another clerk."""
    counter.issue("吴建国")
    counter.issue("吴梅", id_number=WU_MEI)
    counter.desk.notices.mark_printed(FIRST, 1, counter.clock(), ok=True)
    counter.desk.notices.void(SECOND, "重复出单", counter.clock())
    counter.clock.now += timedelta(days=1)
    counter.desk.save_settings(replace(HALL, clerk="赵敏"), counter.clock())
    counter.issue("吴建国")


def test_days_states_and_clerks_narrow_what_is_found(counter: Counter) -> None:
    issue_three(counter)
    tomorrow = TODAY + timedelta(days=1)
    assert numbers(counter) == [3, 2, 1]
    assert numbers(counter, first_day=TODAY, last_day=TODAY) == [2, 1]
    assert numbers(counter, first_day=tomorrow) == [3]
    assert numbers(counter, state=VOID) == [2]
    assert numbers(counter, state=ISSUED) == [3, 1]
    assert numbers(counter, state=ISSUED, last_day=TODAY) == [1]
    assert numbers(counter, state=UNCONFIRMED) == [3]
    assert numbers(counter, clerk="王丽") == [2, 1]
    assert numbers(counter, clerk="王丽", state=VOID) == [2]
    assert numbers(counter, "吴梅", clerk="王丽") == [2]
    assert numbers(counter, "吴梅", clerk="赵敏") == []


def test_what_is_looked_for_notice_by_notice_goes_back_a_month_unless_days_are_named(
    counter: Counter,
) -> None:
    counter.issue("吴建国")
    counter.clock.now += timedelta(days=31)
    assert numbers(counter, state=UNCONFIRMED) == [1]
    counter.clock.now += timedelta(days=1)
    assert numbers(counter, state=UNCONFIRMED) == []
    assert numbers(counter, state=UNCONFIRMED, first_day=TODAY) == [1]


def test_each_row_says_how_its_notice_stands(counter: Counter) -> None:
    issue_three(counter)
    draft = counter.desk.register.correct(FIRST, "身份填错", counter.clock())
    issue_draft(counter, draft)
    rows = counter.desk.register.page("", 50, 0, EVERYTHING, TODAY).rows
    assert [row.mark for row in rows] == [UNCONFIRMED, UNCONFIRMED, VOID, CORRECTED]
    assert [row.standing.benefit_year for row in rows] == [2025] * 4
    assert (rows[0].standing.replaces, rows[3].standing.replaced_by) == (FIRST, "2025-03-000004")
    assert numbers(counter, state=CORRECTED) == [1]


def test_a_person_is_found_by_number_and_a_newborn_by_name_alone(counter: Counter) -> None:
    counter.issue("吴建国")
    counter.issue("吴梅", id_number=WU_MEI)
    counter.issue("吴小宝", id_number="", birth_date="20250220")
    counter.issue("吴宝", id_number="", birth_date="20250220")
    of = counter.desk.register.person_of
    page = counter.desk.register.page
    for number, expected in ((FIRST, [FIRST]), (SECOND, [SECOND]), (THIRD, [THIRD])):
        rows = page("", 50, 0, of(number), TODAY).rows
        assert [row.number for row in rows] == expected
    in_draft = counter.desk.register.person_in(Draft(id_number=ID_NUMBER, name="另一个名字"))
    assert [row.number for row in page("", 50, 0, in_draft, TODAY).rows] == [FIRST]
    with pytest.raises(PersonUnknownError):
        counter.desk.register.person_in(Draft())
    assert ID_NUMBER not in repr(in_draft)


def issue_draft(counter: Counter, draft: Draft) -> str:
    on = counter.clock().date()
    outcome = counter.desk.outcome(draft, on)
    assert outcome.can_issue, outcome.blocked_by
    counter.issued += 1
    issued = issue_seen(counter.desk, outcome, counter.clock(), f"request-{counter.issued}")
    return issued.notice.number or ""


def test_all_notices_of_a_person_are_found_by_the_old_number_and_the_new_one(
    counter: Counter,
) -> None:
    old = counter.issue("刘闰", id_number=OLD).notice.number or ""
    new = counter.issue("刘闰", id_number=NEW).notice.number or ""
    counter.issue("吴建国")
    for number in (old, new):
        within = counter.desk.register.person_of(number)
        page = counter.desk.register.page("", 10, 0, within, counter.clock().date())
        assert [row.number for row in page.rows] == [new, old]
    for typed in (OLD, NEW.lower()):
        assert [row.number for row in ledger_page(counter.desk, typed).rows] == [new, old]


def test_a_correction_brings_back_what_was_told_and_links_both(counter: Counter) -> None:
    counter.issue("吴建国", agent="吴梅", agent_relation="女儿", payment_date="20250320")
    draft = counter.desk.register.correct(FIRST, "代办人填错", counter.clock())
    assert counter.desk.notices.find(FIRST).void_reason == "代办人填错"
    assert (draft.name, draft.id_number, draft.replaces) == ("吴建国", ID_NUMBER, FIRST)
    assert (draft.agent, draft.agent_relation) == ("吴梅", "女儿")
    assert (draft.region, draft.benefit_year) == ("360000", 2025)
    assert draft.payment_date == "2025-03-20"
    number = issue_draft(counter, draft.with_("agent", "吴兰"))
    assert counter.desk.notices.find(number).standing.replaces == FIRST
    old = counter.desk.notices.find(FIRST)
    assert (old.standing.replaced_by, old.mark, old.state) == (number, CORRECTED, VOID)
    assert faults_of(counter.desk) == ()


@pytest.mark.parametrize(
    "typed",
    [
        {"insured_years": ()},
        {"id_number": "", "birth_date": "20250220"},
        {"id_number": "360103198807121238!"},
        {"categories": ("low-income",)},
    ],
)
def test_a_correction_with_nothing_changed_comes_to_the_same(
    counter: Counter, typed: dict[str, object]
) -> None:
    known = {term.code for term in counter.desk.rule_book.identities()}
    assert set(typed.get("categories", ())) <= known  # type: ignore[call-overload]  # a tuple
    before = counter.issue("吴建国", **typed).notice
    draft = counter.desk.register.correct(FIRST, "地址填错", counter.clock())
    after = counter.desk.notices.find(issue_draft(counter, draft)).notice
    assert (after.total, after.benefits, after.identity) == (
        before.total,
        before.benefits,
        before.identity,
    )
    assert after.person == before.person


def test_a_correction_cut_off_is_a_void_whose_draft_is_still_there(tmp_path: Path) -> None:
    counter = open_counter(tmp_path / "data")
    counter.issue("吴建国")
    draft = counter.desk.register.correct(FIRST, "身份填错", counter.clock())
    counter.desk._store.close(with_backup=False)  # noqa: SLF001 - the program is gone
    again = Desk.open(tmp_path / "data", counter.clock(), roots=demo_roots())
    assert last_draft(again) == draft
    assert (again.notices.find(FIRST).state, again.notices.find(FIRST).standing.replaced_by) == (
        VOID,
        "",
    )
    again.close()


def test_a_void_notice_that_was_not_replaced_can_be_brought_back_again(counter: Counter) -> None:
    counter.issue("吴建国")
    counter.desk.notices.void(FIRST, "居民改变主意", counter.clock())
    draft = counter.desk.register.correct(FIRST, "又来办理", counter.clock())
    assert draft.replaces == FIRST
    assert counter.desk.notices.find(FIRST).void_reason == "居民改变主意"


def test_a_notice_is_corrected_once(counter: Counter) -> None:
    counter.issue("吴建国")
    draft = counter.desk.register.correct(FIRST, "身份填错", counter.clock())
    issue_draft(counter, draft)
    with pytest.raises(NoticeReplacedError, match=SECOND):
        counter.desk.register.correct(FIRST, "又填错", counter.clock())
    on = counter.clock().date()
    with pytest.raises(NoticeReplacedError):
        issue_seen(counter.desk, counter.desk.outcome(draft, on), counter.clock(), "again")
    assert numbers(counter) == [2, 1]


def test_without_a_reason_or_with_a_wrong_clock_nothing_is_corrected(counter: Counter) -> None:
    counter.issue("吴建国")
    with pytest.raises(ReasonMissingError):
        counter.desk.register.correct(FIRST, " ", counter.clock())
    with pytest.raises(ClockBackError):
        counter.desk.register.correct(FIRST, "身份填错", counter.clock() - timedelta(minutes=20))
    with pytest.raises(NoticeUnknownError):
        counter.desk.register.correct(SECOND, "身份填错", counter.clock())
    assert counter.desk.notices.find(FIRST).state == ISSUED
    assert last_draft(counter.desk) is None


def test_what_is_left_to_enter_shrinks_as_it_is_entered_and_grows_when_taken_back(
    counter: Counter,
) -> None:
    issue_three(counter)
    register = counter.desk.register
    assert numbers(counter, state=TO_ENTER) == [3, 1]
    assert register.mark_entered([FIRST, THIRD], counter.clock()) == 2
    assert register.mark_entered([FIRST], counter.clock()) == 0
    assert (numbers(counter, state=TO_ENTER), numbers(counter, state=ENTERED_ONES)) == ([], [3, 1])
    assert counter.desk.notices.find(FIRST).standing.entered
    assert register.mark_entered([FIRST], counter.clock(), entered=False) == 1
    assert numbers(counter, state=TO_ENTER) == [1]
    assert faults_of(counter.desk) == ()


def test_either_all_are_marked_or_none(counter: Counter) -> None:
    issue_three(counter)
    with pytest.raises(NoticeVoidError):
        counter.desk.register.mark_entered([FIRST, SECOND], counter.clock())
    with pytest.raises(NoticeUnknownError):
        counter.desk.register.mark_entered([FIRST, "2025-03-000009"], counter.clock())
    assert numbers(counter, state=TO_ENTER) == [3, 1]


def cells(path: Path) -> tuple[list[list[str]], str]:
    """The texts and numbers of a table, row by row, and its raw XML."""
    with zipfile.ZipFile(path) as packed:
        assert packed.testzip() is None
        raw_xml = packed.read("xl/worksheets/sheet1.xml").decode()
    root = ET.fromstring(raw_xml)  # noqa: S314 - written by us a moment ago
    rows = [
        ["".join(cell.itertext()) for cell in row.iter(f"{CELLS}c")]
        for row in root.iter(f"{CELLS}row")
    ]
    return rows, raw_xml


def test_a_table_holds_masked_numbers_as_text_and_amounts_as_numbers(
    counter: Counter, tmp_path: Path
) -> None:
    issue_three(counter)
    destination = tmp_path / "台账.xlsx"
    made = counter.desk.register.export(
        destination_at(destination), "", EVERYTHING, counter.clock()
    )
    assert (made.notices, made.masked) == (3, True)
    rows, raw_xml = cells(destination)
    assert [row[0] for row in rows] == ["编号", THIRD, SECOND, FIRST]
    assert rows[1][3] == "3601**********1237"
    assert rows[1][6] == "400"
    assert [row[9] for row in rows[1:]] == ["打印待核对", "已作废", "已出单"]
    assert ID_NUMBER not in raw_xml
    assert 't="inlineStr"' in raw_xml
    assert {path.name for path in tmp_path.iterdir()} == {"data", "台账.xlsx"}


@pytest.mark.parametrize("name", ["=cmd|'/c calc'!A1", "+1+甲", "-2乙", "@SUM(A1)", "http://a.cn/"])
def test_no_name_becomes_a_formula_or_a_link(counter: Counter, tmp_path: Path, name: str) -> None:
    issued = counter.issue(name).notice.person.name
    destination = tmp_path / "out.xlsx"
    counter.desk.register.export(destination_at(destination), "", EVERYTHING, counter.clock())
    rows, raw_xml = cells(destination)
    assert rows[1][2] == issued
    assert "<f>" not in raw_xml
    assert "hyperlink" not in raw_xml


def test_a_whole_table_shows_the_numbers_and_the_ledger_knows_it_was_made(tmp_path: Path) -> None:
    counter = open_counter(tmp_path / "data")
    counter.issue("吴建国")
    destination = tmp_path / "out.xlsx"
    within = LedgerFilter(state=TO_ENTER)
    counter.desk.register.export(
        destination_at(destination), "", within, counter.clock(), masked=False
    )
    assert cells(destination)[0][1][3] == ID_NUMBER
    counter.desk.close()
    with raw(tmp_path / "data") as database:
        (said,) = [
            row["detail"] for row in database.query("SELECT * FROM event WHERE kind = 'export'")
        ]
    assert '"masked":false' in said
    assert '"notices":1' in said
    assert "吴建国" not in said


def test_a_table_that_cannot_be_written_leaves_nothing_and_no_event(
    counter: Counter, tmp_path: Path
) -> None:
    counter.issue("吴建国")
    head = counter.desk.days.look(TODAY, counter.clock()).head
    with pytest.raises(TableUnsavedError):
        counter.desk.register.export(
            destination_at(tmp_path / "no" / "out.xlsx"), "", EVERYTHING, counter.clock()
        )
    assert counter.desk.days.look(TODAY, counter.clock()).head == head


def test_what_is_being_corrected_is_said_until_it_is_issued(counter: Counter) -> None:
    counter.issue("吴建国")
    draft = counter.desk.register.correct(FIRST, "身份填错", counter.clock())
    on = counter.clock().date()
    plain = counter.desk.outcome(replace(draft, replaces=""), on).banner
    assert counter.desk.outcome(draft, on).banner == f"更正 {FIRST}（原单已作废）。{plain}"


def test_an_auditor_s_file_holds_corrections_entries_and_closes_without_fault(
    counter: Counter,
) -> None:
    counter.issue("吴建国")
    draft = counter.desk.register.correct(FIRST, "身份填错", counter.clock())
    counter.desk.register.mark_entered([issue_draft(counter, draft)], counter.clock())
    counter.desk.days.close(TODAY, counter.clock())
    report = audit_reading.read(list(counter.desk.register.export_audit(counter.clock())))
    # The rules taken in, the desk's number, two issues, a void, a number shown, an entry,
    # the close, the export.
    assert (report.faults, report.notices, report.events) == ((), 2, 9)


def test_a_place_that_asks_for_it_gets_the_whole_number_on_paper(counter: Counter) -> None:
    masked = counter.issue("吴建国").notice.person.id_shown
    assert masked == "3601**********1237"
    counter.desk.save_settings(replace(counter.desk.settings, whole_id=True), counter.clock())
    assert counter.issue("吴梅").notice.person.id_shown == "360103198807121237"


def test_chosen_notices_are_voided_together_and_those_void_already_stay_as_they_were(
    counter: Counter,
) -> None:
    issue_three(counter)
    first, second, third = (row.number for row in reversed(ledger_page(counter.desk).rows))
    voided = counter.desk.register.void_chosen((third, second, first), "名单错了", counter.clock())
    assert voided == (third, first)
    found = {number: counter.desk.notices.find(number) for number in (first, second, third)}
    assert {number: one.void_reason for number, one in found.items()} == {
        first: "名单错了", second: "重复出单", third: "名单错了",
    }  # fmt: skip
    assert faults_of(counter.desk) == ()


def test_of_chosen_notices_none_is_voided_where_one_is_unknown_or_no_reason_is_given(
    counter: Counter,
) -> None:
    issue_three(counter)
    before = ledger_page(counter.desk).rows
    chosen = tuple(row.number for row in before)
    with pytest.raises(NoticeUnknownError):
        counter.desk.register.void_chosen((*chosen, "2025-03-999999"), "错", counter.clock())
    with pytest.raises(ReasonMissingError):
        counter.desk.register.void_chosen(chosen, " ", counter.clock())
    assert ledger_page(counter.desk).rows == before
