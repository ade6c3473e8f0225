"""Run the worked examples that a bundle carries, before activation.

Source: docs/rules.md, 十三: a bundle brings its worked examples.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from medcounter.assess.assessing import assess
from medcounter.assess.contract import assessment_json
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.explain.doubts import touches
from medcounter.assess.facts import Facts
from medcounter.assess.read_facts import read_facts
from medcounter.rules.bundle import Example
from medcounter.rules.faults import Fault
from medcounter.strict_json import canonical


def run_examples(book: RuleBook) -> tuple[Fault, ...]:
    """Run every example of a bundle and list the deviations."""
    return tuple(
        fault
        for index, example in enumerate(book.bundle.examples)
        for fault in run_example(f"examples[{index}]", example, book)
    )


def run_example(path: str, example: Example, book: RuleBook) -> Iterator[Fault]:
    """Run one example and yield the deviations.

    Args:
        path: The example's, such as ``examples[3]``.
        example: The example; nothing of the book's own is asked but its rules.
        book: The rules.
    """
    plain, doubtful = answered(example.facts, book)
    if "error" in plain and not any(name.startswith("error") for name in example.expect):
        yield Fault(f"{path}.facts", f"例子“{example.id}”不能测算：{plain['error.text']}")
        return
    for name, expected in example.expect.items():
        found = plain[name] if name in plain else dotted(plain, name)
        if found != expected:
            text = (
                f"例子“{example.id}”的 {name} 应为 {_shown(expected)}，算出的是 {_shown(found)}。"
            )
            yield Fault(f"{path}.expect", text)
    for name in example.doubts:
        if not touches(name, doubtful):
            yield Fault(f"{path}.doubts", f"例子“{example.id}”的 {name} 应列为存疑，但没有列出。")
    for name in example.settled:
        if touches(name, doubtful):
            yield Fault(f"{path}.settled", f"例子“{example.id}”的 {name} 不应存疑，但被列出。")


def answered(facts: Mapping[str, Any], book: RuleBook) -> tuple[dict[str, Any], set[str]]:
    """Assess an example's facts without the hints, which no example may expect.

    Returns:
        The answer as plain JSON, and the fields in doubt; a refusal answers
        ``error``, ``error.field`` and ``error.text``.
    """
    read = read_facts(facts, book)
    answer = assess(read, book, hinted=False) if isinstance(read, Facts) else read
    if isinstance(answer, tuple):
        first = answer[0]
        named = {"error": first.code, "error.field": first.field, "error.text": first.text}
        return named, set()
    return assessment_json(answer), {doubt.field for doubt in answer.doubts}


def _shown(value: object) -> str:
    return canonical(value).decode()


def dotted(plain: object, name: str) -> object:
    """Follow a dotted path into decoded JSON; None where a part is null."""
    here = plain
    for part in name.split("."):
        if isinstance(here, list):
            here = here[int(part)] if part.isdecimal() and int(part) < len(here) else None
        elif isinstance(here, dict):
            here = here.get(part)
        else:
            return None
    return here
