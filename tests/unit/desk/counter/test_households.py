"""Members stand together, each with a draft of their own; one act issues all."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medcounter.desk.counter.households import MemberTwiceError, dump_household, load_household
from medcounter.desk.counter.issuing import NotIssuableError
from medcounter.desk.draft.draft import Draft
from medcounter.desk.draft.draft_codec import dump_draft
from medcounter.desk.evaluate.household import (
    Household,
    gathering,
    is_blank,
    placed_like,
    worked_out,
)
from medcounter.desk.evaluate.outcome import Outcome
from medcounter.desk.evaluate.undo_stack import UndoStack
from tests.support.desk.counter_samples import (
    ID_NUMBER,
    Counter,
    last_draft,
    ledger_page,
    open_counter,
)

WIFE = "360103199003071232"
ONE = Household((Draft(name="甲"),))


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    opened = open_counter(tmp_path / "data")
    yield opened
    opened.desk.close()


def outcome(counter: Counter, **typed: str) -> Outcome:
    on = counter.clock().date()
    draft = replace(counter.desk.new_draft(on), benefit_year=2025)
    for name, text in typed.items():
        draft = draft.with_(name, text)
    return counter.desk.outcome(draft, on)


def family(counter: Counter) -> tuple[Outcome, ...]:
    return (
        outcome(counter, name="吴建国", id_number=ID_NUMBER),
        outcome(counter, name="吴梅", id_number=WIFE),
    )


def test_who_is_added_is_edited_next_and_who_is_removed_gives_way_to_a_neighbour() -> None:
    three = ONE.added(Draft(name="乙")).added(Draft(name="丙"))
    assert (three.at, three.current.name) == (2, "丙")
    assert three.removed().current.name == "乙"
    assert three.turned_to(0).removed().current.name == "乙"
    assert ONE.removed() == ONE


OLD, NEW = "360102840229001", "36010219840229001X"


@pytest.mark.parametrize("again", [NEW, NEW.lower(), OLD])
def test_a_member_is_found_however_the_number_is_written(again: str) -> None:
    two = Household((Draft(name="甲", id_number=NEW), Draft(name="乙", id_number=WIFE)))
    assert two.place_of(again) == 0
    typed = two.added(Draft(id_number=again)).met_again()
    assert typed is not None
    assert [draft.name for draft in typed.members] == ["甲", "乙"]
    assert typed.at == 0


def test_a_number_typed_again_under_another_name_stays_for_the_clerk_to_look_at() -> None:
    two = Household((Draft(name="甲", id_number=NEW), Draft(name="乙", id_number=OLD)), 1)
    assert two.met_again() is None


def test_turning_goes_round_the_household() -> None:
    two = ONE.added(Draft(name="乙"))
    assert [two.turned_to(place).current.name for place in (0, 1, 2, -1)] == [
        "甲",
        "乙",
        "甲",
        "乙",
    ]


def test_a_draft_with_nothing_but_place_and_year_is_blank() -> None:
    placed = placed_like(Draft(), Draft(region="360000", benefit_year=2025))
    assert is_blank(placed)
    assert not is_blank(placed.with_("payment_date", "今天"))


def test_a_household_is_issued_in_order_with_a_number_for_each(counter: Counter) -> None:
    issued = counter.desk.households.issue(family(counter), counter.clock(), ("a", "b"))
    numbers = tuple(str(each.notice.number) for each in issued)
    assert numbers == ("2025-03-000001", "2025-03-000002")
    assert [counter.desk.people.find(number)[0].name for number in numbers] == ["吴建国", "吴梅"]
    assert counter.desk.households.together_with("2025-03-000002") == numbers
    again = counter.desk.households.issue(family(counter), counter.clock(), ("a", "b"))
    assert again == issued


def test_nobody_is_issued_while_one_member_cannot_be(counter: Counter) -> None:
    members = (*family(counter), outcome(counter, name="吴小宝"))
    with pytest.raises(NotIssuableError):
        counter.desk.households.issue(members, counter.clock(), ("a", "b", "c"))
    assert ledger_page(counter.desk).total == 0


def test_the_total_counts_who_can_be_issued_and_names_who_cannot(counter: Counter) -> None:
    shown = gathering((*family(counter), outcome(counter, name="吴小宝"), outcome(counter)), 1)
    # Jiangxi 2025, ordinary residents: 400 yuan each.
    assert shown.total == 2 * 40000
    assert [row.name for row in shown.blocked] == ["吴小宝", "新成员"]
    assert shown.rows[3].amount is None


def test_a_household_is_kept_and_comes_back_as_it_was(counter: Counter) -> None:
    kept = Household((Draft(name="甲", insured_years=()), Draft(id_number="3601")), 1)
    counter.desk.households.save(kept, counter.clock())
    assert counter.desk.households.last() == kept
    assert last_draft(counter.desk) == kept.current
    counter.desk.households.clear()
    assert counter.desk.households.last() is None


def test_a_household_comes_back_with_the_day_it_was_kept(counter: Counter) -> None:
    counter.desk.households.save(ONE, counter.clock())
    kept = counter.desk.households.last()
    assert kept is not None
    assert kept.kept_on == counter.clock().date()
    counter.desk.households.park(ONE, counter.clock())
    counter.clock.move(3 * 24 * 60)
    back = counter.desk.households.unpark(counter.clock())
    assert back is not None
    assert back.kept_on == date(2025, 3, 5)


def test_a_household_of_an_older_version_was_kept_on_no_known_day() -> None:
    body = dump_household(ONE, date(2025, 3, 5)).replace(b'"kept_on":"2025-03-05",', b"")
    kept = load_household(body)
    assert kept == ONE
    assert kept.kept_on is None


def test_a_single_draft_of_an_older_version_comes_back_as_a_household_of_one() -> None:
    draft = Draft(name="甲", categories=("orphan",))
    assert load_household(dump_draft(draft)) == Household((draft,))


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"at":0,"members":[]}'])
def test_what_is_no_household_is_none(body: bytes) -> None:
    assert load_household(body) is None


def test_a_place_beyond_the_members_is_no_household() -> None:
    body = dump_household(Household((Draft(),), 0), date(2025, 3, 5)).replace(b'"at":0', b'"at":1')
    assert load_household(body) is None


def test_typing_in_one_field_is_one_step_and_each_choice_another() -> None:
    undo = UndoStack(ONE)
    for name in ("吴", "吴建", "吴建国"):
        undo = undo.changed(ONE.with_current(Draft(name=name)), "0 name")
    chosen = ONE.with_current(Draft(name="吴建国", categories=("orphan",)))
    undo = undo.changed(chosen)
    assert undo.back().now.current.name == "吴建国"
    assert undo.back().back().now == ONE
    assert undo.back().back().forward().forward().now == chosen


def test_after_another_field_typing_is_a_new_step() -> None:
    first = ONE.with_current(Draft(name="甲", agent="乙"))
    second = ONE.with_current(Draft(name="甲甲", agent="乙"))
    undo = UndoStack(ONE).changed(first, "0 agent").changed(second, "0 name")
    assert undo.back().now == first


def test_a_new_change_ends_what_could_be_done_again() -> None:
    undo = UndoStack(ONE).changed(ONE.added(Draft())).back()
    other = undo.changed(ONE.with_current(Draft(name="丁")))
    assert other.forward() == other


@given(st.lists(st.sampled_from("甲乙丙丁戊"), min_size=1, max_size=30))
def test_as_many_steps_back_as_forward_lead_to_the_same_place(names: list[str]) -> None:
    undo = UndoStack(Household((Draft(),)))
    seen = [undo.now]
    for name in names:
        undo = undo.changed(Household((Draft(name=name),)))
        if undo.now != seen[-1]:
            seen.append(undo.now)
    for expected in reversed(seen[:-1]):
        undo = undo.back()
        assert undo.now == expected
    assert undo.back() == undo
    for expected in seen[1:]:
        undo = undo.forward()
        assert undo.now == expected
    assert undo.forward() == undo


def test_households_put_aside_come_back_in_turn(counter: Counter) -> None:
    first, second = ONE, Household((Draft(name="乙"), Draft(name="丙")), 1)
    desk = counter.desk.households
    assert desk.unpark(counter.clock()) is None
    assert desk.park(first, counter.clock()) == 1
    assert desk.park(second, counter.clock()) == 2
    assert desk.last() is None
    assert desk.unpark(counter.clock()) == first
    assert desk.last() == first
    assert desk.park(first, counter.clock()) == 2
    assert desk.unpark(counter.clock()) == second
    assert desk.unpark(counter.clock()) == first
    assert desk.unpark(counter.clock()) is None


@pytest.mark.parametrize("second", ["吴建国", "吴建军"])
def test_who_stands_there_twice_is_told_and_nobody_is_issued(counter: Counter, second: str) -> None:
    twice = (
        outcome(counter, name="吴建国", id_number=OLD),
        outcome(counter, name=second, id_number=NEW),
    )
    on = counter.clock().date()
    members = tuple(one.draft for one in twice)
    told = worked_out(members, {}, on, counter.desk.outcome)
    assert [told[draft].can_issue for draft in members] == [True, False]
    assert "与本户第 1 位“吴建国”是同一个人" in told[members[1]].blocked_by
    assert "合计" not in gathering(tuple(told.values()), 0).rows[1].trouble
    with pytest.raises(MemberTwiceError):
        counter.desk.households.issue(twice, counter.clock(), ("a", "b"))
    assert ledger_page(counter.desk).total == 0


def test_a_newborn_without_a_number_is_one_person_too(counter: Counter) -> None:
    baby = outcome(counter, name="吴小宝", birth_date="20250101")
    other = outcome(counter, name="吴小贝", birth_date="20250101")
    with pytest.raises(MemberTwiceError):
        counter.desk.households.issue((baby, baby), counter.clock(), ("a", "b"))
    assert len(counter.desk.households.issue((baby, other), counter.clock(), ("c", "d"))) == 2


def test_once_the_second_one_is_changed_both_may_be_issued(counter: Counter) -> None:
    first, second = (outcome(counter, name="甲", id_number=n).draft for n in (ID_NUMBER, WIFE))
    on = counter.clock().date()
    same = second.with_("id_number", ID_NUMBER).with_("name", "乙")
    told = worked_out((first, same), {}, on, counter.desk.outcome)
    assert not told[same].can_issue
    alone = worked_out((same,), told, on, counter.desk.outcome)
    assert alone[same].can_issue
    assert all(
        one.can_issue
        for one in worked_out((first, second), told, on, counter.desk.outcome).values()
    )


def test_a_household_of_nobody_is_not_kept(counter: Counter) -> None:
    nobody = Household((counter.desk.new_draft(counter.clock().date()),))
    counter.desk.households.save(nobody, counter.clock())
    assert counter.desk.households.last() is None
