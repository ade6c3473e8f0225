"""What an earlier engine answered is answered again by the same bytes.

The files in tests/data/answers were written by the program of 0.1.0 with the rules it
shipped: the hash of 660 answers, among them a repair in every place and window, and
twelve answers whole.
"""

import hashlib
import json
from functools import cache

from medcounter.assess import Facts, RuleBook, read_facts
from medcounter.assess.contract import assessment_json
from medcounter.assess.replay import replay
from medcounter.rules.load import read_bundle
from medcounter.strict_json import canonical
from tests.support.rules.rule_samples import (
    DATA,
    Json,
    assessed,
    facts,
    good_book,
    province_book,
    standard,
    window,
)

ANSWERS = DATA / "answers"


def lines(name: str) -> list[Json]:
    text = (ANSWERS / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@cache
def book_of_engine_2() -> RuleBook:
    data = (ANSWERS / "bundle-of-engine-2.json").read_bytes()
    return RuleBook.open(read_bundle(data), hashlib.sha256(data).hexdigest(), signed=True)


def test_every_answer_of_engine_2_is_the_same_bytes() -> None:
    other = []
    for line in lines("hashes-of-engine-2.jsonl"):
        known = read_facts(line["facts"], book_of_engine_2(), strays_pass=True)
        assert isinstance(known, Facts)
        answer = canonical(assessment_json(assessed(known, book_of_engine_2())))
        if hashlib.sha256(answer).hexdigest() != line["sha256"]:
            other.append(line["facts"])
    assert other == []


def test_stored_answers_of_engine_2_replay() -> None:
    stored = lines("whole-of-engine-2.jsonl")
    assert {answer["stamp"]["engine"] for answer in stored} == {"2"}
    assert [replay(answer, book_of_engine_2()).differs for answer in stored] == [()] * 12


def test_the_engine_stamped_is_that_of_the_bundles_format() -> None:
    later = province_book(window("late", "B:01-01", "B:12-31"), standard("400.00"), format=2)
    assert assessed(facts("2026-03-05"), later).stamp.engine == "3"
    assert assessed(facts("2026-03-05"), good_book()).stamp.engine == "2"
