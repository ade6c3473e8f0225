"""Overview of the rules in use: place by place, each figure with its source.

For reading, not for assessing: no resident, no payment day. Reads no file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from medcounter.rules.inherit import Resolved, programme_chain, resolve
from medcounter.rules.questions import QUESTION, Rule
from medcounter.rules.vocabulary import NEWBORN
from medcounter.wording.answer_words import UNKNOWN, answer_words

if TYPE_CHECKING:
    from medcounter.assess.engine.rule_book import CoveredYear, RegionChoice, RuleBook
    from medcounter.rules.bundle import Source

_FIELDS = {
    "window": "缴费时段",
    "fee": "缴费金额",
    "lapsed_years": "断保年数",
    "exemption": "免除等待期",
    "wait": "等待期",
    "coverage": "享受待遇",
    "incentive": "大病保险激励",
}
_PLACEHOLDER = re.compile(r"\s*\{[a-z_]+\}\s*")
_NOTHING_BUT_VALUES = re.compile(r"（[… 至、]*）")


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule as a line of the overview.

    Attributes:
        question: The question it answers, in Chinese.
        grounds: For whom it holds; empty for everybody.
        answer: What it answers, in Chinese.
        text: Its own sentence, with … for a resident's values.
        doubt: What is in doubt; empty when confirmed.
        source: Title of the document.
        clause: Where in it.
        grade: A, B or C.
        status: ``confirmed``, ``assumed`` or ``unsettled``.
        place: Name of the place that states it.
    """

    question: str
    grounds: str
    answer: str
    text: str
    doubt: str
    source: str
    clause: str
    grade: str
    status: str
    place: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A document a programme is based on.

    Attributes:
        address: Its publisher's own page; empty where only copies were seen.
    """

    id: str
    title: str
    publisher: str
    grade: str
    published: date | None
    checked: date
    address: str


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """What another page claims, what is used instead, and which page it is."""

    about: str
    says: str
    used: str
    source: str
    grade: str


@dataclass(frozen=True, slots=True)
class ProgrammeView:
    """The rules for one place, scheme and benefit year.

    Attributes:
        scheme: ``resident`` or ``flexible``.
        windows: The named payment periods, in words; empty when none has
            dates.
        fee: The standard, in words.
        rules: All rules in the order of the questions, its own first.
        sources: The documents they rest on, best grade first.
        conflicts: Other claims, recorded and never applied.
        open_points: How many rules are assumed or unsettled.
        advice: How many channels, documents and effects are told.
    """

    region: str
    name: str
    scheme: str
    benefit_year: int
    windows: str
    fee: str
    rules: tuple[RuleLine, ...]
    sources: tuple[SourceLine, ...]
    conflicts: tuple[ConflictLine, ...]
    open_points: int
    advice: int


def rules_overview(book: RuleBook) -> tuple[ProgrammeView, ...]:
    """List every place, scheme and year that the rules answer."""
    return tuple(
        _view(book, region, covered) for region in book.regions() for covered in region.covered
    )


def _view(book: RuleBook, region: RegionChoice, covered: CoveredYear) -> ProgrammeView:
    year = covered.benefit_year
    chain = programme_chain(book.bundle, region.code, covered.scheme, year)
    resolved = resolve(chain, year)
    stated = {rule.id: programme.region for programme in chain for rule in programme.rules}
    places = [programme.region for programme in chain]
    rules = sorted(resolved.rules, key=lambda rule: places.index(stated[rule.id]))
    lines = tuple(_line(book, rule, stated[rule.id], year) for rule in _as_asked(rules))
    return ProgrammeView(
        region=region.code,
        name=region.name,
        scheme=covered.scheme,
        benefit_year=year,
        windows="；".join(_dated_windows(resolved, year)),
        fee="；".join(dict.fromkeys(_answers(resolved, "standard", year))) or UNKNOWN,
        rules=lines,
        sources=_sources(book, resolved),
        conflicts=_conflicts(book, resolved),
        open_points=sum(line.status != "confirmed" for line in lines),
        advice=len(resolved.advice),
    )


def _as_asked(rules: list[Rule]) -> list[Rule]:
    order = list(QUESTION)
    return sorted(rules, key=lambda rule: order.index(rule.question))


def _dated_windows(resolved: Resolved, year: int) -> list[str]:
    dated = {
        answer_words(rule.answer, year): None
        for rule in resolved.rules
        if rule.question == "window" and rule.answer.start and rule.answer.end
    }
    return list(dated)


def _answers(resolved: Resolved, question: str, year: int) -> list[str]:
    return [answer_words(r.answer, year) for r in resolved.rules if r.question == question]


def _line(book: RuleBook, rule: Rule, place: str, year: int) -> RuleLine:
    source = book.sources[rule.source]
    return RuleLine(
        question=QUESTION[rule.question].label,
        grounds=_grounds(book, rule),
        answer=answer_words(rule.answer, year),
        text=_NOTHING_BUT_VALUES.sub("", _PLACEHOLDER.sub("…", rule.applies)),
        doubt=rule.doubt or "",
        source=source.title,
        clause=rule.clause,
        grade=source.grade,
        status=rule.status,
        place=book.name(place) or "全国",
    )


def _grounds(book: RuleBook, rule: Rule) -> str:
    labels = {term.code: term.label for term in (*book.identities(), *book.events())}
    labels[NEWBORN] = "新生儿"
    return "、".join(labels.get(ground, ground) for ground in rule.grounds)


def _sources(book: RuleBook, resolved: Resolved) -> tuple[SourceLine, ...]:
    named = {rule.source for rule in resolved.rules}
    named |= {entry.source for entry in resolved.advice}
    named |= {conflict.source for conflict in resolved.conflicts}
    found = sorted((book.sources[name] for name in named), key=lambda one: (one.grade, one.id))
    return tuple(_source_line(source) for source in found)


def _source_line(source: Source) -> SourceLine:
    return SourceLine(
        id=source.id,
        title=source.title,
        publisher=source.publisher,
        grade=source.grade,
        published=source.published,
        checked=source.checked,
        address=source.address or "",
    )


def _conflicts(book: RuleBook, resolved: Resolved) -> tuple[ConflictLine, ...]:
    labels = {rule.id: QUESTION[rule.question].label for rule in resolved.rules}
    return tuple(
        ConflictLine(
            about=labels.get(conflict.about)
            or _FIELDS.get(conflict.about.partition(".")[0], "其他"),
            says=conflict.says,
            used=conflict.used,
            source=book.sources[conflict.source].title,
            grade=book.sources[conflict.source].grade,
        )
        for conflict in resolved.conflicts
    )
