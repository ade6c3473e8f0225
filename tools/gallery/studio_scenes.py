"""The scenes of 编制: no draft yet, one begun, its form filled, wrong, and warned of."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QPushButton, QTableView

from medcounter.authoring.document.path_text import path_text
from medcounter.desk.authoring.returned_marks import RETURNED
from tools.gallery.halls import NOW
from tools.gallery.season_scenes import SEASON
from tools.gallery.steps import Scene, Step, keys, typed
from ui.views.studio.source_files.source_file_flow import SourceFileFlow
from ui.views.studio.studio_session import StudioSession

if TYPE_CHECKING:
    from tools.gallery.stage import Stage

_OPEN = keys("Ctrl+7")
_NOTICE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "shiqiao" / "notice.txt"
_CHECKING = "正在核对"


def checked(stage: Stage) -> None:
    """Wait until a draft has been checked to the end."""
    told = stage.part(QLabel, "studio_check")
    stage.wait_until(lambda: bool(told.text()) and not told.text().startswith(_CHECKING))


def begun(place: str, year: str) -> tuple[Step, ...]:
    """Begin a draft of a place and year from the rules in use."""
    return (
        _OPEN, keys("Ctrl+N"), typed(place), keys("Return"), typed(year), keys("Return"),
    )  # fmt: skip


def sheet_made(stage: Stage) -> None:
    """Wait until the sheet for the wet signature is laid out."""
    stage.wait_until(stage.part(QPushButton, "sign_print").isEnabled)


def go_to_warning(part: str) -> Step:
    """Go to what the first warning with some words is about."""

    def go(stage: Stage) -> None:
        warnings = stage.part(QTableView, "studio_warnings")
        model = warnings.model()
        texts = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
        row = next(number for number, text in enumerate(texts) if part in text)
        warnings.setFocus()
        warnings.setCurrentIndex(model.index(row, 0))
        stage.press("Return")

    return go


def notice_beside(stage: Stage) -> None:
    """Put the exercise's notice into the draft, and beside its form."""
    stage.part(SourceFileFlow, "studio_source_file_flow").bring(0, str(_NOTICE))
    stage.part(QPushButton, "source_file_beside").click()


def sheet_came_back(stage: Stage) -> None:
    """Let an office have said something of two values of the standard."""
    session = stage.part(StudioSession, "studio_session")
    draft = session.draft
    assert draft is not None  # noqa: S101 - the scene began one
    amounts = [one for one in draft.form.fields if one.path[-1] == "amount"]
    said = (("refused", "公告第二条写的是 410 元"), ("ticked", ""))
    rows = [
        {
            "row": "",
            "verdict": verdict,
            "remark": remark,
            "where": path_text(draft.document, one.path),
            "value": one.value,
        }
        for one, (verdict, remark) in zip(amounts, said, strict=False)
    ]
    draft.keep(draft.contents.with_beside(RETURNED, {"rows": rows}), "读回审签单", NOW)
    session.follow_draft()
    session.go_to(amounts[0].path)


_GUANGXI = (*begun("gx", "2025"), checked)
_PERIODS = keys("Ctrl+PgDown", "Ctrl+PgDown")

STUDIO_SCENES: tuple[Scene, ...] = (
    Scene("studio-empty", "编制：还没有草稿", (_OPEN,)),
    Scene("studio-begin", "编制：选地区和年度", (_OPEN, keys("Ctrl+N"), typed("gx"))),
    Scene("studio-drafts", "编制：草稿一览", (*begun("gx", "2025"), keys("Esc"))),
    Scene("studio-editor", "编制：广西 2025 年度", _GUANGXI),
    Scene(
        "studio-from-above",
        "编制：上级规定管到公告没有写的人",
        (*_GUANGXI, go_to_warning("照上级办")),
    ),
    Scene("studio-periods", "编制：缴费时段", (*_GUANGXI, _PERIODS, keys("Return"))),
    Scene(
        "studio-wrong",
        "编制：日期写错",
        (*_GUANGXI, _PERIODS, keys("Return", "Tab", "Tab"), typed("2025-13-1")),
    ),
    Scene(
        "studio-new",
        "编制：从空白照着通知填",
        (
            _OPEN,
            keys("Ctrl+N"),
            typed("wx"),
            keys("Return"),
            typed("2026"),
            keys("Tab", "Tab", "End", "Return", "Ctrl+PgDown", "Alt+1"),
            typed("无锡市2026年度居民医保参保缴费通知"),
            keys("Return"),
            typed("无锡市医疗保障局"),
            keys("Return"),
            typed("2025-8-20"),
            keys("Ctrl+PgDown", "Alt+1"),
            typed("9.1"),
            keys("Return"),
            typed("12.31"),
            checked,
        ),
    ),
    Scene(
        "studio-season", "编制：从上年接着编，问新通知", (*begun("jx", "2027"), checked), at=SEASON
    ),
    Scene("studio-sheet", "编制：审签单", (*_GUANGXI, keys("Ctrl+P"), sheet_made)),
    Scene("studio-source-files", "编制：还没有公告文件", (*_GUANGXI, keys("Ctrl+O"))),
    Scene(
        "studio-beside",
        "编制：公告在表单旁边",
        (*_GUANGXI, keys("Ctrl+O"), notice_beside, _PERIODS, keys("Return")),
    ),
    Scene("studio-returned", "编制：审签单上说的在各栏旁边", (*_GUANGXI, sheet_came_back)),
    Scene("studio-history", "编制：改过什么", (*begun("gx", "2025"), keys("F7"))),
)
