"""The commands ``assess`` and ``options``: facts in, answers out.

Source: docs/contract.md. Opens no ledger and writes no file.
"""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from medcounter.assess import Option, assess, options, read_facts
from medcounter.assess.assessment import Assessment
from medcounter.assess.contract import assessment_json, facts_json
from medcounter.assess.engine.ask_rules import RulesIncompleteError
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import Facts, Problem
from medcounter.assess.mechanism import assess_or_mechanism
from medcounter.cli.checked_bundle import rules_to_answer_by
from medcounter.cli.command import DONE, REFUSED
from medcounter.cli.facts_file import FactsFile, FactsItem, read_facts_file
from medcounter.cli.output import Refusal, compact, pretty, refuse, write
from medcounter.errors import MedCounterError
from medcounter.files import FileTooLargeError, read_bounded
from medcounter.money import show_yuan

PlainAnswer = dict[str, object] | list[dict[str, object]]
FoundProblems = tuple[Problem, ...]
Answerer = Callable[[Facts, RuleBook], PlainAnswer | FoundProblems]

STANDARD_INPUT = "-"
_BUNDLE_REFUSED = "bundle-refused"
# A million residents take some 150 MB; more than this is the wrong file.
LARGEST_INPUT = 500_000_000


def run_assess(arguments: Namespace) -> int:
    """Answer each facts object with its assessment, or the nation's mechanism."""
    return _run(arguments, _mechanism if arguments.mechanism else _assessment)


def run_options(arguments: Namespace) -> int:
    """Answer each facts object with the choices worth putting before it."""
    return _run(arguments, _options)


def _run(arguments: Namespace, answering: Answerer) -> int:
    try:
        file = read_facts_file(read_input(arguments.file))
    except MedCounterError as err:
        refuse([Refusal(0, "", "not-json", err.text)])
        return REFUSED
    try:
        book = rules_to_answer_by(arguments.bundle, arguments.data_dir)
    except MedCounterError as err:
        refuse([Refusal(0, "", _BUNDLE_REFUSED, err.text)])
        return REFUSED
    answers = [_answer(item, book, answering) for item in file.items]
    _write(file, [None if isinstance(answer, tuple) else answer for answer in answers])
    refusals = [
        Refusal(place, problem.field, problem.code, problem.text)
        for place, answer in enumerate(answers)
        if isinstance(answer, tuple)
        for problem in answer
    ]
    if not refusals:
        return DONE
    refuse(refusals)
    return REFUSED


def _answer(item: FactsItem, book: RuleBook, answering: Answerer) -> PlainAnswer | FoundProblems:
    if item.problems:
        return item.problems
    facts = read_facts(item.value, book)
    if not isinstance(facts, Facts):
        return facts
    try:
        return answering(facts, book)
    except RulesIncompleteError as err:
        # Only what was signed unchecked comes here: a draft is proven before it answers.
        return (Problem("", _BUNDLE_REFUSED, err.text),)


def _assessment(facts: Facts, book: RuleBook) -> PlainAnswer | FoundProblems:
    answer = assess(facts, book)
    return assessment_json(answer) if isinstance(answer, Assessment) else answer


def _mechanism(facts: Facts, book: RuleBook) -> PlainAnswer | FoundProblems:
    answer = assess_or_mechanism(facts, book)
    return assessment_json(answer) if isinstance(answer, Assessment) else answer


def _options(facts: Facts, book: RuleBook) -> PlainAnswer | FoundProblems:
    offered = options(facts, book)
    problems = tuple(item for item in offered if isinstance(item, Problem))
    return problems or [_choice(item) for item in offered if isinstance(item, Option)]


def _choice(option: Option) -> dict[str, object]:
    cost = option.extra_cost
    return {
        "code": option.code,
        "label": option.label,
        "facts": facts_json(option.facts),
        "assessment": assessment_json(option.assessment),
        "extra_cost": None if cost is None else show_yuan(cost),
        "extra_days": option.extra_days,
    }


def _write(file: FactsFile, answers: list[PlainAnswer | None]) -> None:
    if file.mode == "single":
        if answers[0] is not None:
            write(pretty(answers[0]))
    elif file.mode == "lines":
        write("\n".join(compact(answer) for answer in answers))
    elif answers:
        write("[\n" + ",\n".join(compact(answer) for answer in answers) + "\n]")
    else:
        write("[]")


def read_input(name: str) -> bytes:
    """Read a named file whole, or standard input for ``-``.

    Raises:
        InputUnreadableError: It is not there or cannot be read.
        FileTooLargeError: It holds more than 500 MB.
    """
    try:
        if name != STANDARD_INPUT:
            return read_bounded(Path(name), LARGEST_INPUT, pipes=True)
        data = b"" if sys.stdin is None else sys.stdin.buffer.read(LARGEST_INPUT + 1)
    except (OSError, ValueError) as err:
        raise InputUnreadableError(
            f"文件“{name}”无法读取，没有测算；请核对路径和权限后重试。"
        ) from err
    if len(data) > LARGEST_INPUT:
        raise FileTooLargeError
    return data


class InputUnreadableError(MedCounterError):
    """文件无法读取，没有测算；请核对路径和权限后重试。"""
