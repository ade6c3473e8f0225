"""Find programmes whose nation is not in the bundle, and say so once.

A place says only what differs from the nation. Where the nation's part is missing,
or does not speak of the benefit year, every name from above is unknown: one fault
tells the cause in place of many that follow from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from medcounter.places.place_code import NATION
from medcounter.rules.bundle import Bundle, Programme
from medcounter.rules.faults import Fault
from medcounter.rules.inherit import programme_chain
from medcounter.rules.questions import QUESTIONS

_FROM_ABOVE = re.compile(r"\.(exception_to\[\d+\]|replaces|drops\[\d+\]\.rule|rules\[\d+\])$")
_SCHEMES = {"resident": "居民医保", "flexible": "灵活就业医保"}


def tell_missing_nation(
    path: str, programme: Programme, bundle: Bundle, faults: Sequence[Fault]
) -> list[Fault]:
    """Put one fault in the place of all that follow from a missing nation.

    Args:
        path: The programme's, such as ``programmes[1]``.
        programme: The programme.
        bundle: The bundle it stands in.
        faults: What was found in it.
    """
    years = _years_without(programme, bundle)
    if not years:
        return list(faults)
    kept = [fault for fault in faults if not (fault.name and _FROM_ABOVE.search(fault.path))]
    unknown = len(faults) - len(kept)
    if not unknown and not _unanswered(programme, bundle, years):
        return list(faults)
    return [Fault(f"{path}.benefit_years", _sentence(programme, bundle, years, unknown)), *kept]


def _years_without(programme: Programme, bundle: Bundle) -> list[int]:
    if programme.region == NATION:
        return []
    spans = [one.benefit_years for one in _nations(programme, bundle)]
    years = programme.benefit_years
    return [
        year
        for year in range(years.start, years.end + 1)
        if not any(span.start <= year <= span.end for span in spans)
    ]


def _nations(programme: Programme, bundle: Bundle) -> list[Programme]:
    return [
        one for one in bundle.programmes if one.region == NATION and one.scheme == programme.scheme
    ]


def _unanswered(programme: Programme, bundle: Bundle, years: Iterable[int]) -> bool:
    """Return whether the place can be asked, and leaves a question to the nation."""
    needed = {
        one.code for one in QUESTIONS if one.mode == "one" and programme.scheme in one.schemes
    }
    for year in years:
        chain = programme_chain(bundle, programme.region, programme.scheme, year)
        given = {rule.question for one in chain for rule in one.rules}
        if {"window", "standard"} <= given and needed - given:
            return True
    return False


def _sentence(programme: Programme, bundle: Bundle, years: list[int], unknown: int) -> str:
    scheme = _SCHEMES[programme.scheme]
    span = "、".join(str(year) for year in years)
    spans = [one.benefit_years for one in _nations(programme, bundle)]
    follows = f"，本方案提到的上级规则有 {unknown} 处因此找不到" if unknown else ""
    if not spans:
        part = "national.json" if programme.scheme == "resident" else "national-flexible.json"
        return (
            f"规则包里没有{scheme}的全国规则{follows}；请在 bundle.json 里写 "
            f'"national": ["{programme.scheme}"]，由程序带入，或把全国部分 {part} 放进文件夹。'
        )
    known = "、".join(
        str(one.start) if one.start == one.end else f"{one.start} 至 {one.end}" for one in spans
    )
    return (
        f"没有 {span} 年度的全国规则（{scheme}），现有 {known} 年度{follows}；"
        "请改正 benefit_years，或先由编制全国规则的单位续写这个年度。"
    )
