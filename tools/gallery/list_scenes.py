"""The scenes of the list view: empty, with faults, agreed to, put on paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

from tests.support.roster.roster_samples import HEADINGS, PAID, UNPAID, messy, people, write_xlsx
from tools.gallery.steps import Scene, Step, into, keys
from ui.remembering import remembering
from ui.views.roster.roster_session import RosterSession
from ui.views.roster.roster_state import READING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.support.roster.roster_samples import Cells
    from tools.gallery.stage import Stage

_FILE = "前进街道参保名单.xlsx"
_LISTS = Path(__file__).parents[2] / "tests/data/lists"
_QUESTIONS = "d02_hidden_sheet_rows.xlsx"
_OPEN = keys("Ctrl+3")
_OWN = {"姓名": "谁", "公民身份号码": "号"}


def brought(rows: Sequence[Cells], headings: Sequence[str] = HEADINGS) -> Step:
    """Open a list of these rows as if it had been dropped on the view."""

    def drop(stage: Stage) -> None:
        stage.bring_list(write_xlsx(stage.folder.parent / _FILE, rows, headings))

    return drop


def _late() -> list[Cells]:
    """Some of these pay so late that the year is over before their wait."""
    rows = people(60)
    for row in rows[:9]:
        row[UNPAID], row[PAID] = "0", "2025-11-20"
    return rows


def asked(stage: Stage) -> None:
    """Ask for the notices of a list, up to the question."""
    stage.press("F10")
    stage.await_seen("roster_confirm_button")


def came(name: str) -> Step:
    """Open a list of the shapes that offices send as if it had been dropped."""
    return lambda stage: stage.bring_list(_LISTS / name)


def answered(stage: Stage) -> None:
    """Answer what is asked of a list, and take the people."""
    boxes: list[QComboBox] = list(stage.windows()[0].findChildren(QComboBox))
    for box in boxes:
        box.setCurrentIndex(1)
    stage.click("list_questions_confirm")
    stage.wait_until(lambda: stage.part(RosterSession, "roster_session").state.phase != READING)
    stage.press("Ctrl+Y")


def told_columns(_: Stage) -> None:
    """Remember what an earlier list's headings were said to be."""
    kept = remembering()
    if kept is not None:
        kept.keep_list({"谁": "name", "号": "id_number"}, {})


_MESSY = (_OPEN, brought(messy(400).rows))
_GOOD = (_OPEN, brought(people(60)))
_FEW = (_OPEN, brought(people(5)), keys("Ctrl+Y"))
_STOP = "roster_stop_button"

LIST_SCENES: tuple[Scene, ...] = (
    Scene("roster-empty", "名单：还没有打开", (_OPEN,)),
    Scene("roster-found", "名单：有问题，还没有采用", _MESSY),
    Scene("roster-faulty", "名单：只看有问题的", (*_MESSY, lambda stage: stage.narrow("FAULTY"))),
    Scene("roster-agreed", "名单：采用之后", (*_MESSY, keys("Ctrl+Y"))),
    Scene("roster-good", "名单：没有问题", _GOOD),
    Scene(
        "roster-columns",
        "名单：指定各列是什么",
        (_OPEN, brought(people(3), tuple(_OWN.get(one, one) for one in HEADINGS))),
    ),
    Scene(
        "roster-columns-again",
        "名单：各列先填上了上次指定的",
        (_OPEN, told_columns, brought(people(3), tuple(_OWN.get(one, one) for one in HEADINGS))),
    ),
    Scene("roster-questions", "名单：打开之前先问清", (_OPEN, came(_QUESTIONS))),
    Scene(
        "roster-questions-again",
        "名单：上次答过的又问到",
        (_OPEN, came(_QUESTIONS), answered, came(_QUESTIONS)),
    ),
    Scene(
        "settings-list-words",
        "设置：名单说法",
        (keys("Ctrl+5"), into("setting_list_words", "参合人=姓名、困难户=低保对象")),
    ),
    Scene(
        "roster-papers",
        "名单：出单之后怎样交给居民",
        (*_FEW, asked, keys("Ctrl+F10"), lambda stage: stage.await_box()),
    ),
    Scene("roster-asked", "名单：出单之前先核对", (_OPEN, brought(_late()), keys("Ctrl+Y"), asked)),
    Scene(
        "roster-stopped",
        "名单：出到一半停下",
        (*_GOOD, keys("Ctrl+Y"), asked, keys("Ctrl+F10"), lambda stage: stage.click(_STOP)),
    ),
    Scene(
        "void-run",
        "台账：按名单出的整批作废",
        (
            *_FEW,
            asked,
            keys("Ctrl+F10"),
            lambda stage: stage.await_box(),
            keys("Esc", "Ctrl+2", "Ctrl+Shift+Delete"),
        ),
    ),
)
