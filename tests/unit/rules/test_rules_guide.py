"""The author's guide names everything the language has, and its examples are rules."""

import dataclasses
import itertools
import json
import re
import shutil
import tomllib
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter

from medcounter.assess.facts import Facts
from medcounter.assess.prove.activation import activate
from medcounter.bundle.rule_folder import rule_files
from medcounter.cli import main
from medcounter.rules import answers
from medcounter.rules.bundle import AdviceEntry, AskedAnswer, Bundle, Example
from medcounter.rules.case import Case
from medcounter.rules.conditions import Condition
from medcounter.rules.faults import BundleUnreadableError
from medcounter.rules.fees import fee_answers, formulas
from medcounter.rules.load import read_bundle
from medcounter.rules.questions import FIELDS, QUESTIONS, Rule
from medcounter.rules.rule import PLACEHOLDERS
from medcounter.rules.vocabulary import ANSWERS, EVENTS, IDENTITIES
from tests.support.rules.rule_samples import (
    SHIPPED,
    Json,
    assessed,
    book_of,
    bundle_of,
    facts,
    programme,
    standard,
    window,
)
from tests.support.rules.rule_samples import nation as invented_nation
from tests.support.rules.rule_samples import rule as plain

ROOT = Path(__file__).resolve().parents[3]
GUIDE = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
COUNTY = ROOT / "docs" / "examples" / "yunxi"
Streams = pytest.CaptureFixture[bytes]

CONDITIONS = TypeAdapter[Any](Condition)
RULES = TypeAdapter[Any](Rule)


def record_tags(union: object, name: str) -> list[str]:
    """The tags that tell the records of a union apart."""
    members = get_args(get_args(union)[0])
    return [get_args(member.model_fields[name].annotation)[0] for member in members]


TESTS = record_tags(Condition, "test")
QUESTION_RULES = dict(zip(record_tags(Rule, "question"), get_args(get_args(Rule)[0]), strict=True))


def rows() -> dict[str, list[str]]:
    """Every row of the guide's tables by the code in its first cell."""
    found: dict[str, list[str]] = {}
    for line in GUIDE.splitlines():
        match = re.match(r"\| `([a-z-]+)`", line)
        if match:
            found.setdefault(match[1], []).append(line)
    return found


def example_in(line: str) -> Json:
    """The JSON in the last cell of a row."""
    found: Json = json.loads(line.rsplit("`", 2)[1])
    return found


def blocks() -> list[Json]:
    """The guide's JSON blocks."""
    return [json.loads(one) for one in re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)]


def county_parts() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in COUNTY.glob("*.json")}


def county(parts: dict[str, bytes]) -> Bundle:
    return read_bundle(rule_files(parts).payload)


@pytest.mark.parametrize("test", TESTS)
def test_every_condition_has_a_row_with_an_example_that_is_one(test: str) -> None:
    examples = [example_in(line) for line in rows()[test] if '{"test"' in line]
    assert [one["test"] for one in examples] == [test]
    assert CONDITIONS.validate_python(examples[0]).test == test


@pytest.mark.parametrize("question", [one.code for one in QUESTIONS])
def test_every_question_has_a_row_with_its_label_mode_and_an_answer(question: str) -> None:
    known = next(one for one in QUESTIONS if one.code == question)
    line = next(line for line in rows()[question] if f"{known.label} | {known.mode} |" in line)
    given = QUESTION_RULES[question].model_fields["answer"].annotation
    assert TypeAdapter[Any](given).validate_python(example_in(line)) is not None


@pytest.mark.parametrize(
    "kind", [formulas.Rated, formulas.Monthly, formulas.Counted, formulas.LateFee]
)
def test_every_formula_has_a_row_with_an_example(kind: type[formulas.Rated]) -> None:
    (tag,) = get_args(kind.model_fields["kind"].annotation)
    assert kind.model_validate(example_in(rows()[tag][0])).kind == tag


@pytest.mark.parametrize("name", sorted(PLACEHOLDERS))
def test_every_placeholder_is_named(name: str) -> None:
    assert f"`{{{name}}}`" in GUIDE


def test_no_placeholder_is_named_that_would_be_refused() -> None:
    named = set(re.findall(r"`\{([a-z_]+)\}`", GUIDE))
    assert named == PLACEHOLDERS


@pytest.mark.parametrize(
    "word",
    [
        *get_args(answers.StartDay.model_fields["anchor"].annotation),
        *fee_answers.ConcessionAnswer.model_fields,
        *fee_answers.PartConcession.model_fields,
        *fee_answers.OtherYearAnswer.model_fields,
        *fee_answers.RepairPriceAnswer.model_fields,
        *("remainder_of", "supplementary", "long_term_care", "large_amount", "by", "less"),
        *("round_to", "at_least", "lapse_penalty_per", "lapse_penalty_cap", "rate"),
        *get_args(answers.FixedWaitAnswer.model_fields["unit"].annotation),
        *get_args(answers.MonthEndAnswer.model_fields["becomes"].annotation),
        *get_args(answers.RemarkAnswer.model_fields["level"].annotation),
        *get_args(AdviceEntry.model_fields["kind"].annotation),
        *("main", "extended", "late", "closed", "confirmed", "assumed", "unsettled"),
        *("A", "B", "C", "resident", "flexible", "stated", "derived"),
        *("exception_to", "replaces", "drops", "valid", "concerns", "readings", "grounds"),
        *("advice", "conflicts", "examples", "doubts", "settled", "doubt", "fails", "applies"),
        *("cap_share", "cap_amount", "ceiling", "lapse_keeps_bonus", "lapse_penalty"),
        *(term.code for term in (*IDENTITIES, *EVENTS)),
        *(term.code for term in ANSWERS),
    ],
)
def test_every_word_of_the_language_is_named(word: str) -> None:
    assert f"`{word}`" in GUIDE or f'"{word}"' in GUIDE


def test_the_guides_rule_and_example_are_what_an_author_may_write() -> None:
    rule, read_otherwise, in_window, dated, example = blocks()
    assert RULES.validate_python(in_window).when.rules == ("late-newborn",)
    assert RULES.validate_python(dated).answer.event == "answers.previous_year_paid_on"
    assert RULES.validate_python(rule).id == "late"
    assert all(reading.sways for reading in RULES.validate_python(read_otherwise).readings)
    assert Example.model_validate(example).id == "late-two-whole-months"
    written = json.loads((COUNTY / "yunxi-2027.json").read_bytes())
    assert rule in written["programmes"][0]["rules"]
    assert example["id"] in [one["id"] for one in written["examples"]]


def table_of(heading: str) -> list[list[str]]:
    """The cells of the table whose first row begins with a heading."""
    lines = GUIDE.splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith(f"| {heading} |"))
    rows_below = itertools.takewhile(lambda line: line.startswith("|"), lines[start + 2 :])
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in rows_below]


def nation() -> Json:
    found: Json = json.loads((SHIPPED / "national.json").read_bytes())["programmes"][0]
    return found


def test_the_table_of_the_nation_s_rules_names_each_that_a_place_may_write_anew() -> None:
    """An author met them only in the messages of a check, one after the other."""
    named = [name.strip("`") for _, name, _ in table_of("公告写了")]
    # Without a wait for those who pay in time there is nothing that a place would say.
    assert sorted(named) == sorted({one["id"] for one in nation()["rules"]} - {"fixed-wait-none"})


@pytest.mark.parametrize("name", [row[1].strip("`") for row in table_of("公告写了")])
def test_what_the_table_says_to_do_with_a_rule_of_the_nation_can_be_done(name: str) -> None:
    """Each is replaced by one like it, or dropped, in a bundle that loads."""
    (how,) = [row[2] for row in table_of("公告写了") if row[1].strip("`") == name]
    (above,) = [one for one in nation()["rules"] if one["id"] == name]
    parts = county_parts()
    written = json.loads(parts["yunxi-2027.json"])
    placed = written["programmes"][0]
    reason = {"source": "yunxi-notice", "clause": "一", "reason": "公告另有规定。"}
    placed |= {"drops": [], "rules": []}
    if "不沿用" in how and "取代" not in how:
        placed["drops"] = [{"rule": name, **reason}]
    else:
        key = {"replaces": name} if "取代" in how else {"exception_to": [name]}
        own = {"id": "own", "source": "yunxi-notice", "clause": "一", **key}
        placed["rules"] = [{**above, **own}]
    parts["yunxi-2027.json"] = json.dumps(written | {"examples": []}).encode()
    assert county(parts).programmes


def test_the_facts_and_the_answers_that_an_example_may_name_are_those_there_are() -> None:
    keys = [key for row in table_of("键") for key in re.findall(r"`([a-z_]+)`", row[0])]
    assert set(keys) == {field.name for field in dataclasses.fields(Facts)}
    said = GUIDE.partition("常用的有：")[2].partition("`doubts`")[0]
    named = {one for one in re.findall(r"`([a-z_.]+)`", said) if one not in {"wait", "payable"}}
    assert named <= set(FIELDS)
    assert {"fee.total", "wait.total", "coverage.from", "lapsed_years"} <= named


def test_the_guide_s_twelfth_and_its_choices_are_what_an_author_may_write() -> None:
    (twelfth,) = re.findall(r"`(\{\"kind\": \"rated\", \"base\": \"400.00\".*?\})`", GUIDE)
    assert formulas.Rated.model_validate(json.loads(twelfth)).rate == Fraction(1, 12)
    (asks,) = re.findall(r"`\"asks\": (\[.*?\}\]\}\])`", GUIDE)
    read = TypeAdapter[Any](tuple[AskedAnswer, ...]).validate_python(json.loads(asks))
    assert [one.value for one in read[0].choices] == ["one", "two"]


@pytest.mark.parametrize(
    ("more", "ends", "begins"),
    [({}, "2026-04-30", "2026-05-01"), ({"months_end": "same-day"}, "2026-05-01", "2026-06-01")],
)
def test_paid_on_a_first_the_month_after_three_is_as_the_guide_says(
    more: Json, ends: str, begins: str
) -> None:
    rules = [
        window("late", "2026-01-01", "2026-12-31"),
        standard("400.00"),
        plain("start", "wait-start", {"anchor": "payment", **more}, replaces="wait-start"),
        plain("next", "after-wait", {"days": 1, "month_start": True}, replaces="after-wait"),
    ]
    book = book_of(bundle_of(invented_nation(), programme(rules), format=2))
    found = assessed(facts("2026-02-01"), book)
    assert found.wait is not None
    assert found.coverage is not None
    assert (str(found.wait.end), str(found.coverage.start)) == (ends, begins)


def test_who_is_not_born_on_the_day_counts_as_of_age_nought() -> None:
    case = Case(2026, date(2026, 8, 1), date(2026, 5, 1))
    nought = {"test": "age", "on": "B:01-01", "from": 0, "to": 0}
    assert CONDITIONS.validate_python(nought).compile(2026)(case) is True


def test_the_invented_county_says_that_it_is_invented() -> None:
    written = json.loads((COUNTY / "yunxi-2027.json").read_bytes())
    assert "虚构" in written["regions"][0]["name"]
    assert all("虚构" in source["title"] for source in written["sources"])


# Other tests count these lines; counted here, a whole proof would take four times as long.
@pytest.mark.no_cover
def test_the_invented_county_is_proven_and_its_examples_come_out() -> None:
    book = activate(county(county_parts()), "", signed=False)
    assert book.name("990102") == "云溪县（虚构）"
    assert len(book.bundle.examples) > 10


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('"amount": "350.00"', '"amount": "351.00"'),
        ('"within": {"days": 28}', '"within": {"days": 29}'),
        ('"length": 2', '"length": 3'),
        ('"to": "2026-12-25"}', '"to": "2027-01-05"}'),
    ],
)
# Other tests count these lines; counted here, a whole proof would take four times as long.
@pytest.mark.no_cover
def test_a_figure_mistyped_in_the_county_is_refused(right: str, wrong: str) -> None:
    parts = county_parts()
    text = parts["yunxi-2027.json"].decode()
    assert right in text
    parts["yunxi-2027.json"] = text.replace(right, wrong).encode()
    with pytest.raises(BundleUnreadableError):
        activate(county(parts), "", signed=False)


def test_the_guide_and_its_example_ship_with_the_program() -> None:
    """Beside the manual, in a wheel and in the folder that runs without Python."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]["only-include"]
    frozen = (ROOT / "build.spec").read_text(encoding="utf-8")
    for name in (
        "docs/manual.zh-CN.md",
        "docs/rules.md",
        "docs/examples/yunxi",
        "docs/examples/shiqiao",
    ):
        assert name in wheel
        assert f'("{name}", "medcounter/resources/' in frozen


def test_the_example_writes_no_day_of_a_period_twice() -> None:
    parts = json.loads((COUNTY / "yunxi-2027.json").read_bytes())
    rules = parts["programmes"][0]["rules"]
    windows = [rule for rule in rules if rule["question"] == "window"]
    assert windows
    assert [rule["id"] for rule in windows if "from" in rule["answer"]] == []


def commands() -> list[list[str]]:
    """The words of the guide's commands, without the program's own name."""
    found = re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL)
    lines = [line for block in found for line in block.splitlines()]
    return [line.split()[1:] for line in lines]


def test_the_guides_commands_lead_from_the_county_to_a_signed_bundle(
    tmp_path: Path, capfdbinary: Streams, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MEDCOUNTER_DATA_DIR", str(tmp_path / "data"))
    fresh, *given = commands()
    assert main([word.replace("yunxi", "fresh") for word in fresh]) == 0
    assert main(["bundle", "check", "fresh"]) == 2
    assert "还没有填" in capfdbinary.readouterr().err.decode()
    shutil.copytree(COUNTY, tmp_path / "yunxi")
    (tmp_path / "old-bundle.json").write_bytes(rule_files(county_parts()).payload)
    inspected = 0
    for words in given:
        if words[0] != "sync":  # its roots are those of a hall
            assert main(words) == 0, words
            inspected += words[:2] == ["bundle", "inspect"]
    assert inspected == 1
    assert "有效签名 2 个".encode() in capfdbinary.readouterr().out
