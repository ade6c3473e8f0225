"""Compose the notice for a facts file: unnumbered, marked as a specimen.

Returns what is to be drawn; draws nothing and opens no ledger.
"""

from __future__ import annotations

from argparse import Namespace
from datetime import date, datetime

from medcounter.assess import Facts, Option, options, read_facts
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import Problem
from medcounter.cli.checked_bundle import rules_to_answer_by
from medcounter.cli.commands.assess_commands import read_input
from medcounter.cli.facts_file import read_facts_file
from medcounter.cli.output import Refusal
from medcounter.dates import full_years
from medcounter.desk.counter.issue_reasons import (
    Around,
    DoubtfulError,
    Printed,
    Reason,
    reasons,
    unseen,
)
from medcounter.desk.folder_kinds import SETTINGS_FILE
from medcounter.errors import MedCounterError
from medcounter.identity.names import read_name
from medcounter.notice.content.composing import compose
from medcounter.notice.content.notice import Issue, Notice, Office, Party
from medcounter.paths import data_dir
from medcounter.settings import Settings, load_settings


class OneResidentError(MedCounterError):
    """通知单一次只出一位居民的，没有生成；请只给出一个参保人的情况。"""


class NoExampleError(MedCounterError):
    """规则没有可用的算例，不能试排通知单；请重新安装本程序。"""


def specimen(arguments: Namespace, at: datetime) -> Notice | tuple[Refusal, ...]:
    """Compose the specimen, or say what is wrong with the facts.

    Args:
        arguments: ``file``, ``bundle``, ``name``, ``acknowledge`` and
            ``data_dir``.
        at: Printed as the time of issue.

    Raises:
        DoubtfulError: There is a reason to doubt that was not acknowledged.
        MedCounterError: The file, the rules or the day give no notice.
    """
    book = rules_to_answer_by(arguments.bundle, arguments.data_dir)
    file = read_facts_file(read_input(arguments.file))
    if file.mode != "single":
        raise OneResidentError
    item = file.items[0]
    facts = read_facts(item.value, book) if not item.problems else item.problems
    offered = options(facts, book) if isinstance(facts, Facts) else facts
    choices = tuple(one for one in offered if isinstance(one, Option))
    if not choices:
        return tuple(
            Refusal(0, one.field, one.code, one.text) for one in offered if isinstance(one, Problem)
        )
    name = read_name(arguments.name)
    if name.fault:
        return (Refusal(0, "name", "not-a-name", name.fault),)
    settings, _ = load_settings(data_dir(arguments.data_dir) / SETTINGS_FILE)
    if open_ones := unseen(_doubts(choices[0], book, settings, at.date()), arguments.acknowledge):
        raise DoubtfulError(open_ones)
    office = Office(settings.hall, settings.desk, settings.clerk)
    return compose(choices[0], choices, Party(name.text), office, Issue(at))


def _doubts(chosen: Option, book: RuleBook, settings: Settings, on: date) -> tuple[Reason, ...]:
    """Say what is doubtful, but for earlier notices and fonts: neither is known here."""
    birth = chosen.facts.birth_date
    age = full_years(birth, on) if birth is not None and birth <= on else None
    if not chosen.assessment.payable:
        return ()
    return reasons(chosen, Printed("", age), Around(on, book, settings.region))


def example_notice(book: RuleBook, at: datetime) -> Notice:
    """Compose a specimen of the first example that ships with the rules.

    Raises:
        MedCounterError: The rules answer none of their examples.
    """
    for example in book.bundle.examples:
        facts = read_facts(example.facts, book)
        offered = options(facts, book) if isinstance(facts, Facts) else ()
        choices = tuple(one for one in offered if isinstance(one, Option))
        if choices and choices[0].assessment.payable:
            return compose(choices[0], choices, Party(""), Office("", "01", ""), Issue(at))
    raise NoExampleError
