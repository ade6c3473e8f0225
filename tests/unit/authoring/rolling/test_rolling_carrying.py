"""What was carried over says so until it is compared with the new announcement, one by one."""

from dataclasses import replace

import pytest

from medcounter.authoring.rolling.carrying import (
    carried_figures,
    carried_sentence,
    confirmed,
    unconfirmed,
)
from medcounter.authoring.rolling.roll_answers import typed_answer
from medcounter.authoring.rolling.roll_errors import (
    NoClauseError,
    NotCarriedError,
    StillAskedError,
)
from medcounter.authoring.rolling.rolling import answered
from tests.support.authoring.rolling_samples import NEW_SOURCE, last_year, rolled_with, rule_of
from tests.support.rules.rule_samples import rule, standard, window

SENTENCE = "沿用 2026 年度的规定，还没有与 2027 年度的通知核对。"
FEE = standard("400.00")
WAIT = rule("wait", "fixed-wait", {"length": 3, "unit": "month"})
DOUBTED = {
    **rule("cover", "cover-start", {"anchor": "payment"}),
    "status": "assumed",
    "doubt": "2026 年度的通知没有写。",
    "concerns": ["coverage.from"],
}
UNSETTLED = {**DOUBTED, "id": "end", "question": "wait-start", "status": "unsettled"}
CHANNEL = {"kind": "channel", "code": "hall", "label": "大厅", "source": "order", "clause": "十"}
DROP = {"rule": "repair", "source": "order", "clause": "七", "reason": "没有。"}
RULES = ("programmes", 0, "rules")


def test_the_sentence_names_both_years() -> None:
    assert carried_sentence(2026, 2027) == SENTENCE


def test_a_confirmed_rule_is_assumed_with_a_doubt_that_says_why() -> None:
    carried = rule_of(rolled_with(last_year(WAIT), {}), "wait")
    assert (carried["status"], carried["doubt"]) == ("assumed", SENTENCE)
    assert carried["source"] == "order"
    assert list(carried)[-3:] == ["status", "doubt", "applies"]


def test_a_doubt_of_last_year_stays_behind_and_all_of_the_answer_is_in_doubt() -> None:
    carried = rule_of(rolled_with(last_year(DOUBTED), {}), "cover")
    assert carried["doubt"] == SENTENCE + "2026 年度的通知没有写。"
    assert "concerns" not in carried


def test_what_was_unsettled_stays_so_lest_it_promise_the_earlier_cover() -> None:
    assert rule_of(rolled_with(last_year(UNSETTLED), {}), "end")["status"] == "unsettled"


def test_a_doubt_too_long_for_both_says_that_it_was_carried() -> None:
    long = {**DOUBTED, "doubt": "长" * 590}
    assert rule_of(rolled_with(last_year(long), {}), "cover")["doubt"] == SENTENCE


def test_confirming_restores_status_doubt_and_fields_and_sets_source_and_clause() -> None:
    place = rolled_with(last_year(WAIT, DOUBTED), {})
    done = confirmed(*place, (*RULES, 1, "answer", "anchor"), " 三 ")
    assert rule_of(done, "cover") == {**DOUBTED, "source": NEW_SOURCE.id, "clause": "三"}
    assert rule_of(done, "wait")["status"] == "assumed"
    done = confirmed(*done, (*RULES, 0), "四")
    assert rule_of(done, "wait") == {**WAIT, "source": NEW_SOURCE.id, "clause": "四"}
    assert unconfirmed(*done) == ()


def test_a_notice_of_grade_c_confirms_nothing() -> None:
    place = rolled_with(last_year(WAIT), {}, replace(NEW_SOURCE, grade="C"))
    done = confirmed(*place, (*RULES, 0), "标题")
    assert rule_of(done, "wait")["status"] == "assumed"
    assert "C 级" in rule_of(done, "wait")["doubt"]


def test_advice_and_what_is_dropped_are_carried_and_confirmed_too() -> None:
    place = rolled_with(last_year(advice=[CHANNEL], drops=[DROP]), {})
    assert place.document.own["advice"][0]["status"] == "assumed"
    assert [one.path[2] for one in unconfirmed(*place)] == ["advice", "drops"]
    place = confirmed(*place, ("programmes", 0, "advice", 0), "二")
    place = confirmed(*place, ("programmes", 0, "drops", 0), "三")
    own = place.document.own
    assert own["advice"][0]["status"] == "confirmed"
    assert own["drops"] == [{**DROP, "source": NEW_SOURCE.id, "clause": "三"}]
    assert unconfirmed(*place) == ()


def test_what_is_not_confirmed_is_listed_by_path_wherever_it_has_moved() -> None:
    place = rolled_with(last_year(WAIT, DOUBTED), {})
    assert [one.path for one in unconfirmed(*place)] == [(*RULES, 0), (*RULES, 1)]
    moved = place.document.inserted((*RULES, 0), FEE)
    assert [one.path for one in unconfirmed(moved, place.roll)] == [(*RULES, 1), (*RULES, 2)]
    gone = moved.removed((*RULES, 2))
    assert [one.mark.place for one in unconfirmed(gone, place.roll)] == [("rules", "wait")]


def test_the_figures_of_what_is_carried_are_listed_by_path() -> None:
    place = rolled_with(last_year(WAIT), {})
    assert carried_figures(*place) == (
        (*RULES, 0, "answer", "length"),
        (*RULES, 0, "answer", "unit"),
    )


def test_a_rule_told_otherwise_by_hand_is_carried_no_longer() -> None:
    place = rolled_with(last_year(WAIT), {})
    own = place.document.replaced((*RULES, 0, "doubt"), "通知没有写。")
    assert unconfirmed(own, place.roll) == ()
    with pytest.raises(NotCarriedError):
        confirmed(own, place.roll, (*RULES, 0), "三")


def test_a_rule_with_an_open_question_is_not_confirmed() -> None:
    place = rolled_with(last_year(FEE), {})
    with pytest.raises(StillAskedError, match=r"400\.00"):
        confirmed(*place, (*RULES, 0), "二")
    question = place.roll.open[0].question
    place = answered(*place, question.key, typed_answer(question, "430"))
    assert rule_of(confirmed(*place, (*RULES, 0), "二"), "standard")["status"] == "confirmed"


def test_a_clause_is_needed() -> None:
    place = rolled_with(last_year(WAIT), {})
    with pytest.raises(NoClauseError):
        confirmed(*place, (*RULES, 0), " ")


def test_a_rule_told_wholly_by_answers_with_their_clause_is_confirmed_with_them() -> None:
    place = rolled_with(last_year(FEE), {"amount-400.00": "430#二"})
    fee = rule_of(place, "standard")
    assert (fee["status"], fee["source"], fee["clause"]) == ("confirmed", NEW_SOURCE.id, "二")
    assert (
        rule_of(rolled_with(last_year(FEE), {"amount-400.00": "430"}), "standard")["status"]
        == "assumed"
    )


def test_a_rule_of_which_something_was_not_asked_is_not_confirmed_by_an_answer() -> None:
    late = window("late", "2026-03-01", "2026-12-31")
    days = {"test": "day-of-month", "from": 1, "to": 25}
    late["when"] = {"test": "all", "of": [late["when"], days]}
    place = rolled_with(last_year(late), {"period-2026-03-01": "03-01 12-31#一"})
    assert rule_of(place, "late")["status"] == "assumed"
    doubted = {**FEE, "status": "assumed", "doubt": "没有写。"}
    place = rolled_with(last_year(doubted), {"amount-400.00": "430#二"})
    assert rule_of(place, "standard")["doubt"] == SENTENCE + "没有写。"


def test_a_rule_with_one_question_still_open_is_not_confirmed_by_another_answer() -> None:
    full = standard("400.00")
    full["answer"]["items"].append({"code": "care", "label": "长护险", "amount": "10.00"})
    place = rolled_with(last_year(full), {"amount-400.00": "430#二"})
    assert rule_of(place, "standard")["status"] == "assumed"


def test_where_readings_would_hide_the_doubt_one_more_says_the_rule_may_hold_no_longer() -> None:
    reading = {"when": {"test": "lapsed", "to": 0}, "text": "只对没有断保的"}
    aid = rule("aid", "concession", {"pays": "0.00"}, grounds=["orphan"], readings=[reading])
    aid |= {"status": "assumed", "doubt": "没有写。"}
    place = rolled_with(last_year(aid, {**aid, "id": "open", "status": "unsettled"}), {})
    added = rule_of(place, "aid")["readings"][1]
    assert added == {"stands": False, "text": "新年度可能不再有这一条"}
    assert rule_of(place, "open")["readings"] == [reading]
    done = confirmed(*place, (*RULES, 0), "五")
    assert rule_of(done, "aid") == {**aid, "source": NEW_SOURCE.id, "clause": "五"}


def test_an_answer_given_later_confirms_with_its_clause_as_well() -> None:
    place = rolled_with(last_year(FEE), {})
    question = place.roll.open[0].question
    bare = answered(*place, question.key, typed_answer(question, "430"))
    assert rule_of(bare, "standard")["status"] == "assumed"
    told = answered(*place, question.key, typed_answer(question, "430#二"))
    fee = rule_of(told, "standard")
    assert (fee["status"], fee["source"], fee["clause"]) == ("confirmed", NEW_SOURCE.id, "二")
    assert unconfirmed(*told) == ()
