"""The overview of the rules as tables: places, rules, sources, conflicts.

Returns texts of given records; reads no bundle.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcounter.wording.terms import SHORT_SCHEMES

from ...widgets.record_model import END, Column

if TYPE_CHECKING:
    from medcounter.desk.rules.rules_overview import (
        ConflictLine,
        ProgrammeView,
        RuleLine,
        SourceLine,
    )

STATUS_LABELS = {"confirmed": "✓ 确认", "assumed": "推定", "unsettled": "未定"}
NOT_GIVEN = "未注明"


def open_points(view: ProgrammeView) -> str:
    """Return how many rules of a programme are in doubt."""
    return f"{view.open_points} 处" if view.open_points else "✓ 无"


PROGRAMME_COLUMNS: tuple[Column[ProgrammeView], ...] = (
    Column("name", "地区", lambda view: view.name, lambda view: view.region),
    Column("year", "年度", lambda view: f"{view.benefit_year}", lambda view: view.benefit_year),
    Column("scheme", "险种", lambda view: SHORT_SCHEMES[view.scheme], lambda view: view.scheme),
    Column("open", "存疑", open_points, lambda view: view.open_points, END),
)

RULE_COLUMNS: tuple[Column[RuleLine], ...] = (
    Column("question", "问题", lambda line: line.question, lambda line: line.question),
    Column("grounds", "适用", lambda line: line.grounds or "所有人", lambda line: line.grounds),
    Column("answer", "规定", lambda line: line.answer, lambda line: line.answer),
    Column("grade", "来源", lambda line: f"{line.grade} 级", lambda line: line.grade),
    Column("status", "把握", lambda line: STATUS_LABELS[line.status], lambda line: line.status),
)

SOURCE_COLUMNS: tuple[Column[SourceLine], ...] = (
    Column("title", "文件", lambda line: line.title, lambda line: line.id),
    Column("publisher", "发布者", lambda line: line.publisher, lambda line: line.publisher),
    Column("grade", "等级", lambda line: f"{line.grade} 级", lambda line: line.grade),
    Column(
        "published",
        "发布",
        lambda line: f"{line.published}" if line.published else NOT_GIVEN,
        lambda line: line.published,
    ),
    Column("checked", "核对", lambda line: f"{line.checked}", lambda line: line.checked),
)

CONFLICT_COLUMNS: tuple[Column[ConflictLine], ...] = (
    Column("about", "关于", lambda line: line.about, lambda line: line.about),
    Column("says", "另有说法", lambda line: line.says, lambda line: line.says),
    Column("used", "本程序采用", lambda line: line.used, lambda line: line.used),
    Column("grade", "来源", lambda line: f"{line.grade} 级", lambda line: line.grade),
)


def rule_text(line: RuleLine) -> str:
    """Say a rule in full: its sentence, its doubt, where it stands."""
    doubt = f"\n存疑：{line.doubt}" if line.doubt else ""
    return f"{line.text}{doubt}\n依据（{line.place}）：{line.source} · {line.clause}"


def source_text(line: SourceLine) -> str:
    """Say a source in full, with what its grade means."""
    grades = {
        "A": "主管部门的文件或逐字转载",
        "B": "注明主管部门的新闻报道",
        "C": "聚合或来历不明的网页、程序采用的缺省读法",
    }
    text = f"{line.title}\n{line.publisher} · {line.grade} 级：{grades[line.grade]}"
    return f"{text}\n{line.address}" if line.address else text


def conflict_text(line: ConflictLine) -> str:
    """Say a conflict in full: the other claim, what is used, and the page."""
    return f"另有说法：{line.says}\n本程序采用：{line.used}\n说法来自：{line.source}"
