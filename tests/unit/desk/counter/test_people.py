"""Who came before is found again, and begins with what is known of them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from medcounter.desk.draft.carried_fields import clear_carried
from medcounter.desk.draft.draft import Draft
from medcounter.desk.draft.draft_codec import dump_draft, load_draft
from tests.support.desk.counter_samples import ID_NUMBER, Counter, open_counter

OTHER = "360103199003071232"
OLD, NEW = "360102840229001", "36010219840229001X"


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    opened = open_counter(tmp_path / "data")
    yield opened
    opened.desk.close()


def fresh(counter: Counter, year: int = 2025) -> Draft:
    return replace(counter.desk.new_draft(counter.clock().date()), benefit_year=year)


def names(counter: Counter, text: str) -> list[str]:
    return [match.name for match in counter.desk.people.find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "吴建国",
        "建国",
        "wjg",
        "WJ",
        "wujianguo",
        ID_NUMBER,
        "3601 0319 8807 12123 7",
        "36010319880",
        "1237",
        "2025-03-000001",
    ],
)
def test_a_resident_is_found_by_whatever_is_at_hand(counter: Counter, text: str) -> None:
    counter.issue("吴建国")
    counter.issue("李四", id_number=OTHER)
    assert names(counter, text) == ["吴建国"]


@pytest.mark.parametrize("text", ["", " ", "1", "237", "zzz", "赵", "'", "*", "360103198807121230"])
def test_what_can_find_nobody_finds_nobody(counter: Counter, text: str) -> None:
    counter.issue("吴建国")
    assert names(counter, text) == []


def test_each_person_stands_once_with_the_newest_valid_notice(counter: Counter) -> None:
    counter.issue("吴建国")
    counter.issue("吴建国")
    third = counter.issue("吴建国").notice.number or ""
    (match,) = counter.desk.people.find("wjg")
    assert match.number == third
    counter.desk.notices.void(third, "重复", counter.clock())
    (match,) = counter.desk.people.find("wjg")
    assert match.number == "2025-03-000002"


def test_two_people_of_one_name_are_two(counter: Counter) -> None:
    counter.issue("吴建国")
    counter.issue("吴建国", id_number=OTHER)
    assert [match.id_masked[-4:] for match in counter.desk.people.find("吴建国")] == [
        OTHER[-4:],
        ID_NUMBER[-4:],
    ]


def test_at_most_nine_are_offered_who_came_last_first(counter: Counter) -> None:
    for number in range(11):
        counter.issue("王" + "一二三四五六七八九十百"[number], id_number=f"K00{number}!")
    found = names(counter, "w")
    assert (len(found), found[0]) == (9, "王百")


def test_a_whole_known_number_fills_in_the_rest(counter: Counter) -> None:
    counter.issue("吴建国", categories=("low-income",), insured_years=(2022, 2023))
    draft = counter.desk.people.recognise(fresh(counter).with_("id_number", ID_NUMBER))
    assert (draft.name, draft.categories, draft.insured_years) == (
        "吴建国",
        ("low-income",),
        (2022, 2023),
    )
    assert draft.birth_date == ""
    assert draft.carried is not None
    assert draft.carried.fields == ("name", "categories", "insured_years")


@pytest.mark.parametrize(("before", "now"), [(OLD, NEW), (NEW, OLD), (OLD, OLD), (NEW, "x")])
def test_a_person_is_known_by_the_old_number_and_the_new_one(
    counter: Counter, before: str, now: str
) -> None:
    now = NEW.lower() if now == "x" else now
    issued = counter.issue("刘闰", id_number=before).notice.number
    assert [match.number for match in counter.desk.people.find(now)] == [issued]
    assert [match.number for match in counter.desk.people.history(now)] == [issued]
    draft = counter.desk.people.recognise(fresh(counter).with_("id_number", now))
    assert (draft.name, draft.id_number) == ("刘闰", now)
    assert draft.carried is not None
    assert draft.carried.served == ((2025, issued),)


def test_a_person_served_under_both_numbers_is_one_person(counter: Counter) -> None:
    counter.issue("刘闰", id_number=OLD)
    second = counter.issue("刘闰", id_number=NEW).notice.number
    assert [match.number for match in counter.desk.people.find("刘闰")] == [second]


def test_a_choice_made_for_nobody_is_not_kept_for_the_person_then_found(counter: Counter) -> None:
    counter.issue("吴建国")
    chosen = fresh(counter).with_("option", "last-day").with_("id_number", ID_NUMBER)
    assert counter.desk.people.recognise(chosen).option == "pay-now"


def test_that_somebody_was_insured_in_no_year_is_known_as_well(counter: Counter) -> None:
    counter.issue("吴建国", insured_years=())
    draft = counter.desk.people.recognise(fresh(counter).with_("id_number", ID_NUMBER))
    assert draft.insured_years == ()


def test_what_the_clerk_filled_in_is_not_overwritten(counter: Counter) -> None:
    counter.issue("吴建国", categories=("low-income",))
    typed = fresh(counter).with_("name", "吴健国").with_("categories", ("orphan",))
    draft = counter.desk.people.recognise(typed.with_("id_number", ID_NUMBER))
    assert (draft.name, draft.categories) == ("吴健国", ("orphan",))


@pytest.mark.parametrize("number", ["", "3601", ID_NUMBER[:-1], OTHER])
def test_a_number_not_whole_or_not_known_fills_in_nothing(counter: Counter, number: str) -> None:
    counter.issue("吴建国")
    typed = fresh(counter).with_("id_number", number)
    assert counter.desk.people.recognise(typed) == typed


def test_what_passes_with_time_is_not_carried(counter: Counter) -> None:
    counter.issue(
        "吴建国",
        events=(("military-discharge", "20250220"),),
        payment_date="20250306",
        agent="吴梅",
        agent_relation="女儿",
    )
    draft = counter.desk.people.recognise(fresh(counter).with_("id_number", ID_NUMBER))
    assert (draft.events, draft.payment_date, draft.agent, draft.repair_years) == ((), "", "", "")


def test_a_newborn_without_a_number_begins_with_name_and_birth_date(counter: Counter) -> None:
    counter.issue("吴小宝", id_number="", birth_date="2025年1月20日")
    (match,) = counter.desk.people.find("wxb")
    draft = counter.desk.people.begin(fresh(counter), match.number, counter.clock())
    assert (draft.name, draft.id_number, draft.birth_date) == ("吴小宝", "", "2025-01-20")


def test_a_number_taken_against_its_check_digit_is_insisted_on_again(counter: Counter) -> None:
    counter.issue("吴建国", id_number="360103198807121230!")
    (match,) = counter.desk.people.find("wjg")
    draft = counter.desk.people.begin(fresh(counter), match.number, counter.clock())
    assert draft.id_number == "360103198807121230!"
    assert counter.desk.outcome(draft, counter.clock().date()).can_issue


def test_each_carried_field_says_where_it_is_from_until_it_is_touched(counter: Counter) -> None:
    counter.issue("吴建国", insured_years=(2023, 2024))
    on = counter.clock().date()
    draft = counter.desk.people.recognise(fresh(counter).with_("id_number", ID_NUMBER))
    shown = counter.desk.outcome(draft, on)
    assert shown.echo_at("name") == "取自上次"
    assert shown.echo_at("insured_years") == "取自 2025-03-000001（2025-03-05）"
    touched = counter.desk.outcome(draft.with_("name", "吴健国"), on)
    assert touched.echo_at("name") == ""
    assert touched.echo_at("insured_years") != ""


def test_a_year_already_served_is_said_and_stops_nobody(counter: Counter) -> None:
    counter.issue("吴建国")
    draft = counter.desk.people.recognise(fresh(counter).with_("id_number", ID_NUMBER))
    shown = counter.desk.outcome(draft, counter.clock().date())
    assert shown.echo_at("id_number") == "2025 年度已出单 2025-03-000001，请核对是否已缴"
    assert shown.can_issue
    other = counter.desk.outcome(draft.with_("benefit_year", 2026), counter.clock().date())
    assert other.echo_at("id_number") == "取自 2025-03-000001（2025-03-05）"


def test_another_year_asks_whether_the_last_one_was_paid(counter: Counter) -> None:
    """A notice is not a payment: 2025 is neither taken as paid nor as unpaid."""
    counter.issue("吴建国", insured_years=(2023, 2024), categories=("low-income",))
    on = counter.clock().date()
    draft = counter.desk.people.recognise(fresh(counter, 2026).with_("id_number", ID_NUMBER))
    shown = counter.desk.outcome(draft, on)
    assert not shown.can_issue
    assert [problem.field for problem in shown.problems if problem.code == "missing"] == [
        "categories",
        "insured_years",
    ]
    settled = draft.with_("categories", ("low-income",)).with_("insured_years", (2023, 2024, 2025))
    assert settled.fields_to_confirm == ()


def test_a_year_chosen_after_the_number_is_asked_about_as_well(counter: Counter) -> None:
    counter.issue("吴建国", insured_years=(2023, 2024))
    draft = counter.desk.people.recognise(fresh(counter).with_("id_number", ID_NUMBER))
    assert draft.fields_to_confirm == ()
    assert draft.with_("benefit_year", 2026).fields_to_confirm == ("insured_years",)


def test_another_person_takes_nothing_carried_with_them(counter: Counter) -> None:
    counter.issue("吴建国", insured_years=(2023, 2024))
    known = counter.desk.people.recognise(fresh(counter).with_("id_number", ID_NUMBER))
    left = clear_carried(known.with_("payment_date", "20250306"))
    assert (left.name, left.insured_years, left.carried) == ("", None, None)
    assert left.payment_date == "20250306"


def test_what_was_carried_survives_in_a_kept_draft(counter: Counter) -> None:
    counter.issue("吴建国", insured_years=(2023, 2024))
    draft = counter.desk.people.recognise(fresh(counter).with_("id_number", ID_NUMBER))
    assert load_draft(dump_draft(draft)) == draft


def test_the_history_lists_valid_notices_newest_first(counter: Counter) -> None:
    for _ in range(3):
        counter.issue("吴建国")
    counter.issue("李四", id_number=OTHER)
    counter.desk.notices.void("2025-03-000002", "重复", counter.clock())
    numbers = [each.number for each in counter.desk.people.history(ID_NUMBER)]
    assert numbers == ["2025-03-000003", "2025-03-000001"]
    assert counter.desk.people.history("") == ()
