"""The command line's promises: modes, places, exit codes, one JSON object of errors."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from medcounter.cli import main
from medcounter.paths import resource
from tests.support.desk.desk_samples import shipped_book
from tests.support.rules.rule_samples import (
    Json,
    bundle_of,
    nation,
    programme,
    rule,
    standard,
    window,
)

SUBSIDY = rule("subsidy", "subsidy", {"amount": "700.00"})

GOOD = {"region": "360000", "benefit_year": 2025, "payment_date": "2025-03-05"}
CLOSED = {"region": "360000", "benefit_year": 2025, "payment_date": "2026-03-05"}
BAD = {"region": "360000", "benefit_year": 2025, "payment_date": "2025-02-30"}


class Told(NamedTuple):
    code: int
    out: str
    errors: list[dict[str, Any]]


Ask = Callable[..., Told]


@pytest.fixture
def ask(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Give bytes to ``assess`` on standard input and read both streams."""

    def asked(data: bytes | str, command: str = "assess") -> Told:
        raw = data.encode() if isinstance(data, str) else data
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
        code = main([*command.split(), "-"])
        out, err = capfdbinary.readouterr()
        return Told(code, out.decode("utf-8"), json.loads(err)["errors"] if err else [])

    return asked


def lines(*items: object) -> str:
    return "\n".join(json.dumps(item) for item in items) + "\n"


def test_missing_rules_are_refused_and_answered_by_the_mechanism_when_asked(ask: Ask) -> None:
    bare = json.dumps({"region": "810000", "benefit_year": 2027, "payment_date": "2026-11-29"})
    refused = ask(bare)
    assert (refused.code, refused.out) == (2, "")
    assert [error["code"] for error in refused.errors] == ["rules-not-covered"]
    told = ask(bare, "assess --mechanism")
    answer = json.loads(told.out)
    assert (told.code, told.errors) == (0, [])
    assert (answer["payable"], answer["fee"]) == (None, None)
    assert answer["window"]["kind"] == "unknown"
    assert answer["remarks"][0]["code"] == "rules-missing"


def test_a_code_that_is_no_place_is_refused_by_the_mechanism_too(ask: Ask) -> None:
    unreal = json.dumps({"region": "880000", "benefit_year": 2027, "payment_date": "2026-11-29"})
    told = ask(unreal, "assess --mechanism")
    assert told.code == 2
    assert [(error["field"], error["code"]) for error in told.errors] == [
        ("region", "unknown-code")
    ]


def test_one_object_answers_with_one_assessment(ask: Ask) -> None:
    told = ask(json.dumps(GOOD))
    assert (told.code, told.errors) == (0, [])
    assert json.loads(told.out)["coverage"]["from"] == "2025-06-05"


def test_a_closed_window_is_an_answer(ask: Ask) -> None:
    told = ask(json.dumps(CLOSED))
    assert told.code == 0
    answer = json.loads(told.out)
    assert (answer["payable"], answer["fee"], answer["window"]["kind"]) == (False, None, "closed")


def test_a_list_answers_with_a_list_and_an_empty_one_with_an_empty_one(ask: Ask) -> None:
    told = ask(json.dumps([GOOD, CLOSED]))
    assert [item["payable"] for item in json.loads(told.out)] == [True, False]
    assert ask("[]") == Told(0, "[]\n", [])


def test_lines_answer_with_lines_in_the_same_order(ask: Ask) -> None:
    told = ask(lines(CLOSED, GOOD))
    assert [json.loads(line)["payable"] for line in told.out.splitlines()] == [False, True]


@pytest.mark.parametrize("wrap", [lambda *items: json.dumps(items), lines])
def test_a_bad_item_is_null_in_its_place_and_named_by_its_index(
    ask: Ask, wrap: Callable[..., str]
) -> None:
    told = ask(wrap(GOOD, BAD, CLOSED))
    read = (
        json.loads(told.out)
        if told.out.startswith("[")
        else list(map(json.loads, told.out.splitlines()))
    )
    assert told.code == 2
    assert [item and item["payable"] for item in read] == [True, None, False]
    assert [(e["index"], e["field"], e["code"]) for e in told.errors] == [
        (1, "payment_date", "not-a-date")
    ]


def test_a_bad_single_object_leaves_standard_output_empty(ask: Ask) -> None:
    told = ask(json.dumps(BAD))
    assert (told.code, told.out) == (2, "")


@pytest.mark.parametrize(
    "data", [b"", b"{", b"\xff\xfe", b"no json", b'{"region": NaN}', b"[" * 9999]
)
def test_a_file_that_is_no_json_is_said_once(ask: Ask, data: bytes) -> None:
    told = ask(data)
    assert (told.code, told.out) == (2, "")
    assert [(e["index"], e["field"], e["code"]) for e in told.errors] == [(0, None, "not-json")]


def test_all_errors_come_in_the_order_of_the_facts_table(ask: Ask) -> None:
    told = ask(
        json.dumps(
            {
                "colour": 1,
                "answers": [],
                "repair_years": -1,
                "insured_years": ["2024"],
                "events": [{"kind": "moon", "date": "2025-13-01"}],
                "categories": ["king"],
                "birth_date": "yesterday",
                "payment_date": "2025-02-30",
                "benefit_year": "2025",
                "scheme": "other",
                "region": "36",
            }
        )
    )
    assert told.code == 2
    assert [(e["field"], e["code"]) for e in told.errors] == [
        ("region", "unknown-code"),
        ("scheme", "unknown-code"),
        ("benefit_year", "not-a-number"),
        ("payment_date", "not-a-date"),
        ("birth_date", "not-a-date"),
        ("categories", "unknown-code"),
        ("events.0.kind", "unknown-code"),
        ("events.0.date", "not-a-date"),
        ("insured_years.0", "wrong-type"),
        ("repair_years", "out-of-range"),
        ("answers", "wrong-type"),
        ("colour", "unknown-key"),
    ]
    assert all(e["text"] for e in told.errors)


@pytest.mark.parametrize("item", ["null", "3", '"text"', "true", "[]", "1.5"])
def test_an_item_that_is_no_object_is_of_the_wrong_type(ask: Ask, item: str) -> None:
    told = ask(f"[{item}]")
    assert (told.code, told.out.split()) == (2, ["[", "null", "]"])
    assert told.errors[0]["code"] == "wrong-type"


def test_a_key_that_stands_twice_is_named(ask: Ask) -> None:
    told = ask('{"region": "360000", "region": "361000", "benefit_year": 2025}')
    assert (told.code, told.out) == (2, "")
    assert [(e["field"], e["code"]) for e in told.errors] == [("region", "duplicate-key")]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("benefit_year", "2025.5"),
        ("benefit_year", "1e999"),
        ("benefit_year", "9" * 400),
        ("repair_years", "0.5"),
        ("insured_years", "[1e400]"),
    ],
)
def test_a_number_out_of_this_world_is_refused_at_its_field(ask: Ask, key: str, value: str) -> None:
    rest = json.dumps({name: fact for name, fact in GOOD.items() if name != key})
    told = ask(f'{rest[:-1]}, "{key}": {value}}}')
    assert told.code == 2
    assert told.errors[0]["field"].split(".")[0] == key


def test_a_place_without_rules_says_what_is_covered(ask: Ask) -> None:
    told = ask(json.dumps(GOOD | {"region": "330000"}))
    assert [(e["field"], e["code"]) for e in told.errors] == [("region", "rules-not-covered")]
    assert "江西" in told.errors[0]["text"]


def test_options_begin_with_paying_now_and_measure_the_others_against_it(ask: Ask) -> None:
    told = ask(json.dumps(GOOD), "options")
    choices = json.loads(told.out)
    assert choices[0]["code"] == "pay-now"
    assert (choices[0]["extra_cost"], choices[0]["extra_days"]) == ("0.00", 0)
    assert set(choices[0]) == {
        "code", "label", "facts", "assessment", "extra_cost", "extra_days"
    }  # fmt: skip


def test_options_of_a_list_are_a_list_of_lists(ask: Ask) -> None:
    told = ask(json.dumps([GOOD, BAD]), "options")
    read = json.loads(told.out)
    assert (told.code, read[1], read[0][0]["code"]) == (2, None, "pay-now")


def test_answers_are_utf_8_whatever_the_console_speaks(ask: Ask) -> None:
    assert "江西省" in ask(json.dumps(GOOD)).out


def test_the_stamp_says_which_rules_answered(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps(GOOD))
    stamps = []
    for words in ([], ["--bundle", str(resource("bundle.json"))]):
        assert main(["assess", str(facts), *words]) == 0
        stamps.append(json.loads(capfdbinary.readouterr().out)["stamp"])
    assert [stamp["signed"] for stamp in stamps] == [True, False]
    assert stamps[0]["sha256"] == stamps[1]["sha256"] == shipped_book().sha256


def test_a_folder_of_parts_is_a_bundle_too(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    document = json.loads(resource("bundle.json").read_bytes())
    lists = ("regions", "sources", "programmes", "examples")
    head = {key: value for key, value in document.items() if key not in lists}
    (tmp_path / "bundle.json").write_text(json.dumps(head))
    (tmp_path / "rules.json").write_text(json.dumps({key: document[key] for key in lists}))
    facts = tmp_path / "facts.jsonl"
    facts.write_text(json.dumps(GOOD))
    assert main(["assess", str(facts), "--bundle", str(tmp_path)]) == 0
    assert json.loads(capfdbinary.readouterr().out)["stamp"]["sha256"] == shipped_book().sha256


def test_no_database_is_made_by_an_assessment(
    own_data_dir: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps(GOOD))
    assert main(["assess", str(facts)]) == 0
    assert json.loads(capfdbinary.readouterr().out)["payable"]
    assert not own_data_dir.exists()


@pytest.mark.parametrize("name", ["missing.json", "", "a\0b"])
def test_a_file_that_cannot_be_read_is_said(
    name: str, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["assess", str(tmp_path / name)]) == 2
    out, err = capfdbinary.readouterr()
    assert out == b""
    assert "无法读取" in json.loads(err)["errors"][0]["text"]


@pytest.mark.parametrize("content", [None, b"{", b'{"format": 2}', b'{"payloadType": "x"}'])
def test_a_bundle_that_cannot_be_used_is_said(
    content: bytes | None, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    bundle, facts = tmp_path / "bundle.json", tmp_path / "facts.json"
    facts.write_text(json.dumps(GOOD))
    if content is not None:
        bundle.write_bytes(content)
    assert main(["assess", str(facts), "--bundle", str(bundle)]) == 2
    (error,) = json.loads(capfdbinary.readouterr().err)["errors"]
    assert (error["code"], error["field"]) == ("bundle-refused", None)
    assert error["text"].endswith("。")


TWICE = rule("again", "concession", {"pays": "90.00"}, grounds=["low-income"])


@pytest.mark.parametrize(
    "more",
    [
        [standard("410.00") | {"id": "again"}],
        # Asked for the best of several, two that stand at once came out as one of them.
        [TWICE, TWICE | {"id": "once-more", "answer": {"pays": "80.00"}}],
    ],
    ids=["one", "best"],
)
def test_a_draft_that_its_check_refuses_answers_nobody(
    more: list[Json], tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """It is told as every refusal is: a script reads JSON."""
    stated = [window("main", "2025-09-01", "2025-12-20"), standard("400.00"), SUBSIDY, *more]
    draft = tmp_path / "draft.json"
    draft.write_text(json.dumps(bundle_of(nation(), programme(stated))), "utf-8")
    facts = {"region": "990000", "benefit_year": 2026, "payment_date": "2025-10-01"}
    asked = tmp_path / "facts.json"
    asked.write_text(json.dumps([facts | {"categories": ["low-income"]}, facts]))
    assert main(["assess", str(asked), "--bundle", str(draft)]) == 2
    out, err = capfdbinary.readouterr()
    assert out == b""
    (error,) = json.loads(err)["errors"]
    assert error["code"] == "bundle-refused"
    assert "同时成立" in error["text"]
    assert "没有测算" in error["text"]
    assert f"bundle check {draft}" in error["text"]


def test_a_draft_that_passes_its_check_answers(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    stated = [window("main", "2025-09-01", "2025-12-20"), standard("400.00"), SUBSIDY]
    draft, asked = tmp_path / "draft.json", tmp_path / "facts.json"
    draft.write_text(json.dumps(bundle_of(nation(), programme(stated))), "utf-8")
    facts = {"region": "990000", "benefit_year": 2026, "payment_date": "2025-10-01"}
    asked.write_text(json.dumps(facts))
    assert main(["assess", str(asked), "--bundle", str(draft)]) == 0
    assert json.loads(capfdbinary.readouterr().out)["fee"]["total"] == "400.00"
