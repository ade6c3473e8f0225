"""Every source that the code cites can be found: a page here, an act, a standard, a bundle's."""

import ast
import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from medcounter.assess.assessing import assess
from medcounter.assess.assessment import Assessment
from medcounter.assess.contract import assessment_json
from medcounter.assess.facts import FACT_LABELS, Facts
from tests.support.rules.rule_samples import shipped_book

ROOT = Path(__file__).resolve().parents[3]
CONTRACT = (ROOT / "docs" / "contract.md").read_text("utf-8")
CITED = re.compile(r"\bSources?: (.+?)(?:\.\s|\.$|$)", re.DOTALL)
PAGE = re.compile(r"docs/[\w./-]+")
BUNDLE_SOURCE = re.compile(r"bundle source ``([\w-]+)``")
# An act by its number, a numbered standard or specification, or what was measured here.
ACT = re.compile(r"〔\d{4}〕|支付结算办法 \(1997\)")
STANDARD = re.compile(
    r"RFC \d+|GB/T \d+|\[MS-\w+\]|SQLCipher 4|DSSE protocol 1\.0|The Update\s+Framework, 1\."
    r"|Crockford's Base 32|our own measurement|the clients' default folders|ICO format"
    r"|Debian Policy"
)


def citations() -> Iterator[tuple[str, str]]:
    for path in sorted((*ROOT.glob("medcounter/**/*.py"), *ROOT.glob("ui/**/*.py"))):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            kinds = ast.Module | ast.ClassDef | ast.FunctionDef
            told = ast.get_docstring(node) if isinstance(node, kinds) else None
            for found in CITED.finditer(told or ""):
                yield path.relative_to(ROOT).as_posix(), " ".join(found[1].split())


@cache
def bundle_sources() -> set[str]:
    parts = [json.loads(path.read_text("utf-8")) for path in ROOT.glob("resources/bundles/*.json")]
    return {source["id"] for part in parts for source in part.get("sources", ())}


def names_something(text: str) -> bool:
    """Whether a reader can go and look."""
    pages = PAGE.findall(text)
    sources = BUNDLE_SOURCE.findall(text)
    if not all((ROOT / page.rstrip(".")).exists() for page in pages):
        return False
    if not set(sources) <= bundle_sources():
        return False
    return bool(pages or sources or ACT.search(text) or STANDARD.search(text))


def test_every_cited_source_can_be_found_by_a_reader() -> None:
    cited = list(citations())
    assert len(cited) > 30
    assert [(where, text) for where, text in cited if not names_something(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "rule book, national mechanism 4",
        "contract, key ``exemption``",
        "design of the rule language, lesson 12",
        "docs/nowhere.md, key ``x``",
        "bundle source ``no-such-document``",
    ],
)
def test_a_source_that_lies_nowhere_is_seen(text: str) -> None:
    assert not names_something(text)


def keys_of(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from keys_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_of(inner)


def test_the_contract_names_every_key_that_is_read_or_written() -> None:
    # A lapsed resident who repairs one year: fee, wait, hints and steps are all there.
    facts = Facts(
        region="360000",
        benefit_year=2026,
        payment_date=date(2026, 3, 5),
        birth_date=date(1962, 8, 1),
        insured_years=(2023,),
        repair_years=1,
    )
    answer = assess(facts, shipped_book())
    assert isinstance(answer, Assessment)
    written: dict[str, Any] = assessment_json(answer)
    named = set(re.findall(r"`([a-z_0-9]+)`", CONTRACT))
    keys = {
        *FACT_LABELS,
        *keys_of({key: value for key, value in written.items() if key != "facts"}),
    }
    assert keys - named == set()
