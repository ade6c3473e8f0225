"""The command ``rules``: what the rules cover, and one place's in full."""

from __future__ import annotations

import re
from argparse import Namespace

from medcounter.assess.engine.rule_book import RuleBook
from medcounter.cli.command import DONE
from medcounter.cli.output import write
from medcounter.cli.rules_in_use import rules_in_use
from medcounter.errors import MedCounterError
from medcounter.rules.bundle import Conflict
from medcounter.rules.questions import QUESTION, Rule

_SCHEMES = {"resident": "城乡居民", "flexible": "灵活就业"}
_STATUSES = {"confirmed": "确定", "assumed": "推定", "unsettled": "未定"}


_BRACES = re.compile(r"\{(\w+)\}")
_BLANKS = {
    "payment_date": "缴费日",
    "birth_date": "出生日",
    "benefit_year": "待遇年度",
    "previous_year": "上一年度",
    "window_from": "时段首日",
    "window_to": "时段末日",
    "lapsed_years": "断保年数",
    "repair_years": "修复年数",
    "event_date": "发生日",
    "identity": "身份",
    "amount": "金额",
    "standard": "标准",
    "wait_from": "等待期首日",
    "wait_to": "等待期末日",
    "wait_fixed": "固定等待期",
    "wait_variable": "变动等待期",
    "wait_repaired": "修复减少",
    "cover_from": "待遇首日",
    "cover_to": "待遇末日",
}


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
        years = "、".join(
            f"{_SCHEMES[one.scheme]} {one.benefit_year} 年度" for one in place.covered
        )
        write(f"{place.code}  {place.name}：{years}")


def _list_rules(book: RuleBook, region: str) -> None:
    covered = book.covered(region) if len(region) == 6 and region.isascii() else ()  # noqa: PLR2004 -- the code's length
    if not covered:
        raise RegionNotCoveredError(
            f"规则里没有“{region[:20]}”，也没有它的上级；请用不带代码的 rules 命令查看有哪些地区。"
        )
    for one in covered:
        compiled = book.programme(region, one.scheme, one.benefit_year)
        if compiled is None:
            continue
        resolved = compiled.resolved
        place = book.name(resolved.place) or resolved.place
        write(f"{place}，{_SCHEMES[one.scheme]} {one.benefit_year} 年度")
        for rule in resolved.rules:
            write(f"  {_rule(rule, book)}")
        for conflict in resolved.conflicts:
            write(f"  {_conflict(conflict, book)}")


def _rule(rule: Rule, book: RuleBook) -> str:
    source = book.sources[rule.source]
    doubt = f"（{rule.doubt}）" if rule.doubt else ""
    return (
        f"[{QUESTION[rule.question].label}] {_sentence(rule)}"
        f" —— {source.title} {rule.clause}，{source.grade} 级，{_STATUSES[rule.status]}{doubt}"
    )


def _sentence(rule: Rule) -> str:
    return _BRACES.sub(lambda match: f"〔{_BLANKS[match[1]]}〕", rule.applies)


def _conflict(conflict: Conflict, book: RuleBook) -> str:
    source = book.sources[conflict.source]
    return f"[不同说法] {conflict.says} 本程序：{conflict.used} —— {source.title} {conflict.clause}"
