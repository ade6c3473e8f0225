"""Worked examples that travel with the rules, run before activation.

Source: design of the rule language, lesson 12 and "Bundles prove themselves".
"""

from __future__ import annotations

from collections.abc import Iterator

from medcounter.assess.contract import assessment_json
from medcounter.assess.engine import assess
from medcounter.assess.facts import Facts
from medcounter.assess.read_facts import read_facts
from medcounter.assess.rule_book import RuleBook
from medcounter.rules.bundle import Example
from medcounter.rules.faults import Fault


def run_examples(book: RuleBook) -> tuple[Fault, ...]:
    """Run every example of a bundle and list what came out otherwise."""
    return tuple(
        fault
        for index, example in enumerate(book.bundle.examples)
        for fault in _run(f"examples[{index}]", example, book)
    )


def _run(path: str, example: Example, book: RuleBook) -> Iterator[Fault]:
    facts = read_facts(example.facts, book)
    answer = assess(facts, book) if isinstance(facts, Facts) else facts
    if isinstance(answer, tuple):
        for problem in answer:
            yield Fault(path, f"例子“{example.id}”不能测算：{problem.field}：{problem.text}")
        return
    plain = assessment_json(answer)
    for name, expected in example.expect.items():
        found = dotted(plain, name)
        if found != expected:
            text = f"例子“{example.id}”的 {name} 应为 {expected}，算出的是 {found}。"
            yield Fault(f"{path}.expect", text)
    doubtful = {doubt.field for doubt in answer.doubts}
    for name in example.doubts:
        if name not in doubtful:
            yield Fault(f"{path}.doubts", f"例子“{example.id}”的 {name} 应列为存疑，但没有列出。")
    for name in example.settled:
        if any(field == name or field.startswith(f"{name}.") for field in doubtful):
            yield Fault(f"{path}.settled", f"例子“{example.id}”的 {name} 不应存疑，但被列出。")


def dotted(plain: object, name: str) -> object:
    """Follow a dotted path into decoded JSON; None where a part is null."""
    here = plain
    for part in name.split("."):
        if isinstance(here, list):
            here = here[int(part)]
        elif isinstance(here, dict):
            here = here.get(part)
        else:
            return None
    return here
