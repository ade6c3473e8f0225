"""A bundle's cases as a table that an office reads through: a line a resident.

The residents are made up from the rules; real people never come here.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from medcounter.assess import read_facts
from medcounter.assess.assessing import Decided, decide_facts
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import Facts, Problem
from medcounter.money import show_yuan
from medcounter.samples.answer_changes import boundary_set
from medcounter.samples.resident_words import case_words
from medcounter.samples.sample_residents import covered_residents
from medcounter.wording.terms import UNSETTLED_AMOUNT
from medcounter.wording.wait_words import wait_length

# The mark tells a spreadsheet program that the table is UTF-8.
_ENCODING = "utf-8-sig"
_COLUMNS = (
    *("哪一种", "地区", "年度", "参保人", "时段"),
    *(
        "应缴（元）",
        "标准（元）",
        "资助（元）",
        "修复（元）",
        "等待期",
        "等待期末日",
        "待遇开始",
        "待遇结束",
    ),
)


def case_table(book: RuleBook) -> bytes:
    """Return the examples, sample residents and limits of a bundle as csv."""
    file = io.StringIO(newline="")
    table = csv.writer(file)
    table.writerow(_COLUMNS)
    table.writerows(_rows(book))
    return file.getvalue().encode(_ENCODING)


def _rows(book: RuleBook) -> Iterator[Iterable[str]]:
    for example in book.bundle.examples:
        facts = read_facts(example.facts, book)
        if isinstance(facts, Facts):
            yield _row(f"算例 {example.id}", facts, book)
        else:
            yield f"算例 {example.id}", "", "", "", _refusal(facts)
    for sample in covered_residents(book):
        yield _row("样本", sample.facts, book)
    for facts in boundary_set(book):
        yield _row("界限", facts, book)


def _row(kind: str, facts: Facts, book: RuleBook) -> Iterable[str]:
    place = book.name(facts.region) or facts.region
    who = kind, place, str(facts.benefit_year), case_words(facts, book)
    found = decide_facts(facts, book)
    if not isinstance(found, Decided):
        return *who, _refusal(found)
    decision = found.decision
    fee, wait, cover = decision.fee, decision.wait, decision.coverage
    amounts = (fee.total, fee.standard, fee.aid, fee.repair) if fee else ()
    return (
        *who,
        decision.window.label,
        *(map(_yuan, amounts) if fee else ("",) * 4),
        wait_length(wait) if fee else "",
        str(wait.end) if wait else "",
        *((str(cover.start), str(cover.end)) if cover else ("", "")),
    )


def _yuan(fen: int | None) -> str:
    return UNSETTLED_AMOUNT if fen is None else show_yuan(fen)


def _refusal(problems: Iterable[Problem]) -> str:
    return "".join(problem.text for problem in problems)
