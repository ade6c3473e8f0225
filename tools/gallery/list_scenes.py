"""The scenes of the list view: empty, with faults, agreed to, put on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.roster.roster_samples import HEADINGS, PAID, UNPAID, messy, people, write_xlsx
from tools.gallery.steps import Scene, Step, keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.support.roster.roster_samples import Cells
    from tools.gallery.stage import Stage

_FILE = "前进街道参保名单.xlsx"
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
