"""Assess facts: what to pay, when covered, why, and how sure.

Pure functions of facts and rules; no file, clock or screen is used.
"""

from medcounter.assess.assessing import assess
from medcounter.assess.assessment import Assessment
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import Facts, Problem
from medcounter.assess.options import Option, options
from medcounter.assess.read_facts import read_facts

__all__ = [
    "Assessment",
    "Facts",
    "Option",
    "Problem",
    "RuleBook",
    "assess",
    "options",
    "read_facts",
]
