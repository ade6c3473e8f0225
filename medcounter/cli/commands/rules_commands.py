"""The command ``rules``: what the rules cover, and one place's in full."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.cli.command import DONE
from medcounter.cli.output import write
from medcounter.cli.rules_in_use import rules_in_use
from medcounter.errors import MedCounterError
from medcounter.places.place_code import is_code
from medcounter.rules.bundle import Conflict, Programme
from medcounter.rules.questions import QUESTION, Rule, StandardRule, WindowRule
from medcounter.rules.rule import Reading
from medcounter.rules.vocabulary import NEWBORN
from medcounter.wording.answer_words import answer_words
from medcounter.wording.blank_words import said_without_case
from medcounter.wording.condition_words import condition_words
from medcounter.wording.terms import SCHEMES

_STATUSES = {"confirmed": "确定", "assumed": "推定", "unsettled": "未定"}


class RegionNotCoveredError(MedCounterError):
    """规则里没有这个地区，也没有它的上级；请用不带代码的 rules 命令查看有哪些地区。"""


def run_rules(arguments: Namespace) -> int:
    """List the places covered, or all rules of one place."""
    book = rules_in_use(arguments.bundle, arguments.data_dir)
    if arguments.region is None:
        _list_places(book)
    else:
        _list_rules(book, arguments.region)
    return DONE


def _list_places(book: RuleBook) -> None:
    bundle = book.bundle
    write(f"规则包 {bundle.id} 第 {bundle.revision} 版，{bundle.review_by} 前应复核")
    for place in book.regions():
        years = "、".join(f"{SCHEMES[one.scheme]} {one.benefit_year} 年度" for one in place.covered)
        write(f"{place.code}  {place.name}：{years}")


def _list_rules(book: RuleBook, region: str) -> None:
    covered = book.covered(region) if is_code(region) else ()
    if not covered:
        raise RegionNotCoveredError(
            f"规则里没有“{region[:20]}”，也没有它的上级；请用不带代码的 rules 命令查看有哪些地区。"
        )
    for one in covered:
        compiled = book.programme(region, one.scheme, one.benefit_year)
        if compiled is None:
            continue
        _list_programme(compiled, book)


def _list_programme(compiled: Compiled, book: RuleBook) -> None:
    resolved = compiled.resolved
    place = book.name(resolved.place) or resolved.place
    write(f"{place}，{SCHEMES[resolved.scheme]} {resolved.benefit_year} 年度")
    programmes = [_programme(book, name) for name in resolved.programmes]
    writing = _Writing(book, programmes, resolved.benefit_year, _labels(book, compiled))
    beaten: dict[str, list[str]] = {}
    for entries in compiled.by_question.values():
        for entry in entries:
            for name in entry.defeats:
                beaten.setdefault(name, []).append(entry.rule.id)
    for rule in resolved.rules:
        for line in writing.lines(rule, beaten.get(rule.id, [])):
            write(f"  {line}")
    standing = {rule.id for rule in resolved.rules}
    for line in _gone(programmes, standing, writing):
        write(f"  {line}")
    for conflict in resolved.conflicts:
        write(f"  {_conflict(conflict, book)}")


def _programme(book: RuleBook, name: str) -> Programme:
    return next(one for one in book.bundle.programmes if one.id == name)


def _labels(book: RuleBook, compiled: Compiled) -> dict[str, str]:
    labels = {term.code: term.label for term in (*book.identities(), *book.events())}
    labels |= {term.code: term.label for term in book.names.answer_terms}
    for asked in compiled.resolved.asks:
        labels |= {f"{asked.code}={one.value}": one.label for one in asked.choices}
    for rule in compiled.resolved.rules:
        if isinstance(rule, WindowRule):
            labels.setdefault(rule.id, f"{rule.answer.label}（{rule.id}）")
    return labels


@dataclass(frozen=True, slots=True)
class _Writing:
    """How the rules of one place are written.

    Attributes:
        programmes: What the place is made from, nearest first.
        labels: Code to label.
    """

    book: RuleBook
    programmes: list[Programme]
    benefit_year: int
    labels: dict[str, str]

    def lines(self, rule: Rule, beaten_by: list[str]) -> Iterator[str]:
        """Yield a rule in full: whose it is, when it holds, what it answers."""
        label = QUESTION[rule.question].label
        yield f"[{label}] {rule.id}（{self._origin(rule)}） {said_without_case(rule.applies)}"
        yield from self.content(rule)
        if isinstance(rule, StandardRule):
            yield from self._conditional(rule)
        readings: tuple[Reading[Any], ...] = rule.readings
        for reading in readings:
            yield f"    另一种读法：{reading.text}{self._read(reading)}"
        if rule.exception_to:
            yield f"    优先于：{'、'.join(rule.exception_to)}"
        if beaten_by:
            yield f"    让位于：{'、'.join(beaten_by)}（它们成立时，本条不用）"
        source = self.book.sources[rule.source]
        doubt = f"（{rule.doubt}）" if rule.doubt else ""
        yield (
            f"    依据：{source.title} {rule.clause}，{source.grade} 级，"
            f"{_STATUSES[rule.status]}{doubt}"
        )

    def content(self, rule: Rule) -> Iterator[str]:
        """Yield when a rule holds and what it answers."""
        year, labels = self.benefit_year, self.labels
        whom = "、".join(_ground(ground, labels) for ground in rule.grounds)
        yield f"    当：{condition_words(rule.when, year, labels)}" + (
            f"；对：{whom}" if whom else ""
        )
        yield f"    答：{answer_words(rule.answer, year)}"

    def _conditional(self, rule: StandardRule) -> Iterator[str]:
        """Yield for each item that not everybody is charged, who is."""
        for item in rule.answer.items:
            if item.when is not None:
                label = item.label.replace("{benefit_year}", str(self.benefit_year))
                when = condition_words(item.when, self.benefit_year, self.labels)
                yield f"    “{label}”只在：{when}"

    def _origin(self, rule: Rule) -> str:
        """Say which place a rule is from, and what it took the place of."""
        for number, programme in enumerate(self.programmes):
            if rule.id in {one.id for one in programme.rules}:
                name = self.book.name(programme.region) or programme.region
                whose = "本地" if not number else f"沿用{name}"
                return f"{whose}，取代 {rule.replaces}" if rule.replaces else whose
        return "本地"

    def _read(self, reading: Reading[Any]) -> str:
        parts = []
        if reading.when is not None:
            parts.append(f"当：{condition_words(reading.when, self.benefit_year, self.labels)}")
        if reading.answer is not None:
            parts.append(f"答：{answer_words(reading.answer, self.benefit_year)}")
        return f"（{'；'.join(parts)}）" if parts else "（本条不成立）"


def _gone(programmes: list[Programme], standing: set[str], writing: _Writing) -> Iterator[str]:
    """Yield the rules from above that no longer hold, what they say, and why not."""
    for number, above in enumerate(programmes):
        name = writing.book.name(above.region) or above.region
        for rule in above.rules:
            if rule.id not in standing:
                why = _why_gone(programmes[:number], rule.id)
                label = QUESTION[rule.question].label
                yield f"[{label}] {rule.id}（{name}的规则，在这里不用：{why}）"
                yield from writing.content(rule)


def _why_gone(below: list[Programme], name: str) -> str:
    for programme in reversed(below):
        for rule in programme.rules:
            if rule.replaces == name:
                return f"由 {rule.id} 取代"
        for drop in programme.drops:
            if drop.rule == name:
                return f"不沿用，{drop.reason}"
    return "已由下级另行规定"


def _ground(ground: str, labels: dict[str, str]) -> str:
    return "新生儿" if ground == NEWBORN else labels.get(ground, ground)


def _conflict(conflict: Conflict, book: RuleBook) -> str:
    source = book.sources[conflict.source]
    return f"[不同说法] {conflict.says} 本程序：{conflict.used} —— {source.title} {conflict.clause}"
