"""Evaluate a stored answer again under the rules of its time, byte for byte.

Source: docs/contract.md, key ``stamp``: what an answer rests on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from medcounter.assess.assessing import assess
from medcounter.assess.contract import assessment_json
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.assess.facts import Facts
from medcounter.assess.read_facts import read_facts
from medcounter.errors import MedCounterError
from medcounter.strict_json import canonical

# The engine in whose time answers to questions nobody knows were taken and not used.
_TOOK_STRAYS = "2"
# What a masked file for an auditor has in place of a fact that it hides.
_SEALED = "hmac-sha256:"


class ReplayImpossibleError(MedCounterError):
    """这份测算结果缺少重算所需的内容，无法核对；请使用本程序保存的完整结果。"""


@dataclass(frozen=True, slots=True)
class Replay:
    """The result of evaluating a stored answer again.

    Attributes:
        same: The bytes are the same.
        differs: Top-level keys whose values differ.
    """

    same: bool
    differs: tuple[str, ...]


def replay(stored: dict[str, Any], book: RuleBook) -> Replay:
    """Assess a stored answer's facts again and compare the bytes.

    Args:
        stored: An assessment of the contract, with its facts.
        book: The rules whose hash the stamp names.

    Raises:
        ReplayImpossibleError: No facts, other rules, another engine, or
            facts that these rules refuse.
    """
    stamp, asked = stored.get("stamp"), stored.get("facts")
    if not isinstance(stamp, dict) or not isinstance(asked, dict):
        raise ReplayImpossibleError
    if any(str(value).startswith(_SEALED) for value in asked.values()):
        raise ReplayImpossibleError(
            "这份结果里的情况是遮盖过的，无法重算；请用主管同意导出的、没有遮盖的台账文件。"
        )
    if stamp.get("sha256") != _hash_for(asked, book):
        raise ReplayImpossibleError(
            "这份结果所用的规则包不是现在打开的这一个，无法核对；请先找到当时的规则包。"
        )
    if stamp.get("engine") != book.engine:
        raise ReplayImpossibleError(
            f"这份结果由第 {stamp.get('engine')} 版测算程序得出，"
            f"这个规则包由第 {book.engine} 版测算，不能逐字核对。"
        )
    facts = read_facts(asked, book, strays_pass=stamp.get("engine") == _TOOK_STRAYS)
    answer = assess(facts, book) if isinstance(facts, Facts) else facts
    if isinstance(answer, tuple):
        raise ReplayImpossibleError(f"这份结果所记的情况现在不能测算：{answer[0].text}")
    again = assessment_json(answer)
    keys = sorted(again.keys() | stored.keys())
    differs = tuple(key for key in keys if again.get(key) != stored.get(key))
    return Replay(canonical(again) == canonical(stored), differs)


def _hash_for(asked: dict[str, Any], book: RuleBook) -> str:
    """Return the hash of the rules that answer these facts, hex."""
    match asked:
        case {"region": str(region), "scheme": str(scheme), "benefit_year": int(year)}:
            return book.hash_for(region, scheme, year)
    return book.sha256
