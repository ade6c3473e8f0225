"""The page that tells what the rules cover and how sure each part is.

Made from the parts of the bundle that ships; ``tools/document.py`` writes it.
"""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from medcounter.assess.engine.compiled import Compiled
from medcounter.assess.engine.rule_book import RuleBook
from medcounter.rules.bundle import Programme
from medcounter.rules.load import join_parts, read_bundle
from medcounter.rules.questions import QUESTIONS, Rule

ROOT = Path(__file__).resolve().parent.parent

PARTS = ROOT / "resources" / "bundles"
SCHEMES = {"resident": "居民", "flexible": "灵活就业"}
STATUSES = {"assumed": "推定", "unsettled": "未定"}


def open_parts(parts: Path) -> RuleBook:
    """Open the bundle that a folder's parts make."""
    data = join_parts({path.name: path.read_bytes() for path in parts.glob("*.json")})
    return RuleBook.open(read_bundle(data), hashlib.sha256(data).hexdigest(), signed=False)


def by_status(compiled: Compiled) -> dict[str, list[str]]:
    """Sort the questions by how sure their rules are.

    A question is confirmed when all its rules are; another one stands in each
    column that one of its rules belongs to.
    """
    columns: dict[str, list[str]] = {"confirmed": [], "assumed": [], "unsettled": []}
    for question in QUESTIONS:
        found = {entry.rule.status for entry in compiled.rules(question.code)}
        if found == {"confirmed"}:
            columns["confirmed"].append(question.label)
        for status in ("assumed", "unsettled"):
            if status in found:
                columns[status].append(question.label)
    return columns


def cell(text: str) -> str:
    """Put a text into a cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ")


def joined(words: Iterable[str]) -> str:
    """List words, or say that there are none."""
    return "、".join(words) or "—"


def summary(book: RuleBook) -> Iterator[str]:
    """Give one row for each place, scheme and year that is answered."""
    yield "| 地区 | 年度 | 险种 | 已确认 | 推定 | 未定 |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for region in book.regions():
        for covered in region.covered:
            compiled = book.programme(region.code, covered.scheme, covered.benefit_year)
            if compiled is None:
                continue
            place = compiled.resolved.place
            columns = by_status(compiled)
            told = [joined(columns[status]) for status in ("confirmed", "assumed", "unsettled")]
            if place != region.code:
                told = [f"同{book.name(place)}", "", ""]
            cells = [region.name, str(covered.benefit_year), SCHEMES[covered.scheme], *told]
            yield f"| {' | '.join(cells)} |"


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
    yield f"## {title} · {SCHEMES[programme.scheme]}\n"
    for name in dict.fromkeys(one.source for one in (*programme.rules, *programme.advice)):
        source = book.sources[name]
        published = f"{source.published} 发布" if source.published else "发布日期未标明"
        yield (
            f"* {source.grade} 级：{source.title}，{source.publisher}，"
            f"{published}，{source.checked} 核对"
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


def coverage_page() -> str:
    """Return the page of all places, years and schemes."""
    book = open_parts(PARTS)
    lines = [
        "# 收录范围",
        "",
        "本页由 `make documents` 根据规则生成。",
        "",
        (
            "一个问题的规则全部有来源写明，才算“已确认”；“推定”是来源没有写全，选了较可能的理解；"
            "“未定”是来源说法不一或没有说，窗口会同时给出另一种结果。"
            "下级沿用上级的规则，所以上级和全国没有确认的，也算在下级的表里；后面各节只列本级自己写的。"
        ),
        "",
        *summary(book),
        "",
    ]
    for programme in sorted(book.bundle.programmes, key=_by_place):
        lines += details(book, programme)
    return "\n".join(lines).rstrip() + "\n"


def _by_place(programme: Programme) -> tuple[str, bool, int]:
    return programme.region, programme.scheme != "resident", -programme.benefit_years.end
