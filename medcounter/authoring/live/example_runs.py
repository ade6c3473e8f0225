"""Run one example of a draft, whose rules may still contradict themselves."""

from __future__ import annotations

from medcounter.assess.engine.ask_rules import RulesIncompleteError
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.prove.examples import run_example
from medcounter.rules.bundle import Example
from medcounter.rules.faults import Fault


def example_faults(example: Example, book: RuleBook) -> tuple[Fault, ...]:
    """List where the outcome differs from what an example expects.

    Args:
        example: The example.
        book: The rules.

    Returns:
        Faults whose path is within the example; one where there is no single rule.
    """
    try:
        return tuple(run_example("", example, book))
    except RulesIncompleteError:
        text = f"例子“{example.id}”不能测算：这种情形还没有唯一的规则。"
        return (Fault("facts", text),)
