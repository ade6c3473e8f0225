"""The author's guide names everything the language has, and its examples are rules."""

import json
import re
import shutil
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter

from medcounter.assess.prove.activation import activate
from medcounter.bundle.rule_folder import rule_files
from medcounter.cli import main
from medcounter.rules import answers
from medcounter.rules.bundle import AdviceEntry, Bundle, Example
from medcounter.rules.conditions import Condition
from medcounter.rules.faults import BundleUnreadableError
from medcounter.rules.fees import fee_answers, formulas
from medcounter.rules.load import read_bundle
from medcounter.rules.questions import QUESTIONS, Rule
from medcounter.rules.rule import PLACEHOLDERS
from medcounter.rules.vocabulary import ANSWERS, EVENTS, IDENTITIES
from tests.support.rules.rule_samples import Json

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
    rule, read_otherwise, dated, example = blocks()
    assert RULES.validate_python(dated).answer.event == "answers.previous_year_paid_on"
    assert RULES.validate_python(rule).id == "late"
    assert all(reading.sways for reading in RULES.validate_python(read_otherwise).readings)
    assert Example.model_validate(example).id == "late-two-whole-months"
    written = json.loads((COUNTY / "yunxi-2027.json").read_bytes())
    assert rule in written["programmes"][0]["rules"]
    assert example["id"] in [one["id"] for one in written["examples"]]


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
