"""The page that tells what the rules cover and how sure each part is.

Made from the parts of the bundle that ships; ``tools/document.py`` writes it.
Its first tables are made of answers: what the program says to an ordinary
adult of each place, and how sure it is of that.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from medcounter.assess.assessing import assess
from medcounter.assess.contract import assessment_json
from medcounter.assess.engine.rule_book import RegionChoice, RuleBook
from medcounter.assess.facts import Facts
from medcounter.assess.read_facts import read_facts
from medcounter.places.place_table import national_places
from medcounter.rules.bundle import Programme
from medcounter.rules.inherit import find_programme
from medcounter.rules.load import join_parts, read_bundle
from medcounter.rules.payment_conditions import Paid
from medcounter.rules.questions import QUESTIONS, Rule, WindowRule
from medcounter.rules.values import resolve_day
from medcounter.wording.terms import SHORT_SCHEMES

ROOT = Path(__file__).resolve().parent.parent

PARTS = ROOT / "resources" / "bundles"
STATUSES = {"assumed": "推定", "unsettled": "未定"}
CONFIRMED, ASSUMED, UNSETTLED, MISSING = "●", "◐", "○", "—"
SIGNS = (CONFIRMED, ASSUMED, UNSETTLED, MISSING)
MARKS = {"assumed": ASSUMED, "unsettled": UNSETTLED}
# How much there is to ask about: an assumed value, one of several, none at all.
_WEIGHT = {ASSUMED: 1, UNSETTLED: 2, MISSING: 4}
# One word for each cell of a place: the period, the fee, the first covered day, the term after
# the period, a lapsed resident within it.
COLUMNS = ("时", "价", "始", "后", "断")
YEARS = (2025, 2026, 2027)
# An ordinary adult: no age band, no identity, no event.
BIRTH = "1985-06-15"
Answer = dict[str, Any]
# The corps has no code in the national table; 660000 is what the insurance systems use.
CORPS = ("660000", "新疆生产建设兵团")
# Taiwan, Hong Kong and Macau have insurance of their own.
ELSEWHERE = ("71", "81", "82")
PROVINCES = (
    *(
        (place.code, place.name)
        for place in national_places().values()
        if place.level == 0 and not place.code.startswith(ELSEWHERE)
    ),
    CORPS,
)


@cache
def open_parts(parts: Path) -> RuleBook:
    """Open the bundle that a folder's parts make."""
    data = join_parts({path.name: path.read_bytes() for path in parts.glob("*.json")})
    return RuleBook.open(read_bundle(data), hashlib.sha256(data).hexdigest(), signed=False)


def cell(text: str) -> str:
    """Put a text into a cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ")


def answered(
    book: RuleBook, region: str, year: int, paid: str, insured: list[int] | None = None
) -> Answer | None:
    """Ask for an ordinary adult of a place; None where no fee can be told.

    Where a place asks something first, its first choice is taken.
    """
    asked = book.questions_for(region, "resident", year)
    answers = {one.code: one.choices[0].value for one in asked if one.choices}
    plain = {
        "region": region,
        "benefit_year": year,
        "payment_date": paid,
        "birth_date": BIRTH,
        "insured_years": [year - 1] if insured is None else insured,
        "answers": answers,
    }
    facts = read_facts(plain, book)
    answer = assess(facts, book) if isinstance(facts, Facts) else facts
    return None if isinstance(answer, tuple) else assessment_json(answer)


def mark(answer: Answer | None, value: object, *fields: str) -> str:
    """Give the sign of how sure a value is that rests on these fields."""
    if answer is None or value is None:
        return MISSING
    found = {
        doubt["status"]
        for doubt in answer["doubts"]
        if any(doubt["field"] in {field, field.partition(".")[0]} for field in fields)
    }
    return next((MARKS[one] for one in ("unsettled", "assumed") if one in found), CONFIRMED)


def main_window(book: RuleBook, region: str, year: int) -> tuple[str, str, str] | None:
    """Name the first and last day of a year's main period, and the day after."""
    compiled = book.programme(region, "resident", year)
    if compiled is None:
        return None
    for entry in compiled.rules("window"):
        rule = entry.rule
        if not isinstance(rule, WindowRule) or not isinstance(rule.when, Paid):
            continue
        start, end = rule.answer.start, rule.answer.end
        if rule.answer.kind == "main" and start is not None and end is not None:
            first, last = resolve_day(start, year), resolve_day(end, year)
            return str(first), str(last), str(last + timedelta(days=1))
    return None


def told(book: RuleBook, region: str, year: int) -> list[str]:
    """Say for one place and year what an ordinary adult is told, with signs.

    Returns:
        Period, fee, first covered day, the term after the period, and a
        lapsed resident within it.
    """
    days = main_window(book, region, year)
    if days is None:
        return [MISSING] * 5
    first, last, after = days
    usual = answered(book, region, year, first)
    fee = (usual or {}).get("fee") or {}
    cover = (usual or {}).get("coverage") or {}
    cells = [
        f"{mark(usual, first, 'window', 'window.from', 'window.to')} {first} 至 {last}",
        _said(mark(usual, fee.get("total"), "fee", "fee.total"), fee.get("total")),
        _said(mark(usual, cover.get("from"), "coverage.from"), cover.get("from")),
    ]
    return [*cells, _late(book, region, year, after), _lapsed(book, region, year, first)]


def _said(sign: str, text: object) -> str:
    return MISSING if sign == MISSING else f"{sign} {text}"


def _wait(answer: Answer) -> str:
    unit = {"month": "个月", "day": "天", "whole-month": "个整月"}
    wait = answer["wait"]
    return f"等待 {wait['total']} {unit[wait['unit']]}" if wait else "不等待"


def _late(book: RuleBook, region: str, year: int, paid: str) -> str:
    late = answered(book, region, year, paid)
    if late is None:
        return MISSING
    if not late["payable"]:
        return f"{mark(late, paid, 'window', 'payable')} 不能缴"
    sign = mark(late, paid, "window", "window.kind", "fee", "fee.total", "wait.total", "wait.from")
    total = late["fee"]["total"]
    return f"{sign} {_wait(late)}" + (f"，{total} 元" if total else "")


def _lapsed(book: RuleBook, region: str, year: int, paid: str) -> str:
    if year == YEARS[0]:
        return "不计"
    lapsed = answered(book, region, year, paid, [year - 2])
    if lapsed is None:
        return MISSING
    cover = (lapsed["coverage"] or {}).get("from")
    return _said(mark(lapsed, cover, "wait.total", "wait.from", "coverage.from"), cover)


def signs(cells: list[str]) -> str:
    """Keep only the signs of a place's cells; nothing where no cell says anything."""
    kept = {name: one[0] for name, one in zip(COLUMNS, cells, strict=True) if one[0] in SIGNS}
    if set(kept.values()) <= {MISSING}:
        return ""
    return " ".join(f"{name}{sign}" for name, sign in kept.items())


def country(book: RuleBook) -> Iterator[str]:
    """Give one row for each province: what each year knows, and where."""
    yield f"| 代码 | 省份 | {' | '.join(f'{year} 年度' for year in YEARS)} |"
    yield f"| --- | --- |{' --- |' * len(YEARS)}"
    choices = book.regions()
    for code, name in PROVINCES:
        cells = [_province(book, choices, code, year) for year in YEARS]
        yield f"| {code} | {name} | {' | '.join(cells)} |"


def _province(book: RuleBook, choices: tuple[RegionChoice, ...], province: str, year: int) -> str:
    own = [
        choice
        for choice in choices
        if choice.code[:2] == province[:2]
        and choice.code != province
        and find_programme(book.bundle, choice.code, "resident", year)
        and book.programme(choice.code, "resident", year)
    ]
    named = "、".join(_short(choice.name, _full_name(book, province)) for choice in own)
    whole = signs(told(book, province, year))
    parts = [f"全境 {whole}" if province[2:] == "0000" and whole else "", named]
    return "；".join(part for part in parts if part) or "只有全国机制"


def _full_name(book: RuleBook, province: str) -> str:
    return book.name(province) or dict(PROVINCES)[province]


def _short(name: str, province: str) -> str:
    return name.removeprefix(province) or name


def places(book: RuleBook) -> Iterator[str]:
    """Give one row for each place and year with resident rules of its own."""
    yield (
        "| 地区 | 年度 | 集中缴费 | 一名普通成年人 | 期内缴费、连续参保 | "
        "期后第一天缴费 | 断保一年、期内缴费 |"
    )
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for name, year, cells in _own_years(book):
        yield f"| {' | '.join([name, str(year), *cells])} |"


def still_open(book: RuleBook) -> Iterator[str]:
    """Name places and years by what is not confirmed of them, the least first."""
    groups: dict[str, list[str]] = {}
    for name, year, cells in _own_years(book):
        marked = zip(COLUMNS, (one[0] for one in cells), strict=True)
        left = " ".join(f"{column}{sign}" for column, sign in marked if sign in _WEIGHT)
        groups.setdefault(left, []).append(f"{name} {year}")
    for left in sorted(groups, key=lambda one: (sum(_WEIGHT.get(sign, 0) for sign in one), one)):
        yield f"* {left or '都已确认'}：{'、'.join(groups[left])}"


def _own_years(book: RuleBook) -> Iterator[tuple[str, int, list[str]]]:
    """Give each place and year with resident rules, and what is told there."""
    for region in book.regions():
        for year in reversed(YEARS):
            if find_programme(book.bundle, region.code, "resident", year) is None:
                continue
            if book.programme(region.code, "resident", year) is not None:
                yield region.name, year, told(book, region.code, year)


def flexible(book: RuleBook) -> Iterator[str]:
    """Name the places and years of flexible employment."""
    for region in book.regions():
        own = [
            str(covered.benefit_year)
            for covered in region.covered
            if covered.scheme == "flexible"
            and find_programme(book.bundle, region.code, "flexible", covered.benefit_year)
        ]
        if own:
            yield f"* {region.name}：{'、'.join(own)} 年度"


def open_rules(rules: Iterable[Rule]) -> Iterator[str]:
    """Give the doubt of every rule that is not confirmed."""
    label = {question.code: question.label for question in QUESTIONS}
    for rule in rules:
        if rule.status != "confirmed":
            yield f"* {STATUSES[rule.status]}，{label[rule.question]}：{rule.doubt}"


def details(book: RuleBook, programme: Programme) -> Iterator[str]:
    """Give what one place itself states: sources, open rules, conflicts."""
    years = dict.fromkeys((programme.benefit_years.start, programme.benefit_years.end))
    span = " 至 ".join(map(str, years))
    title = f"{book.name(programme.region)} {programme.region} · {span} 年度"
    yield f"### {title} · {SHORT_SCHEMES[programme.scheme]}\n"
    for name in dict.fromkeys(one.source for one in (*programme.rules, *programme.advice)):
        source = book.sources[name]
        published = f"{source.published} 发布" if source.published else "发布日期未标明"
        yield (
            f"* {source.grade} 级：{source.title}，{source.publisher}，"
            f"{published}，{source.checked} 核对"
            f"{f'，<{source.address}>' if source.address else ''}"
        )
    if doubts := list(dict.fromkeys(open_rules(programme.rules))):
        yield "\n没有确认的：\n"
        yield from doubts
    if programme.conflicts:
        yield "\n| 别处的说法 | 本程序采用 | 出处 |"
        yield "| --- | --- | --- |"
    for conflict in programme.conflicts:
        source = book.sources[conflict.source]
        where = f"{source.title}（{source.grade} 级），{conflict.clause}"
        yield f"| {cell(conflict.says)} | {cell(conflict.used)} | {cell(where)} |"
    yield ""


INTRODUCTION = (
    "# 收录范围",
    "本页由 `make documents` 根据规则生成。",
    (
        "本页帮服务大厅决定：本地能不能用、哪些要先核实。"
        f"{CONFIRMED} 已确认：主管部门原文或注明出自主管部门的报道写明；"
        f"{ASSUMED} 推定：来源没有写全或只见于网页，选了较可能的理解；"
        f"{UNSETTLED} 未定：来源说法不一或没有说，窗口同时给出另一种结果；{MISSING} 没有来源。"
        "除已确认的以外，结果和回执上都会写明存疑。"
    ),
)
OF_PROVINCES = (
    "## 全国一览",
    (
        "“时”是集中缴费的日子，“价”是普通成年人的标准，“始”是待遇开始，“后”是期后缴费的等待和价格，"
        "“断”是断保后期内缴费的待遇开始（2025 年度不计断保）。只写市县名的，省里没有统一的数字，"
        "其他市县只能按全国机制答复；“只有全国机制”的，只能告知等待期、断保、修复和新生儿的"
        "一般规定，不能出具回执，请向本地医保经办机构取得规则。"
    ),
)
OF_PLACES = (
    "## 各地各年度",
    (
        "普通成年人：没有人员类别和年龄段的优惠；要选档次的按第一个档次。"
        "“期后第一天”是集中缴费期最后一天的次日。各类人员、年龄、档次的金额和存疑见下面各节。"
    ),
)
OF_WHAT_IS_OPEN = (
    "## 各地还要核实什么",
    "每行是同样几项没有确认的地区和年度，要核实得少的在前；字的意思见“全国一览”。",
)
XPCC = (
    "新疆生产建设兵团在行政区划代码的国家标准里没有自己的代码，医保系统用 660000，本程序同样用；"
    "石河子、五家渠、双河等十二个师市（659001 至 659012）按兵团的规则。"
)
OF_SOURCES = (
    "## 来源、存疑和不同说法",
    "下级沿用上级的规则，各节只列本级自己写的；全国没有确认的，各地都适用。",
)


def coverage_page() -> str:
    """Return the page of all places, years and schemes."""
    book = open_parts(PARTS)
    parts = [*INTRODUCTION, *OF_PROVINCES, "\n".join(country(book)), XPCC]
    parts += [*OF_PLACES, "\n".join(places(book))]
    parts += [*OF_WHAT_IS_OPEN, "\n".join(still_open(book))]
    parts += ["## 灵活就业", "\n".join(flexible(book)), *OF_SOURCES]
    lines: list[str] = []
    for programme in sorted(book.bundle.programmes, key=_by_place):
        lines += details(book, programme)
    return "\n\n".join([*parts, "\n".join(lines).rstrip()]) + "\n"


def _by_place(programme: Programme) -> tuple[str, bool, int]:
    return programme.region, programme.scheme != "resident", -programme.benefit_years.end
