"""The exercise: a made-up notice, and the rules that somebody wrote from it, figure by figure."""

import hashlib
import re
from pathlib import Path

import pytest

from medcounter.assess.prove.activation import activate
from medcounter.bundle.rule_folder import read_rule_folder
from medcounter.cli import main
from medcounter.rules.load import read_bundle
from tests.support.rules.rule_samples import TESTS, Json, read_json
from tests.support.system.streams import Streams, said

FOLDER = TESTS.parent / "docs" / "examples" / "shiqiao"
NOTICE = (FOLDER / "notice.txt").read_text(encoding="utf-8")
ANSWER: Json = read_json(FOLDER / "shiqiao-2027.json")
RULES, CASES = NOTICE.split("附：算例")
DAY = re.compile(r"(\d{4}) 年 (\d{1,2}) 月 (\d{1,2}) 日")


def days(text: str) -> set[str]:
    return {f"{year}-{int(month):02d}-{int(day):02d}" for year, month, day in DAY.findall(text)}


def amounts(text: str) -> set[str]:
    return {f"{yuan}.00" for yuan in re.findall(r"(\d+) 元", text)}


def test_it_says_that_it_is_made_up() -> None:
    assert "虚构" in NOTICE
    assert "虚构" in ANSWER["regions"][0]["name"]


def test_every_amount_of_the_notice_stands_in_the_answer_and_no_other() -> None:
    [programme] = ANSWER["programmes"]
    written = set(re.findall(r"'(\d+\.00)'", str(programme["rules"])))
    # Nothing is what the poorest pay, and what the state adds to those who come late.
    assert written == amounts(RULES) | {"0.00"}


def test_every_day_of_the_notice_stands_in_the_answer() -> None:
    [programme] = ANSWER["programmes"]
    written = set(re.findall(r"\d{4}-\d\d-\d\d", str([ANSWER["sources"], programme["rules"]])))
    by_the_year = {"2027-01-01", "2027-12-31"}
    assert days(RULES) - by_the_year <= written


def test_every_case_of_the_notice_is_an_example_with_its_own_figures() -> None:
    cases = re.findall(r"（[一二三四五六]）(.+)", CASES)
    assert len(cases) == 6
    examples = {one["id"]: one for one in ANSWER["examples"]}
    for number, text in enumerate(cases, start=1):
        example = examples[f"case-{number}"]
        assert example["basis"] == "stated"
        assert example["facts"]["payment_date"] in days(text)
        assert example["expect"]["fee.total"] in amounts(text)
        told = {value for key, value in example["expect"].items() if key.endswith(".from")}
        assert told <= days(text)


def test_the_answer_names_the_notice_by_its_hash() -> None:
    [source] = ANSWER["sources"]
    [file] = source["files"]
    assert file["name"] == "notice.txt"
    assert file["sha256"] == hashlib.sha256((FOLDER / "notice.txt").read_bytes()).hexdigest()


def test_the_answer_is_proven_and_its_examples_come_out() -> None:
    book = activate(read_bundle(read_rule_folder(FOLDER).payload), "", signed=False)
    assert book.name("990103") == "石桥县（虚构）"
    assert len(book.bundle.examples) == len(ANSWER["examples"])


def test_the_guide_writes_the_exercise_beside_the_example(
    tmp_path: Path, capfdbinary: Streams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["bundle", "guide", "guide"]) == 0
    assert "练习 shiqiao" in said(capfdbinary)[0]
    assert (tmp_path / "guide" / "shiqiao" / "notice.txt").read_text("utf-8") == NOTICE
    assert main(["bundle", "check", "guide/shiqiao"]) == 0
