"""The worked cases of the contract, through the command that scripts call.

A case of a place whose rules do not ship yet is not collected.
"""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from medcounter.cli import main
from medcounter.rules.inherit import lineage
from tests.support.desk.desk_samples import shipped_book

CASES = Path(__file__).resolve().parents[2] / "data" / "cases.json"
Case = dict[str, Any]


def covered(case: Case) -> bool:
    """Tell whether some place of the case's own lineage has rules that ship."""
    own = {place.code for place in shipped_book().regions()}
    return bool(own & set(lineage(case["facts"]["region"])))


def collected() -> list[Any]:
    cases: list[Case] = json.loads(CASES.read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["id"]) for case in cases if covered(case)]


def told(
    facts: Case, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> tuple[int, Any, Any]:
    """Assess facts from standard input; give exit code and both streams' JSON."""
    stdin = io.TextIOWrapper(io.BytesIO(json.dumps(facts).encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    code = main(["assess"])
    out, err = capfdbinary.readouterr()
    return code, json.loads(out) if out else None, json.loads(err) if err else None


def at(answer: Case, path: str) -> object:
    here: Any = answer
    for step in path.split("."):
        here = None if here is None else here[step]
    return here


def is_named(field: str, doubts: list[str]) -> bool:
    """A doubt names a field by itself, by a part of it, or by the whole of it."""
    return any(
        f"{one}.".startswith(f"{field}.") or f"{field}.".startswith(f"{one}.") for one in doubts
    )


@pytest.mark.parametrize("case", collected())
def test_a_worked_case_comes_out_as_its_source_says(
    case: Case, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, answer, errors = told(case["facts"], capfdbinary, monkeypatch)
    expected = dict(case["expect"])
    doubted, settled = expected.pop("_doubt", []), expected.pop("_settled", [])
    if refusal := {k: v for k, v in expected.items() if k.startswith("error")}:
        first = errors["errors"][0]
        found = {"error": first["code"], "error.field": first["field"]}
        assert (code, answer) == (2, None)
        assert {key: found[key] for key in refusal} == refusal
        return
    assert (code, errors) == (0, None)
    assert {path: at(answer, path) for path in expected} == expected
    named = [doubt["field"] for doubt in answer["doubts"]]
    assert [field for field in doubted if not is_named(field, named)] == []
    assert [field for field in settled if is_named(field, named)] == []


def test_the_cases_of_jiangxi_and_fuzhou_are_all_collected() -> None:
    names = {param.id for param in collected()}
    assert len([name for name in names if name.startswith(("jx25", "jx26", "fz25"))]) == 15
    assert {"no-rules-for-year", "impossible-date"} <= names
