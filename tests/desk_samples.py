"""The rules as they ship, for tests of the desk and the command line."""

from functools import cache

from medcounter.assess.rule_book import RuleBook
from medcounter.bundle.shipped import open_shipped


@cache
def shipped_book() -> RuleBook:
    """The rule book a counter works from on its first day."""
    opened = open_shipped()
    return RuleBook.open(opened.bundle, opened.sha256, signed=True)
